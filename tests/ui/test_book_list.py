"""The list of prospects by keys: filtered, sorted, laid out, tagged, and all of it undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.book import About
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Found, Query
from fitcheck.errors import FitCheckError
from fitcheck.listing import Listing, Tags
from fitcheck.services import FitCheck
from fitcheck.store.pages import CalledOff, Wanted
from ui.main_window import MainWindow
from ui.messages import MessageWindow
from ui.models.columns import Column
from ui.pages.prospects import ProspectsPage

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key

PEOPLE = ("Ann", "Ben", "Cleo", "Dora", "Emil", "Fay")


@pytest.fixture
def six(window: MainWindow, fitcheck: FitCheck) -> ProspectsPage:
    """The page over six prospects, the newest at the top."""
    for number, name in enumerate(reversed(PEOPLE)):
        met_at = "Fair & Forum" if number % 2 else "Chamber"
        fitcheck.add_prospect(Prospect(name, met_at=met_at))
    page = window.prospects
    page.enter()
    page.table.setFocus()
    return page


def names(page: ProspectsPage) -> list[str]:
    return [page.model.line(row).prospect.name for row in range(page.model.rowCount())]


def chosen(page: ProspectsPage) -> list[str]:
    return [page.model.line(row).prospect.name for each in page.table.ranges() for row in each]


def tags(page: ProspectsPage) -> dict[str, tuple[str, ...]]:
    lines = page.context.fitcheck.prospects()
    return {line.prospect.name: line.tags for line in lines if line.tags}


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def pick(menu: QMenu, *captions: str) -> None:
    """Choose in a menu that is open, as a key would."""
    for number, caption in enumerate(captions, start=1):
        action = next(a for a in menu.actions() if a.text().replace("&", "") == caption)
        assert action.isEnabled()
        if number == len(captions):
            action.trigger()
        else:
            inner = action.menu()
            assert isinstance(inner, QMenu)
            menu = inner
    for each in QApplication.topLevelWidgets():
        if isinstance(each, QMenu):
            each.close()


# Tags


def test_several_are_tagged_by_keys_and_it_is_undone_and_redone(
    qtbot: QtBot, six: ProspectsPage
) -> None:
    window = six.window()
    for _time in range(2):
        QTest.keyClick(six.table, Key.Key_Down, SHIFT)
    assert six.count.text() == "6 prospects, 3 chosen"
    QTest.keyClick(window, Key.Key_T, CONTROL | SHIFT)
    assert six.bulk.tag_bar.title.text() == "Tags of 3 prospects"
    QTest.keyClicks(focus(), "spring  round")
    QTest.keyClick(focus(), Key.Key_Return)
    three = dict.fromkeys(("Ann", "Ben", "Cleo"), ("spring round",))
    assert tags(six) == three
    assert six.bulk.strip.text.text() == "3 prospects were tagged “spring round”."
    assert chosen(six) == ["Ann", "Ben", "Cleo"], "who is chosen stays chosen"
    assert names(six) == [*PEOPLE], "and where they were"
    assert [chip.text() for chip in six.bulk.tag_bar.chips] == ["spring round  ✕"]
    QTest.keyClick(focus(), Key.Key_Escape)
    assert six.table.hasFocus()
    QTest.keyClick(six.table, Key.Key_Z, CONTROL)
    assert tags(six) == {}
    assert six.bulk.strip.text.text() == "Undone: 3 prospects were tagged “spring round”."
    QTest.keyClick(six.table, Key.Key_Y, CONTROL)
    assert tags(six) == three
    QTest.keyClick(six.table, Key.Key_Z, CONTROL)
    QTest.keyClick(six.table, Key.Key_Z, CONTROL)
    assert tags(six) == {}, "there is nothing more to be undone"
    qtbot.waitUntil(lambda: not six.finder.busy)


def test_a_tag_is_taken_from_whoever_has_it_and_given_back_to_them_only(
    six: ProspectsPage, fitcheck: FitCheck
) -> None:
    ids = {line.prospect.name: line.id for line in fitcheck.prospects()}
    fitcheck.listing.tag([ids["Ben"], ids["Cleo"]], ["Old & new"])
    six.refresh()
    QTest.keyClick(six.table, Key.Key_A, CONTROL)
    six.bulk.tag_action.trigger()
    (chip,) = six.bulk.tag_bar.chips
    assert chip.text() == "Old && new (2 of 6)  ✕"
    assert chip.accessibleName() == "Take away the tag: Old & new (2 of 6)"
    chip.setFocus()
    QTest.keyClick(chip, Key.Key_Space)
    assert tags(six) == {}
    assert six.bulk.tag_bar.field.hasFocus(), "the chip has gone, and the focus is where it was"
    six.bulk.strip.button.click()
    assert tags(six) == {"Ben": ("Old & new",), "Cleo": ("Old & new",)}


def test_a_tag_that_is_known_is_completed(
    qtbot: QtBot, six: ProspectsPage, fitcheck: FitCheck
) -> None:
    ann, ben, *_others = (line.id for line in fitcheck.prospects())
    fitcheck.listing.tag([ben], ["Chamber 26"])
    six.refresh()
    six.table.choose(0)
    QTest.keyClick(six.window(), Key.Key_T, CONTROL | SHIFT)
    assert six.bulk.tag_bar.title.text() == "Tags of Ann"
    field = six.bulk.tag_bar.field
    QTest.keyClicks(field, "26")
    popup = six.bulk.tag_bar._completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    qtbot.waitUntil(lambda: tags(six).get("Ann") == ("Chamber 26",))
    assert field.text() == ""
    assert six.details.tags.text() == "Chamber 26"
    assert fitcheck.listing.lines([ann])[0].tags == ("Chamber 26",)


def test_many_are_tagged_while_one_watches(six: ProspectsPage) -> None:
    QTest.keyClick(six.table, Key.Key_A, CONTROL)
    with patch("ui.bulk._MANY", 2), patch("fitcheck.listing._AT_ONCE", 2):
        six.bulk.add_tag("all")
    assert tags(six) == dict.fromkeys(PEOPLE, ("all",))
    six.bulk.strip.undo()
    assert tags(six) == {}


def test_what_was_tagged_before_it_failed_can_be_undone(
    qtbot: QtBot, six: ProspectsPage, fitcheck: FitCheck
) -> None:
    def half_of_them(ids: tuple[int, ...], *_rest: object) -> Iterator[Tags]:
        yield from Listing.tagging(fitcheck.listing, ids[:2], ["some"])
        raise FitCheckError("no room is left")

    QTest.keyClick(six.table, Key.Key_A, CONTROL)
    with patch.object(fitcheck.listing, "tagging", half_of_them):
        six.bulk.add_tag("some")
    (said,) = six.window().findChildren(MessageWindow)
    assert "no room is left" in said.message.to_do
    said.close()
    assert tags(six) == {"Ann": ("some",), "Ben": ("some",)}
    assert six.bulk.strip.text.text() == "2 prospects were tagged “some”."
    QTest.keyClick(six.table, Key.Key_Z, CONTROL)
    assert tags(six) == {}
    qtbot.waitUntil(lambda: not six.finder.busy)


def test_what_was_done_is_forgotten_with_whom_it_was_done_to(six: ProspectsPage) -> None:
    six.bulk.add_tag("gone")
    window = six.window()
    assert isinstance(window, MainWindow)
    window.let_go_of(six.model.line(0).id)
    assert not six.bulk.strip.isVisible()
    six.bulk.strip.undo()
    six.bulk.strip.redo()
    assert tags(six) == {"Ann": ("gone",)}


# Filters


def test_filters_are_chosen_by_keys_shown_as_chips_and_kept(
    qtbot: QtBot, six: ProspectsPage, fitcheck: FitCheck
) -> None:
    ids = {line.prospect.name: line.id for line in fitcheck.prospects()}
    fitcheck.listing.tag([ids["Ann"], ids["Ben"], ids["Cleo"]], ["old"])
    window = six.window()
    QTest.keyClick(window, Key.Key_F, CONTROL | SHIFT)
    pick(six.menus.filter_menu, "Where you met", "Fair  Forum (3)")
    qtbot.waitUntil(lambda: names(six) == ["Ann", "Cleo", "Emil"])
    QTest.keyClick(window, Key.Key_F, CONTROL | SHIFT)
    pick(six.menus.filter_menu, "Tag", "old (3)")
    qtbot.waitUntil(lambda: names(six) == ["Ann", "Cleo"])
    assert [chip.text() for chip in six.filters.chips] == [
        "Met at: Fair && Forum  ✕",
        "Tag: old  ✕",
    ]
    six.filters.chips[0].setFocus()
    QTest.keyClick(six.filters.chips[0], Key.Key_Space)
    qtbot.waitUntil(lambda: names(six) == ["Ann", "Ben", "Cleo"])
    assert window.focusWidget() is six.filters.chips[0], "the next one is a key away"
    QTest.keyClick(window, Key.Key_F, CONTROL | SHIFT)
    pick(six.menus.filter_menu, "Recommendation", "Proceed")
    qtbot.waitUntil(six.clear_button.isVisible)
    assert isinstance(window, MainWindow)
    window.show_page("settings")
    again = ProspectsPage(six.context)
    qtbot.addWidget(again)
    assert again.query() == six.query()
    assert (again.filters.tag, again.filters.recommendation) == ("old", Recommendation.PROCEED)
    window.show_page("prospects")
    six.clear_button.click()
    assert len(names(six)) == 6
    assert not six.filters.isVisible()


def test_all_filters_go_at_once_and_what_was_chosen_twice_goes_too(
    qtbot: QtBot, six: ProspectsPage
) -> None:
    six.filters.choose("met_at", "Chamber")
    qtbot.waitUntil(lambda: len(names(six)) == 3)
    six.menus.fill(six.menus.filter_menu)
    pick(six.menus.filter_menu, "Where you met", "Chamber (3)")
    qtbot.waitUntil(lambda: len(names(six)) == 6)
    six.filters.choose("tag", "x" * 90)
    qtbot.waitUntil(six.clear_button.isVisible)
    assert len(six.filters.chips[0].text()) < 60
    six.menus.fill(six.menus.filter_menu)
    pick(six.menus.filter_menu, "No filter")
    qtbot.waitUntil(lambda: len(names(six)) == 6)


# Order and columns


def test_it_is_sorted_by_keys_and_by_a_click(qtbot: QtBot, six: ProspectsPage) -> None:
    QTest.keyClick(six.window(), Key.Key_S, CONTROL | SHIFT)
    pick(six.menus.sort_menu, "Prospect")
    qtbot.waitUntil(lambda: names(six) == sorted(PEOPLE))
    six.menus.fill(six.menus.sort_menu)
    pick(six.menus.sort_menu, "The other way round")
    qtbot.waitUntil(lambda: names(six) == sorted(PEOPLE, reverse=True))
    across = six.table.horizontalHeader()
    place = across.sectionViewportPosition(Column.CHANGED) + 20
    middle = across.viewport().rect().center()
    middle.setX(place)
    QTest.mouseClick(across.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: names(six) == [*PEOPLE])
    assert six.layout_.order is Qt.SortOrder.DescendingOrder, "what has changed last comes first"
    QTest.mouseClick(across.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: names(six) == [*reversed(PEOPLE)])


def test_the_columns_are_laid_out_by_keys_and_stay_so(qtbot: QtBot, six: ProspectsPage) -> None:
    window, across = six.window(), six.table.horizontalHeader()
    assert isinstance(window, MainWindow)
    assert six.table.isColumnHidden(Column.ORGANISATION)
    width = across.sectionSize(Column.TAGS)
    for column, doing in (
        ("Organisation", "Show"),
        ("Changed", "Show"),
        ("Tags", "Wider"),
        ("Tags", "Move to the left"),
    ):
        QTest.keyClick(window, Key.Key_C, CONTROL | SHIFT)
        pick(six.menus.column_menu, column, doing)
    assert across.sectionSize(Column.TAGS) > width
    six.layout_.sort_by(Column.ORGANISATION, Qt.SortOrder.AscendingOrder)
    window.show_page("settings")
    again = ProspectsPage(six.context)
    qtbot.addWidget(again)
    assert again.layout_.values() == six.layout_.values()
    assert not again.table.isColumnHidden(Column.ORGANISATION)
    assert again.table.isColumnHidden(Column.CHANGED)
    assert again.table.horizontalHeader().visualIndex(Column.TAGS) < Column.TAGS
    again.layout_.reset()
    assert again.table.isColumnHidden(Column.ORGANISATION)
    assert again.table.horizontalHeader().visualIndex(Column.TAGS) == Column.TAGS
    qtbot.waitUntil(lambda: not six.finder.busy)


@pytest.mark.parametrize(
    "kept",
    ["", "{", "[]", '{"order": 3, "sort": "ELSEWHERE", "widths": [1], "filters": 7}',
     '{"shown": ["WHO", 1, null, "GONE"], "hidden": ["WHO"], "widths": {"TAGS": "wide", "X": 1}}'],
)  # fmt: skip
def test_a_layout_that_is_no_longer_understood_is_left_out(
    qtbot: QtBot, six: ProspectsPage, kept: str
) -> None:
    fitcheck = six.context.fitcheck
    fitcheck.save_preferences(replace(fitcheck.preferences, list_layout=kept))
    again = ProspectsPage(six.context)
    qtbot.addWidget(again)
    assert again.query() == six.query()
    assert again.layout_.values() == six.layout_.values()


# Long lists


def test_a_long_list_is_gone_through_to_its_end_and_searched(
    qtbot: QtBot, six: ProspectsPage, fitcheck: FitCheck
) -> None:
    with (
        patch("ui.models.paging.SIZE", 2),
        patch("fitcheck.store.pages.SIZE", 2),
        patch("fitcheck.listing._ENOUGH", 3),
    ):
        six.refresh()
        QTest.keyClick(six.table, Key.Key_End)
        assert chosen(six) == [PEOPLE[-1]]
        six.refresh()
        assert chosen(six) == [PEOPLE[-1]], "who is at the end stays chosen, and in sight"
        for line in fitcheck.prospects():
            fitcheck._book.abouts.save(line.id, About(source="the harbour")).result()
        six.search.setFocus()
        QTest.keyClicks(six.search, "harb")
        qtbot.waitUntil(lambda: not six.finder.busy)
        assert six.count.text() == "6 prospects"
        assert sorted(names(six)) == sorted(PEOPLE)


def test_more_than_were_counted_is_said_until_they_are(qtbot: QtBot, six: ProspectsPage) -> None:
    with patch("fitcheck.listing._ENOUGH", 2):
        six.filters.restore({"met_at": "Chamber"})
        six.finder.look_now()
        assert six.count.text() == "More than 2 prospects"
        assert six.model.rowCount() == 2
        qtbot.waitUntil(lambda: six.count.text() == "3 prospects")
        assert names(six) == ["Ben", "Dora", "Fay"]
        six.finder.look_now()
        six.finder.count()
        assert six.model.rowCount() == 3
        assert not six.finder.busy


def test_the_chosen_ones_are_exported(
    six: ProspectsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "chosen.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    QTest.keyClick(six.table, Key.Key_Down)
    QTest.keyClick(six.table, Key.Key_Down, SHIFT)
    QTest.keyClick(six.window(), Key.Key_X, CONTROL | SHIFT)
    lines = target.read_text("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ['"Ben"', '"Cleo"']


def test_the_next_key_calls_off_what_is_being_looked_for(
    qtbot: QtBot, six: ProspectsPage, fitcheck: FitCheck
) -> None:
    asked: list[str] = []
    real = fitcheck.listing.look
    given_up = Event()

    def look(query: Query, chosen: int | None, *, whole: bool, wanted: Wanted) -> Found:
        asked.append(query.search)
        if query.search == "a":
            while wanted():
                given_up.wait(0.001)
            given_up.set()
            raise CalledOff
        return real(query, chosen, whole=whole, wanted=wanted)

    six.search.setFocus()
    with patch.object(fitcheck.listing, "look", look):
        QTest.keyClicks(six.search, "a")
        qtbot.waitUntil(lambda: asked == ["a"])
        assert names(six) == [*PEOPLE], "what is shown stays, and the window goes on"
        QTest.keyClicks(six.search, "n")
        qtbot.waitUntil(lambda: names(six) == ["Ann"])
    assert given_up.is_set()
    assert asked == ["a", "an"]
    assert not six.window().findChildren(MessageWindow), "and nobody is told of it"


def test_a_list_that_cannot_be_read_says_so(
    qtbot: QtBot, six: ProspectsPage, fitcheck: FitCheck
) -> None:
    fault = FitCheckError("The disk has gone.")
    with patch.object(fitcheck.listing, "look", side_effect=fault):
        QTest.keyClicks(six.search, "b")
        qtbot.waitUntil(lambda: bool(six.window().findChildren(MessageWindow)))
    (said,) = six.window().findChildren(MessageWindow)
    assert (said.message.happened, said.message.to_do) == (
        "The list couldn’t be read.",
        "The disk has gone.",
    )
    said.close()
    assert names(six) == [*PEOPLE]


def test_an_erased_person_is_on_no_cell_and_in_no_undo(
    six: ProspectsPage, fitcheck: FitCheck
) -> None:
    six.bulk.add_tag("once")
    line = six.model.line(0)
    window = six.window()
    assert isinstance(window, MainWindow)
    window.let_go_of(line.id)
    fitcheck.rights.erase(line.id)
    six.refresh()
    assert names(six) == [*PEOPLE[1:]]
    assert fitcheck.listing.tags() == {}
