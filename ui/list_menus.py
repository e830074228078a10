"""The menus of the list of prospects, by button and by key, and what is kept of its looks."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from fitcheck.domain.listed import Phase, Query
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui.context import Context
from ui.models.columns import SORTS
from ui.theme import set_role
from ui.widgets.list_filters import ListFilters
from ui.widgets.list_layout import ListLayout, kept_values
from ui.widgets.phase_chips import PhaseChips


class ListMenus(QObject):
    """``actions`` are for the menu bar, ``buttons`` for the page.

    ``met_at`` tells where the chosen prospect was met, which is offered as a filter.
    """

    def __init__(
        self,
        context: Context,
        page: QWidget,
        layout: ListLayout,
        phases: PhaseChips,
        filters: ListFilters,
        met_at: Callable[[], str],
    ) -> None:
        super().__init__(page)
        self._context = context
        self._layout = layout
        self._phases = phases
        self._filters = filters
        self._met_at = met_at
        self._kept = ""
        self.filter_menu, self.sort_menu, self.column_menu = QMenu(page), QMenu(page), QMenu(page)
        made: list[tuple[QAction, QPushButton]] = [
            self._make(_("&Filter…"), "Ctrl+Shift+F", self.filter_menu),
            self._make(_("&Sort by…"), "Ctrl+Shift+S", self.sort_menu),
            self._make(_("&Columns…"), "Ctrl+Shift+C", self.column_menu),
        ]
        self.actions = tuple(action for action, _button in made)
        self.buttons = tuple(button for _action, button in made)

    def _make(self, text: str, keys: str, menu: QMenu) -> tuple[QAction, QPushButton]:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setEnabled(False)
        button = QPushButton(text.replace("&", "").rstrip("…"))
        set_role(button, "plain")
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{button.text()} ({shown})")
        button.clicked.connect(action.trigger)
        action.triggered.connect(partial(self._pop_up, menu, button))
        return action, button

    def _pop_up(self, menu: QMenu, button: QPushButton) -> None:
        self.fill(menu)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def fill(self, menu: QMenu) -> None:
        """Offer what there is to choose now."""
        if menu is self.filter_menu:
            self._filters.fill(menu, self._met_at())
        elif menu is self.sort_menu:
            self._layout.fill_sorts(menu)
        else:
            self._layout.fill_columns(menu)

    def allow(self, allowed: bool) -> None:
        """Let them be chosen, or not."""
        for action in self.actions:
            action.setEnabled(allowed)

    def query(self, search: str) -> Query:
        """What is asked for: by the search, the filters and the heading that is sorted by."""
        return self._filters.of(
            Query(
                search=search,
                phase=self._phases.phase,
                sort=SORTS[self._layout.column],
                descending=self._layout.order is Qt.SortOrder.DescendingOrder,
            )
        )

    def restore(self) -> None:
        """Lay the list out and filter it as it was the last time."""
        values = kept_values(self._context.fitcheck.preferences.list_layout)
        self._layout.restore(values)
        filters = values.get("filters")
        if isinstance(filters, dict):
            self._filters.restore({k: v for k, v in filters.items() if isinstance(v, str)})
            kept = next((p for p in Phase if p.value == filters.get("phase")), Phase.ALL)
            self._phases.show_phase(kept)
        self._kept = self._as_text()

    def keep(self) -> None:
        """Keep that for the next time."""
        kept = self._as_text()
        if kept == self._kept:
            return
        fitcheck = self._context.fitcheck
        # Not worth holding anybody up for: the next time it is tried again.
        with suppress(FitCheckError):
            fitcheck.save_preferences(replace(fitcheck.preferences, list_layout=kept))
            self._kept = kept

    def _as_text(self) -> str:
        filters = {"phase": self._phases.phase.value, **self._filters.values()}
        return json.dumps({**self._layout.values(), "filters": filters}, ensure_ascii=False)
