"""Dialogs whose answer is written before they close: what is typed isn't lost to a full disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QWidget

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui.dialogs.fitting import fit
from ui.drafts import Draft
from ui.widgets.fault_line import fault_line, tell

_Value = TypeVar("_Value")


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

    def show_draft(self, draft: Draft) -> None:
        """Fill in what was kept over a lock."""
        raise NotImplementedError

    def answer(
        self, value: Callable[[], _Value], draft: Draft | None, keep: Callable[[_Value], object]
    ) -> _Value | None:
        """Ask, with what was being typed; ``value`` once ``keep`` has it, or ``None`` where it was
        called off. The dialog is gone then.
        """
        self.write = lambda: keep(value())
        if draft:
            self.show_draft(draft)
        accepted = self.exec() == QDialog.DialogCode.Accepted
        given = value() if accepted else None
        self.deleteLater()
        return given
