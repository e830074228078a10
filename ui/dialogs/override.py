"""Putting one's own decision in place of the recommendation, with the reason for it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.assessment import Override
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.policy import Action
from fitcheck.i18n import _
from reports.words import action_name, recommendation_name
from ui.drafts import Draft
from ui.theme import set_role, space
from ui.widgets.column import open_at
from ui.widgets.labels import label
from ui.widgets.text import paragraph


class OverrideDialog(QDialog):
    """A decision and its reason; neither can be left out."""

    draft_name = "override"

    def __init__(
        self, parent: QWidget | None, original: Recommendation, current: Override | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Your own decision"))
        self.choices = {action: QRadioButton(action_name(action)) for action in Action}
        self._group = QButtonGroup(self)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(_("Your reason"))
        self.reason.setTabChangesFocus(True)
        self.reason.setPlaceholderText(_("What do you know that the answers don’t say?"))
        self.keep_button = QPushButton(_("Decide so"))
        set_role(self.keep_button, "primary")
        self.keep_button.setDefault(True)
        self.cancel_button = QPushButton(_("Cancel"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(6), space(6), space(6), space(5))
        layout.setSpacing(space(3))
        layout.addWidget(label(_("What do you decide?"), "title"))
        layout.addWidget(
            paragraph(
                _("FitCheck’s recommendation stays beside it: {recommendation}.").format(
                    recommendation=recommendation_name(original)
                ),
                "quiet",
            )
        )
        for choice in self.choices.values():
            self._group.addButton(choice)
            layout.addWidget(choice)
            choice.toggled.connect(self._changed)
        layout.addWidget(label(_("Your reason, kept with it"), "heading"))
        layout.addWidget(self.reason, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        layout.addLayout(buttons)
        self.reason.textChanged.connect(self._changed)
        self.keep_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        if current:
            self.choices[current.recommendation].setChecked(True)
            self.reason.setPlainText(current.reason)
        self._changed()
        open_at(self, space(150), space(125))
        self.choices[current.recommendation if current else Action.PROCEED].setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        original: Recommendation,
        current: Override | None,
        today: dt.date,
        draft: Draft | None = None,
    ) -> Override | None:
        """The decision that was taken, dated ``today``, or ``None`` where it was called off."""
        dialog = cls(parent, original, current)
        dialog.show_draft(draft or {})
        decided = dialog.exec() == QDialog.DialogCode.Accepted
        override = dialog.override(today) if decided else None
        dialog.deleteLater()
        return override

    def override(self, today: dt.date) -> Override | None:
        """What is filled in, or ``None`` while the choice or the reason is missing."""
        action = next((a for a, choice in self.choices.items() if choice.isChecked()), None)
        reason = self.reason.toPlainText().strip()
        return Override(action, reason, today) if action and reason else None

    def draft(self) -> dict[str, str]:
        """What is filled in, to be kept over a lock."""
        chosen = (action.value for action, choice in self.choices.items() if choice.isChecked())
        return {"action": next(chosen, ""), "reason": self.reason.toPlainText()}

    def show_draft(self, draft: Draft) -> None:
        """Fill in what was kept."""
        for action, choice in self.choices.items():
            if action.value == draft.get("action"):
                choice.setChecked(True)
        if "reason" in draft:
            self.reason.setPlainText(draft["reason"])

    @Slot()
    def _changed(self) -> None:
        self.keep_button.setEnabled(self.override(dt.date.min) is not None)
