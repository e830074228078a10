"""The entry point: opens the window, or hands a command to the command line."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from fitcheck import RENDER_WORKER, cli
from fitcheck.cli_parsers import parser
from fitcheck.folders import data_folder
from fitcheck.i18n import speak
from fitcheck.speaking import of_system, to_speak
from fitcheck.watching import Watch

FAULT = 1

BOOK = ".fitcheck"
"""How the file of a whole book ends. Systems start a program with nothing but the file's name."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run FitCheck with the arguments of the command line; returns the exit status."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given == [RENDER_WORKER]:
        return cli.render_worker()
    argv = _with_command(given)
    # What is said of a wrong command, too, is said in the language that was chosen.
    speak(to_speak(data_folder(), of_system()))
    arguments = parser().parse_args(argv)
    if arguments.data is not None:
        speak(to_speak(arguments.data, of_system()))
    opens_window = arguments.command in (None, "demo", "open")
    with ExitStack() as stack:
        folder = data_folder(arguments.data)
        if arguments.command == "demo":
            throw_away = tempfile.TemporaryDirectory(prefix="fitcheck-demo-")
            folder = Path(stack.enter_context(throw_away))
        watch = stack.enter_context(Watch(folder, window=opens_window))
        try:
            return _open(watch, arguments) if opens_window else cli.main(argv)
        except KeyboardInterrupt:
            return 130
        except Exception as error:  # printed with its words, it might tell what somebody typed
            crash = watch.crashed(error)
            if not opens_window and crash is not None and crash.file is not None:
                print(cli.fault_words(crash.file), file=sys.stderr)
            return FAULT


def _with_command(given: list[str]) -> list[str]:
    """The same, with ``open`` before a book's file that stands alone."""
    options = 2 if given[:1] == ["--data"] else len([each for each in given[:1] if "=" in each])
    rest = given[options:]
    if len(rest) == 1 and rest[0].lower().endswith(BOOK):
        return [*given[:options], "open", *rest]
    return given


def _open(watch: Watch, arguments: argparse.Namespace) -> int:
    from ui.app import run

    file = arguments.file if arguments.command == "open" else None
    return run(watch.folder, demonstration=arguments.command == "demo", watch=watch, bring_in=file)


if __name__ == "__main__":
    sys.exit(main())
