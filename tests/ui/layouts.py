"""What PySide holds on to of layouts."""

from __future__ import annotations

import gc

import shiboken6
from PySide6.QtWidgets import QLayout, QLayoutItem


def left_behind() -> list[QLayoutItem]:
    """The items that have left their layouts, of which PySide still keeps a wrapper.

    It makes one for each item of a layout that is put into another, and keeps it as long as the
    outer one. Qt frees the item once its widget leaves; whatever Qt puts in its place is then
    taken for a ``QWidgetItem`` in Python.
    """
    every = gc.get_objects()
    layouts = [each for each in every if isinstance(each, QLayout) and shiboken6.isValid(each)]
    # From the holders to what they hold, each of them once: the other way round, all that there is
    # is gone through for every item.
    held = {id(each) for layout in layouts for each in gc.get_referents(layout)}
    return [
        each
        for each in every
        if isinstance(each, QLayoutItem)
        and not isinstance(each, QLayout)
        and id(each) in held
        and shiboken6.isValid(each)
        and all(layout.indexOf(each) < 0 for layout in layouts)
    ]
