"""A book of every schema that was ever released opens, with all that is in it, for ever.

``fixtures/schema-N/`` holds a book as that version wrote it, its key file under a passphrase
(``book.key``) and as it was before (``open.key``), and ``content.json``: every row of every table.
Once released they are never made anew. ``python -m tests.store.test_schemas`` makes the one of the
present schema; until it is released, it has to be made again whenever its revision is edited.
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
from sqlalchemy import select

from fitcheck.access import Access
from fitcheck.domain.assessment import Mark, Prospect
from fitcheck.domain.bank import DealBreaker, Form, Reference
from fitcheck.domain.book import Colleague
from fitcheck.domain.keeping import Keeping
from fitcheck.domain.listed import Phase
from fitcheck.domain.period import Decision, Extension, Opening, Reopening
from fitcheck.domain.policy import Action
from fitcheck.library import load_policy
from fitcheck.services import FitCheck
from fitcheck.settings import Preferences
from fitcheck.store import migrations, tables
from fitcheck.store.book import Book
from fitcheck.store.connection import connect
from fitcheck.store.erasing import tombstones
from fitcheck.store.tables import SAID_INDEX
from fitcheck.store.vault import Vault
from fitcheck.store.years import Years, forecasts_of, years_of
from tests.exchange.banks import small_bank
from tests.store.conftest import CHEAP
from tests.store.later import later, put_bank, put_later
from tests.store.test_migrations import schema

FIXTURES = Path(__file__).parent / "fixtures"
PASSPHRASE = "as old as the hills"
SCHEMAS = sorted(FIXTURES.glob("schema-*"))

Content = dict[str, list[dict[str, Any]]]


def content(vault: Vault) -> Content:
    """Every row of every table of an open book, but of the search's index, which is bytes."""
    connection = connect(vault._folder / "book.db", vault._data_key)
    try:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        found: Content = {}
        for (table,) in tables.fetchall():
            if table.startswith(SAID_INDEX):
                continue
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


def copied(kept_as: Path, folder: Path, key: str = "book.key") -> Path:
    """The book of a fixture in ``folder``, the owner's alone, which a checkout can't keep."""
    folder.mkdir(mode=0o700)
    shutil.copy(kept_as / "book.db", folder)
    shutil.copy(kept_as / key, folder / "book.key")
    for file in folder.iterdir():
        file.chmod(0o600)
    return folder


def kept(kept_as: Path) -> Any:
    return json.loads((kept_as / "content.json").read_text(encoding="utf-8"))


def test_there_is_one_of_every_version() -> None:
    assert [kept_as.name for kept_as in SCHEMAS] == [
        f"schema-{number}" for number in range(1, migrations.VERSION + 1)
    ]


def test_the_newest_is_the_schema_that_is_made_today(book: Book, tmp_path: Path) -> None:
    """Red: a revision was edited. If it was released, undo that; if not, make the fixture again."""
    kept_book = Vault.open(copied(SCHEMAS[-1], tmp_path / "kept", "open.key"))
    with kept_book.engine.connect() as then, book.vault.engine.connect() as now:
        assert schema(then) == schema(now)
    kept_book.close()


@pytest.mark.parametrize("kept_as", SCHEMAS, ids=lambda kept_as: kept_as.name)
@pytest.mark.parametrize("way", ["passphrase", "recovery key", "open"])
def test_it_opens_with_all_that_is_in_it(kept_as: Path, folder: Path, way: str) -> None:
    copied(kept_as, folder, "open.key" if way == "open" else "book.key")
    old = kept(kept_as)
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


def test_schema_2_has_policies_of_the_consultants_own(folder: Path) -> None:
    copied(FIXTURES / "schema-2", folder)
    fitcheck = Access(folder, today=lambda: dt.date(2026, 11, 22)).unlock(PASSPHRASE)
    assert fitcheck.policies.in_force.reference == Reference("own", "1.0.0")
    assert fitcheck.policies.in_force.gap == 0.15
    assert fitcheck.policies.made_on(fitcheck.policies.in_force.reference) == dt.date(2026, 11, 22)
    interview = fitcheck.interview(3)
    assert interview.policy == fitcheck.policies.in_force
    assert [each.text for each in interview.bank.deal_breakers] == ["They want it “for free”. 🪷"]
    assert fitcheck.interview(1).policy == load_policy()
    fitcheck.close()


def test_an_older_book_takes_a_policy_of_ones_own(folder: Path) -> None:
    copied(FIXTURES / "schema-1", folder)
    fitcheck = Access(folder, today=lambda: dt.date(2026, 11, 22)).unlock(PASSPHRASE)
    assert fitcheck.policies.in_force == load_policy()
    assert fitcheck.policies.newest is None
    before = fitcheck.interview(1).judgement
    saved = fitcheck.policies.save(replace(fitcheck.policies.in_force, gap=0.1))
    assert fitcheck.policies.in_force == saved
    assert fitcheck.interview(1).judgement == before
    fitcheck.close()


