"""What pages of the list are found by, brought up to date in the transaction of each change.

``line`` is what it is sorted and filtered by, ``said`` what a search looks through. Both are made
of other rows, and made anew from them, so that no way of changing those has to know what for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from fitcheck.domain.assessment import Answer, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import About
from fitcheck.domain.judgement import Recommendation
from fitcheck.store import rows, tables

NEVER = "9999-99-99"
"""A day after all days."""

_FORMS = {None: 0, Form.FULL.value: 1, Form.EVENT.value: 2, Form.PROSPECT.value: 3}
_RANKS = {
    Recommendation.PROCEED.value: 0.0,
    Recommendation.STAGE.value: 1.0,
    Recommendation.DECLINE.value: 2.0,
}
_LAST = 4.0


_WAS = "was_"
"""Before the names of a line's columns, where they say what it has been until now."""

CONTACT = ""
"""Stands in ``said`` for the question, where the contact is what is searched."""

ABOUT = "about"
"""The same for what is known of them beyond it; no question has this id without an assessment."""


def refresh(connection: Connection, prospect_id: int, *, contact: bool = True) -> None:
    """Let the line of a prospect, and what is searched of them, be what they are now.

    Of the latter only what was said in assessments can change without ``contact``.
    """
    row = connection.execute(_looked_at(), {"prospect_id": prospect_id}).one()
    tag = tables.tag.c
    named = select(tag.name).where(tag.prospect_id == prospect_id).order_by(tag.folded)
    tags = list(connection.scalars(named))
    ends = row.until if row.decided is None else None
    due = min((day for day in (ends, row.followed_up) if day is not None), default=None)
    values: rows.Values = {
        "name": rows.sorted_as(row.name),
        "organisation": rows.sorted_as(row.organisation),
        "met_at": rows.sorted_as(row.met_at),
        "form": _FORMS[row.form],
        "answered": -1.0 if row.answered is None else row.answered / max(1, row.asked),
        "standing": _standing(row, bool(row.finished)),
        "standing_shown": _standing(row, True),
        "date": "" if row.date is None else row.date.isoformat(),
        "changed": row.changed,
        "phase": row.phase,
        "recommendation": row.recommendation,
        "finished": bool(row.finished),
        "due": NEVER if due is None else due.isoformat(),
        "trend": _trend(row),
        "tags": ", ".join(rows.sorted_as(name) for name in tags),
    }
    _put(connection, prospect_id, row, values)
    if contact:
        _hear_contact(connection, prospect_id, row, tags)


def _put(connection: Connection, prospect_id: int, row: rows.AnyRow, values: rows.Values) -> None:
    """Write what is other than it was: a column that is named has its indexes written anew."""
    mine = tables.line.c.prospect_id == prospect_id
    was = row._mapping
    if was[_WAS + "prospect_id"] is None:
        connection.execute(insert(tables.line).values(prospect_id=prospect_id, **values))
    elif other := {name: value for name, value in values.items() if was[_WAS + name] != value}:
        connection.execute(update(tables.line).where(mine).values(other))


def _hear_contact(
    connection: Connection, prospect_id: int, row: rows.AnyRow, tags: list[str]
) -> None:
    """Let a search find the contact, and what is known beyond it: source, notes and tags."""
    about, said = tables.about.c, tables.said.c
    known = select(about.source, about.notes).where(about.prospect_id == prospect_id)
    beyond = connection.execute(known).one_or_none() or ()
    place: rows.Values = {"prospect_id": prospect_id, "assessment_id": None}
    texts = {
        CONTACT: [getattr(row, name) for name in rows.SEARCHED],
        ABOUT: [*beyond, *tags],
    }
    for question, parts in texts.items():
        mine = and_(
            said.prospect_id == prospect_id,
            said.assessment_id.is_(None),
            said.question == question,
        )
        words = rows.words_of(*parts)
        if words or question == CONTACT:
            _say(connection, mine, words, question=question, **place)
        else:
            connection.execute(delete(tables.said).where(mine))


@cache
def _looked_at() -> Select[Any]:
    """What a line is made of, and what it is; put together once, which takes longer than asking."""
    prospect, latest, period = tables.prospect, tables.assessment, tables.period
    whole = prospect.outerjoin(latest, latest.c.id == prospect.c.latest_assessment_id)
    whole = whole.outerjoin(period, period.c.prospect_id == prospect.c.id)
    was = tables.line
    return (
        select(
            *(prospect.c[name] for name in rows.SEARCHED),
            prospect.c.changed,
            prospect.c.phase,
            latest.c.date,
            latest.c.form,
            latest.c.finished,
            latest.c.recommendation,
            latest.c.good,
            latest.c.answered,
            latest.c.asked,
            _good_before().label("good_before"),
            period.c.until,
            period.c.decided,
            _followed_up().label("followed_up"),
            *(column.label(_WAS + column.name) for column in was.c),
        )
        .select_from(whole.outerjoin(was, was.c.prospect_id == prospect.c.id))
        .where(prospect.c.id == bindparam("prospect_id"))
    )


