"""Garbage that holds widgets is collected on the window's thread, whoever made it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.collecting import Collector


class Knot:
    """Holds itself, so that only the collector finds it; says on which thread it went."""

    def __init__(self, went: list[threading.Thread]) -> None:
        self.me = self
        self._went = went

    def __del__(self) -> None:
        self._went.append(threading.current_thread())


@pytest.fixture
def collector() -> Iterator[Collector]:
    made = Collector()
    made.start()
    yield made
    made.stop()
    gc.disable()  # as it is for every test with a window
    gc.unfreeze()


def litter(went: list[threading.Thread]) -> None:
    for _count in range(3 * gc.get_threshold()[0]):
        Knot(went)


def test_another_thread_makes_garbage_and_the_windows_thread_collects_it(
    qtbot: QtBot, collector: Collector
) -> None:
    collector.look()
    went: list[threading.Thread] = []
    other = threading.Thread(target=litter, args=[went])
    other.start()
    other.join()
    assert went == []
    qtbot.waitUntil(lambda: bool(went))
    assert set(went) == {threading.main_thread()}


def test_python_collects_by_itself_again_when_it_is_stopped(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
