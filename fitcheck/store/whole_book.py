"""Every row of a book as the lines of its file, and a prospect's or assessment's lines as rows."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, insert, select

from fitcheck.domain.assessment import DealBreakerState, Mark
from fitcheck.domain.bank import Evidence, Form, Reference
from fitcheck.domain.history import EventKind, Subject
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.policy import Appetite
from fitcheck.domain.profile import DEFAULT_ACCENT, Profile
from fitcheck.domain.whole_book import (
    VERSION,
    BookAnswer,
    BookAssessment,
    BookBank,
    BookColleague,
    BookContact,
    BookDealBreaker,
    BookEnd,
    BookErased,
    BookEvent,
    BookHead,
    BookPolicy,
    BookPreferences,
    BookProfile,
    BookProspect,
    BookSummary,
    Record,
)
from fitcheck.exchange.book_steps import steps_of
from fitcheck.exchange.book_text import stretches
from fitcheck.settings import Preferences
from fitcheck.store import lines, rows, tables
from fitcheck.store.banks import stored_banks
from fitcheck.store.form_sheets import token_of
from fitcheck.store.periods import period_of
from fitcheck.store.preferences import preferences_of
from fitcheck.store.reading import parts
from fitcheck.store.rows import AnyRow, Values
from fitcheck.store.years import forecasts_of, years_of

OF_A_ROW = "0" * 16
"""What a uid begins with that revision 0005 made of a row's id: in another book it is somebody
else's, so that it is never taken along."""

CONTACT = tuple(BookContact.__dataclass_fields__)


def records(connection: Connection, now: dt.datetime) -> Iterator[Record]:
    """The whole book, as one state of it has it."""
    count = 0
    for record in _all(connection, now):
        count += 1
        yield record
    yield BookEnd(count)


def _all(connection: Connection, now: dt.datetime) -> Iterator[Record]:
    prospect, assessment = tables.prospect, tables.assessment
    yield BookHead(
        "fitcheck/book",
        VERSION,
        now,
        prospects=connection.scalar(select(func.count()).select_from(prospect)) or 0,
        assessments=connection.scalar(select(func.count()).select_from(assessment)) or 0,
    )
    for bank in stored_banks(connection):
        yield BookBank(bank.reference.id, bank.reference.version, bank.text, bank.made_on)
    for row in connection.execute(select(tables.policy).order_by(tables.policy.c.number)):
        yield BookPolicy(row.id, row.version, row.text, row.made_on)
    colleague, numbers = tables.colleague, dict[int, int]()
    for row in connection.execute(select(colleague).order_by(colleague.c.id)):
        numbers[row.id] = len(numbers) + 1
        yield BookColleague(row.name, row.contact, row.good_at, row.consent_on)
    yield preferences_record(preferences(connection))
    for row in connection.execute(select(tables.erased).order_by(tables.erased.c.uid)):
        if not row.uid.startswith(OF_A_ROW):
            yield BookErased(row.uid, row.day)
    for id_ in connection.scalars(select(prospect.c.id).order_by(prospect.c.id)).all():
        uids = uids_of_assessments(connection, id_)
        yield prospect_record(connection, id_, tuple(uids.values()), numbers)
        for assessment_id, uid in uids.items():
            record, events = assessment_record(connection, assessment_id, uid)
            yield record
            yield from stretches(events)


def preferences(connection: Connection) -> Preferences:
    """What was saved; the default for whatever is missing."""
    found = connection.execute(select(tables.preference))
    return preferences_of({row.key: row.value for row in found})


def preferences_record(chosen: Preferences) -> BookPreferences:
    profile = chosen.profile
    accent = "" if profile.accent == DEFAULT_ACCENT else profile.accent
    logo = base64.b64encode(profile.logo).decode("ascii")
    values = {**profile.__dict__, "accent": accent, "logo": logo}
    return BookPreferences(
        BookProfile(**values),
        chosen.paper,
        chosen.appetite,
        chosen.own_policy,
        chosen.show_totals,
        chosen.keep_years,
        chosen.own_bank,
    )


def profile_of(record: BookProfile) -> Profile:
    """Raises ``ValueError`` for a logo that isn't base 64."""
    logo = base64.b64decode(record.logo, validate=True)
    return Profile(**{**record.__dict__, "accent": record.accent or DEFAULT_ACCENT, "logo": logo})


def uids_of_assessments(connection: Connection, prospect_id: int) -> dict[int, str]:
    """The assessments of a prospect in the order in which they were added, each with its uid."""
    table, uid = tables.assessment, tables.assessment_uid
    mine = (
        select(table.c.id, uid.c.uid)
        .join(uid, uid.c.assessment_id == table.c.id)
        .where(table.c.prospect_id == prospect_id)
        .order_by(table.c.id)
    )
    return {row.id: row.uid for row in connection.execute(mine)}


