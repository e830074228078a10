"""Paragraphs, and the keys that stand beside what they do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from fitcheck.i18n import N_, _
from ui.theme import space
from ui.widgets.key_tip import name_key
from ui.widgets.labels import label


def paragraph(text: str = "", role: str = "body") -> QLabel:
    """Plain text that wraps to whatever width it is given, and asks for the height it needs."""
    made = label(text, role, wrap=True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    made.setMinimumWidth(space(10))
    return made


def box_beside(text: str) -> tuple[QCheckBox, QHBoxLayout]:
    """A box, and the row in which it stands with text that wraps, which a box's own doesn't."""
    box = QCheckBox()
    box.setAccessibleName(text)
    words = paragraph(text)
    words.setBuddy(box)
    row = QHBoxLayout()
    row.setSpacing(space(2))
    row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return box, row


_KEYS = frozenset(
    (N_("Ctrl"), N_("Shift"), N_("Enter"), N_("Del"), N_("Esc"), N_("PgUp"), N_("PgDn"))
)


def key_text(key: str) -> str:
    """A key or several together, such as ``Ctrl+Enter``, by what is printed on the keyboard."""
    return "+".join(_(part) if part in _KEYS else part for part in key.split("+"))


def keycap(key: str) -> QLabel:
    """A small picture of a key, to stand beside what the key does."""
    made = label(key_text(key), "keycap")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def with_key(key: str, widget: QWidget) -> QWidget:
    """``widget`` behind the key that operates it."""
    if isinstance(widget, QAbstractButton):
        name_key(widget, key)
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space(1))
    layout.addWidget(keycap(key))
    layout.addWidget(widget)
    return row