def begin(
    connection: Connection,
    newcomers: Mapping[int, tuple[Prospect, About]],
    phase: str,
    until: dt.date | None,
    now: dt.datetime,
) -> None:
    """The same as :func:`refresh` for each of many who are new, of whom nothing else is known."""
    values = [
        {
            "prospect_id": id_,
            "name": rows.sorted_as(each.name),
            "organisation": rows.sorted_as(each.organisation),
            "met_at": rows.sorted_as(each.met_at),
            "form": _FORMS[None],
            "answered": -1.0,
            "standing": _LAST + 0.5,
            "standing_shown": _LAST + 0.5,
            "date": "",
            "changed": now,
            "phase": phase,
            "recommendation": None,
            "finished": False,
            "due": NEVER if until is None else until.isoformat(),
            "trend": 0.0,
            "tags": ", ".join(map(rows.sorted_as, about.tags)),
        }
        for id_, (each, about) in newcomers.items()
    ]
    said = [
        {"prospect_id": id_, "assessment_id": None, "question": question, "words": words}
        for id_, (each, about) in newcomers.items()
        for question, words in (
            (CONTACT, rows.words_of(*(getattr(each, name) for name in rows.SEARCHED))),
            (ABOUT, rows.words_of(about.source, about.notes, *about.tags)),
        )
        if words or question == CONTACT
    ]
    connection.execute(insert(tables.line), values)
    connection.execute(insert(tables.said), said)


def _good_before() -> ScalarSelect[float]:
    """P(good) of the newest finished assessment before the latest."""
    latest, before = tables.assessment, tables.assessment.alias("before")
    return (
        select(before.c.good)
        .where(
            before.c.prospect_id == latest.c.prospect_id,
            tuple_(before.c.date, before.c.id) < tuple_(latest.c.date, latest.c.id),
            before.c.finished,
            before.c.recommendation != Recommendation.UNDECIDED.value,
        )
        .order_by(before.c.date.desc(), before.c.id.desc())
        .limit(1)
        .correlate(latest)
        .scalar_subquery()
    )


def _followed_up() -> ScalarSelect[dt.date]:
    """The day of the earliest follow-up that is to be done."""
    table, prospect = tables.follow_up, tables.prospect
    mine = select(func.min(table.c.day)).where(table.c.prospect_id == prospect.c.id)
    return mine.where(table.c.done_on.is_(None)).correlate(prospect).scalar_subquery()


def _trend(row: rows.AnyRow) -> float:
    """By how much it moved since the time before; 0 where nothing can be said."""
    known = row.finished and row.recommendation in _RANKS and row.good_before is not None
    return float(row.good - row.good_before) if known else 0.0


def _standing(row: rows.AnyRow, seen: bool) -> float:
    """What was decided or recommended, and in it the best odds first; what isn't seen is last."""
    known = seen and row.recommendation in _RANKS
    stands: str | None = row.decided or (row.recommendation if seen else None)
    good = row.good if known else 0.0
    return float(_RANKS.get(stands or "", _LAST) + (1.0 - good) / 2)


def hear(connection: Connection, assessment_id: int, question: str, answer: Answer | None) -> None:
    """Let a search find what was noted and quoted of an answer, and nothing earlier."""
    said = tables.said.c
    mine = and_(said.assessment_id == assessment_id, said.question == question)
    if answer is None or not (answer.note or answer.quote):
        connection.execute(delete(tables.said).where(mine))
        return
    place = {"assessment_id": assessment_id, "question": question}
    assessment = tables.assessment
    owner = select(assessment.c.prospect_id).where(assessment.c.id == assessment_id)
    prospect_id = connection.execute(owner).scalar_one()
    words = rows.words_of(answer.note, answer.quote)
    _say(connection, mine, words, prospect_id=prospect_id, **place)


def hear_all(connection: Connection, assessment_id: int) -> None:
    """The same for all answers of an assessment."""
    said, answer, assessment = tables.said, tables.answer.c, tables.assessment
    connection.execute(delete(said).where(said.c.assessment_id == assessment_id))
    owner = select(assessment.c.prospect_id).where(assessment.c.id == assessment_id)
    place = {
        "prospect_id": connection.execute(owner).scalar_one(),
        "assessment_id": assessment_id,
    }
    spoken = select(answer.question, answer.note, answer.quote).where(
        answer.assessment_id == assessment_id, (answer.note != "") | (answer.quote != "")
    )
    values = [
        {**place, "question": row.question, "words": rows.words_of(row.note, row.quote)}
        for row in connection.execute(spoken)
    ]
    if values:
        connection.execute(insert(said), values)


def _say(connection: Connection, mine: Any, words: str, **place: Any) -> None:
    said = tables.said
    found = connection.execute(select(said.c.id, said.c.words).where(mine)).one_or_none()
    if found is None:
        connection.execute(insert(said).values(words=words, **place))
    elif found.words != words:  # or a letter in a note would index the contact anew
        connection.execute(update(said).where(said.c.id == found.id).values(words=words))
