"""Everything that someone who looks over the shoulder can read, or a screen reader say aloud."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QListWidget, QWidget

_TEXTS = ("text", "plainText", "placeholderText", "title", "windowTitle")
_MORE = ("toolTip", "whatsThis", "statusTip", "accessibleName", "accessibleDescription")
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def visible_widgets(root: QWidget) -> list[QWidget]:
    """``root`` and whatever of it is shown, or would be after scrolling."""
    return [widget for widget in (root, *root.findChildren(QWidget)) if widget.isVisible()]


def readable(root: QWidget) -> list[str]:
    """Every text of every visible widget: shown, as a tool tip, for a screen reader."""
    return [text for widget in visible_widgets(root) for text in _texts_of(widget) if text]


def _texts_of(widget: QWidget) -> Iterator[str]:
    for name in (*_TEXTS, *_MORE):
        value = widget.property(name)
        if isinstance(value, str):
            yield value
    # What a painted row says, which is no Qt property.
    answer = getattr(widget, "answer", None)
    if isinstance(answer, str):
        yield answer
    if isinstance(widget, QListWidget):
        for row in range(widget.count()):
            for role in _ROLES:
                yield str(widget.item(row).data(role) or "")
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is not None:
        for part in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
            yield interface.text(part)


def checked(root: QWidget) -> list[QWidget]:
    """Whatever is shown as chosen."""
    return [widget for widget in visible_widgets(root) if widget.property("checked") is True]
