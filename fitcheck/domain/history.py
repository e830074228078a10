"""Changes to an assessment, and undo and redo without end from their append-only log.

A change names what it touched and holds the value before and after as JSON values, so undoing it
is one more change, and the whole history survives a restart because it is nothing but the log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

JsonValue = Any
"""A value that JSON can hold; ``None`` where there was nothing."""


class Subject(StrEnum):
    """What a change touches: an answer, a deal-breaker's state, or a field of the assessment."""

    ANSWER = "answer"
    DEAL_BREAKER = "deal_breaker"
    FIELD = "field"


class EventKind(StrEnum):
    SET = "set"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class Change:
    """``key`` of ``subject`` went from ``before`` to ``after`` (JSON values)."""

    subject: Subject
    key: str
    before: JsonValue
    after: JsonValue

    @property
    def inverse(self) -> Change:
        return Change(self.subject, self.key, self.after, self.before)


@dataclass(frozen=True)
class Event:
    """One line of the log: a change that was made, taken back, or made again."""

    kind: EventKind
    change: Change


@dataclass
class History:
    """What can be undone and redone, newest last; rebuilt by replaying the log."""

    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)

    @classmethod
    def replay(cls, events: Iterable[Event]) -> History:
        history = cls()
        for event in events:
            history.record(event)
        return history

    def record(self, event: Event) -> None:
        """Take note of an event that has happened."""
        if event.kind is EventKind.SET:
            self.done.append(event.change)
            self.undone.clear()
        elif event.kind is EventKind.UNDO:
            self.undone.append(self.done.pop())
        else:
            self.done.append(self.undone.pop())

    def undo(self) -> Event | None:
        """The event that would undo the newest change, or ``None``; nothing happens yet."""
        return Event(EventKind.UNDO, self.done[-1].inverse) if self.done else None

    def redo(self) -> Event | None:
        """The event that would redo what was undone last, or ``None``; nothing happens yet."""
        return Event(EventKind.REDO, self.undone[-1]) if self.undone else None
