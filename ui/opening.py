"""A book on its way from a worker thread to the window."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, Protocol, TypeVar

from ui.jobs import Cancelled


class Closable(Protocol):
    """An open book, or one that is being rescued."""

    def close(self) -> None: ...


Opened = TypeVar("Opened", bound=Closable)


class Opening(Generic[Opened]):
    """A way into the book, to be run in a job. Dropped, it leaves no book open behind it."""

    def __init__(self, way_in: Callable[[], Opened]) -> None:
        self._way_in = way_in
        self._lock = Lock()
        self._dropped = False
        self._opened: Opened | None = None

    def __call__(self) -> Opened:
        """The open book; the job's thread calls this."""
        opened = self._way_in()
        with self._lock:
            if not self._dropped:
                self._opened = opened
                return opened
        opened.close()
        raise Cancelled

    def drop(self) -> None:
        """Nobody takes the book: close it, or have it closed as soon as it has been opened."""
        with self._lock:
            self._dropped = True
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()
