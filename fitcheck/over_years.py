"""A prospect's line over the years (I25), as the book has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank
from fitcheck.domain.judgement import judge
from fitcheck.domain.line import Years, engaged, line
from fitcheck.domain.moved import Judged
from fitcheck.domain.policy import Policy
from fitcheck.store.book import Book


class OverYears:
    """``rules`` finds the bank and the policy that an assessment was made with."""

    def __init__(
        self,
        book: Book,
        rules: Callable[[Assessment], tuple[Bank, Policy]],
        show_totals: Callable[[], bool],
    ) -> None:
        self._book = book
        self._rules = rules
        self._show_totals = show_totals

    def years(self, prospect_id: int) -> Years:
        """The whole line, each point judged by the rules that it was made with."""
        self._book.settle()  # or the last answers, or the finish itself, might be missing
        shown = self._show_totals()
        lines = self._book.assessments(prospect_id)[::-1]  # oldest first
        judged = {each.id: self._judged(each.id) for each in lines if shown or each.finished}
        period = self._book.periods.period(prospect_id)
        points = line(judged.values(), period)
        by_judged = {id(each): assessment_id for assessment_id, each in judged.items()}
        return Years(
            name=self._book.prospect(prospect_id).name,
            points=points,
            ids=tuple(by_judged[id(point.judged)] for point in points),
            period=period,
            unfinished=tuple(each.id for each in lines if each.id not in judged),
        )

    def engaged(self, prospect_id: int, day: dt.date) -> bool:
        """Whether an engagement was on: whether what is assessed that day is a check-up."""
        return engaged(self._book.periods.period(prospect_id), day)

    def _judged(self, assessment_id: int) -> Judged:
        assessment = self._book.assessment(assessment_id)
        bank, policy = self._rules(assessment)
        return Judged(assessment, bank, judge(assessment, bank, policy))
