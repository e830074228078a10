"""What a follow-up is called, for the window as for a calendar."""

from __future__ import annotations

from fitcheck.domain.follow_up import Purpose
from fitcheck.i18n import N_, _

_PURPOSES = {
    Purpose.LOOK_IN: N_("Look in again"),
    Purpose.CHECK_UP: N_("Check up, in twelve minutes"),
    Purpose.MARK_OUTCOME: N_("Mark how it came out"),
    Purpose.RE_ASSESS: N_("Assess again"),
    Purpose.PHASE_END: N_("Decide: the time that was planned is over"),
}


def purpose_name(purpose: Purpose) -> str:
    """What is to be done, in a few words."""
    return _(_PURPOSES[purpose])


def calendar_title(purpose: Purpose, name: str = "") -> str:
    """What a calendar shows: whom it is about only where a ``name`` is given."""
    title = purpose_name(purpose)
    if name:
        return _("{title}: {name}").format(title=title, name=name)
    return _("FitCheck: {title}").format(title=title)
