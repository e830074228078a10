"""Actions on whoever is chosen in the list, which wait for somebody to be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence


def chosen_action(owner: QObject, text: str, keys: str, slot: Callable[[], object]) -> QAction:
    """An action with its key; disabled until somebody is chosen."""
    action = QAction(text, owner)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(slot)
    action.setEnabled(False)
    return action
