"""A prospect's line in the window: chart, table, what changed in words, and where it leads."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Conversation, Prospect
from fitcheck.domain.period import Decision
from fitcheck.domain.policy import Action
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from tests.ui.conftest import TODAY
from tests.ui.keyboard import press
from tests.ui.reach import astray, nameless
from ui.main_window import MainWindow
from ui.pages.inquiry import InquiryPage
from ui.widgets.line_body import LineBody

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def later(days: int) -> dt.date:
    return TODAY + dt.timedelta(days)


@pytest.fixture
def ada(fitcheck: FitCheck) -> int:
    """A yes between the second and the third assessment; the fourth isn't finished."""
    person = Prospect("Ada <b>Bell</b>")
    demo = replace(load_demo()[0], prospect=person, conversation=Conversation())
    worse = {id_: replace(a, value=0) for id_, a in demo.answers.items() if a.value == 4}
    talk = Conversation(stop=("reports on Fridays",))
    made = (
        replace(demo, date=later(-900), answers={**demo.answers, **worse}),
        replace(demo, date=later(-500)),
        replace(demo, date=later(-100), conversation=talk),
    )
    who = fitcheck.interview(fitcheck.add_assessment(made[0])).prospect_id
    for each in made[1:]:
        fitcheck.add_assessment(each, prospect_id=who)
    yes = Decision(later(-400), Action.PROCEED)
    fitcheck._book.periods.take(who, yes).result()
    fitcheck.add_assessment(replace(demo, date=TODAY), finished=False, prospect_id=who)
    return who


def shown(window: MainWindow, who: int) -> LineBody:
    window.following.show_line(who)
    assert window.page_name == "line"
    body = window.following.line.body
    assert body is not None
    return body


def said(body: LineBody) -> str:
    labels = body.changed.findChildren(QLabel) if body.changed else []
    return "\n".join(label.text() for label in labels)


def test_from_the_list_a_key_leads_to_the_line(window: MainWindow, ada: int) -> None:
    window.prospects.enter()
    QTest.keyClick(window, Key.Key_L, CONTROL | SHIFT)
    assert window.page_name == "line"
    assert window.following.line.prospect_id == ada
    press(Key.Key_Escape)
    assert window.page_name == "prospects"


def test_every_point_stands_in_the_chart_in_words_and_in_the_table(
    window: MainWindow, ada: int
) -> None:
    body = shown(window, ada)
    assert [(row.what, row.point) for row in body.rows] == [
        ("Assessment", 0),
        ("Assessment", 1),
        ("Decided", None),
        ("Check-up", 2),
    ]
    assert body.name.text() == "Ada <b>Bell</b>"
    assert body.chart.accessibleDescription().count("Chemistry") == 3
    assert body.unfinished.text().startswith("1 interview isn’t finished")
    assert [*nameless(window), *astray(window)] == []
    window.following.line.restyle()


def test_the_newest_is_compared_with_the_one_before_and_any_two_with_each_other(
    window: MainWindow, ada: int
) -> None:
    body = shown(window, ada)
    assert body.chosen_points() == (2,)
    assert "as it was" in said(body)
    assert "reports on Fridays" in said(body)
    body.table.selectRow(0)
    assert said(body) == "This is where the line begins."
    body.table.selectRow(2)
    assert said(body) == "", "a decision is no point"
    body.table.selectRow(1)
    assert "It has gone up" in said(body)
    body.table.selectAll()
    assert body.chosen_points() == (0, 1, 2)
    assert f"since {later(-900).day} " in said(body), "the first of them with the last"


def test_enter_opens_the_assessment_of_a_point_and_nothing_for_a_decision(
    window: MainWindow, ada: int, qtbot: QtBot
) -> None:
    body = shown(window, ada)
    body.table.selectRow(2)
    QTest.keyClick(body.table, Key.Key_Return)
    assert window.page_name == "line"
    body.table.selectRow(0)
    QTest.keyClick(body.table, Key.Key_Return)
    assert window.interview is not None
    assert window.interview.assessment.date == later(-900)
    qtbot.waitUntil(lambda: not window.context.busy)


def test_a_check_up_begins_from_the_last_one_and_stands_on_the_line_once_finished(
    window: MainWindow, fitcheck: FitCheck, ada: int, qtbot: QtBot
) -> None:
    shown(window, ada)
    before = fitcheck.assessments(ada)
    press(Key.Key_C)
    assert window.page_name == "inquiry"
    assert window.interview is not None
    begun = window.interview.id
    assert begun not in {line.id for line in before}
    page = window.pages["inquiry"]
    assert isinstance(page, InquiryPage)
    first = window.interview.bank.inquiry[0]
    assert page.body.say.text() == first.say_after_start != first.say
    window.interview.finish()
    body = shown(window, ada)
    assert body.years is not None
    assert body.years.ids[-1] == begun
    qtbot.waitUntil(lambda: not window.context.busy)


def test_without_a_finished_one_it_says_how_the_line_begins(
    window: MainWindow, fitcheck: FitCheck
) -> None:
    body = shown(window, fitcheck.add_prospect(Prospect("Bo Lind")))
    assert body.views.currentIndex() == 1
    press(Key.Key_Space)
    assert window.page_name == "interview"


def test_nothing_of_who_is_erased_stays_on_the_page(window: MainWindow, ada: int) -> None:
    body = shown(window, ada)
    window.following.let_go_of(ada)
    told = [label.text() for label in body.findChildren(QLabel)]
    assert not [text for text in told if "Ada" in text or "Friday" in text]
    assert body.table.rowCount() == 0
    assert "Chemistry" not in body.chart.accessibleDescription()
    window.show_page("prospects")
    window.show_page("line")
    assert body.views.currentIndex() == 2
    press(Key.Key_Space)
    assert window.page_name == "prospects"


def test_it_comes_back_over_a_lock(window: MainWindow, ada: int) -> None:
    shown(window, ada)
    page = window.following.line
    place = page.place()
    page.forget(ada)
    page.stand_at(place)
    page.enter()
    assert page.body is not None
    assert page.body.years is not None
    assert page.body.years.name == "Ada <b>Bell</b>"
