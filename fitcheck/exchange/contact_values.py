"""Single values of contacts: what an address, a number, a link, a list of tags look like."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable

from fitcheck.domain.contact import distinct, one_line

_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+")
_NAMED_EMAIL = re.compile(r"[^<>]*<\s*(?P<address>[^<>\s]+)\s*>")
_ROUNDED = re.compile(r"\d[.,]\d+[eE]\+\d+")
_LINK = re.compile(r"(?i)(?:https?://|www\.)\S+")
_BARE_LINK = re.compile(r"(?i)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?")
_FEWEST_DIGITS = 3

# Groups that Google puts everybody in.
_GROUPS_OF_THE_PROGRAM = {"mycontacts", "starred", "starred in android"}


def as_email(text: str) -> str | None:
    """The address in ``text``, also of ``mailto:…`` and ``Name <…>``; ``None`` if there is none."""
    text = re.sub(r"(?i)^mailto:", "", one_line(text))
    if named := _NAMED_EMAIL.fullmatch(text):
        text = named["address"]
    return text if _EMAIL.fullmatch(text) else None


def as_phone(text: str) -> str | None:
    """The number in ``text`` as it is written; ``None`` if there is none, or a rounded one."""
    text = one_line(text)
    if text[:4].casefold() == "tel:":
        text = urllib.parse.unquote(text[4:])
        number, *parameters = text.split(";")
        extension = [each[4:] for each in parameters if each.casefold().startswith("ext=")]
        text = " ext. ".join([number, *extension[:1]])
    if is_rounded(text):
        return None
    return text if sum(char.isdecimal() for char in text) >= _FEWEST_DIGITS else None


def as_link(text: str) -> str | None:
    text = one_line(text)
    return text if _LINK.fullmatch(text) or _BARE_LINK.fullmatch(text) else None


def tags_among(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those that a person chose, and those that a program puts everybody in."""
    lines = [one_line(name) for name in names]
    programs = [name for name in lines if _plain(name) in _GROUPS_OF_THE_PROGRAM]
    return distinct(name for name in lines if name not in programs), distinct(programs)


def _plain(name: str) -> str:
    return name.removeprefix("*").strip().casefold()


def is_rounded(text: str) -> bool:
    """Whether a spreadsheet has made a telephone number into an amount, and lost its digits."""
    return _ROUNDED.fullmatch(text.strip()) is not None
