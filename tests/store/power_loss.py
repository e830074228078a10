"""Cuts the power at every moment of an interview, and looks at what the disk may then hold.

:class:`tests.store.disk.Disk` knows what a disk holds for certain and what it may hold; from it
:func:`cut` draws *images*: what the folder may look like when the machine starts again.

Each image is opened by the store's own code (:func:`fitcheck.store.opening.make_ready`), every page
is checked, and all rows of all tables must be exactly those of one moment: after the last step
that was said to be saved, or after one that was on its way.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

from sqlcipher3 import dbapi2

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.interview import SaveState
from fitcheck.services import FitCheck
from fitcheck.store import connection as store_connection
from fitcheck.store import engine as store_engine
from fitcheck.store import key_on_disk
from fitcheck.store.connection import DataKey
from fitcheck.store.errors import StoreError
from fitcheck.store.files import KEY_FILE, STORE_FILE
from fitcheck.store.opening import make_ready
from tests.store.conducting import DAY, step
from tests.store.disk import ALL_ARRIVED, BY_CHANCE, KINDS, Disk
from tests.store.recording import Asked, Image, Recorder, Saved, Step, contents

STEPS = 40

AT_REST = {STORE_FILE, KEY_FILE}
"""Where nothing else lies, the book is what is in its file."""

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

    with patch.object(store_engine, "connect", connect):
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
        lay_out(folder, one.image)
        with Recorder(folder) as recorder:
            _read(folder, recording.key, {})
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


# Cutting


@dataclass(frozen=True, repr=False)
class Cut:
    """An image, and what it must hold: a state from ``saved`` to ``asked``."""

    image: Image
    saved: int
    asked: int


def cut(recording: Recording, count: int, seed: int) -> Iterator[Cut]:
    """``count`` power cuts, or a few more: every moment has its share, and one at which older data
    is being written over four times the share of one at which only something new is.

    At a moment when everything is synced there is one image and no more.
    """
    shares = [disk.share for disk, _, _ in _moments(recording)]
    to_share = max(count - shares.count(0), 0)
    drawn = [before * to_share // sum(shares) for before in accumulate(shares, initial=0)]
    rng = random.Random(seed)
    for moment, (disk, saved, asked) in enumerate(_moments(recording)):
        if not shares[moment]:
            yield Cut(disk.image(rng, ALL_ARRIVED), saved, asked)
        for number in range(drawn[moment + 1] - drawn[moment]):
            # First one of each kind; where there are fewer, other moments have the others.
            once = KINDS[(moment + number) % len(KINDS)]
            draw = once if number < len(KINDS) else BY_CHANCE[number % len(BY_CHANCE)]
            yield Cut(disk.image(rng, draw), saved, asked)


def last_moment(recording: Recording, count: int, seed: int) -> Iterator[Cut]:
    """Power cuts when all has been done and told, which among many moments is a rare one."""
    *_before, (disk, saved, asked) = _moments(recording)
    rng = random.Random(seed)
    for number in range(count):
        yield Cut(disk.image(rng, BY_CHANCE[number % len(BY_CHANCE)]), saved, asked)


def kills(recording: Recording) -> Iterator[Cut]:
    """What the folder holds between any two steps: all that was written, synced or not."""
    for disk, saved, asked in _moments(recording):
        yield Cut(disk.image(random.Random(0), ALL_ARRIVED), saved, asked)


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


def survey(recording: Recording, count: int, seed: int, until: Set[str] = frozenset()) -> Survey:
    """Open ``count`` images, and judge what is in them; of two alike, one is opened.

    Of a control no more than it takes ``until`` all these verdicts have been found.
    """
    verdicts, found = Counter[str](), dict[bytes, bytes | None]()
    judged: dict[bytes, bytes | None] = {}
    known = {state: number for number, state in enumerate(recording.states)}
    with memory_folder() as place:
        for one in cut(recording, count, seed):
            alike = likeness(one.image)
            if alike not in found:
                found[alike] = reopened(place / "book", one.image, recording.key, judged)
            state = found[alike]
            if state is None:
                verdicts[CORRUPT] += 1
            elif state not in known:
                verdicts[HALF] += 1
            else:
                sound = one.saved <= known[state] <= one.asked
                verdicts[SOUND if sound else LOST] += 1
            if until and until <= set(verdicts):
                break
    return Survey(verdicts, len(found))


def likeness(image: Image) -> bytes:
    whole = hashlib.sha1(usedforsecurity=False)  # twice as quick as any other
    for name, data in sorted(image.items()):
        whole.update(f"{name} {len(data)} ".encode())
        whole.update(data)
    return whole.digest()


def reopened(
    folder: Path, image: Image, key: bytes, judged: dict[bytes, bytes | None] | None = None
) -> bytes | None:
    """The state that the store finds in ``image``; ``None`` if it finds damage.

    ``judged`` remembers what became of books that, once opened, were alike to the last byte.
    """
    lay_out(folder, image)
    try:
        return _read(folder, key, {} if judged is None else judged)
    finally:
        shutil.rmtree(folder)


def lay_out(folder: Path, image: Image) -> None:
    folder.mkdir()
    for name, data in image.items():
        if name.endswith("/"):
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(data)


def _read(folder: Path, key: bytes, judged: dict[bytes, bytes | None]) -> bytes | None:
    try:
        key_ = DataKey(key)
        make_ready(folder / STORE_FILE, key_)
        engine = store_engine.make_engine(folder / STORE_FILE, key_)
        try:
            connection = engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA user_version").fetchone()
                rest = [file for file in folder.iterdir() if file.name not in AT_REST]
                opened = hashlib.sha256((folder / STORE_FILE).read_bytes()).digest()
                if rest or opened not in judged:
                    judged[opened] = digest(connection) if is_sound(connection) else None
                return judged[opened]
            finally:
                connection.close()
        finally:
            engine.dispose()
    except (StoreError, dbapi2.DatabaseError):
        return None


def is_sound(connection: Any) -> bool:
    cursor = connection.cursor()
    try:
        return bool(
            cursor.execute("PRAGMA cipher_integrity_check").fetchall() == []
            and cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and cursor.execute("PRAGMA foreign_key_check").fetchall() == []
        )
    finally:
        cursor.close()
