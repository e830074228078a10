"""The window over a long list, against what Qt offers for one: a proxy model over everything.

From a keystroke in the search to the repainted list; the same where a ``QSortFilterProxyModel``
filters every prospect's words, held by a model that is written in Python, as a PySide program's is
(which is what performance.md measured: 1.4 s a keystroke), and held by a ``QStandardItemModel``,
which is C++ throughout; sorting; repainting; and the memory that each takes.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEventLoop,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    SignalInstance,
)
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy import select

from fitcheck.services import FitCheck
from fitcheck.store import tables
from tests.bench._figures import ratios
from ui.app import make_application, make_window
from ui.main_window import MainWindow
from ui.models.columns import Column

NOWHERE = QModelIndex()
TIMES = 5
TYPED = "berdan"


@dataclass(frozen=True)
class Against:
    """What the window takes over what the proxy models do, run by run."""

    search_over_proxy: list[float]
    search_over_cpp_proxy: list[float]
    repaint_over_cpp_proxy: list[float]


def measure_window(folder: Path, count: int) -> Against:
    """All of it, for the book in ``folder``."""
    app = QApplication.instance() or make_application(["fitcheck"])
    assert isinstance(app, QApplication)
    fitcheck = FitCheck.open(folder, lambda: dt.date(2026, 11, 22))
    before = _memory()
    window = make_window(app, fitcheck)
    window.resize(1280, 800)
    window.show()
    _settle(window)
    page = window.prospects
    table, across = page.table, page.table.horizontalHeader()
    _say(count, "memory", _memory() - before, "MB")

    def repaint() -> None:
        table.viewport().repaint()

    all_shown = _all_timed(repaint)
    shown = min(all_shown)
    _say(count, "repaint", shown)

    def scroll() -> None:
        table.verticalScrollBar().setValue((table.verticalScrollBar().value() + count // 3) % count)
        repaint()

    _say(count, "far scroll to repaint", _timed(scroll))
    all_typed = _keystrokes(window)
    typed = _mean_of_least(all_typed)
    _say(count, "keystroke to repaint", typed)
    page.clear_search()
    _settle(window)

    def sort() -> None:
        _settle(window)
        page.layout_.sort_by(
            Column.WHO,
            Qt.SortOrder.AscendingOrder
            if across.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            else Qt.SortOrder.DescendingOrder,
        )
        _await(page.finder.shown)
        repaint()

    sorted_ = _timed(sort)
    _say(count, "sort to repaint", sorted_)
    view, proxy, took = _rival(fitcheck, window)
    _say(count, "proxy: memory", took, "MB")

    def rival_repaint() -> None:
        view.viewport().repaint()

    all_rival_shown = _all_timed(rival_repaint)
    rival_shown = min(all_rival_shown)
    _say(count, "proxy: repaint", rival_shown)

    all_rival_typed = _rival_keystrokes(view, proxy)
    rival_typed = _mean_of_least(all_rival_typed)
    _say(count, "proxy: keystroke", rival_typed)
    orders = [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder]

    def rival_sort() -> None:
        orders.reverse()
        proxy.sort(0, orders[0])
        rival_repaint()

    rival_sorted = _timed(rival_sort)
    _say(count, "proxy: sort", rival_sorted)
    view.close()
    usual_view, usual_proxy = _filtered(_Words(_words(fitcheck)), window)
    all_usual_typed = _rival_keystrokes(usual_view, usual_proxy)
    usual_typed = _mean_of_least(all_usual_typed)
    _say(count, "Python: keystroke", usual_typed)
    usual_view.close()
    for name, ratio in (
        ("keystroke", typed / usual_typed),
        ("keystroke, C++", typed / rival_typed),
        ("sort", sorted_ / rival_sorted),
        ("repaint", shown / rival_shown),
    ):
        print(f"{count:>7,}  {name + ', ratio':<22} {ratio:9.3f}")
    window.context.close()
    window.hide()
    window.deleteLater()
    app.processEvents()
    fitcheck.close()
    return Against(
        ratios(_each_time(all_typed), _each_time(all_usual_typed)),
        ratios(_each_time(all_typed), _each_time(all_rival_typed)),
        ratios(sorted(all_shown), sorted(all_rival_shown)),
    )


def _keystrokes(window: MainWindow) -> dict[str, list[float]]:
    page = window.prospects
    page.search.setFocus()
    taken: dict[str, list[float]] = {letter: [] for letter in TYPED}
    for _time in range(TIMES):
        for letter in TYPED:
            began = time.perf_counter()
            QTest.keyClicks(page.search, letter)
            _await(page.finder.shown)
            page.table.viewport().repaint()
            taken[letter].append(1000 * (time.perf_counter() - began))
        page.search.clear()
        _settle(window)
    return taken


class _Words(QAbstractTableModel):
    """Every prospect's words, as a program in Python would hold them."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self._texts = texts

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:  # noqa: N802
        return len(self._texts)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:  # noqa: N802
        return 6

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        text = self._texts[index.row()]
        return text if index.column() == 5 else text[:20]


