"""Prospects side by side, each by the latest assessment of theirs that is finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Bank
from fitcheck.domain.beside import Beside, beside
from fitcheck.domain.judgement import judge
from fitcheck.domain.moved import Judged
from fitcheck.domain.policy import Policy
from fitcheck.store.book import Book

MOST = 6
"""How many stand side by side: more than that, nobody takes in."""


@dataclass(frozen=True)
class Column:
    """A prospect with the assessment that speaks for them."""

    prospect_id: int
    assessment_id: int
    judged: Judged = field(repr=False)


@dataclass(frozen=True)
class SideBySide:
    """``columns`` in the order in which they were asked for; ``unfinished`` have nothing to show
    yet. ``table`` is there from two columns on."""

    columns: tuple[Column, ...]
    unfinished: tuple[Prospect, ...] = field(repr=False)
    table: Beside | None


class Comparing:
    """Reads alone: nothing of a comparison is kept."""

    def __init__(self, book: Book, rules: Callable[[Assessment], tuple[Bank, Policy]]) -> None:
        self._book = book
        self._rules = rules

    def side_by_side(self, prospect_ids: Sequence[int]) -> SideBySide:
        """These prospects, :data:`MOST` at most; who is no longer in the book is left out."""
        columns: list[Column] = []
        unfinished: list[Prospect] = []
        for id_ in list(dict.fromkeys(prospect_ids))[:MOST]:
            try:
                prospect = self._book.prospect(id_)
            except KeyError:
                continue
            lines = self._book.assessments(id_)
            latest = next((line.id for line in lines if line.finished), None)
            if latest is None:
                unfinished.append(prospect)
            else:
                columns.append(Column(id_, latest, self._judged(latest)))
        table = beside([each.judged for each in columns]) if len(columns) > 1 else None
        return SideBySide(tuple(columns), tuple(unfinished), table)

    def _judged(self, assessment_id: int) -> Judged:
        assessment = self._book.assessment(assessment_id)
        bank, policy = self._rules(assessment)
        return Judged(assessment, bank, judge(assessment, bank, policy))
