"""A store is made by its migrations, which agree with the metadata; the event log only grows."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import IntegrityError

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Reference
from fitcheck.domain.book import StoredPolicy
from fitcheck.domain.history import Change, Event, EventKind, Subject
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Summary
from fitcheck.domain.period import Decision
from fitcheck.domain.policy import Action
from fitcheck.store import migrations
from fitcheck.store.book import Book
from fitcheck.store.connection import DataKey
from fitcheck.store.engine import make_engine, writing
from fitcheck.store.tables import SAID_INDEX, metadata


def schema(connection: Connection) -> dict[str, str]:
    """The text that made every table and index, without its layout.

    The index of the search is left out: SQLAlchemy knows no virtual table, nor what that one makes.
    """
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'index') "
        "AND sql IS NOT NULL AND name <> 'alembic_version' AND name NOT LIKE 'said\\_index%' "
        "ESCAPE '\\'"
    )
    return {name: " ".join(sql.replace('"', "").split()) for name, sql in rows}


def test_metadata_and_migrations_agree(book: Book) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with book._engine.connect() as connection:
        options = {
            "compare_type": True,
            "compare_server_default": True,
            "include_name": lambda name, *_rest: not str(name).startswith(SAID_INDEX),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        made = schema(connection)
    plain = create_engine("sqlite://")
    with plain.connect() as connection:
        metadata.create_all(connection)
        assert made == schema(connection), "checks and WITHOUT ROWID, which Alembic doesn't compare"
    plain.dispose()
    assert sum("WITHOUT ROWID" in text for text in made.values()) == 9


def test_the_version_counts_the_revisions(book: Book) -> None:
    versions = Path(migrations.__file__).parent / "versions"
    revisions = sorted(file.name[:4] for file in versions.glob("0*.py"))
    assert revisions == [f"{number:04}" for number in range(1, migrations.VERSION + 1)]
    with book._engine.connect() as connection:
        head = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    assert head == revisions[-1]


def test_an_up_to_date_store_is_left_alone(book: Book) -> None:
    with writing(book._engine).begin() as connection:
        before = schema(connection)
        migrations.upgrade(connection)
        assert schema(connection) == before


def test_a_migration_that_is_not_committed_has_not_happened(tmp_path: Path) -> None:
    store = tmp_path / "empty.db"
    store.touch()
    engine = make_engine(store, DataKey(bytes(32)), 1.0)
    with writing(engine).connect() as connection:
        migrations.upgrade(connection)
        assert schema(connection)
        connection.rollback()
        assert schema(connection) == {}
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == 0
    engine.dispose()


def test_opening_an_up_to_date_store_imports_neither_alembic_nor_the_orm(empty: Path) -> None:
    child = """
        import sys
        from pathlib import Path
        from fitcheck.store.book import Book
        book = Book.open(Path(sys.argv[1]))
        book.prospects()
        book.preferences()
        book.close()
        print(sorted({"alembic", "mako", "sqlalchemy.orm"} & set(sys.modules)))
    """
    command = [sys.executable, "-c", textwrap.dedent(child), str(empty)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE policy SET text = ''",
        "DELETE FROM policy",
        "INSERT OR REPLACE INTO policy SELECT * FROM policy",
        "REPLACE INTO policy SELECT 7, id, version, '', made_on FROM policy",
    ],
)
def test_a_policy_stays_as_it_was_saved(book: Book, tampering: str) -> None:
    kept = StoredPolicy(Reference("own", "1.0.0"), "as it was", dt.date(2026, 11, 22))
    book.add_policy(kept).result()
    with (
        pytest.raises(IntegrityError, match="a policy is never"),
        writing(book._engine).begin() as connection,
    ):
        connection.exec_driver_sql(tampering)
    assert book.policies() == (kept,)


def test_a_version_that_there_is_is_not_written_over(book: Book) -> None:
    kept = StoredPolicy(Reference("own", "1.0.0"), "as it was", dt.date(2026, 11, 22))
    book.add_policy(kept).result()
    again = book.add_policy(replace(kept, text="another")).exception()
    assert isinstance(again, IntegrityError)
    assert book.policies() == (kept,)


class TestTheEventLog:
    @pytest.fixture
    def id_(self, book: Book, blank: Assessment) -> int:
        """An assessment with two events."""
        id_ = book.add_assessment(book.add_prospect(Prospect("a")).result(), blank).result()
        summary = Summary(Recommendation.STAGE, False, 0.2, 0.5, 0.3, 1, 36)
        for value in (1, 2):
            change = Change(Subject.ANSWER, "ease", None, {"value": value})
            book.record(id_, Event(EventKind.SET, change), "ease", summary).result()
        return id_

    @pytest.mark.parametrize(
        "tampering",
        [
            "UPDATE event SET after = 'null'",
            "UPDATE event SET id = id + 10",
            "UPDATE OR REPLACE event SET id = 1 WHERE id = 2",
            "DELETE FROM event",
            "DELETE FROM event WHERE id = 2",
            "INSERT OR REPLACE INTO event SELECT * FROM event WHERE id = 1",
            "REPLACE INTO event SELECT 1, 1, kind, subject, key, before, after, at FROM event",
        ],
    )
    def test_it_only_grows(self, book: Book, id_: int, tampering: str) -> None:
        before = book.load(id_)
        assert len(before.events) == 2
        with (
            pytest.raises(IntegrityError, match="append-only"),
            writing(book._engine).begin() as connection,
        ):
            connection.exec_driver_sql(tampering)
        assert book.load(id_) == before

    @pytest.mark.parametrize("erased", ["assessment", "prospect"])
    def test_it_goes_with_its_assessment(self, book: Book, id_: int, erased: str) -> None:
        assert book.load(id_).events
        with writing(book._engine).begin() as connection:
            connection.exec_driver_sql(f"DELETE FROM {erased}")
        with book._engine.connect() as connection:
            for table in ("event", "answer", "field", "assessment"):
                count = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
                assert count == 0


class TestTheStepsOfAPeriod:
    @pytest.fixture
    def id_(self, book: Book) -> int:
        """A prospect whose phase was opened and decided."""
        id_ = book.add_prospect(Prospect("a")).result()
        book.periods.take(id_, Decision(dt.date(2026, 11, 22), Action.STAGE, "so be it")).result()
        return id_

    @pytest.mark.parametrize(
        "tampering",
        [
            "UPDATE period_step SET words = ''",
            "UPDATE OR REPLACE period_step SET id = 1 WHERE id = 2",
            "DELETE FROM period_step WHERE id = 2",
            "INSERT OR REPLACE INTO period_step SELECT * FROM period_step WHERE id = 1",
        ],
    )
    def test_they_only_grow(self, book: Book, id_: int, tampering: str) -> None:
        before = book.periods.period(id_)
        assert len(before.steps) == 2
        with (
            pytest.raises(IntegrityError, match="append-only"),
            writing(book._engine).begin() as connection,
        ):
            connection.exec_driver_sql(tampering)
        assert book.periods.period(id_) == before

    @pytest.mark.usefixtures("id_")
    def test_they_go_with_their_prospect(self, book: Book) -> None:
        with writing(book._engine).begin() as connection:
            connection.exec_driver_sql("DELETE FROM prospect")
        with book._engine.connect() as connection:
            for table in ("period", "period_step"):
                assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
