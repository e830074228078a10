"""What a prospect answers while the book is closed: a file that whoever writes it can't read.

A hand-over makes a pair of keys. The private half lies in the book, the public half seals
(libsodium's SealedBox): with the book closed nothing on the disk, and nothing in memory but the
answers themselves, opens the file. It is written whole with every answer, and read when the book
is opened again.
"""

from __future__ import annotations

from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from fitcheck.store.files import sync_folder, writable, write_whole

SEALED_FILE = "answers.sealed"
UNREADABLE_FILE = "answers.unreadable"
"""What a sealed file is called once it has turned out that it can't be opened."""

LIMIT = 100_000
"""Bytes; twelve answers need about a thousand."""


def new_pair() -> tuple[bytes, bytes]:
    """A private key, and the public one that belongs to it."""
    key = PrivateKey.generate()
    return key.encode(), key.public_key.encode()


def write(folder: Path, public: bytes, data: bytes) -> None:
    """Seal ``data`` in place of what was sealed before; on the disk when this returns.

    Raises :class:`fitcheck.store.errors.FolderNotWritable`.
    """
    with writable(folder):
        write_whole(folder / SEALED_FILE, SealedBox(PublicKey(public)).encrypt(data))


def there(folder: Path) -> bool:
    """Whether there is something sealed."""
    return (folder / SEALED_FILE).is_file()


def read(folder: Path, private: bytes) -> bytes | None:
    """What is sealed; ``None`` if that key doesn't open it, or somebody has changed it."""
    file = folder / SEALED_FILE
    with writable(folder):
        if file.stat().st_size > LIMIT:
            return None
        box = file.read_bytes()
    try:
        return SealedBox(PrivateKey(private)).decrypt(box)
    except (CryptoError, ValueError, TypeError):
        return None


def remove(folder: Path) -> None:
    """It has been read and taken over. May be repeated."""
    with writable(folder):
        for name in (SEALED_FILE, SEALED_FILE + ".new"):  # also one that was cut short
            (folder / name).unlink(missing_ok=True)
        sync_folder(folder)


def set_aside(folder: Path) -> Path:
    """Keep what can't be opened under another name, which is returned."""
    file = folder / UNREADABLE_FILE
    with writable(folder):
        (folder / SEALED_FILE).replace(file)
        sync_folder(folder)
    return file
