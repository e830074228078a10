"""The store as SQLAlchemy has it: an engine for as many threads as there are."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from fitcheck.store.connection import PATIENCE, DataKey, connect, store_error, waiting
from fitcheck.store.errors import WrongKeyOrDamaged

HASTE = 0.5
"""Seconds that a write waits after one that has waited in vain: whoever holds the file isn't one of
us, and those that are queued behind it, somebody before the window among them, wait as well."""


def make_engine(
    store: Path, key: DataKey, patience: float = PATIENCE, foreign_keys: bool = True
) -> Engine:
    """The store, for as many threads as there are.

    Its transactions are for reading and see one state of the book; see :func:`writing`.
    """
    # The dialect's own pool keeps a connection a thread; worker threads come and go.
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=partial(connect, store, key, patience, foreign_keys),
        poolclass=QueuePool,
        # An error's text ends in reports, and what a statement carries is candid.
        hide_parameters=True,
    )

    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        driver: Any = connection.connection.driver_connection
        driver.set_busy_handler(waiting(options.get("patience", patience)))
        connection.exec_driver_sql(options.get("begin", "BEGIN"))

    def handle_error(context: ExceptionContext) -> None:
        error = store_error(context.original_exception, store)
        if isinstance(error, WrongKeyOrDamaged):
            # SQLCipher refuses everything on a connection that has met a damaged page.
            context.is_disconnect = True
        if error is not None:
            raise error from context.original_exception

    event.listen(engine, "begin", begin)
    event.listen(engine, "handle_error", handle_error)
    return engine


def writing(engine: Engine) -> Engine:
    """The same store, for transactions that write: each waits for its turn before it reads."""
    return engine.execution_options(begin="BEGIN IMMEDIATE")


def in_haste(engine: Engine) -> Engine:
    """The same store, for transactions that don't wait long."""
    return engine.execution_options(patience=HASTE)
