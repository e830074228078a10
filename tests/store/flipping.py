"""Damaging a book and its key in every way that a disk does, and seeing that it is noticed.

Every image is one damage of a small book with something in every table. It is opened as the
application does (which reads its first page and checks what is found there), then read from end to
end. Whatever is said, not one byte may change, and nothing may be left lying about.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fitcheck.access import Access
from fitcheck.domain.assessment import DealBreakerState
from fitcheck.store import key_on_disk
from fitcheck.store.checking import look_into
from fitcheck.store.connection import DataKey, connect
from fitcheck.store.errors import StoreError
from fitcheck.store.files import KEY_FILE, STORE_FILE
from fitcheck.store.opening import _examine
from tests.store.conftest import FakeKeyring
from tests.store.test_schemas import SCHEMAS, copied

PAGE, SECTOR = 4096, 512
KEY_SHARE = 10
"""Of so many images one is of the key file."""

Harm = Callable[[bytearray, random.Random], None]


def _bits(number: int) -> Harm:
    def harm(data: bytearray, chance: random.Random) -> None:
        for bit in chance.sample(range(8 * len(data)), number):
            data[bit // 8] ^= 1 << bit % 8

    return harm


def _byte(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] = chance.randrange(256)


def _zeroed(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(0, len(data), SECTOR)
    data[at : at + SECTOR] = bytes(len(data[at : at + SECTOR]))


def _swapped(data: bytearray, chance: random.Random) -> None:
    one, other = (slice(PAGE * n, PAGE * (n + 1)) for n in chance.sample(range(_pages(data)), 2))
    data[one], data[other] = data[other], data[one]


def _doubled(data: bytearray, chance: random.Random) -> None:
    one, other = (slice(PAGE * n, PAGE * (n + 1)) for n in chance.sample(range(_pages(data)), 2))
    data[one] = data[other]


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _cut_at_a_page(data: bytearray, chance: random.Random) -> None:
    del data[PAGE * chance.randrange(_pages(data)) :]


def _pages(data: bytearray) -> int:
    return len(data) // PAGE


HARMS: dict[str, Harm] = {
    "1 bit": _bits(1),
    "2 bits": _bits(2),
    "8 bits": _bits(8),
    "a byte": _byte,
    "a sector of zeros": _zeroed,
    "two pages swapped": _swapped,
    "a page over another": _doubled,
    "cut short": _cut,
    "cut at a page": _cut_at_a_page,
}
OF_THE_KEY = ("1 bit", "2 bits", "8 bits", "a byte", "cut short")


@dataclass
class Found:
    """``missed`` must stay empty. ``opening`` are those that plain opening noticed already."""

    images: Counter[str] = field(default_factory=Counter)
    opening: int = 0
    same_key: int = 0
    """Changes of the key file that say the same: a blank for a line's end, say."""
    missed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        total = self.images.total()
        kinds = ", ".join(f"{name}: {number}" for name, number in sorted(self.images.items()))
        return (
            f"{total} damaged books, {total - len(self.missed)} noticed "
            f"({self.opening} by opening, the others by the full check; "
            f"{self.same_key} changes of the key file that say the same aren't counted); {kinds}"
        )


def make(folder: Path) -> None:
    """A small unprotected book with something in every table."""
    copied(SCHEMAS[-1], folder, "open.key")
    fitcheck = Access(folder, FakeKeyring()).open()
    fitcheck.their_forms.token(1)
    fitcheck.interview(1).set_deal_breaker("unlawful", DealBreakerState.SUSPECTED)
    fitcheck.close()
    key = key_on_disk.read(folder).open_key
    assert key is not None
    connection = connect(folder / STORE_FILE, DataKey(key))
    # As an import of another book leaves it.
    connection.execute("INSERT INTO known_as (uid, prospect_id) SELECT hex(randomblob(16)), 1")
    connection.close()


def empty_tables(folder: Path, key: DataKey) -> list[str]:
    connection = connect(folder / STORE_FILE, key)
    named = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    found = [
        name
        for (name,) in named
        if connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (0,)
    ]
    connection.close()
    return found


def survey(folder: Path, images: int, seed: int) -> Found:
    """Damage the book in ``folder`` so often, each time whole again before the next."""
    chance = random.Random(seed)
    whole = {name: (folder / name).read_bytes() for name in (STORE_FILE, KEY_FILE)}
    key = key_on_disk.read(folder).open_key
    assert key is not None
    data_key, found = DataKey(key), Found()
    for number, (name, kind, data) in enumerate(_damaged(whole, images, chance)):
        what = f"{number}: {name}, {kind}"
        (folder / name).write_bytes(data)
        told = _opening(folder, data_key)
        if told:
            found.opening += 1
        elif name == KEY_FILE:
            if key_on_disk.read(folder).to_bytes() != whole[name]:
                found.missed.append(what)
            else:
                found.same_key += 1
                found.images[f"{name}, {kind}"] -= 1
        elif not _checking(folder, data_key):
            found.missed.append(what)
        found.images[f"{name}, {kind}"] += 1
        if (folder / name).read_bytes() != data or {f.name for f in folder.iterdir()} != {*whole}:
            found.missed.append(f"{what}: looking at it changed it")
        (folder / name).write_bytes(whole[name])
    assert not _opening(folder, data_key)
    assert not _checking(folder, data_key)
    return found


def _damaged(
    whole: dict[str, bytes], images: int, chance: random.Random
) -> Iterator[tuple[str, str, bytes]]:
    kinds = list(HARMS)
    for number in range(images):
        name = KEY_FILE if number % KEY_SHARE == 0 else STORE_FILE
        kind = chance.choice(OF_THE_KEY) if name == KEY_FILE else kinds[number % len(kinds)]
        data = bytearray(whole[name])
        while data == whole[name]:  # a byte may have been what it becomes
            HARMS[kind](data, chance)
        yield name, kind, bytes(data)


def _opening(folder: Path, key: DataKey) -> bool:
    """Whether opening says that something is amiss. Any error but ours is a bug, and raised."""
    try:
        key_on_disk.read(folder)
        _examine(folder / STORE_FILE, key)
    except StoreError:
        return True
    return False


def _checking(folder: Path, key: DataKey) -> bool:
    try:
        look_into(folder / STORE_FILE, key)
    except StoreError:
        return True
    return False
