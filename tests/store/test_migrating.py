"""An older book is migrated on a copy: whatever fails or dies, it is the old one or the new one."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlcipher3 import dbapi2

from fitcheck.domain.assessment import Prospect
from fitcheck.store import migrating, migrations
from fitcheck.store.book import Book
from fitcheck.store.connection import DataKey, connect
from fitcheck.store.errors import (
    DiskRefused,
    FolderNotWritable,
    MigrationFailed,
    NewerStore,
    StoreError,
    WrongKeyOrDamaged,
)
from fitcheck.store.vault import Vault
from tests.store.conftest import CHEAP, contents, key_of
from tests.store.test_schemas import FIXTURES, PASSPHRASE, Content, content, copied, without_new

NEXT = migrations.VERSION + 1

# Alters a table in the middle of everything, which Alembic does by copying and dropping it: with
# foreign keys on, every assessment and answer would go with it.
REVISION = f'''
import sqlalchemy as sa
from alembic import op

revision = "{NEXT:04}"
down_revision = "{migrations.VERSION:04}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("prospect", recreate="always") as table:
        table.add_column(sa.Column("source", sa.Text, nullable=False, server_default=""))
    op.create_table("sequel", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE prospect SET source = 'before ' || name")
    op.execute("INSERT INTO sequel SELECT id FROM prospect")
    EXTRA
'''

# Tries again and again, each time in a child of its own, which is killed one step later than the
# one before: before every call that may change the disk or the database.
KILLER = f"""
    import os, shutil, signal, sys
    from itertools import count
    from pathlib import Path
    import alembic.command, alembic.config
    from fitcheck.store import migrations
    from fitcheck.store.vault import Vault
    migrations.VERSION, migrations.LOCATION = {NEXT}, sys.argv[2]
    CALLS = {{"close", "commit", "execute", "fsync", "mkdir", "open", "replace", "unlink", "write"}}
    place = Path(sys.argv[1])
    for number in count(1):
        shutil.copytree(place / "old", place / str(number))
        child = os.fork()
        if child == 0:
            left = number
            def step(frame, event, call):
                global left
                if event == "c_call" and call.__name__ in CALLS:
                    left -= 1
                    if left == 0:
                        os.kill(os.getpid(), signal.SIGKILL)
            sys.setprofile(step)
            Vault.open(place / str(number))
            sys.setprofile(None)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
"""


@pytest.fixture
def old(place: Path) -> Path:
    """The folder of an older book, unprotected."""
    return copied(FIXTURES / f"schema-{migrations.VERSION}", place / "old", "open.key")


@pytest.fixture
def before(old: Path) -> Content:
    """All that is in the older book."""
    vault = Vault.open(old)
    found = content(vault)
    vault.close()
    return found


def revisions(place: Path, extra: str = "") -> Path:
    """Alembic's folder with one revision more than there is."""
    location = place / "its “revisions”"
    assert migrations.__file__
    shutil.copytree(Path(migrations.__file__).parent, location, dirs_exist_ok=True)
    text = REVISION.replace("EXTRA", extra)
    (location / "versions" / f"{NEXT:04}_test.py").write_text(text, encoding="utf-8")
    return location


@pytest.fixture
def newer(place: Path, before: Content, monkeypatch: pytest.MonkeyPatch) -> Path:
    """From here on, this program is one version newer; its revisions."""
    assert before, "read while the program was older"
    location = revisions(place)
    monkeypatch.setattr(migrations, "VERSION", NEXT)
    monkeypatch.setattr(migrations, "LOCATION", str(location))
    return location


def is_new_and_whole(folder: Path, before: Content) -> None:
    """Open it as the newer program, and compare all that was in it."""
    vault = Vault.open(folder)
    found = content(vault)
    with vault.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == NEXT
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
    vault.close()
    assert without_new(found, before) == {k: v for k, v in before.items() if k[:7] != "alembic"}
    assert [row["source"] for row in found["prospect"]] == [
        "before " + row["name"] for row in found["prospect"]
    ]
    assert len(found["sequel"]) == len(found["prospect"])
    names = {file.name for file in folder.iterdir()}
    assert names == {"book.db", "book.key", "backups"}
    copies = list((folder / "backups").iterdir())
    assert len(copies) == 1, "tried again, it isn't copied again"
    assert {file.name for file in copies[0].iterdir()} == {"book.db", "book.key"}


@contextmanager
def failing_at(number: int, error: Exception) -> Iterator[list[str]]:
    """Let the n-th statement of every engine fail; all statements up to there."""
    seen: list[str] = []

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)
        if len(seen) == number:
            raise error

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


