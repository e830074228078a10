"""Two or more prospects side by side: what each came to, and the rows in which they differ.

Each keeps the rules that judged it. Nothing is added up across a row and nobody is ranked: which of
two to choose is the consultant's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fitcheck.domain.assessment import DealBreakerState
from fitcheck.domain.bank import Axis, Question
from fitcheck.domain.judgement import Recommendation, Stance
from fitcheck.domain.moved import Given, Judged
from fitcheck.domain.policy import Match
from fitcheck.domain.posterior import Posterior


class About(StrEnum):
    """What a row of figures and findings is about."""

    FINAL = "final"
    RECOMMENDATION = "recommendation"
    STANCE = "stance"


@dataclass(frozen=True)
class FindingRow:
    about: About
    values: tuple[Recommendation | Stance, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


@dataclass(frozen=True)
class OddsRow:
    match: Match
    values: tuple[float, ...]

    @property
    def differs(self) -> bool:
        return len(set(map(_shown, self.values))) > 1


@dataclass(frozen=True)
class AxisRow:
    axis: Axis
    values: tuple[Posterior, ...]

    @property
    def differs(self) -> bool:
        """By what is shown, so that no row differs in what nobody can see."""
        return len({tuple(map(_shown, (p.score, p.low, p.high))) for p in self.values}) > 1

    @property
    def apart(self) -> bool:
        """Whether two ranges lie apart: a difference that is hardly chance."""
        return max(p.low for p in self.values) > min(p.high for p in self.values)


@dataclass(frozen=True)
class DealBreakerRow:
    """``None`` where it wasn't asked about."""

    id: str
    text: str
    values: tuple[DealBreakerState | None, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


@dataclass(frozen=True)
class AnswerRow:
    """What was answered to a question: no note and no quote.

    ``asked`` is the question as each was asked it: under another bank the same one may have other
    answers, and a level stands for the sentence that was chosen.
    """

    question: Question
    values: tuple[Given, ...]
    asked: tuple[Question, ...]

    @property
    def differs(self) -> bool:
        return len(set(map(_said, self.values, self.asked))) > 1


Row = FindingRow | OddsRow | AxisRow | DealBreakerRow | AnswerRow


@dataclass(frozen=True)
class Beside:
    """A column for each of ``names``, in their order, and every row that at least one has.

    ``other_rules`` says that not all were judged by the same bank, policy and appetite, so that
    part of what differs may be due to those.
    """

    names: tuple[str, ...] = field(repr=False)
    rows: tuple[Row, ...]
    other_rules: bool

    @property
    def differing(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.differs)


def beside(columns: Sequence[Judged]) -> Beside:
    """These assessments side by side; questions come in the order of the first bank."""
    if len(columns) < 2:
        raise ValueError("side by side takes two")
    judgements = [each.judgement for each in columns]
    rules = {(a.bank, a.policy, a.appetite) for a in (each.assessment for each in columns)}
    return Beside(
        names=tuple(each.assessment.prospect.name for each in columns),
        rows=(
            FindingRow(About.FINAL, tuple(j.final for j in judgements)),
            FindingRow(About.RECOMMENDATION, tuple(j.recommendation for j in judgements)),
            FindingRow(About.STANCE, tuple(j.stance for j in judgements)),
            *(OddsRow(match, tuple(j.odds[match] for j in judgements)) for match in Match),
            *(AxisRow(axis, tuple(j.axes[axis] for j in judgements)) for axis in Axis),
            *_deal_breakers(columns),
            *_answers(columns),
        ),
        other_rules=len(rules) > 1,
    )


def _deal_breakers(columns: Sequence[Judged]) -> list[DealBreakerRow]:
    texts: dict[str, str] = {}
    for each in columns:
        for one in each.bank.deal_breakers:
            texts.setdefault(one.id, one.text)
    return [
        DealBreakerRow(id_, text, tuple(_state(each, id_) for each in columns))
        for id_, text in texts.items()
    ]


def _state(column: Judged, id_: str) -> DealBreakerState | None:
    if id_ not in column.bank.deal_breaker_by_id:
        return None
    return column.assessment.deal_breakers.get(id_, DealBreakerState.OPEN)


def _answers(columns: Sequence[Judged]) -> list[AnswerRow]:
    """A row for each question that somebody answered."""
    questions: dict[str, Question] = {}
    for each in columns:
        for question in each.bank.questions:
            questions.setdefault(question.id, question)
    rows = [
        AnswerRow(
            question,
            tuple(_given(each, id_) for each in columns),
            tuple(each.bank.by_id.get(id_, question) for each in columns),
        )
        for id_, question in questions.items()
    ]
    return [row for row in rows if any(given.value is not None for given in row.values)]


def _given(column: Judged, id_: str) -> Given:
    answer = column.assessment.answers.get(id_)
    if answer is None:
        return Given(None, None)
    return Given(answer.value, answer.evidence if answer.level is not None else None)


def _said(given: Given, asked: Question) -> tuple[Given, str]:
    """An answer with the sentence that was chosen, if there is one."""
    return given, asked.levels[given.value] if isinstance(given.value, int) else ""


def _shown(share: float) -> int:
    """In whole per cent, as it is shown."""
    return int(share * 100 + 0.5 + 1e-9)
