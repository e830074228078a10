"""A book of every schema that was ever released opens, with all that is in it, for ever.

``fixtures/schema-N/`` holds a book as that version wrote it, its key file under a passphrase
(``book.key``) and as it was before (``open.key``), and ``content.json``: every row of every table.
They are never made anew. ``keep_schema`` made them and will make the next one, once, before it is
released: ``python -m tests.store.test_schemas`` in a checkout of that version.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fitcheck.access import Access
from fitcheck.domain.assessment import Mark, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import Phase
from fitcheck.services import FitCheck
from fitcheck.settings import Preferences
from fitcheck.store import migrations
from fitcheck.store.connection import connect
from fitcheck.store.vault import Vault
from tests.store.conftest import CHEAP

FIXTURES = Path(__file__).parent / "fixtures"
PASSPHRASE = "as old as the hills"
SCHEMAS = sorted(FIXTURES.glob("schema-*"))

Content = dict[str, list[dict[str, Any]]]


def content(vault: Vault) -> Content:
    """Every row of every table of an open book."""
    connection = connect(vault._folder / "book.db", vault._data_key)
    try:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        found: Content = {}
        for (table,) in tables.fetchall():
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor]
            found[table] = sorted(rows, key=repr)
        return found
    finally:
        connection.close()


def without_new(found: Content, old: Content) -> Content:
    """``found`` as far as the older schema has tables and columns for it."""
    return {
        table: sorted(
            ({column: row[column] for column in rows[0]} for row in found[table]), key=repr
        )
        if rows
        else found[table]
        for table, rows in old.items()
        if table != "alembic_version"
    }


def copied(schema: Path, folder: Path, key: str = "book.key") -> Path:
    """The book of ``schema`` in ``folder``."""
    folder.mkdir()
    shutil.copy(schema / "book.db", folder)
    shutil.copy(schema / key, folder / "book.key")
    return folder


def kept(schema: Path) -> Any:
    return json.loads((schema / "content.json").read_text(encoding="utf-8"))


def test_there_is_one_of_every_version() -> None:
    assert [schema.name for schema in SCHEMAS] == [
        f"schema-{number}" for number in range(1, migrations.VERSION + 1)
    ]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
@pytest.mark.parametrize("way", ["passphrase", "recovery key", "open"])
def test_it_opens_with_all_that_is_in_it(schema: Path, folder: Path, way: str) -> None:
    copied(schema, folder, "open.key" if way == "open" else "book.key")
    old = kept(schema)
    if way == "passphrase":
        vault = Vault.unlock(folder, PASSPHRASE)
    elif way == "recovery key":
        vault = Vault.recover(folder, old["recovery"])
    else:
        vault = Vault.open(folder)
    rows = {table: sorted(rows, key=repr) for table, rows in old["rows"].items()}
    assert without_new(content(vault), rows) == {
        table: entries for table, entries in rows.items() if table != "alembic_version"
    }
    vault.close()


def test_schema_1_says_today_what_it_said_then(folder: Path) -> None:
    copied(FIXTURES / "schema-1", folder)
    fitcheck = Access(folder, today=lambda: dt.date(2026, 11, 22)).unlock(PASSPHRASE)
    assert [line.prospect.name for line in fitcheck.prospects()] == ["Zoë Ångström", "Second"]
    assert [line.prospect.name for line in fitcheck.prospects("zoë", Phase.OPEN)]
    interview = fitcheck.interview(1)
    assert interview.answer(QUESTION).note == "calm, and “curious” 🪷"
    assert interview.answer(OTHER).value is Mark.UNKNOWN
    assert (interview.can_undo, interview.can_redo) == (True, True)
    interview.redo()
    assert interview.answer(QUESTION).note == "undone"
    assert fitcheck.preferences == Preferences(show_totals=True, window="1,2,3,4")
    assert fitcheck.take_drafts() == {"note": "half a sen"}
    fitcheck.close()


QUESTION, OTHER = "effort", "outcome"


def keep_schema(target: Path) -> None:
    """Make the fixture of the present schema; see the head of this file."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        fitcheck = FitCheck.open(folder, lambda: dt.date(2026, 11, 22))
        fitcheck.add_prospect(Prospect("Second"))
        prospect = Prospect("Zoë Ångström", "Straßenbau", "Head", "z@example.org", "+46", "Fair")
        zoe = fitcheck.add_prospect(prospect)
        fitcheck.begin_assessment(zoe, Form.FULL)
        fitcheck.begin_assessment(zoe, Form.EVENT)
        interview = fitcheck.interview(1)
        interview.set_value(QUESTION, 3)
        interview.set_value(OTHER, Mark.UNKNOWN)
        interview.set_note(QUESTION, "calm, and “curious” 🪷")
        interview.set_field("keep", ("the coffee",))
        interview.set_note(QUESTION, "undone")
        interview.undo()
        fitcheck.save_preferences(replace(Preferences(), show_totals=True, window="1,2,3,4"))
        fitcheck.save_drafts({"note": "half a sen"})
        fitcheck.close()
        target.mkdir()
        shutil.copy(folder / "book.key", target / "open.key")
        vault = Vault.open(folder, CHEAP)
        recovery = vault.protect(PASSPHRASE)
        written = {"recovery": recovery, "rows": content(vault)}
        vault.close()
        shutil.copy(folder / "book.key", target)
        shutil.copy(folder / "book.db", target)
    (target / "content.json").write_text(
        json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    keep_schema(FIXTURES / f"schema-{migrations.VERSION}")
