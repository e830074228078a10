"""An exception without its words: of what class, and where in the program.

The words of an exception, its arguments, the variables of its frames, its notes and the lines of a
request that it quotes may be a person's. Classes, modules, functions and lines are the program's
own: nothing else gets through here, so nothing that was typed can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FrameType, TracebackType

PLACES = 40
"""Of each exception at most, from where it was raised outwards; more come of endless recursion."""
CHAIN = 8
MEMBERS = 8

_NAME = re.compile(r"[A-Za-z_<][A-Za-z0-9_.<>-]{0,99}", re.ASCII)
_LINE = re.compile(r"[A-Za-z0-9_.<>:=|… -]{1,300}")
_NUMBERS = ("errno", "winerror", "sqlite_errorcode")
UNKNOWN = "?"


class Known(str):
    """A word out of the program's own code; whoever makes one answers for that."""

    __slots__ = ()


def known(name: object) -> Known:
    """A name of the program's code, or ``?`` for anything that doesn't look like one."""
    fits = isinstance(name, str) and _NAME.fullmatch(name)
    return Known(name if fits else UNKNOWN)


def class_name(kind: type) -> Known:
    """``KeyError``, ``fitcheck.store.errors.DiskFull``."""
    if kind.__module__ == "builtins":
        return known(kind.__qualname__)
    return Known(f"{known(kind.__module__)}.{known(kind.__qualname__)}")


@dataclass(frozen=True)
class Place:
    """A line of the program."""

    module: Known
    function: Known
    line: int

    def __str__(self) -> str:
        return f"{self.module}:{self.line} in {self.function}"

    @classmethod
    def at(cls, frame: FrameType, line: int | None) -> Place:
        code: CodeType = frame.f_code
        return cls(known(frame.f_globals.get("__name__")), known(code.co_qualname), line or 0)


class ReducedError(Exception):
    """An error that was met in another process, of which this much came over.

    ``places`` are the lines that :meth:`Reduced.lines` gave there.
    """

    def __init__(self, places: tuple[str, ...] = ()) -> None:
        super().__init__(places[0] if places else UNKNOWN)
        self.places = places


@dataclass(frozen=True)
class Reduced:
    """What remains of an exception; ``before`` is the one that caused it, or was being handled."""

    kind: Known
    numbers: tuple[tuple[str, int], ...] = ()
    places: tuple[Place, ...] = ()
    left_out: int = 0
    elsewhere: tuple[str, ...] = ()
    before: Reduced | None = None
    caused: bool = False
    members: tuple[Reduced, ...] = ()

    @property
    def where(self) -> Place | None:
        """The line that raised it."""
        return self.places[-1] if self.places else None

    @property
    def signature(self) -> tuple[object, ...]:
        """The same for the same fault, however it was come by."""
        return (self.kind, self.where, self.elsewhere)

    def lines(self, indent: str = "") -> Iterator[str]:
        """As a traceback is read: the earlier exception first, the line that raised it last."""
        if self.before is not None:
            yield from self.before.lines(indent)
            how = "which caused" if self.caused else "and while that was being handled"
            yield f"{indent}{how}:"
        numbers = "".join(f" {name}={number}" for name, number in self.numbers)
        yield f"{indent}{self.kind}{numbers}"
        for number, place in enumerate(self.places):
            if number == 1 and self.left_out:
                yield f"{indent}  … {self.left_out} more"
            yield f"{indent}  {place}"
        for line in self.elsewhere:
            yield f"{indent}  | {line}"
        for number, member in enumerate(self.members, start=1):
            yield f"{indent}  member {number}:"
            yield from member.lines(f"{indent}    ")


def reduced(error: BaseException) -> Reduced:
    """What remains of ``error`` and of those before and within it."""
    return _reduced(error, CHAIN, set())


def _reduced(error: BaseException, depth: int, seen: set[int]) -> Reduced:
    seen.add(id(error))
    places = list(_places(error.__traceback__))
    kept = places if len(places) <= PLACES else [places[0], *places[1 - PLACES :]]
    before, caused = _before(error)
    members: tuple[BaseException, ...] = ()
    if isinstance(error, BaseExceptionGroup):
        members = error.exceptions[:MEMBERS]
    deeper = depth > 1
    return Reduced(
        kind=class_name(type(error)),
        numbers=tuple(_numbers(error)),
        places=tuple(kept),
        left_out=len(places) - len(kept),
        elsewhere=tuple(map(_plain, error.places)) if isinstance(error, ReducedError) else (),
        before=_reduced(before, depth - 1, seen)
        if before is not None and deeper and id(before) not in seen
        else None,
        caused=caused,
        members=tuple(_reduced(each, depth - 1, seen) for each in members if deeper),
    )


def _places(trace: TracebackType | None) -> Iterator[Place]:
    while trace is not None:
        yield Place.at(trace.tb_frame, trace.tb_lineno)
        trace = trace.tb_next


def _before(error: BaseException) -> tuple[BaseException | None, bool]:
    if error.__cause__ is not None:
        return error.__cause__, True
    return (None if error.__suppress_context__ else error.__context__), False


def _numbers(error: BaseException) -> Iterator[tuple[str, int]]:
    """What the system or the database called it, by number."""
    for source in (error, getattr(error, "orig", None)):
        for name in _NUMBERS:
            number = getattr(source, name, None)
            if type(number) is int:
                yield name, number


def _plain(line: str) -> str:
    return line if _LINE.fullmatch(line) else UNKNOWN
