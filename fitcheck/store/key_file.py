# ruff: noqa: N818 - each is named for what is wrong
"""``book.key``: the data key of a book, lying open or wrapped.

The *data key* is 32 random bytes, made with the book and never changed, so changing how it is
protected re-encrypts nothing. It is wrapped (XSalsa20-Poly1305, libsodium's SecretBox) under as
many keys as there are ways to unlock the book:

- a **passphrase**, through Argon2id (RFC 9106) with a salt of its own; its cost stands in the file;
- a **recovery key**, 160 random bits that are shown once, written in Crockford's base 32 with a
  check sum, so that a slip of the pen is told from a key to another book;
- optionally the system's **keyring**, which holds 32 random bytes: a convenience, never alone.

The file carries a check sum of its own, so that a damaged file is told from a wrong passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fitcheck.store.errors import TooLittleMemory

KEY_BYTES = 32
VERSION = 1
FORMAT = "fitcheck-key"

MEMORY_LIMIT = 1 << 30
"""The most memory that a key file may ask a derivation to take, in bytes."""

OPERATIONS_LIMIT = 20

_SALT_BYTES = 16
_BOX_BYTES = 24 + 16 + KEY_BYTES
"""SecretBox's nonce, its seal and the key."""

_LEAST_OPERATIONS, _LEAST_MEMORY = 1, 8_192
"""Argon2id's own. All these numbers are libsodium's (a test compares them), which is imported only
by what wraps or unwraps: a book without a passphrase opens without it.
"""


@dataclass(frozen=True)
class Cost:
    """What one guess at a passphrase costs: Argon2id's passes and its memory in bytes."""

    operations: int
    memory: int


COST = Cost(operations=3, memory=256 << 20)
"""Libsodium’s “moderate”, 256 MiB and three passes: 0.6 s of one core (decision 7), and dear to
whoever guesses by the million."""


class Unreadable(Exception):
    """The bytes are not what :meth:`KeyFile.to_bytes` wrote."""


class FromNewer(Exception):
    """A newer FitCheck wrote the file."""


@dataclass(frozen=True)
class PassphraseWrap:
    salt: bytes
    cost: Cost
    box: bytes


