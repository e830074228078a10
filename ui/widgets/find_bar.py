"""Finding a text in the document: what is looked for, how often it is there, and the way along."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from fitcheck.i18n import _, ngettext
from ui.theme import space
from ui.widgets.fault_line import announce
from ui.widgets.interview_bars import quiet_button
from ui.widgets.labels import label


class FindBar(QWidget):
    """``wanted`` says what is looked for, ``step`` to go on (1) or back (-1), ``closed`` the end.

    Enter goes on, Shift+Enter back, Escape closes.
    """

    wanted = Signal(str)
    step = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Find in the document"))
        self.line.setAccessibleName(_("Find in the document"))
        self.line.setClearButtonEnabled(True)
        self.line.setMaximumWidth(space(80))
        self.count_label = label("", "quiet")
        self.back_button = quiet_button("‹", _("Shift+F3"))
        self.back_button.setAccessibleName(_("Previous place found"))
        self.on_button = quiet_button("›", _("F3"))
        self.on_button.setAccessibleName(_("Next place found"))
        self.close_button = quiet_button(_("Close"), _("Esc"))
        self.close_button.setAccessibleName(_("Stop finding"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        row.addWidget(self.line, 1)
        for widget in (self.count_label, self.back_button, self.on_button):
            row.addWidget(widget)
        row.addWidget(self.close_button)
        row.addStretch(1)
        self.line.textChanged.connect(self.wanted)
        self.back_button.clicked.connect(self._back)
        self.on_button.clicked.connect(self._on)
        self.close_button.clicked.connect(self.closed)
        self.show_found(0, 0)

    def begin(self) -> None:
        """Take the focus, with what was looked for last chosen to be typed over."""
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def show_found(self, number: int, count: int) -> None:
        """Say which of how many places is shown, from one."""
        for button in (self.back_button, self.on_button):
            button.setEnabled(count > 0)
        text = ""
        if count:
            text = _("{number} of {count}").format(number=number, count=count)
        elif self.line.text():
            text = _("Not found")
        if text != self.count_label.text():
            self.count_label.setText(text)
            if self.line.text():
                found = ngettext("{count} place found", "{count} places found", count)
                announce(self.count_label, found.format(count=count))

    @Slot()
    def _on(self) -> None:
        self.step.emit(1)

    @Slot()
    def _back(self) -> None:
        self.step.emit(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
