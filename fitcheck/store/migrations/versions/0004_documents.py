"""Colleagues to refer to, and what tells whose a form is that comes back.

A revision is history and is never edited; it therefore names its types itself instead of
importing ``tables``.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "colleague",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("good_at", sa.Text, nullable=False),
        sa.Column("consent_on", sa.Date),
    )
    op.create_table(
        "form_sheet",
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column(
            "assessment_id",
            sa.Integer,
            sa.ForeignKey("assessment.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sqlite_with_rowid=False,
    )
