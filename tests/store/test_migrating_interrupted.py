"""Migrations of every schema, interrupted at every statement and at every touch of a file.

A kill leaves in the folder what had been written up to then, no more and no less. So every moment
between two touches of a file by SQLite or Python is recorded in one go (:mod:`tests.store.doings`)
and each different one is opened again. (test_migrating.py really kills, at a hundred moments.)
"""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from fitcheck.store.backup import copies
from fitcheck.store.errors import MigrationFailed, StoreError
from fitcheck.store.vault import Vault
from tests.store.doings import DIFFERENT, migration, record, survey_of, told
from tests.store.power_loss import SOUND, kills
from tests.store.test_migrating import failing_at
from tests.store.test_schemas import SCHEMAS, copied

OLDER = SCHEMAS[:-1]

older = pytest.mark.parametrize("kept_as", OLDER, ids=lambda kept_as: kept_as.name)


def goes_through(folder: Path, old: bytes) -> None:
    """The next opening: one copy of the old book, and nothing left of the attempts."""
    Vault.open(folder).close()
    assert (folder / "book.db").read_bytes() != old
    (copy,) = copies(folder)
    assert copy.store.read_bytes() == old
    assert {file.name for file in folder.iterdir()} == {"book.db", "book.key", "backups"}
    assert list((folder / "backups").iterdir()) == [copy.folder]


@older
def test_killed_between_any_two_touches_of_a_file_it_is_the_old_or_the_new_book(
    kept_as: Path, record_property: Callable[[str, object], None]
) -> None:
    done = record(migration(kept_as))
    found = survey_of(done, kills(done.recording))
    record_property("counted", told(found))
    assert set(found) == {SOUND, DIFFERENT}
    assert found[DIFFERENT] > 20


@older
def test_a_failure_at_any_statement_of_any_revision_changes_nothing(
    kept_as: Path, place: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = copied(kept_as, place / "book", "open.key")
    old = (folder / "book.db").read_bytes()
    for number in count(1):
        with failing_at(number, ZeroDivisionError()) as seen:
            try:
                Vault.open(folder).close()
                break
            except MigrationFailed:
                assert (folder / "book.db").read_bytes() == old
    record_property("counted", f"{number - 1} statements, each failed in turn")
    assert any("UPDATE alembic_version" in statement for statement in seen)
    (copy,) = copies(folder)
    assert copy.store.read_bytes() == old


TOUCHES: tuple[tuple[Any, str], ...] = (
    (os, "open"),
    (os, "fsync"),
    (os, "mkdir"),
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "open"),
)


@contextmanager
def refusing_at(number: int, error: int) -> Iterator[list[str]]:
    """Let the system refuse the n-th thing that Python asks of it; all up to there."""
    asked: list[str] = []

    def refusing(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def refuse(*arguments: Any, **options: Any) -> Any:
            asked.append(name)
            if len(asked) == number:
                raise OSError(error, os.strerror(error))
            return call(*arguments, **options)

        return refuse

    with ExitStack() as stack:
        for owner, name in TOUCHES:
            call = refusing(name, getattr(owner, name))
            stack.enter_context(patch.object(owner, name, call))
        yield asked


def refusal(folder: Path) -> StoreError | None:
    """Why the book doesn't open; ``None`` if it does."""
    try:
        Vault.open(folder).close()
    except StoreError as error:
        return error
    return None


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS], ids=["full", "read-only"])
def test_a_disk_that_refuses_at_any_touch_is_no_fault_of_the_migration(
    place: Path, error: int
) -> None:
    refused = 0
    for number in count(1):
        folder = copied(OLDER[0], place / str(number), "open.key")
        old = (folder / "book.db").read_bytes()
        with refusing_at(number, error) as asked:
            found = refusal(folder)
        if len(asked) < number:
            break
        assert not isinstance(found, MigrationFailed)
        now = (folder / "book.db").read_bytes()
        if found is not None:
            refused += 1
            # The last touch of all is the sync of the folder, when the new one is in its place.
            assert now == old or asked[: number - 1].count("replace") == 2
        if now == old:
            goes_through(folder, old)
        assert refusal(folder) is None
    assert refused > 10


def test_a_disk_that_fills_up_at_any_size_leaves_the_old_book(place: Path) -> None:
    folder = copied(OLDER[0], place / "book", "open.key")
    old = (folder / "book.db").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    refused = 0
    for size in count(len(old) // 3, 4096):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            found = refusal(folder)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        if found is None:
            break
        assert not isinstance(found, MigrationFailed)
        assert (folder / "book.db").read_bytes() == old
        refused += 1
    assert refused > 10
    (copy,) = copies(folder)
    assert copy.store.read_bytes() == old
    assert {file.name for file in folder.iterdir()} == {"book.db", "book.key", "backups"}
