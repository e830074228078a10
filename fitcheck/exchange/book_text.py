"""A whole book as lines of JSON: each record a line, and the lines of a file one by one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from fitcheck.domain.whole_book import RECORDS, BookEvent, BookHead, BookHistory, Record
from fitcheck.exchange.typed_json import write

LINE_LIMIT = 10_000_000
"""Bytes of a line."""

STRETCH = 200_000
"""Characters of history after which another line is begun."""


def write_line(record: Record) -> bytes:
    """A record as its line, with the end of the line."""
    value = write(record)
    if not isinstance(record, BookHead):
        names = {kind: name for name, kind in RECORDS.items()}
        value = {names[type(record)]: value}
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair can't be in a book; were it, this is the escape that JSON has for it.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def stretches(events: Iterable[BookEvent]) -> Iterator[BookHistory]:
    """A history in records of a good length."""
    taken: list[BookEvent] = []
    length = 0
    for event in events:
        taken.append(event)
        length += len(event.key) + len(repr(event.before)) + len(repr(event.after)) + 100
        if length > STRETCH:
            yield BookHistory(tuple(taken))
            taken, length = [], 0
    if taken:
        yield BookHistory(tuple(taken))


_END = re.compile(rb"\n")


def split_lines(chunks: Iterable[bytes], limit: int = LINE_LIMIT) -> Iterator[bytes]:
    """The lines in pieces of a file; one that is too long comes cut off, and is the last."""
    parts: list[bytes] = []
    length = 0
    for chunk in chunks:
        start = 0
        for end in _END.finditer(chunk):
            yield b"".join((*parts, chunk[start : end.start()]))
            parts, length, start = [], 0, end.end()
        parts.append(chunk[start:])
        length += len(parts[-1])
        if length > limit:
            yield b"".join(parts)
            return
    if length:
        yield b"".join(parts)
