"""The characters in a file that doesn't say how they are written, or says so wrongly.

Phones and spreadsheets write UTF-8 with and without a mark, UTF-16, and what their Windows uses.
Text that isn't UTF-8 is read as windows-1252, the commonest of the rest; whoever reads it is told.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from fitcheck.i18n import _, thousands

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Those of UTF-32 begin with those of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

CHARSETS = frozenset(
    {
        "ascii", "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be",
        *(f"cp{number}" for number in (437, 850, 852, 866, 874, 932, 936, 949, 950)),
        *(f"cp{number}" for number in range(1250, 1259)),
        *(f"iso8859-{number}" for number in range(1, 17) if number != 12),
        "koi8-r", "koi8-u", "mac-roman", "tis-620",
        "shift_jis", "euc_jp", "iso2022_jp", "euc_kr", "iso2022_kr",
        "gb2312", "gbk", "gb18030", "hz", "big5", "big5hkscs",
    }
)  # fmt: skip
"""What a file may say it is written in. Python knows more, some of them no alphabets at all."""

_CLOSE_TO = {
    # What calls itself so is mostly Windows' own version, which has more characters.
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
}

# The five bytes that windows-1252 leaves open, as Windows itself reads them.
_WINDOWS = {
    code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)
}


@dataclass(frozen=True)
class Decoded:
    """``guessed``: it isn't written as it says, or as is usual, and was read as windows-1252."""

    text: str
    guessed: bool


def known_charset(name: str) -> str | None:
    """How Python calls a charset, or ``None`` where it isn't one of :data:`CHARSETS`."""
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return found if found in CHARSETS else None


def decoded(data: bytes, charset: str = "") -> Decoded:
    """The text in ``data``; ``charset`` is what it says it is written in, if it says anything."""
    declared = known_charset(charset) if charset else None
    attempts = [_CLOSE_TO.get(declared, declared), "utf-8"] if declared else ["utf-8"]
    for attempt in attempts:
        try:
            return Decoded(data.decode(attempt), guessed=False)
        except UnicodeDecodeError:
            continue
    return Decoded(as_windows(data), guessed=True)


def as_windows(data: bytes) -> str:
    """``data`` as windows-1252, which no byte is wrong in."""
    return data.decode("latin-1").translate(_WINDOWS)


def wide_charset(data: bytes) -> tuple[str, int]:
    """The charset that a file's first bytes give away, "" if none, and how long their mark is.

    UTF-16 is also told by its zeros, since not every program writes the mark.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return charset, len(mark)
    start = data[:64]
    even, odd = start[0::2], start[1::2]
    if len(start) >= 4 and odd.count(0) > len(odd) * 0.7 and 0 not in even:
        return "utf-16-le", 0
    if len(start) >= 4 and even.count(0) > len(even) * 0.7 and 0 not in odd:
        return "utf-16-be", 0
    return "", 0


def narrow(data: bytes) -> bytes:
    """``data`` in an alphabet whose line ends are single bytes: without a mark, and not UTF-16."""
    charset, mark = wide_charset(data)
    if charset in ("", "utf-8"):
        return data[mark:]
    return data[mark:].decode(charset, "replace").encode()


def too_many_lines(most: int, found: int) -> str:
    """What is said of a file of contacts that is too long."""
    told = _("expected at most {most} lines, found {found}")
    return told.format(most=thousands(most), found=thousands(found))
