"""Pictures of the list of prospects: tagged, filtered, several chosen, its menus."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt

from fitcheck.domain.judgement import Recommendation
from fitcheck.exchange.demo import load_demo
from fitcheck.settings import Look
from tests.shots.camera import Camera, settle, wait
from ui.main_window import MainWindow
from ui.models.columns import Column

_TAGS = {"Chamber 26": (0, 1, 2, 4), "family firm": (1, 5), "look in again": (2, 3, 6)}


def book_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """All of them in one look, over the demonstration's prospects."""
    page, fitcheck = window.prospects, window.context.fitcheck
    window.show_page("prospects")
    lines = fitcheck.prospects()
    for tag, at in _TAGS.items():
        fitcheck.listing.tag([lines[number].id for number in at], [tag])
    # Somebody who was asked before, when less was known.
    demo = next(d for d in load_demo() if d.prospect.name == lines[1].prospect.name)
    less = dict(list(demo.answers.items())[:-9])
    earlier = replace(demo, date=demo.date - dt.timedelta(days=90), answers=less)
    fitcheck.add_assessment(earlier, prospect_id=lines[1].id)
    page.refresh()

    def named(name: str) -> str:
        return f"book-{name}-{look.value}"

    size = window.size()
    window.resize(1280, 720)
    page.table.choose_all((1, 2, 4), 1)
    page.bulk.ask_tags()
    page.bulk.add_tag("spring round")
    camera.take(window, named("tagging"))
    page.bulk.tag_bar.close_()
    page.filters.restore({"tag": "Chamber 26", "recommendation": Recommendation.STAGE.value})
    page.finder.look_now()
    camera.take(window, named("filtered"))
    page.clear_search()
    for menu, name in (
        (page.menus.filter_menu, "filter"),
        (page.menus.sort_menu, "sort"),
        (page.menus.column_menu, "columns"),
    ):
        page.menus.fill(menu)
        menu.popup(QPoint(0, 0))
        camera.take(menu, named(f"{name}-menu"))
        menu.close()
    window.resize(1800, 900)
    page.layout_.show_column(Column.DUE, True)
    page.layout_.sort_by(Column.WHO, Qt.SortOrder.AscendingOrder)
    wait(lambda: not page.finder.busy, "the list")
    camera.take(window, named("wide"))
    page.layout_.reset()
    page.layout_.sort_by(Column.CHANGED, Qt.SortOrder.DescendingOrder)
    wait(lambda: not page.finder.busy, "the list")
    page.bulk.forget()
    window.resize(size)
    settle()
