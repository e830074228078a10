"""The list of prospects in the painted window, before the rest of the window is there.

It is the very table that the page of the list is then made around (:mod:`ui.pages.prospects`), with
its model, filled by the first look at the book. What it can do by itself it does at once: it is
gone through by keys and by the mouse. Nothing that is imported here may need SQLAlchemy, a use-case
or the judgement; tests/ui/test_start.py says what mustn't be there.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt

from fitcheck.domain.listed import Phase, Query
from fitcheck.first_look import FirstLook
from ui.models.columns import SORTS, Seen
from ui.models.prospects import ProspectModel
from ui.theme import Theme
from ui.widgets.list_layout import kept_values
from ui.widgets.prospect_table import ProspectTable


def first_list(look: FirstLook, theme: Theme) -> ProspectTable | None:
    """The list as it was left the last time, with its first page.

    ``None`` where one sees something else first: nobody is in the book, the list was filtered, or
    one goes on in the middle of something. Raises what reading raises.
    """
    preferences = look.preferences
    values = kept_values(preferences.list_layout)
    if look.in_the_middle or _filtered(values.get("filters")):
        return None
    table = ProspectTable(theme, ProspectModel())
    table.layout_.restore(values)
    query = Query(
        sort=SORTS[table.layout_.column],
        descending=table.layout_.order is Qt.SortOrder.DescendingOrder,
        show_totals=preferences.show_totals,
    )
    found = look.found(query)
    if not found.number:
        return None
    table.prospects.show_found(found, None, Seen(preferences.show_totals, dt.date.today()))
    table.choose(0)
    return table


def _filtered(filters: Any) -> bool:
    given = filters.items() if isinstance(filters, dict) else ()
    return any(each != ("phase", Phase.ALL.value) for each in given)
