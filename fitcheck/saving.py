"""What is on its way to the disk: kept in order until it has arrived, sent again where it hasn't.

An :class:`Outbox` belongs to one interview. What fails stays at its head, everything behind it
waits, and all of that is sent again by :meth:`Outbox.retry` or with what is put in next. So the
log has neither a gap nor anything twice, whatever the disk does (decision 20).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from threading import Condition
from typing import Protocol

from fitcheck.domain.bank import Form
from fitcheck.domain.history import Event
from fitcheck.domain.listed import Summary
from fitcheck.store.errors import DiskRefused


class SaveState(StrEnum):
    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"


Listener = Callable[[SaveState, BaseException | None], None]
"""Hears a save state; with ``FAILED``, why."""


@dataclass(frozen=True)
class Turn:
    """When a write may be made, and whether it may have been made before.

    ``after``: only once that write is on the disk; if it failed, this one fails unattempted.
    ``again``: it was sent before and reported as failed, which a disk can do after the commit.
    """

    after: Future[None] | None = None
    again: bool = False


FREELY = Turn()

Send = Callable[[Turn], "Future[None]"]
"""Asks a journal for one write."""


class Journal(Protocol):
    """What an interview writes to. Each future is done when the disk has it, or has failed."""

    def record(
        self, assessment_id: int, event: Event, position: str, summary: Summary, turn: Turn, /
    ) -> Future[None]:
        """Append an event, apply it to the current values, keep the position: one transaction.

        An event that is the newest already, because it was sent before, is not appended again.
        """
        ...

    def stand_at(self, assessment_id: int, position: str, turn: Turn, /) -> Future[None]:
        """Keep the question that the interview stands at."""
        ...

    def set_form(
        self, assessment_id: int, form: Form, summary: Summary, turn: Turn, /
    ) -> Future[None]:
        """Keep the form that is in use."""
        ...

    def set_finished(
        self, assessment_id: int, finished: bool, summary: Summary, turn: Turn, /
    ) -> Future[None]:
        """Keep whether the interview is finished, and what it came to."""
        ...

    def summarise(self, assessment_id: int, summary: Summary, turn: Turn, /) -> Future[None]:
        """Keep what the list shows of it, though nothing of the assessment has changed."""
        ...


class _Letter:
    def __init__(self, send: Send) -> None:
        self.send = send
        self.sent = False
        self.under_way: Future[None] | None = None


class Outbox:
    """Everything that an interview has written and the disk hasn't acknowledged.

    :meth:`put`, :meth:`retry` and :meth:`settle` belong to one thread. ``listener`` is called on
    that thread when something is being saved, and on the journal's when it has been, or hasn't.
    ``SAVED`` is only ever said when nothing at all waits.
    """

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._waiting: deque[_Letter] = deque()
        self._failure: BaseException | None = None
        # One has failed, and those that were sent behind it are still to come back.
        self._broken = False
        self._changed = Condition()

    @property
    def waiting(self) -> int:
        """How many writes the disk hasn't acknowledged."""
        with self._changed:
            return len(self._waiting)

    @property
    def failure(self) -> BaseException | None:
        """Why something isn't on the disk; ``None`` once everything is, or none has failed."""
        with self._changed:
            return self._failure

    def put(self, send: Send) -> None:
        """Have this written after everything that was put in before."""
        with self._changed:
            self._waiting.append(_Letter(send))
            if self._failure is None:
                self._listener(SaveState.SAVING, None)
        self._send()

    def retry(self) -> None:
        """Send again what has failed and all that waits behind it. Nothing if nothing waits."""
        self._send()

    def settle(self) -> None:
        """Wait until everything has been written, or has failed."""
        with self._changed:
            self._changed.wait_for(lambda: not any(one.under_way for one in self._waiting))

    def _send(self) -> None:
        sent: list[tuple[_Letter, Future[None]]] = []
        try:
            with self._changed:
                if self._broken:
                    return
                after = next((w.under_way for w in reversed(self._waiting) if w.under_way), None)
                for letter in self._waiting:
                    if letter.under_way is None:
                        after = letter.under_way = letter.send(Turn(after, again=letter.sent))
                        letter.sent = True
                        sent.append((letter, after))
        finally:
            # Not in there: the callback of a write that is over already is called at once.
            for letter, future in sent:
                future.add_done_callback(partial(self._returned, letter))

    def _returned(self, letter: _Letter, done: Future[None]) -> None:
        error = done.exception()
        news: SaveState | None = None
        with self._changed:
            letter.under_way = None
            if error is None:
                self._waiting.remove(letter)
                if not self._waiting:
                    self._failure = None
                    news = SaveState.SAVED
            elif self._failure is None or self._waiting[0] is letter:
                self._failure = error
                news = SaveState.FAILED
            # Else it failed because the one before it did, which is no news.
            under_way = any(one.under_way for one in self._waiting)
            self._broken = under_way and (self._broken or error is not None)
            if news is not None:
                # Told before anybody can put more in, or "saved" might be heard after the "saving"
                # of what came next, and stand there until that is saved, too.
                self._listener(news, error)
            self._changed.notify_all()


def worth_retrying(error: BaseException) -> bool:
    """Whether it may succeed later, since the reason lies outside FitCheck and the book."""
    return isinstance(error, DiskRefused)
