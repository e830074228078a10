"""One instance: a second opener is told, and a killed one never stands in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.store import instance
from fitcheck.store.book import Book
from fitcheck.store.errors import AlreadyOpen
from fitcheck.store.instance import LOCK_FILE, InstanceLock

HOLDER = """
    import sys, time
    from pathlib import Path
    from fitcheck.store.book import Book
    book = Book.open(Path(sys.argv[1]))
    print("open", flush=True)
    time.sleep(60)
"""

# Many at once begin a book where there is none; whoever comes late is told, and tries again.
BEGINNER = """
    import sys, time
    from pathlib import Path
    from fitcheck.domain.assessment import Prospect
    from fitcheck.store.book import Book
    from fitcheck.store.errors import AlreadyOpen
    print("ready", flush=True)
    sys.stdin.readline()
    while True:
        try:
            book = Book.open(Path(sys.argv[1]))
        except AlreadyOpen:
            time.sleep(0.002)
        else:
            break
    book.add_prospect(Prospect(sys.argv[2])).result()
    book.close()
"""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    """A child that has said that it is where it should be."""
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    assert child.stdout.readline()
    return child


def test_a_killed_one_leaves_no_lock(folder: Path) -> None:
    Book.open(folder).close()
    child = start(HOLDER, folder)
    with pytest.raises(AlreadyOpen, match=str(folder)):
        Book.open(folder)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert (folder / LOCK_FILE).exists(), "the file stays, and means nothing"
    book = Book.open(folder)
    with pytest.raises(AlreadyOpen):
        Book.open(folder)
    book.close()
    assert {file.name for file in folder.iterdir()} == {"book.db", "book.key"}


def test_first_starts_at_the_same_moment_make_one_book(folder: Path) -> None:
    children = [start(BEGINNER, folder, number) for number in range(6)]
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        _, errors = child.communicate(timeout=60)
        assert (child.returncode, errors) == (0, "")
    book = Book.open(folder)
    assert {line.prospect.name for line in book.prospects()} == set("012345")
    book.close()


def test_a_lock_on_a_file_that_was_just_removed_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its holder lets go between our opening the file and our locking it."""
    holder = InstanceLock(tmp_path)
    lock = instance._lock
    tries: list[int] = []

    def late(descriptor: int) -> None:
        tries.append(descriptor)
        if len(tries) == 1:
            holder.release()
        lock(descriptor)

    monkeypatch.setattr(instance, "_lock", late)
    taken = InstanceLock(tmp_path)
    assert len(tries) == 2
    monkeypatch.undo()
    with pytest.raises(AlreadyOpen):
        InstanceLock(tmp_path)
    taken.release()
    taken.release()
    InstanceLock(tmp_path).release()
    assert list(tmp_path.iterdir()) == []


def test_another_s_new_file_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As above, but somebody else has made a new file and locked it meanwhile."""
    holder = InstanceLock(tmp_path)
    lock = instance._lock
    others: list[InstanceLock] = []

    def late(descriptor: int) -> None:
        monkeypatch.setattr(instance, "_lock", lock)
        holder.release()
        others.append(InstanceLock(tmp_path))
        lock(descriptor)

    monkeypatch.setattr(instance, "_lock", late)
    with pytest.raises(AlreadyOpen):
        InstanceLock(tmp_path)
    others[0].release()
    InstanceLock(tmp_path).release()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no forking here")
def test_a_forked_child_does_not_hold_the_lock_on(tmp_path: Path) -> None:
    held = InstanceLock(tmp_path)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(reader, 1)
        os._exit(0)
    held.release()
    InstanceLock(tmp_path).release()
    os.write(writer, b"x")
    os.waitpid(child, 0)
    os.close(reader)
    os.close(writer)


def test_a_system_that_cannot_lock_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(instance, "_lock", fail)
    with pytest.raises(Exception, match="No locks available"):
        InstanceLock(tmp_path)
    monkeypatch.undo()
    InstanceLock(tmp_path).release()


def test_a_book_that_was_closed_is_free_at_once(folder: Path) -> None:
    for number in range(3):
        book = Book.open(folder)
        assert len(book.prospects()) == number
        book.add_prospect(Prospect("a")).result()
        book.close()
