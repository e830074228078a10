"""The user guide as the program reads it: its contents, its pages, and a search through them.

Each is that of the language in force. English lies in the folder of the guide, another language in
one of its own in there; a page that a language lacks is the English one. The headings of a page are
the same in every language, one for one, so a place may name one as English does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fitcheck import packaged
from fitcheck.i18n import SOURCE_LANGUAGE, current_language, language

START = "README.md"
"""The page with the contents."""

_ENTRY = re.compile(r"^\d+\. \[([^]]+)\]\(([^)#]+\.md)\)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[([^]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*`_|#>]+")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.(md|json|png)")


@dataclass(frozen=True)
class Place:
    """A page by the name of its file, and the heading to begin at, "" for the top."""

    page: str
    heading: str = ""

    @classmethod
    def of(cls, link: str, page: str = START) -> Place:
        """Where ``link``, which stands on ``page``, leads to."""
        name, _mark, heading = link.partition("#")
        if name.endswith(".json"):
            # Data lies once, beside the folders of the other languages.
            name = name.rpartition("/")[2]
        return cls(name or page, heading)


def contents() -> Mapping[str, str]:
    """The title of every page by its name, in the order in which they are to be read."""
    return {name: title for title, name in _ENTRY.findall(text(START))}


def text(page: str) -> str:
    """A page's Markdown; a file of data as a page that shows it.

    Raises ``FileNotFoundError`` where the guide has none of that name.
    """
    return _read(_where(_safe(page)))


def picture(name: str) -> bytes:
    """A picture of the guide; raises ``FileNotFoundError`` where there is none."""
    return _where(f"pictures/{_safe(name)}").read_bytes()


def anchor(heading: str) -> str:
    """What a link calls a heading, as the common readers of Markdown do."""
    said = re.sub(r"[^\w\- ]", "", _LINK.sub(r"\1", heading).strip().lower())
    return said.replace(" ", "-")


def anchors(page: str) -> tuple[str, ...]:
    """The headings of a page as links call them."""
    return tuple(anchor(heading) for heading in _HEADING.findall(_FENCE.sub("", text(page))))


def heading_number(place: Place) -> int | None:
    """Which of the headings of its page a place names, if any: as that page calls it, or English.

    What is shown is what knows the place (ui/guide/topics.py), and it knows the English name.
    """
    own = anchors(place.page)
    if place.heading in own:
        return own.index(place.heading)
    with language(SOURCE_LANGUAGE):
        english = anchors(place.page)
    return english.index(place.heading) if place.heading in english else None


def search(wanted: str) -> Mapping[str, int]:
    """The pages that hold every word of ``wanted``, with how often the first one is there."""
    words = wanted.casefold().split()
    found: dict[str, int] = {}
    for page in contents() if words else ():
        said = _said(_where(page))
        if all(word in said for word in words):
            found[page] = said.count(words[0])
    return found


@cache
def _said(page: Path) -> str:
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", _read(page))).casefold().split())


@cache
def _read(file: Path) -> str:
    written = file.read_text(encoding="utf-8")
    return written if file.suffix == ".md" else f"# {file.name}\n\n```\n{written}```\n"


def _where(name: str) -> Path:
    """The page or picture in the language in force, or the English one for want of it."""
    folder, code = packaged.guide_folder(), current_language()
    own = folder / code / name
    return own if code != SOURCE_LANGUAGE and own.is_file() else folder / name


def _safe(name: str) -> str:
    # A link never leads out of the guide.
    if name != START and not _NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return name
