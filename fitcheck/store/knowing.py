"""A book as it is before another is merged into it: who is in it, and by what they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.period import Decision, Extension, Step
from fitcheck.domain.whole_book import BookContact
from fitcheck.exchange.typed_json import write as written
from fitcheck.store import rows, tables
from fitcheck.store.whole_book import CONTACT, OF_A_ROW


@dataclass(frozen=True)
class Known:
    """Prospects and assessments by uid; prospects by folded name and e-mail; tokens of forms."""

    prospects: dict[str, int]
    assessments: dict[str, tuple[int, int]]
    """The id of each, and that of its prospect."""
    erased: frozenset[str]
    names: dict[str, int]
    emails: dict[str, int]
    tokens: frozenset[str]


def written_contact(contact: BookContact) -> BookContact:
    """A contact as its line says it."""
    return BookContact(**{name: written(getattr(contact, name)) for name in CONTACT})


def written_steps(steps: Iterable[Step]) -> Iterator[Step]:
    """Steps as their lines say them."""
    for step in steps:
        if isinstance(step, Extension):
            yield replace(step, reason=written(step.reason))
        elif isinstance(step, Decision):
            yield replace(step, words=written(step.words))
        else:
            yield step


def contact_values(contact: BookContact) -> rows.Values:
    """The columns of a prospect that a contact fills."""
    return rows.prospect_values(Prospect(**{name: getattr(contact, name) for name in CONTACT}))


def known(connection: Connection) -> Known:
    """What this book is now."""
    prospect, keeping, alias = tables.prospect, tables.keeping, tables.known_as
    uid, assessment = tables.assessment_uid, tables.assessment
    uids = {row.uid: row.prospect_id for row in connection.execute(select(alias))}
    for own in connection.execute(select(keeping.c.uid, keeping.c.prospect_id)):
        if not own.uid.startswith(OF_A_ROW):
            uids[own.uid] = own.prospect_id
    both = select(uid.c.uid, assessment.c.id, assessment.c.prospect_id).join(
        assessment, assessment.c.id == uid.c.assessment_id
    )
    names: dict[str, int] = {}
    emails: dict[str, int] = {}
    for who in connection.execute(select(prospect.c.id, prospect.c.name, prospect.c.email)):
        names.setdefault(rows.fold(who.name.strip()), who.id)
        if who.email.strip():
            emails.setdefault(rows.fold(who.email.strip()), who.id)
    return Known(
        prospects=uids,
        assessments={row.uid: (row.id, row.prospect_id) for row in connection.execute(both)},
        erased=frozenset(connection.scalars(select(tables.erased.c.uid))),
        names=names,
        emails=emails,
        tokens=frozenset(connection.scalars(select(tables.form_sheet.c.token))),
    )
