"""Everything: prospects, assessments with their answers, the event log, preferences.

A revision is history and is never edited; it therefore names its types itself instead of
importing ``tables``.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EVENT_IS_NEVER_EDITED = """
CREATE TRIGGER event_is_never_edited BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'the event log is append-only');
END
"""

# Erasing a whole assessment takes its log along: by the time that the foreign key's cascade
# deletes an event, its assessment has gone. Nothing else may take a line out of the log.
EVENT_GOES_ONLY_WITH_ITS_ASSESSMENT = """
CREATE TRIGGER event_goes_only_with_its_assessment BEFORE DELETE ON event
WHEN EXISTS (SELECT 1 FROM assessment WHERE id = OLD.assessment_id)
BEGIN
    SELECT RAISE(ABORT, 'the event log is append-only');
END
"""


def upgrade() -> None:
    op.create_table(
        "prospect",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("met_at", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
        sa.Column("changed", sa.Text, nullable=False),
        sa.Column("latest_assessment_id", sa.Integer),
        sa.Column("phase", sa.Text, nullable=False),
    )
    op.create_index("prospect_by_change", "prospect", ["changed", "id"])
    op.create_index("prospect_by_phase_and_change", "prospect", ["phase", "changed", "id"])

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "prospect_id",
            sa.Integer,
            sa.ForeignKey("prospect.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("appetite", sa.Text, nullable=False),
        sa.Column("bank_id", sa.Text, nullable=False),
        sa.Column("bank_version", sa.Text, nullable=False),
        sa.Column("policy_id", sa.Text, nullable=False),
        sa.Column("policy_version", sa.Text, nullable=False),
        sa.Column("position", sa.Text, nullable=False),
        sa.Column("finished", sa.Boolean, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("recommendation", sa.Text),
        sa.Column("leaning", sa.Boolean),
        sa.Column("good", sa.Float),
        sa.Column("workable", sa.Float),
        sa.Column("poor", sa.Float),
        sa.Column("answered", sa.Integer),
        sa.Column("asked", sa.Integer),
    )
    op.create_index("assessment_by_prospect", "assessment", ["prospect_id", "date", "id"])

    op.create_table(
        "answer",
        _of_assessment(),
        sa.Column("question", sa.Text, primary_key=True),
        sa.Column("value", sa.Text),
        sa.Column("evidence", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.CheckConstraint(
            "value IN ('0', '1', '2', '3', '4', 'unknown', 'not_applicable')",
            name="answer_value",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deal_breaker",
        _of_assessment(),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "field",
        _of_assessment(),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "assessment_id",
            sa.Integer,
            sa.ForeignKey("assessment.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("event_by_assessment", "event", ["assessment_id"])
    op.execute(EVENT_IS_NEVER_EDITED)
    op.execute(EVENT_GOES_ONLY_WITH_ITS_ASSESSMENT)

    op.create_table(
        "preference",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _of_assessment() -> sa.Column[int]:
    return sa.Column(
        "assessment_id",
        sa.Integer,
        sa.ForeignKey("assessment.id", ondelete="CASCADE"),
        primary_key=True,
    )
