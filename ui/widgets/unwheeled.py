"""Fields on a page that scrolls: the wheel scrolls the page, not the field under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _Unwheeled(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()  # so that it goes on to what scrolls
            return True
        return False


def unwheeled(*fields: QWidget) -> None:
    """Let the wheel change ``fields`` only while they have the focus."""
    for field in fields:
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(_Unwheeled(field))
