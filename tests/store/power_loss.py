"""Cuts the power at every moment of an interview, and looks at what the disk may then hold.

A disk owes nobody what wasn't synced. Between two syncs each write may have arrived whole, in
part, as rubbish or not at all, in any order; and a name may lead to what it led to at any time
since its folder was synced. :class:`Disk` keeps both, what is certain and what isn't, so that
:func:`cut` can draw *images*: what the folder may look like when the machine starts again.

Each image is opened by the store's own code (:func:`fitcheck.store.opening.open_store`), every page
is checked, and all rows of all tables must be exactly those of one moment: after the last step
that was said to be saved, or after one that was on its way.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.interview import SaveState
from fitcheck.services import FitCheck
from fitcheck.store import connection as store_connection
from fitcheck.store import key_on_disk
from fitcheck.store.connection import DataKey
from fitcheck.store.errors import StoreError
from fitcheck.store.files import STORE_FILE
from fitcheck.store.opening import open_store
from tests.store.conducting import DAY, step
from tests.store.recording import (
    Asked,
    Create,
    Image,
    Recorder,
    Saved,
    Step,
    Sync,
    SyncFolder,
    Truncate,
    Unlink,
    Write,
    contents,
)

SECTOR = 512
"""What a disk writes whole, at best."""

STEPS = 40

Pragmas = tuple[str, ...]

AS_IT_IS: Pragmas = ()
CONTROLS: dict[str, Pragmas] = {
    "WAL/NORMAL": ("journal_mode = WAL", "synchronous = NORMAL"),
    "DELETE/FULL": ("synchronous = FULL",),
    "DELETE/OFF": ("synchronous = OFF",),
}
"""What is less safe than what the store does, and must be found to be."""


@dataclass(frozen=True, repr=False)
class Recording:
    """An interview as the disk saw it. ``states``: the book before it and after each step;
    ``saved`` and ``asked``: how many of the steps had been so when the recording began."""

    before: Image
    steps: tuple[Step, ...]
    after: Image
    states: tuple[bytes, ...]
    key: bytes
    saved: int = 0
    asked: int = 0


# Recording


@contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder in memory where there is such a thing: a sync there costs nothing."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="fitcheck-power-", dir=memory if memory.is_dir() else None
    ) as name:
        yield Path(name).resolve()


@contextmanager
def pragmas(wanted: Pragmas) -> Iterator[None]:
    """Let the store's connections be less careful than they are."""
    careful = store_connection.connect

    def connect(*arguments: Any, **options: Any) -> Any:
        connection = careful(*arguments, **options)
        for pragma in wanted:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    with patch.object(store_connection, "connect", connect):
        yield


def record(form: Form, wanted: Pragmas = AS_IT_IS, steps: int = STEPS) -> Recording:
    """Conduct an interview of this many steps, each of which is waited for."""
    with ExitStack() as stack:
        folder = stack.enter_context(memory_folder())
        fitcheck = FitCheck.open(folder, lambda: DAY)
        fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada")), form)
        fitcheck.close()
        stack.enter_context(pragmas(wanted))
        recorder = stack.enter_context(Recorder(folder))
        saved = Event()

        def listen(state: SaveState, _error: BaseException | None) -> None:
            if state is SaveState.SAVED:
                saved.set()

        fitcheck = FitCheck.open(folder, lambda: DAY)
        engine = fitcheck._book.vault.engine
        states = [_state(engine)]
        interview = fitcheck.interview(1, listen)
        for number in range(steps):
            saved.clear()
            recorder.steps.append(Asked())
            step(interview, number)
            assert saved.wait(60)
            recorder.steps.append(Saved())
            states.append(_state(engine))
        fitcheck.close()
        key = key_on_disk.read(folder).open_key
        after = contents(folder)
    assert key
    assert len(set(states)) == len(states), "a step that changes nothing can't be seen to be lost"
    return Recording(recorder.before, tuple(recorder.steps), after, tuple(states), key)


def record_recovery(one: Cut, recording: Recording) -> Recording:
    """Open the image of a power cut, which makes the store finish or undo what was interrupted."""
    with memory_folder() as place:
        folder = place / "book"
        _lay_out(folder, one.image)
        with Recorder(folder) as recorder:
            _read(folder, recording.key)
        after = contents(folder)
    return replace(
        recording,
        before=recorder.before,
        steps=tuple(recorder.steps),
        after=after,
        saved=one.saved,
        asked=one.asked,
    )


def _state(engine: Any) -> bytes:
    connection = engine.raw_connection()
    try:
        return digest(connection)
    finally:
        connection.close()


def digest(connection: Any) -> bytes:
    """All rows of all tables, and the tables themselves."""
    cursor = connection.cursor()
    schema = cursor.execute("SELECT name, type, sql FROM sqlite_master ORDER BY name").fetchall()
    found = hashlib.sha256(repr(schema).encode())
    for name, kind, _sql in schema:
        if kind == "table":
            # In the order of the rows in the file, which is that of their keys.
            found.update(repr(cursor.execute(f'SELECT * FROM "{name}"').fetchall()).encode())
    cursor.close()
    return found.digest()


# What the disk may hold


