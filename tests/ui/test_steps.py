"""Computations in idle time: in slices, given up by the next, and never silent about a fault."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.domain.steps import Steps
from ui.steps import SLICE, IdleSteps


class Clock:
    """Every look at it is a millisecond later."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def counting(to: int, seen: list[int]) -> Steps[str]:
    for number in range(to):
        seen.append(number)
        yield
    return "done"


@pytest.fixture
def owner() -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()


def test_the_result_comes_by_signal_and_never_at_once(qtbot: QtBot, owner: QObject) -> None:
    seen: list[int] = []
    idle = IdleSteps(owner)
    with qtbot.waitSignal(idle.done) as done:
        idle.run(counting(3, seen))
        assert seen == []
        assert idle.running
    assert done.args == ["done"]
    assert seen == [0, 1, 2]
    assert not idle.running


def test_the_event_loop_has_its_turn_after_every_slice(qtbot: QtBot, owner: QObject) -> None:
    seen: list[int] = []
    turns: list[int] = []
    idle = IdleSteps(owner, Clock())
    ticking = QTimer(owner)
    ticking.timeout.connect(lambda: turns.append(len(seen)))
    ticking.start(0)
    with qtbot.waitSignal(idle.done):
        idle.run(counting(40, seen))
    per_slice = round(SLICE / 0.001)
    steps = [after - before for before, after in pairwise(turns)]
    assert 0 < max(steps) <= per_slice
    assert len([step for step in steps if step]) >= 40 // per_slice


def test_the_next_one_takes_the_place_of_the_one_that_runs(qtbot: QtBot, owner: QObject) -> None:
    results: list[object] = []
    closed: list[bool] = []

    def endless() -> Steps[str]:
        try:
            while True:
                yield
        finally:
            closed.append(True)

    idle = IdleSteps(owner)
    idle.done.connect(results.append)
    first = endless()
    idle.run(first)
    next(first)
    with qtbot.waitSignal(idle.done):
        idle.run(counting(2, []))
    assert results == ["done"]
    assert closed == [True]


def test_what_is_given_up_says_nothing(owner: QObject) -> None:
    seen: list[int] = []
    idle = IdleSteps(owner)
    idle.run(counting(1, seen))
    idle.cancel()
    idle.cancel()
    for _turn in range(3):
        QApplication.processEvents()
    assert seen == []


def test_an_owner_that_goes_takes_it_along(qtbot: QtBot) -> None:
    seen: list[int] = []
    owner = QObject()
    IdleSteps(owner).run(counting(1, seen))
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    # Whatever was due to run would have run in these turns of the event loop.
    for _turn in range(3):
        QApplication.processEvents()
    assert seen == []


def test_a_fault_reaches_the_application_and_ends_it(qtbot: QtBot, owner: QObject) -> None:
    def faulty() -> Steps[str]:
        yield
        raise ZeroDivisionError

    idle = IdleSteps(owner)
    with qtbot.captureExceptions() as caught:
        idle.run(faulty())
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    assert not idle.running
    with qtbot.waitSignal(idle.done):
        idle.run(counting(1, []))
