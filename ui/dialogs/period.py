"""Extending the phase of a prospect, with a reason, and deciding it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.period import PLANNED_DAYS, Period
from fitcheck.domain.policy import Action
from fitcheck.i18n import _
from reports.period_words import period_sentence
from reports.words import action_name, recommendation_name
from ui.dialogs.button_row import button_row
from ui.dialogs.fitting import fit
from ui.dialogs.keeping import KeepingDialog
from ui.drafts import Draft
from ui.theme import space
from ui.widgets.day_edit import DayEdit
from ui.widgets.labels import label
from ui.widgets.text import paragraph


class _PeriodDialog(KeepingDialog):
    """A title, what stands, a body, a text in one's own words, and two buttons."""

    def __init__(self, parent: QWidget | None, title: str, said: str, action: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setMaximumHeight(space(36))
        self.keep_button = QPushButton(action)
        self.cancel_button = QPushButton(_("Cancel"))
        self.body = QVBoxLayout()
        self.body.setSpacing(space(3))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(6), space(6), space(6), space(5))
        layout.setSpacing(space(3))
        layout.addWidget(paragraph(title, "title"))
        layout.addWidget(paragraph(said, "quiet"))
        layout.addLayout(self.body)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.fault)
        layout.addLayout(button_row(self, self.keep_button, self.cancel_button))
        self.words.textChanged.connect(self._changed)
        self.keep_button.clicked.connect(self.accept)

    def _open(self, *body: QWidget) -> None:
        """Take a size and the order of the keys: what stands in the body first."""
        order = (*body, self.words, self.cancel_button, self.keep_button)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self._changed()
        fit(self, space(140))

    def text(self) -> str:
        return self.words.toPlainText().strip()

    def complete(self) -> bool:
        """Whether nothing is missing that is asked for."""
        raise NotImplementedError

    def draft(self) -> dict[str, str]:
        """What is filled in, to be kept over a lock."""
        return {"words": self.words.toPlainText()}

    def show_draft(self, draft: Draft) -> None:
        """Fill in what was kept."""
        if "words" in draft:
            self.words.setPlainText(draft["words"])

    def accept(self) -> None:
        # However it was asked for: half of it is nothing.
        if self.complete():
            super().accept()

    @Slot()
    def _changed(self) -> None:
        self.keep_button.setEnabled(self.complete())


@dataclass(frozen=True)
class Extended:
    """Until when, and why."""

    until: dt.date
    reason: str


class ExtendDialog(_PeriodDialog):
    """Another planned end, from today on, and the reason; neither can be left out."""

    draft_name = "extend-period"

    def __init__(self, parent: QWidget | None, name: str, period: Period, today: dt.date) -> None:
        title = _("Give {name} more time").format(name=name)
        super().__init__(parent, title, period_sentence(period, today), _("Extend"))
        self._stands = period.until
        preset = max(period.until or today, today) + dt.timedelta(days=PLANNED_DAYS)
        self.until = DayEdit(_("Until when"), preset, today)
        row = QHBoxLayout()
        title_of_day = QLabel(_("&Until"))
        title_of_day.setBuddy(self.until)
        row.addWidget(title_of_day)
        row.addWidget(self.until)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(label(_("The reason, kept with it"), "heading"))
        self.words.setAccessibleName(_("The reason"))
        self.words.setPlaceholderText(_("What are you both waiting for?"))
        self.until.dateChanged.connect(self._changed)
        self._open(self.until)
        self.until.setFocus()

    def value(self) -> Extended:
        return Extended(self.until.day, self.text())

    def complete(self) -> bool:
        return bool(self.text()) and self.until.day != self._stands

    def draft(self) -> dict[str, str]:
        return {**super().draft(), "until": self.until.day.isoformat()}

    def show_draft(self, draft: Draft) -> None:
        super().show_draft(draft)
        with suppress(ValueError):
            self.until.show_day(dt.date.fromisoformat(draft.get("until", "")))

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        name: str,
        period: Period,
        today: dt.date,
        draft: Draft | None = None,
        keep: Callable[[Extended], object] = lambda _value: None,
    ) -> Extended | None:
        """Until when and why, once ``keep`` has, or ``None`` where it was called off."""
        dialog = cls(parent, name, period, today)
        return dialog.answer(dialog.value, draft, keep)


@dataclass(frozen=True)
class Decided:
    """What, and in which words."""

    action: Action
    words: str


class DecideDialog(_PeriodDialog):
    """What is decided; in one's own words where no finished assessment says the same."""

    draft_name = "decide-period"

    def __init__(
        self, parent: QWidget | None, name: str, recommended: Recommendation | None
    ) -> None:
        said = (
            _("The last finished assessment says: {recommendation}.").format(
                recommendation=recommendation_name(recommended)
            )
            if recommended
            else _("No assessment is finished yet; say in your own words why you decide now.")
        )
        super().__init__(parent, _("Decide about {name}").format(name=name), said, _("Decide so"))
        self._recommended = recommended
        self.choices = {action: QRadioButton(action_name(action)) for action in Action}
        self._group = QButtonGroup(self)
        for action, choice in self.choices.items():
            self._group.addButton(choice)
            choice.setChecked(recommended is not None and action.value == recommended.value)
            choice.toggled.connect(self._changed)
            self.body.addWidget(choice)
        self.caption = label("", "heading")
        self.body.addWidget(self.caption)
        self.words.setAccessibleName(_("In your own words"))
        self.words.setPlaceholderText(_("What you would like to know of it in a year"))
        self._open(*self.choices.values())
        self.choices[self.action or Action.PROCEED].setFocus()

    @property
    def action(self) -> Action | None:
        return next((a for a, choice in self.choices.items() if choice.isChecked()), None)

    @property
    def _as_recommended(self) -> bool:
        action = self.action
        return bool(action and self._recommended and action.value == self._recommended.value)

    def complete(self) -> bool:
        return self.action is not None and (self._as_recommended or bool(self.text()))

    def value(self) -> Decided:
        """What is decided, once something is."""
        assert self.action is not None
        return Decided(self.action, self.text())

    @Slot()
    def _changed(self) -> None:
        super()._changed()
        self.caption.setText(
            _("In your own words, if you like") if self._as_recommended else _("In your own words")
        )

    def draft(self) -> dict[str, str]:
        return {**super().draft(), "action": self.action.value if self.action else ""}

    def show_draft(self, draft: Draft) -> None:
        super().show_draft(draft)
        for action, choice in self.choices.items():
            if action.value == draft.get("action"):
                choice.setChecked(True)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        name: str,
        recommended: Recommendation | None,
        draft: Draft | None = None,
        keep: Callable[[Decided], object] = lambda _value: None,
    ) -> Decided | None:
        """What was decided, once ``keep`` has, or ``None`` where it was called off."""
        dialog = cls(parent, name, recommended)
        return dialog.answer(dialog.value, draft, keep)
