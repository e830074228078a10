"""Dialogs open as large as they were left, and the window at no more than the screen has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.services import FitCheck
from ui.app import make_context
from ui.main_window import MainWindow
from ui.room import open_within
from ui.sizes import Sizes
from ui.widgets.column import open_at


@pytest.fixture
def sizes(qapp: QApplication) -> Iterator[Sizes]:
    kept = qapp.findChild(Sizes) or Sizes.of_application()
    kept.load("")
    yield kept
    kept.load("")


class _Dialog(QDialog):
    def __init__(self) -> None:
        super().__init__()
        open_at(self, 300, 200)


def _opened(qtbot: QtBot, resized: QSize | None = None) -> QSize:
    """The size at which the dialog opened; it was closed again at ``resized``."""
    dialog = _Dialog()
    qtbot.addWidget(dialog)
    dialog.show()
    opened = dialog.size()
    if resized is not None:
        dialog.resize(resized)
    dialog.close()
    return opened


def test_a_dialog_opens_as_large_as_it_was_left(qtbot: QtBot, sizes: Sizes) -> None:
    assert _opened(qtbot) == QSize(300, 200)
    assert sizes.text() == ""  # nobody has chosen anything
    _opened(qtbot, QSize(420, 310))
    assert _opened(qtbot) == QSize(420, 310)
    kept = sizes.text()
    sizes.load("")
    assert _opened(qtbot) == QSize(300, 200)
    sizes.load(kept)
    assert _opened(qtbot) == QSize(420, 310)


def test_a_dialog_is_never_larger_than_the_screen(qtbot: QtBot, sizes: Sizes) -> None:
    sizes.load('{"_Dialog": [9000, 9000]}')
    opened, room = _opened(qtbot), QApplication.primaryScreen().availableSize()
    assert opened.width() < room.width()
    assert opened.height() < room.height()


def test_whatever_was_kept_can_be_taken_up(sizes: Sizes) -> None:
    bad: tuple[object, ...] = (
        None,
        3,
        "x",
        [],
        [1],
        [1, 2, 3],
        ["1", "2"],
        [True, False],
        [1.5, 2],
        {"a": 1},
    )
    texts = [json.dumps({"_Dialog": value}) for value in bad]
    for text in ["{", "[]", "3", "null", '"x"', "\0", *texts]:
        sizes.load(text)
        assert sizes.text() == ""
    sizes.load(json.dumps({"_Dialog": [-5, 10**30], "other": None}))
    assert sizes.text() == '{"_Dialog": [0, 20000]}'


@pytest.mark.usefixtures("sizes")
def test_the_window_keeps_them_with_its_place(qtbot: QtBot, fitcheck: FitCheck) -> None:
    preferences = replace(fitcheck.preferences, dialogs='{"_Dialog": [333, 222]}')
    fitcheck.save_preferences(preferences)
    window = MainWindow(make_context(fitcheck))
    qtbot.addWidget(window)
    assert window.height() <= max(800, window.screen().availableSize().height())
    assert _opened(qtbot, QSize(410, 300)) == QSize(333, 222)
    window.keep_geometry()
    assert fitcheck.preferences.dialogs == '{"_Dialog": [410, 300]}'
    assert fitcheck.preferences.window
    window.context.close()


def test_the_first_window_can_be_seen_whole_with_its_frame(qtbot: QtBot) -> None:
    class Screen:
        def __init__(self, *size: int) -> None:
            self.availableSize = lambda: QSize(*size)

    class Window(QWidget):
        def screen(self) -> Screen:  # type: ignore[override]
            return screens[-1]

    window, screens = Window(), [Screen(1, 1)]
    qtbot.addWidget(window)
    for room, size in (
        ((1920, 1080), (1280, 800)),
        ((1280, 720), (1264, 676)),
        ((1366, 728), (1280, 684)),
        ((1093, 614), (1077, 570)),
    ):
        screens.append(Screen(*room))
        open_within(window)
        assert (window.width(), window.height()) == size
