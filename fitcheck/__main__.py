"""The entry point: opens the window, or hands a command to the command line."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from fitcheck import RENDER_WORKER
from fitcheck.folders import data_folder
from fitcheck.i18n import speak
from fitcheck.speaking import of_system, to_speak

# What a window doesn't need before it is painted is imported after that, or not at all.
if TYPE_CHECKING:
    from fitcheck.watching import Watch

FAULT = 1

BOOK = ".fitcheck"
"""How the file of a whole book ends. Systems start a program with nothing but the file's name."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run FitCheck with the arguments of the command line; returns the exit status."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given == [RENDER_WORKER]:
        from fitcheck import cli

        return cli.render_worker()
    given = _with_command(given)
    asked, file = _window_asked(given), None
    if asked is None:
        from fitcheck.cli_parsers import parser

        # What is said of a wrong command, too, is said in the language that was chosen.
        speak(to_speak(data_folder(), of_system()))
        arguments = parser().parse_args(given)
        opens_window = arguments.command in (None, "demo", "open")
        file = arguments.file if arguments.command == "open" else None
        data, demonstration = arguments.data, arguments.command == "demo"
    else:
        opens_window, (data, demonstration) = True, asked
    speak(to_speak(data_folder(data), of_system()))
    with ExitStack() as stack:
        folder = data_folder(data)
        if demonstration:
            import tempfile

            throw_away = tempfile.TemporaryDirectory(prefix="fitcheck-demo-")
            folder = Path(stack.enter_context(throw_away))
        go_on, failed = _paint(folder, demonstration, file) if opens_window else (None, None)

        from fitcheck.watching import Watch

        watch = stack.enter_context(Watch(folder, window=opens_window))
        try:
            if failed is not None:
                raise failed
            if go_on is not None:
                return go_on(watch)
            from fitcheck import cli

            return cli.main(given)
        except KeyboardInterrupt:
            return 130
        except Exception as error:  # printed with its words, it might tell what somebody typed
            crash = watch.crashed(error)
            if not opens_window and crash is not None and crash.file is not None:
                from fitcheck import cli

                print(cli.fault_words(crash.file), file=sys.stderr)
            return FAULT


def _with_command(given: list[str]) -> list[str]:
    """The same, with ``open`` before a book's file that stands alone."""
    first = given[0] if given else ""
    options = 2 if first == "--data" else int(first.startswith("--data="))
    rest = given[options:]
    if len(rest) == 1 and rest[0].lower().endswith(BOOK):
        return [*given[:options], "open", *rest]
    return given


def _window_asked(given: list[str]) -> tuple[Path | None, bool] | None:
    """The folder and whether it is a demonstration, where a window is plainly asked for.

    ``None`` for all else: the parser of the command line, which takes longer to make than a window
    may take to be painted, decides.
    """
    match given:
        case [] | ["demo"] | ["open"]:
            return None, given == ["demo"]
        case ["--data", folder] | ["--data", folder, "demo"] if not folder.startswith("-"):
            return Path(folder), len(given) > 2
        case _:
            return None


def _paint(
    folder: Path, demonstration: bool, bring_in: Path | None
) -> tuple[Callable[[Watch], int] | None, BaseException | None]:
    """Paint the window; how the start goes on from there, or why it doesn't.

    The watch, which would hear of that, is entered after it.
    """
    # Hardly anything of what a start makes is garbage; ui/collecting.py looks for it from then on.
    gc.disable()
    try:
        from ui.app import paint_first

        return paint_first(folder, demonstration, bring_in), None
    except (Exception, KeyboardInterrupt) as error:
        return None, error


if __name__ == "__main__":
    sys.exit(main())
