"""``python -m tests.soak.typed_canaries``: as in CI, but each end with and without protection.

Every field of the application is typed into four times: before a kill and before quitting, in a
book with a passphrase and in one without.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.end_to_end.test_canaries import Home, look_everywhere


def main() -> int:
    argparse.ArgumentParser(prog="tests.soak.typed_canaries", description=__doc__).parse_args()
    typed = files = 0
    for kill in (True, False):
        for protected in (True, False):
            with tempfile.TemporaryDirectory(prefix="fitcheck-soak-") as folder:
                home = Home(Path(folder) / "home")
                told = home.run(*(["--protected"] if protected else []), kill=kill)
                files += look_everywhere(home, told, protected)
                typed += len(told["typed"])
    print(f"{typed} canaries typed, {files} files searched; no canary in any")
    return 0


if __name__ == "__main__":
    sys.exit(main())
