"""The parts of the agenda's page: head, list, what is chosen with what can be done, and a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.follow_up import Entry, Purpose
from fitcheck.follow_up_words import purpose_name
from fitcheck.i18n import N_, _, ngettext
from reports.follow_up_words import moves_text, since_text
from ui.context import Context
from ui.models.agenda import AgendaModel
from ui.theme import set_role, space
from ui.widgets.agenda_list import AgendaList
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import FlowLayout
from ui.widgets.key_tip import name_key
from ui.widgets.labels import ElidedLabel, label

_OF_CHOSEN = {
    "done": (N_("Done"), "D"),
    "day": (N_("+1 day"), "+"),
    "week": (N_("+1 week"), "W"),
    "month": (N_("+1 month"), "M"),
    "move": (N_("Another day…"), "T"),
    "remove": (N_("Remove"), "Del"),
}
_OF_PROSPECT = {
    "check_up": (N_("Check up"), "C"),
    "again": (N_("Assess again"), "A"),
    "outcome": (N_("Mark how it came out"), "O"),
    "line": (N_("Over the years"), "Y"),
    "open": (N_("Show the prospect"), "P"),
}
_ALWAYS = {
    "undo": (N_("Undo"), "Ctrl+Z"),
    "export": (N_("Export as calendar file…"), "Ctrl+S"),
    "new": (N_("New follow-up…"), "N"),
}
_SPOKEN = {
    "day": N_("A day later"),
    "week": N_("A week later"),
    "month": N_("A month later"),
}


class AgendaBody(QWidget):
    """``buttons`` are by the names of what they do; the page connects them."""

    def __init__(self, context: Context, model: AgendaModel) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self.list = AgendaList(context, model)
        self.count = label("", "quiet")
        self.said = ElidedLabel("", "quiet")
        self.first_button = QPushButton(_("New follow-up…"))
        name_key(self.first_button, "N")
        set_role(self.first_button, "primary")
        self.views = QStackedWidget()
        for kinds in (_OF_CHOSEN, _OF_PROSPECT, _ALWAYS):
            for name, (caption, key) in kinds.items():
                self.buttons[name] = self._button(name, _(caption), key)
        set_role(self.buttons["new"], "primary")
        self._lay_out()

    def _button(self, name: str, caption: str, key: str) -> QPushButton:
        button = QPushButton(caption)
        spoken = _(_SPOKEN[name]) if name in _SPOKEN else caption
        button.setToolTip(f"{spoken} ({key})")
        button.setAccessibleName(spoken)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(label(_("Follow-ups"), "title"))
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        for name in _ALWAYS:
            head.addWidget(self.buttons[name])
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(4))
        column.addWidget(self.list, 1)
        column.addWidget(self._chosen())
        empty = EmptyState(
            _("Nothing to follow up"),
            _(
                "Here stands whom to turn to again, on which day and what for: to look in after a "
                "no, to check up while you work together, to mark how it came out. FitCheck "
                "suggests some after each decision. You can plan one for anybody at any time."
            ),
            self.first_button,
        )
        self.views.addWidget(full)
        self.views.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(6), space(8), space(3))
        layout.setSpacing(space(4))
        layout.addLayout(head)
        layout.addWidget(self.views, 1)
        layout.addWidget(self.said)

    def _chosen(self) -> QWidget:
        card = QFrame()
        set_role(card, "card")
        card.setAccessibleName(_("What is chosen"))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(1.5))
        self.who = ElidedLabel("", "heading")
        self.what = ElidedLabel("")
        self.why = ElidedLabel("")
        self.moves = ElidedLabel("", "quiet")
        for part in (self.who, self.what, self.why, self.moves):
            layout.addWidget(part)
        row = QWidget()
        flow = FlowLayout(row, gap=space(2))
        for name in (*_OF_CHOSEN, *_OF_PROSPECT):
            flow.addWidget(self.buttons[name])
        layout.addSpacing(space(1))
        layout.addWidget(row)
        self.card = card
        return card

    def take_focus(self) -> None:
        (self.list if self.views.currentIndex() == 0 else self.first_button).setFocus()

    def show_count(self, count: int, due: str) -> None:
        """Show the list, or why there is none; ``due`` says how many of them are due."""
        self.views.setCurrentIndex(0 if count else 1)
        self.buttons["export"].setVisible(count > 0)
        self.buttons["new"].setVisible(count > 0)
        every = ngettext("{count} to be done", "{count} to be done", count).format(count=count)
        self.count.setText(", ".join(part for part in (every, due) if part) if count else "")

    def show_chosen(self, entries: Sequence[Entry], today: dt.date, *, undo: bool) -> None:
        """Show what is chosen, and allow what can be done with it."""
        self.buttons["undo"].setVisible(undo)
        self.card.setEnabled(bool(entries))
        self.said.setText("")
        one = entries[0] if len(entries) == 1 else None
        for name in _OF_PROSPECT:
            self.buttons[name].setEnabled(one is not None)
        marks = one is not None and one.follow_up.purpose is Purpose.MARK_OUTCOME
        self.buttons["outcome"].setVisible(marks)
        if one is None:
            count = ngettext("{count} chosen", "{count} chosen", len(entries))
            self.who.setText(count.format(count=len(entries)) if entries else _("None chosen"))
            for line in (self.what, self.why, self.moves):
                line.hide()
            return
        follow_up = one.follow_up
        who = ", ".join(part for part in (one.name, one.organisation) if part)
        what = f"{since_text(follow_up, today)}: {purpose_name(follow_up.purpose)}"
        for line, text in (
            (self.who, who),
            (self.what, what),
            (self.why, follow_up.reason),
            (self.moves, moves_text(follow_up, today)),
        ):
            line.setText(text)
            line.setVisible(bool(text))