@dataclass(frozen=True)
class KeyFile:
    """What ``book.key`` says. Either ``open_key`` is there, or at least one wrap is.

    ``book`` names the book without telling anything of it; the keyring's entry is filed under it.
    """

    book: str
    # Not in the repr, which may end in a traceback.
    open_key: bytes | None = field(default=None, repr=False)
    passphrase: PassphraseWrap | None = None
    recovery: bytes | None = None
    keyring: bytes | None = None

    @classmethod
    def unprotected(cls, data_key: bytes) -> KeyFile:
        """A key that lies open, for a book that is begun without a passphrase."""
        return cls(book=secrets.token_hex(8), open_key=data_key)

    @property
    def protected(self) -> bool:
        return self.open_key is None

    def unlock_by_passphrase(self, passphrase: str) -> bytes | None:
        """The data key, or ``None`` for a wrong passphrase. One derivation, dear on purpose."""
        if self.passphrase is None:
            return None
        key = _derive(passphrase, self.passphrase.salt, self.passphrase.cost)
        return _unwrap(self.passphrase.box, key)

    def unlock_by_recovery_key(self, recovery_key: bytes) -> bytes | None:
        """The data key, or ``None`` for the recovery key of another book."""
        return self.recovery and _unwrap(self.recovery, _stretch(recovery_key))

    def unlock_by_keyring(self, secret: bytes) -> bytes | None:
        """The data key, or ``None`` if the keyring's secret is not this book's."""
        return self.keyring and _unwrap(self.keyring, secret)

    def protect(self, data_key: bytes, passphrase: str, cost: Cost = COST) -> KeyFile:
        """The same key under ``passphrase`` (a new one replaces the old) and no longer open."""
        salt = secrets.token_bytes(_SALT_BYTES)
        box = _wrap(data_key, _derive(passphrase, salt, cost))
        return replace(self, open_key=None, passphrase=PassphraseWrap(salt, cost, box))

    def with_recovery_key(self, data_key: bytes) -> tuple[KeyFile, bytes]:
        """The same with a new recovery key, to be shown once; the old one opens nothing more."""
        recovery_key = secrets.token_bytes(RECOVERY_BYTES)
        return replace(self, recovery=_wrap(data_key, _stretch(recovery_key))), recovery_key

    def with_keyring(self, data_key: bytes) -> tuple[KeyFile, bytes]:
        """The same with a secret for the system's keyring."""
        secret = secrets.token_bytes(KEY_BYTES)
        return replace(self, keyring=_wrap(data_key, secret)), secret

    def without_keyring(self) -> KeyFile:
        return replace(self, keyring=None)

    def to_bytes(self) -> bytes:
        """The file, as JSON that a person can look at."""
        written: dict[str, Any] = {"format": FORMAT, "version": VERSION, "book": self.book}
        if self.open_key is not None:
            written |= {"protection": "none", "data_key": self.open_key.hex()}
        else:
            written["protection"] = "wrapped"
        if self.passphrase is not None:
            written["passphrase"] = {
                "kdf": "argon2id",
                "operations": self.passphrase.cost.operations,
                "memory": self.passphrase.cost.memory,
                "salt": self.passphrase.salt.hex(),
                "box": self.passphrase.box.hex(),
            }
        for name, box in (("recovery", self.recovery), ("keyring", self.keyring)):
            if box is not None:
                written[name] = {"box": box.hex()}
        written["check"] = _check_sum(written)
        return json.dumps(written, indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> KeyFile:
        """What :meth:`to_bytes` wrote; raises :class:`Unreadable` or :class:`FromNewer`."""
        try:
            written = json.loads(data)
            if written["format"] != FORMAT:
                raise Unreadable
            if written["version"] > VERSION:
                raise FromNewer
            if written.pop("check") != _check_sum(written):
                raise Unreadable
            return cls._of(written)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            raise Unreadable from None  # the error's own text can quote the file

    @classmethod
    def _of(cls, written: Mapping[str, Any]) -> KeyFile:
        passphrase = open_key = None
        if wrapped := written.get("passphrase"):
            cost = Cost(wrapped["operations"], wrapped["memory"])
            salt = _of_length(_SALT_BYTES, wrapped["salt"])
            passphrase = PassphraseWrap(salt, cost, _of_length(_BOX_BYTES, wrapped["box"]))
            # Somebody who can write the file could else make opening it take all memory.
            if not (
                type(cost.memory) is type(cost.operations) is int
                and _LEAST_MEMORY <= cost.memory <= MEMORY_LIMIT
                and _LEAST_OPERATIONS <= cost.operations <= OPERATIONS_LIMIT
            ):
                raise Unreadable
        boxes = {
            name: _of_length(_BOX_BYTES, written[name]["box"])
            for name in ("recovery", "keyring")
            if name in written
        }
        if written["protection"] == "none":
            open_key = _of_length(KEY_BYTES, written["data_key"])
        elif passphrase is None:
            raise Unreadable
        return cls(written["book"], open_key, passphrase, **boxes)


def _of_length(length: int, digits: str) -> bytes:
    data = bytes.fromhex(digits)
    if len(data) != length:
        raise Unreadable
    return data


def _check_sum(written: Mapping[str, Any]) -> str:
    canonical = json.dumps(written, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from nacl import pwhash
    from nacl.exceptions import RuntimeError as SodiumFailed

    # An "ü" is one character on one system's keyboard and two on another's.
    typed = unicodedata.normalize("NFC", passphrase)
    try:
        return pwhash.argon2id.kdf(
            KEY_BYTES,
            typed.encode("utf-8", "surrogatepass"),
            salt,
            opslimit=cost.operations,
            memlimit=cost.memory,
        )
    except SodiumFailed:
        # The one thing that can go wrong with arguments that are in range.
        raise TooLittleMemory(cost.memory) from None


def _stretch(recovery_key: bytes) -> bytes:
    # 160 random bits need no slow derivation, only the right length.
    return hashlib.blake2b(recovery_key, digest_size=KEY_BYTES, person=b"fitcheck-recover").digest()


def _wrap(data_key: bytes, key: bytes) -> bytes:
    from nacl.secret import SecretBox

    return bytes(SecretBox(key).encrypt(data_key))


def _unwrap(box: bytes, key: bytes) -> bytes | None:
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        return SecretBox(key).decrypt(box)
    except CryptoError:
        return None


# The recovery key on paper

RECOVERY_BYTES = 20
_CHECK_CHARACTERS = 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CROCKFORD = str.maketrans(_RFC4648, _ALPHABET)
_TO_RFC4648 = str.maketrans(_ALPHABET, _RFC4648)
_MISREAD = str.maketrans("OIL", "011")


class Mistyped(Exception):
    """What was typed can't be a recovery key: a character is wrong, missing or too many."""


def recovery_text(recovery_key: bytes) -> str:
    """A recovery key in nine groups of four characters; the last group is a check."""
    characters = _base32(recovery_key) + _recovery_check(recovery_key)
    return "-".join(characters[i : i + 4] for i in range(0, len(characters), 4))


def parse_recovery_text(typed: str) -> bytes:
    """The recovery key that was typed, in whatever case and grouping; O, I and L are forgiven.

    Raises :class:`Mistyped` if it can't be one.
    """
    characters = "".join(c for c in typed.upper() if c.isalnum()).translate(_MISREAD)
    body, check = characters[:-_CHECK_CHARACTERS], characters[-_CHECK_CHARACTERS:]
    try:
        recovery_key = base64.b32decode(body.translate(_TO_RFC4648))
    except ValueError:
        raise Mistyped from None
    if len(recovery_key) != RECOVERY_BYTES or check != _recovery_check(recovery_key):
        raise Mistyped
    return recovery_key


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").translate(_TO_CROCKFORD)


def _recovery_check(recovery_key: bytes) -> str:
    digest = hashlib.blake2b(recovery_key, digest_size=5, person=b"fitcheck-check").digest()
    return _base32(digest)[:_CHECK_CHARACTERS]
