"""The key that does the same as a button, in the button's tool tip."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton


def name_key(button: QAbstractButton, key: str) -> None:
    """Have the tool tip end in ``key``; where there is none yet, it says what the button says."""
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
    said = button.toolTip() or button.text().replace("&", "").removesuffix("…")
    button.setToolTip(f"{said} ({shown})" if said else shown)
