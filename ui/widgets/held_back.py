"""What stands where a document would be that repeats something private: both places."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.bank import Bank
from fitcheck.domain.gate import Repeat
from fitcheck.i18n import _, ngettext, quoted
from reports.gate_words import place_name
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets.column import Column, scrolling
from ui.widgets.labels import label
from ui.widgets.text import paragraph

_WIDTH = 190


class HeldBack(QWidget):
    """``edit`` leads to where the document's words are written, ``look`` to a private place;
    ``release`` lets exactly these words pass.
    """

    edit = Signal()
    look = Signal(object)
    release = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = label("", "title")
        self.edit_button = QPushButton(_("&Edit"))
        set_role(self.edit_button, "primary")
        self.release_button = QPushButton(_("Print it &anyway"))
        set_role(self.release_button, "danger")
        self.look_buttons: list[QPushButton] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(space(3))
        self._lay_out()
        self.edit_button.clicked.connect(self.edit)
        self.release_button.clicked.connect(self.release)

    def _lay_out(self) -> None:
        inside = Column(gap=space(4))
        column = inside.column
        column.setContentsMargins(0, space(4), space(2), space(4))
        column.addWidget(self.heading)
        why = _(
            "The document repeats words that are for your eyes only, so it is not handed over yet. "
            "Change them where they are written for the prospect, or let exactly these words pass: "
            "that is kept with the assessment, with today’s date."
        )
        column.addWidget(paragraph(why, "body"))
        column.addLayout(self._list)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.edit_button)
        row.addWidget(self.release_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        inside.setMaximumWidth(space(_WIDTH))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))

    def show_repeats(self, repeats: Sequence[Repeat], bank: Bank) -> None:
        """Show what was found, in place of what was shown before."""
        self.clear()
        count = len(repeats)
        said = ngettext(
            "Held back: it repeats something private",
            "Held back: it repeats something private in {count} places",
            count,
        )
        self.heading.setText(said.format(count=count))
        for repeat in repeats:
            self._list.addWidget(self._card(repeat, bank))
        # The cards came after the buttons that stand below them.
        in_order(*self.look_buttons, self.edit_button, self.release_button)

    def clear(self) -> None:
        """Show nothing: what is private doesn't stay in a widget that nobody sees."""
        self.look_buttons = []
        while (item := self._list.takeAt(0)) is not None:
            if (card := item.widget()) is not None:
                card.hide()
                card.deleteLater()

    def _card(self, repeat: Repeat, bank: Bank) -> QFrame:
        card = QFrame()
        set_role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(space(5), space(4), space(5), space(4))
        column.setSpacing(space(2))
        name = place_name(repeat.place, bank)
        column.addWidget(paragraph(name, "heading"))
        column.addWidget(paragraph(quoted(repeat.words), "body"))
        printed = " ".join(
            part for part in (repeat.before, f"[{repeat.printed}]", repeat.after) if part
        )
        on_page = _("On page {page}: “… {words} …”").format(page=repeat.page, words=printed)
        column.addWidget(paragraph(on_page, "quiet"))
        button = QPushButton(_("Show where it is private"))
        set_role(button, "plain")
        button.setAccessibleDescription(name)
        button.clicked.connect(lambda: self.look.emit(repeat.place))
        self.look_buttons.append(button)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def take_focus(self) -> None:
        self.edit_button.setFocus()
