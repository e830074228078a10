"""The quarter's page over a book: it counts what the domain counts over every prospect there is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.book import About
from fitcheck.domain.period import Decision, Extension, Opening, Reopening, Step
from fitcheck.domain.policy import Action
from fitcheck.domain.quarter import Counts, Course, Quarter, quarter_page
from fitcheck.domain.referral import Referred
from fitcheck.services import FitCheck
from fitcheck.store.book import Book

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
JULY, OCTOBER = dt.date(2026, 7, 3), dt.date(2026, 10, 9)
JUNE, NOVEMBER = dt.date(2026, 6, 30), dt.date(2026, 11, 21)
NEXT = dt.date(2027, 1, 4)

PEOPLE: tuple[tuple[str, str, tuple[Step, ...], tuple[dt.date, ...]], ...] = (
    ("Fair", "Ruth", (Opening(JUNE), Decision(JULY, Action.STAGE)), ()),
    ("Fair", "Ruth", (Opening(JULY), Decision(OCTOBER, Action.DECLINE)), (OCTOBER,)),
    ("fair ", "", (Opening(OCTOBER), Decision(NOVEMBER, Action.PROCEED)), ()),
    ("", "Ruth", (Opening(OCTOBER), Decision(OCTOBER, Action.STAGE), Reopening(NOVEMBER)), ()),
    ("Talk", "", (Opening(OCTOBER), Decision(NOVEMBER, Action.DECLINE), Reopening(NEXT)), ()),
    ("Long ago", "", (Opening(dt.date(2020, 1, 1)), Decision(JUNE, Action.STAGE)), ()),
    ("Sent", "", (Opening(dt.date(2020, 1, 1)), Decision(JUNE, Action.DECLINE)), (JULY, NOVEMBER)),
    ("Later", "", (Opening(NEXT, NEXT), Extension(NEXT, dt.date(2027, 2, 1), "budget")), ()),
)


@pytest.fixture
def filled(book: Book, folder: Path) -> Path:
    for number, (event, source, (opening, *steps), sent) in enumerate(PEOPLE):
        assert isinstance(opening, Opening)
        person = Prospect(f"P{number}", met_at=event)
        id_ = book.add_prospect(person, opening).result()
        if source:
            book.abouts.save(id_, About(source=source)).result()
        for step in steps:
            book.periods.take(id_, step).result()
        for day in sent:
            book.referrals.add(id_, None, Referred("Ruth", day)).result()
    book.close()
    return folder


def test_the_figures_are_those_of_every_prospect(filled: Path) -> None:
    fitcheck = FitCheck.open(filled, lambda: NEXT)
    sheet = fitcheck.quarters.sheet(Q4)
    book = fitcheck._book
    everyone = [
        Course(
            fitcheck.period(line.id),
            line.prospect.met_at,
            book.abouts.about(line.id).source,
            tuple(each.referred.day for each in fitcheck.referring.of_prospect(line.id)),
        )
        for line in reversed(book.prospects())
    ]
    for page, quarter in ((sheet.now, Q4), (sheet.before, Q3)):
        wanted = quarter_page(everyone, quarter)
        assert page.quarter == wanted.quarter
        assert page.total == wanted.total
        assert {k.casefold(): v for k, v in page.by_event.items()} == {
            k.casefold(): v for k, v in wanted.by_event.items()
        }
        assert page.by_source == wanted.by_source
    assert sheet.now.total == Counts(met=3, staged=0, declined=2, won=1, referred=2)
    assert sheet.before.total == Counts(met=1, staged=1, referred=1)
    assert sheet.now.by_source["Ruth"] == Counts(met=1, declined=1, referred=1)
    assert fitcheck.quarters.current == Quarter(2027, 1)
    assert sheet.on == NEXT
    fitcheck.close()


def test_only_those_are_read_of_whom_something_happened_then(filled: Path) -> None:
    book = Book.open(filled)
    read = book.quarters.courses(Q3.first, Q4.last)
    assert sorted(each.event for each in read) == ["", "Fair", "Fair", "Sent", "Talk", "fair "]
    assert book.quarters.courses(dt.date(2019, 1, 1), dt.date(2019, 12, 31)) == []
    book.close()
