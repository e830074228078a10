"""Making the store of a new book."""

from __future__ import annotations

from pathlib import Path

from fitcheck.store import migrations
from fitcheck.store.connection import DataKey
from fitcheck.store.engine import make_engine, writing
from fitcheck.store.files import create_private, journal_of, put_in_place, writable
from fitcheck.store.opening import APPLICATION_ID


def make(store: Path, key: DataKey) -> None:
    """Make an empty book under another name and move it into place only when it is whole."""
    fresh = store.with_name(store.name + ".new")
    with writable(store.parent):
        journal_of(fresh).unlink(missing_ok=True)
        create_private(fresh)
    engine = make_engine(fresh, key)
    try:
        with writing(engine).begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.upgrade(connection)
    finally:
        engine.dispose()
    with writable(store.parent):
        put_in_place(fresh, store)
