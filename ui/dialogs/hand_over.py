"""Before the laptop is handed over: what will happen, and how one comes back."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.dialogs.button_row import button_row
from ui.dialogs.fitting import fit
from ui.theme import space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import label
from ui.widgets.pin_field import LEAST, PinField
from ui.widgets.text import paragraph

_WIDTH = 150


class HandOverDialog(QDialog):
    """What the consultant is told; where there is no passphrase, a PIN for this once is chosen."""

    def __init__(self, parent: QWidget | None, *, protected: bool) -> None:
        super().__init__(parent)
        self._protected = protected
        title = _("Hand the laptop over")
        self.setWindowTitle(title)
        self.pin = PinField(_("PIN for this once"))
        self.again = PinField(_("The same PIN again"))
        self.fault = fault_line()
        self.cancel_button = QPushButton(_("Cancel"))
        self.go_button = QPushButton(_("Hand over"))
        self.go_button.clicked.connect(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(label(title, "title"))
        for text in self._texts():
            layout.addWidget(paragraph(text))
        if not protected:
            layout.addWidget(self.pin)
            layout.addWidget(self.again)
        layout.addWidget(self.fault)
        layout.addStretch(1)
        layout.addLayout(button_row(self, self.go_button, self.cancel_button))
        fit(self, space(_WIDTH))
        (self.go_button if protected else self.pin.line).setFocus()

    def _texts(self) -> tuple[str, ...]:
        back = (
            _("When they are done, or after two minutes untouched, it asks for your passphrase.")
            if self._protected
            else _("When they are done, or after two minutes untouched, it asks for a PIN.")
        )
        common = (
            _(
                "The prospect’s own form fills the screen: questions about working with you, which "
                "take a few minutes."
            ),
            _(
                "Your book is closed meanwhile. Nothing of it is on the screen, and nothing on the "
                "form leads back to it."
            ),
            _("{back} Each answer is kept as soon as it is given.").format(back=back),
        )
        if self._protected:
            return common
        return (
            *common,
            _(
                "Your book has no passphrase, so choose a PIN for this once, with four characters "
                "or more. It keeps curious hands away as long as FitCheck runs; a passphrase "
                "protects more."
            ),
        )

    @Slot()
    def confirm(self) -> None:
        """Go ahead, or say what is wrong with the PIN."""
        if self._protected:
            self.accept()
            return
        typed = self.pin.line.text()
        if len(typed) < LEAST:
            self._say(_("The PIN needs four characters or more."), self.pin)
        elif typed != self.again.line.text():
            self.again.line.clear()
            self._say(_("The two aren’t the same. Type it once more."), self.again)
        else:
            self.accept()

    def _say(self, text: str, field: PinField) -> None:
        tell(self.fault, text)
        fit(self, max(space(_WIDTH), self.width()))
        field.line.setFocus()

    def done(self, result: int) -> None:
        super().done(result)
        if result != QDialog.DialogCode.Accepted:
            self._wipe()

    def _wipe(self) -> None:
        for field in (self.pin, self.again):
            field.line.clear()

    @classmethod
    def ask(cls, parent: QWidget | None, *, protected: bool) -> str | None:
        """The PIN (empty where the passphrase is asked for instead), or ``None``: not now."""
        dialog = cls(parent, protected=protected)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        pin = dialog.pin.line.text()
        dialog._wipe()
        dialog.deleteLater()
        return pin if accepted else None
