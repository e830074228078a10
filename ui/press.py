"""Where documents are made: a worker process kept warm, what waits for it, and what is at hand.

What is asked for is served in order; what is only foreseen (see :mod:`ui.foreseeing`) comes after
that. A worker that dies is replaced and its document begun again, so that a person sees no more
than a delay. What was made stays at hand for a while, to be found when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Condition, Thread, Timer
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import ErasureSheet, PersonFile, RecordSheet, RecoverySheet, Report
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _, current_language
from reports.frames import WorkerDied
from ui.jobs import Cancelled

KEPT = 8
"""Documents at hand at most: two assessments with four editions each, so to speak."""
KEPT_BYTES = 32_000_000
ATTEMPTS = 2
"""How many workers a document may end before it is given up."""
PATIENCE = 1.5
"""Seconds that a document which is only foreseen may hold up one that somebody waits for."""

Wanted = tuple[Report, Paper]
Render = Callable[[Report, Paper], bytes]


class NotMadeError(FitCheckError):
    """The worker was ended by a document, and so was the next one."""


class Worker(Protocol):
    """What makes the documents, one at a time, as
    :class:`reports.worker_process.WorkerProcess` does."""

    @property
    def alive(self) -> bool: ...

    def render(self, report: Report, paper: Paper, language: str) -> bytes: ...

    def end(self) -> None: ...


def start_worker() -> Worker:
    """A worker process of this program."""
    from reports.worker_process import WorkerProcess  # after the first paint

    return WorkerProcess()


class InThisProcess:
    """A worker that is none: a function, called where the press waits. For tests."""

    alive = True

    def __init__(self, function: Render) -> None:
        self.function = function

    def render(self, report: Report, paper: Paper, language: str) -> bytes:
        return self.function(report, paper)

    def end(self) -> None:
        """There is nothing to end."""


Key = tuple[Report, Paper, str]
"""A document: of what, on which paper, in which language."""


class Order:
    """One document that is to be made. ``foreseen``: nobody waits for it yet."""

    def __init__(self, key: Key, foreseen: bool) -> None:
        self.key = key
        self.foreseen = foreseen
        self.made: Future[bytes] = Future()


class Ticket:
    """Somebody's wish to be told of an order."""

    def __init__(
        self,
        order: Order,
        success: Callable[[bytes], None],
        failure: Callable[[BaseException], None],
    ) -> None:
        self.order = order
        self.success = success
        self.failure = failure
        self.over = False

    def forget(self) -> None:
        """Tell nobody any more; the document is made all the same, to be at hand."""
        self.over = True


