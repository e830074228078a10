"""The consultant's non-negotiables (I16): written, put in order, taken out, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.bank import DealBreaker
from fitcheck.domain.toml_checks import SAID_LENGTH
from fitcheck.i18n import _
from reports.words import bank_text
from ui.theme import space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.flow import FlowLayout
from ui.widgets.key_tip import name_key
from ui.widgets.labels import titled
from ui.widgets.text import paragraph

DealBreakers = tuple[DealBreaker, ...]

_ROWS = 7
"""As many lines are seen without scrolling."""


class DealBreakerEditor(QWidget):
    """A list, and the two texts of the line in hand.

    ``changed`` says that a person has changed something. An entry keeps its id whatever becomes of
    its text; ``make_new`` makes an empty one to stand among others.
    """

    changed = Signal()

    def __init__(self, make_new: Callable[[DealBreakers], DealBreaker]) -> None:
        super().__init__()
        self._make_new = make_new
        self._value: DealBreakers = ()
        self._default: DealBreakers = ()
        self._undo: list[tuple[DealBreakers, int]] = []
        self._typing = ""
        self._faults: Mapping[tuple[str, str], str] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(_("Deal-breakers"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(round((_ROWS + 0.4) * 2 * self.fontMetrics().lineSpacing()))
        self.text = QLineEdit()
        self.text.setMaxLength(SAID_LENGTH)
        self.ask = QPlainTextEdit()
        self.ask.setTabChangesFocus(True)
        self.ask.setFixedHeight(3 * self.ask.fontMetrics().lineSpacing() + space(3))
        self.text_fault, self.ask_fault = fault_line(), fault_line()
        self.add_button = QPushButton(_("Add one"))
        self.remove_button = QPushButton(_("Take it out"))
        self.up_button = QPushButton(_("Move up"))
        self.down_button = QPushButton(_("Move down"))
        self.undo_button = QPushButton(_("Undo"))
        self.restore_button = QPushButton(_("Restore the default ones"))
        name_key(self.remove_button, "Del")
        name_key(self.up_button, "Alt+Up")
        name_key(self.down_button, "Alt+Down")
        name_key(self.undo_button, "Ctrl+Z")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(self.list)
        buttons = QWidget()
        row = FlowLayout(buttons, gap=space(2))
        for button in (
            self.add_button,
            self.remove_button,
            self.up_button,
            self.down_button,
            self.undo_button,
            self.restore_button,
        ):
            row.addWidget(button)
        layout.addSpacing(space(1))
        layout.addWidget(buttons)
        layout.addSpacing(space(2))
        for caption, field, fault in (
            (_("What rules the work out"), self.text, self.text_fault),
            (_("The question that clears or confirms it"), self.ask, self.ask_fault),
        ):
            title = titled(caption, field)
            field.setAccessibleName(caption)
            layout.addWidget(title)
            layout.addWidget(field)
            layout.addWidget(fault)
            layout.addSpacing(space(1))
        layout.addWidget(
            paragraph(
                _(
                    "Write what somebody does, not who they are. Health, religion, politics, "
                    "origin and family are nobody’s deal-breaker."
                ),
                "quiet",
            )
        )

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._reached)
        self.text.textEdited.connect(self._text_edited)
        self.ask.textChanged.connect(self._ask_edited)
        self.add_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self.remove)
        self.up_button.clicked.connect(self._up)
        self.down_button.clicked.connect(self._down)
        self.undo_button.clicked.connect(self.undo)
        self.restore_button.clicked.connect(self.restore)
        for name, key, slot in (
            (_("Take it out"), QKeySequence(QKeySequence.StandardKey.Delete), self.remove),
            (_("Undo"), QKeySequence(QKeySequence.StandardKey.Undo), self.undo),
            (_("Move up"), QKeySequence("Alt+Up"), self._up),
            (_("Move down"), QKeySequence("Alt+Down"), self._down),
        ):
            action = QAction(name, self.list)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self.list.addAction(action)

    # What stands

    @property
    def value(self) -> DealBreakers:
        """What is written, in its order."""
        return self._value

    def show_value(self, value: DealBreakers, default: DealBreakers) -> None:
        """Show ``value``; ``default`` is what can be restored. Nothing can be undone after it."""
        self._default = default
        self._undo.clear()
        self._typing = ""
        self._set(value, max(0, self.list.currentRow()))

    def show_faults(self, faults: Mapping[tuple[str, str], str]) -> None:
        """Say what is wrong, by the id of the deal-breaker and "text" or "ask"."""
        if dict(faults) != dict(self._faults):
            self._faults = faults
            for row in range(len(self._value)):
                self._show_line(row)
        self._show_faults()

    # What can be done

    @Slot()
    def add(self) -> None:
        """Add an empty one at the end and let it be written."""
        self._keep()
        new = self._make_new(self._value)
        self._set((*self._value, new), len(self._value))
        self.changed.emit()
        self.text.setFocus()

    @Slot()
    def remove(self) -> None:
        """Take the one in hand out; the last one stays."""
        row = self.list.currentRow()
        if len(self._value) > 1 and row >= 0:
            self._keep()
            self._set(self._value[:row] + self._value[row + 1 :], min(row, len(self._value) - 2))
            self.changed.emit()

    @Slot()
    def _up(self) -> None:
        self._move(-1)

    @Slot()
    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + by < len(self._value):
            self._keep()
            moved = list(self._value)
            moved.insert(row + by, moved.pop(row))
            self._set(tuple(moved), row + by)
            self.changed.emit()

    @Slot()
    def restore(self) -> None:
        """Put the default ones in place of all of them."""
        if self._value != self._default:
            self._keep()
            self._set(self._default, 0)
            self.changed.emit()

    @Slot()
    def undo(self) -> None:
        """Take the last change back, as far back as this list was shown."""
        if self._undo:
            self._typing = ""
            self._set(*self._undo.pop())
            self.changed.emit()

    # How it is done

    def _keep(self, typing: str = "") -> None:
        """Remember what stands, once for everything that is typed into one field in a row."""
        if not typing or typing != self._typing:
            self._undo.append((self._value, self.list.currentRow()))
        self._typing = typing

    def _set(self, value: DealBreakers, row: int) -> None:
        self._value = value
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addItems([""] * len(value))
        for each in range(len(value)):
            self._show_line(each)
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(min(row, len(value) - 1))
        self._show_row()

    def _show_line(self, row: int) -> None:
        deal_breaker = self._value[row]
        text = bank_text(deal_breaker.text)
        faulty = any(id_ == deal_breaker.id for id_, _field in self._faults)
        shown = _("{text} (not ready)").format(text=text) if text and faulty else text
        shown = shown or _("(not written yet)")
        self.list.item(row).setText(shown)

    @Slot(int)
    def _reached(self, _row: int) -> None:
        self._typing = ""
        self._show_row()

    def _show_row(self) -> None:
        """Show the texts of the line in hand, and what can be done with it."""
        row = self.list.currentRow()
        in_hand = self._value[row] if 0 <= row < len(self._value) else None
        with QSignalBlocker(self.text), QSignalBlocker(self.ask):
            self.text.setText(bank_text(in_hand.text) if in_hand else "")
            self.ask.setPlainText(bank_text(in_hand.ask) if in_hand else "")
        self.text.setEnabled(in_hand is not None)
        self.ask.setEnabled(in_hand is not None)
        self._show_buttons()
        self._show_faults()

    def _show_buttons(self) -> None:
        row, count = self.list.currentRow(), len(self._value)
        self.remove_button.setEnabled(count > 1)
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < count - 1)
        self.undo_button.setEnabled(bool(self._undo))
        self.restore_button.setEnabled(self._value != self._default)

    def _show_faults(self) -> None:
        row = self.list.currentRow()
        id_ = self._value[row].id if 0 <= row < len(self._value) else ""
        for line, field in ((self.text_fault, "text"), (self.ask_fault, "ask")):
            said = self._faults.get((id_, field), "")
            if line.text() != said:
                tell(line, said)

    @Slot()
    def _text_edited(self) -> None:
        self._edit("text", self.text.text())

    @Slot()
    def _ask_edited(self) -> None:
        self._edit("ask", self.ask.toPlainText())

    def _edit(self, field: str, typed: str) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._value):
            return
        self._keep(f"{field} of {self._value[row].id}")
        # One line, with no space around it, whatever was pasted.
        edited = replace(self._value[row], **{field: " ".join(typed.split())})
        self._value = (*self._value[:row], edited, *self._value[row + 1 :])
        self._show_line(row)
        self._show_buttons()
        self.changed.emit()
