"""The file ``.fitcheck``: the lines of a whole book, packed, and locked by a passphrase.

What lies in it
    a word that says what it is, and its version; how many bytes the key takes, and the key as in
    ``book.key`` (:mod:`fitcheck.store.key_file`): 32 random bytes, wrapped by a passphrase
    through Argon2id, with a check sum, so that damage is told from a wrong passphrase; then the
    lines, packed by zlib and encrypted in pieces by that key (libsodium's secretstream), of which
    none can be changed, left out, put elsewhere or cut off unnoticed.

What a file can't do
    demand more memory for a guess than FitCheck itself takes, or unpack to more than is asked for.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from nacl import bindings as sodium
from nacl.exceptions import RuntimeError as SodiumFailed

from fitcheck.errors import Fault, FitCheckError, InvalidInput
from fitcheck.exchange.book_text import split_lines
from fitcheck.i18n import _
from fitcheck.store.key_file import COST, KEY_BYTES, Cost, FromNewer, KeyFile, Unreadable

MAGIC = b"FitCheck book 1\n"
_ANY_MAGIC = b"FitCheck book "

FILE_LIMIT = 1_000_000_000
"""Bytes of a file."""

KEY_LIMIT = 10_000
PIECE = 64 * 1024
"""Bytes that are encrypted at a time."""

_SEALED = PIECE + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MESSAGE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE


class WrongBookPassphrase(FitCheckError):  # noqa: N818 - it is the passphrase that is wrong
    """The file is whole, and another passphrase locks it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "That isn’t the passphrase of this file. It was asked for when the file was made, "
                "and needn’t be the one of your book."
            )
        )


def refused(expected: str) -> InvalidInput:
    """The refusal of a whole file."""
    return InvalidInput([Fault(_("file"), expected)])


def no_key() -> InvalidInput:
    """The refusal of a file in whose beginning something is broken."""
    return refused(_("expected a key that a passphrase locks; this one is damaged"))


def not_as_written() -> InvalidInput:
    """The refusal of a file of which something is broken or missing."""
    return refused(_("expected a file as it was written; this one is damaged"))


def is_container(data: bytes) -> bool:
    """Whether a file that begins so is one of a whole book, of whatever version."""
    return data.startswith(_ANY_MAGIC)


def write_container(
    out: BinaryIO, lines: Iterable[bytes], passphrase: str, cost: Cost = COST
) -> None:
    """Write the lines so that only the passphrase opens them."""
    key = secrets.token_bytes(KEY_BYTES)
    wrapped = KeyFile.unprotected(key).protect(key, passphrase, cost).to_bytes()
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    header = sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    out.write(MAGIC + len(wrapped).to_bytes(4, "big") + wrapped + header)
    waiting = b""
    for packed in _packed(lines):
        waiting += packed
        while len(waiting) > PIECE:
            out.write(_push(state, waiting[:PIECE], _MESSAGE))
            waiting = waiting[PIECE:]
    out.write(_push(state, waiting, _FINAL))


def _push(
    state: sodium.crypto_secretstream_xchacha20poly1305_state, piece: bytes, tag: int
) -> bytes:
    return sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, None, tag)


def _packed(lines: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj()
    for line in lines:
        yield packer.compress(line)
    yield packer.flush()


def open_container(file: BinaryIO, passphrase: str) -> bytes:
    """The key of the file; the place to read its lines from is then where ``file`` stands.

    One derivation, dear on purpose. Raises :class:`WrongBookPassphrase`, or
    :class:`fitcheck.errors.InvalidInput` for a file that is damaged, or from a newer FitCheck.
    """
    wrapped = _key_file(file)
    assert wrapped.passphrase is not None
    cost = wrapped.passphrase.cost
    if cost.memory > COST.memory or cost.operations > COST.operations:
        raise refused(_("expected a key that takes no more memory and time than FitCheck’s own"))
    key = wrapped.unlock_by_passphrase(passphrase)
    if key is None:
        raise WrongBookPassphrase
    return key


def _key_file(file: BinaryIO) -> KeyFile:
    newer = refused(_("expected a file of this FitCheck, found a newer one’s"))
    magic = file.read(len(MAGIC))
    if magic != MAGIC:
        if is_container(magic):
            raise newer
        raise refused(_("expected the whole book of a FitCheck; this one is damaged"))
    length = int.from_bytes(file.read(4), "big")
    if length > KEY_LIMIT:
        raise no_key()
    try:
        wrapped = KeyFile.from_bytes(file.read(length))
    except FromNewer:
        raise newer from None
    except Unreadable:
        raise no_key() from None
    if wrapped.passphrase is None:
        raise no_key()
    return wrapped


def read_container(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The lines, unpacked as they are asked for, from where :func:`open_container` left off.

    Raises :class:`fitcheck.errors.InvalidInput` where the file is damaged or cut short.
    """
    return split_lines(_unpacked(_opened(file, key)))


def _opened(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    header = file.read(_HEADER)
    if len(header) != _HEADER:
        raise not_as_written()
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    tag = _MESSAGE
    while tag != _FINAL:
        try:
            piece, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(
                state, file.read(_SEALED), None
            )
        except (SodiumFailed, ValueError):
            raise not_as_written() from None
        yield piece
    if file.read(1):
        raise not_as_written()


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    try:
        for piece in pieces:
            waiting = piece
            if unpacker.eof:
                break
            while waiting:
                # Never more at once: a small piece can unpack to a thousand times its size.
                yield unpacker.decompress(waiting, PIECE * 4)
                waiting = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error:
        raise not_as_written() from None
    if not unpacker.eof or unpacker.unused_data or next(pieces, b""):
        raise not_as_written()
