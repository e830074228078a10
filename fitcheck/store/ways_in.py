"""The ways into a protected book: each unwraps the data key out of ``book.key``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fitcheck.store.errors import (
    MistypedRecoveryKey,
    PassphraseNeeded,
    WrongPassphrase,
    WrongRecoveryKey,
)
from fitcheck.store.files import KEY_FILE
from fitcheck.store.key_file import KEY_BYTES, KeyFile, Mistyped, parse_recovery_text
from fitcheck.store.system_keyring import Keyring

WayIn = Callable[[KeyFile], bytes]
"""Unwraps the data key of a protected book, or raises why it can't."""


class NotInKeyring(Exception):  # noqa: N818 - nothing is wrong with that
    """The keyring doesn't have the way in."""


def none(folder: Path) -> WayIn:
    """For a book without a passphrase; raises :class:`PassphraseNeeded`."""

    def way_in(_key_file: KeyFile) -> bytes:
        raise PassphraseNeeded(folder / KEY_FILE)

    return way_in


def by_passphrase(passphrase: str) -> WayIn:
    """One derivation; raises :class:`WrongPassphrase`."""

    def way_in(key_file: KeyFile) -> bytes:
        key = key_file.unlock_by_passphrase(passphrase)
        if key is None:
            raise WrongPassphrase
        return key

    return way_in


def by_recovery_key(typed: str) -> WayIn:
    """As it was typed: raises :class:`MistypedRecoveryKey` at once, later
    :class:`WrongRecoveryKey`.
    """
    try:
        recovery_key = parse_recovery_text(typed)
    except Mistyped:
        raise MistypedRecoveryKey from None

    def way_in(key_file: KeyFile) -> bytes:
        key = key_file.unlock_by_recovery_key(recovery_key)
        if not key:
            raise WrongRecoveryKey
        return key

    return way_in


def by_keyring(keyring: Keyring) -> WayIn:
    """Raises :class:`NotInKeyring`."""

    def way_in(key_file: KeyFile) -> bytes:
        secret = _secret_of(keyring, key_file)
        key = secret and key_file.unlock_by_keyring(secret)
        if not key:
            raise NotInKeyring
        return key

    return way_in


def _secret_of(keyring: Keyring, key_file: KeyFile) -> bytes | None:
    if key_file.keyring is None:
        return None
    try:
        secret = bytes.fromhex(keyring.get(key_file.book) or "")
    except ValueError:
        return None
    return secret if len(secret) == KEY_BYTES else None
