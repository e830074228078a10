"""Three cards at the first start: what FitCheck does, the keys that matter, what stays private."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fitcheck.i18n import _
from ui import aloud
from ui.icons import pixmap
from ui.theme import Theme, set_role, space
from ui.widgets.labels import label
from ui.widgets.text import keycap, paragraph

_WIDTH = 130


class TourDialog(QDialog):
    """Esc or Skip ends it at any card; Enter goes on."""

    def __init__(self, parent: QWidget | None, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(_("First steps"))
        self.cards = QStackedWidget()
        self._all = (self._what(), self._keys(), self._private())
        for card in self._all:
            self.cards.addWidget(card)
        self.place = label("", "quiet")
        self.skip_button = QPushButton(_("&Skip"))
        self.back_button = QPushButton(_("&Back"))
        self.next_button = QPushButton()
        set_role(self.skip_button, "plain")
        set_role(self.next_button, "primary")
        for button in (self.skip_button, self.back_button):
            button.setAutoDefault(False)
        self.skip_button.setToolTip(_("Skip (Esc)"))
        self.next_button.setToolTip(_("Go on (Enter)"))
        self.next_button.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.skip_button)
        row.addWidget(self.place, 1, Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(self.cards, 1)
        layout.addLayout(row)
        self.skip_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(self._go_back)
        self.next_button.clicked.connect(self._go_on)
        self._show(0)
        self._fit()

    @classmethod
    def offer(cls, parent: QWidget, theme: Theme) -> TourDialog:
        """Show it over the window, and return at once; it goes when it is closed."""
        dialog = cls(parent, theme)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    # The cards

    def _what(self) -> QWidget:
        card, column = self._card("verdict", _("Find out before you say yes"))
        for text in (
            _(
                "A prospect tells you of a problem. FitCheck gives you the questions, one at a "
                "time, and you note by a key what you saw or heard."
            ),
            _(
                "From that it works out how good a match you would be, how sure that is, and what "
                "to do: proceed, begin with a small stage, or decline. It says why, and what to "
                "ask next. You decide."
            ),
            _("What is agreed on becomes a plan, and a document for them and one for you."),
        ):
            column.addWidget(paragraph(text))
        column.addStretch(1)
        return card

    def _keys(self) -> QWidget:
        card, column = self._card("interview", _("The keys that matter"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(2))
        grid.setColumnStretch(1, 1)
        for row, (keys, what) in enumerate(
            (
                (("1", "…", "5"), _("The answer that comes closest to what you heard")),
                (("U", "X"), _("Asked, can’t tell yet · doesn’t apply")),
                (("Ctrl+N",), _("A new prospect, from the name alone")),
                (("Ctrl+K",), _("Find or do anything by typing a little of it")),
                (("F1",), _("The guide, at the page for what is shown")),
            )
        ):
            grid.addLayout(_caps(keys), row, 0)
            grid.addWidget(paragraph(what), row, 1)
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(paragraph(_("Everything else is under Ctrl+/, all at once."), "quiet"))
        return card

    def _private(self) -> QWidget:
        card, column = self._card("lock", _("What stays private"))
        for text in (
            _(
                "All of it stays on this computer. FitCheck never opens a network connection, and "
                "the document for the prospect has no field for odds, notes or doubts."
            ),
            _(
                "Ctrl+L protects the book with a passphrase, and locks it once it has one. It also "
                "locks by itself when you are away."
            ),
            _(
                "F8 makes the interview quiet while somebody can see your screen: no answers and "
                "no totals. H hands the laptop over for their own form, with the book closed."
            ),
        ):
            column.addWidget(paragraph(text))
        column.addStretch(1)
        return card

    def _card(self, icon: str, title: str) -> tuple[QWidget, QVBoxLayout]:
        card = QWidget()
        card.setAccessibleName(title)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(3))
        picture = QLabel()
        ratio = self.devicePixelRatioF()
        picture.setPixmap(pixmap(icon, self._theme.accent, space(9), ratio))
        column.addWidget(picture)
        column.addWidget(paragraph(title, "title"))
        return card, column

    def _fit(self) -> None:
        """As high as the highest card needs at this width; Qt would take the narrowest."""
        layout = self.layout()
        assert layout is not None
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        sides = layout.contentsMargins()
        room = space(_WIDTH) - sides.left() - sides.right()
        cards = [card.layout() for card in self._all]
        self.cards.setFixedHeight(
            max(card.totalHeightForWidth(room) for card in cards if card is not None) + space(4)
        )
        around = sides.top() + sides.bottom() + layout.spacing()
        foot = self.next_button.sizeHint().height()
        self.setFixedSize(space(_WIDTH), self.cards.height() + around + foot)

    # Going on

    @Slot()
    def _go_on(self) -> None:
        if self.cards.currentIndex() == self.cards.count() - 1:
            self.accept()
        else:
            self._show(self.cards.currentIndex() + 1)

    @Slot()
    def _go_back(self) -> None:
        self._show(self.cards.currentIndex() - 1)

    def _show(self, card: int) -> None:
        self.cards.setCurrentIndex(card)
        last = card == self.cards.count() - 1
        self.next_button.setText(_("Be&gin") if last else _("&Next"))
        self.back_button.setVisible(card > 0)
        self.skip_button.setVisible(not last)
        place = _("{number} of {count}").format(number=card + 1, count=self.cards.count())
        self.place.setText(place)
        self.next_button.setFocus()
        said = [part.text() for part in self._all[card].findChildren(QLabel)]
        aloud.announce(self.next_button, " ".join(text for text in said if text))


def _caps(keys: tuple[str, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(space(1))
    for key in keys:
        row.addWidget(label(key, "quiet") if key == "…" else keycap(key))
    row.addStretch(1)
    return row
