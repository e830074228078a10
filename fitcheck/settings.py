"""Every preference once: its name, type, default and what it does."""

from __future__ import annotations

from dataclasses import dataclass, field

from fitcheck.domain.keeping import KEEP_YEARS
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.terms import Appetite
from fitcheck.i18n import N_
from fitcheck.look import Look

__all__ = ["Look", "Preferences", "describe"]


def _means(description: str) -> dict[str, str]:
    return {"description": description}


@dataclass(frozen=True)
class Preferences:
    """What the consultant has chosen; ``description`` of a field: see :func:`describe`."""

    profile: Profile = field(
        default=Profile(), metadata=_means(N_("Your name and brand, as printed on every document."))
    )
    paper: Paper = field(
        default=Paper.A4, metadata=_means(N_("The paper that documents are laid out for."))
    )
    look: Look = field(
        default=Look.SYSTEM,
        metadata=_means(N_("Light, dark or high contrast, or as your system has it.")),
    )
    appetite: Appetite = field(
        default=Appetite.BALANCED,
        metadata=_means(N_("How much risk you like; new assessments start with it.")),
    )
    own_policy: bool = field(
        default=True,
        metadata=_means(
            N_("Begin new assessments with your own policy, where you have saved one.")
        ),
    )
    own_bank: str = field(
        default="",
        metadata=_means(
            N_(
                "Begin new assessments with a bank of questions of your own, named by its id and "
                "version."
            )
        ),
    )
    show_totals: bool = field(
        default=False,
        metadata=_means(
            N_(
                "Show the odds and the fit map while you are still asking. Hidden by default, "
                "because totals sway the one who rates."
            )
        ),
    )
    lock_after: int = field(
        default=4,
        metadata=_means(
            N_("Minutes without a key or the mouse after which a protected book locks; 0: never.")
        ),
    )
    keep_years: int = field(
        default=KEEP_YEARS,
        metadata=_means(
            N_(
                "Years after the last change from which on you are asked whether you still need "
                "what you keep about a person. Nothing is ever erased by itself."
            )
        ),
    )
    window: str = field(
        default="", metadata=_means(N_("Where the window stood when it was closed."))
    )
    dialogs: str = field(
        default="", metadata=_means(N_("How large the dialogs were when they were closed."))
    )
    list_layout: str = field(
        default="",
        repr=False,  # it may name somebody's place or tag
        metadata=_means(N_("The columns, the order and the filters of the list of prospects.")),
    )


def describe(name: str) -> str:
    """What the preference does, in English; translate where it is shown."""
    return str(Preferences.__dataclass_fields__[name].metadata["description"])
