"""Copies of the book in ``backups/``: the store and the key file, under the moment they were made.

A copy is as encrypted as the book, by the same data key. A copy has its name only when it is whole
and on disk; until then its folder ends in ``.new``. What has no name of ours is left alone.
"""

from __future__ import annotations

import datetime as dt
import filecmp
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fitcheck.store.files import (
    KEY_FILE,
    STORE_FILE,
    copy_private,
    put_in_place,
    sync_folder,
    write_whole,
)
from fitcheck.store.key_file import FromNewer, KeyFile, Unreadable

BACKUPS = "backups"
_UNFINISHED = ".new"


_MOMENT = "%Y-%m-%dT%H%M%SZ"


class Reason(StrEnum):
    """Why a copy was made; the end of its name."""

    DAILY = "daily"
    BY_HAND = "by-hand"
    IMPORT = "import"
    ERASURE = "erasure"
    MIGRATION = "schema"
    """The schema of the copy follows."""
    REPLACED = "replaced"
    """The book that was here before another copy was restored."""
    DAMAGED = "damaged"
    """The same, if it was damaged; kept as it was found."""


KEPT = frozenset({Reason.REPLACED, Reason.DAMAGED})
"""What only a person may delete."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)-([a-z-]+?)(?:-\d+)?")


@dataclass(frozen=True)
class Copy:
    """A finished copy: its folder, when it was made, and why."""

    folder: Path
    made: dt.datetime
    reason: Reason

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def size(self) -> int:
        """Bytes on the disk; 0 where it can't be told."""
        with suppress(OSError):
            return sum(file.stat().st_size for file in self.folder.iterdir())
        return 0

    @property
    def store(self) -> Path:
        return self.folder / STORE_FILE

    @property
    def key_file(self) -> Path:
        return self.folder / KEY_FILE


def copies(folder: Path) -> tuple[Copy, ...]:
    """Every copy of the book in ``folder``, newest first; empty where none can be listed."""
    try:
        found = [_copy(entry) for entry in (folder / BACKUPS).iterdir()]
    except OSError:
        return ()
    named = [copy for copy in found if copy is not None]
    return tuple(sorted(named, key=lambda copy: (copy.made, copy.name), reverse=True))


def _copy(folder: Path) -> Copy | None:
    match = _NAME.fullmatch(folder.name)
    try:
        if match is None:
            return None
        made = dt.datetime.strptime(match[1], _MOMENT).replace(tzinfo=dt.UTC)
        return Copy(folder, made, Reason(match[2]))
    except ValueError:
        return None


def begin_copy(folder: Path, ending: str, now: dt.datetime) -> tuple[Path, Path]:
    """An empty folder to fill, and the name that it is to have when it is whole.

    What a crash left unfinished is removed. Raises ``OSError``.
    """
    backups = folder / BACKUPS
    backups.mkdir(mode=0o700, exist_ok=True)
    for unfinished in backups.glob(f"*{_UNFINISHED}"):
        shutil.rmtree(unfinished)
    while (target := backups / f"{now:{_MOMENT}}-{ending}").exists():
        now += dt.timedelta(seconds=1)
    fresh = target.with_name(target.name + _UNFINISHED)
    fresh.mkdir(mode=0o700)
    return fresh, target


def end_copy(fresh: Path, target: Path) -> None:
    """Give a filled folder its name; its files are on disk already. Raises ``OSError``."""
    sync_folder(fresh)
    put_in_place(fresh, target)
    sync_folder(target.parent.parent)


def remove(copy: Copy) -> None:
    """Delete a copy. It loses its name first, so half of one is never taken for a copy.

    What the system refuses now is removed before the next copy is made.
    """
    with suppress(OSError):
        shutil.rmtree(lose_name(copy), ignore_errors=True)


def lose_name(copy: Copy) -> Path:
    """From now on it is no copy any more but a folder to be removed. Raises ``OSError``."""
    unfinished = copy.folder.with_name(copy.name + _UNFINISHED)
    copy.folder.replace(unfinished)
    return unfinished


def back_up(folder: Path, version: int, now: dt.datetime) -> Path:
    """Copy book and key; the folder of the copy, which appears only when it is whole and on disk.

    The book must be at rest: nothing writes to it, and it has no journal. Where a copy of just
    this book is there already, that one is returned. Raises ``OSError``.
    """
    # A migration that fails at every start would otherwise fill the disk.
    for made in sorted((folder / BACKUPS).glob(f"*-{Reason.MIGRATION}-{version}")):
        if filecmp.cmp(made / STORE_FILE, folder / STORE_FILE, shallow=False):
            return made
    fresh, target = begin_copy(folder, f"{Reason.MIGRATION}-{version}", now)
    for name in (STORE_FILE, KEY_FILE):
        copy_private(folder / name, fresh / name)
    end_copy(fresh, target)
    return target


def follow_key(folder: Path, key_file: KeyFile) -> None:
    """Let the key files of all copies of this book be the present one.

    They wrap the same data key, so one in which it still lies open, or under a passphrase that has
    been given up, would undo what was done to the book's own. What can't be written now is done
    at the next opening.
    """
    data = key_file.to_bytes()
    for copy in folder.glob(f"{BACKUPS}/*/{KEY_FILE}"):
        with suppress(OSError, Unreadable, FromNewer):
            written = copy.read_bytes()
            if written != data and KeyFile.from_bytes(written).book == key_file.book:
                write_whole(copy, data)
