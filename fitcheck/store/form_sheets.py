"""Whose form is whose: a token for each assessment whose blank form was made.

A token is drawn by lot. It stands on paper that is carried about, so nothing can be told from it
but that it is one; only this book knows what it belongs to.
"""

from __future__ import annotations

import secrets
from concurrent.futures import Future

from sqlalchemy import Connection, insert, select

from fitcheck.domain.form_fields import TOKEN_ALPHABET, TOKEN_LENGTH
from fitcheck.store import tables
from fitcheck.store.vault import Vault
from fitcheck.store.writer import Writer


class FormSheets:
    """An assessment keeps its token, so that every copy of its form leads back to it."""

    def __init__(self, vault: Vault, writer: Writer) -> None:
        self._vault = vault
        self._writer = writer

    def token(self, assessment_id: int) -> str:
        """The token of an assessment, made when it is first asked for and safely written.

        Raises ``KeyError`` for an assessment that there isn't.
        """
        with self._vault.engine.begin() as connection:
            found = token_of(connection, assessment_id)
        return found or self._made(assessment_id).result()

    def assessment(self, token: str) -> int | None:
        """The assessment that a token belongs to; ``None`` for one that isn't of this book."""
        table = tables.form_sheet
        with self._vault.engine.begin() as connection:
            finding = select(table.c.assessment_id).where(table.c.token == token)
            found: int | None = connection.execute(finding).scalar_one_or_none()
        return found

    def _made(self, assessment_id: int) -> Future[str]:
        def work(connection: Connection) -> str:
            there = select(tables.assessment.c.id).where(tables.assessment.c.id == assessment_id)
            if connection.execute(there).first() is None:
                raise KeyError(assessment_id)
            # Asked for twice at once, the second finds what the first has made.
            if found := token_of(connection, assessment_id):
                return found
            token = "".join(secrets.choice(TOKEN_ALPHABET) for _ in range(TOKEN_LENGTH))
            values = {"token": token, "assessment_id": assessment_id}
            connection.execute(insert(tables.form_sheet).values(values))
            return token

        return self._writer.write(work)


def token_of(connection: Connection, assessment_id: int) -> str | None:
    table = tables.form_sheet
    finding = select(table.c.token).where(table.c.assessment_id == assessment_id)
    found: str | None = connection.execute(finding).scalar_one_or_none()
    return found
