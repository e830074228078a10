"""Every action and every prospect by typing (Ctrl+K), and never a name where it isn't for eyes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.listed import ProspectLine
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from ui.dialogs.keys import KeysDialog
from ui.dialogs.palette import Chosen, PaletteDialog
from ui.dialogs.prospect import NewProspectDialog
from ui.dialogs.protection import ProtectDialog
from ui.main_window import MainWindow
from ui.palette.entries import Entry, entries
from ui.palette.matching import Fit, fit, plain
from ui.theme import make_theme

GAP = 8
"""Pixels between letters and between words, at most."""
CONTROL = Qt.KeyboardModifier.ControlModifier
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


def made(qtbot: QtBot, window: MainWindow) -> PaletteDialog:
    dialog = PaletteDialog(window, window.context, entries(window), page=window.page_name)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def typed(qtbot: QtBot, dialog: PaletteDialog, text: str) -> list[str]:
    """What is shown once ``text`` has been looked for."""
    dialog.field.setText(text)
    qtbot.waitUntil(lambda: not dialog.busy)
    return [row.name for row in dialog.model.rows]


def fill(fitcheck: FitCheck, number: int) -> None:
    for each in range(number):
        fitcheck.add_prospect(Prospect(f"Zelda {each:03}", "Zephyr Ltd"))


def drawn(dialog: PaletteDialog) -> list[tuple[int, int]]:
    """From where to where something stands in the first line, seen from where a line begins."""
    image = dialog.found.viewport().grab().toImage()
    place = dialog.found.visualRect(dialog.model.index(0, 0))
    ground = image.pixel(place.center().x(), place.top() + 1)
    parts: list[tuple[int, int]] = []
    for x in range(place.left(), place.right() + 1):
        if any(image.pixel(x, y) != ground for y in range(place.top() + 2, place.bottom() - 2)):
            begun = parts.pop()[0] if parts and x - parts[-1][1] < GAP else x
            parts.append((begun, x))
    if dialog.layoutDirection() is Qt.LayoutDirection.LeftToRight:
        return [(begin - place.left(), end - place.left()) for begin, end in parts]
    return [(place.right() - end, place.right() - begin) for begin, end in reversed(parts)]


def test_a_line_is_the_other_way_round_where_one_reads_from_right_to_left(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = made(qtbot, window)
    typed(qtbot, dialog, "new pros")
    here = drawn(dialog)
    assert len(here) == 4  # the mark, the name, where it is, the key
    dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for part, mirrored in zip(here, drawn(dialog), strict=True):
        assert part == pytest.approx(mirrored, abs=2)


def test_a_look_that_changes_meanwhile_is_drawn_at_once(qtbot: QtBot, window: MainWindow) -> None:
    dialog = made(qtbot, window)

    def lightness() -> float:
        image = dialog.found.viewport().grab().toImage()
        place = dialog.found.visualRect(dialog.model.index(0, 0))
        return image.pixelColor(place.right() - 1, place.top() + 1).lightnessF()

    assert lightness() > 0.5
    window.context.theme = make_theme(dark=True)
    assert lightness() < 0.5, "the mark of the line, in the look that came while it was open"


# How well it fits


@pytest.mark.parametrize(
    ("wanted", "name", "fits"),
    [
        ("new", "New prospect", Fit.WHOLE),
        ("pros", "New prospect", Fit.WORDS),
        ("pros ne", "New prospect", Fit.WORDS),
        ("file new", "New prospect", Fit.AROUND),
        ("ctrl+n", "New prospect", Fit.AROUND),
        ("spect", "New prospect", Fit.WITHIN),
        ("nwp", "New prospect", Fit.LETTERS),
        ("np", "New prospect", Fit.LETTERS),
        ("pn", "New prospect", None),
        ("q", "New prospect", None),
        ("agnes", "Ágnès O’Hara", Fit.WHOLE),
        ("ohara", "Ágnès O’Hara", Fit.WORDS),
    ],
)
def test_what_is_typed_fits_by_the_beginnings_of_words_and_then_more_loosely(
    wanted: str, name: str, fits: Fit | None
) -> None:
    assert fit(plain(wanted), plain(name), plain("File Ctrl+N")) is fits


# Everything is there


def test_every_action_of_the_menus_and_of_the_pages_is_offered_with_its_key(
    window: MainWindow, fitcheck: FitCheck
) -> None:
    window.open_assessment(fitcheck.add_assessment(load_demo()[0]))
    of_menus = {
        action
        for menu in window.menus.findChildren(QMenu)
        for action in menu.actions()
        if not action.isSeparator()
    }
    of_pages = {action for name in window.pages for action in window.pages[name].actions()}
    assert len(of_menus) > 40
    assert len(of_pages) > 100
    of_settings = {*window.settings.offers(), *window.settings.headings()}
    offered = {entry.action: entry for entry in entries(window)}
    assert offered.keys() == (of_menus | of_pages | of_settings) - {window.menus.anything}
    for action, entry in offered.items():
        assert entry.name
        assert entry.where
        assert bool(entry.key) is bool(action.shortcuts())


def test_every_button_of_the_settings_is_offered_and_every_heading_leads_there(
    qtbot: QtBot, window: MainWindow, when_asked: WhenAsked
) -> None:
    settings = window.settings
    offered = {entry.name: entry for entry in entries(window) if entry.where == "Settings"}
    buttons = {
        (each.accessibleName() or each.text()).replace("&", "").removesuffix("…")
        for each in settings.findChildren(QPushButton)
        if each.isVisibleTo(settings) and each.text()  # and isn’t a mere sign
    }
    assert "Import questions" in buttons
    assert buttons <= offered.keys()
    assert "Change the passphrase" not in offered, "of a book that isn’t protected"
    dialog = made(qtbot, window)
    typed(qtbot, dialog, "language")
    found = next(row for row in dialog.model.rows if row.name == "Language")
    assert isinstance(found.what, Entry)
    found.what.action.trigger()
    assert window.page_name == "settings"
    language = settings.language
    qtbot.waitUntil(lambda: not language.visibleRegion().isEmpty())
    focus = window.focusWidget()
    assert focus is not None
    assert language.isAncestorOf(focus)
    asked: list[str] = []

    def see(dialog: ProtectDialog) -> None:
        asked.append(dialog.windowTitle())
        dialog.reject()

    when_asked(ProtectDialog, see)
    offered["Protect this book"].action.trigger()
    assert len(asked) == 1


def test_what_cant_be_done_comes_last_and_says_why(qtbot: QtBot, window: MainWindow) -> None:
    dialog = made(qtbot, window)
    assert typed(qtbot, dialog, "verdict")
    rows = [row for row in dialog.model.rows if row.name == "Verdict"]
    assert [(row.enabled, row.note) for row in rows] == [(False, "Open an assessment first")]
    enabled = [row.enabled for row in dialog.model.rows]
    assert enabled == sorted(enabled, reverse=True)
    typed(qtbot, dialog, "edit prospect")
    assert dialog.current is None
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.chosen is None
    assert typed(qtbot, dialog, "xyzzy") == []
    assert dialog.hint.text() == "Nothing fits."


# By keys


def test_it_opens_over_a_field_that_is_typed_in_and_enter_does_what_is_marked(
    window: MainWindow, when_asked: WhenAsked
) -> None:
    window.prospects.search.setFocus()

    def ask(dialog: PaletteDialog) -> None:
        assert QApplication.focusWidget() is dialog.field
        QTest.keyClicks(dialog.field, "new pros")
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    asked: list[str] = []

    def see(dialog: NewProspectDialog) -> None:
        asked.append(dialog.windowTitle())
        dialog.reject()

    when_asked(PaletteDialog, ask)
    when_asked(NewProspectDialog, see)
    QTest.keyClick(window.prospects.search, Qt.Key.Key_K, CONTROL)
    assert len(asked) == 1
    # What was done last comes first the next time.
    first: list[str] = []

    def again(dialog: PaletteDialog) -> None:
        first.append(dialog.model.rows[0].name)
        QTest.keyClick(dialog.field, Qt.Key.Key_Escape)

    when_asked(PaletteDialog, again)
    window.menus.anything.trigger()
    assert first == ["New prospect"]


def test_the_arrows_and_pages_move_while_one_types(qtbot: QtBot, window: MainWindow) -> None:
    dialog = made(qtbot, window)
    rows = [dialog.found.currentIndex().row()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
        QTest.keyClick(dialog.field, key)
        rows.append(dialog.found.currentIndex().row())
    assert rows[:4] == [0, 1, 2, 1]
    assert rows[4] > 4
    QTest.keyClick(dialog.field, Qt.Key.Key_PageUp)
    assert dialog.found.currentIndex().row() < rows[4]
    assert dialog.focusWidget() is dialog.field


def test_an_action_of_another_page_is_done_there_and_never_unseen(
    qtbot: QtBot, window: MainWindow, when_asked: WhenAsked
) -> None:
    shown: list[tuple[str, str, str]] = []

    def note_down(dialog: PaletteDialog) -> PaletteDialog:
        current = dialog.current
        assert current is not None
        shown.append((window.page_name, current.name, dialog.hint.text()))
        return dialog

    def go(dialog: PaletteDialog) -> None:
        typed(qtbot, dialog, "the quarter before")
        note_down(dialog)
        when_asked(PaletteDialog, lambda again: note_down(again).reject())
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    when_asked(PaletteDialog, go)
    window.menus.anything.trigger()
    (page, name, hint), (after, marked, then) = shown
    assert (page, after) == ("prospects", "quarter")
    assert name == marked
    assert hint.startswith("Enter shows that page first")
    assert then == "Enter does it."


# Prospects


def test_a_prospect_is_shown_in_the_list_or_opened_whatever_is_filtered(
    window: MainWindow, fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    ada = fitcheck.add_prospect(Prospect("Ada Bell", "Bell & Sons", "Founder"))
    begun = fitcheck.begin_assessment(ada, Form.FULL)
    fitcheck.add_prospect(Prospect("Tom Reyes"))
    window.prospects.search.setText("Tom")
    window.prospects.filters.tag = "nobody has it"
    window.show_page("settings")

    def choose(key: Qt.KeyboardModifier) -> Callable[[PaletteDialog], None]:
        def act(dialog: PaletteDialog) -> None:
            QTest.keyClicks(dialog.field, "bell ad")
            # At once, while they are still being looked for.
            QTest.keyClick(dialog.field, Qt.Key.Key_Return, key)

        return act

    when_asked(PaletteDialog, choose(Qt.KeyboardModifier.NoModifier))
    window.menus.anything.trigger()
    assert window.page_name == "prospects"
    line = window.prospects.current()
    assert line is not None
    assert line.id == ada
    when_asked(PaletteDialog, choose(CONTROL))
    window.menus.anything.trigger()
    assert window.page_name == "interview"
    assert window.interview is not None
    assert window.interview.id == begun


def test_more_prospects_come_as_one_goes_on_and_each_comes_once(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
) -> None:
    fill(fitcheck, 70)
    dialog = made(qtbot, window)
    assert len(typed(qtbot, dialog, "zelda")) == 50
    assert dialog.model.rows[0].where == "Zephyr Ltd"
    current = dialog.current
    assert current is not None
    dialog.model.fetchMore(dialog.found.rootIndex())
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 70)
    assert not dialog.model.canFetchMore(dialog.found.rootIndex())
    assert dialog.current is current
    assert len({row.name for row in dialog.model.rows}) == 70


def test_who_types_isnt_held_up_by_who_is_looked_for(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitcheck.add_prospect(Prospect("Ada Bell"))
    listing, look = fitcheck.listing, fitcheck.listing.look
    on: list[threading.Thread] = []
    go_on = threading.Event()

    def slow(*arguments: Any, **options: Any) -> Any:
        on.append(threading.current_thread())
        go_on.wait(20)
        return look(*arguments, **options)

    monkeypatch.setattr(listing, "look", slow)
    dialog = made(qtbot, window)
    before = dialog.model.rowCount()
    QTest.keyClicks(dialog.field, "ada")
    assert dialog.busy
    assert dialog.model.rowCount() == before
    go_on.set()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert "Ada Bell" in [row.name for row in dialog.model.rows]
    assert threading.main_thread() not in on


def test_actions_are_there_though_the_list_cant_be_read(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise OSError

    monkeypatch.setattr(fitcheck.listing, "look", broken)
    dialog = made(qtbot, window)
    assert "Backups" in typed(qtbot, dialog, "backups")
    assert dialog.hint.text() == "The list of prospects couldn’t be read."


def test_what_was_chosen_says_no_name_in_its_repr(fitcheck: FitCheck) -> None:
    fitcheck.add_prospect(Prospect("Ada Bell"))
    line = fitcheck.prospects()[0]
    assert isinstance(line, ProspectLine)
    assert "Ada" not in repr(Chosen(line, "Ada"))


# Not for their eyes


def test_it_stays_shut_while_the_interview_is_quiet(window: MainWindow, fitcheck: FitCheck) -> None:
    prospect = fitcheck.add_prospect(Prospect("Ada Bell"))
    window.open_assessment(fitcheck.begin_assessment(prospect, Form.EVENT))
    page = window.pages["interview"]
    QTest.keyClick(page, Qt.Key.Key_K, CONTROL)
    assert QApplication.activeModalWidget() is None
    assert window.findChildren(PaletteDialog) == []


def test_the_overview_of_the_keys_names_it_and_opens_by_a_question_mark(
    window: MainWindow,
) -> None:
    window.prospects.new_button.setFocus()
    QTest.keyClick(window.prospects.new_button, Qt.Key.Key_Question)
    dialog = window.findChild(KeysDialog)
    assert dialog is not None
    named = [name for _title, rows in window.helping.overview() for name, _keys in rows]
    assert "Find or do anything" in named
    dialog.close()


def test_a_question_mark_in_a_field_is_a_question_mark(
    window: MainWindow, fitcheck: FitCheck
) -> None:
    fitcheck.add_prospect(Prospect("Ada Bell"))
    window.prospects.enter()
    window.prospects.search.setFocus()
    QTest.keyClicks(window.prospects.search, "a?")
    assert window.prospects.search.text() == "a?"
    assert window.findChild(KeysDialog) is None


def test_entries_tell_on_which_page_they_act(window: MainWindow) -> None:
    found = {entry.action: entry for entry in entries(window)}
    assert found[window.prospects.actions_of_prospect[0]].page == "prospects"
    assert found[window.menus.quit].page == ""
    answers = [e.name for e in found.values() if e.page == "interview"]
    assert "Answer 1" in answers
