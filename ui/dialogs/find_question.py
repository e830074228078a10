"""Finding a question by typing a few letters of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fitcheck.domain.bank import Question
from fitcheck.i18n import _, ngettext
from reports.words import bank_text
from ui.drafts import Draft
from ui.theme import space
from ui.widgets.column import open_at
from ui.widgets.labels import label
from ui.widgets.standing import matching

_ID = Qt.ItemDataRole.UserRole
_PASSED_ON = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FindQuestionDialog(QDialog):
    """A field and the questions that match it; the arrows move in the list while one types.

    A ``quiet`` one shows what is said aloud alone, for where the prospect reads along.
    """

    draft_name = "find-question"

    def __init__(
        self, parent: QWidget | None, questions: Sequence[Question], *, quiet: bool = False
    ) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self.setWindowTitle(_("Find a question"))
        self._questions = tuple(questions)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Words of the question"))
        self.field.setPlaceholderText(_("Words of the question, or what it is about"))
        self.field.setClearButtonEnabled(True)
        self.found = QListWidget()
        self.found.setAccessibleName(_("Questions that match"))
        self.found.setWordWrap(True)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.count = label("", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(4))
        layout.setSpacing(space(2.5))
        layout.addWidget(self.field)
        layout.addWidget(self.found, 1)
        layout.addWidget(self.count)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self.accept)
        self.found.itemClicked.connect(self.accept)
        self.field.installEventFilter(self)
        self._search("")
        open_at(self, space(190), space(130))
        self.field.setFocus()

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
        self.count.setText(
            ngettext("{count} question", "{count} questions", len(matches)).format(
                count=len(matches)
            )
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _PASSED_ON
        ):
            self.found.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)
