"""The second gate: a document for the prospect that repeats private words is held back.

The first gate is a type without private fields. This one reads what was really set: eight or more
consecutive words of a private text in the text of the rendered document hold it back, until they
are edited away or the consultant lets exactly these words pass, which is recorded.

Words are compared without case, punctuation and the way in which lines were broken. Not every
repetition gives something away, so two kinds of text are let through:

- what the prospect has been told or has said for this very document (a confirmed restatement, the
  answer to I7, what comes next, the bank's own conditions) may stand in it whoever noted it too;
- what the prospect said may be said back to them wherever the consultant wrote it for them.

What the consultant thought and noted is held back even where it was copied into the plan: that is
how a candid note comes to be handed over.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from fitcheck.domain.assessment import Assessment, Release
from fitcheck.domain.bank import Bank
from fitcheck.domain.private_texts import (
    Place,
    PrivateText,
    private_texts,
    told_texts,
    written_texts,
)
from fitcheck.domain.report import Edition

RUN = 8
"""Words in a row that can't be the same by chance."""

AROUND = 6
"""Words of the document that are shown before and after a repetition."""

_PREFIX = 8
"""Letters by which a run is looked up: eight words have as many at least."""

_HYPHENS = "\\-\u2010\u2011\u00ad\ufffe\x02"
_WORD = re.compile(
    # A word goes on over an apostrophe, a hyphen, a hyphen at the end of a line, and what has no
    # width: letters, digits and combining marks are what is compared of it.
    rf"[^\W_]+(?:(?:[{_HYPHENS}]\s*[\r\n]+\s*|[{_HYPHENS}'’ʼ\u200b-\u200d\u2060\ufeff])[^\W_]+)*"
)
_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Repeat:
    """Private words found in a document: where they are private, and where they are printed.

    ``words`` is how the private text has them; ``printed`` how the document has them, with a few
    words ``before`` and ``after``, on ``page`` (from one).
    """

    place: Place
    words: str
    page: int
    before: str
    printed: str
    after: str


class _Text:
    """A text as words: their letters one after the other, and where each begins and ends.

    A run of words is a stretch of these letters from one word's beginning to another's end. So it
    is found even where a line was broken in the middle of a word that has no place to break.
    """

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFKC", text)
        self.spans: list[tuple[int, int]] = []
        letters: list[str] = []
        for match in _WORD.finditer(self.text):
            self.spans.append(match.span())
            letters.append(_NOT_A_LETTER.sub("", match[0].casefold()))
        self.words = letters
        self.letters = "".join(letters)
        self.starts = [0]
        for word in letters:
            self.starts.append(self.starts[-1] + len(word))
        self._ends = frozenset(self.starts[1:])

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for start in self.starts[:-1]:
            found.setdefault(self.letters[start : start + _PREFIX], []).append(start)
        return found

    def find(self, run: str) -> int | None:
        """Where these letters stand as whole words; ``None`` where they don't."""
        for start in self._index.get(run[:_PREFIX], ()):
            if start + len(run) in self._ends and self.letters.startswith(run, start):
                return start
        return None

    def runs(self) -> list[str]:
        """The letters of every :data:`RUN` words in a row, by the number of the first."""
        last = len(self.words) - RUN
        return [self.letters[self.starts[n] : self.starts[n + RUN]] for n in range(last + 1)]

    def said(self, first: int, last: int) -> str:
        """The text from one word to another as it was written, on one line."""
        first, last = max(first, 0), min(last, len(self.spans) - 1)
        if first > last:
            return ""
        return " ".join(self.text[self.spans[first][0] : self.spans[last][1]].split())

    def word_at(self, start: int) -> int:
        return bisect_right(self.starts, start) - 1


class _Document:
    """The pages as one text; and once more without what stands on every page.

    A sentence that goes on on the next page is interrupted by the foot of one and the head of the
    other.
    """

    def __init__(self, pages: Sequence[str]) -> None:
        self._ways = [_joined(pages)]
        if len(pages) > 1:
            self._ways.append(_joined(_bodies(pages)))

    def find(self, run: str) -> tuple[_Text, int, int] | None:
        """The text that has it, the number of its first word there, and its page from one."""
        for text, pages in self._ways:
            start = text.find(run)
            if start is not None:
                word = text.word_at(start)
                return text, word, bisect_right(pages, text.spans[word][0])
        return None


