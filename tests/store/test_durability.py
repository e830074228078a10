"""What survives kill -9, and what nobody can read without the key."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from fitcheck.changes import apply
from fitcheck.domain.assessment import Answer, Assessment, Prospect
from fitcheck.domain.history import Change, Event, EventKind, Subject
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Summary
from fitcheck.library import load_bank
from fitcheck.store.book import Book
from fitcheck.store.engine import writing

CANARY = "canary in the coal mine"

# Answers one question after the other, over and over, and says so once each has been saved.
WRITER = f"""
    import sys
    from pathlib import Path
    from fitcheck.domain.listed import Summary
    from fitcheck.domain.history import Change, Event, EventKind, Subject
    from fitcheck.domain.judgement import Recommendation
    from fitcheck.library import load_bank
    from fitcheck.store.book import Book

    folder, start = Path(sys.argv[1]), int(sys.argv[2])
    ids = [question.id for question in load_bank().questions]
    book = Book.open(folder)
    for number in range(start, start + 10_000):
        question = ids[number % len(ids)]
        after = {{"value": number % 5, "evidence": "hunch", "note": f"{CANARY} {{number}}"}}
        event = Event(EventKind.SET, Change(Subject.ANSWER, question, None, after))
        summary = Summary(Recommendation.STAGE, False, 0.2, 0.3, 0.5, number % 37, 36)
        book.record(1, event, question, summary).result()
        print(f"saved {{number}}", flush=True)
"""


def readable(folder: Path) -> list[str]:
    """The files of ``folder`` in which the canary can be read in some encoding."""
    forms = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        file.name for file in folder.iterdir() if any(form in file.read_bytes() for form in forms)
    ]


def test_what_was_acknowledged_survives_kill_9(book: Book, folder: Path, blank: Assessment) -> None:
    book.add_assessment(book.add_prospect(Prospect("a")).result(), blank).result()
    book.close()
    ids = [question.id for question in load_bank().questions]
    rng = random.Random(2)
    written = 0
    for _ in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(folder), str(written)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert child.stdout
        assert child.stderr
        for _ in range(rng.randint(1, 12)):
            line = child.stdout.readline()
        time.sleep(rng.uniform(0, 0.03))
        child.send_signal(signal.SIGKILL)
        rest, errors = child.communicate()
        assert child.returncode == -signal.SIGKILL
        assert errors == ""
        acknowledged = int([line, *rest.splitlines()][-1].split()[1])
        assert readable(folder) == []

        book = Book.open(folder)
        stored = book.load(1)
        book.close()
        # What was on its way when the child died may have been saved too, but only whole.
        assert len(stored.events) - (acknowledged + 1) in (0, 1)
        written = len(stored.events)
        assert stored.position == ids[(written - 1) % len(ids)]
        replayed = blank
        for number, event in enumerate(stored.events):
            assert event.change.after["note"] == f"{CANARY} {number}"
            replayed = apply(replayed, event.change)
        assert stored.assessment.answers == replayed.answers
    # A journal in which nothing had been written yet may lie there until the next write.
    book = Book.open(folder)
    book.stand_at(1, ids[0]).result()
    book.close()
    assert {file.name for file in folder.iterdir()} == {"book.db", "book.key"}


def test_nothing_is_readable_while_it_is_being_written(
    book: Book, folder: Path, blank: Assessment
) -> None:
    prospect = Prospect(CANARY, CANARY, CANARY, CANARY, CANARY, CANARY, CANARY)
    assessment = Assessment(
        **{
            **blank.__dict__,
            "prospect": prospect,
            "answers": {"ease": Answer("ease", None, None, CANARY, CANARY)},
        }
    )
    id_ = book.add_assessment(book.add_prospect(prospect).result(), assessment).result()
    change = Change(Subject.FIELD, "restatement", "", CANARY)
    summary = Summary(Recommendation.STAGE, False, 0.2, 0.3, 0.5, 1, 36)
    book.record(id_, Event(EventKind.SET, change), "ease", summary).result()
    with writing(book._engine).begin() as connection:
        connection.exec_driver_sql("PRAGMA cache_size = 1")
        connection.exec_driver_sql("UPDATE answer SET note = note || note, quote = quote || note")
        names = {file.name for file in folder.iterdir()}
        assert names == {"book.db", "book.db-journal", "book.key", "book.lock"}
        assert readable(folder) == []
    assert CANARY in book.load(id_).assessment.answers["ease"].note
    assert book.load(id_).events[0].change.after == CANARY
    book.close()
    assert readable(folder) == []


def test_the_detector_would_find_it(tmp_path: Path) -> None:
    """The negative control: in a plain database the canary can be read."""
    connection = sqlite3.connect(tmp_path / "plain.db")
    connection.execute("CREATE TABLE answer (note TEXT)")
    connection.execute("INSERT INTO answer VALUES (?)", (CANARY,))
    connection.commit()
    connection.close()
    assert readable(tmp_path) == ["plain.db"]
