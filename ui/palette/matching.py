"""How well what is typed fits a name: by the beginnings of its words, then ever more loosely."""

from __future__ import annotations

import unicodedata
from enum import IntEnum


class Fit(IntEnum):
    """The better ones first."""

    WHOLE = 0
    """The name begins with what is typed."""
    WORDS = 1
    """Every word that is typed begins a word of the name."""
    AROUND = 2
    """The same, with what stands beside the name."""
    WITHIN = 3
    """Every word is somewhere in the name, or beside it."""
    LETTERS = 4
    """The letters come in this order, the first at the beginning of a word."""


def plain(text: str) -> str:
    """``text`` without case, accents and what isn't said, as it is compared."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = (each if each.isalnum() or each in "+/?," else " " for each in apart if _said(each))
    return " ".join("".join(kept).split())


def fit(wanted: str, name: str, beside: str = "") -> Fit | None:
    """How ``wanted`` fits, each of them :func:`plain`; ``None`` where it doesn't."""
    if name.startswith(wanted):
        return Fit.WHOLE
    words = wanted.split()
    if _begin(words, name):
        return Fit.WORDS
    if _begin(words, f"{name} {beside}"):
        return Fit.AROUND
    if all(word in name or word in beside for word in words):
        return Fit.WITHIN
    letters = "".join(words)
    return Fit.LETTERS if len(letters) > 1 and _in_order(letters, name) else None


def _said(character: str) -> bool:
    return not unicodedata.combining(character) and character not in "’'"


def _begin(words: list[str], text: str) -> bool:
    there = text.split()
    return all(any(each.startswith(word) for each in there) for word in words)


def _in_order(letters: str, name: str) -> bool:
    starts = [at for at in range(len(name)) if at == 0 or name[at - 1] == " "]
    return any(_from(letters, name[start:]) for start in starts if name[start:][:1] == letters[0])


def _from(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
