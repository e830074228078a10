"""A book of every older schema, large, hostile or tampered with, is brought up to date or refused.

``python3 dev.py soak migrations`` takes far larger ones.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from fitcheck.store import migrations
from fitcheck.store.backup import copies
from fitcheck.store.connection import connect
from fitcheck.store.errors import StoreError
from fitcheck.store.vault import Vault
from tests.store.ageing import FOREIGN, HOSTILE, add_events, make_hostile, multiply
from tests.store.conftest import contents, key_of
from tests.store.test_schemas import SCHEMAS, Content, content, copied, without_new

OLDER = SCHEMAS[:-1]
PROSPECTS, EVENTS = 2_000, 20_000

older = pytest.mark.parametrize("kept_as", OLDER, ids=lambda kept_as: kept_as.name)


def aged(kept_as: Path, folder: Path, *changes: Callable[[Any], object]) -> tuple[Path, Content]:
    """The fixture with these changes; all that is in it then."""
    copied(kept_as, folder, "open.key")
    connection = connect(folder / "book.db", key_of(folder))
    connection.execute("PRAGMA synchronous = OFF")
    for change in changes:
        change(connection)
    found: Content = {}
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        columns = [column[0] for column in cursor.description]
        found[table] = [dict(zip(columns, row, strict=True)) for row in cursor]
    connection.close()
    return folder, {table: sorted(rows, key=repr) for table, rows in found.items()}


def is_up_to_date(folder: Path, before: Content) -> None:
    """With all that was in it, and one copy of the book as it was."""
    old = (folder / "book.db").read_bytes()
    vault = Vault.open(folder)
    found = content(vault)
    vault.close()
    expected = {table: rows for table, rows in before.items() if table != "alembic_version"}
    assert without_new(found, before) == expected
    (copy,) = copies(folder)
    assert copy.store.read_bytes() == old
    assert {file.name for file in folder.iterdir()} == {"book.db", "book.key", "backups"}
    modified = contents(folder)
    Vault.open(folder).close()
    assert contents(folder) == modified, "once"


@older
def test_a_large_book(
    kept_as: Path, place: Path, record_property: Callable[[str, object], None]
) -> None:
    folder, before = aged(
        kept_as,
        place / "book",
        lambda connection: multiply(connection, PROSPECTS // 2),
        lambda connection: add_events(connection, EVENTS),
    )
    prospects, events = len(before["prospect"]), len(before["event"])
    assert prospects >= PROSPECTS
    assert events >= EVENTS
    is_up_to_date(folder, before)
    record_property("counted", f"{prospects} prospects, {events} events")


@older
def test_a_book_full_of_hostile_words(kept_as: Path, place: Path) -> None:
    folder, before = aged(kept_as, place / "book", make_hostile)
    assert {row["name"] for row in before["prospect"]} >= set(HOSTILE)
    is_up_to_date(folder, before)


@older
def test_what_a_foreign_hand_added_to_it_stays(kept_as: Path, place: Path) -> None:
    def add(connection: Any) -> None:
        for statement in FOREIGN:
            connection.execute(statement)

    folder, before = aged(kept_as, place / "book", add)
    assert before["theirs"]
    is_up_to_date(folder, before)


TAMPERED = (
    "DROP TABLE answer",
    "ALTER TABLE prospect DROP COLUMN phone",
    "ALTER TABLE event RENAME TO events",
    "DROP TABLE alembic_version",
    "DELETE FROM alembic_version",
    "UPDATE alembic_version SET version_num = '9999'",
    f"UPDATE alembic_version SET version_num = '{migrations.VERSION:04}'",
    "CREATE TABLE erased (odd)",
    "CREATE TABLE period (odd)",
    "PRAGMA application_id = 7",
    f"PRAGMA user_version = {migrations.VERSION + 1}",
    "DELETE FROM assessment",  # with foreign keys off: what was theirs leads nowhere
)


@pytest.mark.parametrize("tampering", TAMPERED)
def test_a_book_that_was_tampered_with_is_refused_and_no_byte_of_it_changed(
    place: Path, tampering: str
) -> None:
    def tamper(connection: Any) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(tampering)

    folder, _ = aged(OLDER[0], place / "book", tamper)
    before = contents(folder)
    for _attempt in range(2):
        with pytest.raises(StoreError):
            Vault.open(folder)
        after = contents(folder)
        assert {name: after[name] for name in before} == before
        assert set(after) - set(before) <= {
            f"backups/{copy.name}/{name}" for copy in copies(folder) for name in before
        }
        assert len(copies(folder)) <= 1


@older
def test_one_whose_version_is_told_too_low_is_refused_or_whole(kept_as: Path, place: Path) -> None:
    """Not half: neither revisions twice, nor a schema that isn't there."""

    def tamper(connection: Any) -> None:
        connection.execute("PRAGMA user_version = 1")

    folder, before = aged(kept_as, place / "book", tamper)
    data = (folder / "book.db").read_bytes()
    with suppress(StoreError):
        vault = Vault.open(folder)
        expected = {table: rows for table, rows in before.items() if table != "alembic_version"}
        assert without_new(content(vault), before) == expected
        vault.close()
        return
    assert (folder / "book.db").read_bytes() == data
