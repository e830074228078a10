"""Looking for something while one types: whatever is asked next takes the place of it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from ui.jobs import Job, Jobs

T = TypeVar("T")

Wanted = Callable[[], bool]
"""Whether anybody still waits for it; asked in the midst of looking, on the worker's thread."""


class Search:
    """One look after the other in the thread of ``jobs``; at most one of them is waited for.

    Who made ``jobs`` closes them.
    """

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._job: Job | None = None
        self._called_off = Event()

    @property
    def busy(self) -> bool:
        """Whether something is being looked for; no longer once it is being told."""
        return self._job is not None and not self._job.over

    def start(
        self,
        look: Callable[[Wanted], T],
        found: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Look for this, in place of what is being looked for."""
        self.call_off()
        called_off = self._called_off = Event()
        self._job = self._jobs.run_job(lambda: look(lambda: not called_off.is_set()), found, failed)

    def call_off(self) -> None:
        """Look for nothing: neither an answer nor a failure is told any more. May be repeated."""
        self._called_off.set()
        if self._job is not None:
            self._job.cancel()
            self._job = None
