"""Which questions a stage has asked again when it is over, chosen by what they are about."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.bank import Bank, Facet, Side
from fitcheck.domain.plan import MOST_ROWS
from fitcheck.i18n import _
from reports.words import bank_text
from ui.plan.fields import Editor
from ui.tab_order import in_order
from ui.theme import space
from ui.widgets.flow import FlowLayout


class AskedAgain(Editor):
    """The ids of the questions. A facet adds and removes all of the consultant's on it."""

    def __init__(self, name: str, bank: Bank) -> None:
        super().__init__()
        self._bank = bank
        self._of: dict[str, tuple[str, ...]] = {}
        self._facets: dict[str, Facet] = {}
        for question in bank.questions:
            if question.side is Side.CONSULTANT:
                self._facets[question.facet.id] = question.facet
                asked = self._of.get(question.facet.id, ())
                self._of[question.facet.id] = (*asked, question.id)
        self._value: tuple[str, ...] = ()
        self.chosen: dict[str, QPushButton] = {}
        self.more = QPushButton(_("Ask about…"))
        self.more.setAccessibleName(name)
        self.menu = QMenu(self)
        self.menu.triggered.connect(self._add)
        self.more.setMenu(self.menu)
        inside = QWidget()
        self._flow = FlowLayout(inside, gap=space(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inside)
        self._show()

    def value(self) -> tuple[str, ...]:
        return self._value

    def show_value(self, value: tuple[str, ...]) -> None:
        if value != self._value:
            self._value = value
            self._show()

    def entrance(self) -> QWidget:
        return self.more

    def _show(self) -> None:
        """A button for each facet that is asked about, which takes it out; and what is left."""
        while self._flow.takeAt(0):
            pass
        for button in self.chosen.values():
            button.hide()
            button.deleteLater()
        self.chosen = {}
        for id_, facet in self._facets.items():
            if not set(self._of[id_]).isdisjoint(self._value):
                name = bank_text(facet.name)
                button = QPushButton(f"{name}  ×")
                button.setAccessibleName(_("{facet}: don’t ask again").format(facet=name))
                button.clicked.connect(lambda _checked=False, id_=id_: self._remove(id_))
                self.chosen[id_] = button
                self._flow.addWidget(button)
                button.show()
        self.menu.clear()
        for id_, facet in self._facets.items():
            if id_ not in self.chosen:
                self.menu.addAction(bank_text(facet.name)).setData(id_)
        self.more.setEnabled(not self.menu.isEmpty())
        self._flow.addWidget(self.more)
        in_order(*self.chosen.values(), self.more)
        self.rearranged.emit()
        self.updateGeometry()

    @Slot(QAction)
    def _add(self, chosen: QAction) -> None:
        added = (*self._value, *self._of[chosen.data()])
        self._value = tuple(dict.fromkeys(added))[:MOST_ROWS]
        # Not from within the menu, which is filled anew.
        QTimer.singleShot(0, self, self._show)
        self.kept.emit()

    def _remove(self, facet: str) -> None:
        self._value = tuple(id_ for id_ in self._value if id_ not in self._of[facet])
        self._show()
        self.more.setFocus()
        self.kept.emit()
