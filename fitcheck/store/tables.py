"""The schema, as SQLAlchemy Core metadata: what the queries are written against.

A store is *made* by the migrations alone; a test holds the two against each other. The triggers
that keep logs append-only and policies as they were saved live in the migrations.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

from fitcheck.domain.assessment import Mark


def storable(text: str) -> str:
    """``text`` as UTF-8 can hold it: half a surrogate pair, which a paste can bring, becomes �."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class Words(TypeDecorator[str]):
    """Anything that a person can type or paste."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """A JSON value as text; ``None`` is JSON's own ``null``."""

    impl = Text
    cache_ok = True
    coerce_to_is_types = ()

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002
        return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else json.loads(value)


class Moment(TypeDecorator[dt.datetime]):
    """An instant in UTC, in a fixed-width text, so that the order of the texts is that of time."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self,
        value: dt.datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        if value is None:
            return None
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> dt.datetime | None:
        return None if value is None else dt.datetime.fromisoformat(value)


class LevelOrMark(TypeDecorator[int | Mark]):
    """A level as its digit, a mark as its name, so that both can be read in a dump."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self,
        value: int | Mark | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        return None if value is None else str(value)

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> int | Mark | None:
        if value is None:
            return None
        return int(value) if value.isdigit() else Mark(value)


metadata = MetaData()

prospect = Table(
    "prospect",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("organisation", Words, nullable=False),
    Column("role", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("phone", Words, nullable=False),
    Column("met_at", Words, nullable=False),
    # What a search looks through, folded, because SQLite's LIKE knows only the case of ASCII.
    Column("search", Words, nullable=False),
    Column("changed", Moment, nullable=False),
    # Which assessment the list shows and under which phase: a "latest of" sub-query over 100,000
    # prospects takes 307 ms, an index on kept values 0.3 (performance.md). No foreign key: the
    # two tables would refer to each other, and the pair is written in one transaction anyway.
    Column("latest_assessment_id", Integer),
    Column("phase", Text, nullable=False),
    Index("prospect_by_change", "changed", "id"),
    Index("prospect_by_phase_and_change", "phase", "changed", "id"),
)

assessment = Table(
    "assessment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), nullable=False),
    Column("date", Date, nullable=False),
    Column("form", Text, nullable=False),
    Column("appetite", Text, nullable=False),
    Column("bank_id", Text, nullable=False),
    Column("bank_version", Text, nullable=False),
    Column("policy_id", Text, nullable=False),
    Column("policy_version", Text, nullable=False),
    Column("position", Text, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("started_at", Moment, nullable=False),
    # The summary: all of it, or none until something was answered.
    Column("recommendation", Text),
    Column("leaning", Boolean),
    Column("good", Float),
    Column("workable", Float),
    Column("poor", Float),
    Column("answered", Integer),
    Column("asked", Integer),
    Index("assessment_by_prospect", "prospect_id", "date", "id"),
)

# What the list of prospects is sorted and filtered by, in one place, so that an index leads to any
# page of it: written whenever a prospect, their latest assessment or their period changes
# (:mod:`fitcheck.store.lines`).
line = Table(
    "line",
    metadata,
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), primary_key=True),
    # As a person sorts them, whatever the case and the accents.
    Column("name", Words, nullable=False),
    Column("organisation", Words, nullable=False),
    Column("met_at", Words, nullable=False),
    # 0 without an assessment, which sorts before any form.
    Column("form", Integer, nullable=False),
    # The share of the questions; -1 where nothing was answered.
    Column("answered", Float, nullable=False),
    # What was decided or recommended, then the odds; once with those of unfinished interviews
    # hidden, once with all of them shown.
    Column("standing", Float, nullable=False),
    Column("standing_shown", Float, nullable=False),
    # Of the latest assessment; "" without one.
    Column("date", Text, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("phase", Text, nullable=False),
    Column("recommendation", Text),
    Column("finished", Boolean, nullable=False),
    # The day of what is to be done next: the end of an open phase, or an open follow-up before
    # it; after all days where there is neither.
    Column("due", Text, nullable=False),
    # By how much P(good) moved since the assessment before, both finished; 0 without two.
    Column("trend", Float, nullable=False),
    # All of them, each as it is sorted.
    Column("tags", Words, nullable=False),
    Index("line_by_name", "name", "prospect_id"),
    Index("line_by_organisation", "organisation", "prospect_id"),
    Index("line_by_met_at", "met_at", "prospect_id"),
    Index("line_by_form", "form", "prospect_id"),
    Index("line_by_answered", "answered", "prospect_id"),
    Index("line_by_standing", "standing", "prospect_id"),
    Index("line_by_standing_shown", "standing_shown", "prospect_id"),
    Index("line_by_date", "date", "prospect_id"),
    Index("line_by_changed", "changed", "prospect_id"),
    Index("line_by_due", "due", "prospect_id"),
    Index("line_by_trend", "trend", "prospect_id"),
    Index("line_by_tags", "tags", "prospect_id"),
    Index("line_by_recommendation", "recommendation", "prospect_id"),
    Index("line_by_phase_and_change", "phase", "changed", "prospect_id"),
)

# The words that a search looks through, a row for each text: the contact, and what was noted and
# quoted of an answer. ``said_index``, which triggers keep, has every three characters of them.
said = Table(
    "said",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), nullable=False),
    Column("assessment_id", ForeignKey("assessment.id", ondelete="CASCADE")),
    Column("question", Text, nullable=False),
    Column("words", Words, nullable=False),
    Index("said_by_prospect", "prospect_id", "assessment_id"),
    Index("said_by_assessment", "assessment_id", "question"),
)

