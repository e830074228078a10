"""What the template of the recovery key's page gets: the key in its groups, and fixed words."""

from __future__ import annotations

from typing import Any

from fitcheck.domain.report import RecoverySheet
from fitcheck.i18n import _
from reports import words

GROUPS_A_LINE = 3


def sheet_title() -> str:
    """The heading of the page, and its title in the file."""
    return _("The recovery key to your book")


def file_title() -> str:
    """What the file is named after: it must be found among others years later."""
    return _("FitCheck recovery key")


def lines_of(recovery_key: str) -> list[list[str]]:
    """The groups of a recovery key as they stand on screen and paper, line by line."""
    groups = recovery_key.split("-")
    return [groups[start : start + GROUPS_A_LINE] for start in range(0, len(groups), GROUPS_A_LINE)]


def context(sheet: RecoverySheet) -> dict[str, Any]:
    """The context of ``recovery.html``; it can hold nothing that ``sheet`` doesn't."""
    return {
        "title": sheet_title(),
        "date": sheet.date,
        "made_on": _("Made on {date}. It takes the place of every earlier one.").format(
            date=words.date_text(sheet.date)
        ),
        "lead": _(
            "This key opens the book when the passphrase is lost. Without passphrase and recovery "
            "key nobody can open it, not even those who made FitCheck."
        ),
        "lines": lines_of(sheet.recovery_key),
        "reading": _(
            "Nine groups of four characters. There is no letter O, I or L among them: what looks "
            "like one is a nought or a one."
        ),
        "keep": [
            _("Put this page where you keep deeds and passports, away from the computer."),
            _("Treat it like a key to your office: whoever has it and your book can read it all."),
            _("If it is a file, print it or put it on a stick, and delete it from the computer."),
            _("If it is lost or was seen by others, make a new one: Settings, Protection."),
        ],
        "use": [
            _("Start FitCheck and choose “Use the recovery key instead”."),
            _("Type the nine groups. Capitals and hyphens don’t matter; slips are told."),
            _("Choose a new passphrase. This key stays as it is and can be used again."),
        ],
    }
