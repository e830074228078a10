"""What opens the book, and keeps it shut.

What lies in the data folder
    ``book.db`` is an SQLCipher file: every page is encrypted (AES-256) and carries a keyed check
    sum (HMAC-SHA-512), so that it can neither be read nor changed unnoticed without the key.
    SQLite's rollback journal ``book.db-journal``, beside it while a write is under way, holds
    encrypted pages too; temporary tables and sorting stay in memory. ``book.key`` holds the *data
    key*: 32 random bytes, made with the book and never changed, that open ``book.db`` directly.
    ``backups/`` holds pairs of the two; ``book.lock`` is empty. ``book.db.new``, ``.migrated``,
    ``.checked``, ``.restored``, ``book.examined`` are what a crash can leave behind; they are
    encrypted by the same key.

What a protected book is protected against
    Whoever gets hold of the folder, all of it: a thief of the machine or of a backup, somebody
    who searches a synchronised folder, another user with rights to it. ``book.key`` then holds
    the data key only wrapped (``key_file``), and there are these ways in:

    - the *passphrase*, through Argon2id (256 MiB, three passes: each guess costs its guesser some
      half a second of a core and that memory). It is as good as the passphrase is;
    - the *recovery key*, 160 random bits, shown once and kept by the consultant, on paper;
    - the *system's keyring*, if it was asked to: then whoever can log in as you, or run a program
      as you while you are logged in, can open the book. It is as good as your log-in is.

    Deleted text is overwritten in the file (``secure_delete``), so it does not linger there.

What it is not protected against
    - *Without a passphrase* the key lies open beside the book. Then only file permissions keep
      others out (folder and files are made for their owner alone), and nothing keeps out a thief.
    - A program that runs as you, or as the administrator, while the book is open: it can read
      this program's memory, or your typing. A screen that somebody looks at over your shoulder.
    - What was on the disk before. Setting a passphrase replaces ``book.key``, and those in
      ``backups/``, but can't wipe what a disk, a snapshot or a synchronised folder keeps of the
      old files; and since the data key stays, an old ``book.key`` with its old passphrase (or
      with none) opens the present book. The sooner a book is protected, the fewer such copies
      there are; one that is protected at its first start had an open key until that moment.
      Changing the passphrase helps against whoever learnt it and *has not* got a copy of the
      folder.
    - Losing passphrase and recovery key both. There is no third way in, for anybody.
    - Somebody who can write in the folder can destroy the book, or put back an older pair of
      book and key, which nothing here notices.

Where each key lives and dies
    ``data key``: on disk wrapped (or open) in ``book.key``. In memory in one :class:`DataKey`,
    from opening to :meth:`Vault.close`, which overwrites it; the engine's ``creator`` asks that
    object for each connection. SQLCipher wipes its own copies when a connection closes.
    ``passphrase``, ``recovery key``, ``keyring's secret``, and the keys derived from them: in
    memory during one call; a recovery key also in the text that is shown. None is ever logged,
    no error's text holds one, and none is written anywhere but in the wraps and the keyring.

    Python can't wipe what is immutable: the passphrase as it was typed, short-lived copies of the
    data key (a wrap as it is opened, the text that sets the key of a connection), the open key of
    an unprotected book. These are dropped at once or on closing (an error's traceback can hold the
    passphrase for as long as the error is kept), but their bytes stay in freed memory until it is
    used again, and may be swapped or end in a hibernation file. Locking shortens the time in which
    the memory is worth reading; it is no proof that it holds nothing.

What is never done
    A key is never made where a book already lies, a book never where a protected key lies without
    one, and nothing is changed where something is amiss: the file is examined before anything is
    written, a journal that SQLite would play back on opening is examined on a copy, an older book
    is migrated on a copy (``migrating``). Two processes never have one book open (``instance``).
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from fitcheck.store import ways_in
from fitcheck.store.backup import Copy, follow_key
from fitcheck.store.connection import DataKey
from fitcheck.store.errors import (
    NoKeyring,
    PassphraseTooShort,
    WrongKeyOrDamaged,
    WrongPassphrase,
)
from fitcheck.store.files import STORE_FILE, check_writable, make_folder
from fitcheck.store.instance import InstanceLock
from fitcheck.store.key_file import COST, Cost, KeyFile, recovery_text
from fitcheck.store.key_on_disk import find_or_make, keep
from fitcheck.store.opening import make_ready
from fitcheck.store.presence import Presence
from fitcheck.store.system_keyring import Keyring

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from fitcheck.store.restoring import Restored

MINIMUM_LENGTH = 8
"""Characters of a passphrase. Length is all that is asked for: rules of composition make people
choose worse ones (NIST SP 800-63B)."""


@dataclass(frozen=True)
class Protection:
    """How the key of an open book is kept.

    ``protected``: by a passphrase, not lying open. ``keyring``: this book has been remembered in
    the system's keyring (whether that still has it, only unlocking by it can tell).
    """

    protected: bool
    keyring: bool


class Vault:
    """An open book: its store, its key, and that nobody else opens it, until :meth:`close`.

    Made by one of the four class methods. Each raises a :class:`StoreError` that says what is
    wrong, having changed nothing. The changes of protection may be made on any thread; each takes
    a derivation or two, on purpose dear.
    """

    def __init__(
        self,
        folder: Path,
        lock: InstanceLock,
        key_file: KeyFile,
        data_key: DataKey,
        presence: Presence,
        cost: Cost,
    ) -> None:
        self._folder = folder
        self._lock = lock
        self._key_file: KeyFile | None = key_file
        self._data_key = data_key
        self._engine: Engine | None = None
        self._presence = presence
        self._cost = cost
        self._recovered = False
        self._changing = RLock()

    # Opening

    @classmethod
    def open(cls, folder: Path, cost: Cost = COST) -> Vault:
        """A book without a passphrase; made, key and all, where there is none."""
        return cls._open(folder, ways_in.none(folder), cost)

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, cost: Cost = COST) -> Vault:
        """A protected book, by its passphrase: one derivation. ``cost`` is for later changes."""
        return cls._open(folder, ways_in.by_passphrase(passphrase), cost)

    @classmethod
    def recover(cls, folder: Path, typed: str, cost: Cost = COST) -> Vault:
        """A protected book, by its recovery key; then :meth:`set_passphrase_after_recovery`."""
        vault = cls._open(folder, ways_in.by_recovery_key(typed), cost)
        vault._recovered = vault.protection.protected
        return vault

    @classmethod
    def unlock_by_keyring(cls, folder: Path, keyring: Keyring, cost: Cost = COST) -> Vault | None:
        """A protected book, by the system's keyring; ``None`` if that doesn't have the way in."""
        try:
            return cls._open(folder, ways_in.by_keyring(keyring), cost)
        except ways_in.NotInKeyring:
            return None

    @classmethod
    def reopen(cls, folder: Path, key: DataKey, cost: Cost = COST) -> Vault:
        """A book whose key is known already, because it was just opened or restored by it."""
        revealed = key.reveal()
        return cls._open(folder, lambda _key_file: revealed, cost)

    @classmethod
    def _open(cls, folder: Path, way_in: ways_in.WayIn, cost: Cost) -> Vault:
        folder = folder.absolute()
        make_folder(folder)
        lock = InstanceLock(folder)
        try:
            check_writable(folder)
            store = folder / STORE_FILE
            key_file = find_or_make(folder)
            data_key = DataKey(key_file.open_key or way_in(key_file))
            try:
                make_ready(store, data_key)
            except WrongKeyOrDamaged:
                if key_file.protected:
                    raise WrongKeyOrDamaged(store, unlocked=True) from None
                raise
            presence = Presence(store)
        except BaseException:
            lock.release()
            raise
        follow_key(folder, key_file)
        return cls(folder, lock, key_file, data_key, presence, cost)

    @property
    def folder(self) -> Path:
        """Where book and key lie."""
        return self._folder

    @property
    def engine(self) -> Engine:
        """The store. Raises ``RuntimeError`` after :meth:`close`.

        It is made when it is first asked for: the first look at a book does without SQLAlchemy.
        """
        if self._engine is None:
            self._open_key_file()
            from fitcheck.store.engine import make_engine

            self._engine = make_engine(self.store, self._data_key)
        return self._engine

    @property
    def store(self) -> Path:
        """The file of the open book."""
        return self._folder / STORE_FILE

    def check_presence(self) -> None:
        """Raises a :class:`DiskRefused` unless the file that is open lies where it lay."""
        self._presence.check()

    @property
    def data_key(self) -> DataKey:
        """For connections to copies of this book. Wiped, wherever it is held, by :meth:`close`."""
        return self._data_key

    @contextmanager
    def key_file_held(self) -> Iterator[KeyFile]:
        """What ``book.key`` says, which stays so until this is left."""
        with self._changing:
            yield self._open_key_file()

    def restore(self, copy: Copy, now: dt.datetime) -> Restored:
        """Put ``copy`` in the place of the book, which is kept among the copies, and close.

        Closed it is in any case. Raises what :func:`fitcheck.store.restoring.restore` raises;
        then the book is as it was.
        """
        from fitcheck.store.restoring import restore  # hardly any run needs it

        with self._changing:
            try:
                key_file = self._open_key_file()
                self.engine.dispose()
                self._presence.close()
                return restore(self._folder, copy, self._data_key, key_file, now)
            finally:
                self.close()

    def close(self) -> None:
        """Close the store, drop the key, let others in. May be repeated.

        Whoever reads must have finished: a connection in use stays open until it is given back.
        """
        with self._changing:
            if self._engine is not None:
                self._engine.dispose()
            self._presence.close()
            self._engine = self._key_file = None
            self._data_key.wipe()
            self._lock.release()

    # Protection

    @property
    def protection(self) -> Protection:
        key_file = self._open_key_file()
        return Protection(key_file.protected, key_file.keyring is not None)

    def protect(self, passphrase: str) -> str:
        """Protect a book whose key lies open; the recovery key, to be shown once.

        Raises :class:`PassphraseTooShort`; ``RuntimeError`` if the book is protected.
        """
        with self._changing:
            if self.protection.protected:
                raise RuntimeError("a protected book keeps its protection: change the passphrase")
            return self._add_recovery_key(self._with_passphrase(passphrase))

    def change_passphrase(self, current: str, new: str) -> None:
        """Replace the passphrase; nothing is re-encrypted, and the other ways in stay.

        Raises :class:`PassphraseTooShort`, :class:`WrongPassphrase` if ``current`` isn't it.
        """
        with self._changing:
            _check_length(new)
            if self._open_key_file().unlock_by_passphrase(current) is None:
                raise WrongPassphrase
            self._keep(self._with_passphrase(new))

    def set_passphrase_after_recovery(self, new: str) -> None:
        """Replace a passphrase that was forgotten; only where the recovery key opened the book.

        Once: otherwise whoever finds the book unlocked later could lock its owner out.
        """
        with self._changing:
            if not self._recovered:
                raise RuntimeError("the book was not opened by its recovery key")
            self._keep(self._with_passphrase(new))
            self._recovered = False

    def new_recovery_key(self) -> str:
        """A new recovery key, to be shown once; from now on the old one opens nothing."""
        with self._changing:
            self._require_protection()
            return self._add_recovery_key(self._open_key_file())

    def remember_in_keyring(self, keyring: Keyring) -> None:
        """Let the system's keyring open the book too; raises :class:`NoKeyring` if it refuses."""
        with self._changing:
            self._require_protection()
            key_file, secret = self._open_key_file().with_keyring(self._data_key.reveal())
            if not keyring.set(key_file.book, secret.hex()):
                raise NoKeyring
            self._keep(key_file)

    def forget_keyring(self, keyring: Keyring) -> None:
        """Let the system's keyring open the book no more, whether or not it can be asked."""
        with self._changing:
            key_file = self._open_key_file()
            self._keep(key_file.without_keyring())
            keyring.delete(key_file.book)

    def _open_key_file(self) -> KeyFile:
        if self._key_file is None:
            raise RuntimeError("the book is closed")
        return self._key_file

    def _require_protection(self) -> None:
        if not self.protection.protected:
            raise RuntimeError("the book has no passphrase, and no other way in stands alone")

    def _with_passphrase(self, passphrase: str) -> KeyFile:
        _check_length(passphrase)
        return self._open_key_file().protect(self._data_key.reveal(), passphrase, self._cost)

    def _add_recovery_key(self, key_file: KeyFile) -> str:
        key_file, recovery_key = key_file.with_recovery_key(self._data_key.reveal())
        self._keep(key_file)
        return recovery_text(recovery_key)

    def _keep(self, key_file: KeyFile) -> None:
        keep(self._folder, key_file)
        self._key_file = key_file
        follow_key(self._folder, key_file)


def _check_length(passphrase: str) -> None:
    length = len(unicodedata.normalize("NFC", passphrase))
    if length < MINIMUM_LENGTH:
        raise PassphraseTooShort(length, MINIMUM_LENGTH)
