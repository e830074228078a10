"""The pre-consultation phase of every prospect: opened, extended, decided, reopened.

A revision is history and is never edited; it therefore names its types itself instead of
importing ``tables``.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STEP_IS_NEVER_EDITED = """
CREATE TRIGGER period_step_is_never_edited BEFORE UPDATE ON period_step
BEGIN
    SELECT RAISE(ABORT, 'the steps of a period are append-only');
END
"""

# Erasing a prospect takes the period along, and that its steps, as an assessment does its events
# (0001). A trigger that names the prospect itself would keep that table from being altered.
STEP_GOES_ONLY_WITH_ITS_PERIOD = """
CREATE TRIGGER period_step_goes_only_with_its_period BEFORE DELETE ON period_step
WHEN EXISTS (SELECT 1 FROM period WHERE prospect_id = OLD.prospect_id)
BEGIN
    SELECT RAISE(ABORT, 'the steps of a period are append-only');
END
"""

# When a prospect was added was not kept. The earliest day that is known of it comes closest: that
# of its first assessment, or of its last change where there is none. Nobody planned an end.
OPEN_EVERY_PROSPECT = """
INSERT INTO period (prospect_id, opened)
SELECT id, min(date(changed), coalesce(
    (SELECT min(min(date, date(started_at))) FROM assessment WHERE prospect_id = prospect.id),
    date(changed)
)) FROM prospect
"""

FIRST_STEPS = """
INSERT INTO period_step (prospect_id, kind, day, words)
SELECT prospect_id, 'opened', opened, '' FROM period ORDER BY prospect_id
"""


def upgrade() -> None:
    op.create_table(
        "period",
        sa.Column(
            "prospect_id",
            sa.Integer,
            sa.ForeignKey("prospect.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("opened", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("decided", sa.Text),
    )
    op.create_index("period_by_decision_and_end", "period", ["decided", "until"])
    op.create_table(
        "period_step",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "prospect_id",
            sa.Integer,
            sa.ForeignKey("period.prospect_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("action", sa.Text),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("period_step_by_prospect", "period_step", ["prospect_id"])
    op.execute(OPEN_EVERY_PROSPECT)
    op.execute(FIRST_STEPS)
    op.execute(STEP_IS_NEVER_EDITED)
    op.execute(STEP_GOES_ONLY_WITH_ITS_PERIOD)
