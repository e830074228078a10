"""Finding a question by typing a few letters of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from fitcheck.domain.bank import Question
from fitcheck.i18n import _, ngettext
from reports.words import bank_text
from ui.dialogs.field_over_list import FieldOverList
from ui.drafts import Draft
from ui.widgets.standing import matching

_ID = Qt.ItemDataRole.UserRole


class FindQuestionDialog(FieldOverList):
    """A field and the questions that match it; the arrows move in the list while one types.

    A ``quiet`` one shows what is said aloud alone, for where the prospect reads along.
    """

    draft_name = "find-question"

    def __init__(
        self, parent: QWidget | None, questions: Sequence[Question], *, quiet: bool = False
    ) -> None:
        found = QListWidget()
        super().__init__(parent, found)
        self.found = found
        self._quiet = quiet
        self.setWindowTitle(_("Find a question"))
        self._questions = tuple(questions)
        self.field.setAccessibleName(_("Words of the question"))
        self.field.setPlaceholderText(_("Words of the question, or what it is about"))
        self.found.setAccessibleName(_("Questions that match"))
        self.found.setWordWrap(True)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self.accept)
        self.found.itemClicked.connect(self.accept)
        self._search("")
        self.open_at(190, 130)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        questions: Sequence[Question],
        draft: Draft | None = None,
        *,
        quiet: bool = False,
    ) -> str | None:
        """The id of the question to go to, or ``None`` where the person thought better of it.

        With ``quiet`` it lists what the questions say, and not what they are about.
        """
        dialog = cls(parent, questions, quiet=quiet)
        dialog.field.setText((draft or {}).get("words", ""))
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.chosen if accepted else None
        dialog.deleteLater()
        return chosen

    def draft(self) -> dict[str, str]:
        """What is looked for, to be kept over a lock."""
        return {"words": self.field.text()}

    @property
    def chosen(self) -> str | None:
        """The id of the question that is marked, or ``None`` where nothing matches."""
        row = self.found.currentRow()
        return str(self.found.item(row).data(_ID)) if row >= 0 else None

    @Slot(str)
    def _search(self, wanted: str) -> None:
        self.found.clear()
        matches = matching(self._questions, wanted)
        for question in matches:
            facet = bank_text(question.facet.name)
            say = bank_text(question.say)
            item = QListWidgetItem(say if self._quiet else f"{say}\n{facet}")
            item.setData(_ID, question.id)
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        self.hint.setText(
            ngettext("{count} question", "{count} questions", len(matches)).format(
                count=len(matches)
            )
        )
