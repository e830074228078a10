"""What the template of the private file gets: the judgement and the answers, put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fitcheck.domain.assessment import Answer
from fitcheck.domain.bank import Axis, Bank, Question, Side
from fitcheck.domain.drafting import blank_b, plan_in_force
from fitcheck.domain.judgement import Reason
from fitcheck.domain.plan import Stage
from fitcheck.domain.report import PrivateFile
from reports import firm_words, moved_words, plan_words, verdict_words, words
from reports.plan_words import spoken

TOP_REASONS = 5
"""How many reasons for, and how many against, stand on the first pages."""


@dataclass(frozen=True)
class ReasonLine:
    """A reason in words: the facet and the answer that was chosen."""

    facet: str
    axis: str
    answer: str


@dataclass(frozen=True)
class AnswerLine:
    """One answer as it is printed; what there is none of is an empty text."""

    facet: str
    problem: str
    say: str
    answer: str
    level: str
    evidence: str
    note: str
    quote: str


@dataclass(frozen=True)
class AnswerGroup:
    """The answers of an axis in form order, and the questions that are still open there."""

    heading: str
    summary: str
    lines: tuple[AnswerLine, ...]
    open: tuple[str, ...]


def context(report: PrivateFile) -> dict[str, Any]:
    """The context of ``private.html``, all words in the language in force."""
    assessment, judgement, bank = report.assessment, report.judgement, report.bank
    plan = spoken(plan_in_force(assessment, bank, judgement, report.profile))
    return {
        "title": assessment.prospect.name,
        "assessment": assessment,
        "judgement": judgement,
        "sentence": firm_words.verdict_sentence(assessment, report.verdict),
        "firmness": firm_words.firmness_sentences(assessment, report.verdict.firmness),
        "ask_next": verdict_words.ask_lines(assessment, bank, report.verdict),
        "asks_heading": verdict_words.asks_heading(report.verdict),
        "flips": verdict_words.flip_sentences(report.verdict),
        "to_proceed": verdict_words.to_proceed_sentences(report.policy, report.verdict),
        "warnings": verdict_words.warning_sentences(judgement),
        "talk_about": verdict_words.gap_sentences(judgement),
        "moved": moved_words.moved_lines(report.moved) if report.moved else None,
        "reasons_for": _reasons(judgement.reasons, report, for_it=True),
        "reasons_against": _reasons(judgement.reasons, report, for_it=False),
        "measurable": _reasons(judgement.nature_reasons, report, for_it=True),
        "taste": _reasons(judgement.nature_reasons, report, for_it=False),
        "confirmed": [words.confirmed_sentence(id_, bank) for id_ in judgement.confirmed],
        "brakes": [words.brake_sentence(brake, bank) for brake in judgement.brakes],
        "missing": [words.missing_sentence(missing) for missing in judgement.missing],
        "deal_breakers": [
            (
                words.deal_breaker_text(id_, bank),
                words.deal_breaker_state_name(state),
            )
            for id_, state in assessment.deal_breakers.items()
        ],
        "plan": plan,
        "pw": plan_words,
        "risks": [plan_words.risk_line(risk) for risk in plan.risks],
        "blank_b": plan_words.blank_b_warning() if blank_b(plan.risks) else "",
        "asks": [_asks(stage, bank) for stage in plan.stages],
        "groups": _groups(report),
    }


def _asks(stage: Stage, bank: Bank) -> str:
    """What is asked again when a stage is over, by the facets."""
    found = (bank.by_id[id_] for id_ in stage.asks if id_ in bank.by_id)
    return "; ".join(dict.fromkeys(words.bank_text(q.facet.name) for q in found))


def _reasons(reasons: tuple[Reason, ...], report: PrivateFile, *, for_it: bool) -> list[ReasonLine]:
    """The strongest reasons of one direction; an answer just at the bar is a reason for neither."""
    pushing = [reason for reason in reasons if (reason.push > 0 if for_it else reason.push < 0)]
    return [_reason(reason, report) for reason in pushing[:TOP_REASONS]]


def _reason(reason: Reason, report: PrivateFile) -> ReasonLine:
    question = reason.question
    given = report.assessment.answers[question.id]
    return ReasonLine(
        facet=words.bank_text(question.facet.name),
        axis=words.axis_name(question.axis),
        answer=words.answer_text(question, given.value),
    )


def _groups(report: PrivateFile) -> list[AnswerGroup]:
    """The consultant's answers by axis, then the prospect's own where there are any."""
    answers, form = report.assessment.answers, report.assessment.form
    groups = []
    for axis in Axis:
        questions = [
            q for q in report.bank.questions if q.axis is axis and q.side is Side.CONSULTANT
        ]
        unanswered = [q for q in questions if form in q.forms and q.id not in answers]
        groups.append(
            AnswerGroup(
                heading=words.axis_name(axis),
                summary=words.answered_text(report.judgement.axes[axis]),
                lines=tuple(answer_line(q, answers[q.id]) for q in questions if q.id in answers),
                open=tuple(words.bank_text(q.say) for q in unanswered),
            )
        )
    theirs = [q for q in report.bank.questions if q.side is Side.PROSPECT and q.id in answers]
    if theirs:
        groups.append(
            AnswerGroup(
                heading=words.their_side(),
                summary="",
                lines=tuple(answer_line(q, answers[q.id]) for q in theirs),
                open=(),
            )
        )
    return groups


def answer_line(question: Question, answer: Answer) -> AnswerLine:
    """One answer in the bank's words."""
    level = answer.level
    return AnswerLine(
        facet=words.bank_text(question.facet.name),
        problem=words.problem_name(question.problem),
        say=words.bank_text(question.say),
        answer=words.answer_text(question, answer.value),
        level="" if level is None else words.level_text(level),
        evidence=words.evidence_name(answer.evidence) if answer.evidence else "",
        note=answer.note,
        quote=answer.quote,
    )
