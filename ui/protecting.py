"""What keeps the book from others: its passphrase, the lock, and the form that is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Protecting(QObject):
    """Asks what has to be asked first, and shows at the foot whether the book is protected."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def show(self) -> None:
        """Say whether it is protected now; a dialog may have changed that."""
        if not self._window.closed:
            self._window.foot.show_protection(self._protected)

    @property
    def _protected(self) -> bool:
        return self._window.context.fitcheck.protection.protected

    @Slot()
    def lock_now(self) -> None:
        """Lock it, or have it protected first, so that it can be."""
        if self._protected:
            self._window.lock_asked.emit()
        else:
            self.protect()

    @Slot()
    def protect(self) -> None:
        """Ask for a passphrase."""
        from ui.dialogs.protection import ProtectDialog  # few starts need it

        window = self._window
        ProtectDialog.ask(window, window.context.fitcheck, window.context.jobs)
        self.show()

    @Slot(int)
    def hand_over(self, assessment_id: int) -> None:
        """Ask whether to hand it over, and by which PIN one comes back without a passphrase."""
        from ui.dialogs.hand_over import HandOverDialog  # few starts need it

        pin = HandOverDialog.ask(self._window, protected=self._protected)
        if pin is not None:
            self._window.hand_over_asked.emit(assessment_id, pin)
