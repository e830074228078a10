"""Text as it can be printed: nothing that no font has, and no box where something was meant.

The bundled fonts have the letters of Europe; for other scripts the system's fonts are asked. What
no text font has are pictures, and a font of all of them weighs more than the program's own: an
emoji is printed as its name, which says what was typed, in any print and to a screen reader, too.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
"""What HTML and XML can't hold (controls, lone surrogates, non-characters), and private use."""

_LINE_ENDS = re.compile("[\x85\u2028\u2029]")

IN_OUR_FONTS = frozenset("™℮↕↖↗↘↙↩↪↰↱↲↳↶↷↺↻⇄⇆◊✓❌⬎⬏⬐⬑")
"""The pictures that every bundled text font has; a test compares."""

_PICTURE = "[\u2100-\u24ff\u25a0-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff]"
_JOINING = "[\u200d\u20e3\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
_PICTURES = re.compile(f"{_PICTURE}(?:{_PICTURE}|{_JOINING})*|[\u20e3\ufe0e\ufe0f]")
_LETTER_A = 0x1F1E6
_LETTERS = range(_LETTER_A, _LETTER_A + 26)
"""Two of these letters are a flag."""


def printable(text: str) -> str:
    """``text`` with emoji named in brackets, and U+FFFD for what no document can hold."""
    ended = _LINE_ENDS.sub("\n", text)
    return _UNPRINTABLE.sub("\ufffd", _PICTURES.sub(_named, ended))


def _named(found: re.Match[str]) -> str:
    parts: list[str] = []
    for is_picture, group in groupby(found[0], _is_picture):
        run = "".join(group)
        if not is_picture:
            parts.append(run)
        elif names := _names(run):
            parts.append(f"[{', '.join(names)}]")
    return "".join(parts)


def _is_picture(character: str) -> bool:
    """Whether a text font leaves a box in its place; what joins pictures belongs to them."""
    if re.match(_JOINING, character):
        return True
    kind = unicodedata.category(character)
    return kind in ("So", "Cn") and character not in IN_OUR_FONTS


def _names(run: str) -> list[str]:
    """The names of the pictures in a run, repeated ones with their number."""
    flags = re.sub(_JOINING, "", run)
    names: list[str] = []
    at = 0
    while at < len(flags):
        if all(ord(letter) in _LETTERS for letter in flags[at : at + 2]) and at + 1 < len(flags):
            country = (chr(ord(letter) - _LETTER_A + ord("A")) for letter in flags[at : at + 2])
            names.append(f"flag {''.join(country)}")
            at += 2
        else:
            names.append(unicodedata.name(flags[at], "symbol").lower())
            at += 1
    counted = ((name, len(list(same))) for name, same in groupby(names))
    return [name if count == 1 else f"{name} ×{count}" for name, count in counted]
