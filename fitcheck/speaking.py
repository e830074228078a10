"""Which language the program speaks: what was chosen for it, else what the system speaks.

What was chosen lies beside the book and not in it, in a file of two letters: the page that asks for
the passphrase speaks it already. It says nothing about anybody.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fitcheck.domain.profile import Paper
from fitcheck.i18n import SOURCE_LANGUAGE, current_language, languages

FILE = "language"

_LETTER = frozenset("BZ CA CL CO CR DO GT HN MX NI PA PH PR SV US VE".split())
"""The regions that print on Letter, by the Unicode CLDR; all others use A4."""

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def chosen(folder: Path) -> str:
    """The code that was chosen for the book in ``folder``; empty where the system is followed."""
    try:
        code = (folder / FILE).read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
    return code if code in languages() else ""


def choose(folder: Path, code: str) -> None:
    """Speak ``code`` from the next start on; empty: as the system does. Raises ``OSError``."""
    from fitcheck.store.files import write_whole  # a start only reads

    if code:
        write_whole(folder / FILE, f"{code}\n".encode("ascii"))
    else:
        (folder / FILE).unlink(missing_ok=True)


def to_speak(folder: Path, wanted: Sequence[str]) -> str:
    """What to speak over the book in ``folder``, where the system's user has ``wanted`` these."""
    return chosen(folder) or best(wanted)


def best(wanted: Sequence[str]) -> str:
    """The first of ``wanted`` (such as ``de-AT`` or ``de_AT.UTF-8``) that is spoken, or English."""
    known = {code.lower(): code for code in languages()}
    for each in wanted:
        name = each.partition(".")[0].partition("@")[0].replace("-", "_").lower()
        for part in (name, name.partition("_")[0]):
            if part in known:
                return known[part]
        if part in ("c", "posix"):
            break
    return SOURCE_LANGUAGE


def of_system() -> tuple[str, ...]:
    """What the system says, as far as it can be asked without a window."""
    said = [each for name in _VARIABLES for each in os.environ.get(name, "").split(":")]
    if sys.platform == "win32":
        import ctypes
        import locale

        said.append(
            locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
        )
    return tuple(each for each in said if each)


def paper_of(region: str) -> Paper:
    """What is printed on in a region (such as ``DE``), as far as it is known."""
    return Paper.LETTER if region.upper() in _LETTER else Paper.A4


def paper_here() -> Paper:
    """What is printed on where the system stands, as far as it can be asked without a window."""
    said = (os.environ.get(name, "") for name in ("LC_ALL", "LC_PAPER", "LANG"))
    name = next((each for each in said if each), "")
    if sys.platform == "win32":
        import ctypes
        import locale

        known = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultLCID(), "")
        name = name or known
    return paper_of(name.partition(".")[0].partition("@")[0].partition("_")[2])


def for_documents(language: str) -> str:
    """What documents are written in where ``language`` was chosen for them, or nothing was."""
    return language if language in languages() else current_language()
