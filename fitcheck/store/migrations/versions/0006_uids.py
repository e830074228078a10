"""What tells an assessment from those of other books, and by which uids people are known.

A revision is history and is never edited; it therefore names its types itself instead of
importing ``tables``.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

A_UID_IS_DRAWN = """
CREATE TRIGGER assessment_uid_is_drawn AFTER INSERT ON assessment
BEGIN
    INSERT INTO assessment_uid (assessment_id, uid)
    VALUES (NEW.id, lower(hex(randomblob(16))));
END
"""

# Revision 0005 gave whoever was there the id of their row, which in another book is somebody else.
ONE_OF_THEIR_OWN = """
INSERT INTO known_as (uid, prospect_id)
SELECT lower(hex(randomblob(16))), prospect_id FROM keeping WHERE uid LIKE '0000000000000000%'
"""


def upgrade() -> None:
    op.create_table(
        "assessment_uid",
        sa.Column(
            "assessment_id",
            sa.Integer,
            sa.ForeignKey("assessment.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("uid", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "known_as",
        sa.Column("uid", sa.Text, primary_key=True),
        sa.Column(
            "prospect_id",
            sa.Integer,
            sa.ForeignKey("prospect.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("known_as_by_prospect", "known_as", ["prospect_id"])
    connection = op.get_bind()
    # By what never changes, so that an older backup, brought up to date, comes to the same ones.
    for id_, began in connection.execute(sa.text("SELECT id, started_at FROM assessment")).all():
        uid = hashlib.blake2b(f"{id_} {began}".encode(), digest_size=16).hexdigest()
        adding = sa.text("INSERT INTO assessment_uid (assessment_id, uid) VALUES (:id, :uid)")
        connection.execute(adding, {"id": id_, "uid": uid})
    op.execute(ONE_OF_THEIR_OWN)
    op.execute(A_UID_IS_DRAWN)
