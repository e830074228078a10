"""The form itself: every answer by key, mouse and button, in words, and without scrolling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Mark
from fitcheck.domain.bank import Axis, Form
from fitcheck.domain.profile import Profile
from fitcheck.handing_over import HandOver
from fitcheck.library import load_bank
from fitcheck.store import sealed
from fitcheck.store.errors import FolderNotWritable
from reports.words import axis_name
from tests.ui.keyboard import press_in
from tests.ui.protected import nameless, said_by
from ui.pages.their_form import TheirForm
from ui.theme import apply_theme, make_theme

BANK = load_bank()
ASKED = BANK.form(Form.PROSPECT)
SMALL = QSize(1280, 720)
WHO = Profile(name="Ines Calder", business="Calder Consulting")


def make_form(folder: Path, profile: Profile = WHO) -> HandOver:
    folder.mkdir(exist_ok=True)
    return HandOver(folder, sealed.new_pair()[1], 1, ASKED, {}, profile)


def show(qtbot: QtBot, form: HandOver, size: QSize = SMALL) -> TheirForm:
    page = TheirForm(make_theme(), form)
    qtbot.addWidget(page)
    page.resize(size)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.take_focus()
    return page


@pytest.fixture
def form(folder: Path) -> Iterator[HandOver]:
    made = make_form(folder)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, form: HandOver) -> TheirForm:
    return show(qtbot, form)


def test_all_of_it_by_keys(page: TheirForm, form: HandOver) -> None:
    ended: list[bool] = []
    page.ended.connect(lambda: ended.append(True))
    press_in(page, Qt.Key.Key_Return)
    for number, question in enumerate(ASKED):
        assert page.asked is question
        assert page.progress.text() == f"{number + 1} of 12"
        assert page.question.say.text() == question.say
        press_in(page, Qt.Key(Qt.Key.Key_1.value + number % 5), Qt.Key.Key_Return)
    assert form.values == {question.id: number % 5 for number, question in enumerate(ASKED)}
    assert page.done_button.hasFocus()
    assert ended == []
    press_in(page, Qt.Key.Key_Return)
    assert ended == [True]


def test_all_of_it_by_mouse(page: TheirForm, form: HandOver) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(page.begin_button, left)
    for number in range(12):
        QTest.mouseClick(page.question.answers.rows[number % 5], left)
        assert form.values[page.asked.id] == number % 5
        QTest.mouseClick(page.next_button, left)
    assert page.done_button.isVisible()


def test_arrows_and_enter_choose_and_go_on(page: TheirForm, form: HandOver) -> None:
    press_in(page, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert form.values == {ASKED[0].id: 1}
    assert page.asked is ASKED[0]
    press_in(page, Qt.Key.Key_Return)
    assert page.asked is ASKED[1]
    press_in(page, Qt.Key.Key_Left)
    assert page.asked is ASKED[0]
    assert page.question.answers.level == 1
    press_in(page, Qt.Key.Key_Right, Qt.Key.Key_Backspace)
    assert page.asked is ASKED[0]


def test_nothing_is_passed_over_by_accident(page: TheirForm, form: HandOver) -> None:
    press_in(page, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Left)
    assert page.asked is ASKED[0]
    assert not page.next_button.isEnabled()
    assert form.values == {}


def test_a_question_may_be_left_out_and_answered_after_all(page: TheirForm, form: HandOver) -> None:
    press_in(page, Qt.Key.Key_Return, Qt.Key.Key_0)
    assert form.values == {ASKED[0].id: Mark.UNKNOWN}
    page.skip_button.click()
    assert page.asked is ASKED[2]
    page.back_button.click()
    assert page.left_out.text() == "You left this one out."
    assert page.question.answers.level is None
    press_in(page, Qt.Key.Key_3)
    assert form.values[ASKED[1].id] == 2
    assert page.left_out.text() == ""


@pytest.mark.parametrize(
    "modifier",
    [
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.MetaModifier,
    ],
)
def test_with_another_key_held_the_keys_do_nothing(
    page: TheirForm, form: HandOver, modifier: Qt.KeyboardModifier
) -> None:
    press_in(page, Qt.Key.Key_Return)
    keys = (Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_Right, Qt.Key.Key_Q, Qt.Key.Key_L)
    press_in(page, *keys, modifier=modifier)
    assert form.values == {}
    assert page.asked is ASKED[0]


def test_who_stops_in_the_middle_goes_on_there(qtbot: QtBot, form: HandOver) -> None:
    form.values = {question.id: 3 for question in ASKED[:5]}
    page = show(qtbot, form)
    page.begin_button.click()
    assert page.asked is ASKED[5]


def test_after_the_end_nothing_is_answered_any_more(page: TheirForm, form: HandOver) -> None:
    ended: list[bool] = []
    page.ended.connect(lambda: ended.append(True))
    press_in(page, Qt.Key.Key_Return)
    for _again in range(2):
        page.end()
    press_in(page, Qt.Key.Key_4)
    assert ended == [True]
    assert form.values == {}


def test_it_says_who_asks_and_names_no_axis_and_no_figure_of_the_judgement(
    page: TheirForm,
) -> None:
    said = said_by(page)
    assert "Ines Calder would like to know" in said
    assert "Calder Consulting" in said
    assert "three minutes" in said
    press_in(page, Qt.Key.Key_Return)
    for _question in ASKED:
        said += said_by(page)
        press_in(page, Qt.Key.Key_0)
    for axis in Axis:
        assert axis_name(axis).lower() not in said.lower()
    assert "%" not in said
    for question in ASKED:
        assert question.why not in said


@pytest.mark.parametrize("profile", [Profile(), Profile(business="Calder Consulting")])
def test_it_needs_no_profile(qtbot: QtBot, folder: Path, profile: Profile) -> None:
    form = make_form(folder, profile)
    said = said_by(show(qtbot, form))
    assert "{who}" not in said
    assert ("Calder Consulting would like" in said) is bool(profile.business)
    form.close()


def test_the_logo_stands_for_the_name(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    picture = QImage(400, 100, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    picture.save(str(tmp_path / "logo.png"))
    profile = Profile(business="Calder", logo=(tmp_path / "logo.png").read_bytes())
    form = make_form(folder, profile)
    page = show(qtbot, form)
    assert "Calder" in said_by(page)
    form.close()


def test_every_control_has_a_name_and_is_reached_by_tab(page: TheirForm) -> None:
    assert nameless(page) == []
    press_in(page, Qt.Key.Key_Return, Qt.Key.Key_3, Qt.Key.Key_Return, Qt.Key.Key_2)
    seen: set[QWidget | None] = set()
    for _again in range(8):
        press_in(page, Qt.Key.Key_Tab)
        seen.add(page.focusWidget())
    assert {page.back_button, page.skip_button, page.next_button} <= seen
    assert page.question.answers.accessibleName() == ASKED[1].say


@pytest.mark.parametrize("times", [1, 1.5, 2])
@pytest.mark.parametrize("size", [SMALL, QSize(1920, 1080)])
def test_no_question_scrolls(
    qtbot: QtBot, qapp: QApplication, form: HandOver, times: float, size: QSize
) -> None:
    font = QFont(qapp.font())
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * times)
    qapp.setFont(larger)
    apply_theme(qapp, make_theme())
    try:
        page = show(qtbot, form, size)
        page.begin_button.click()
        assert page.size() == size
        for _question in ASKED:
            QApplication.processEvents()
            bar = page.question.area.verticalScrollBar()
            assert bar.maximum() == 0
            assert page.question.answers.rows[0].font().pointSizeF() >= font.pointSizeF()
            for button in page.findChildren(QAbstractButton):
                if button.isVisible():
                    corner = button.mapTo(page, button.rect().bottomRight())
                    assert page.rect().contains(corner)
            page.skip_button.click()
    finally:
        qapp.setFont(font)
        apply_theme(qapp, make_theme())


def test_a_disk_that_refuses_is_said_plainly_and_tried_again(
    qtbot: QtBot, page: TheirForm, form: HandOver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise FolderNotWritable(folder, "no space left")

    page.begin_button.click()
    with monkeypatch.context() as patch:
        patch.setattr("fitcheck.store.sealed.write", refuse)
        page._choose(3)
        qtbot.waitUntil(page.trouble.isVisible)
    assert "kept all the same" in page.trouble.text()
    assert "space" not in page.trouble.text(), "why is no business of theirs"
    assert form.values[page.asked.id] == 3
    assert not sealed.there(folder)
    page._again.setInterval(1)
    page._again.start()
    qtbot.waitUntil(lambda: not page.trouble.isVisible())
    assert sealed.there(folder)
    assert not page._again.isActive()
    page.end()
    page._save()
    form.close()
