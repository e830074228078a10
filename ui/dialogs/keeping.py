"""Dialogs whose answer is written before they close: what is typed isn't lost to a full disk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QWidget

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui.dialogs.fitting import fit
from ui.widgets.fault_line import fault_line, tell


class KeepingDialog(QDialog):
    """Accepted only once ``write`` has returned; where that fails it stays, with what was typed,
    and ``fault``, which is to be laid out, says why. Accepting it again tries again.
    """

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.write: Callable[[], object] = lambda: None
        self.fault = fault_line()

    @Slot()
    def accept(self) -> None:
        try:
            self.write()
        except FitCheckError as error:
            kept = _("Not saved. What you typed is still here; you can try again.")
            tell(self.fault, f"{kept} {error}")
            fit(self, self.width())
            return
        tell(self.fault, "")
        super().accept()
