"""A TOML text that knows its own lines, and checks of single values: what every linter shares."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fitcheck.domain.toml_lines import KeyPath, lines_of
from fitcheck.errors import Fault

FORMAT_VERSION = 1

Check = Callable[[Any], Iterator[tuple[KeyPath, str]]]
"""Yields what is wrong with a value: where inside it, and what was expected there."""


class Document:
    """A TOML text with the faults found in it so far. A text that isn't TOML has empty ``data``."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, str, str]] = []
        self._lines: dict[KeyPath, int] = {}
        self.data: dict[str, Any] = {}
        try:
            self.data = tomllib.loads(text)
            self._lines = lines_of(text)
        except tomllib.TOMLDecodeError as error:
            position = re.search(r"\(at line (\d+)", str(error))
            line = int(position[1]) if position else text.count("\n", 0, -1) + 1
            self._found.append((line, "", f"TOML that can be read: {error}"))
        self.readable = not self._found

    @property
    def faults(self) -> list[Fault]:
        """Every fault reported so far, in the order of the lines."""
        return [
            Fault(f"{self._file}:{line}: {place}" if place else f"{self._file}:{line}", expected)
            for line, place, expected in sorted(self._found)
        ]

    def report(self, path: KeyPath, expected: str) -> None:
        """Note a fault at ``path``; where that has no line of its own, at what encloses it."""
        line = next(
            (
                self._lines[path[:end]]
                for end in range(len(path), 0, -1)
                if path[:end] in self._lines
            ),
            1,
        )
        self._found.append((line, self.place(path), expected))

    def check(
        self,
        path: KeyPath,
        table: Any,
        required: Mapping[str, Check],
        optional: Mapping[str, Check] | None = None,
    ) -> bool:
        """Report every unknown and missing key of ``table`` and every wrong value; false if any."""
        if not isinstance(table, dict):
            self.report(path, f"a table, {found(table)}")
            return False
        before = len(self._found)
        known = {**required, **(optional or {})}
        for key in table.keys() - known.keys():
            self.report((*path, key), f"no such key; known are {', '.join(known)}")
        for key in required.keys() - table.keys():
            self.report((*path, key), "this key is missing")
        for key in known.keys() & table.keys():
            for inner, expected in known[key](table[key]):
                self.report((*path, key, *inner), expected)
        return len(self._found) == before

    def tables(self, key: str) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
        """The tables of the array ``key`` with their paths, skipping whatever is not a table."""
        entries = self.data.get(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                yield (key, index), entry

    def check_tables(
        self, key: str, required: Mapping[str, Check], optional: Mapping[str, Check] | None = None
    ) -> None:
        """Check each entry of the array ``key``; that it is one, :func:`some_tables` says."""
        entries = self.data.get(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            self.check((key, index), entry, required, optional)

    def check_ids(self, key: str) -> None:
        """Report every id that a table of the array ``key`` shares with one before it."""
        seen: set[str] = set()
        for path, entry in self.tables(key):
            name = entry.get("id")
            if not isinstance(name, str) or not name:
                continue  # reported with the structure
            if name in seen:
                self.report((*path, "id"), f"an id of its own, {name} was used before")
            seen.add(name)

    def place(self, path: KeyPath) -> str:
        """``questions[disagreement].levels[2]``: ids instead of positions, where there are any."""
        place, value = "", self.data
        for step in path:
            value = _inside(value, step)
            if isinstance(step, str):
                place += f".{step}" if place else step
            else:
                name = value.get("id") if isinstance(value, dict) else None
                place += f"[{name if isinstance(name, str) else step}]"
        return place


def _inside(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
KEBAB_CASE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}")


def found(value: object) -> str:
    """What was found instead, cut to a length that fits a line."""
    shown = repr(value)
    return f"found {shown if len(shown) <= 60 else shown[:57] + '...'}"


def text(value: Any) -> Iterator[tuple[KeyPath, str]]:
    """A text with something in it."""
    if not isinstance(value, str):
        yield (), f"a text, {found(value)}"
    elif not value.strip() or value != value.strip():
        yield (), f"a text that is not empty and has no space around it, {found(value)}"


def text_up_to(most: int) -> Check:
    """A text with something in it, of at most so many characters."""

    def check(value: Any) -> Iterator[tuple[KeyPath, str]]:
        yield from text(value)
        if isinstance(value, str) and len(value) > most:
            yield (), f"at most {most} characters, found {len(value)}"

    return check


def line_up_to(most: int) -> Check:
    """The same, on one line and without characters that nobody sees."""

    def check(value: Any) -> Iterator[tuple[KeyPath, str]]:
        yield from text_up_to(most)(value)
        if isinstance(value, str) and value.strip() and _UNSEEN.search(value):
            yield (), "a text on one line, without control characters"

    return check


def matching(pattern: re.Pattern[str], expected: str) -> Check:
    """A text of which the whole matches ``pattern``."""

    def check(value: Any) -> Iterator[tuple[KeyPath, str]]:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            yield (), f"{expected}, {found(value)}"

    return check


def one_of(*values: object) -> Check:
    """One of these texts or whole numbers, and of the same type: ``true`` is not 1."""

    def check(value: Any) -> Iterator[tuple[KeyPath, str]]:
        if not any(value == known and type(value) in type(known).__mro__ for known in values):
            yield (), f"{' or '.join(map(str, values))}, {found(value)}"

    return check


def list_of(each: Check, count: int | None = None) -> Check:
    """A list whose entries pass ``each``: exactly ``count`` of them, else at least one."""

    def check(value: Any) -> Iterator[tuple[KeyPath, str]]:
        if not isinstance(value, list) or not value:
            yield (), f"a list that is not empty, {found(value)}"
            return
        if count is not None and len(value) != count:
            yield (), f"exactly {count} entries, found {len(value)}"
        for index, entry in enumerate(value):
            for inner, expected in each(entry):
                yield (index, *inner), expected

    return check


def some_tables(value: Any) -> Iterator[tuple[KeyPath, str]]:
    """An array of tables, whose entries are checked one by one (:meth:`Document.check_tables`)."""
    if not isinstance(value, list) or not value:
        yield (), f"one table or more, {found(value)}"


def is_number(value: object) -> bool:
    """Whether a value read from TOML is a number; ``true`` is none, though Python counts it so."""
    return type(value) in (int, float)


kebab_id = matching(KEBAB_CASE, "an id in kebab-case, such as extra-work")

IDENTITY: Mapping[str, Check] = {
    "format_version": one_of(FORMAT_VERSION),
    "id": kebab_id,
    "version": matching(_VERSION, "a version such as 1.0.0"),
}
"""The keys that open every data file of ours, beside ``format``."""

SAID_LENGTH, ASKED_LENGTH = 120, 240
"""Characters of a deal-breaker's statement, which is read as a line, and of its question."""

DEAL_BREAKER: Mapping[str, Check] = {
    "id": kebab_id,
    "text": text_up_to(SAID_LENGTH),
    "ask": text_up_to(ASKED_LENGTH),
}
"""One deal-breaker, in a bank or in a policy of the consultant's own."""
