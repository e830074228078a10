"""The outbox over a journal whose answers are the test’s: order, nothing twice, none false."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from fitcheck.saving import Outbox, SaveState, Turn, worth_retrying
from fitcheck.store.errors import AlreadyOpen, DiskRefused

NOWHERE = Path("nowhere")
FULL = DiskRefused(NOWHERE, "full")


class Disk:
    """Takes writes in their order, as the store's writer does; ``log`` is what it holds."""

    def __init__(self) -> None:
        self.queue: list[tuple[str, Turn, Future[None]]] = []
        self.log: list[str] = []

    def send(self, name: str, turn: Turn) -> Future[None]:
        future: Future[None] = Future()
        self.queue.append((name, turn, future))
        return future

    def work(self, error: Exception | None = None, *, after_all: bool = False) -> None:
        """Do the next write, or refuse it; with ``after_all`` only once it has been committed."""
        name, turn, future = self.queue.pop(0)
        if turn.after is not None and turn.after.exception() is not None:
            future.set_exception(RuntimeError("held back"))
            return
        there = turn.again and self.log[-1:] == [name]
        if (error is None or after_all) and not there:
            self.log.append(name)
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)

    def work_all(self) -> None:
        while self.queue:
            self.work()


class Box:
    """An outbox over a disk, and what it said."""

    def __init__(self) -> None:
        self.disk = Disk()
        self.heard: list[tuple[SaveState, BaseException | None]] = []
        self.outbox = Outbox(lambda state, error: self.heard.append((state, error)))

    def put(self, name: str) -> None:
        self.outbox.put(lambda turn: self.disk.send(name, turn))

    @property
    def states(self) -> list[SaveState]:
        return [state for state, _error in self.heard]


def test_what_failed_and_all_behind_it_is_sent_again_in_order() -> None:
    box = Box()
    for name in "abcd":
        box.put(name)
    box.disk.work()
    box.disk.work(FULL)
    box.disk.work_all()
    assert box.disk.log == ["a"]
    assert box.heard[4:] == [(SaveState.FAILED, FULL)]
    assert (box.outbox.waiting, box.outbox.failure) == (3, FULL)
    box.outbox.retry()
    box.disk.work_all()
    assert box.disk.log == list("abcd")
    assert box.heard[5:] == [(SaveState.SAVED, None)]
    assert (box.outbox.waiting, box.outbox.failure) == (0, None)
    box.outbox.retry()
    assert not box.disk.queue


def test_a_further_change_is_a_retry_and_comes_last() -> None:
    box = Box()
    box.put("a")
    box.disk.work(FULL)
    box.put("b")
    assert [name for name, _turn, _future in box.disk.queue] == ["a", "b"]
    assert SaveState.SAVING not in box.states[1:], "it is still not saved"
    box.disk.work_all()
    assert box.disk.log == ["a", "b"]


def test_what_is_put_in_while_others_come_back_waits_behind_them() -> None:
    box = Box()
    for name in "abc":
        box.put(name)
    box.disk.work(FULL)
    box.put("d")
    box.outbox.retry()
    assert [name for name, _turn, _future in box.disk.queue] == ["b", "c"]
    box.disk.work_all()
    assert box.disk.log == []
    box.outbox.retry()
    box.disk.work_all()
    assert box.disk.log == list("abcd")


def test_what_the_disk_has_although_it_said_no_is_not_written_twice() -> None:
    box = Box()
    box.put("a")
    box.disk.work(FULL, after_all=True)
    box.outbox.retry()
    box.disk.work_all()
    assert box.disk.log == ["a"]
    assert box.states == [SaveState.SAVING, SaveState.FAILED, SaveState.SAVED]


def test_settling_waits_for_what_is_under_way() -> None:
    box = Box()
    box.outbox.settle()
    box.put("a")
    box.put("b")
    waiting = Thread(target=box.outbox.settle)
    waiting.start()
    box.disk.work(FULL)
    assert waiting.is_alive()
    box.disk.work()
    waiting.join(60)
    assert not waiting.is_alive()
    assert box.outbox.failure is FULL


def test_only_what_lies_outside_the_book_is_worth_retrying() -> None:
    assert worth_retrying(FULL)
    assert not worth_retrying(AlreadyOpen(NOWHERE))
    assert not worth_retrying(RuntimeError())


@given(st.lists(st.sampled_from(["put", "work", "refuse", "commit and refuse", "retry"])))
def test_whatever_the_disk_does_it_holds_the_beginning_of_the_truth(doings: list[str]) -> None:
    box = Box()
    put: list[str] = []
    for doing in doings:
        if doing == "put":
            put.append(str(len(put)))
            box.put(put[-1])
        elif doing == "retry":
            box.outbox.retry()
        elif box.disk.queue:
            error = None if doing == "work" else FULL
            box.disk.work(error, after_all=doing.startswith("commit"))
        assert box.disk.log == put[: len(box.disk.log)]
        if box.states[-1:] == [SaveState.SAVED]:
            assert box.disk.log == put, "no false saved"
    while box.outbox.waiting:
        box.disk.work_all()
        box.outbox.retry()
    box.disk.work_all()
    assert box.disk.log == put
    assert box.states[-1:] in ([], [SaveState.SAVED])
