"""A disk that owes nobody what wasn't synced: what it holds for certain, and what it may hold.

Between two syncs each write of a file may have arrived whole, in part, as rubbish or not at all,
in any order; and a name may lead to what it led to at any time since its folder was synced.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.store.recording import (
    Asked,
    Create,
    Image,
    MakeFolder,
    Rename,
    Saved,
    Step,
    Sync,
    SyncFolder,
    Truncate,
    Unlink,
    Write,
)

SECTOR = 512
"""What a disk writes whole, at best."""

ROOT = -1
"""The folder that is recorded."""


class Disk:
    """What is certain, and what happened to it since. Files are known by number, as inodes are."""

    def __init__(self, before: Image) -> None:
        self._certain: dict[int, bytes] = {}
        self._since: dict[int, list[Write | Truncate]] = {}
        # What each name in each folder may lead to; the last is what the running program sees.
        self._folders: dict[int, dict[str, list[int | None]]] = {ROOT: {}}
        for number, (name, data) in enumerate(before.items()):
            if name.endswith("/"):
                self._folders[number] = {}
            else:
                self._certain[number], self._since[number] = data, []
            folder, own = self._at(name.removesuffix("/"))
            folder[own] = [number]

    def _at(self, path: str) -> tuple[dict[str, list[int | None]], str]:
        """The folder in which the program sees ``path``, and its own name there."""
        *above, own = path.split("/")
        return self._folders[self._number("/".join(above))], own

    def _number(self, folder: str) -> int:
        number = ROOT
        for name in folder.split("/") if folder else ():
            lead = self._folders[number][name][-1]
            assert lead is not None
            number = lead
        return number

    def _lead(self, path: str, number: int | None) -> None:
        folder, own = self._at(path)
        folder.setdefault(own, [None]).append(number)

    def take(self, taken: Step) -> None:
        """One step of the recording happens."""
        match taken:
            case Create(name, file):
                self._certain[file], self._since[file] = b"", []
                self._lead(name, file)
            case MakeFolder(name, file):
                self._folders[file] = {}
                self._lead(name, file)
            case Unlink(name):
                self._lead(name, None)
            case Rename(name, to, file):
                self._lead(name, None)
                self._lead(to, file)
            case SyncFolder(name):
                number = self._number(name)
                names = self._folders[number]
                self._folders[number] = {name: leads[-1:] for name, leads in names.items()}
            case Write(file) | Truncate(file):
                self._since[file].append(taken)
            case Sync(file):
                self._certain[file] = _whole(self._certain[file], self._since[file])
                self._since[file] = []
            case Asked() | Saved():
                pass

    @property
    def share(self) -> int:
        """How much there is to draw: 0 if a power cut now could undo nothing."""
        names = [leads for folder in self._folders.values() for leads in folder.values()]
        files = {file for leads in names for file in leads if file in self._since}
        if any(self._certain[file] and self._since[file] for file in files):
            return 4
        undecided = any(len(leads) > 1 for leads in names)
        return int(undecided or any(self._since[file] for file in files))

    def image(self, rng: random.Random, draw: Draw) -> Image:
        """The folder after a power cut, one possibility of many."""
        image: Image = {}
        self._draw(rng, draw, ROOT, "", image)
        return image

    def _draw(self, rng: random.Random, draw: Draw, number: int, above: str, image: Image) -> None:
        for name, leads in self._folders[number].items():
            file = draw.name(rng, leads)
            if file is None:
                continue
            if file in self._folders:
                image[f"{above}{name}/"] = b""
                self._draw(rng, draw, file, f"{above}{name}/", image)
            else:
                image[above + name] = draw.data(rng, self._certain[file], self._since[file])


@dataclass(frozen=True)
class Draw:
    """How one image comes about: what a name leads to, what became of a file's writes."""

    name: Callable[[random.Random, list[int | None]], int | None]
    data: Callable[[random.Random, bytes, list[Write | Truncate]], bytes]


def _whole(data: bytes, since: list[Write | Truncate]) -> bytes:
    if not since:
        return data
    changed = bytearray(data)
    for change in since:
        if isinstance(change, Truncate):
            _cut(changed, change.size)
        else:
            _put(changed, change.offset, change.data)
    return bytes(changed)


def _cut(data: bytearray, size: int) -> None:
    del data[size:]
    data.extend(bytes(size - len(data)))


def _put(data: bytearray, offset: int, written: bytes) -> None:
    if len(data) < offset:
        data.extend(bytes(offset - len(data)))
    data[offset : offset + len(written)] = written


def _battered(rng: random.Random, data: bytes, since: list[Write | Truncate]) -> bytes:
    """Each write has a fate of its own."""
    if not since:
        return data
    changed = bytearray(data)
    for change in since:
        fate = rng.choice(("arrived", "dropped", "torn", "begun", "scrambled"))
        if fate == "dropped":
            continue
        if isinstance(change, Truncate):
            _cut(changed, change.size)
        elif fate == "arrived":
            _put(changed, change.offset, change.data)
        else:
            sectors = list(_sectors(change))
            until = rng.randrange(len(sectors) + 1)
            for number, (offset, piece) in enumerate(sectors):
                if fate == "begun":
                    if number < until:
                        _put(changed, offset, piece)
                elif rng.random() < 0.5:
                    _put(changed, offset, piece)
                elif fate == "scrambled":
                    _put(changed, offset, rng.randbytes(len(piece)))
    return bytes(changed)


def _sectors(write: Write) -> Iterator[tuple[int, bytes]]:
    """The write as the disk does it. (What lies beside it in a sector is safe: SQLite relies on
    that, ``SQLITE_IOCAP_POWERSAFE_OVERWRITE``, and so do file systems.)"""
    end = write.offset + len(write.data)
    offset = write.offset
    while offset < end:
        until = min(end, (offset // SECTOR + 1) * SECTOR)
        yield offset, write.data[offset - write.offset : until - write.offset]
        offset = until


ALL_ARRIVED = Draw(lambda _rng, leads: leads[-1], lambda _rng, data, since: _whole(data, since))
ALL_DROPPED = Draw(lambda _rng, leads: leads[0], lambda _rng, data, _since: data)
ALL_NAMES_DROPPED = Draw(lambda _rng, leads: leads[0], ALL_ARRIVED.data)
ALL_DATA_DROPPED = Draw(ALL_ARRIVED.name, ALL_DROPPED.data)
BATTERED = Draw(lambda rng, leads: rng.choice(leads), _battered)
BATTERED_DATA = Draw(ALL_ARRIVED.name, _battered)

BY_CHANCE = (BATTERED, BATTERED_DATA)
KINDS = (*BY_CHANCE, ALL_DROPPED, ALL_NAMES_DROPPED, ALL_DATA_DROPPED, ALL_ARRIVED)