class Press(QObject):
    """Makes documents in the process that ``start`` starts, and keeps what it has made.

    All of it may be called on the window's thread only, but for :meth:`render`. Nothing is
    started before something is asked for, or :meth:`warm` is called.
    """

    _arrived = Signal(object)

    def __init__(
        self, start: Callable[[], Worker] = start_worker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._start = start
        self._changed = Condition()
        # All of these are read and changed with the lock held.
        self._orders: list[Order] = []
        self._current: Order | None = None
        self._worker: Worker | None = None
        self._kept: list[tuple[Key, bytes]] = []
        self._warm = False
        self._closed = False
        self._thread: Thread | None = None
        self._tickets: list[Ticket] = []
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    # Asking

    def warm(self) -> None:
        """Have a worker ready, so that the first document needn't wait for it."""
        with self._changed:
            self._warm = True
            self._wake()

    def at_hand(self, report: Report, paper: Paper) -> bytes | None:
        """The document, if it has been made already."""
        with self._changed:
            return self._find((report, paper, current_language()))

    def make(
        self,
        report: Report,
        paper: Paper,
        success: Callable[[bytes], None],
        failure: Callable[[BaseException], None],
    ) -> Ticket:
        """Make a document, or wait for it where it is being made already.

        ``success`` gets the bytes, ``failure`` what went wrong, later and on this thread;
        neither after :meth:`Ticket.forget`, :meth:`cancel` or :meth:`close`.
        """
        ticket = Ticket(self._order((report, paper), foreseen=False), success, failure)
        self._tickets = [each for each in self._tickets if not each.over] + [ticket]
        # What was cancelled elsewhere is told too, or whoever waits would wait for ever.
        ticket.order.made.add_done_callback(lambda _made: self._arrived.emit(ticket))
        return ticket

    def render(self, report: Report, paper: Paper) -> bytes:
        """The same for a job's thread, which waits; raises ``Cancelled`` when it is closed."""
        made = self._order((report, paper), foreseen=False).made
        try:
            return made.result()
        except BaseException:
            if made.cancelled():
                raise Cancelled from None
            raise

    def foresee(self, wanted: Sequence[Wanted]) -> None:
        """Make these when there is nothing else to do, in place of what was foreseen before."""
        with self._changed:
            for order in [each for each in self._orders if each.foreseen]:
                self._drop(order)
        for each in wanted:
            self._order(each, foreseen=True)

    def cancel(self, ticket: Ticket) -> None:
        """Stop making it, even in the middle; another worker stands ready then."""
        ticket.forget()
        with self._changed:
            if ticket.order is self._current:
                ticket.order.made.cancel()
                self._end_worker()
            else:
                self._drop(ticket.order)

    def forget(self) -> None:
        """Let go of every document that is at hand or only foreseen, and of the worker's memory.

        What somebody waits for is made all the same.
        """
        self.foresee([])
        with self._changed:
            self._kept = []
            self._warm = False
            if self._current is not None and self._current.foreseen:
                self._current.made.cancel()
            self._end_worker()

    @property
    def busy(self) -> bool:
        """Whether anybody is still to be told of a document."""
        return any(not ticket.over for ticket in self._tickets)

    @property
    def working(self) -> bool:
        """Whether anything is being made or waits for it, be it only foreseen."""
        with self._changed:
            return bool(self._orders) or self._current is not None

    def close(self) -> None:
        """End the worker with whatever it does, and let go of every document. May be repeated."""
        for ticket in self._tickets:
            ticket.forget()
        with self._changed:
            self._closed = True
            self._kept = []
            for order in list(self._orders):
                self._drop(order)
            if self._current is not None:
                self._current.made.cancel()
            self._end_worker()
            self._changed.notify_all()
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    # What waits, and what is at hand; with the lock held

    def _order(self, wanted: Wanted, foreseen: bool) -> Order:
        order = Order((*wanted, current_language()), foreseen)
        with self._changed:
            pdf = self._find(order.key)
            if self._closed:
                order.made.cancel()
            elif pdf is not None:
                order.made.set_result(pdf)
            else:
                order = self._enqueue(order)
        return order

    def _enqueue(self, order: Order) -> Order:
        waiting = [*([self._current] if self._current else []), *self._orders]
        for other in waiting:
            if not other.made.cancelled() and other.key == order.key:
                other.foreseen = other.foreseen and order.foreseen
                order = other
                break
        else:
            self._orders.append(order)
        self._orders.sort(key=lambda each: each.foreseen)  # which keeps the order otherwise
        if not order.foreseen:
            self._hurry()
        self._wake()
        return order

    def _hurry(self) -> None:
        """Somebody waits: what is only foreseen must not keep the worker for long."""
        held_up = self._current
        if held_up is not None and held_up.foreseen:
            timer = Timer(PATIENCE, self._give_way, [held_up])
            timer.daemon = True
            timer.start()

    def _give_way(self, order: Order) -> None:
        with self._changed:
            if order is self._current and order.foreseen and not self._closed:
                order.made.cancel()
                self._end_worker()
                self._orders.append(Order(order.key, foreseen=True))

    def _drop(self, order: Order) -> None:
        if order in self._orders:
            self._orders.remove(order)
            order.made.cancel()

    def _find(self, key: Key) -> bytes | None:
        return next((pdf for other, pdf in self._kept if other == key), None)

    def _keep(self, key: Key, pdf: bytes) -> None:
        kept = [*self._kept, (key, pdf)][-KEPT:]
        while len(kept) > 1 and sum(len(each) for _key, each in kept) > KEPT_BYTES:
            del kept[0]
        self._kept = kept

    def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def _wake(self) -> None:
        if self._thread is None and not self._closed:
            # A daemon: whoever forgets to close the press must not keep the program alive.
            self._thread = Thread(target=self._work, name="fitcheck-press", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    # Making, on the press's own thread

    def _work(self) -> None:
        while True:
            with self._changed:
                while not (self._closed or self._orders or self._needs_warming()):
                    self._changed.wait()
                if self._closed:
                    return
                self._warm = True
                order = self._current = self._orders.pop(0) if self._orders else None
            try:
                self._serve(order)
            finally:
                with self._changed:
                    self._current = None

    def _needs_warming(self) -> bool:
        return self._warm and (self._worker is None or not self._worker.alive)

    def _serve(self, order: Order | None) -> None:
        if order is None:
            try:
                self._warm_worker()
            except Exception:  # it is tried again with the first document, and told there
                self._warm = False
            return
        pdf, error = b"", None
        try:
            pdf = self._made(order)
        except BaseException as raised:  # noqa: BLE001, RUF100 - it goes to whoever asked
            error = raised
        with self._changed:
            if order.made.cancelled():
                return
            if error is not None:
                order.made.set_exception(error)
            else:
                # A key that is shown once is on paper then, and nowhere else.
                # Nor is what a person is given, or what is left of one, worth having at hand, or
                # what names so many.
                once = RecoverySheet | PersonFile | ErasureSheet | RecordSheet
                if not isinstance(order.key[0], once):
                    self._keep(order.key, pdf)
                order.made.set_result(pdf)

    def _made(self, order: Order) -> bytes:
        for _attempt in range(ATTEMPTS):
            worker = self._warm_worker()
            try:
                return worker.render(*order.key)
            except WorkerDied:
                with self._changed:
                    self._end_worker()
                    if order.made.cancelled():
                        raise
        raise NotMadeError(
            _(
                "The part of FitCheck that makes documents stopped twice over this one. A text of "
                "unusual length or with unusual characters may be the cause: shorten it, and try "
                "again."
            )
        )

    def _warm_worker(self) -> Worker:
        with self._changed:
            if self._worker is not None and self._worker.alive:
                return self._worker
            self._end_worker()
        worker = self._start()
        with self._changed:
            if not self._closed:
                self._worker = worker
                return worker
        worker.end()
        raise Cancelled

    # Telling, on the window's thread

    @Slot(object)
    def _deliver(self, ticket: Ticket) -> None:
        if ticket.over or self._closed:
            return
        ticket.over = True
        made = ticket.order.made
        error = Cancelled() if made.cancelled() else made.exception()
        if error is None:
            ticket.success(made.result())
        else:
            ticket.failure(error)