def uids_of(connection: Connection, prospect_id: int) -> tuple[str, ...]:
    """Every uid that a prospect is known by in other books, in an order of its own."""
    keeping, known = tables.keeping, tables.known_as
    own = select(keeping.c.uid).where(keeping.c.prospect_id == prospect_id)
    others = select(known.c.uid).where(known.c.prospect_id == prospect_id)
    found = connection.scalars(own.union(others))
    return tuple(sorted(uid for uid in found if not uid.startswith(OF_A_ROW)))


def contact_of(row: AnyRow) -> BookContact:
    return BookContact(**{name: getattr(row, name) for name in CONTACT})


def prospect_record(
    connection: Connection,
    prospect_id: int,
    assessments: tuple[str, ...],
    colleagues: Mapping[int, int],
) -> BookProspect:
    """``colleagues`` are the numbers of their lines by their ids."""
    table, keeping = tables.prospect, tables.keeping
    both = select(table, keeping.c.until, keeping.c.kept_on).join(
        keeping, keeping.c.prospect_id == table.c.id
    )
    row = connection.execute(both.where(table.c.id == prospect_id)).one()
    return BookProspect(
        uids=uids_of(connection, prospect_id),
        contact=contact_of(row),
        changed=row.changed,
        kept_until=row.until,
        kept_on=row.kept_on,
        period=steps_of(period_of(connection, prospect_id), forecasts_of(connection, prospect_id)),
        assessments=assessments,
        **years_of(connection, prospect_id, colleagues).__dict__,
    )


def assessment_record(
    connection: Connection, assessment_id: int, uid: str
) -> tuple[BookAssessment, tuple[BookEvent, ...]]:
    """An assessment with its history, as its lines say it."""
    table = tables.assessment
    row = connection.execute(select(table).where(table.c.id == assessment_id)).one()
    log = parts(connection, tables.event, assessment_id)
    summary = rows.summary_of(row)
    record = BookAssessment(
        uid=uid,
        date=row.date,
        form=Form(row.form),
        appetite=Appetite(row.appetite),
        bank=Reference(row.bank_id, row.bank_version),
        policy=Reference(row.policy_id, row.policy_version),
        position=row.position,
        finished=row.finished,
        started_at=row.started_at,
        summary=None if summary is None else BookSummary(**summary.__dict__),
        form_token=token_of(connection, assessment_id) or "",
        answers=tuple(map(_answer, parts(connection, tables.answer, assessment_id))),
        deal_breakers=tuple(
            BookDealBreaker(each.id, DealBreakerState(each.state))
            for each in parts(connection, tables.deal_breaker, assessment_id)
        ),
        fields={each.key: each.value for each in parts(connection, tables.field, assessment_id)},
        events=len(log),
    )
    return record, tuple(map(_event, log))


def _answer(row: AnyRow) -> BookAnswer:
    value = Mark(row.value) if isinstance(row.value, str) else row.value
    evidence = None if row.evidence is None else Evidence(row.evidence)
    return BookAnswer(row.question, value, evidence, row.note, row.quote)


def _event(row: AnyRow) -> BookEvent:
    return BookEvent(
        row.at, EventKind(row.kind), Subject(row.subject), row.key, row.before, row.after
    )


# Back into rows


def assessment_values(record: BookAssessment) -> Values:
    """The columns of the assessment's own row."""
    summary: Values = {} if record.summary is None else {**record.summary.__dict__}
    if record.summary is not None:
        summary["recommendation"] = Recommendation(record.summary.recommendation).value
    return {
        "date": record.date,
        "form": record.form.value,
        "appetite": record.appetite.value,
        "bank_id": record.bank.id,
        "bank_version": record.bank.version,
        "policy_id": record.policy.id,
        "policy_version": record.policy.version,
        "position": record.position,
        "finished": record.finished,
        "started_at": record.started_at,
        **summary,
    }


def add_parts(connection: Connection, assessment_id: int, record: BookAssessment) -> None:
    """The answers, deal-breakers and fields of an assessment that has none."""
    of_it: dict[Any, list[Values]] = {
        tables.answer: [
            {**each.__dict__, "evidence": each.evidence and each.evidence.value}
            for each in record.answers
        ],
        tables.deal_breaker: [
            {"id": each.id, "state": each.state.value} for each in record.deal_breakers
        ],
        tables.field: [{"key": key, "value": value} for key, value in record.fields.items()],
    }
    for table, values in of_it.items():
        if values:
            mine = [{"assessment_id": assessment_id, **each} for each in values]
            connection.execute(insert(table), mine)
    lines.hear_all(connection, assessment_id)


def add_events(connection: Connection, assessment_id: int, events: tuple[BookEvent, ...]) -> None:
    """Append lines to an assessment's history."""
    if events:
        values = [
            {
                "assessment_id": assessment_id,
                "at": each.at,
                "kind": each.kind.value,
                "subject": each.subject.value,
                "key": each.key,
                "before": each.before,
                "after": each.after,
            }
            for each in events
        ]
        connection.execute(insert(tables.event), values)
