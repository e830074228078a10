"""The one thread that writes (docs/decisions/0003-writer-thread-and-store.md)."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Event as Signal
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from fitcheck.log import Event, note
from fitcheck.store.engine import in_haste, writing
from fitcheck.store.refusals import BookHeld

T = TypeVar("T")

BREATH = 0.03
"""Seconds that a write waits for what was to be painted first; after that it waits no more."""

_Job = tuple[Callable[[Connection], Any], "Future[Any]", "Future[Any] | None"]


class HeldBack(Exception):  # noqa: N818 - nothing is wrong with this write itself
    """Not attempted, because the write that has to come before it has failed."""


class Writer:
    """Does one write after the other, in the order asked for, each in a transaction of its own.

    A write is a function that is given a connection inside ``BEGIN IMMEDIATE``. It is committed
    when it returns and rolled back, whole, when it raises; that is the unit of work. ``check``
    raises where the file isn't what it was: before a write, then it isn't made, or after its
    COMMIT, then it counts as failed.
    """

    def __init__(self, engine: Engine, check: Callable[[], None] = lambda: None) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closed = False
        self._lock = Lock()
        self._may_begin = Signal()
        self._may_begin.set()
        # A daemon with an exit hook: a program that forgets to close, or dies of an exception,
        # neither hangs at its end (a non-daemon would wait for ever for the next job) nor drops
        # what is still queued (a daemon alone would be frozen in the middle of it).
        self._thread = Thread(
            # The thread alone holds the engine, and lets go of it at its end.
            target=self._run,
            args=(writing(engine), check),
            name="fitcheck-writer",
            daemon=True,
        )
        self._thread.start()
        atexit.register(self.close)

    def write(self, work: Callable[[Connection], T], after: Future[Any] | None = None) -> Future[T]:
        """Queue ``work``; its future holds what it returned once COMMIT has returned.

        With ``after``, a write that was queued before: only if that one has been committed;
        otherwise the future holds :class:`HeldBack`.

        If ``work`` or the commit fails, the future holds the error, nothing of ``work`` was
        written, and the next write goes ahead. Callbacks of the future run on the writer's
        thread. Raises ``RuntimeError`` after :meth:`close`.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the book is closed: nothing can be written any more")
            self._jobs.put((work, future, after))
        return future

    def hold_back(self) -> None:
        """Begin no write before :meth:`go_on`, or for :data:`BREATH` seconds if that isn't heard.

        Both threads need the interpreter: a write that begins while an answer is being painted
        makes it a third slower to be seen. Nothing is told to be saved before it is, held or not.
        """
        self._may_begin.clear()

    def go_on(self) -> None:
        """Begin with what was held back."""
        self._may_begin.set()

    def close(self) -> None:
        """Refuse further writes, wait until everything queued is written, end the thread."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self.go_on()
        self._thread.join()
        atexit.unregister(self.close)

    def _run(self, engine: Engine, check: Callable[[], None]) -> None:
        patient, hasty = engine, in_haste(engine)
        while (job := self._jobs.get()) is not None:
            work, future, after = job
            if not self._may_begin.wait(BREATH):
                self.go_on()
            if not future.set_running_or_notify_cancel():
                continue
            if after is not None and (after.cancelled() or after.exception() is not None):
                future.set_exception(HeldBack())
                del job, work, future, after
                continue
            try:
                check()
                with engine.begin() as connection:
                    result = work(connection)
                check()
            except BaseException as error:
                note(Event.WRITE_FAILED, error=error)
                engine = hasty if isinstance(error, BookHeld) else patient
                future.set_exception(error)
            else:
                engine = patient
                future.set_result(result)
            # Or the last write's words would stay in memory until the next one.
            del job, work, future, after
