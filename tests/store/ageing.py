"""Older books that are large or hostile, made of the fixtures by SQL in their own schema.

Nothing here names a column that a revision may bring: what refers to what is asked of the store.
"""

from __future__ import annotations

from typing import Any

HOSTILE = (
    "",
    "'; DROP TABLE prospect; --",
    "\0before and after a NUL\0",
    "<link rel=attachment href='file:///etc/passwd'>",
    "\u202eright to left\u202c e\u0301\u0323 👩‍👩‍👧 \ufeff\uffff",
    "{{ 7 * 7 }} %s %(name)s $HOME `id` \\",
    "=1+1\r\n\t\x1b[2J",
    "wide " * 20_000,
)

FOREIGN = (
    "CREATE TABLE theirs (id INTEGER PRIMARY KEY, prospect INTEGER REFERENCES prospect (id))",
    "INSERT INTO theirs (prospect) SELECT id FROM prospect",
    "CREATE INDEX theirs_by_name ON prospect (name COLLATE NOCASE)",
    "CREATE VIEW theirs_seen AS SELECT name FROM prospect",
    """CREATE TRIGGER theirs_added AFTER INSERT ON prospect
    BEGIN INSERT INTO theirs (prospect) VALUES (NEW.id); END""",
)
"""What somebody else's program might have added."""


def _tables(connection: Any) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return [name for (name,) in found if not name.startswith(("sqlite_", "alembic_"))]


def _own_numbers(connection: Any, table: str) -> set[str]:
    """The columns that hold the number of a row, this table's or another's."""
    info = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    references = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
    own = {row[1] for row in info if row[5] == 1 and row[2].upper() == "INTEGER"}
    latest = {row[1] for row in info if row[1].endswith("_id")}
    return own | latest | {row[3] for row in references}


def _unique_texts(connection: Any, table: str) -> set[str]:
    found = set()
    for index in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
        columns = connection.execute(f'PRAGMA index_info("{index[1]}")').fetchall()
        if index[2] and len(columns) == 1:
            found.add(columns[0][2])
    return found


def multiply(connection: Any, times: int) -> None:
    """Let there be ``times`` as many of everybody, and of all that belongs to them."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    # What is drawn for a new row is copied, too.
    drawing = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%randomblob%'"
    ).fetchall()
    for name, _sql in drawing:
        connection.execute(f"DROP TRIGGER {name}")
    for table in _tables(connection):
        numbers = _own_numbers(connection, table)
        unique = _unique_texts(connection, table) - numbers
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        references = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
        if not references and table != "prospect":
            continue  # nobody's: preferences, policies, colleagues, who was erased
        picked = ", ".join(
            f'"{column}" + 1000 * n'
            if column in numbers
            else f"\"{column}\" || '-' || n"
            if column in unique
            else f'"{column}"'
            for column in columns
        )
        names = ", ".join(f'"{column}"' for column in columns)
        connection.execute(
            "WITH RECURSIVE c (n) AS "
            f"(SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {times - 1})"
            f' INSERT INTO "{table}" ({names}) SELECT {picked} FROM "{table}", c'
        )
    for _name, sql in drawing:
        connection.execute(sql)
    connection.execute("COMMIT")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def add_events(connection: Any, count: int) -> None:
    """Let there be at least ``count`` events."""
    names = [row[1] for row in connection.execute("PRAGMA table_info(event)") if row[1] != "id"]
    columns = ", ".join(f'"{name}"' for name in names)
    while connection.execute("SELECT count(*) FROM event").fetchone()[0] < count:
        connection.execute(f"INSERT INTO event ({columns}) SELECT {columns} FROM event")


def make_hostile(connection: Any) -> None:
    """Every text that may be anything is something hostile; what may be missing is missing."""
    connection.execute("BEGIN IMMEDIATE")
    for number, words in enumerate(HOSTILE):
        connection.execute("INSERT INTO preference VALUES (?, ?)", (f"theirs {words}", '"odd"'))
        connection.execute(
            "INSERT INTO prospect (id, name, organisation, role, email, phone, met_at, search, "
            "changed, phase) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (2**40 + number, *[words] * 7, "0001-01-01 00:00:00.000000", words),
        )
    connection.execute("UPDATE answer SET note = ?, quote = ?", (HOSTILE[1], HOSTILE[2]))
    connection.execute("COMMIT")
