"""Asks for the passphrase or, in its place, the recovery key."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.theme import set_role, space
from ui.widgets.flow import FlowLayout
from ui.widgets.passphrase import PassphraseField
from ui.widgets.recovery_key_field import RecoveryKeyField


class SecretAsked(QWidget):
    """``typed``: somebody has typed it and wants it tried."""

    typed = Signal()

    def __init__(self, action: str) -> None:
        super().__init__()
        self.passphrase = PassphraseField(_("&Passphrase"))
        self.recovery_key = RecoveryKeyField(_("Recovery &key"))
        self.go_button = QPushButton(action)
        self.other_way = QPushButton()
        set_role(self.go_button, "primary")
        set_role(self.other_way, "plain")
        self.setMaximumWidth(space(124))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(3))
        column.addWidget(self.passphrase)
        column.addWidget(self.recovery_key)
        ways = QWidget()
        row = FlowLayout(ways, gap=space(2))
        row.addWidget(self.go_button)
        row.addWidget(self.other_way)
        column.addWidget(ways)
        self.go_button.clicked.connect(self.typed)
        self.passphrase.returned.connect(self.typed)
        self.recovery_key.returned.connect(self.typed)
        self.other_way.clicked.connect(self._ask_otherwise)
        self._show_way(recovering=False)

    @property
    def recovering(self) -> bool:
        """Whether it is the recovery key that is asked for."""
        return not self.recovery_key.isHidden()

    @property
    def text(self) -> str:
        return self.recovery_key.text if self.recovering else self.passphrase.text

    def take_focus(self) -> None:
        (self.recovery_key if self.recovering else self.passphrase).setFocus()

    def set_busy(self, busy: bool) -> None:
        """Keep what is typed as it is meanwhile."""
        for field in (self.passphrase, self.recovery_key):
            field.set_busy(busy)
        for button in (self.go_button, self.other_way):
            button.setEnabled(not busy)

    def wipe(self) -> None:
        """Forget what was typed."""
        for field in (self.passphrase, self.recovery_key):
            field.wipe()

    @Slot()
    def _ask_otherwise(self) -> None:
        self._show_way(recovering=not self.recovering)
        self.take_focus()

    def _show_way(self, *, recovering: bool) -> None:
        self.recovery_key.setVisible(recovering)
        self.passphrase.setVisible(not recovering)
        self.other_way.setText(
            _("&Back to the passphrase") if recovering else _("Use the &recovery key instead")
        )