@pytest.mark.usefixtures("newer")
def test_an_older_book_is_brought_up_to_date(old: Path, before: Content) -> None:
    data = (old / "book.db").read_bytes()
    is_new_and_whole(old, before)
    (copy,) = (old / "backups").iterdir()
    assert (copy / "book.db").read_bytes() == data
    assert (copy / "book.key").read_bytes() == (old / "book.key").read_bytes()
    if os.name == "posix":
        modes = {p: p.stat().st_mode & 0o777 for p in old.rglob("*")}
        assert set(modes.values()) == {0o600, 0o700}
        assert {modes[p] for p in modes if p.is_file()} == {0o600}
    assert copy.name.endswith(f"-schema-{NEXT - 1}")
    modified = (old / "book.db").stat().st_mtime_ns
    is_new_and_whole(old, before)
    assert (old / "book.db").stat().st_mtime_ns == modified, "once"


@pytest.mark.usefixtures("newer")
def test_the_copy_opens_with_the_version_before(
    old: Path, before: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    Vault.open(old).close()
    monkeypatch.undo()
    before_it = contents(old)
    with pytest.raises(NewerStore):
        Vault.open(old)
    assert contents(old) == before_it
    (copy,) = (old / "backups").iterdir()
    vault = Vault.open(copy)
    assert content(vault) == before
    vault.close()


@pytest.mark.usefixtures("newer")
def test_a_protected_one_and_its_copy_too(place: Path, before: Content) -> None:
    folder = copied(FIXTURES / "schema-1", place / "protected")
    vault = Vault.unlock(folder, PASSPHRASE, CHEAP)
    assert without_new(content(vault), before)["answer"] == before["answer"]
    vault.change_passphrase(PASSPHRASE, "a new passphrase")
    vault.close()
    (copy,) = (folder / "backups").iterdir()
    Vault.unlock(copy, "a new passphrase").close()


@pytest.mark.usefixtures("newer")
def test_what_a_crash_interrupted_is_finished_first(
    place: Path, old: Path, before: Content
) -> None:
    connection = connect(old / "book.db", key_of(old))
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE prospect SET name = 'half', search = hex(randomblob(9000))")
    connection.execute("UPDATE field SET value = hex(randomblob(9000))")
    torn = place / "torn"
    shutil.copytree(old, torn)
    connection.execute("ROLLBACK")
    connection.close()
    assert (torn / "book.db").read_bytes() != (old / "book.db").read_bytes()
    is_new_and_whole(torn, before)


@pytest.mark.usefixtures("newer")
def test_a_failure_at_any_statement_changes_nothing(old: Path, before: Content) -> None:
    data = (old / "book.db").read_bytes()
    statements = 0
    # The first time without a failure there are no more statements to fail at.
    for number in count(1):
        failed = False
        with failing_at(number, ZeroDivisionError()) as seen:
            try:
                Vault.open(old).close()
            except MigrationFailed:
                failed = True
        if not failed:
            break
        assert (old / "book.db").read_bytes() == data
        statements = number
    assert statements > 15
    assert any("DROP TABLE prospect" in statement for statement in seen)
    is_new_and_whole(old, before)


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize(
    ("room", "error"), [(-20_000, FolderNotWritable), (2_000, DiskRefused)], ids=["copy", "upgrade"]
)
def test_a_full_disk_is_not_taken_for_a_fault_of_the_migration(
    old: Path, before: Content, room: int, error: type[StoreError]
) -> None:
    data = (old / "book.db").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(data) + room, hard))
    try:
        with pytest.raises(error, match=str(old)):
            Vault.open(old)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (old / "book.db").read_bytes() == data
    is_new_and_whole(old, before)


