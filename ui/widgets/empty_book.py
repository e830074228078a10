"""What stands where prospects would be listed, when there are none to list."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from fitcheck.i18n import _
from ui.theme import set_role
from ui.widgets.empty_state import EmptyState


def empty_book(first: QPushButton, contacts: QPushButton, samples: QPushButton) -> EmptyState:
    """For a book without prospects: begin with somebody, bring your contacts, or look around."""
    set_role(first, "primary")
    return EmptyState(
        _("Your book is empty"),
        _(
            "FitCheck takes you through a talk with a prospect and tells you whether to "
            "proceed, to begin with a small stage, or to decline. Everything stays on this "
            "computer. Begin with someone you are going to meet, bring your contacts in, or look "
            "around with eight fictional prospects first."
        ),
        first,
        contacts,
        samples,
    )


def nobody_matches(clear: QPushButton) -> EmptyState:
    """For a search that found nobody."""
    set_role(clear, "primary")
    return EmptyState(
        _("Nobody matches"),
        _("No prospect matches what you are looking for. Your book holds others."),
        clear,
    )


def nothing_due(clear: QPushButton) -> EmptyState:
    """For a day on which nobody is to be decided about."""
    set_role(clear, "primary")
    return EmptyState(
        _("Nothing is due today"),
        _("Nobody’s time is up: everyone is decided, or has until a later day."),
        clear,
    )
