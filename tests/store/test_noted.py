"""What the log says of a book's life: what happened to it, and not a word that is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.log import LOGS, Log, keep
from fitcheck.services import FitCheck
from fitcheck.store.tables import preference

CANARY = "Kanarienvogel"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    (tmp_path / "book").mkdir()
    made = Log(tmp_path / "book" / LOGS)
    before = keep(made)
    yield made
    keep(before)


def test_a_book_s_life_is_noted_without_a_word_of_it(log: Log) -> None:
    fitcheck = FitCheck.open(log.folder.parent)
    person = fitcheck.add_prospect(Prospect(CANARY, CANARY))
    interview = fitcheck.interview(fitcheck.begin_assessment(person, Form.EVENT))
    interview.set_note("my-ease", CANARY)
    fitcheck.safekeeping.back_up()
    with pytest.raises(KeyError):
        fitcheck.edit_prospect(person + 1, Prospect(CANARY))

    def twice(connection: Connection) -> None:
        rows = [{"key": CANARY, "value": {CANARY: CANARY}}] * 2
        connection.execute(insert(preference), rows)

    with pytest.raises(IntegrityError) as refused:
        fitcheck._book._writer.write(twice).result()
    # The exception carries what was to be written.
    assert CANARY in str(refused.value.params)
    fitcheck.rights.erase(person)
    fitcheck.close()
    fitcheck.close()
    events = [line.partition(" ")[2] for line in log.tail()]
    names = [event.partition(" ")[0] for event in events]
    assert names[0] == "opened"
    assert names[-1] == "closed"
    assert names.count("closed") == 1
    assert events[0] == "opened protected=no"
    assert "backup_made reason=by-hand" in events
    assert [e for e in events if e.startswith("write_failed error=KeyError@fitcheck.store.book:")]
    (integrity,) = [e for e in events if "IntegrityError" in e]
    assert integrity.startswith("write_failed error=sqlalchemy.exc.IntegrityError@sqlalchemy.")
    assert "erased" in names
    assert CANARY not in log.file.read_text()
