"""The words of the inquiry's page. The prospect may read every one of them. Free of Qt."""

from __future__ import annotations

from fitcheck.changes import TOGETHER
from fitcheck.domain.history import Change, Subject
from fitcheck.i18n import N_, _
from fitcheck.inquiry import Pile

_PARTS = {
    "negatives": N_("What went wrong"),
    "consequences": N_("What it led to"),
    "anything-else": N_("Anything else"),
    "valued": N_("What was valued"),
    "better": N_("What could be better"),
    "good": N_("The good"),
}

_PILES = {
    Pile.KEEP: N_("Keep doing"),
    Pile.STOP: N_("Stop doing"),
    Pile.START: N_("Start doing"),
}

PILE_KEYS = {Pile.KEEP: "F2", Pile.STOP: "F3", Pile.START: "F4"}
QUOTE_KEY = "F5"
PAUSE_KEY = "F8"


def part_name(part: str) -> str:
    """A part of the inquiry, as a heading; one that a bank of one's own made up as it stands."""
    return _(_PARTS[part]) if part in _PARTS else part


def pile_name(pile: Pile) -> str:
    return _(_PILES[pile])


def time_words(spent: float, suggested: float) -> str:
    """Whole minutes of those suggested. Being over them is a fact and no fault."""
    minutes, wanted = int(spent // 60), round(suggested / 60)
    return _("{minutes} of {wanted} min").format(minutes=minutes, wanted=wanted)


def travelled_words(change: Change, *, undone: bool) -> str:
    """What was taken back or made again; of what isn't on this page no more than that it was."""
    in_piles = change.subject is Subject.FIELD and change.key in (*Pile, *TOGETHER)
    if in_piles:
        return _("Undone, in the lists.") if undone else _("Done again, in the lists.")
    return _("Undone, in the interview.") if undone else _("Done again, in the interview.")
