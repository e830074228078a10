"""A book that can't be opened: what is wrong with it, and which copy can take its place.

With a passphrase that fits, or a key that lies open, damage is told from a wrong passphrase: the
key file has a check sum of its own, and a copy of the same book that opens shows that the key is
right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from fitcheck.store import key_on_disk, ways_in
from fitcheck.store.backup import Copy, copies, follow_key
from fitcheck.store.checking import look_into
from fitcheck.store.connection import DataKey
from fitcheck.store.errors import (
    ForeignFile,
    KeyDamaged,
    KeyMissing,
    StoreMissing,
    WrongKeyOrDamaged,
)
from fitcheck.store.files import KEY_FILE, STORE_FILE, put_in_place, writable
from fitcheck.store.instance import InstanceLock
from fitcheck.store.key_file import FromNewer, KeyFile, Unreadable
from fitcheck.store.key_on_disk import keep
from fitcheck.store.previewing import Preview, compared, newest_good, preview
from fitcheck.store.restoring import Restored, restore

AMISS = (WrongKeyOrDamaged, KeyMissing, KeyDamaged, StoreMissing, ForeignFile)
"""The errors on opening a book for which there may be a rescue."""


class State(StrEnum):
    WHOLE = "whole"
    """Nothing is wrong with ``book.db``."""
    DAMAGED = "damaged"
    """The key is right, since it opens a copy; the book can't be read, or not all of it."""
    MISSING = "missing"
    """There is no book."""
    UNCLEAR = "unclear"
    """The key opens neither the book nor a copy: damage, or the key of another book."""


@dataclass(frozen=True)
class Finding:
    """``changed`` is when the book's file was last written; ``offer`` the newest whole copy.

    ``key_lost``: ``book.key`` is missing or damaged, and that of a copy has served.
    """

    state: State
    changed: dt.datetime | None
    offer: Preview | None
    key_lost: bool = False

    @property
    def missing_since(self) -> dt.datetime | None:
        """From when on changes would be missing if the offer were restored; ``None`` if none."""
        if self.offer is None:
            return None
        made = self.offer.copy.made
        return made if self.changed is None or self.changed >= made else None


class Rescue:
    """The folder of a book, which nobody else can open until :meth:`close`.

    ``renew``: it was opened by the recovery key, so the passphrase is to be chosen anew.
    """

    def __init__(
        self, folder: Path, lock: InstanceLock, key_file: KeyFile, key: DataKey, key_lost: bool
    ) -> None:
        self.renew = False
        self._folder = folder
        self._lock = lock
        self._key_file = key_file
        self._key = key
        self._key_lost = key_lost

    @classmethod
    def open(cls, folder: Path, way_in: ways_in.WayIn | None = None) -> Rescue:
        """By ``way_in``, where the key doesn't lie open.

        Where the book's key file is lost, that of the newest copy takes its place. Raises
        :class:`AlreadyOpen`, :class:`KeyMissing`, :class:`KeyDamaged`, :class:`PassphraseNeeded`
        without a way in, and what that raises, having changed nothing.
        """
        folder = folder.absolute()
        lock = InstanceLock(folder)
        try:
            key_file, lost = _key_file(folder)
            way_in = way_in or ways_in.none(folder)
            key = DataKey(key_file.open_key or way_in(key_file))
        except BaseException:
            lock.release()
            raise
        return cls(folder, lock, key_file, key, lost)

    def __enter__(self) -> Rescue:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop the key and let others in. May be repeated."""
        self._key.wipe()
        self._lock.release()

    @property
    def protected(self) -> bool:
        """Whether something secret was needed to get here."""
        return self._key_file.protected

    def let_go(self) -> DataKey:
        """Let others in, and hand on the key, which whoever takes it wipes."""
        key = DataKey(self._key.reveal())
        self.close()
        return key

    def find(self, stopped: Callable[[], bool] = bool) -> Finding:
        """Read the book from end to end and, if it isn't whole, copies until one is.

        Raises :class:`BackupStopped` as soon as ``stopped``.
        """
        store = self._folder / STORE_FILE
        state, changed = State.MISSING, None
        if store.exists():
            changed = dt.datetime.fromtimestamp(store.stat().st_mtime, dt.UTC)
            try:
                look_into(store, self._key, stopped)
                return Finding(State.WHOLE, changed, None, self._key_lost)
            except (WrongKeyOrDamaged, ForeignFile):
                state = State.UNCLEAR
        offer = newest_good(copies(self._folder), self._key_file, self._key, stopped)
        if offer is not None:
            offer = compared(offer, store, self._key)
            if state is State.UNCLEAR:
                state = State.DAMAGED
        return Finding(state, changed, offer, self._key_lost)

    def look(self, copy: Copy, stopped: Callable[[], bool] = bool) -> Preview:
        """Read a copy from end to end: whether it is whole, what is in it and what isn't."""
        found = preview(copy, self._key_file, self._key, stopped)
        return compared(found, self._folder / STORE_FILE, self._key)

    def copies(self) -> tuple[Copy, ...]:
        """Every copy there is, newest first."""
        return copies(self._folder)

    def restore(self, copy: Copy, now: dt.datetime) -> Restored:
        """Put ``copy`` in the book's place; what was there is kept, whatever state it is in.

        Raises :class:`BackupUnusable`, :class:`DiskRefused`, :class:`FolderNotWritable`; then
        everything is as it was.
        """
        restored = restore(self._folder, copy, self._key, self._key_file, now)
        follow_key(self._folder, self._key_file)
        return restored

    def restore_key(self) -> Path | None:
        """Put the key file back beside a book that is whole and lacks it.

        Where a damaged one is kept, if there was one. Raises :class:`FolderNotWritable`.
        """
        file, kept = self._folder / KEY_FILE, None
        if file.exists():
            with writable(self._folder):
                put_in_place(file, kept := _free_name(self._folder / f"{KEY_FILE}.damaged"))
        keep(self._folder, self._key_file)
        self._key_lost = False
        return kept


def _free_name(file: Path) -> Path:
    number = 1
    while (free := file.with_name(f"{file.name}-{number}" if number > 1 else file.name)).exists():
        number += 1
    return free


def _key_file(folder: Path) -> tuple[KeyFile, bool]:
    """The key file of the book, or where that is lost, of its newest copy that has one."""
    try:
        return key_on_disk.read(folder), False
    except (KeyMissing, KeyDamaged):
        for copy in copies(folder):
            try:
                return KeyFile.from_bytes(copy.key_file.read_bytes()), True
            except (OSError, Unreadable, FromNewer):
                continue
        raise
