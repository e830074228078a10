"""One colleague to refer to, written into fields of their own: kept as it is typed (I6)."""

from __future__ import annotations

import datetime as dt

from fitcheck.domain.book import Colleague
from fitcheck.i18n import _
from ui.plan.fields import DayEditor, Editor, TextEditor
from ui.plan.records import Card, Kind, Part


def colleague_card(today: dt.date) -> Card:
    """An empty card; it can't be moved, since colleagues stand in the order of their names."""
    card = Card(_kind(today))
    card.up.hide()
    card.down.hide()
    card.show_number(1, 1)
    return card


def show_colleague(card: Card, colleague: Colleague, today: dt.date) -> None:
    """Show them; where no consent is noted, today is offered for it."""
    card.show_value(colleague)
    consent = card.parts["consent_on"]
    if isinstance(consent, DayEditor) and consent.value() is None:
        blocked = consent.day.blockSignals(True)
        consent.day.show_day(today)
        consent.day.blockSignals(blocked)
    card.say_missing()


def _kind(today: dt.date) -> Kind:
    def text(caption: str) -> Editor:
        return TextEditor(caption)

    def consent(caption: str) -> Editor:
        return DayEditor(caption, _("on"), today)

    return Kind(
        make=Colleague,
        lines=(
            (Part("name", _("Name"), text), Part("contact", _("How to reach them"), text)),
            (Part("good_at", _("What they are good at"), text),),
            (Part("consent_on", _("They agreed to be named"), consent),),
        ),
        needed=("name",),
        missing=_("Kept once there is a name."),
        title=lambda _number: _("The chosen colleague"),
        add=_("Add a colleague"),
    )
