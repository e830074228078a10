"""Rows ↔ the domain's frozen values. Nothing of a row leaves ``store``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, TypeAlias

from sqlalchemy import Row

from fitcheck.changes import FIELD_TYPES, field_of, with_field
from fitcheck.codec import decode, encode
from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Prospect
from fitcheck.domain.bank import Evidence, Form, Reference
from fitcheck.domain.book import StoredPolicy
from fitcheck.domain.history import Change, Event, EventKind, Subject
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Phase, Summary
from fitcheck.domain.policy import Appetite
from fitcheck.store.line_rows import CONTACT as CONTACT
from fitcheck.store.line_rows import assessment_line as assessment_line
from fitcheck.store.line_rows import prospect_line as prospect_line
from fitcheck.store.line_rows import prospect_of as prospect_of
from fitcheck.store.line_rows import summary_of as summary_of

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row of whatever columns."""

Values = dict[str, Any]
"""The values of a row by the names of its columns."""

SEARCHED = ("name", "organisation", "role", "met_at")


def fold(text: str) -> str:
    """``text`` as a search compares it: without case, and however its accents are composed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


# Letters with a mark that Unicode takes for letters of their own.
_NO_MARKS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)


def sorted_as(text: str) -> str:
    """``text`` so that the order of such texts is that of names in an index of a book.

    Without the marks of its letters, so that Élodie stands among the E; behind them, what tells
    those apart who differ in nothing else. The order of a language would change with the system,
    and an index that was made in another order finds nothing.
    """
    whole = fold(text)
    parts = unicodedata.normalize("NFD", whole)
    bare = "".join(c for c in parts if not unicodedata.combining(c)).translate(_NO_MARKS)
    return bare if bare == whole else f"{bare}\x01{whole}"


_RUN = re.compile(r"\w+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b]")


def parts_of(search: str) -> list[str]:
    """The words of ``search``, each of which has to be found, as they stand in :func:`words_of`."""
    return _CONTROLS.sub("\ufffd", fold(search)).split()


def words_of(*texts: str) -> str:
    """Texts as the index of a search has them: every word, folded, behind two spaces.

    The index knows three characters at a time. The spaces let it find the beginning of a word of
    which only one or two have been typed, also within what is no space: “o’b” has a “b”.
    """
    found = parts_of("\n".join(texts))
    inner = [m[0][:2] for word in found for m in _RUN.finditer(word) if m.start()]
    return "".join(f"  {word}" for word in (*found, *inner))


# Prospects


def prospect_values(prospect: Prospect) -> Values:
    values = {name: getattr(prospect, name) for name in CONTACT}
    return {**values, "search": fold("\n".join(values[name] for name in SEARCHED))}


# Assessments


def assessment_values(assessment: Assessment) -> Values:
    return {
        "date": assessment.date,
        "form": assessment.form.value,
        "appetite": assessment.appetite.value,
        "bank_id": assessment.bank.id,
        "bank_version": assessment.bank.version,
        "policy_id": assessment.policy.id,
        "policy_version": assessment.policy.version,
    }


def assessment_of(
    row: AnyRow,
    prospect: Prospect,
    answers: Iterable[AnyRow],
    deal_breakers: Iterable[AnyRow],
    fields: Iterable[AnyRow],
) -> Assessment:
    assessment = Assessment(
        date=row.date,
        bank=Reference(row.bank_id, row.bank_version),
        policy=Reference(row.policy_id, row.policy_version),
        form=Form(row.form),
        appetite=Appetite(row.appetite),
        prospect=prospect,
        answers={answer.question: _answer_of(answer) for answer in answers},
        deal_breakers={entry.id: DealBreakerState(entry.state) for entry in deal_breakers},
    )
    for field in fields:
        assessment = with_field(assessment, field.key, decode(FIELD_TYPES[field.key], field.value))
    return assessment


def summary_values(summary: Summary | None) -> Values:
    if summary is None:
        return {}
    return {
        "recommendation": summary.recommendation.value,
        "leaning": summary.leaning,
        "good": summary.good,
        "workable": summary.workable,
        "poor": summary.poor,
        "answered": summary.answered,
        "asked": summary.asked,
    }


def phase_of(latest: AnyRow | None, decided: str | None = None) -> Phase:
    """Where a prospect stands: as ``decided``, or as the latest assessment has it.

    Before a decision it is open until the latest assessment is finished, and not too early.
    """
    if decided is not None:
        return Phase(decided)
    if latest is None or not latest.finished or latest.recommendation is None:
        return Phase.OPEN
    recommendation = Recommendation(latest.recommendation)
    if recommendation is Recommendation.UNDECIDED:
        return Phase.OPEN
    return Phase(recommendation.value)


# What an assessment consists of


def answer_values(answer: Answer) -> Values:
    return {
        "question": answer.question,
        "value": answer.value,
        "evidence": answer.evidence and answer.evidence.value,
        "note": answer.note,
        "quote": answer.quote,
    }


def _answer_of(row: AnyRow) -> Answer:
    evidence = None if row.evidence is None else Evidence(row.evidence)
    return Answer(row.question, row.value, evidence, row.note, row.quote)


def deal_breaker_values(assessment: Assessment) -> list[Values]:
    return [
        {"id": id_, "state": DealBreakerState(state).value}
        for id_, state in assessment.deal_breakers.items()
    ]


def field_values(assessment: Assessment) -> list[Values]:
    return [{"key": key, "value": encode(field_of(assessment, key))} for key in FIELD_TYPES]


# Policies


def policy_values(policy: StoredPolicy) -> Values:
    return {
        "id": policy.reference.id,
        "version": policy.reference.version,
        "text": policy.text,
        "made_on": policy.made_on,
    }


def policy_of(row: AnyRow) -> StoredPolicy:
    return StoredPolicy(Reference(row.id, row.version), row.text, row.made_on)


# The log


def event_values(event: Event) -> Values:
    return {
        "kind": event.kind.value,
        "subject": event.change.subject.value,
        "key": event.change.key,
        "before": event.change.before,
        "after": event.change.after,
    }


def event_of(row: AnyRow) -> Event:
    change = Change(Subject(row.subject), row.key, row.before, row.after)
    return Event(EventKind(row.kind), change)
