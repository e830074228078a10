"""How the window is to look before its book is open: kept beside an unprotected book, in the clear.

Where the window stands, whether it is light or dark and the brand's accent follow from preferences,
which lie in the book. To paint the window before the book is opened, they are written down a second
time, in a small file of lines; whether it was dark the last time, too, since to ask the system
takes a quarter of what a first window may.

There is nothing in it of anybody in the book, and it is there only while the book isn't protected,
when the key to all the rest lies open in the same folder, too. A protected book asks for its
passphrase first, in the program's own colours (docs/threats.md).

What can't be read counts for nothing: then the window stands and looks as in a new book, until the
book is open.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fitcheck.services import FitCheck

FILE = "window.txt"

LIMIT = 4_000
"""Characters of the file at most; a longer one is none of ours."""

WIDEST = 1_000
"""Pixels of the sidebar at most."""


@dataclass(frozen=True)
class FirstSight:
    """``place`` is where the window stands, ``accent`` the brand's; "" as in a new book.

    ``sidebar`` is how wide that is, 0 where it isn't known; ``strong`` means high contrast.
    """

    place: str = ""
    dark: bool = False
    accent: str = ""
    sidebar: int = 0
    strong: bool = False

    def __str__(self) -> str:
        """The lines of the file."""
        ground = "dark" if self.dark else "light"
        contrast = "high" if self.strong else "plain"
        return (
            f"place {self.place}\nground {ground}\naccent {self.accent}\nsidebar {self.sidebar}\n"
            f"contrast {contrast}\n"
        )


def first_sight(folder: Path) -> FirstSight | None:
    """What was kept of the book in ``folder``; ``None`` where nothing was."""
    try:
        with (folder / FILE).open("rb") as file:
            text = file.read(LIMIT + 1).decode("ascii", "replace")
    except OSError:
        return None
    if len(text) > LIMIT:
        return None
    said = dict(line.split(" ", 1) for line in text.splitlines() if " " in line)
    wide = said.get("sidebar", "")
    return FirstSight(
        said.get("place", ""),
        said.get("ground") == "dark",
        said.get("accent", ""),
        min(int(wide), WIDEST) if wide.isdecimal() else 0,
        said.get("contrast") == "high",
    )


def keep_first_sight(fitcheck: FitCheck, dark: bool, sidebar: int, strong: bool = False) -> None:
    """Keep it for the next start, or see that there is none where the book is protected.

    Nothing fails for its sake: it is a copy.
    """
    with suppress(OSError):
        if fitcheck.protection.protected:
            (fitcheck.folder / FILE).unlink(missing_ok=True)
            return
        preferences = fitcheck.preferences
        accent = preferences.profile.accent
        now = FirstSight(preferences.window, dark, accent, sidebar, strong)
        if first_sight(fitcheck.folder) == now:
            return
        partly = fitcheck.folder / f"{FILE}.new"
        descriptor = os.open(partly, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii", errors="replace") as file:
            file.write(str(now))
        partly.replace(fitcheck.folder / FILE)
