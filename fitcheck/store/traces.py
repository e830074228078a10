"""A piece of text in bytes that are no book: as it may be encoded there, and packed away.

A log writes UTF-8, Windows UTF-16, JSON may escape what isn't ASCII, a mail is base64, and a PDF
or a picture holds its text deflated. A file is taken apart and searched for each of these.
"""

from __future__ import annotations

import base64
import json
import os
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from fitcheck.domain.erasure import Searched
from fitcheck.store.key_file import FromNewer, KeyFile, Unreadable

OURS = "fitcheck-"
"""What the name of every temporary folder of this program begins with."""

TEMPORARY = "(temporary)"
"""What stands for the system's folder for temporary files where a place is named."""

UNNAMED = "(…)"
"""What stands for a name of a file that can't be told."""

MOST_UNPACKED = 64_000_000

_DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_WORTH_BASE64 = 6
"""Characters: of fewer too little is left for sure in base64, where it may stand three ways."""


def forms(piece: str) -> frozenset[bytes]:
    """The bytes that ``piece`` may have become."""
    plain = piece.encode("utf-8", "replace")
    found = {
        plain,
        piece.encode("utf-16-le", "replace"),
        piece.encode("utf-16-be", "replace"),
        json.dumps(piece)[1:-1].encode(),
    }
    if len(plain) >= _WORTH_BASE64:
        for before in range(3):
            # What stands whole in it, whatever comes before and after.
            coded = base64.b64encode(bytes(before) + plain)
            found.add(coded[-(-before * 8 // 6) : (before + len(plain)) * 8 // 6])
    return frozenset(found)


def layers(data: bytes) -> Iterator[bytes]:
    """The bytes themselves, without their line ends, and everything that was deflated in them."""
    yield data
    if b"\n" in data:
        yield data.replace(b"\r", b"").replace(b"\n", b"")
    for match in _DEFLATED.finditer(data):
        unpacker = zlib.decompressobj(47)  # either header
        try:
            yield unpacker.decompress(data[match.start() :], MOST_UNPACKED)
        except zlib.error:
            continue


def stands_in(data: bytes, wanted: Iterable[str]) -> bool:
    """Whether one of ``wanted`` stands in ``data`` in any form."""
    sought = frozenset(form for piece in wanted for form in forms(piece))
    return any(form in layer for layer in layers(data) for form in sought)


def search_file(file: Path, wanted: Iterable[str], place: str) -> Searched:
    """Whether one of ``wanted`` stands in a file, or in its name."""
    wanted = tuple(wanted)
    try:
        data = file.read_bytes()
    except OSError:
        return Searched(place, 0, readable=False)
    if any(piece in file.name for piece in wanted):
        # Nothing that is said of an erasure may name who it was.
        place = place.removesuffix(file.name) + UNNAMED
        return Searched(place, 0, (place,))
    return Searched(place, 0, (place,) if stands_in(data, wanted) else ())


def search_key(file: Path, wanted: Iterable[str], place: str) -> Searched:
    """A key file that is one holds nothing else, and says "open" and the like of its own."""
    try:
        KeyFile.from_bytes(file.read_bytes())
    except (OSError, Unreadable, FromNewer):
        return search_file(file, wanted, place)
    return Searched(place, 0)


def temporary_files() -> list[tuple[Path, str]]:
    """What this program, or one that crashed, has among the system's temporary files."""
    base = Path(tempfile.gettempdir())
    found = []
    for folder, _folders, names in os.walk(base):
        here = Path(folder)
        if here == base:
            # Only what is ours; the rest is nobody's business.
            _folders[:] = sorted(name for name in _folders if name.startswith(OURS))
            names = [name for name in names if name.startswith(OURS)]
        # A socket is no file: where the first window listens for a second start.
        found += [file for file in (here / name for name in sorted(names)) if file.is_file()]
    return [(file, f"{TEMPORARY}/{file.relative_to(base).as_posix()}") for file in found]
