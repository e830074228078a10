"""What the composition root hands to every page; tests inject their own parts here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from fitcheck.services import FitCheck
from ui.jobs import Jobs
from ui.press import Press
from ui.theme import Theme


@dataclass
class Context:
    """The use-cases, the look in force, the jobs, and where documents are made.

    ``ending`` is called before all else when it is closed: what works on the book stops there.
    """

    fitcheck: FitCheck
    theme: Theme
    jobs: Jobs
    press: Press
    ending: list[Callable[[], None]] = field(default_factory=list)

    @property
    def busy(self) -> bool:
        """Whether a job or a document is still to be delivered."""
        return self.jobs.busy or self.press.busy

    def close(self) -> None:
        """End what makes documents with all that it holds, and await the jobs."""
        for stop in self.ending:
            stop()
        self.press.close()  # a job may be waiting for it
        self.jobs.close()
