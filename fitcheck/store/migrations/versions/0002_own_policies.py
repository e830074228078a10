"""Policies of the consultant's own, each version once and for ever.

A revision is history and is never edited; it therefore names its types itself instead of
importing ``tables``.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# An old judgement recomputes to the same figures only as long as its policy is what it was.
POLICY_IS_NEVER_EDITED = """
CREATE TRIGGER policy_is_never_edited BEFORE UPDATE ON policy
BEGIN
    SELECT RAISE(ABORT, 'a policy is never edited');
END
"""

POLICY_STAYS = """
CREATE TRIGGER policy_stays BEFORE DELETE ON policy
BEGIN
    SELECT RAISE(ABORT, 'a policy is never deleted');
END
"""


def upgrade() -> None:
    op.create_table(
        "policy",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.UniqueConstraint("id", "version"),
    )
    op.execute(POLICY_IS_NEVER_EDITED)
    op.execute(POLICY_STAYS)
