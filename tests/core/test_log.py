"""The log: a vocabulary of its own, bounded, and never in the way."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from fitcheck import log as log_module
from fitcheck.log import KEPT, LAST, LOG_FILE, REPEATS, SIZE, Event, Log, keep, note
from fitcheck.reduced import Known
from fitcheck.store.backup import Reason
from fitcheck.watching import LibraryLogs

CANARY = "Kanarienvogel"
NOW = dt.datetime(2026, 11, 22, 8, 30, tzinfo=dt.UTC)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "logs", lambda: NOW)


def test_an_event_is_a_line_of_our_own_words(log: Log) -> None:
    log.note(Event.BACKUP_MADE, reason=Reason.DAILY, after=1.23456, pages=3, whole=True)
    assert log.file.read_text() == (
        "2026-11-22T08:30:00Z backup_made reason=daily after=1.23 pages=3 whole=yes\n"
    )
    assert log.last() == log.tail() == (log.file.read_text().rstrip("\n"),)


class Typed(Enum):
    NAME = "Ada Bell of Bell Foundry"


@pytest.mark.parametrize(
    "value", [CANARY, CANARY.encode(), [CANARY], {CANARY: 1}, Path(CANARY), object(), None, Typed]
)
def test_a_text_can_t_be_noted(log: Log, value: Any) -> None:
    """mypy refuses these calls; if one is made all the same, nothing of it is written."""
    log.note(Event.OPENED, name=value)
    log.note(Event.OPENED, **{f"{CANARY} {value}": 1})
    log.note(Event.OPENED, name=Typed.NAME)
    assert CANARY not in log.file.read_text()
    assert "Ada" not in log.file.read_text()
    assert "opened name=?" in log.file.read_text()


def test_an_exception_is_noted_by_its_class_and_place(log: Log) -> None:
    try:
        raise PermissionError(13, CANARY)
    except PermissionError as error:
        log.note(Event.WRITE_FAILED, error=error)
    assert "error=PermissionError@" in log.file.read_text()
    assert "test_an_exception_is_noted_by_its_class_and_place" in log.file.read_text()
    assert CANARY not in log.file.read_text()


def test_it_never_grows_beyond_its_bounds(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "SIZE", 1_000)
    for number in range(300):
        log.note(Event.BACKUP_MADE, number=number)
    files = sorted(log.folder.iterdir())
    assert [file.name for file in files] == [LOG_FILE, f"{LOG_FILE}.1", f"{LOG_FILE}.2"]
    assert len(files) == KEPT
    assert all(file.stat().st_size <= 1_000 for file in files)
    assert log.tail(3)[-1].endswith("number=299")
    numbers = [int(line.rpartition("=")[2]) for line in log.tail(40)]
    assert numbers == list(range(300 - len(numbers), 300))
    assert len(log.last()) == LAST
    assert KEPT * SIZE < 1_000_000


def test_only_its_owner_may_read_it(log: Log) -> None:
    log.note(Event.STARTED)
    assert log.folder.stat().st_mode & 0o077 == 0
    assert log.file.stat().st_mode & 0o077 == 0


def test_a_log_that_can_t_be_written_is_none_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("not a folder")
    log = Log(tmp_path / "logs")
    log.note(Event.STARTED)
    nowhere = Log(tmp_path / "away" / "logs")
    nowhere.note(Event.STARTED)
    assert not (tmp_path / "away").exists()
    assert len(log.last()) == len(nowhere.last()) == 1
    assert nowhere.tail() == ()


def test_what_others_say_again_and_again_doesn_t_push_the_rest_out(log: Log) -> None:
    log.note(Event.STARTED)
    for _again in range(1_000):
        log.note(Event.QT, about=Known("default"))
    assert len(log.tail()) == 1 + REPEATS


def test_a_note_in_the_midst_of_a_note_is_dropped(log: Log) -> None:
    """As from a destructor that the collector calls just then; it must not wait for itself."""

    def now() -> dt.datetime:
        log.note(Event.UNRAISABLE)
        return NOW

    log._now = now
    log.note(Event.STARTED)
    assert [line.split()[1] for line in log.last()] == ["started"]


def test_threads_write_whole_lines(log: Log) -> None:
    def write() -> None:
        for number in range(50):
            log.note(Event.BACKUP_MADE, number=number)

    threads = [threading.Thread(target=write) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = log.file.read_text().splitlines()
    assert len(lines) == 200
    assert {line.split()[1] for line in lines} == {"backup_made"}


def test_without_a_log_nothing_is_noted() -> None:
    before = keep(None)
    try:
        note(Event.STARTED)
    finally:
        keep(before)


@pytest.fixture
def library(log: Log) -> Any:
    """A library's logger, of whose messages ours makes an event."""
    logger = logging.Logger("weasy.print")
    logger.addHandler(LibraryLogs())
    before = keep(log)
    yield logger
    keep(before)


def test_a_library_s_message_is_noted_without_what_it_is_about(
    log: Log, library: logging.Logger
) -> None:
    library.warning("Ignored %r at %d", CANARY, 3)
    assert log.last()[-1].endswith('library logger=weasy.print level=30 says="Ignored %r at %d"')
    try:
        raise ValueError(CANARY)
    except ValueError:
        library.exception("It failed: %s", CANARY)
    assert CANARY not in log.file.read_text()


def test_a_message_that_was_put_together_at_run_time_is_a_question_mark(
    log: Log, library: logging.Logger
) -> None:
    library.warning(f"Ignored {CANARY}")
    library.warning("Ignored " + CANARY)
    library.warning([CANARY])
    library.name = f"of {CANARY}"
    library.warning("Ignored")
    assert CANARY not in log.file.read_text()
    assert [line.rpartition(" ")[2] for line in log.last()] == ["says=?"] * 3 + ['says="Ignored"']
