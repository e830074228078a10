"""Until when a person is kept, who was erased, and ids that are never given again.

A revision is history and is never edited; it therefore names its types itself instead of
importing ``tables``.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Until now nobody could be erased, so no row id was ever given twice: for those who are in the
# book it is as good as a uid, and every older backup, brought up to date, comes to the same one.
OLD_ROWS = """
INSERT INTO keeping (prospect_id, uid) SELECT id, printf('%032x', id) FROM prospect
"""

ERASED_STAYS_ERASED = """
CREATE TRIGGER erased_stays_erased BEFORE DELETE ON erased
BEGIN
    SELECT RAISE(ABORT, 'an erasure is never taken back');
END
"""

ERASED_IS_NEVER_EDITED = """
CREATE TRIGGER erased_is_never_edited BEFORE UPDATE ON erased
BEGIN
    SELECT RAISE(ABORT, 'an erasure is never taken back');
END
"""

# SQLite gives the highest id again once its row is gone. Whatever still holds the id of somebody
# who was erased would then write to somebody else.
SPENT = """
CREATE TRIGGER {table}_id_is_spent AFTER DELETE ON {table}
BEGIN
    INSERT INTO spent_id (of, id) VALUES ('{table}', OLD.id)
    ON CONFLICT (of) DO UPDATE SET id = max(id, excluded.id);
END
"""

NEVER_AGAIN = """
CREATE TRIGGER {table}_id_is_new AFTER INSERT ON {table}
WHEN NEW.id <= (SELECT id FROM spent_id WHERE of = '{table}')
BEGIN
    SELECT RAISE(ABORT, 'an id is never given again');
END
"""


def upgrade() -> None:
    op.create_table(
        "keeping",
        sa.Column(
            "prospect_id",
            sa.Integer,
            sa.ForeignKey("prospect.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("uid", sa.Text, nullable=False, unique=True),
        sa.Column("until", sa.Date),
        sa.Column("kept_on", sa.Date),
    )
    op.create_table(
        "erased",
        sa.Column("uid", sa.Text, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute(OLD_ROWS)
    op.execute(ERASED_STAYS_ERASED)
    op.execute(ERASED_IS_NEVER_EDITED)
    op.create_table(
        "spent_id",
        sa.Column("of", sa.Text, primary_key=True),
        sa.Column("id", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    for table in ("prospect", "assessment"):
        op.execute(SPENT.format(table=table))
        op.execute(NEVER_AGAIN.format(table=table))
