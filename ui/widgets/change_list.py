"""What would change the recommendation, and what to be careful about: sentences in short lists."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _, ngettext, quoted
from ui.theme import set_role, space
from ui.widgets.asking import Asking
from ui.widgets.labels import label
from ui.widgets.text import paragraph


class SentenceList(QWidget):
    """A heading and sentences under it; those beyond ``most`` come at the press of a button.

    ``lead`` says first what the sentences are, where the heading doesn't.
    """

    def __init__(
        self, heading: str, sentences: Sequence[str], most: int = 99, lead: str = ""
    ) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addWidget(label(heading, "heading"))
        if lead:
            layout.addWidget(paragraph(lead))
        self.lines = [pointed(sentence) for sentence in sentences]
        for line in self.lines:
            layout.addWidget(line)
        self._rest = self.lines[most:]
        self.more_button = QPushButton()
        self.more_button.clicked.connect(self._turn)
        row = QHBoxLayout()
        row.addWidget(self.more_button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)
        self._show_rest(False)

    @Slot()
    def _turn(self) -> None:
        self._show_rest(self._rest[0].isHidden())

    def _show_rest(self, shown: bool) -> None:
        for line in self._rest:
            line.setVisible(shown)
        more = len(self._rest)
        self.more_button.setVisible(bool(more))
        self.more_button.setText(
            _("Only the nearest")
            if shown
            else ngettext("{count} more", "{count} more", more).format(count=more)
        )


class AskList(QWidget):
    """The questions that would make it firmer, each with its reason and the way to it."""

    question_asked = Signal(str)
    deal_breaker_asked = Signal(str)

    def __init__(self, asking: Sequence[Asking]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        self.buttons = []
        for entry in asking:
            button = QPushButton(_button_text(entry))
            button.setAccessibleName(f"{button.text()}: {entry.title}. {entry.say}")
            button.setProperty("asks", (entry.question, entry.deal_breaker))
            button.clicked.connect(self._ask)
            self.buttons.append(button)
            layout.addWidget(_asked(entry, button))

    @Slot()
    def _ask(self) -> None:
        button = self.sender()
        assert button is not None
        question, deal_breaker = button.property("asks")
        if deal_breaker:
            self.deal_breaker_asked.emit(deal_breaker)
        else:
            self.question_asked.emit(question)


def _button_text(entry: Asking) -> str:
    if entry.deal_breaker:
        return _("Clear it…")
    return _("Ask it in the full form") if entry.elsewhere else _("Ask it")


def _asked(entry: Asking, button: QPushButton) -> QFrame:
    card = QFrame()
    set_role(card, "card")
    row = QHBoxLayout(card)
    row.setContentsMargins(space(4), space(3), space(4), space(3))
    row.setSpacing(space(4))
    words = QVBoxLayout()
    words.setSpacing(space(0.5))
    words.addWidget(paragraph(entry.title, "asked-title"))
    words.addWidget(paragraph(quoted(entry.say)))
    if entry.reason:
        words.addWidget(paragraph(entry.reason, "quiet"))
    row.addLayout(words, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return card


def pointed(sentence: str) -> QWidget:
    """A sentence behind a dash, so that each of several is seen to begin."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(space(2))
    row.addWidget(label("–", "quiet"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(paragraph(sentence), 1)
    return line
