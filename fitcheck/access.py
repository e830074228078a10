"""Getting at the book: what the window talks to while none is open.

Locking is ``FitCheck.close()``; unlocking makes another :class:`fitcheck.services.FitCheck`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from fitcheck.first_look import FirstLook
from fitcheck.services import FitCheck
from fitcheck.store import key_on_disk, ways_in
from fitcheck.store.backup import copies
from fitcheck.store.book import Book
from fitcheck.store.errors import StoreError
from fitcheck.store.files import KEY_FILE, STORE_FILE
from fitcheck.store.key_file import COST, Cost
from fitcheck.store.rescue import Rescue
from fitcheck.store.system_keyring import Keyring, SystemKeyring
from fitcheck.store.vault import Vault


class State(StrEnum):
    """What lies in the folder."""

    NEW = "new"
    """No book yet: :meth:`Access.open` makes one."""
    UNPROTECTED = "unprotected"
    """Nothing has to be asked for: :meth:`Access.open` opens it, or says what is amiss."""
    PROTECTED = "protected"
    """The passphrase, the recovery key or the keyring is needed."""


class Access:
    """The book in ``folder``, not open. Each way in makes an open FitCheck.

    All of them raise a :class:`fitcheck.store.errors.StoreError` whose text a user can act on,
    having changed nothing: ``AlreadyOpen`` where another FitCheck has the book open. Those that
    take something secret may run on any thread, and should: one derivation takes a second or so.
    ``cost`` is what later passphrases will cost to try. ``first`` has opened it already, for
    whoever comes first.
    """

    def __init__(
        self,
        folder: Path,
        keyring: Keyring | None = None,
        today: Callable[[], dt.date] = dt.date.today,
        cost: Cost = COST,
        first: FirstLook | None = None,
    ) -> None:
        self._folder = folder
        self._keyring = keyring or SystemKeyring()
        self._today = today
        self._cost = cost
        self._first = first

    @property
    def state(self) -> State:
        """What lies there now. It raises nothing: :meth:`open` will say what is amiss."""
        try:
            if key_on_disk.read(self._folder).protected:
                return State.PROTECTED
        except StoreError:
            pass
        traces = (self._folder / STORE_FILE, self._folder / KEY_FILE)
        there = any(file.exists() for file in traces) or copies(self._folder)
        return State.UNPROTECTED if there else State.NEW

    def open(self) -> FitCheck:
        """The new or unprotected book; ``PassphraseNeeded`` where it is protected."""
        opened = None if self._first is None else self._first.take()
        return self._fitcheck(opened or Vault.open(self._folder, self._cost))

    def unlock(self, passphrase: str) -> FitCheck:
        """Raises ``WrongPassphrase``. One derivation."""
        return self._fitcheck(Vault.unlock(self._folder, passphrase, self._cost))

    def recover(self, recovery_text: str) -> FitCheck:
        """By the recovery key as it was typed; then a new passphrase can be set.

        Raises ``MistypedRecoveryKey``, ``WrongRecoveryKey``.
        """
        return self._fitcheck(Vault.recover(self._folder, recovery_text, self._cost))

    def unlock_by_keyring(self) -> FitCheck | None:
        """``None`` if the book isn't remembered in the keyring, or that can't be asked."""
        if self.state is not State.PROTECTED:
            return None
        vault = Vault.unlock_by_keyring(self._folder, self._keyring, self._cost)
        return None if vault is None else self._fitcheck(vault)

    def rescue(self, passphrase: str | None = None, recovery_text: str | None = None) -> Rescue:
        """For a book that none of these opens, though what was typed is right; to be closed.

        What is wrong with it, and which backup can take its place. Raises ``PassphraseNeeded``,
        what :meth:`unlock` and :meth:`recover` raise of what was typed, ``AlreadyOpen``,
        ``KeyMissing``, ``KeyDamaged``.
        """
        way_in = None
        if passphrase is not None:
            way_in = ways_in.by_passphrase(passphrase)
        elif recovery_text is not None:
            way_in = ways_in.by_recovery_key(recovery_text)
        rescue = Rescue.open(self._folder, way_in)
        rescue.renew = recovery_text is not None and rescue.protected
        return rescue

    def rescue_by_keyring(self) -> Rescue | None:
        """The same; ``None`` where the keyring doesn't have the way in."""
        try:
            return Rescue.open(self._folder, ways_in.by_keyring(self._keyring))
        except ways_in.NotInKeyring:
            return None

    def reopen(self, rescue: Rescue) -> FitCheck:
        """The book that was rescued, by the key that has served for that; ``rescue`` is closed."""
        key = rescue.let_go()
        try:
            return self._fitcheck(Vault.reopen(self._folder, key, self._cost))
        finally:
            key.wipe()

    def _fitcheck(self, vault: Vault) -> FitCheck:
        return FitCheck(Book(vault), self._today, self._keyring)
