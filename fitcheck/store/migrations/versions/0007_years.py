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

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PAGES = (
    """
    CREATE TABLE line (
        prospect_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        organisation TEXT NOT NULL,
        met_at TEXT NOT NULL,
        form INTEGER NOT NULL,
        answered FLOAT NOT NULL,
        standing FLOAT NOT NULL,
        standing_shown FLOAT NOT NULL,
        date TEXT NOT NULL,
        changed TEXT NOT NULL,
        phase TEXT NOT NULL,
        recommendation TEXT,
        finished BOOLEAN NOT NULL,
        due TEXT NOT NULL,
        trend FLOAT NOT NULL,
        tags TEXT NOT NULL,
        PRIMARY KEY (prospect_id),
        FOREIGN KEY(prospect_id) REFERENCES prospect (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX line_by_answered ON line (answered, prospect_id)",
    "CREATE INDEX line_by_changed ON line (changed, prospect_id)",
    "CREATE INDEX line_by_date ON line (date, prospect_id)",
    "CREATE INDEX line_by_due ON line (due, prospect_id)",
    "CREATE INDEX line_by_form ON line (form, prospect_id)",
    "CREATE INDEX line_by_met_at ON line (met_at, prospect_id)",
    "CREATE INDEX line_by_name ON line (name, prospect_id)",
    "CREATE INDEX line_by_organisation ON line (organisation, prospect_id)",
    "CREATE INDEX line_by_phase_and_change ON line (phase, changed, prospect_id)",
    "CREATE INDEX line_by_recommendation ON line (recommendation, prospect_id)",
    "CREATE INDEX line_by_standing ON line (standing, prospect_id)",
    "CREATE INDEX line_by_standing_shown ON line (standing_shown, prospect_id)",
    "CREATE INDEX line_by_tags ON line (tags, prospect_id)",
    "CREATE INDEX line_by_trend ON line (trend, prospect_id)",
    """
    CREATE TABLE said (
        id INTEGER NOT NULL,
        prospect_id INTEGER NOT NULL,
        assessment_id INTEGER,
        question TEXT NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(prospect_id) REFERENCES prospect (id) ON DELETE CASCADE,
        FOREIGN KEY(assessment_id) REFERENCES assessment (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX said_by_assessment ON said (assessment_id, question)",
    "CREATE INDEX said_by_prospect ON said (prospect_id, assessment_id)",
)

YEARS = (
    """
    CREATE TABLE about (
        prospect_id INTEGER NOT NULL,
        source TEXT NOT NULL,
        notes TEXT NOT NULL,
        links TEXT NOT NULL,
        PRIMARY KEY (prospect_id),
        FOREIGN KEY(prospect_id) REFERENCES prospect (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE tag (
        prospect_id INTEGER NOT NULL,
        folded TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (prospect_id, folded),
        FOREIGN KEY(prospect_id) REFERENCES prospect (id) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    "CREATE INDEX tag_by_name ON tag (folded, prospect_id)",
    """
    CREATE TABLE follow_up (
        id INTEGER NOT NULL,
        uid TEXT NOT NULL,
        prospect_id INTEGER NOT NULL,
        purpose TEXT NOT NULL,
        reason TEXT NOT NULL,
        planned_on DATE NOT NULL,
        planned_at TEXT,
        day DATE NOT NULL,
        at TEXT,
        done_on DATE,
        suggested_for DATE,
        PRIMARY KEY (id),
        UNIQUE (uid),
        FOREIGN KEY(prospect_id) REFERENCES prospect (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX follow_up_by_day ON follow_up (done_on, day)",
    "CREATE INDEX follow_up_by_prospect ON follow_up (prospect_id, day)",
    """
    CREATE TABLE follow_up_move (
        id INTEGER NOT NULL,
        follow_up_id INTEGER NOT NULL,
        moved_on DATE NOT NULL,
        day DATE NOT NULL,
        at TEXT,
        reason TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(follow_up_id) REFERENCES follow_up (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX follow_up_move_by_follow_up ON follow_up_move (follow_up_id)",
    """
    CREATE TABLE forecast (
        step_id INTEGER NOT NULL,
        prospect_id INTEGER NOT NULL,
        assessment_date DATE NOT NULL,
        model TEXT NOT NULL,
        gut TEXT,
        final TEXT NOT NULL,
        good FLOAT NOT NULL,
        workable FLOAT NOT NULL,
        poor FLOAT NOT NULL,
        axes TEXT NOT NULL,
        evidence TEXT NOT NULL,
        PRIMARY KEY (step_id),
        FOREIGN KEY(step_id) REFERENCES period_step (id) ON DELETE CASCADE,
        FOREIGN KEY(prospect_id) REFERENCES prospect (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX forecast_by_prospect ON forecast (prospect_id)",
    """
    CREATE TABLE outcome (
        id INTEGER NOT NULL,
        prospect_id INTEGER NOT NULL,
        occasion TEXT NOT NULL,
        day DATE NOT NULL,
        signs TEXT NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(prospect_id) REFERENCES prospect (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX outcome_by_prospect ON outcome (prospect_id)",
    """
    CREATE TABLE referral (
        id INTEGER NOT NULL,
        prospect_id INTEGER NOT NULL,
        colleague_id INTEGER,
        name TEXT NOT NULL,
        day DATE NOT NULL,
        result TEXT NOT NULL,
        result_on DATE,
        words TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(prospect_id) REFERENCES prospect (id) ON DELETE CASCADE,
        FOREIGN KEY(colleague_id) REFERENCES colleague (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX referral_by_colleague ON referral (colleague_id)",
    "CREATE INDEX referral_by_prospect ON referral (prospect_id)",
    """
    CREATE TABLE bank (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        text TEXT NOT NULL,
        made_on DATE NOT NULL,
        PRIMARY KEY (number),
        UNIQUE (id, version)
    )
    """,
)

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


def upgrade() -> None:
    carry_out(*PAGES, INDEX, FORGET_AT_ONCE, ADDED, REMOVED, CHANGED)
    carry_out(*YEARS, BANK_IS_NEVER_EDITED, BANK_STAYS)
    fill_pages()


def carry_out(*statements: str) -> None:
    """As they stand: to have each composed would take longer than all that they do."""
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def fill_pages() -> None:
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("fitcheck_sorted", 1, sorted_as, deterministic=True)
    driver.create_function("fitcheck_words", 1, words, deterministic=True)
    hidden = STANDING.format(seen="coalesce(a.finished, 0)")
    shown = STANDING.format(seen="a.id IS NOT NULL")
    carry_out(LINES.format(hidden=hidden, shown=shown), CONTACTS, ANSWERS)
