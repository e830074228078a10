"""What the list of prospects is sorted, filtered and searched by, kept beside what it is made of.

A revision is history and is never edited; it therefore names its types itself instead of
importing ``tables``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SORTED = ("name", "organisation", "met_at", "form", "answered", "standing", "standing_shown")

# Every trigram of every text; what it is an index of lies in ``said``, so that a text that goes
# can be taken out of it word by word.
INDEX = """
CREATE VIRTUAL TABLE said_index USING fts5(
    words, content='said', content_rowid='id', tokenize='trigram case_sensitive 1'
)
"""

# Or what was erased would stand in the index until its parts happen to be merged.
FORGET_AT_ONCE = "INSERT INTO said_index (said_index, rank) VALUES ('secure-delete', 1)"

ADDED = """
CREATE TRIGGER said_is_indexed AFTER INSERT ON said
BEGIN
    INSERT INTO said_index (rowid, words) VALUES (NEW.id, NEW.words);
END
"""

REMOVED = """
CREATE TRIGGER said_is_forgotten AFTER DELETE ON said
BEGIN
    INSERT INTO said_index (said_index, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END
"""

CHANGED = """
CREATE TRIGGER said_is_indexed_anew AFTER UPDATE ON said
BEGIN
    INSERT INTO said_index (said_index, rowid, words) VALUES ('delete', OLD.id, OLD.words);
    INSERT INTO said_index (rowid, words) VALUES (NEW.id, NEW.words);
END
"""

LINES = """
INSERT INTO line
SELECT p.id, fitcheck_folded(p.name), fitcheck_folded(p.organisation), fitcheck_folded(p.met_at),
    CASE a.form WHEN 'full' THEN 1 WHEN 'event' THEN 2 WHEN 'prospect' THEN 3 ELSE 0 END,
    coalesce(1.0 * a.answered / max(1, a.asked), -1.0),
    {hidden}, {shown},
    coalesce(a.date, ''), p.changed, p.phase, a.recommendation, coalesce(a.finished, 0),
    CASE WHEN t.decided IS NULL THEN coalesce(t.until, '9999-99-99') ELSE '9999-99-99' END
FROM prospect p
LEFT JOIN assessment a ON a.id = p.latest_assessment_id
LEFT JOIN period t ON t.prospect_id = p.id
"""

STANDING = """
CASE coalesce(t.decided, CASE WHEN {seen} THEN a.recommendation END)
    WHEN 'proceed' THEN 0.0 WHEN 'stage' THEN 1.0 WHEN 'decline' THEN 2.0 ELSE 4.0 END
+ (1.0 - CASE WHEN {seen} AND a.recommendation <> 'undecided' THEN a.good ELSE 0.0 END) / 2
"""

CONTACTS = """
INSERT INTO said (prospect_id, question, words)
SELECT id, '', fitcheck_words(
    name || char(10) || organisation || char(10) || role || char(10) || met_at
)
FROM prospect ORDER BY id
"""

ANSWERS = """
INSERT INTO said (prospect_id, assessment_id, question, words)
SELECT a.prospect_id, a.id, n.question, fitcheck_words(n.note || char(10) || n.quote)
FROM answer n JOIN assessment a ON a.id = n.assessment_id WHERE n.note <> '' OR n.quote <> ''
ORDER BY a.id, n.question
"""


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def words(text: str) -> str:
    found = re.sub("[\x00-\x08\x0e-\x1b]", "\ufffd", folded(text)).split()
    inner = [m[0][:2] for word in found for m in re.finditer(r"\w+", word) if m.start()]
    return "".join(f"  {word}" for word in (*found, *inner))


def upgrade() -> None:
    op.create_table(
        "line",
        sa.Column(
            "prospect_id",
            sa.Integer,
            sa.ForeignKey("prospect.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("met_at", sa.Text, nullable=False),
        sa.Column("form", sa.Integer, nullable=False),
        sa.Column("answered", sa.Float, nullable=False),
        sa.Column("standing", sa.Float, nullable=False),
        sa.Column("standing_shown", sa.Float, nullable=False),
        sa.Column("date", sa.Text, nullable=False),
        sa.Column("changed", sa.Text, nullable=False),
        sa.Column("phase", sa.Text, nullable=False),
        sa.Column("recommendation", sa.Text),
        sa.Column("finished", sa.Boolean, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
    )
    for name in (*SORTED, "date", "changed", "due"):
        op.create_index(f"line_by_{name}", "line", [name, "prospect_id"])
    op.create_index("line_by_phase_and_change", "line", ["phase", "changed", "prospect_id"])
    op.create_table(
        "said",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "prospect_id",
            sa.Integer,
            sa.ForeignKey("prospect.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("assessment_id", sa.Integer, sa.ForeignKey("assessment.id", ondelete="CASCADE")),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("said_by_prospect", "said", ["prospect_id", "assessment_id"])
    op.create_index("said_by_assessment", "said", ["assessment_id", "question"])
    for statement in (INDEX, FORGET_AT_ONCE, ADDED, REMOVED, CHANGED):
        op.execute(statement)
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("fitcheck_folded", 1, folded, deterministic=True)
    driver.create_function("fitcheck_words", 1, words, deterministic=True)
    hidden = STANDING.format(seen="coalesce(a.finished, 0)")
    shown = STANDING.format(seen="a.id IS NOT NULL")
    for statement in (LINES.format(hidden=hidden, shown=shown), CONTACTS, ANSWERS):
        op.get_bind().exec_driver_sql(statement)
