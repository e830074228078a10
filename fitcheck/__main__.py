"""The entry point: opens the window, or hands a command to the command line."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fitcheck import RENDER_WORKER, cli
from fitcheck.folders import data_folder


def main(argv: Sequence[str] | None = None) -> int:
    """Run FitCheck with the arguments of the command line; returns the exit status."""
    if list(sys.argv[1:] if argv is None else argv) == [RENDER_WORKER]:
        return cli.render_worker()
    arguments = cli.parser().parse_args(argv)
    if arguments.command is None:
        from ui.app import run

        return run(data_folder(arguments.data))
    if arguments.command == "demo":
        from ui.app import run

        with tempfile.TemporaryDirectory(prefix="fitcheck-demo-") as folder:
            return run(Path(folder), demonstration=True)
    return cli.main(argv)


if __name__ == "__main__":
    sys.exit(main())