def test_schema_3_has_the_phase_of_every_prospect(folder: Path) -> None:
    copied(FIXTURES / "schema-3", folder)
    fitcheck = Access(folder, today=lambda: dt.date(2026, 11, 22)).unlock(PASSPHRASE)
    day = dt.date(2026, 11, 22)
    assert fitcheck.period(1).steps == (
        Opening(day, dt.date(2026, 12, 6)),
        Extension(day, dt.date(2026, 12, 20), "their “budget round” 🪷"),
        Decision(day, Action.STAGE, "one step"),
        Reopening(day),
    )
    assert fitcheck.period(2).decision == Decision(day, Action.PROCEED)
    assert [line.until for line in fitcheck.prospects()] == [None, dt.date(2026, 12, 20)]
    fitcheck.close()


@pytest.mark.parametrize("kept_as", SCHEMAS[:2], ids=lambda kept_as: kept_as.name)
def test_an_older_book_opens_a_phase_for_everyone_in_it(kept_as: Path, folder: Path) -> None:
    """When a prospect was added wasn't kept: the first day that is known of it stands for that."""
    copied(kept_as, folder)
    fitcheck = Access(folder, today=lambda: dt.date(2026, 11, 24)).unlock(PASSPHRASE)
    rows = kept(kept_as)["rows"]
    for row in rows["prospect"]:
        days = [row["changed"][:10]]
        for assessment in rows["assessment"]:
            if assessment["prospect_id"] == row["id"]:
                days += [assessment["date"], assessment["started_at"][:10]]
        assert fitcheck.period(row["id"]).steps == (Opening(dt.date.fromisoformat(min(days))),)
    assert len(fitcheck.prospects(phase=Phase.OPEN)) == len(rows["prospect"]) == 2
    assert fitcheck.due() == 0
    fitcheck.extend(1, dt.date(2026, 11, 24), "to be decided today")
    assert [line.id for line in fitcheck.prospects(phase=Phase.DUE)] == [1]
    fitcheck.close()


def test_schema_5_knows_for_how_long_and_who_was_erased(folder: Path) -> None:
    copied(FIXTURES / "schema-5", folder)
    fitcheck = Access(folder, today=lambda: dt.date(2026, 11, 22)).unlock(PASSPHRASE)
    assert fitcheck.rights.person(1).keeping == Keeping(dt.date(2028, 1, 1), dt.date(2026, 11, 22))
    with fitcheck._book.vault.engine.begin() as connection:
        assert list(tombstones(connection).values()) == [dt.date(2026, 11, 22)]
    assert len(fitcheck.prospects()) == 2
    fitcheck.close()


def test_schema_7_has_what_came_of_everybody(folder: Path) -> None:
    copied(FIXTURES / "schema-7", folder)
    fitcheck = Access(folder, today=lambda: dt.date(2026, 11, 22)).unlock(PASSPHRASE)
    what = later()
    with fitcheck._book.vault.engine.begin() as connection:
        found = years_of(connection, 2, {1: 1})
        assert forecasts_of(connection, 2) == {1: what.forecast}
        assert connection.scalar(select(tables.bank.c.text)) == small_bank()
    assert found == Years(what.about, what.follow_ups, what.outcomes, what.referrals)
    fitcheck.close()


QUESTION, OTHER = "effort", "outcome"


def keep_schema(target: Path) -> None:
    """Make the fixture of the present schema; see the head of this file."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        fitcheck = FitCheck.open(folder, lambda: dt.date(2026, 11, 22))
        second = fitcheck.add_prospect(Prospect("Second"))
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
        own = (DealBreaker("own-1", "They want it “for free”. 🪷", "Shall we talk about the fee?"),)
        fitcheck.policies.save(replace(fitcheck.policies.in_force, gap=0.15, deal_breakers=own))
        fitcheck.begin_assessment(second, Form.FULL)
        fitcheck.extend(second, dt.date(2026, 12, 20), "their “budget round” 🪷")
        fitcheck.decide(second, Action.STAGE, "one step")
        fitcheck.reopen(second)
        fitcheck.decide(zoe, Action.PROCEED)
        asa = fitcheck.referring.add_colleague(
            Colleague("Åsa", "+46", "pricing 🪷", dt.date(2026, 11, 20))
        )
        put_later(fitcheck._book, zoe, later(), asa)
        put_bank(fitcheck._book)
        day = dt.date(2026, 11, 22)
        fitcheck._book.people.keep(second, Keeping(dt.date(2028, 1, 1), day)).result()
        fitcheck.rights.erase(fitcheck.add_prospect(Prospect("Erased")))
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