@pytest.mark.parametrize(
    "fault",
    [
        'op.execute("DELETE FROM assessment WHERE id = 1")',  # leaves answers without it
        "raise RuntimeError('a bug')",
        "op.execute('COMMIT'); raise RuntimeError('a bug after a commit')",
    ],
)
@pytest.mark.usefixtures("newer")
def test_a_migration_at_fault_leaves_the_book_as_it_was(
    place: Path, old: Path, before: Content, fault: str
) -> None:
    revisions(place, fault)
    data = (old / "book.db").read_bytes()
    for _ in range(2):
        with pytest.raises(MigrationFailed) as caught:
            Vault.open(old)
        assert (old / "book.db").read_bytes() == data
    (copy,) = (old / "backups").iterdir()
    assert str(copy) in str(caught.value)
    revisions(place)
    is_new_and_whole(old, before)


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize("number", [1, 2, 3], ids=["at rest", "the backup", "the new one"])
@pytest.mark.parametrize("full", [True, False])
def test_a_check_that_cannot_be_made_is_not_passed(
    old: Path, before: Content, monkeypatch: pytest.MonkeyPatch, number: int, full: bool
) -> None:
    error = dbapi2.OperationalError("the reason")
    error.sqlite_errorcode = dbapi2.SQLITE_FULL if full else dbapi2.SQLITE_ERROR
    calls = 0

    def fails(store: Path, key: DataKey) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            raise error
        return connect(store, key)

    with monkeypatch.context() as patch:
        patch.setattr(migrating, "connect", fails)
        bug = MigrationFailed if number == 3 else dbapi2.OperationalError
        with pytest.raises(DiskRefused if full else bug):
            Vault.open(old)
    is_new_and_whole(old, before)


@pytest.mark.usefixtures("newer")
def test_a_new_one_that_is_noise_is_not_put_in_place(
    old: Path, before: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "_upgrade", lambda copy, _key: copy.write_bytes(os.urandom(8192)))
        with pytest.raises(MigrationFailed):
            Vault.open(old)
    is_new_and_whole(old, before)


@pytest.mark.usefixtures("newer")
def test_what_was_written_after_a_failed_try_is_copied_too(
    place: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revisions(place, "raise RuntimeError")
    with pytest.raises(MigrationFailed):
        Vault.open(old)
    with monkeypatch.context() as patch:  # back to the version before
        patch.setattr(migrations, "VERSION", NEXT - 1)
        book = Book.open(old)
        book.add_prospect(Prospect("since then")).result()
        book.close()
    revisions(place)
    book = Book.open(old)
    assert "since then" in {line.prospect.name for line in book.prospects()}
    book.close()
    assert len(list((old / "backups").iterdir())) == 2


@pytest.mark.usefixtures("newer")
def test_a_version_that_was_not_counted_on_is_a_fault(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = migrations.upgrade

    def forgets(connection: Any) -> None:
        upgrade(connection)
        connection.exec_driver_sql("PRAGMA user_version = 77")

    monkeypatch.setattr(migrations, "upgrade", forgets)
    with pytest.raises(MigrationFailed):
        Vault.open(old)


@pytest.mark.usefixtures("newer")
def test_a_page_that_is_damaged_anywhere_stops_it(old: Path) -> None:
    """An old book with a damaged page opens until that page is met; a migration looks first."""
    connection = connect(old / "book.db", key_of(old))
    root = "SELECT rootpage FROM sqlite_schema WHERE name = 'prospect'"  # not read on opening
    (page,) = connection.execute(root).fetchone()
    connection.close()
    data = bytearray((old / "book.db").read_bytes())
    data[4096 * (page - 1) + 100] ^= 1
    (old / "book.db").write_bytes(data)
    with pytest.raises(WrongKeyOrDamaged):
        Vault.open(old)
    assert (old / "book.db").read_bytes() == data


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no forking here")
def test_killed_at_any_step_it_is_the_old_one_or_the_new_one(
    place: Path, old: Path, newer: Path, before: Content
) -> None:
    data = (old / "book.db").read_bytes()
    command = [sys.executable, "-c", textwrap.dedent(KILLER), str(place), str(newer)]
    subprocess.run(command, check=True, timeout=300)
    images = sorted((p for p in place.iterdir() if p.name.isdigit()), key=lambda p: int(p.name))
    assert len(images) > 100
    was_old = [(image / "book.db").read_bytes() == data for image in images]
    # Old, old, ..., new, new: it changes at one moment.
    assert was_old == sorted(was_old, reverse=True)
    assert {True, False} <= set(was_old)
    seen = set()
    for image, is_old in zip(images, was_old, strict=True):
        files = {Path(name): data for name, (data, _) in contents(image).items()}
        state = frozenset((file.name, file.parent.suffix, files[file]) for file in files)
        if state in seen:
            continue  # nothing has reached the disk since the step before
        seen.add(state)
        copies = [c for c in (image / "backups").glob("*") if c.suffix != ".new"]
        for copy in copies:
            assert (copy / "book.db").read_bytes() == data
            assert (copy / "book.key").read_bytes() == (old / "book.key").read_bytes()
        assert copies or is_old, "no new one without a copy of the old"
        is_new_and_whole(image, before)
    assert len(seen) > 20
