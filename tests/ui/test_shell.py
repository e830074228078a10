"""The window: going about by keys, what is in hand, what is saved, what is said of faults."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.listed import Phase
from fitcheck.exchange.demo import load_demo
from fitcheck.interview import SaveState
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from tests.ui.looking import look_until
from tests.ui.protected import said_by
from tests.ui.test_reachable import KEPT
from ui import app as composition
from ui import messages
from ui.context import Context
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.keys import KeysDialog
from ui.dialogs.prospect import EditProspectDialog, NewProspectDialog
from ui.main_window import MainWindow
from ui.pages.rescue import RescuePage
from ui.theme import make_theme
from ui.widgets.sidebar import NEED_ASSESSMENT, PAGES

CONTROL = Qt.KeyboardModifier.ControlModifier
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]
_DIGITS = [Qt.Key(Qt.Key.Key_1.value + place) for place in range(9)]


@pytest.fixture
def begun(fitcheck: FitCheck) -> int:
    """An assessment that has just been begun."""
    return fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada Bell")), Form.FULL)


# Going about


def test_no_page_leaves_a_widget_behind_that_belongs_to_nobody(
    fitcheck: FitCheck, request: pytest.FixtureRequest
) -> None:
    def alone() -> set[QWidget]:
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        return {widget for widget in QApplication.topLevelWidgets() if widget.parent() is None}

    before = alone()
    window: MainWindow = request.getfixturevalue("window")
    finished = fitcheck.add_assessment(load_demo()[0])
    unfinished = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada Bell")), Form.FULL)
    for id_ in (finished, unfinished):
        window.open_assessment(id_)
        for name in window.pages:
            window.pages[name]
            window.show_page(name)
    left = [(each.metaObject().className(), each.accessibleName()) for each in alone() - before]
    assert left == [("MainWindow", "")]


def test_the_book_is_shown_first_and_nobody_is_in_hand(window: MainWindow) -> None:
    assert window.page_name == "prospects"
    assert window.windowTitle() == "FitCheck"
    for name in PAGES:
        assert window.sidebar.buttons[name].isEnabled() is (name not in NEED_ASSESSMENT)
        assert window.menus.go[name].isEnabled() is (name not in NEED_ASSESSMENT)


def test_pages_that_need_an_assessment_stay_shut_without_one(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    window.show_page("verdict")
    assert window.page_name == "prospects"
    assert window.sidebar.buttons["prospects"].isChecked()


def test_an_assessment_opens_its_interview_and_names_the_window(
    window: MainWindow, begun: int
) -> None:
    window.prospects.open_assessment.emit(begun)
    assert window.page_name == "interview"
    assert window.windowTitle() == "Ada Bell – FitCheck"
    assert window.interview is not None
    assert window.interview.id == begun


def test_a_finished_assessment_opens_its_verdict(window: MainWindow, fitcheck: FitCheck) -> None:
    window.open_assessment(fitcheck.add_assessment(load_demo()[0]))
    assert window.page_name == "verdict"


def test_the_keys_lead_to_every_page(window: MainWindow, begun: int) -> None:
    window.open_assessment(begun)
    for key, name in zip(_DIGITS, PAGES, strict=True):
        QTest.keyClick(window, key, CONTROL)
        assert window.page_name == name
        assert window.stack.currentWidget() is window.pages[name]
        assert window.sidebar.buttons[name].isChecked()


def test_the_sidebar_leads_to_every_page(window: MainWindow, begun: int) -> None:
    window.open_assessment(begun)
    for name, button in window.sidebar.buttons.items():
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.page_name == name


def test_a_page_is_made_when_it_is_wanted_and_the_others_when_there_is_time(
    qtbot: QtBot, window: MainWindow, begun: int
) -> None:
    assert list(window.pages.made) == ["prospects"]
    window.open_assessment(begun)
    assert list(window.pages.made) == ["prospects", "interview"]
    window.show_page("verdict")
    made_late = window.pages["verdict"]
    assert made_late.isVisible()
    window.pages.make_ahead()
    qtbot.waitUntil(lambda: sorted(window.pages.made) == sorted(window.pages))
    assert window.pages["verdict"] is made_late
    assert window.page_name == "verdict"
    with pytest.raises(KeyError):
        _page = window.pages["nowhere"]


def test_a_page_that_wont_be_left_stays(
    window: MainWindow, begun: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.pages["settings"], "leave", lambda: False)
    window.show_page("settings")
    window.show_page("prospects")
    window.open_assessment(begun)
    assert window.page_name == "settings"
    assert window.sidebar.buttons["settings"].isChecked()
    assert window.interview is None
    assert not window.close()
    monkeypatch.undo()


def test_settings_have_their_own_key_too(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Comma, CONTROL)
    assert window.page_name == "settings"


def test_every_action_of_the_menus_has_a_name_and_no_key_serves_two(window: MainWindow) -> None:
    actions = [
        action
        for menu in window.menus.findChildren(QMenu)
        for action in menu.actions()
        if not action.isSeparator() and action.menu() is None
    ]
    assert len(actions) >= 15
    assert all(action.text().strip("&…") for action in actions)
    keys = [keys.toString() for action in set(actions) for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_the_keyboard_overview_tells_every_key(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Slash, CONTROL)
    dialog = window.findChild(KeysDialog)
    assert dialog is not None
    assert not dialog.isModal()
    told = " ".join(text for text in _texts(dialog))
    for words in ("New prospect", "Ctrl+N", "Ctrl+9", "Don’t know yet", "Backspace"):
        assert words in told
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


# Saved or not


class _Stuck:
    """A journal whose writes the test lets succeed or fail."""

    def __init__(self) -> None:
        self.writes: list[Future[None]] = []

    def __getattr__(self, name: str) -> Callable[..., Future[None]]:
        def write(*_arguments: object) -> Future[None]:
            self.writes.append(Future())
            return self.writes[-1]

        return write


def test_the_save_mark_follows_the_disk(qtbot: QtBot, window: MainWindow, begun: int) -> None:
    window.open_assessment(begun)
    interview = window.interview
    assert interview is not None
    journal = _Stuck()
    interview._journal = journal
    interview.set_value(interview.question.id, 3)
    qtbot.waitUntil(lambda: window.save_mark.text() == "saving…")
    journal.writes[0].set_result(None)
    qtbot.waitUntil(lambda: window.save_mark.text() == "saved")


def test_the_list_catches_up_with_a_write_that_was_still_under_way(
    qtbot: QtBot, window: MainWindow, begun: int
) -> None:
    window.open_assessment(begun)
    assert window.interview is not None
    window.interview.set_value("opener", 3)
    window.show_page("prospects")  # at once, while the writer may still be busy
    model = window.prospects.model

    def progress() -> str:
        return "|".join(str(model.index(0, column).data()) for column in range(model.columnCount()))

    qtbot.waitUntil(lambda: "1 of 36" in progress())


def test_closing_waits_until_all_is_written(window: MainWindow, folder: Path, begun: int) -> None:
    window.open_assessment(begun)
    interview = window.interview
    assert interview is not None
    for question in interview.questions:
        interview.set_value(question.id, 4)
    assert window.close()
    again = FitCheck.open(folder)
    answers = again.interview(begun).assessment.answers
    again.close()
    assert len(answers) == len(interview.questions)


def test_what_is_typed_is_kept_when_the_window_closes(window: MainWindow, folder: Path) -> None:
    window.show_page("settings")
    window.settings.profile.fields["name"].setText("")
    window.settings.profile.fields["name"].insert("Ines Calder")
    window.settings.profile.fields["name"].textEdited.emit("Ines Calder")
    assert window.close()
    again = FitCheck.open(folder)
    assert again.preferences.profile.name == "Ines Calder"
    again.close()


def test_the_window_comes_back_where_it_stood(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    window.resize(790, 700)
    assert window.close()
    again = FitCheck.open(folder)
    second = MainWindow(composition.make_context(again))
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (790, 700)
    second.close()


# The look


def test_a_look_from_the_menu_is_put_on_and_kept(
    window: MainWindow, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    for name in window.pages:
        monkeypatch.setattr(window.pages[name], "restyle", lambda name=name: told.append(name))
    window.menus.looks[Look.DARK].trigger()
    assert context.theme == make_theme(context.fitcheck.preferences.profile.accent, dark=True)
    assert context.fitcheck.preferences.look is Look.DARK
    assert window.settings.look.value is Look.DARK
    assert sorted(told) == sorted(window.pages)
    monkeypatch.undo()
    window.menus.looks[Look.LIGHT].trigger()
    assert not context.theme.dark


def test_every_page_is_drawn_on_the_themes_ground_in_both_looks(
    window: MainWindow, begun: int
) -> None:
    window.open_assessment(begun)
    for look in (Look.DARK, Look.LIGHT):
        window.menus.looks[look].trigger()
        for name in window.pages:
            window.show_page(name)
            QApplication.processEvents()
            picture = window.grab().toImage()
            corner = picture.pixelColor(window.sidebar.width() + 4, picture.height() // 2)
            assert corner == QColor(window.context.theme.window), (name, look)


# For everyone


def test_every_control_has_an_accessible_name(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
) -> None:
    nameless = _nameless(window)
    fitcheck.add_assessment(load_demo()[0])
    window.prospects.enter()
    half = fitcheck.add_assessment(load_demo()[1], finished=False)
    for assessment in (fitcheck.prospects(phase=Phase.OPEN)[0].latest, None):
        if assessment is not None:
            assert assessment.id == half
            window.open_assessment(assessment.id)
        for name in window.pages:
            window.show_page(name)
            qtbot.waitUntil(lambda: not window.context.busy)
            nameless += [f"{name}: {what}" for what in _nameless(window)]
    prospect = Prospect("Ada Bell")
    for dialog in (
        NewProspectDialog(window),
        EditProspectDialog(window, prospect, KEPT),
        ConfirmDialog(window, "Close?", "Nothing is lost.", "Close"),
        messages.MessageWindow(messages.Message("It rains", details="cats, dogs"), window),
        KeysDialog(window, window.helping.overview()),
    ):
        qtbot.addWidget(dialog)
        dialog.show()
        nameless += [f"{type(dialog).__name__}: {what}" for what in _nameless(dialog)]
        dialog.close()
    assert nameless == []


def _nameless(root: QWidget) -> list[str]:
    """The visible widgets that keys can reach and that a screen reader couldn't name."""
    found = []
    for widget in root.findChildren(QWidget):
        # A calendar and the like are Qt's own insides, spoken as parts of what they belong to.
        inside = widget.objectName().startswith("qt_")
        if inside or not widget.isVisibleTo(root) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if widget.focusProxy() is not None or not widget.isEnabled():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