SAID_INDEX = "said_index"
"""The virtual table; its own tables are called after it."""

answer = Table(
    "answer",
    metadata,
    Column("assessment_id", ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("question", Text, primary_key=True),
    Column("value", LevelOrMark),
    Column("evidence", Text),
    Column("note", Words, nullable=False),
    Column("quote", Words, nullable=False),
    CheckConstraint(
        "value IN ('0', '1', '2', '3', '4', 'unknown', 'not_applicable')", name="answer_value"
    ),
    sqlite_with_rowid=False,
)

deal_breaker = Table(
    "deal_breaker",
    metadata,
    Column("assessment_id", ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    sqlite_with_rowid=False,
)

field = Table(
    "field",
    metadata,
    Column("assessment_id", ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Json, nullable=False),
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assessment_id", ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    Column("at", Moment, nullable=False),
    # SQLite ends every index with the row's id, so this is also the order of the log.
    Index("event_by_assessment", "assessment_id"),
)

# Where a prospect's phase stands, which its steps say too: a list can't go through all of those.
period = Table(
    "period",
    metadata,
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), primary_key=True),
    Column("opened", Date, nullable=False),
    Column("until", Date),
    Column("decided", Text),
    Index("period_by_decision_and_end", "decided", "until"),
)

period_step = Table(
    "period_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("prospect_id", ForeignKey("period.prospect_id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("until", Date),
    Column("action", Text),
    # The reason of an extension, or what was said of a decision.
    Column("words", Words, nullable=False),
    Index("period_step_by_prospect", "prospect_id"),
)

# What tells a prospect from every other one there ever was, also in a backup, and until when they
# are kept.
keeping = Table(
    "keeping",
    metadata,
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("until", Date),
    Column("kept_on", Date),
)

# Who was erased, by a uid that leads to nothing any more, so that a backup that still holds them
# can be told to forget them too.
erased = Table(
    "erased",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("day", Date, nullable=False),
    sqlite_with_rowid=False,
)

