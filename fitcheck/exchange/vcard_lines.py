"""The lines of vCards: unfolded, decoded, taken apart into name, parameters and value.

Works on bytes, for two reasons that only show in files of real phones: a line may be folded inside
a character, and each property may be in an alphabet of its own. A property is decoded when it is
asked for its value, so pictures never are.

Reads what RFC 2426 (3.0), RFC 6350 (4.0) and vCard 2.1 say, and what programs write instead.
"""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fitcheck.exchange.text_input import decoded

LONGEST_NAME = 60
"""How much of a property’s name is kept; no real one is longer."""

_QUOTE_OR_COLON = re.compile(rb'\\.|[":]', re.DOTALL)
_QUOTE_OR_SEMICOLON = re.compile(r'\\.|[";]', re.DOTALL)
_NAME = re.compile(r"(?:(?P<group>[\w-]+)\.)?(?P<name>[A-Za-z][\w. -]*)", re.ASCII)
_HEX_PAIR = re.compile(rb"=[0-9A-Fa-f]{2}")
_CARD = re.compile(rb"(?i)\s*(?:BEGIN|END)\s*:\s*VCARD\s*")
_BASE64 = {"BASE64", "B"}
_PLAIN = {"", "7BIT", "8BIT"}
_ENCODINGS = {"QUOTED-PRINTABLE", "Q", *_BASE64, *_PLAIN}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_OLD_VERSION = "2.1"
_HEADS_KNOWN = 1_000

# 4.0 counts preferences from 1 to 100; before, a property is preferred or isn't.
_PREFERRED = 100
_NO_PREFERENCE = 101

# Before a fold that lost nothing but its line end; no line has this character.
_AS_IT_IS = b"\n"


class DamagedValueError(ValueError):
    """A value that isn't in the encoding that it says."""


@dataclass
class Property:
    """One property; ``line`` is where it begins, ``types`` and encodings are in capitals."""

    line: int
    group: str
    name: str
    types: frozenset[str]
    preference: int
    encoding: str
    charset: str
    folds: list[bytes] = field(repr=False)
    guessed: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(part.strip(b" ;\t\n") for part in self.folds)

    def text(self, version: str) -> str:
        """The value as it stands, escapes included.

        Raises :class:`DamagedValueError`. Sets ``guessed``, see :class:`Contacts`.
        """
        return self._decoded(self._raw(version))

    def components(self, version: str, *, lists: bool = False) -> list[str]:
        """The parts of a value, which are divided by semicolons, unescaped.

        ``lists``: since 3.0, each part may be a list (of several given names); spaces divide it.
        """
        raw = self._raw(version)
        if self.encoding != "QUOTED-PRINTABLE" or b";" not in raw:
            parts = _divided(self._decoded(raw), ";")
        else:
            # A semicolon that is encoded belongs to a part, and needs no backslash.
            parts = [self._decoded(part) for part in raw.split(b";")]
            parts = _rejoined(parts)
        if lists and version != _OLD_VERSION:
            parts = [" ".join(_divided(part, ",")) for part in parts]
        return [unescaped(part, version) for part in parts]

    def _raw(self, version: str) -> bytes:
        first, *rest = self.folds
        # By 2.1 a line is folded at a space, which stays; later the space is an addition.
        added = (_AS_IT_IS,) if version == _OLD_VERSION else (_AS_IT_IS, b" ", b"\t")
        return first + b"".join(part[1:] if part[:1] in added else part for part in rest)

    def _decoded(self, raw: bytes) -> str:
        if self.encoding == "QUOTED-PRINTABLE":
            raw = quopri.decodestring(raw)
        elif self.encoding in _BASE64:
            try:
                raw = base64.b64decode(b"".join(raw.split()), validate=True)
            except ValueError:
                raise DamagedValueError from None
        elif self.encoding not in _PLAIN:
            raise DamagedValueError
        result = decoded(raw, self.charset)
        self.guessed |= result.guessed
        return result.text


def properties(lines: list[bytes], *, in_utf8: bool) -> Iterator[Property | int]:
    """The properties in the lines of a file; the number (from 1) of each line that is none.

    ``in_utf8``: the file is known to be, whatever its properties say of themselves.
    """
    heads = _Heads()
    current: Property | None = None
    # Whether the last line ended with quoted-printable's soft line break.
    soft = False
    for number, line in enumerate(lines, start=1):
        if soft and current is not None and not _CARD.fullmatch(line):
            current.folds[-1] = current.folds[-1].rstrip()[:-1]
            current.folds.append(_AS_IT_IS + line)
            soft = _is_soft(current, line)
            continue
        soft = False
        if not line.strip():
            continue
        if current is not None and _continues(current, line):
            current.folds.append(line)
            soft = _is_soft(current, line)
            continue
        if current is not None:
            yield current
        current = heads.begun(number, line)
        if current is None:
            yield number
            continue
        if in_utf8 and current.encoding in _PLAIN:
            current.charset = ""
        soft = _is_soft(current, current.folds[-1])
    if current is not None:
        yield current


