"""Planning a follow-up, and moving it to another day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from PySide6.QtCore import QTime, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.follow_up import FollowUp, Purpose
from fitcheck.follow_up_words import purpose_name
from fitcheck.i18n import _
from reports.follow_up_words import line_text, moves_text
from ui.dialogs.button_row import button_row
from ui.dialogs.fitting import fit
from ui.dialogs.keeping import KeepingDialog
from ui.drafts import Draft
from ui.theme import space
from ui.widgets.day_edit import DayEdit
from ui.widgets.labels import titled
from ui.widgets.prospect_finder import ProspectFinder, Search
from ui.widgets.text import paragraph

PURPOSES = (Purpose.LOOK_IN, Purpose.CHECK_UP, Purpose.RE_ASSESS, Purpose.MARK_OUTCOME)
"""What can be planned; the end of a phase is kept with the phase."""

_NINE = dt.time(9, 0)


class DayAndTime(QWidget):
    """A day, and a box to tick for a time of day."""

    def __init__(self, day: dt.date, at: dt.time | None, today: dt.date) -> None:
        super().__init__()
        self.day = DayEdit(_("On which day"), day, today)
        self.timed = QCheckBox(_("&At"))
        self.timed.setAccessibleName(_("At a time of day"))
        self.time = QTimeEdit()
        self.time.setDisplayFormat("HH:mm")
        self.time.setAccessibleName(_("At what time"))
        self.time.lineEdit().setTextMargins(space(1.5), 0, 0, 0)
        title = QLabel(_("&Day"))
        title.setBuddy(self.day)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        row.addWidget(title)
        row.addWidget(self.day)
        row.addSpacing(space(3))
        row.addWidget(self.timed)
        row.addWidget(self.time)
        row.addStretch(1)
        self.timed.toggled.connect(self.time.setEnabled)
        self.show_time(at)

    @property
    def at(self) -> dt.time | None:
        time = self.time.time()
        return dt.time(time.hour(), time.minute()) if self.timed.isChecked() else None

    def show_time(self, at: dt.time | None) -> None:
        shown = at or _NINE
        self.time.setTime(QTime(shown.hour, shown.minute))
        self.timed.setChecked(at is not None)
        self.time.setEnabled(at is not None)

    def draft(self) -> dict[str, str]:
        at = self.at
        return {"day": self.day.day.isoformat(), "at": at.isoformat() if at else ""}

    def show_draft(self, draft: Draft) -> None:
        with suppress(ValueError):
            self.day.show_day(dt.date.fromisoformat(draft.get("day", "")))
        with suppress(ValueError):
            self.show_time(dt.time.fromisoformat(draft["at"]) if draft.get("at") else None)


class _Asking(KeepingDialog):
    """A title, a body, a reason in one's own words, and two buttons."""

    def __init__(self, parent: QWidget | None, title: str, action: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(space(3))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(space(24))
        self.keep_button = QPushButton(action)
        self.cancel_button = QPushButton(_("Cancel"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(6), space(6), space(6), space(5))
        layout.setSpacing(space(3))
        layout.addWidget(paragraph(title, "title"))
        layout.addLayout(self.body)
        layout.addWidget(self.fault)
        layout.addLayout(button_row(self, self.keep_button, self.cancel_button))
        self.keep_button.clicked.connect(self.accept)

    def _add_reason(self, caption: str, hint: str) -> None:
        title = titled(caption, self.reason)
        self.reason.setAccessibleName(caption.replace("&", ""))
        self.reason.setPlaceholderText(hint)
        self.body.addWidget(title)
        self.body.addWidget(self.reason)

    def complete(self) -> bool:
        """Whether nothing is missing that is asked for."""
        raise NotImplementedError

    def accept(self) -> None:
        # However it was asked for: half of it is nothing.
        if self.complete():
            super().accept()

    @Slot()
    def _changed(self) -> None:
        self.keep_button.setEnabled(self.complete())


@dataclass(frozen=True)
class Planned:
    """Of whom, on which day, what for and why."""

    prospect_id: int
    on: dt.date
    at: dt.time | None
    purpose: Purpose
    reason: str = field(repr=False)


class FollowUpDialog(_Asking):
    """A new follow-up: of ``name``, or of whoever is found by typing."""

    draft_name = "follow-up"

    def __init__(
        self,
        parent: QWidget | None,
        today: dt.date,
        search: Search,
        of: tuple[int, str] | None = None,
    ) -> None:
        title = _("New follow-up of {name}").format(name=of[1]) if of else _("New follow-up")
        super().__init__(parent, title, _("Plan it"))
        self._of = of
        self.who: ProspectFinder | None = None
        if of is None:
            self.who = ProspectFinder(search)
            self.who.chosen.connect(self._changed)
            self.body.addWidget(self.who)
        self.purpose = QComboBox()
        self.purpose.setAccessibleName(_("What for"))
        for purpose in PURPOSES:
            self.purpose.addItem(purpose_name(purpose))
        what = QLabel(_("What &for"))
        what.setBuddy(self.purpose)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addWidget(what)
        row.addWidget(self.purpose, 1)
        self.body.addLayout(row)
        self.when = DayAndTime(today + dt.timedelta(days=7), None, today)
        self.body.addWidget(self.when)
        self._add_reason(_("Wh&y, if you like"), _("What would you like to know then?"))
        self._changed()
        fit(self, space(150))
        (self.who.line if self.who else self.purpose).setFocus()

    def complete(self) -> bool:
        return self._prospect_id is not None

    @property
    def _purpose(self) -> Purpose:
        return PURPOSES[self.purpose.currentIndex()]

    @property
    def _prospect_id(self) -> int | None:
        if self._of is not None:
            return self._of[0]
        return self.who.prospect_id if self.who else None

    def value(self) -> Planned:
        """What was asked for, once it is whole."""
        id_, at = self._prospect_id, self.when.at
        assert id_ is not None
        reason = self.reason.toPlainText().strip()
        return Planned(id_, self.when.day.day, at, self._purpose, reason)

    def draft(self) -> dict[str, str]:
        """What is filled in, to be kept over a lock."""
        return {
            "reason": self.reason.toPlainText(),
            "purpose": self._purpose.value,
            "of": str(self._of[0]) if self._of else "",
            **(self.who.draft() if self.who else {}),
            **self.when.draft(),
        }

    def show_draft(self, draft: Draft) -> None:
        """Fill in what was kept."""
        self.reason.setPlainText(draft.get("reason", ""))
        for number, purpose in enumerate(PURPOSES):
            if draft.get("purpose") == purpose.value:
                self.purpose.setCurrentIndex(number)
        if self.who:
            self.who.show_draft(draft)
        self.when.show_draft(draft)
        self._changed()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        today: dt.date,
        search: Search,
        of: tuple[int, str] | None = None,
        draft: Draft | None = None,
        keep: Callable[[Planned], object] = lambda _value: None,
    ) -> Planned | None:
        """What was planned, once ``keep`` has, or ``None`` where it was called off."""
        dialog = cls(parent, today, search, of)
        return dialog.answer(dialog.value, draft, keep)


@dataclass(frozen=True)
class MovedTo:
    """To which day, and why."""

    on: dt.date
    at: dt.time | None
    reason: str = field(repr=False)


class MoveDialog(_Asking):
    """Another day for follow-ups; the reason may be left out."""

    draft_name = "move-follow-up"

    def __init__(
        self, parent: QWidget | None, title: str, first: FollowUp, number: int, today: dt.date
    ) -> None:
        super().__init__(parent, title, _("Move"))
        self._first = first if number == 1 else None
        said = [line_text(first, today), moves_text(first, today)] if number == 1 else []
        if said:
            self.body.addWidget(paragraph(" · ".join(part for part in said if part), "quiet"))
        self.when = DayAndTime(max(first.on, today), first.at if number == 1 else None, today)
        self.body.addWidget(self.when)
        self._add_reason(_("Wh&y, if you like"), _("Who asked for it, or what came between?"))
        self.when.day.dateChanged.connect(self._changed)
        self.when.time.timeChanged.connect(self._changed)
        self.when.timed.toggled.connect(self._changed)
        self._changed()
        fit(self, space(140))
        self.when.day.setFocus()

    def complete(self) -> bool:
        first = self._first
        return first is None or (self.when.day.day, self.when.at) != (first.on, first.at)

    def value(self) -> MovedTo:
        return MovedTo(self.when.day.day, self.when.at, self.reason.toPlainText().strip())

    def draft(self) -> dict[str, str]:
        """What is filled in, to be kept over a lock."""
        return {"reason": self.reason.toPlainText(), **self.when.draft()}

    def show_draft(self, draft: Draft) -> None:
        """Fill in what was kept."""
        self.reason.setPlainText(draft.get("reason", ""))
        self.when.show_draft(draft)
        self._changed()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        first: FollowUp,
        number: int,
        today: dt.date,
        draft: Draft | None = None,
        keep: Callable[[MovedTo], object] = lambda _value: None,
    ) -> MovedTo | None:
        """Where to, once ``keep`` has, or ``None`` where it was called off."""
        dialog = cls(parent, title, first, number, today)
        return dialog.answer(dialog.value, draft, keep)
