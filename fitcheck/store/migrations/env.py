"""Alembic's environment. The connection, with its transaction, is handed in by ``upgrade``."""

from __future__ import annotations

from alembic import context

from fitcheck.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    # SQLite alters most things only by copying the table.
    render_as_batch=True,
)
context.run_migrations()
