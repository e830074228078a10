"""The page of colleagues: kept as it is typed, with the referrals made and what came of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Override, Prospect
from fitcheck.domain.book import Colleague
from fitcheck.domain.plan import LONGEST_LINE, Letter, Plan
from fitcheck.domain.plan import Referral as Introduced
from fitcheck.domain.policy import Action
from fitcheck.domain.referral import Referred, Result
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from fitcheck.store.errors import StoreError
from tests.ui.conftest import TODAY
from ui.context import Context
from ui.dialogs.referral import Known, ReferralDialog
from ui.main_window import MainWindow
from ui.messages import MessageWindow
from ui.pages.colleagues import ColleaguesPage
from ui.pages.report import ReportPage
from ui.plan.fields import DayEditor
from ui.widgets.colleagues_body import ColleaguesBody

K = Qt.Key
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]
RUTH = Colleague("Ruth Feldman", "ruth@feldman.example", "Boards", dt.date(2026, 10, 2))


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ColleaguesPage:
    """The page by itself, active; the window is for what goes beyond it."""
    page = ColleaguesPage(context)
    qtbot.addWidget(page)
    page.resize(1000, 650)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


@pytest.fixture
def body(page: ColleaguesPage, fitcheck: FitCheck) -> ColleaguesBody:
    fitcheck.referring.add_colleague(RUTH)
    page.enter()
    return page.body


def come_back(page: ColleaguesPage) -> None:
    assert page.leave()
    page.enter()


@pytest.fixture
def ada(fitcheck: FitCheck) -> int:
    return fitcheck.add_prospect(Prospect("Ada Bell", "Bell & Daughters"))


def field(body: ColleaguesBody, name: str) -> QPlainTextEdit:
    found = body.card.parts[name].entrance()
    assert isinstance(found, QPlainTextEdit)
    return found


def write(into: QPlainTextEdit, text: str) -> None:
    into.setFocus()
    into.selectAll()
    QTest.keyClicks(into, text)


def press(key: Qt.Key, control: bool = False) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(focused, key, modifier)


def known(fitcheck: FitCheck) -> list[Colleague]:
    return list(fitcheck.referring.colleagues().values())


def listed(body: ColleaguesBody) -> list[str]:
    return [row.text for row in body.list.rows()]


def test_an_empty_book_says_what_it_is_for_and_leads_on(
    page: ColleaguesPage, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    page.enter()
    press(K.Key_Space)  # on the one button that there is
    write(field(page.body, "name"), "Åsa")
    qtbot.waitUntil(lambda: Colleague("Åsa") in known(fitcheck))
    assert page.body.state.text() == "saved"
    assert listed(page.body) == ["Åsa · No consent noted"]


def test_one_is_added_by_keys_and_listed_by_name_the_next_time(
    body: ColleaguesBody, fitcheck: FitCheck, page: ColleaguesPage
) -> None:
    QTest.keyClick(
        body, K.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    write(field(body, "name"), "Ada")
    press(K.Key_Tab)
    write(field(body, "contact"), "ada@example.org")
    body.flush()
    assert body.asked.isVisible()
    consent = body.card.parts["consent_on"]
    assert isinstance(consent, DayEditor)
    consent.dated.setFocus()
    press(K.Key_Space)
    assert not body.asked.isVisible()
    ada = Colleague("Ada", "ada@example.org", "", TODAY)
    assert known(fitcheck) == [ada, RUTH]
    come_back(page)
    assert listed(body) == ["Ada", "Ruth Feldman · Boards"]
    assert body.card.value() == ada


def test_what_has_no_name_is_told_and_is_still_there_when_one_comes_back(
    body: ColleaguesBody, fitcheck: FitCheck, page: ColleaguesPage
) -> None:
    body.add()
    write(field(body, "contact"), "0117 496 0000")
    body.list.setCurrentRow(1)
    assert field(body, "name").toPlainText() == "Ruth Feldman"
    come_back(page)
    assert known(fitcheck) == [RUTH]
    assert listed(body) == ["A new colleague", "Ruth Feldman · Boards"]
    body.list.setCurrentRow(0)
    assert body.card.fault.text() == "Kept once there is a name."
    assert field(body, "contact").toPlainText() == "0117 496 0000"
    write(field(body, "name"), "Tom")
    body.flush()
    assert known(fitcheck) == [RUTH, Colleague("Tom", "0117 496 0000")]


def test_one_that_was_begun_and_left_empty_is_gone(body: ColleaguesBody) -> None:
    body.add()
    assert len(body.list.rows()) == 2
    body.list.setFocus()
    press(K.Key_Down)
    assert listed(body) == ["Ruth Feldman · Boards"]
    assert field(body, "name").toPlainText() == "Ruth Feldman"


def test_what_was_begun_outlives_a_lock(body: ColleaguesBody, page: ColleaguesPage) -> None:
    body.add()
    write(field(body, "good_at"), "Sheep")
    place = page.place()
    field(body, "good_at").setPlainText("")
    body.flush()
    body.populate()
    assert len(body.list.rows()) == 1
    page.stand_at(place)
    body.list.setCurrentRow(0)
    assert field(body, "good_at").toPlainText() == "Sheep"


def test_an_edit_changes_the_one_and_leaves_the_others_alone(
    body: ColleaguesBody, fitcheck: FitCheck, page: ColleaguesPage
) -> None:
    fitcheck.referring.add_colleague(Colleague("Tom"))
    body.populate()
    write(field(body, "good_at"), "Hard questions")
    page.leave()
    assert known(fitcheck) == [replace(RUTH, good_at="Hard questions"), Colleague("Tom")]


def test_a_name_that_is_too_long_is_told_and_not_kept(
    body: ColleaguesBody, fitcheck: FitCheck
) -> None:
    field(body, "name").setPlainText("x" * (LONGEST_LINE + 1))
    body.flush()
    assert "longer than 10,000 characters" in body.card.fault.text()
    assert known(fitcheck) == [RUTH]


def test_a_search_finds_them_by_what_they_are_good_at(
    body: ColleaguesBody, fitcheck: FitCheck, page: ColleaguesPage
) -> None:
    fitcheck.referring.add_colleague(Colleague("Tom", good_at="Production lines"))
    QTest.keyClick(page, K.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is body.search
    QTest.keyClicks(body.search, "LINE prod")
    assert listed(body) == ["Tom · Production lines · No consent noted"]
    assert field(body, "name").toPlainText() == "Tom"
    QTest.keyClicks(body.search, "x")
    assert listed(body) == []
    assert not body.card.isVisible()
    press(K.Key_Escape)
    assert len(listed(body)) == 2


def test_removing_is_undone_and_done_again_with_the_referrals(
    page: ColleaguesPage, body: ColleaguesBody, fitcheck: FitCheck, ada: int
) -> None:
    fitcheck.referring.refer(ada, body.list.rows()[0].id, Referred("Ruth Feldman", TODAY))
    body.populate()
    assert listed(body) == ["Ruth Feldman · Boards · 1 referral"]
    QTest.keyClick(body.list, K.Key_Delete)
    assert known(fitcheck) == []
    assert listed(body) == ["People outside of this book · 1 referral"]
    assert body.strip.text.text() == "Ruth Feldman was removed from your colleagues."
    QTest.keyClick(page, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert known(fitcheck) == [RUTH]
    assert listed(body) == ["Ruth Feldman · Boards · 1 referral"]
    QTest.keyClick(page, K.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert known(fitcheck) == []
    QTest.keyClick(page, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert listed(body) == ["Ruth Feldman · Boards · 1 referral"]
    QTest.mouseClick(body.card.remove, Qt.MouseButton.LeftButton)
    assert known(fitcheck) == []


def test_what_was_never_kept_goes_without_asking(body: ColleaguesBody, fitcheck: FitCheck) -> None:
    body.add()
    write(field(body, "contact"), "0117")
    QTest.mouseClick(body.card.remove, Qt.MouseButton.LeftButton)
    assert listed(body) == ["Ruth Feldman · Boards"]
    assert known(fitcheck) == [RUTH]


def test_a_disk_that_refuses_is_told_and_nothing_on_the_screen_is_lost(
    body: ColleaguesBody,
    fitcheck: FitCheck,
    page: ColleaguesPage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(fitcheck.referring, "edit_colleague", refuse)
    write(field(body, "name"), "Ruth F.")
    body.flush()
    (told,) = page.findChildren(MessageWindow)
    assert told.message.happened == "The book of your colleagues was not changed."
    told.close()
    assert field(body, "name").toPlainText() == "Ruth F."
    monkeypatch.undo()
    write(field(body, "name"), "Ruth Fe.")
    body.flush()
    assert [one.name for one in known(fitcheck)] == ["Ruth Fe."]


# Referrals


def test_a_referral_is_noted_by_keys_from_the_colleague(
    body: ColleaguesBody, fitcheck: FitCheck, when_asked: WhenAsked, ada: int
) -> None:
    def fill(dialog: ReferralDialog) -> None:
        assert not dialog.keep_button.isEnabled()
        press(K.Key_Return)  # half of it is nothing
        assert dialog.picker is not None
        QTest.keyClicks(dialog.picker.search, "daugh")
        press(K.Key_Return)

    when_asked(ReferralDialog, fill)
    press(K.Key_R, control=True)
    (line,) = fitcheck.referring.to_colleague(body.list.rows()[0].id or 0)
    assert (line.prospect_id, line.referred) == (ada, Referred("Ruth Feldman", TODAY))
    assert listed(body) == ["Ruth Feldman · Boards · 1 referral"]
    assert body.referrals.item(0).text() == "21/11/2026 · Ada Bell\nNot heard yet"


def test_what_came_of_it_is_noted_and_a_removed_one_comes_back(
    body: ColleaguesBody, fitcheck: FitCheck, when_asked: WhenAsked, ada: int
) -> None:
    ruth = body.list.rows()[0].id
    sent = Referred("Ruth Feldman", dt.date(2026, 11, 3))
    fitcheck.referring.refer(ada, ruth, sent)
    body.populate()

    def fill(dialog: ReferralDialog) -> None:
        assert dialog.name.isHidden()
        assert dialog.result_on.isHidden()
        dialog.came.setFocus()
        press(K.Key_Down)
        press(K.Key_Down)
        assert not dialog.result_on.isHidden()
        dialog.words.setPlainText(" Two days a week ")
        dialog.keep_button.click()

    when_asked(ReferralDialog, fill)
    body.referrals.setFocus()
    press(K.Key_Return)
    heard = replace(sent, result=Result.WORKING, result_on=TODAY, words="Two days a week")
    assert [each.referred for each in fitcheck.referring.of_prospect(ada)] == [heard]
    assert "They work together, heard on 21/11/2026 · Two" in body.referrals.item(0).text()
    QTest.keyClick(body.referrals, K.Key_Delete)
    assert fitcheck.referring.of_prospect(ada) == ()
    assert body.strip.text.text() == "The referral of Ada Bell to Ruth Feldman was removed."
    QTest.keyClick(body.strip.button, K.Key_Space)
    assert [each.referred for each in fitcheck.referring.of_prospect(ada)] == [heard]


def test_from_the_list_one_is_referred_to_somebody_outside_of_the_book(
    window: MainWindow, fitcheck: FitCheck, when_asked: WhenAsked, ada: int
) -> None:
    window.prospects.enter()

    def fill(dialog: ReferralDialog) -> None:
        assert dialog.windowTitle() == "Refer Ada Bell to a colleague"
        assert dialog.picker is None
        assert not dialog.keep_button.isEnabled()
        QTest.keyClicks(dialog.name, "Ingrid Moe")
        dialog.keep_button.click()

    when_asked(ReferralDialog, fill)
    QTest.keyClick(
        window, K.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    (line,) = fitcheck.referring.of_prospect(ada)
    assert (line.colleague_id, line.referred) == (None, Referred("Ingrid Moe", TODAY))
    part = window.prospects.details.referrals
    assert part.list.item(0).text() == "21/11/2026 · Ingrid Moe\nNot heard yet"
    QTest.keyClick(part.list, K.Key_Delete)
    assert fitcheck.referring.of_prospect(ada) == ()
    assert part.list.isHidden()
    window.prospects.bulk.strip.button.click()
    assert [each.referred for each in fitcheck.referring.of_prospect(ada)] == [line.referred]
    assert part.list.count() == 1


def test_who_has_not_agreed_is_asked_about_before_they_are_named(
    window: MainWindow, fitcheck: FitCheck, when_asked: WhenAsked, ada: int
) -> None:
    fitcheck.referring.add_colleague(Colleague("Tom Reyes"))
    fitcheck.referring.add_colleague(RUTH)
    window.prospects.enter()
    hints: list[str] = []

    def look(dialog: ReferralDialog) -> None:
        press(K.Key_Return)  # nobody is sent to whoever comes first
        for _colleague in range(3):
            hints.append(dialog.hint.text())
            press(K.Key_Down)
        draft = dialog.draft()
        dialog.name.setText("Ingrid Moe")
        again = ReferralDialog(None, fitcheck, Known(ada))
        again.show_draft({**draft, "name": "Ingrid Moe"})
        assert again.value() == dialog.value()
        again.deleteLater()
        dialog.reject()

    when_asked(ReferralDialog, look)
    window.prospects.referring.ask()
    assert hints == ["", "", "No consent is noted. Ask Tom Reyes before you name them."]
    assert fitcheck.referring.of_prospect(ada) == ()


def test_a_disk_that_refuses_leaves_the_referral_in_the_dialog(
    window: MainWindow,
    fitcheck: FitCheck,
    when_asked: WhenAsked,
    ada: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(fitcheck.referring, "refer", refuse)

    def fill(dialog: ReferralDialog) -> None:
        dialog.name.setText("Ingrid Moe")
        dialog.keep_button.click()
        assert "The disk is full." in dialog.fault.text()
        monkeypatch.undo()
        dialog.keep_button.click()

    window.prospects.enter()
    when_asked(ReferralDialog, fill)
    window.prospects.referring.ask()
    assert [each.referred.name for each in fitcheck.referring.of_prospect(ada)] == ["Ingrid Moe"]


# The letter that names somebody


@pytest.fixture
def letter(window: MainWindow, fitcheck: FitCheck, qtbot: QtBot) -> ReportPage:
    """The decline letter of a prospect, which names Ruth."""
    fitcheck.referring.add_colleague(RUTH)
    plan = Plan(letter=Letter(referral=Introduced("Ruth Feldman", why="Boards")))
    declined = replace(
        load_demo()[0], plan=plan, override=Override(Action.DECLINE, "because", TODAY)
    )
    window.open_assessment(fitcheck.add_assessment(declined))
    page = window.pages["report"]
    assert isinstance(page, ReportPage)
    page.stand_at({"edition": "decline"})
    window.show_page("report")
    qtbot.waitUntil(page.save_button.isEnabled)
    return page


def test_a_letter_that_is_given_out_offers_to_note_the_referral_once(
    letter: ReportPage, fitcheck: FitCheck, when_asked: WhenAsked, tmp_path: Any
) -> None:
    assert letter.offer.isHidden()
    assert letter.out.save_to(tmp_path / "letter.pdf")
    assert "to Ruth Feldman" in letter.offer.what.text()
    when_asked(ReferralDialog, lambda dialog: dialog.keep_button.click())
    letter.offer.note_button.click()
    (row,) = fitcheck.referring.to_colleague(1)
    assert row.referred == Referred("Ruth Feldman", TODAY)
    assert letter.offer.isHidden()
    assert letter.out.save_to(tmp_path / "again.pdf")
    assert letter.offer.isHidden()


def test_no_other_document_offers_it_and_what_is_refused_isnt_offered_again(
    letter: ReportPage, tmp_path: Any, qtbot: QtBot
) -> None:
    assert letter.out.save_to(tmp_path / "letter.pdf")
    QTest.keyClick(letter, K.Key_1)
    assert letter.offer.isHidden()
    qtbot.waitUntil(letter.save_button.isEnabled)
    assert letter.out.save_to(tmp_path / "private.pdf")
    assert letter.offer.isHidden()
    QTest.keyClick(letter, K.Key_3)
    qtbot.waitUntil(letter.save_button.isEnabled)
    assert letter.out.save_to(tmp_path / "letter.pdf")
    letter.offer.not_now_button.click()
    assert letter.out.save_to(tmp_path / "again.pdf")
    assert letter.offer.isHidden()
