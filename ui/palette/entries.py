"""What the palette offers besides prospects: every action of the menus and of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from fitcheck.i18n import _
from ui.palette.matching import plain
from ui.widgets.sidebar import PAGES, UNDER_NAMES, WITH_ASSESSMENT

if TYPE_CHECKING:
    from ui.main_window import MainWindow


@dataclass(frozen=True)
class Entry:
    """An action by its ``name``, ``where`` it is found otherwise, and its ``key``.

    ``page`` is the one on which it acts, "" where that doesn't matter. ``reason`` says why it can't
    be done now, and is empty where it can, be it that its page has to be shown first.
    """

    action: QAction
    name: str
    where: str
    key: str
    page: str = ""
    reason: str = ""

    @cached_property
    def plain_name(self) -> str:
        return plain(self.name)

    @cached_property
    def plain_place(self) -> str:
        return plain(f"{self.where} {self.key}")


def entries(window: MainWindow) -> list[Entry]:
    """Every action that there is: those of the page that is shown first."""
    shown = window.page_name
    names = {**PAGES, **UNDER_NAMES}
    pages = sorted(window.pages, key=lambda name: name != shown)
    found = [
        entry
        for name in pages
        for entry in _of(window, window.pages[name].offers(), _(names[name]), name)
    ]
    for name in pages:
        found += _of(window, window.pages[name].headings(), _(names[name]), "")
    of_list = {*window.prospects.actions_of_prospect, *window.prospects.actions_of_list}
    for menu in window.menus.findChildren(QMenu):
        title = menu.title().replace("&", "")
        for action in menu.actions():
            found += _of(window, [action], title, "prospects" if action in of_list else "")
    return found


def _of(window: MainWindow, actions: Iterable[QAction], where: str, page: str) -> Iterator[Entry]:
    for action in actions:
        if action.isSeparator() or action.menu() is not None or action is window.menus.anything:
            continue
        yield Entry(action, _name(action), where, _key(action), page, _reason(window, action, page))


def _name(action: QAction) -> str:
    name = action.text().replace("&", "").removesuffix("…")
    return _("Answer {number}").format(number=name) if name.isdigit() else name


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _reason(window: MainWindow, action: QAction, page: str) -> str:
    if page in WITH_ASSESSMENT and window.interview is None:
        return _("Open an assessment first")
    if action.isEnabled() or page not in ("", window.page_name):
        return ""
    if page == "prospects":
        return _("Choose a prospect first")
    if action in window.menus.go.values():
        return _("Open an assessment first")
    return _("Not now")
