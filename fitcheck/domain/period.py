"""The pre-consultation phase of a prospect (I1): opened, extended with a reason, decided, reopened.

It is called a period here, since ``Phase`` is what the list filters by. A period is nothing but its
steps in the order in which they were taken: no step is ever changed or removed. Taking a decision
back is one more step, and what was decided before stays to be read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from fitcheck.domain.policy import Action

PLANNED_DAYS = 14
"""How long a period is planned to be when nobody says otherwise."""


@dataclass(frozen=True)
class Opening:
    """The first step: ``until`` is the planned end, ``None`` where nobody planned one."""

    on: dt.date
    until: dt.date | None = None


@dataclass(frozen=True)
class Extension:
    """Another planned end, with the reason for it."""

    on: dt.date
    until: dt.date
    reason: str = field(repr=False)


@dataclass(frozen=True)
class Decision:
    """What was decided; ``words`` are the consultant's own, and may be empty."""

    on: dt.date
    action: Action
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reopening:
    """The decision before it was taken back."""

    on: dt.date


Step = Opening | Extension | Decision | Reopening


@dataclass(frozen=True)
class Period:
    """``steps`` begins with the one :class:`Opening`."""

    steps: tuple[Step, ...]

    @property
    def opened(self) -> dt.date:
        return self.steps[0].on

    @property
    def until(self) -> dt.date | None:
        """The planned end, as it was set last."""
        ends = [step.until for step in self.steps if isinstance(step, Opening | Extension)]
        return ends[-1]

    @property
    def extensions(self) -> tuple[Extension, ...]:
        return tuple(step for step in self.steps if isinstance(step, Extension))

    @property
    def decision(self) -> Decision | None:
        """The decision that stands; ``None`` while the period is open."""
        return self._standing(len(self.steps))

    @property
    def taken_back(self) -> tuple[tuple[Decision, Reopening], ...]:
        """Every decision that no longer stands, with the step that took it back."""
        return tuple(
            (decision, step)
            for at, step in enumerate(self.steps)
            if isinstance(step, Reopening) and (decision := self._standing(at))
        )

    def _standing(self, before: int) -> Decision | None:
        """The decision that stood once the first ``before`` steps were taken."""
        for step in reversed(self.steps[:before]):
            if isinstance(step, Decision):
                return step
            if isinstance(step, Reopening):
                return None
        return None

    def check(self, step: Step) -> None:
        """Raise ``ValueError`` for a step that can't be the next one."""
        match step:
            case Opening():
                raise ValueError("a period is opened once")
            case Extension(on, until, reason):
                if self.decision is not None:
                    raise ValueError("what is decided is reopened before it is extended")
                if not reason.strip():
                    raise ValueError("an extension has a reason")
                if until < on or until == self.until:
                    raise ValueError("an extension sets another day, today or later")
            case Decision():
                if self.decision is not None:
                    raise ValueError("what is decided is reopened before it is decided again")
            case Reopening() if self.decision is None:
                raise ValueError("only what is decided can be reopened")


def planned(today: dt.date) -> Opening:
    """A period that is opened today, with the usual planned end."""
    return Opening(today, today + dt.timedelta(days=PLANNED_DAYS))


def is_due(until: dt.date | None, decided: bool, today: dt.date) -> bool:
    """Whether a decision is due today, or has been for longer."""
    return not decided and until is not None and until <= today
