"""What the command line's newer commands take; nothing is loaded for it."""

from __future__ import annotations

import argparse
from pathlib import Path

from fitcheck.i18n import _


def add_person_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``fitcheck person`` and ``fitcheck erase``."""
    person = commands.add_parser(
        "person",
        help=_("write all that the book holds about a prospect, to be given to them"),
    )
    erase = commands.add_parser(
        "erase",
        help=_("erase a prospect from the book and from every backup"),
        description=_(
            "Erase a prospect from the book and from every backup, search everything for what is "
            "left of them, and print what was found. There is no way back."
        ),
    )
    for each in (person, erase):
        each.add_argument(
            "number", type=int, metavar="NUMBER", help=_("see “fitcheck list --people”")
        )
    person.add_argument("--json", type=Path, metavar="OUT.json")
    person.add_argument("--pdf", type=Path, metavar="OUT.pdf")
    erase.add_argument("--name", help=_("their name, in place of being asked for it"))
    erase.add_argument(
        "--proof", type=Path, metavar="OUT.pdf", help=_("write what was found as a document, too")
    )
