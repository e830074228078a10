"""Own banks in the store: kept over a restart, and as they were brought in for good."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fitcheck.domain.bank import Reference
from fitcheck.domain.book import StoredBank
from fitcheck.store.book import Book

FIRST = StoredBank(Reference("mine", "1.0.0"), "# “Mine”\n", dt.date(2026, 11, 21))
SECOND = StoredBank(Reference("mine", "2.0.0"), "# more\n", dt.date(2026, 11, 22))


def test_every_version_is_there_after_a_restart_oldest_first(book: Book, folder: Path) -> None:
    assert book.banks.all() == ()
    for each in (FIRST, SECOND):
        book.banks.add(each).result()
    book.close()
    again = Book.open(folder)
    assert again.banks.all() == (FIRST, SECOND)
    again.close()


def test_a_version_is_there_once(book: Book) -> None:
    book.banks.add(FIRST).result()
    with pytest.raises(DBAPIError):
        book.banks.add(StoredBank(FIRST.reference, "# other\n", SECOND.made_on)).result()
    assert book.banks.all() == (FIRST,)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE bank SET text = ''",
        "DELETE FROM bank",
        "INSERT OR REPLACE INTO bank SELECT * FROM bank",
        "REPLACE INTO bank SELECT 7, id, version, '', made_on FROM bank",
    ],
)
def test_a_bank_stays_as_it_was_brought_in(book: Book, tampering: str) -> None:
    book.banks.add(FIRST).result()
    with pytest.raises(DBAPIError, match="a bank is never"), book.vault.engine.begin() as writing:
        writing.execute(text(tampering))
    assert book.banks.all() == (FIRST,)


def test_its_text_is_in_no_representation() -> None:
    assert "Mine" not in repr(FIRST)
