"""The settings' book of colleagues and what is held to with everyone: kept as it is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.book import Colleague
from fitcheck.domain.plan import LONGEST_LINE
from fitcheck.services import FitCheck
from fitcheck.store.errors import StoreError
from tests.ui.conftest import TODAY
from ui.dialogs.confirm import ConfirmDialog
from ui.main_window import MainWindow
from ui.messages import MessageWindow
from ui.plan.fields import DayEditor
from ui.plan.records import Card
from ui.widgets.colleagues_section import ColleaguesSection

K = Qt.Key
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]
RUTH = Colleague("Ruth Feldman", "ruth@feldman.example", "Boards", dt.date(2026, 10, 2))


@pytest.fixture
def section(window: MainWindow, fitcheck: FitCheck) -> ColleaguesSection:
    fitcheck.add_colleague(RUTH)
    window.show_page("settings")
    return window.settings.colleagues


def field(card: Card, name: str) -> QPlainTextEdit:
    found = card.parts[name].entrance()
    assert isinstance(found, QPlainTextEdit)
    return found


def write(into: QPlainTextEdit, text: str) -> None:
    into.setFocus()
    into.selectAll()
    QTest.keyClicks(into, text)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def known(fitcheck: FitCheck) -> list[Colleague]:
    return list(fitcheck.colleagues().values())


def test_one_is_added_by_keys_and_listed_by_name_the_next_time(
    section: ColleaguesSection, fitcheck: FitCheck, window: MainWindow, qtbot: QtBot
) -> None:
    section.add_button.setFocus()
    press(K.Key_Space)
    write(field(section.cards[1], "name"), "Åsa")
    qtbot.waitUntil(lambda: Colleague("Åsa") in known(fitcheck))
    assert window.settings.state.text() == "saved"
    write(field(section.cards[1], "name"), "Ada")
    press(K.Key_Tab)
    write(field(section.cards[1], "contact"), "ada@example.org")
    consent = section.cards[1].parts["consent_on"]
    assert isinstance(consent, DayEditor)
    consent.dated.setFocus()
    press(K.Key_Space)
    ada = Colleague("Ada", "ada@example.org", "", TODAY)
    assert known(fitcheck) == [ada, RUTH]
    window.show_page("prospects")
    window.show_page("settings")
    assert [card.value() for card in section.cards] == [ada, RUTH]


def test_what_has_no_name_is_told_and_stays_on_the_screen(
    section: ColleaguesSection, fitcheck: FitCheck, window: MainWindow
) -> None:
    section.add()
    write(field(section.cards[1], "contact"), "0117 496 0000")
    window.show_page("prospects")
    window.show_page("settings")
    assert known(fitcheck) == [RUTH]
    card = section.cards[1]
    assert card.fault.text() == "Kept once there is a name."
    assert field(card, "contact").toPlainText() == "0117 496 0000"
    write(field(card, "name"), "Tom")
    section.flush()
    assert known(fitcheck) == [RUTH, Colleague("Tom", "0117 496 0000")]


def test_an_edit_changes_the_one_and_leaves_plans_alone(
    section: ColleaguesSection, fitcheck: FitCheck
) -> None:
    write(field(section.cards[0], "good_at"), "Hard questions")
    section.leave()
    (one,) = known(fitcheck)
    assert (one.name, one.good_at) == ("Ruth Feldman", "Hard questions")


def test_a_name_that_is_too_long_is_told_and_not_kept(
    section: ColleaguesSection, fitcheck: FitCheck
) -> None:
    field(section.cards[0], "name").setPlainText("x" * (LONGEST_LINE + 1))
    section.flush()
    assert "longer than 10,000 characters" in section.cards[0].fault.text()
    assert known(fitcheck) == [RUTH]


def test_removing_is_asked_about_and_can_be_taken_back(
    section: ColleaguesSection, fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    remove = section.cards[0].remove
    when_asked(ConfirmDialog, lambda dialog: dialog.leave_it.click())
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert known(fitcheck) == [RUTH]
    when_asked(ConfirmDialog, lambda dialog: dialog.do_it.click())
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert known(fitcheck) == []
    assert section.nobody.isVisible()
    assert section.removed_label.text() == "Ruth Feldman was removed."
    QTest.mouseClick(section.undo_button, Qt.MouseButton.LeftButton)
    assert known(fitcheck) == [RUTH]
    assert [card.value() for card in section.cards] == [RUTH]
    assert not section.undo_button.isVisible()


def test_what_was_never_kept_goes_without_asking(
    section: ColleaguesSection, fitcheck: FitCheck
) -> None:
    section.add()
    QTest.mouseClick(section.cards[1].remove, Qt.MouseButton.LeftButton)
    assert len(section.cards) == 1
    assert known(fitcheck) == [RUTH]


def test_a_disk_that_refuses_is_told_and_nothing_on_the_screen_is_lost(
    section: ColleaguesSection,
    fitcheck: FitCheck,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(fitcheck, "edit_colleague", refuse)
    write(field(section.cards[0], "name"), "Ruth F.")
    section.flush()
    (told,) = window.findChildren(MessageWindow)
    assert told.message.happened == "The book of your colleagues was not changed."
    told.close()
    assert field(section.cards[0], "name").toPlainText() == "Ruth F."
    monkeypatch.undo()
    write(field(section.cards[0], "name"), "Ruth Fe.")
    section.flush()
    assert [one.name for one in known(fitcheck)] == ["Ruth Fe."]


def test_what_is_held_to_outlives_the_rest_of_the_settings(
    window: MainWindow, fitcheck: FitCheck
) -> None:
    window.show_page("settings")
    rows = window.settings.boundaries.rows
    rows.rows[0].field.setFocus()
    QTest.keyClicks(rows.rows[0].field, "No calls after seven.")
    press(K.Key_Return)
    press(K.Key_Escape)
    name = window.settings.fields["name"]
    name.setFocus()
    QTest.keyClicks(name, "Ines")
    window.show_page("prospects")
    profile = fitcheck.preferences.profile
    assert (profile.name, profile.boundaries) == ("Ines", ("No calls after seven.",))
    window.show_page("settings")
    assert rows.value() == ("No calls after seven.",)