def _words(fitcheck: FitCheck) -> list[str]:
    with fitcheck._book.vault.engine.begin() as connection:
        words: dict[int, str] = {}
        for row in connection.execute(select(tables.said.c.prospect_id, tables.said.c.words)):
            words[row[0]] = words.get(row[0], "") + row[1]
    return list(words.values())


def _rival(
    fitcheck: FitCheck, window: MainWindow
) -> tuple[QTableView, QSortFilterProxyModel, float]:
    """Everything in a model of Qt's own; the words that a search looks through are one column."""
    before = _memory()
    model = QStandardItemModel(0, 6)
    for text in _words(fitcheck):
        cells = [QStandardItem(text[:20]) for _column in range(5)]
        model.appendRow([*cells, QStandardItem(text)])
    view, proxy = _filtered(model, window)
    return view, proxy, _memory() - before


def _filtered(
    model: QAbstractItemModel, window: MainWindow
) -> tuple[QTableView, QSortFilterProxyModel]:
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.setFilterKeyColumn(5)
    proxy.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    model.setParent(proxy)
    view = QTableView()
    view.setModel(proxy)
    view.setColumnHidden(5, True)
    table = window.prospects.table
    view.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
    view.resize(table.size())
    view.show()
    QApplication.processEvents()
    return view, proxy


def _rival_keystrokes(view: QTableView, proxy: QSortFilterProxyModel) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {letter: [] for letter in TYPED}
    for _time in range(TIMES):
        for length, letter in enumerate(TYPED, start=1):
            began = time.perf_counter()
            proxy.setFilterFixedString(TYPED[:length])
            view.viewport().repaint()
            taken[letter].append(1000 * (time.perf_counter() - began))
    proxy.setFilterFixedString("")
    return taken


def _mean_of_least(taken: dict[str, list[float]]) -> float:
    """The mean over the letters of a word, which differ in what they find."""
    return sum(map(min, taken.values())) / len(taken)


def _each_time(taken: dict[str, list[float]]) -> list[float]:
    """The mean over the letters, each time that the word was typed."""
    return [sum(letters) / len(letters) for letters in zip(*taken.values(), strict=True)]


def _settle(window: MainWindow) -> None:
    QApplication.processEvents()
    finder = window.prospects.finder
    while finder.busy:
        _await(finder.shown, finder.counted)


def _await(*signals: SignalInstance) -> None:
    """As the program waits: without a turn of Python's lock for whoever looks."""
    loop = QEventLoop()
    for signal in signals:
        signal.connect(loop.quit)
    loop.exec()


def _timed(work: Callable[[], object]) -> float:
    return min(_all_timed(work))


def _all_timed(work: Callable[[], object]) -> list[float]:
    work()
    taken = []
    for _time in range(3 * TIMES):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def _memory() -> float:
    """What the process holds, in megabytes; only where the system tells it so."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def _say(count: int, name: str, taken: float, unit: str = "ms") -> None:
    print(f"{count:>7,}  {name:<22} {taken:9.2f} {unit}", flush=True)
