"""Stores that are less careful than ours: whoever looks for faults must find these."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, Engine

from fitcheck.store import applying, book
from fitcheck.store.writer import Writer
from tests.store.power_loss import pragmas


def says_so_too_early() -> AbstractContextManager[Any]:
    """A write is said to be done when its statements are, a moment before COMMIT."""

    never = Event()

    def run(writer: Writer, engine: Engine, _check: Callable[[], None]) -> None:
        while (job := writer._jobs.get()) is not None:
            work, future, _after = job
            future.set_running_or_notify_cancel()
            try:
                with engine.begin() as connection:
                    future.set_result(work(connection))
                    never.wait(0.004)  # as a slower disk would take
            except ValueError as error:  # of one who read what had not been committed
                future.set_exception(error)

    return patch.object(Writer, "_run", run)


def in_two_halves() -> AbstractContextManager[Any]:
    """An answer is committed in its log, and then by itself."""

    def halved(connection: Connection, *rest: Any) -> None:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        applying.apply(connection, *rest)

    return patch.object(book, "apply", halved)


def without_a_journal() -> AbstractContextManager[Any]:
    return pragmas(("journal_mode = OFF",))


CONTROLS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "says so too early": says_so_too_early,
    "in two halves": in_two_halves,
    "without a journal": without_a_journal,
}