class Disk:
    """What is certain, and what happened to it since. Files are known by number, as inodes are."""

    def __init__(self, before: Image) -> None:
        self._certain = dict(enumerate(before.values()))
        self._since: dict[int, list[Write | Truncate]] = {number: [] for number in self._certain}
        # What each name may lead to; the last is what the running program sees.
        self._names: dict[str, list[int | None]] = {
            name: [number] for number, name in enumerate(before)
        }

    def take(self, taken: Step) -> None:
        """One step of the recording happens."""
        match taken:
            case Create(name, file):
                self._certain[file], self._since[file] = b"", []
                self._names.setdefault(name, [None]).append(file)
            case Unlink(name):
                self._names[name].append(None)
            case SyncFolder():
                self._names = {name: leads[-1:] for name, leads in self._names.items()}
            case Write(file) | Truncate(file):
                self._since[file].append(taken)
            case Sync(file):
                self._certain[file] = _whole(self._certain[file], self._since[file])
                self._since[file] = []
            case Asked() | Saved():
                pass

    @property
    def uncertain(self) -> int:
        """How many things a power cut now could undo."""
        reachable = {file for leads in self._names.values() for file in leads if file is not None}
        names = sum(len(leads) - 1 for leads in self._names.values())
        return names + sum(len(self._since[file]) for file in reachable)

    def image(self, rng: random.Random, draw: Draw) -> Image:
        """The folder after a power cut, one possibility of many."""
        image = {}
        for name, leads in self._names.items():
            file = draw.name(rng, leads)
            if file is not None:
                image[name] = draw.data(rng, self._certain[file], self._since[file])
        return image


@dataclass(frozen=True)
class Draw:
    """How one image comes about: what a name leads to, what became of a file's writes."""

    name: Callable[[random.Random, list[int | None]], int | None]
    data: Callable[[random.Random, bytes, list[Write | Truncate]], bytes]


def _whole(data: bytes, since: list[Write | Truncate]) -> bytes:
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


@dataclass(frozen=True, repr=False)
class Cut:
    """An image, and what it must hold: a state from ``saved`` to ``asked``."""

    image: Image
    saved: int
    asked: int


def cut(recording: Recording, count: int, seed: int) -> Iterator[Cut]:
    """``count`` power cuts, spread evenly over all moments at which one can do harm.

    At a moment when everything is synced there is one image and no more.
    """
    uncertain = [disk.uncertain > 0 for disk, _, _ in _moments(recording)]
    harmful = sum(uncertain)
    each, more = divmod(max(count - (len(uncertain) - harmful), 0), harmful)
    rng = random.Random(seed)
    nth = 0
    for moment, (disk, saved, asked) in enumerate(_moments(recording)):
        if not uncertain[moment]:
            yield Cut(disk.image(rng, ALL_ARRIVED), saved, asked)
            continue
        for number in range(each + (nth < more)):
            # First one of each kind; where there are fewer, other moments have the others.
            once = KINDS[(nth + number) % len(KINDS)]
            draw = once if number < len(KINDS) else BY_CHANCE[number % len(BY_CHANCE)]
            yield Cut(disk.image(rng, draw), saved, asked)
        nth += 1


def _moments(recording: Recording) -> Iterator[tuple[Disk, int, int]]:
    """The disk at the beginning and after each step, with what has been saved and asked for."""
    disk, saved, asked = Disk(recording.before), recording.saved, recording.asked
    yield disk, saved, asked
    for taken in recording.steps:
        disk.take(taken)
        if isinstance(taken, Asked):
            asked += 1
        elif isinstance(taken, Saved):
            saved = asked
        yield disk, saved, asked


# Looking at it

SOUND, CORRUPT, HALF, LOST = "sound", "corrupt", "half a step", "acknowledged but lost"


@dataclass(frozen=True)
class Survey:
    """How many images came to which verdict, and how many of them were unlike all the others."""

    verdicts: Counter[str]
    different: int

    def __str__(self) -> str:
        faults = ", ".join(
            f"{self.verdicts[verdict]} {verdict}" for verdict in (CORRUPT, HALF, LOST)
        )
        return f"{self.verdicts.total()} images ({self.different} different): {faults}"


def survey(recording: Recording, count: int, seed: int) -> Survey:
    """Open ``count`` images, and judge what is in them; of two alike, one is opened."""
    verdicts, found = Counter[str](), dict[bytes, bytes | None]()
    known = {state: number for number, state in enumerate(recording.states)}
    with memory_folder() as place:
        for one in cut(recording, count, seed):
            likeness = _likeness(one.image)
            if likeness not in found:
                found[likeness] = reopened(place / "book", one.image, recording.key)
            state = found[likeness]
            if state is None:
                verdicts[CORRUPT] += 1
            elif state not in known:
                verdicts[HALF] += 1
            else:
                sound = one.saved <= known[state] <= one.asked
                verdicts[SOUND if sound else LOST] += 1
    return Survey(verdicts, len(found))


def _likeness(image: Image) -> bytes:
    whole = hashlib.blake2b(digest_size=16)
    for name, data in sorted(image.items()):
        whole.update(f"{name} {len(data)} ".encode())
        whole.update(data)
    return whole.digest()


def reopened(folder: Path, image: Image, key: bytes) -> bytes | None:
    """The state that the store finds in ``image``; ``None`` if it finds damage."""
    _lay_out(folder, image)
    try:
        return _read(folder, key)
    finally:
        shutil.rmtree(folder)


def _lay_out(folder: Path, image: Image) -> None:
    folder.mkdir()
    for name, data in image.items():
        (folder / name).write_bytes(data)


def _read(folder: Path, key: bytes) -> bytes | None:
    try:
        engine = open_store(folder / STORE_FILE, DataKey(key))
        try:
            connection = engine.raw_connection()
            try:
                return digest(connection) if _is_sound(connection) else None
            finally:
                connection.close()
        finally:
            engine.dispose()
    except (StoreError, store_connection.dbapi2.DatabaseError):
        return None


def _is_sound(connection: Any) -> bool:
    cursor = connection.cursor()
    try:
        return bool(
            cursor.execute("PRAGMA cipher_integrity_check").fetchall() == []
            and cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and cursor.execute("PRAGMA foreign_key_check").fetchall() == []
        )
    finally:
        cursor.close()
