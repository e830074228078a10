"""The size of a dialog whose text wraps."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLayout


def fit(dialog: QDialog, width: int) -> None:
    """Make ``dialog`` at least ``width`` wide, and as high as its text then needs.

    Qt's own least height is the one that wrapping text needs at its least width: far too high.
    """
    layout = dialog.layout()
    if layout is None:
        return
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    layout.activate()
    width = max(width, layout.totalMinimumSize().width())
    height = layout.totalHeightForWidth(width)
    if height < 0:
        height = layout.totalSizeHint().height()
    dialog.setMinimumSize(width, height)
    dialog.resize(width, height)


def fit_scrolling(dialog: QDialog) -> None:
    """Let ``dialog``, part of which scrolls, be as small as all the rest of it needs."""
    layout = dialog.layout()
    if layout is not None:
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        width = layout.totalMinimumSize().width()
        dialog.setMinimumSize(width, layout.totalMinimumHeightForWidth(width))
