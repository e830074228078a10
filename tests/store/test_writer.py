"""The writer: one write after the other, each whole or not at all, none lost at the end."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import IntegrityError

from fitcheck.store import connection
from fitcheck.store import engine as store_engine
from fitcheck.store.engine import HASTE, make_engine, writing
from fitcheck.store.errors import DiskRefused
from fitcheck.store.files import STORE_FILE
from fitcheck.store.refusals import BookHeld
from fitcheck.store.tables import preference
from fitcheck.store.writer import HeldBack, Writer
from tests.store.conftest import key_of


@pytest.fixture
def engine(empty: Path, folder: Path) -> Iterator[Engine]:
    shutil.copytree(empty, folder)
    engine = make_engine(folder / STORE_FILE, key_of(folder), patience=0.2)
    yield engine
    engine.dispose()


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    writer = Writer(engine)
    yield writer
    writer.close()


class Put:
    """A write of one preference."""

    def __init__(self, key: str, value: object = None) -> None:
        self.key, self.value = key, value

    def __call__(self, connection: Connection) -> str:
        connection.execute(insert(preference), {"key": self.key, "value": self.value})
        return self.key


def keys(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        return list(connection.execute(select(preference.c.key)).scalars())


def test_a_future_is_done_only_once_another_connection_sees_the_write(
    engine: Engine, writer: Writer
) -> None:
    seen: list[list[str]] = []
    for key in "abc":
        future = writer.write(Put(key))
        future.add_done_callback(lambda _done: seen.append(keys(engine)))
        assert future.result() == key
        assert keys(engine)[-1] == key
    writer.close()
    assert seen == [["a"], ["a", "b"], ["a", "b", "c"]]


def test_writes_are_done_in_the_order_in_which_they_were_asked_for(writer: Writer) -> None:
    order: list[int] = []
    for number in range(50):
        writer.write(lambda _connection, number=number: order.append(number))  # type: ignore[misc]
    writer.close()
    assert order == list(range(50))


def test_a_unit_of_work_rolls_back_unless_it_is_committed(engine: Engine, writer: Writer) -> None:
    class Stop(BaseException):
        """What not even ``except Exception`` catches."""

    def half(connection: Connection) -> None:
        Put("half")(connection)
        raise Stop

    assert isinstance(writer.write(half).exception(), Stop)
    assert keys(engine) == []
    writer.write(Put("a")).result()
    assert isinstance(writer.write(Put("a")).exception(), IntegrityError)
    assert writer.write(Put("b")).result() == "b", "the thread lives on"
    assert keys(engine) == ["a", "b"]


def test_closing_drains_the_queue_and_then_refuses(engine: Engine, writer: Writer) -> None:
    gate = threading.Event()
    writer.write(lambda _connection: gate.wait())
    futures = [writer.write(Put(key)) for key in "abc"]
    closing = threading.Thread(target=writer.close)
    closing.start()

    def write_until_refused() -> None:
        while closing.is_alive():
            futures.append(writer.write(Put(f"before the end {len(futures)}")))

    with pytest.raises(RuntimeError, match="closed"):
        write_until_refused()
    assert closing.is_alive()
    gate.set()
    closing.join()
    assert all(future.done() for future in futures)
    assert len(keys(engine)) == len(futures)
    assert not writer._thread.is_alive()
    writer.close()


def test_a_cancelled_write_is_not_made(engine: Engine, writer: Writer) -> None:
    gate = threading.Event()
    writer.write(lambda _connection: gate.wait())
    cancelled = writer.write(Put("cancelled"))
    assert cancelled.cancel()
    gate.set()
    writer.write(Put("a")).result()
    assert keys(engine) == ["a"]


def test_a_write_takes_its_turn_before_it_reads(folder: Path, engine: Engine) -> None:
    """BEGIN IMMEDIATE: otherwise two that read first could both find themselves unable to write."""
    other = make_engine(folder / STORE_FILE, key_of(folder), patience=0.05)
    with writing(engine).begin(), pytest.raises(DiskRefused), writing(other).begin():
        pass
    with engine.begin(), engine.begin(), writing(other).begin():
        pass
    other.dispose()


def test_a_commit_that_fails_was_not_a_commit(engine: Engine, writer: Writer) -> None:
    writer.write(Put("a")).result()
    with engine.begin() as reader:
        reader.execute(select(preference)).all()
        error = writer.write(Put("b")).exception()
    assert isinstance(error, DiskRefused)
    assert "isn’t saved yet" in str(error)
    assert keys(engine) == ["a"]
    assert writer.write(Put("b")).result() == "b", "and it can be retried"


def test_once_it_has_waited_in_vain_it_does_not_wait_as_long_again(
    engine: Engine, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = connection.waiting
    waited: list[float] = []

    def waiting(patience: float) -> Callable[[int], bool]:
        waited.append(patience)
        return real(0.05)

    with engine.begin() as reader:
        reader.execute(select(preference)).all()
        for module in (connection, store_engine):
            monkeypatch.setattr(module, "waiting", waiting)
        for _twice in range(2):
            assert isinstance(writer.write(Put("a")).exception(), BookHeld)
    writer.write(Put("a")).result()
    writer.write(Put("b")).result()
    new_connection, *writes = waited
    assert writes == [new_connection, HASTE, HASTE, new_connection]


def test_a_write_behind_one_that_failed_is_not_attempted(engine: Engine, writer: Writer) -> None:
    writer.write(Put("a")).result()
    failed = writer.write(Put("a"))
    behind = writer.write(Put("b"), after=failed)
    further = writer.write(Put("c"), after=behind)
    assert isinstance(failed.exception(), IntegrityError)
    assert isinstance(behind.exception(), HeldBack)
    assert isinstance(further.exception(), HeldBack)
    good = writer.write(Put("d"))
    writer.write(Put("e"), after=good).result()
    assert keys(engine) == ["a", "d", "e"]


def test_a_commit_waits_for_a_reader(folder: Path, engine: Engine) -> None:
    engine = make_engine(folder / STORE_FILE, key_of(folder))
    writer = Writer(engine)
    with engine.begin() as reader:
        reader.execute(select(preference)).all()
        future = writer.write(Put("a"))
        time.sleep(0.3)
        assert not future.done()
    assert future.result() == "a"
    writer.close()
    engine.dispose()


def test_a_full_disk_is_told_and_can_be_mended(
    engine: Engine, writer: Writer, folder: Path
) -> None:
    writer.write(Put("a")).result()
    size = (folder / "book.db").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10_000, hard))
    try:
        error = writer.write(Put("b", "x" * 1_000_000)).exception()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(error, DiskRefused)
    assert keys(engine) == ["a"]
    assert writer.write(Put("b", "x" * 1_000_000)).result() == "b"


@pytest.mark.parametrize("ending", ["pass", "raise SystemExit(3)", "1 / 0"])
def test_a_program_that_forgets_to_close_ends_and_loses_nothing(
    empty: Path, folder: Path, ending: str
) -> None:
    shutil.copytree(empty, folder)
    child = f"""
        import sys
        from pathlib import Path
        from fitcheck.domain.assessment import Prospect
        from fitcheck.store.book import Book
        book = Book.open(Path(sys.argv[1]))
        for number in range(30):
            book.add_prospect(Prospect(str(number)))
        {ending}
    """
    command = [sys.executable, "-c", textwrap.dedent(child), str(folder)]
    subprocess.run(command, capture_output=True, timeout=30, check=False)
    engine = make_engine(folder / STORE_FILE, key_of(folder))
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM prospect").scalar() == 30
    engine.dispose()


def test_what_is_held_back_is_begun_when_that_is_said_in_its_order(
    engine: Engine, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fitcheck.store.writer.BREATH", 60.0)
    writer.hold_back()
    first, second = writer.write(Put("a")), writer.write(Put("b"))
    assert not first.done()
    assert keys(engine) == []
    writer.go_on()
    assert (first.result(), second.result()) == ("a", "b")
    assert keys(engine) == ["a", "b"]


def test_what_is_held_back_by_somebody_who_forgets_it_waits_for_a_moment_only(
    engine: Engine, writer: Writer
) -> None:
    writer.hold_back()
    assert writer.write(Put("a")).result() == "a"
    # Nor does the next one wait: it was forgotten once.
    assert writer.write(Put("b")).result() == "b"
    assert keys(engine) == ["a", "b"]


def test_closing_writes_what_is_held_back(
    engine: Engine, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fitcheck.store.writer.BREATH", 60.0)
    writer.hold_back()
    written = writer.write(Put("a"))
    writer.close()
    assert written.done()
    assert keys(engine) == ["a"]
