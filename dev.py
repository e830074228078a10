#!/usr/bin/env python3
"""FitCheck's one command for developers: `python3 dev.py run`, `test`, `check` and more.

It needs nothing but Python's standard library, so that it works in a fresh clone. The work is done
in `devtools/`; this file only keeps to syntax that an old Python can read, so that whoever has one
is told so in a sentence instead of by a SyntaxError.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    import shutil

    newer = [name for name in ("python3.13", "python3.12", "python3.14") if shutil.which(name)]
    sys.exit(
        "dev.py needs Python 3.11 or newer and this is %d.%d: %s `%s dev.py %s`."  # noqa: UP031
        % (
            sys.version_info[0],
            sys.version_info[1],
            "run" if newer else "install a newer one (3.13 is best), then run",
            newer[0] if newer else "python3.13",
            " ".join(sys.argv[1:]) or "setup",
        )
    )

from devtools.tasks import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
