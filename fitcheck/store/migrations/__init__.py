"""How a store comes to have the schema that this program knows: by running Alembic's revisions.

``PRAGMA user_version`` counts the revisions that a store has been through, so that an up-to-date
store is known as such without importing Alembic, which would double the time to the first window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

VERSION = 7
"""The ``user_version`` that this program reads and writes: the number of the newest revision."""

LOCATION = "fitcheck.store:migrations"
"""Where Alembic finds the revisions; tests put one more after the newest."""


def upgrade(connection: Connection) -> None:
    """Bring an empty or older store to :data:`VERSION`, inside the transaction of ``connection``.

    Until the caller commits, the store is as it was; a store of this version is left alone.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", LOCATION)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