def _joined(pages: Sequence[str]) -> tuple[_Text, list[int]]:
    """The pages as one text, and where each of them begins in it."""
    # Normalised here, or the pages' beginnings would be those of another text.
    plain = [unicodedata.normalize("NFKC", page) for page in pages]
    begins, at = [], 0
    for page in plain:
        begins.append(at)
        at += len(page) + 1
    return _Text("\n".join(plain)), begins


def _bodies(pages: Sequence[str]) -> list[str]:
    """The pages without the lines that all of them have, whatever number is in them."""

    def alike(line: str) -> str:
        return re.sub(r"[\W\d_]+", "", line)

    common = set.intersection(*({alike(line) for line in page.splitlines()} for page in pages))
    return [
        "\n".join(line for line in page.splitlines() if alike(line) not in common) for page in pages
    ]


def repeats(
    pages: Sequence[str],
    private: Iterable[PrivateText],
    told: Iterable[str] = (),
    written: Iterable[str] = (),
    released: Iterable[str] = (),
) -> tuple[Repeat, ...]:
    """Every private run that the document repeats, as long as it goes on.

    What is ``told`` or ``released`` may stand in it; what is ``written`` for the prospect only
    where the private text holds their own words.
    """
    document = _Document(pages)
    known = [_Text(text) for text in (*told, *released)]
    theirs = [_Text(text) for text in written]
    found: list[Repeat] = []
    for each in private:
        text = _Text(each.text)
        allowed = [*known, *theirs] if each.theirs else known
        places = enumerate(_places(text, document, allowed))
        # Runs that begin with one word and with the next are one longer run.
        for _key, group in groupby(places, lambda at: at[1] - at[0]):
            numbers = [number for _at, number in group]
            found.append(_repeat(each.place, text, document, numbers[0], numbers[-1]))
    return tuple(found)


def _places(text: _Text, document: _Document, allowed: Sequence[_Text]) -> list[int]:
    """The words with which a run begins that is repeated and isn't allowed."""
    runs = text.runs()
    # A text that says the same over and over is looked up once.
    held = {
        run
        for run in set(runs)
        if document.find(run) and all(other.find(run) is None for other in allowed)
    }
    return [number for number, run in enumerate(runs) if run in held]


def _repeat(place: Place, text: _Text, document: _Document, first: int, last: int) -> Repeat:
    end = last + RUN
    there = document.find(text.letters[text.starts[first] : text.starts[end]])
    if there is None:
        # Printed in parts, here and there: the first is shown.
        there = document.find(text.letters[text.starts[first] : text.starts[first + RUN]])
        end = first + RUN
    assert there is not None
    printed, word, page = there
    stop = printed.word_at(printed.starts[word] + text.starts[end] - text.starts[first] - 1)
    return Repeat(
        place=place,
        words=text.said(first, last + RUN - 1),
        page=page,
        before=printed.said(word - AROUND, word - 1),
        printed=printed.said(word, stop),
        after=printed.said(stop + 1, stop + AROUND),
    )


HELD = (Edition.PROSPECT, Edition.DECLINE)
"""The documents that the gate stands before."""


def held_back(
    assessment: Assessment,
    bank: Bank,
    edition: Edition,
    pages: Sequence[str],
    beside: Sequence[PrivateText] = (),
) -> tuple[Repeat, ...]:
    """Why this document of the assessment is held back; empty where it may be handed over.

    ``pages`` is the text of each page as it was rendered; ``beside`` what is private of the
    prospect beside the assessment.
    """
    if edition not in HELD:
        return ()
    released = [
        words
        for release in assessment.releases
        if release.edition == edition.value
        for words in release.words
    ]
    return repeats(
        pages,
        (*private_texts(assessment, bank), *beside),
        told_texts(assessment, bank),
        written_texts(assessment),
        released,
    )


def release(found: Iterable[Repeat], edition: Edition, date: dt.date) -> Release:
    """The record that these words, and no others, may stand in that document."""
    return Release(date, edition.value, tuple(dict.fromkeys(each.words for each in found)))