# What went wrong


def test_a_book_that_cant_be_opened_is_explained_and_left_alone(folder: Path) -> None:
    FitCheck.open(folder).close()
    key = next(folder.glob("*.key"))
    key.unlink()
    before = {path: path.read_bytes() for path in folder.iterdir()}
    seen: list[str] = []

    def read() -> bool:
        for page in QApplication.allWidgets():
            if isinstance(page, RescuePage) and page.again_button.isEnabled():
                seen.append(said_by(page))
                page.quit_button.click()
                return True
        return False

    look_until(read, "what is amiss")
    assert composition.run(folder) == 0
    assert "The key to your book is lost" in seen[0]
    assert str(key) in seen[0]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_program_runs_and_ends_with_its_window(folder: Path, qapp: QApplication) -> None:
    seen: list[int] = []

    def close(tries: int = 0) -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.isVisible():
                seen.append(window.prospects.model.rowCount())
                window.close()
                return
        if tries < 400:
            QTimer.singleShot(10, lambda: close(tries + 1))

    hook = sys.excepthook
    QTimer.singleShot(0, close)
    assert composition.run(folder, demonstration=True) == 0
    assert seen == [8]
    assert sys.excepthook is hook
    assert qapp.desktopFileName() == "fitcheck"


def test_the_details_of_a_fault_can_be_copied(qtbot: QtBot) -> None:
    dialog = messages.MessageWindow(messages.of_error(RuntimeError("loose"), "It failed."))
    qtbot.addWidget(dialog)
    dialog._copy()
    assert "RuntimeError" in QApplication.clipboard().text()
    # Its words may be somebody's.
    assert "loose" not in QApplication.clipboard().text()


def test_what_a_user_can_mend_shows_no_details() -> None:
    which = messages.of_error(FileNotFoundError(2, "No such file or directory", "/a/b.pdf"), "No.")
    assert which.to_do == "b.pdf: No such file or directory"
    told = messages.of_error(PermissionError(13, "Permission denied"), "Not saved.", "All else is.")
    assert told == messages.Message("Not saved.", "All else is.", "Permission denied")


def test_a_dialogs_safe_answer_is_the_default(when_asked: WhenAsked) -> None:
    when_asked(ConfirmDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    assert ConfirmDialog.ask(None, "Close?", "Something is lost.", "Close") is False


def test_saved_words_are_whole() -> None:
    from ui.widgets.save_mark import _WORDS

    assert set(_WORDS) == set(SaveState)


def _texts(dialog: QDialog) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in dialog.findChildren(QLabel)]
