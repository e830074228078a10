"""A book's pages as they lie in the file, deciphered one by one: the free ones, too.

SQLCipher 4: the first 16 bytes are the salt; each page of 4096 bytes ends in 80 that hold the
vector of its AES-256-CBC and its check sum.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, VECTOR, SALT = 4096, 80, 16, 16


def deciphered(store: Path, key: bytes) -> bytes:
    """Everything in ``store``, without the ends of the pages."""
    data = store.read_bytes()
    assert data
    assert len(data) % PAGE == 0
    found = []
    for start in range(0, len(data), PAGE):
        page = data[start + (SALT if start == 0 else 0) : start + PAGE]
        words, end = page[:-RESERVED], page[-RESERVED:]
        cipher = Cipher(algorithms.AES256(key), modes.CBC(end[:VECTOR])).decryptor()
        found.append(cipher.update(words) + cipher.finalize())
    return b"".join(found)
