"""Nobody there, or the machine slept: noticed at a keypress, a paint or a tick of the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QExposeEvent, QPointingDevice, QRegion, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import sessions
from tests.ui.sessions import Desk, when_there
from ui.dialogs.prospect import NewProspectDialog
from ui.idle import AHEAD, LATE, TICK

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    for made in sessions.desk(qtbot, qapp, folder):
        made.fill()
        made.unlock()
        # The test turns the clocks, and has them looked at.
        made.session.watch._timer.stop()
        yield made


def pass_time(desk: Desk, seconds: float) -> None:
    """Let time pass second by second, as it does for a machine that is awake."""
    while seconds > 0:
        step = min(seconds, TICK / 1000)
        desk.clocks.passed += step
        seconds -= step
        desk.session.watch.look()


def is_locking(desk: Desk) -> bool:
    return desk.session.front is not None


def _key(window: QWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Shift)


def _mouse(window: QWindow) -> None:
    QTest.mouseMove(window, QPoint(7, 9))
    QApplication.processEvents()


def _click(window: QWindow) -> None:
    QTest.mouseClick(window, Qt.MouseButton.RightButton, pos=QPoint(1, 1))


def _wheel(window: QWindow) -> None:
    here, turn = QPointF(9, 9), QPoint(0, -120)
    phase = Qt.ScrollPhase.NoScrollPhase
    none = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QWheelEvent(here, here, turn, turn, *none, phase, False))


def _touch(window: QWindow) -> None:
    device = QTest.createTouchDevice()
    assert isinstance(device, QPointingDevice)
    QTest.touchEvent(window, device).press(1, QPoint(9, 9)).commit()
    QTest.touchEvent(window, device).release(1, QPoint(9, 9)).commit()
    QApplication.processEvents()


@pytest.mark.parametrize("touch", [_key, _mouse, _click, _wheel, _touch])
def test_any_input_begins_the_wait_again(desk: Desk, touch: Callable[[QWindow], None]) -> None:
    native = desk.window.windowHandle()
    assert native is not None
    pass_time(desk, 4 * 60 - 1)
    touch(native)
    pass_time(desk, 4 * 60 - 1)
    assert not is_locking(desk)
    pass_time(desk, 1)
    assert is_locking(desk)
    desk.locked()


def test_the_wait_is_as_long_as_the_preference_says(desk: Desk) -> None:
    fitcheck = desk.window.context.fitcheck
    fitcheck.save_preferences(replace(fitcheck.preferences, lock_after=1))
    pass_time(desk, 59)
    assert not is_locking(desk)
    pass_time(desk, 1)
    assert is_locking(desk)


def test_nought_means_never(desk: Desk) -> None:
    fitcheck = desk.window.context.fitcheck
    fitcheck.save_preferences(replace(fitcheck.preferences, lock_after=0))
    pass_time(desk, 3600)
    assert not is_locking(desk)
    # But a machine that slept is locked all the same.
    desk.sleep()
    assert is_locking(desk)


def test_a_clock_that_drifts_is_no_sleep(desk: Desk) -> None:
    for _again in range(100):
        desk.clocks.slept += AHEAD * 0.9
        pass_time(desk, 1)
    assert not is_locking(desk)


def test_a_clock_put_back_is_no_sleep(desk: Desk) -> None:
    desk.clocks.slept -= 7200
    pass_time(desk, 1)
    assert not is_locking(desk)


def test_a_sleep_during_which_both_clocks_went_on_is_one(desk: Desk) -> None:
    # As on Windows.
    desk.clocks.passed += LATE + 1
    desk.session.watch.look()
    assert is_locking(desk)


def test_the_first_key_after_a_sleep_is_not_typed(desk: Desk) -> None:
    window = desk.window
    window.prospects.search.setFocus()
    native = window.windowHandle()
    assert native is not None
    desk.clocks.slept += 3600
    QTest.keyClick(native, Qt.Key.Key_A)
    assert is_locking(desk)
    desk.locked()
    assert desk.unlock().prospects.search.text() == ""


def test_nothing_is_painted_after_a_sleep_before_it_is_covered(desk: Desk) -> None:
    window = desk.window
    native = window.windowHandle()
    assert native is not None
    desk.clocks.slept += 3600
    painted: list[bool] = []
    window.paintEvent = lambda event: painted.append(bool(event))  # type: ignore[method-assign]
    QApplication.sendEvent(native, QExposeEvent(QRegion(0, 0, 10, 10)))
    assert is_locking(desk)
    assert painted == []
    assert not window.isVisible()


def test_it_goes_on_in_a_dialogs_own_event_loop(desk: Desk) -> None:
    watch = desk.session.watch
    watch._timer.setInterval(1)
    watch._timer.start()

    def let_sleep(_dialog: NewProspectDialog) -> None:
        desk.clocks.slept += 3600  # and nobody calls: the timer does

    when_there(NewProspectDialog, let_sleep)
    desk.window.prospects.acts.new_prospect()
    desk.locked()


def test_typing_in_a_dialog_is_somebody_there(desk: Desk) -> None:
    def type_for_long(dialog: NewProspectDialog) -> None:
        native = dialog.windowHandle()
        assert native is not None
        desk.session.watch.look()
        for _again in range(3):
            pass_time(desk, 4 * 60 - 1)
            QTest.keyClick(native, Qt.Key.Key_A)
        assert not is_locking(desk)
        pass_time(desk, 4 * 60)
        assert is_locking(desk)

    when_there(NewProspectDialog, type_for_long)
    desk.window.prospects.acts.new_prospect()
    desk.locked()


def test_ctrl_l_locks_in_a_dialog_too(desk: Desk) -> None:
    def press(dialog: NewProspectDialog) -> None:
        native = dialog.windowHandle()
        assert native is not None
        desk.session.watch.look()
        QTest.keyClick(native, Qt.Key.Key_L, CONTROL)
        assert is_locking(desk)

    when_there(NewProspectDialog, press)
    desk.window.prospects.acts.new_prospect()
    desk.locked()


def test_while_locked_nothing_is_watched(desk: Desk) -> None:
    desk.session.lock()
    desk.locked()
    front = desk.session.front
    desk.sleep()
    pass_time(desk, 3600)
    assert desk.session.front is front
    assert not desk.session.watch.eventFilter(desk.session, QEvent(QEvent.Type.KeyPress))