def _is_soft(current: Property, line: bytes) -> bool:
    return current.encoding == "QUOTED-PRINTABLE" and line.rstrip().endswith(b"=")


def _continues(current: Property, line: bytes) -> bool:
    """Whether the line belongs to the property before it, also where a program forgot to say so."""
    if line[:1] in (b" ", b"\t"):
        return True
    if current.encoding == "QUOTED-PRINTABLE":
        return _HEX_PAIR.match(line) is not None
    return current.encoding in _BASE64 and b":" not in line and b";" not in line


@dataclass(frozen=True)
class _Head:
    """What stands before a property's value."""

    group: str
    name: str
    types: frozenset[str]
    preference: int
    encoding: str
    charset: str


class _Heads:
    """Takes heads apart; most of a file's are alike."""

    def __init__(self) -> None:
        self._known: dict[bytes, _Head | None] = {}

    def begun(self, number: int, line: bytes) -> Property | None:
        """The property that begins on a line; ``None`` where none does."""
        head, value = _parted(line)
        if value is None:
            return None
        if head not in self._known:
            if len(self._known) >= _HEADS_KNOWN:
                self._known.clear()
            self._known[head] = _head(decoded(head).text)
        known = self._known[head]
        if known is None:
            return None
        return Property(
            line=number,
            group=known.group,
            name=known.name,
            types=known.types,
            preference=known.preference,
            encoding=known.encoding,
            charset=known.charset,
            folds=[value],
        )


def _head(text: str) -> _Head | None:
    first, *parameters = _parted_parameters(text)
    found = _NAME.fullmatch(first.strip())
    if found is None:
        return None
    types: set[str] = set()
    preference, encoding, charset = _NO_PREFERENCE, "", ""
    for parameter in parameters:
        name, equals, given = parameter.partition("=")
        name, given = name.strip().upper(), given.strip().strip('"')
        upper = given.upper().replace("\\,", ",")
        match name:
            case "ENCODING":
                encoding = upper
            case "CHARSET":
                charset = given
            case "PREF" if equals:
                is_number = given.isascii() and given.isdecimal() and len(given) <= 3
                preference = int(given) if is_number else _PREFERRED
            case "TYPE":
                types |= {each.strip().strip('"') for each in upper.split(",")}
            case _ if not equals and name in _ENCODINGS:
                encoding = name
            case _ if not equals:
                types.add(name)
            case _:
                pass
    if "PREF" in types:
        preference = min(preference, _PREFERRED)
    return _Head(
        group=(found["group"] or "").casefold(),
        name=found["name"].strip().upper().replace("_", "-")[:LONGEST_NAME],
        types=frozenset(types),
        preference=preference,
        encoding="QUOTED-PRINTABLE" if encoding == "Q" else encoding,
        charset=charset,
    )


def _parted(line: bytes) -> tuple[bytes, bytes | None]:
    """What stands before and behind the first colon that is not inside quotation marks."""
    inside = False
    for mark in _QUOTE_OR_COLON.finditer(line):
        if mark[0] == b'"':
            inside = not inside
        elif mark[0] == b":" and not inside:
            return line[: mark.start()], line[mark.end() :]
    head, colon, value = line.partition(b":")
    return head, value if colon else None


def _parted_parameters(head: str) -> list[str]:
    parts, start, inside = [], 0, False
    for mark in _QUOTE_OR_SEMICOLON.finditer(head):
        if mark[0] == '"':
            inside = not inside
        elif mark[0] == ";" and not inside:
            parts.append(head[start : mark.start()])
            start = mark.end()
    return [*parts, head[start:]]


def _divided(text: str, at: str) -> list[str]:
    """``text`` divided at each of the characters ``at`` that has no backslash before it.

    The backslashes stay.
    """
    if "\\" not in text and len(at) == 1:
        return text.split(at)
    parts, start = [], 0
    for mark in re.finditer(rf"\\.|[{at}]", text, re.DOTALL):
        if mark[0][0] != "\\":
            parts.append(text[start : mark.start()])
            start = mark.end()
    return [*parts, text[start:]]


def _rejoined(parts: list[str]) -> list[str]:
    """The parts again as one where what divided them had a backslash before it."""
    joined: list[str] = []
    escaped = False
    for part in parts:
        if escaped:
            joined[-1] += ";" + part
        else:
            joined.append(part)
        escaped = (len(part) - len(part.rstrip("\\"))) % 2 == 1
    return joined


def unescaped(text: str, version: str) -> str:
    """``text`` with its escapes read; 2.1 has them only for what divides."""
    if version == _OLD_VERSION:
        return re.sub(r"\\([;,:])", r"\1", text)
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def divided(text: str, at: str, version: str) -> list[str]:
    """The parts of a list such as that of categories, unescaped."""
    return [unescaped(part, version) for part in _divided(text, at)]