# The highest id of a table that was ever deleted: none up to it is given again. Triggers keep it.
spent_id = Table(
    "spent_id",
    metadata,
    Column("of", Text, primary_key=True),
    Column("id", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What tells an assessment from every other one, in whatever book it is taken to. A trigger draws
# one for each that is added.
assessment_uid = Table(
    "assessment_uid",
    metadata,
    Column("assessment_id", ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
)

# By which other uids a prospect is known: those of other books that were brought in, and one of
# their own where the first is a row's id, which says nothing in another book.
known_as = Table(
    "known_as",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), nullable=False),
    Index("known_as_by_prospect", "prospect_id"),
    sqlite_with_rowid=False,
)

policy = Table(
    "policy",
    metadata,
    # The order in which the versions were made.
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("made_on", Date, nullable=False),
    UniqueConstraint("id", "version"),
)

# What is known of a prospect beyond what an assessment takes along: nothing of it is ever printed
# for anybody else.
about = Table(
    "about",
    metadata,
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), primary_key=True),
    # Through whom or what they came.
    Column("source", Words, nullable=False),
    Column("notes", Words, nullable=False),
    Column("links", Json, nullable=False),
)

# ``name`` is as it was typed, ``folded`` what makes two of them the same.
tag = Table(
    "tag",
    metadata,
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), primary_key=True),
    Column("folded", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Index("tag_by_name", "folded", "prospect_id"),
    sqlite_with_rowid=False,
)

# ``day`` and ``at`` are those that are meant now; the moves say how it came to them.
follow_up = Table(
    "follow_up",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("reason", Words, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("planned_at", Text),
    Column("day", Date, nullable=False),
    Column("at", Text),
    Column("done_on", Date),
    Column("suggested_for", Date),
    Index("follow_up_by_prospect", "prospect_id", "day"),
    Index("follow_up_by_day", "done_on", "day"),
)

follow_up_move = Table(
    "follow_up_move",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("follow_up_id", ForeignKey("follow_up.id", ondelete="CASCADE"), nullable=False),
    Column("moved_on", Date, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Text),
    Column("reason", Words, nullable=False),
    Index("follow_up_move_by_follow_up", "follow_up_id"),
)

# The odds as they stood at a decision: what an outcome is held against, whatever is answered later.
forecast = Table(
    "forecast",
    metadata,
    Column("step_id", ForeignKey("period_step.id", ondelete="CASCADE"), primary_key=True),
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), nullable=False),
    Column("assessment_date", Date, nullable=False),
    Column("model", Text, nullable=False),
    Column("gut", Text),
    Column("final", Text, nullable=False),
    Column("good", Float, nullable=False),
    Column("workable", Float, nullable=False),
    Column("poor", Float, nullable=False),
    # Scores from 0 to 1, by axis and by evidence.
    Column("axes", Json, nullable=False),
    Column("evidence", Json, nullable=False),
    Index("forecast_by_prospect", "prospect_id"),
)

# How an engagement came out; a mark that is made again is one more row.
outcome = Table(
    "outcome",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), nullable=False),
    Column("occasion", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("signs", Json, nullable=False),
    Column("words", Words, nullable=False),
    Index("outcome_by_prospect", "prospect_id"),
)

# To whom a prospect was sent, and what came of it. Who it was stays when the colleague goes.
referral = Table(
    "referral",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("prospect_id", ForeignKey("prospect.id", ondelete="CASCADE"), nullable=False),
    Column("colleague_id", ForeignKey("colleague.id", ondelete="SET NULL")),
    Column("name", Words, nullable=False),
    Column("day", Date, nullable=False),
    Column("result", Text, nullable=False),
    Column("result_on", Date),
    Column("words", Words, nullable=False),
    Index("referral_by_prospect", "prospect_id"),
    Index("referral_by_colleague", "colleague_id"),
)

# Banks of the consultant's own, as their files say them.
bank = Table(
    "bank",
    metadata,
    # The order in which the versions were brought in.
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("made_on", Date, nullable=False),
    UniqueConstraint("id", "version"),
)

colleague = Table(
    "colleague",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("contact", Words, nullable=False),
    Column("good_at", Words, nullable=False),
    # The day on which they agreed to be named.
    Column("consent_on", Date),
)

# What a blank form carries to tell whose it is; it says nothing to anybody else.
form_sheet = Table(
    "form_sheet",
    metadata,
    Column("token", Text, primary_key=True),
    Column(
        "assessment_id",
        ForeignKey("assessment.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    sqlite_with_rowid=False,
)

preference = Table(
    "preference",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Json, nullable=False),
    sqlite_with_rowid=False,
)
