"""The laptop is to be handed back: what stands before a book without a passphrase meanwhile."""

from __future__ import annotations

import hmac

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.theme import set_role, space
from ui.widgets.centred import centred
from ui.widgets.column import Column
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.pin_field import PinField
from ui.widgets.text import paragraph


class WayBack(QWidget):
    """Asks for the PIN that was chosen for this once; ``returned`` when it was typed."""

    returned = Signal()

    def __init__(self, pin: str) -> None:
        super().__init__()
        self._pin = pin.encode()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.pin = PinField(_("PIN"))
        self.fault = fault_line()
        self.fault.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.button = QPushButton(_("Go on"))
        set_role(self.button, "primary")
        inside = Column(gap=space(4))
        for part in (
            paragraph(_("Please hand the laptop back"), "title"),
            paragraph(_("Whoever handed it over goes on with their PIN."), "body"),
            self.pin,
            self.fault,
            self.button,
        ):
            inside.column.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(centred(inside, space(110)))
        self.pin.line.returnPressed.connect(self._try)
        self.pin.line.textEdited.connect(self._edited)
        self.button.clicked.connect(self._try)

    def take_focus(self) -> None:
        self.pin.line.setFocus()

    @Slot()
    def _edited(self) -> None:
        tell(self.fault, "")

    @Slot()
    def _try(self) -> None:
        right = hmac.compare_digest(self.pin.line.text().encode(), self._pin)
        self.pin.line.clear()
        if right:
            self.returned.emit()
        else:
            tell(self.fault, _("That isn’t the PIN."))
            self.take_focus()
