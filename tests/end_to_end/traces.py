"""Canaries in whatever files there are: plain, in UTF-16, in base64 and deflated.

A book is encrypted; what is *in* it is read with the key, by :mod:`tests.store.pages`. This stands
apart from the program's own search for traces, so that the two don't share a mistake.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

CANARY = re.compile(r"zq\d{4}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{8,}")


def canaries_in(data: bytes) -> set[str]:
    """Every canary in some bytes, however it is encoded or packed."""
    found: set[str] = set()
    for part in _parts(data):
        for encoding in ("latin-1", "utf-16-le", "utf-16-be"):
            for start in range(1 if encoding == "latin-1" else 2):
                found.update(CANARY.findall(part[start:].decode(encoding, "replace")))
    return found


def _parts(data: bytes) -> Iterator[bytes]:
    yield data
    for run in _BASE64.finditer(data.replace(b"\r", b"").replace(b"\n", b"")):
        for start in range(4):
            coded = run[0][start:]
            yield base64.b64decode(coded[: len(coded) // 4 * 4])
    for at in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08", data):
        try:
            yield zlib.decompressobj(47).decompress(data[at.start() :])
        except zlib.error:
            continue


def canaries_under(folder: Path) -> tuple[dict[str, set[str]], int]:
    """The canaries in each file that has any, or in whose name one stands; how many files."""
    found, count = {}, 0
    for file in sorted(folder.rglob("*")):
        try:
            data = file.read_bytes() if file.is_file() else b""
        except FileNotFoundError:  # of a worker that is just ending
            continue
        count += file.is_file()
        here = canaries_in(data) | set(CANARY.findall(file.name))
        if here:
            found[file.relative_to(folder).as_posix()] = here
    return found, count
