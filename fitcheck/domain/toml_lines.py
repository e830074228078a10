"""The line of every table, key and entry in a TOML text that Python has read without a fault.

tomllib tells no positions. As the text is known to be sound, this needs no grammar: strings and
comments are stepped over whole, and the rest is brackets, commas and equals signs.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]
"""Keys and positions from the top of a file, such as ``("questions", 3, "levels", 2)``."""

# Possessive throughout, so that nothing is gone through twice.
_TOKENS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+"
    r"|[\[\]{}=,\n]"
    r"""|[^\s\[\]{}=,"'\#]++""",
    re.DOTALL,
)
_QUOTES = "\"'"


@dataclass
class _Open:
    """An array or an inline table whose bracket isn't closed yet."""

    path: KeyPath
    array: bool
    entry: int = 0

    @property
    def here(self) -> KeyPath:
        """What a value that begins now is: an entry of the array."""
        return (*self.path, self.entry)


class _Scanner:
    def __init__(self) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._counts: Counter[KeyPath] = Counter()
        self._table: KeyPath = ()
        self._key: list[str] = []
        self._key_line = 0
        self._value: KeyPath | None = None
        self._header = 0
        self._open: list[_Open] = []

    def take(self, token: str, line: int) -> None:
        if token == "\n":
            if not self._open:
                self._value = None
        elif token == "=":
            self._value = self._named(self._open[-1].path if self._open else self._table)
        elif self._value is None:
            self._outside(token, line)
        else:
            self._inside(token, line)

    def _outside(self, token: str, line: int) -> None:
        """A part of a header or of a key, or what closes an inline table that has none."""
        if token == "[":
            self._header += 1
        elif token == "]":
            if self._header:
                self._begin_table(many=self._header == 2, line=line)
            self._header = 0
        elif token == "}":
            self._close()
        else:
            self._key_line = self._key_line if self._key else line
            quoted = token[0] in _QUOTES
            self._key += [token[1:-1]] if quoted else [part for part in token.split(".") if part]

    def _begin_table(self, *, many: bool, line: int) -> None:
        path: KeyPath = ()
        for part in self._key:
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._key = []
        if many:
            self._counts[path] += 1
            path = (*path, self._counts[path] - 1)
        self.lines[path] = line
        self._table = path

    def _named(self, table: KeyPath) -> KeyPath:
        """The path of the key that was read, now that its value comes."""
        path = table
        for part in self._key:
            path = (*path, part)
            self.lines.setdefault(path, self._key_line)
        self._key = []
        return path

    def _inside(self, token: str, line: int) -> None:
        inside = self._open[-1] if self._open else None
        if token in ("]", "}"):
            self._close()
            return
        if token == ",":
            if inside is not None and inside.array:
                inside.entry += 1
            else:
                self._value = None  # the next key of an inline table
            return
        here = self._value or ()
        if inside is not None and inside.array:
            here = inside.here
            self.lines.setdefault(here, line)
        if token in ("[", "{"):
            self._open.append(_Open(here, array=token == "["))
            self._value = here if token == "[" else None

    def _close(self) -> None:
        self._value = self._open.pop().path


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line of everything in ``text``, which tomllib has read; what encloses it for no more."""
    scanner = _Scanner()
    number, start = 1, 0
    for match in _TOKENS.finditer(text):
        number += text.count("\n", start, match.start())
        start = match.start()
        if not match[0].startswith("#"):
            scanner.take(match[0], number)
    return scanner.lines
