"""The rows of the list are those of the whole list, whichever way one comes to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import (
    AssessmentLine,
    Found,
    Page,
    ProspectLine,
    Query,
    SortKey,
    Summary,
)
from fitcheck.errors import FitCheckError
from reports.list_words import trend_sentence, trend_text
from ui.models.columns import Column, Seen
from ui.models.paging import _PAGES, Paging
from ui.models.prospects import DUE_ROLE, LINE_ROLE, ODDS_ROLE, ProspectModel

SIZE = 4
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _small_pages() -> Iterator[None]:
    with patch("ui.models.paging.SIZE", SIZE):
        yield


def person(number: int) -> ProspectLine:
    return ProspectLine(number, Prospect(f"No. {number}"), NOON, None)


class Everybody:
    """A book as a plain list; ``far`` is the longest way that was counted through."""

    def __init__(self, number: int) -> None:
        self.lines = [person(each) for each in range(number)]
        self.far = 0
        self.reads = 0

    def read(
        self,
        query: Query,
        after: SortKey | None = None,
        before: SortKey | None = None,
        size: int = SIZE,
        *,
        skip: int = 0,
        last: bool = False,
    ) -> Page:
        self.far, self.reads = max(self.far, skip), self.reads + 1
        lines = self.lines
        if before is not None or last:
            there = [each for each in lines if before is None or each.id < before.id]
            end = max(0, len(there) - skip)
            found = there[max(0, end - size) : end]
        else:
            there = [each for each in lines if after is None or each.id > after.id]
            found = there[skip : skip + size]
        keys = [SortKey(float(each.id), each.id) for each in found]
        first, last_ = (keys[0], keys[-1]) if keys else (None, None)
        return Page(tuple(found), first, last_, more=False)

    def found(self, number: int | None = None, row: int = 0) -> Found:
        row = row // SIZE * SIZE
        counted = len(self.lines) if number is None else number
        page = self.read(Query(), skip=row, size=SIZE)
        self.far = self.reads = 0
        return Found(Query(), counted, number is None, row, page, None)


@settings(deadline=None)
@given(
    number=st.integers(1, 150),
    begun_at=st.integers(0, 149),
    rows=st.lists(st.integers(0, 149), max_size=60),
)
def test_each_row_is_who_stands_there(number: int, begun_at: int, rows: list[int]) -> None:
    book = Everybody(number)
    paging = Paging(book.read, book.found(row=min(begun_at, number - 1)))
    for row in rows:
        expected = book.lines[row] if row < number else None
        if row < number:
            assert paging.line(row) == expected
        assert paging.there(row) == expected
    assert len(paging._pages) <= _PAGES
    assert book.far <= number / 2 + SIZE, "nobody counts through more than half"
    held = {line.id for lines in paging._pages.values() for line in lines}
    for line in book.lines:
        assert paging.held(line.id) == (line.id if line.id in held else None)


@settings(deadline=None)
@given(number=st.integers(1, 150), counted=st.integers(1, 150), rows=st.lists(st.integers(0, 149)))
def test_what_is_not_counted_yet_is_read_from_the_top(
    number: int, counted: int, rows: list[int]
) -> None:
    counted = min(counted, number)
    book = Everybody(number)
    paging = Paging(book.read, book.found(number=counted))
    for row in rows:
        if row < counted:
            assert paging.line(row) == book.lines[row]
    paging.grow(number)
    for row in (*rows, *range(number)):
        if row < number:
            assert paging.line(row) == book.lines[row]


def test_going_on_and_back_counts_through_nobody() -> None:
    book = Everybody(90)
    paging = Paging(book.read, book.found(row=50))
    for row in (*range(50, 90), *range(89, -1, -1)):
        assert paging.line(row) == book.lines[row]
    assert book.far == 0
    assert book.reads < 2 * 90 / SIZE, (
        "each page once on the way, and once back where it was let go"
    )


def test_who_has_gone_is_told() -> None:
    book, told = Everybody(20), [0]

    def changed() -> None:
        told[0] += 1

    paging = Paging(book.read, book.found(), changed)
    del book.lines[10:]
    assert [paging.line(row) is None for row in (1, 9, 10)] == [False, False, True]
    assert told[0] > 0


# The table


def _model(book: Everybody, found: Found | None = None) -> ProspectModel:
    model = ProspectModel()
    model.show_found(found or book.found(), book.read, Seen())
    return model


def test_the_model_keeps_qts_rules() -> None:
    model = ProspectModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for book in (Everybody(50), Everybody(1), Everybody(0)):
        model.show_found(book.found(), book.read, Seen())
    book = Everybody(50)
    model.show_found(book.found(number=9), book.read, Seen())
    model.grow(50)
    model.grow(9)
    assert tester.model() is model
    assert (model.rowCount(), model.columnCount()) == (50, len(Column))
    index = model.index(0, 0)
    assert (model.rowCount(index), model.columnCount(index)) == (0, 0)


def test_scrolling_all_the_way_shows_everybody() -> None:
    book = Everybody(120)
    model = _model(book)
    shown = [model.data(model.index(row, Column.WHO)) for row in range(model.rowCount())]
    assert shown == [line.prospect.name for line in book.lines]
    assert model.row_of(119) == 119
    assert model.row_of(3) is None, "that page was let go"


def test_a_row_without_anybody_is_empty() -> None:
    book = Everybody(20)
    model = _model(book)
    book.lines.clear()
    index = model.index(19, Column.WHO)
    assert [model.data(index, role) for role in (Qt.ItemDataRole.DisplayRole, DUE_ROLE)] == ["", ""]
    assert model.data(index, LINE_ROLE) is None
    with pytest.raises(IndexError):
        model.line(19)
    with pytest.raises(IndexError):
        model.line(20)


def test_what_cannot_be_read_is_said_once_and_not_tried_again() -> None:
    book = Everybody(40)
    model = _model(book)
    said: list[FitCheckError] = []
    model.failed.connect(said.append)
    fault = FitCheckError("the disk has gone")
    found = Found(Query(), 40, True, 0, Page((), None, None, False), None)
    with patch.object(Everybody, "read", side_effect=fault):
        model.show_found(found, book.read, Seen())
        assert [model.line_at(row) for row in (30, 31, 39)] == [None, None, None]
    assert said == [fault]


def test_a_closed_book_is_asked_nothing() -> None:
    book = Everybody(40)
    model = _model(book)
    model.rest()
    assert model.line(0) == book.lines[0]
    assert model.line_at(39) is None
    assert book.reads == 0


def _judged(finished: bool = True, trend: float = 0.0) -> ProspectLine:
    summary = Summary(Recommendation.PROCEED, False, 0.7, 0.2, 0.1, 2, 12)
    latest = AssessmentLine(1, dt.date(2026, 11, 20), Form.FULL, finished, summary)
    return ProspectLine(
        2, Prospect("Zoe", "Acme"), NOON, latest, dt.date(2026, 12, 1), None, trend, ("new", "old")
    )


def test_cells_are_shown_and_spoken_whole() -> None:
    book = Everybody(1)
    book.lines = [_judged(trend=-0.126)]
    model = _model(book)

    def cells(role: Qt.ItemDataRole) -> dict[Column, str]:
        return {each: model.data(model.index(0, each), role) for each in Column}

    shown = cells(Qt.ItemDataRole.DisplayRole)
    assert shown == {
        Column.WHO: "Zoe",
        Column.ORGANISATION: "Acme",
        Column.MET_AT: "",
        Column.TAGS: "new, old",
        Column.FORM: "Full",
        Column.PROGRESS: "2 of 12",
        Column.RECOMMENDATION: "Proceed",
        Column.TREND: "↓ 13",
        Column.ASSESSED: "20/11/2026",
        Column.DUE: "01/12/2026",
        Column.CHANGED: "20/11/2026",
    }
    assert cells(Qt.ItemDataRole.AccessibleTextRole) == shown | {
        Column.WHO: "Zoe, Acme",
        Column.RECOMMENDATION: "Proceed. Good 70%, workable 20%, poor 10%.",
        Column.TREND: "The odds of a good match fell by 13 points since the time before.",
    }
    tips = {each: tip for each, tip in cells(Qt.ItemDataRole.ToolTipRole).items() if tip}
    assert set(tips) == {Column.RECOMMENDATION, Column.TREND}
    assert model.data(model.index(0, 0), ODDS_ROLE) == (0.7, 0.2, 0.1)
    assert model.data(model.index(0, 0), Qt.ItemDataRole.FontRole) is None


@pytest.mark.parametrize(
    ("trend", "text", "words"),
    [
        (0.01, "↑ 1", "rose by 1 point "),
        (0.2, "↑ 20", "rose by 20 points "),
        (-0.01, "↓ 1", "fell by 1 point "),
        (0.001, "→ as before", "are as they were"),
        (0.0, "", ""),
    ],
)
def test_the_trend_is_said_in_words(trend: float, text: str, words: str) -> None:
    line = _judged(trend=trend)
    assert trend_text(line, show_totals=False) == text
    sentence = trend_sentence(line, show_totals=False)
    assert words in sentence
    assert bool(sentence) is bool(text)


def test_the_trend_is_hidden_with_the_odds() -> None:
    line = _judged(finished=False, trend=0.2)
    assert (trend_text(line, show_totals=False), trend_sentence(line, show_totals=False)) == (
        "",
        "",
    )
    assert trend_text(line, show_totals=True) == "↑ 20"
