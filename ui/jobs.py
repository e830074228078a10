"""Slow work: done in a worker thread, its result delivered on the thread of the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar, cast, overload

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


class Cancelled(Exception):  # noqa: N818 - a way out of an operation, not an error
    """Raised by :meth:`Task.report` once nobody wants the result any more."""


class Job:
    """One operation under way. A cancelled job delivers nothing, whatever its operation does."""

    def __init__(
        self,
        success: Callable[[Any], None],
        failure: Callable[[BaseException], None],
        progress: Callable[[float], None] | None,
    ) -> None:
        self._success = success
        self._failure = failure
        self._progress = progress
        self._cancelled = False
        self._over = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    @property
    def over(self) -> bool:
        """Whether the result has been delivered, or never will be."""
        return self._over or self._cancelled

    def cancel(self) -> None:
        """Deliver nothing from now on; an operation that reports progress stops there."""
        self._cancelled = True


class Task:
    """What an operation that reports its progress is given; usable from its thread only."""

    def __init__(self, job: Job, post: Callable[[float], None]) -> None:
        self._job = job
        self._post = post

    def report(self, done: float) -> None:
        """Say how much is done, 0 to 1. Raises :class:`Cancelled` where the job was cancelled."""
        if self._job.cancelled:
            raise Cancelled
        self._post(done)


class Jobs(QObject):
    """Runs operations one after the other in a thread of their own.

    One thread, because the libraries that make documents don't promise to be safe in two. It is
    Python's rather than a QThread: Python waits for it at the end, where Qt would abort.
    """

    _arrived = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._closed = False
        self._jobs: set[Job] = set()
        # Queued: whatever the worker emits is delivered by the event loop of this object's thread.
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @overload
    def run_job(
        self,
        operation: Callable[[], T],
        success: Callable[[T], None],
        failure: Callable[[BaseException], None],
        progress: None = None,
    ) -> Job: ...

    @overload
    def run_job(
        self,
        operation: Callable[[Task], T],
        success: Callable[[T], None],
        failure: Callable[[BaseException], None],
        progress: Callable[[float], None],
    ) -> Job: ...

    def run_job(
        self,
        operation: Callable[..., T],
        success: Callable[[T], None],
        failure: Callable[[BaseException], None],
        progress: Callable[[float], None] | None = None,
    ) -> Job:
        """Run ``operation`` in the worker; it must not touch a widget.

        ``success`` gets what it returned, ``failure`` what it raised, on this object's thread.
        With ``progress``, the operation is given a :class:`Task` to report to; without, nothing.
        It speaks the language that is in force here now. After :meth:`close` nothing is run.
        """
        job = Job(success, failure, progress)
        if self._closed:
            job.cancel()
            return job
        arguments = (Task(job, lambda done: self._post(job, _Progress(done))),) if progress else ()
        context = copy_context()

        def work() -> None:
            if job.cancelled:
                return
            try:
                outcome: object = _Result(context.run(operation, *arguments))
            except Cancelled:
                return
            except BaseException as error:  # noqa: BLE001, RUF100 - all of it goes to failure
                outcome = _Failure(error)
            self._post(job, outcome)

        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="fitcheck-job")
        self._jobs = {other for other in self._jobs if not other.over}
        self._jobs.add(job)
        self._pool.submit(work)
        return job

    @property
    def busy(self) -> bool:
        """Whether a result is still to be delivered."""
        return any(not job.over for job in self._jobs)

    def close(self) -> None:
        """Cancel every job and wait until no operation runs any more."""
        self._closed = True
        for job in self._jobs:
            job.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _post(self, job: Job, outcome: object) -> None:
        # close() waits for the worker, so this object is alive whenever the worker gets here.
        self._arrived.emit(job, outcome)

    @Slot(object, object)
    def _deliver(self, job: Job, outcome: object) -> None:
        if job.cancelled:
            return
        if isinstance(outcome, _Progress):
            cast(Callable[[float], None], job._progress)(outcome.done)
            return
        job._over = True
        self._jobs.discard(job)
        if isinstance(outcome, _Failure):
            job._failure(outcome.error)
        elif isinstance(outcome, _Result):
            job._success(outcome.value)


class _Progress:
    def __init__(self, done: float) -> None:
        self.done = done


class _Failure:
    def __init__(self, error: BaseException) -> None:
        self.error = error


class _Result:
    def __init__(self, value: object) -> None:
        self.value = value
