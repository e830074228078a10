"""Prospects side by side: what is shown of whom, by keys alone, and nobody ranked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fitcheck.comparing import MOST
from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Prospect
from fitcheck.domain.bank import Evidence
from fitcheck.domain.policy import Appetite
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from reports.words import their_side
from ui.context import Context
from ui.main_window import MainWindow
from ui.models.beside import Line
from ui.pages.beside import BesidePage
from ui.widgets.beside_body import BesideBody

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
DEMO = load_demo()
MARA = DEMO[0]
SURE = replace(
    MARA,
    prospect=Prospect("Bo Sure"),
    answers={**MARA.answers, "opener": Answer("opener", 0, Evidence.HUNCH)},
    deal_breakers={"no-budget": DealBreakerState.CONFIRMED},
)


def add(fitcheck: FitCheck, *assessments: Assessment, finished: bool = True) -> list[int]:
    """The ids of the prospects."""
    ids = (fitcheck.add_assessment(each, finished) for each in assessments)
    return [fitcheck.interview(id_).prospect_id for id_ in ids]


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> BesidePage:
    page = BesidePage(context)
    qtbot.addWidget(page)
    page.resize(1000, 650)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def line(body: BesideBody, caption: str) -> Line:
    (found,) = (each for each in body.model.lines if each.caption == caption)
    return found


def said(body: BesideBody, caption: str) -> list[str]:
    return [cell.spoken for cell in line(body, caption).cells]


def test_each_stands_there_with_what_it_came_to_and_what_it_rests_on(
    page: BesidePage, fitcheck: FitCheck
) -> None:
    page.show_prospects(add(fitcheck, MARA, SURE))
    page.enter()
    body = page.body
    assert body.model.names == (MARA.prospect.name, "Bo Sure")
    assert said(body, "Recommendation in the end, your own decision included") == [
        "Proceed",
        "Decline",
    ]
    asked = fitcheck.interview(1).bank.deal_breaker_by_id["no-budget"].text
    assert said(body, asked)[1] == "Confirmed"
    chemistry = line(body, "Chemistry")
    assert chemistry.differs
    assert [cell.axis is not None for cell in chemistry.cells] == [True, True]
    assert line(body, "Good").cells[0].share is not None
    bank = fitcheck.interview(1).bank
    (opener,) = (each for each in bank.questions if each.id == "opener")
    captions = [each.caption for each in body.model.lines]
    ours = captions.index("Answers, with their evidence")
    assert ours < captions.index(opener.facet.name, ours) < captions.index(their_side())
    cells = body.model.lines[captions.index(opener.facet.name, ours)].cells
    assert cells[1].spoken == f"{opener.levels[0]} (Hunch)"
    assert "Nobody is ranked" in body.notes.text()
    assert "may be due to those" not in body.notes.text()


def test_one_key_leaves_only_what_differs(page: BesidePage, fitcheck: FitCheck) -> None:
    page.show_prospects(add(fitcheck, MARA, SURE))
    page.enter()
    body = page.body
    everything = len(body.model.lines)
    QTest.keyClick(body.table, K.Key_D)
    shown = [each for each in body.model.lines if not each.section and each.differs is not None]
    assert all(each.differs for each in shown)
    assert len(body.model.lines) < everything
    assert "Trust" not in [each.caption for each in body.model.lines]
    QTest.keyClick(body.table, K.Key_D)
    assert len(body.model.lines) == everything


def test_columns_are_moved_taken_out_and_put_back_by_keys(
    page: BesidePage, fitcheck: FitCheck
) -> None:
    third = replace(MARA, prospect=Prospect("Cy Third"), appetite=Appetite.HUNGRY)
    ids = add(fitcheck, MARA, SURE, third)
    page.show_prospects(ids)
    page.enter()
    body, mara = page.body, MARA.prospect.name

    def names() -> tuple[str, ...]:
        return body.model.names

    assert "may be due to those" in body.notes.text()
    QTest.keyClick(body.table, K.Key_Right, ALT)
    assert names() == ("Bo Sure", mara, "Cy Third")
    assert body.table.current_column() == 1
    QTest.keyClick(body.table, K.Key_Left, ALT)
    QTest.keyClick(body.table, K.Key_Left, ALT)  # there is nothing further to the left
    assert names() == (mara, "Bo Sure", "Cy Third")
    QTest.keyClick(body.table, K.Key_Right)
    QTest.keyClick(body.table, K.Key_Delete)
    assert names() == (mara, "Cy Third")
    assert body.undo_label.text() == "Bo Sure was taken out."
    kept = page.place()
    QTest.keyClick(body.table, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names() == (mara, "Bo Sure", "Cy Third")
    body.table.choose(2)
    assert not body.right_button.isEnabled()
    body.left_button.click()
    assert names() == (mara, "Cy Third", "Bo Sure")
    page.stand_at(kept)
    assert names() == (mara, "Cy Third")
    body.remove_button.click()
    assert body.views.currentWidget() is body.too_few
    body.undo_button.click()
    assert names() == (mara, "Cy Third")


def test_who_is_not_finished_or_gone_is_left_out_and_said(
    page: BesidePage, fitcheck: FitCheck
) -> None:
    (half,) = add(fitcheck, replace(MARA, prospect=Prospect("Hal Half")), finished=False)
    (mara,) = add(fitcheck, MARA)
    page.show_prospects([half, mara, 99])
    page.enter()
    body = page.body
    assert body.views.currentWidget() is body.too_few
    assert "Hal Half has no finished assessment" in body.too_few.text.text()
    assert "Choose two prospects or more" in body.too_few.text.text()
    page.show_prospects([half, mara, *add(fitcheck, SURE)])
    assert body.model.names == (MARA.prospect.name, "Bo Sure")
    assert "Hal Half has no finished assessment" in body.notes.text()


def test_no_more_are_shown_than_one_takes_in(
    page: BesidePage, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    many = [replace(MARA, prospect=Prospect(f"P{number}")) for number in range(MOST + 1)]
    page.show_prospects(add(fitcheck, *many))
    page.enter()
    assert page.body.model.names == tuple(f"P{number}" for number in range(MOST))
    assert "The first 6 are shown." in page.body.notes.text()
    # The names at the left stay where they are, however far one scrolls.
    table = page.body.table
    qtbot.waitUntil(table.verticalHeader().isVisible)
    assert table.horizontalScrollBar().maximum() > 0
    before = table.verticalHeader().pos()
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.verticalHeader().pos() == before


def test_enter_opens_what_a_column_stands_for_and_escape_leads_back(
    window: MainWindow, fitcheck: FitCheck
) -> None:
    ids = add(fitcheck, MARA, SURE)
    page = window.pages["beside"]
    assert isinstance(page, BesidePage)
    window.show_page("beside")
    page.body.empty_button.click()
    assert window.page_name == "prospects"
    page.show_prospects(ids)
    window.show_page("beside")
    QTest.keyClick(page.body.table, K.Key_Right)
    QTest.keyClick(page.body.table, K.Key_Return)
    assert window.page_name == "verdict"
    assert window.interview is not None
    assert window.interview.assessment.prospect.name == "Bo Sure"
    window.show_page("beside")
    QTest.keyClick(page.body.table, K.Key_Escape)
    assert window.page_name == "prospects"
