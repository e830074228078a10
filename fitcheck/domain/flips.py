"""What would change the recommendation: the answers on the table, one by one and together.

Section 5 of judgement.md, looking sideways rather than ahead: the same questions, other levels,
the same evidence, in the form that is in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import JUDGED_AXES, Bank, Question
from fitcheck.domain.judgement import Recommendation, Rules
from fitcheck.domain.policy import Policy
from fitcheck.domain.posterior import TOP_LEVEL, Rated, rated_among, rated_by_prospect, scope
from fitcheck.domain.steps import Steps, whole


@dataclass(frozen=True)
class Flip:
    """With level ``level`` in place of ``was`` the result would be ``recommendation``."""

    question: Question
    was: int
    level: int
    recommendation: Recommendation


@dataclass(frozen=True)
class Raised:
    """An answer that has to rise to ``level``."""

    question: Question
    level: int


def flips(assessment: Assessment, bank: Bank, policy: Policy) -> tuple[Flip, ...]:
    """For each answered question the nearest level, down and up, that changes the result.

    In form order, down before up; empty where no single answer can change anything.
    """
    return whole(seeking_flips(assessment, bank, policy))


def seeking_flips(assessment: Assessment, bank: Bank, policy: Policy) -> Steps[tuple[Flip, ...]]:
    """:func:`flips` in steps: one answer, one way each."""
    answers, rules = _table(assessment, bank, policy)
    today = rules.recommendation(answers)
    found = []
    for index, answer in enumerate(answers):
        for levels in (range(answer.level - 1, -1, -1), range(answer.level + 1, TOP_LEVEL + 1)):
            for level in levels:
                result = rules.recommendation(_with(answers, [(index, level)]))
                if result is not today:
                    found.append(Flip(answer.question, answer.level, level, result))
                    break
            yield
    return tuple(found)


def to_proceed(
    assessment: Assessment, bank: Bank, policy: Policy
) -> tuple[tuple[Raised, ...], ...] | None:
    """All smallest sets of answers that would have to rise for the result to be "proceed".

    One entry per set of questions on chemistry and trust, with the levels of the least total rise
    (where several have it, the lowest for the first question). Sorted by total rise, then form
    order. Empty if it is "proceed" already; ``None`` if ``policy.most_to_raise`` don't suffice.
    """
    return whole(seeking_to_proceed(assessment, bank, policy))


def seeking_to_proceed(
    assessment: Assessment, bank: Bank, policy: Policy
) -> Steps[tuple[tuple[Raised, ...], ...] | None]:
    """:func:`to_proceed` in steps: one set of answers each."""
    answers, rules = _table(assessment, bank, policy)
    if rules.recommendation(answers) is Recommendation.PROCEED:
        return ()
    low = [
        index
        for index, answer in enumerate(answers)
        if answer.question.axis in JUDGED_AXES and answer.level < TOP_LEVEL
    ]
    search = _Search(answers, rules)
    if search.proceeds([(index, TOP_LEVEL) for index in low]):
        for size in range(1, policy.most_to_raise + 1):
            found = []
            for chosen in combinations(low, size):
                levels = search.least_levels(chosen)
                if levels is not None:
                    found.append((chosen, levels))
                yield
            if found:
                # A stable sort: within a total rise, combinations come in form order.
                found.sort(
                    key=lambda entry: sum(entry[1]) - sum(answers[i].level for i in entry[0])
                )
                return tuple(
                    tuple(
                        Raised(answers[index].question, level)
                        for index, level in zip(chosen, levels, strict=True)
                    )
                    for chosen, levels in found
                )
    return None


class _Search:
    """Whether raised answers would proceed; what differs in name only is looked at once."""

    def __init__(self, answers: tuple[Rated, ...], rules: Rules) -> None:
        self._answers = answers
        self._rules = rules
        self._known: dict[tuple[object, ...], tuple[int, ...] | None] = {}

    def proceeds(self, changes: Iterable[tuple[int, int]]) -> bool:
        changed = _with(self._answers, changes)
        return self._rules.recommendation(changed) is Recommendation.PROCEED

    def least_levels(self, chosen: Sequence[int]) -> tuple[int, ...] | None:
        """The levels of least total rise for these answers, or ``None`` where none suffice."""
        kind = tuple(self._kind(self._answers[index]) for index in chosen)
        if kind not in self._known:
            self._known[kind] = self._seek(chosen)
        return self._known[kind]

    def _seek(self, chosen: Sequence[int]) -> tuple[int, ...] | None:
        # The result is monotone in every answer, so if the top won't do, nothing will.
        if not self.proceeds((index, TOP_LEVEL) for index in chosen):
            return None
        ways = product(*(range(self._answers[index].level + 1, TOP_LEVEL + 1) for index in chosen))
        return next(
            levels
            for levels in sorted(ways, key=lambda levels: (sum(levels), levels))
            if self.proceeds(zip(chosen, levels, strict=True))
        )

    @staticmethod
    def _kind(answer: Rated) -> object:
        """All that the rules see of an answer."""
        question = answer.question
        gate = question.facet.id if question.gate else ""
        return question.axis, question.weight, gate, answer.level, answer.evidence


def _table(assessment: Assessment, bank: Bank, policy: Policy) -> tuple[tuple[Rated, ...], Rules]:
    questions = scope(assessment, bank)
    rules = Rules(assessment, bank, policy, questions, rated_by_prospect(assessment, bank))
    return rated_among(questions, assessment), rules


def _with(answers: tuple[Rated, ...], changes: Iterable[tuple[int, int]]) -> tuple[Rated, ...]:
    """``answers`` with other levels at these places."""
    changed = list(answers)
    for index, level in changes:
        changed[index] = replace(changed[index], level=level)
    return tuple(changed)
