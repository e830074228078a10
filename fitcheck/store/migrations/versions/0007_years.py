"""The book’s pages and the years after: tags, follow-ups, outcomes, referrals, own banks.

``line`` and ``said`` are what the list of prospects is sorted, filtered and searched by, kept
beside what it is made of.

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

# Old results recompute only as long as the questions are what they were.
BANK_IS_NEVER_EDITED = """
CREATE TRIGGER bank_is_never_edited BEFORE UPDATE ON bank
BEGIN
    SELECT RAISE(ABORT, 'a bank is never edited');
END
"""

BANK_STAYS = """
CREATE TRIGGER bank_stays BEFORE DELETE ON bank
BEGIN
    SELECT RAISE(ABORT, 'a bank is never deleted');
END
"""

# Letters with a mark that Unicode takes for letters of their own.
NO_MARKS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)

LINES = """
INSERT INTO line
SELECT p.id, fitcheck_sorted(p.name), fitcheck_sorted(p.organisation), fitcheck_sorted(p.met_at),
    CASE a.form WHEN 'full' THEN 1 WHEN 'event' THEN 2 WHEN 'prospect' THEN 3 ELSE 0 END,
    coalesce(1.0 * a.answered / max(1, a.asked), -1.0),
    {hidden}, {shown},
    coalesce(a.date, ''), p.changed, p.phase, a.recommendation, coalesce(a.finished, 0),
    CASE WHEN t.decided IS NULL THEN coalesce(t.until, '9999-99-99') ELSE '9999-99-99' END,
    CASE WHEN a.finished AND a.recommendation <> 'undecided' THEN coalesce(a.good - (
        SELECT b.good FROM assessment b
        WHERE b.prospect_id = p.id AND (b.date, b.id) < (a.date, a.id)
            AND b.finished AND b.recommendation <> 'undecided'
        ORDER BY b.date DESC, b.id DESC LIMIT 1
    ), 0.0) ELSE 0.0 END, ''
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


def sorted_as(text: str) -> str:
    whole = folded(text)
    parts = unicodedata.normalize("NFD", whole)
    bare = "".join(c for c in parts if not unicodedata.combining(c)).translate(NO_MARKS)
    return bare if bare == whole else f"{bare}\x01{whole}"


def words(text: str) -> str:
    found = re.sub("[\x00-\x08\x0e-\x1b]", "\ufffd", folded(text)).split()
    inner = [m[0][:2] for word in found for m in re.finditer(r"\w+", word) if m.start()]
    return "".join(f"  {word}" for word in (*found, *inner))


def of_prospect(**options: Any) -> sa.Column[int]:
    owner = sa.ForeignKey("prospect.id", ondelete="CASCADE")
    return sa.Column("prospect_id", sa.Integer, owner, **options)


def upgrade() -> None:
    make_pages()
    make_years()
    fill_pages()


def make_years() -> None:
    op.create_table(
        "about",
        of_prospect(primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("links", sa.Text, nullable=False),
    )
    op.create_table(
        "tag",
        of_prospect(primary_key=True),
        sa.Column("folded", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("tag_by_name", "tag", ["folded", "prospect_id"])
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", sa.Text, nullable=False, unique=True),
        of_prospect(nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("planned_on", sa.Date, nullable=False),
        sa.Column("planned_at", sa.Text),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("at", sa.Text),
        sa.Column("done_on", sa.Date),
        sa.Column("suggested_for", sa.Date),
    )
    op.create_index("follow_up_by_prospect", "follow_up", ["prospect_id", "day"])
    op.create_index("follow_up_by_day", "follow_up", ["done_on", "day"])
    op.create_table(
        "follow_up_move",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "follow_up_id",
            sa.Integer,
            sa.ForeignKey("follow_up.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("moved_on", sa.Date, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("at", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("follow_up_move_by_follow_up", "follow_up_move", ["follow_up_id"])
    op.create_table(
        "forecast",
        sa.Column(
            "step_id",
            sa.Integer,
            sa.ForeignKey("period_step.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        of_prospect(nullable=False),
        sa.Column("assessment_date", sa.Date, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("gut", sa.Text),
        sa.Column("final", sa.Text, nullable=False),
        sa.Column("good", sa.Float, nullable=False),
        sa.Column("workable", sa.Float, nullable=False),
        sa.Column("poor", sa.Float, nullable=False),
        sa.Column("axes", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
    )
    op.create_index("forecast_by_prospect", "forecast", ["prospect_id"])
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer, primary_key=True),
        of_prospect(nullable=False),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("signs", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("outcome_by_prospect", "outcome", ["prospect_id"])
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer, primary_key=True),
        of_prospect(nullable=False),
        sa.Column("colleague_id", sa.Integer, sa.ForeignKey("colleague.id", ondelete="SET NULL")),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("result_on", sa.Date),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("referral_by_prospect", "referral", ["prospect_id"])
    op.create_index("referral_by_colleague", "referral", ["colleague_id"])
    op.create_table(
        "bank",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.UniqueConstraint("id", "version"),
    )
    op.execute(BANK_IS_NEVER_EDITED)
    op.execute(BANK_STAYS)


def make_pages() -> None:
    op.create_table(
        "line",
        of_prospect(primary_key=True),
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
        sa.Column("trend", sa.Float, nullable=False),
        sa.Column("tags", sa.Text, nullable=False),
    )
    for name in (*SORTED, "date", "changed", "due", "trend", "tags", "recommendation"):
        op.create_index(f"line_by_{name}", "line", [name, "prospect_id"])
    op.create_index("line_by_phase_and_change", "line", ["phase", "changed", "prospect_id"])
    op.create_table(
        "said",
        sa.Column("id", sa.Integer, primary_key=True),
        of_prospect(nullable=False),
        sa.Column("assessment_id", sa.Integer, sa.ForeignKey("assessment.id", ondelete="CASCADE")),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("said_by_prospect", "said", ["prospect_id", "assessment_id"])
    op.create_index("said_by_assessment", "said", ["assessment_id", "question"])
    for statement in (INDEX, FORGET_AT_ONCE, ADDED, REMOVED, CHANGED):
        op.execute(statement)


def fill_pages() -> None:
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("fitcheck_sorted", 1, sorted_as, deterministic=True)
    driver.create_function("fitcheck_words", 1, words, deterministic=True)
    hidden = STANDING.format(seen="coalesce(a.finished, 0)")
    shown = STANDING.format(seen="a.id IS NOT NULL")
    for statement in (LINES.format(hidden=hidden, shown=shown), CONTACTS, ANSWERS):
        op.get_bind().exec_driver_sql(statement)
