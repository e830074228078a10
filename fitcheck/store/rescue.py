"""A book that can't be opened: what is wrong with it, and which copy can take its place.

With a passphrase that fits, or a key that lies open, damage is told from a wrong passphrase: the
key file has a check sum of its own, and a copy of the same book that opens shows that the key is
right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fitcheck.store import key_on_disk
from fitcheck.store.backup import Copy, copies, follow_key
from fitcheck.store.checking import look_into
from fitcheck.store.connection import DataKey
from fitcheck.store.errors import (
    ForeignFile,
    KeyDamaged,
    KeyMissing,
    PassphraseNeeded,
    WrongKeyOrDamaged,
    WrongPassphrase,
)
from fitcheck.store.files import KEY_FILE, STORE_FILE
from fitcheck.store.instance import InstanceLock
from fitcheck.store.key_file import FromNewer, KeyFile, Unreadable
from fitcheck.store.key_on_disk import keep
from fitcheck.store.previewing import Preview, newest_good
from fitcheck.store.restoring import restore


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
    """``changed`` is when the book's file was last written; ``offer`` the newest whole copy."""

    state: State
    changed: dt.datetime | None
    offer: Preview | None

    @property
    def missing_since(self) -> dt.datetime | None:
        """From when on changes would be missing if the offer were restored; ``None`` if none."""
        if self.offer is None:
            return None
        made = self.offer.copy.made
        return made if self.changed is None or self.changed >= made else None


class Rescue:
    """The folder of a book, which nobody else can open until :meth:`close`."""

    def __init__(self, folder: Path, lock: InstanceLock, key_file: KeyFile, key: DataKey) -> None:
        self._folder = folder
        self._lock = lock
        self._key_file = key_file
        self._key = key

    @classmethod
    @contextmanager
    def open(cls, folder: Path, passphrase: str | None = None) -> Iterator[Rescue]:
        """By ``passphrase``, where one is needed: one derivation.

        Where the book's key file is lost, that of the newest copy takes its place. Raises
        :class:`AlreadyOpen`, :class:`PassphraseNeeded`, :class:`WrongPassphrase`,
        :class:`KeyMissing`, :class:`KeyDamaged`, having changed nothing.
        """
        folder = folder.absolute()
        lock = InstanceLock(folder)
        try:
            key_file = _key_file(folder)
            key = DataKey(_unlocked(key_file, passphrase, folder))
            try:
                yield cls(folder, lock, key_file, key)
            finally:
                key.wipe()
        finally:
            lock.release()

    def find(self) -> Finding:
        """Read the book from end to end and, if it isn't whole, copies until one is."""
        store = self._folder / STORE_FILE
        state, changed = State.MISSING, None
        if store.exists():
            changed = dt.datetime.fromtimestamp(store.stat().st_mtime, dt.UTC)
            try:
                look_into(store, self._key)
                return Finding(State.WHOLE, changed, None)
            except (WrongKeyOrDamaged, ForeignFile):
                state = State.UNCLEAR
        offer = newest_good(copies(self._folder), self._key_file, self._key)
        if state is State.UNCLEAR and offer is not None:
            state = State.DAMAGED
        return Finding(state, changed, offer)

    def copies(self) -> tuple[Copy, ...]:
        """Every copy there is, newest first."""
        return copies(self._folder)

    def restore(self, copy: Copy, now: dt.datetime) -> Path | None:
        """Put ``copy`` in the book's place; where what was there is kept, if anything was.

        Raises :class:`BackupUnusable`, :class:`DiskRefused`, :class:`FolderNotWritable`; then
        everything is as it was.
        """
        kept = restore(self._folder, copy, self._key, self._key_file, now)
        follow_key(self._folder, self._key_file)
        return kept

    def restore_key(self) -> None:
        """Put the key file back beside a book that is whole and lacks it. Raises
        :class:`FolderNotWritable`.
        """
        keep(self._folder, self._key_file)


def _key_file(folder: Path) -> KeyFile:
    try:
        return key_on_disk.read(folder)
    except (KeyMissing, KeyDamaged):
        for copy in copies(folder):
            try:
                return KeyFile.from_bytes(copy.key_file.read_bytes())
            except (OSError, Unreadable, FromNewer):
                continue
        raise


def _unlocked(key_file: KeyFile, passphrase: str | None, folder: Path) -> bytes:
    if key_file.open_key is not None:
        return key_file.open_key
    if passphrase is None:
        raise PassphraseNeeded(folder / KEY_FILE)
    key = key_file.unlock_by_passphrase(passphrase)
    if key is None:
        raise WrongPassphrase
    return key
