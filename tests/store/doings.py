"""Cuts the power during everything that isn't an interview: what is done, and how it is judged.

Each :class:`Doing` is recorded once, SQLite's part and Python's (``recording_python``); from the
recording :func:`tests.store.power_loss.cut` draws what the disk may hold at any moment, and its
``judge`` says what is wrong with that. Whatever it is, the book must open, with all rows of all
tables as they were after one of the commits, and every backup that has a name must be whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.services import FitCheck
from fitcheck.store import key_on_disk, sealed
from fitcheck.store.backup import Reason, copies
from fitcheck.store.book import Book
from fitcheck.store.checking import look_into
from fitcheck.store.connection import DataKey, connect
from fitcheck.store.errors import StoreError
from fitcheck.store.files import KEY_FILE, STORE_FILE
from fitcheck.store.key_file import KeyFile, Unreadable
from fitcheck.store.opening import make_ready
from fitcheck.store.vault import Vault
from fitcheck.whole_book import unlock
from tests.exchange.books import exported, fill
from tests.store.conftest import CHEAP, FakeKeyring
from tests.store.judging import noting_commits
from tests.store.power_loss import (
    CORRUPT,
    HALF,
    LOST,
    SOUND,
    Cut,
    Recording,
    cut,
    digest,
    is_sound,
    lay_out,
    likeness,
    memory_folder,
)
from tests.store.recording import Asked, Image, Saved, contents
from tests.store.recording_python import WholeRecorder
from tests.store.test_schemas import SCHEMAS, copied, kept

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
FIRST, SECOND = "the first passphrase", "the second passphrase"
GONE = "Erased"


@dataclass
class At:
    """Where something is done, and what it leaves for the judge."""

    folder: Path
    asked: Callable[[], None] = lambda: None
    saved: Callable[[], None] = lambda: None
    key: bytes = b""
    states: list[bytes] = field(default_factory=list)
    # Where a revision draws something by lot, what is compared is what there was before it.
    columns: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def fitcheck(self) -> FitCheck:
        return FitCheck(Book.open(self.folder, lambda: NOW), lambda: NOW.date(), FakeKeyring())

    def note(self) -> None:
        """The book as it is now is one of those that there may be."""
        self.states.append(self.look(self.folder / STORE_FILE))

    def look(self, store: Path) -> bytes:
        connection = connect(store, DataKey(self.key))
        try:
            return self._state(connection) if is_sound(connection) else b"damaged"
        finally:
            connection.close()

    def _state(self, connection: Any) -> bytes:
        if not self.columns:
            return digest(connection)
        found = hashlib.sha256()
        for table, columns in self.columns.items():
            rows = connection.execute(f'SELECT {", ".join(columns)} FROM "{table}"').fetchall()
            found.update(repr((table, sorted(rows, key=repr))).encode())
        for (table,) in connection.execute("SELECT name FROM sqlite_schema ORDER BY name"):
            found.update(table.encode())
        return found.digest()

    def once(self, work: Callable[[], object]) -> None:
        """Do ``work``, all of which is one thing to be saved."""
        self.asked()
        work()
        self.saved()


@dataclass(frozen=True)
class Doing:
    """``prepare`` makes the book, ``do`` is what is cut, ``judge`` looks at an image that opened:
    what is found missing or too much, given whether it had been said to be done."""

    name: str
    prepare: Callable[[At], None]
    do: Callable[[At], None]
    judge: Callable[[At, Found], str]


@dataclass(frozen=True)
class Found:
    """An image in a folder, opened and closed again. ``before``: as it was before that;
    ``unchanged``: nothing of what was done is in the book."""

    folder: Path
    before: Image
    state: int
    unchanged: bool
    saved: int
    asked: int

    @property
    def is_done(self) -> bool:
        return self.saved == 1


# Recording, cutting


@dataclass(frozen=True)
class Done:
    doing: Doing
    at: At
    recording: Recording


def record(doing: Doing) -> Done:
    with memory_folder() as place:
        at = At(place / "book")
        doing.prepare(at)
        at.key = at.key or key_on_disk.read(at.folder).open_key or b""
        with suppress(StoreError, dbapi2.Error):
            at.note()

        def note(engine: Engine) -> None:
            connection = engine.raw_connection()
            at.states.append(digest(connection))
            connection.close()

        with WholeRecorder(at.folder) as recorder:
            at.asked = lambda: recorder.steps.append(Asked())
            at.saved = lambda: recorder.steps.append(Saved())
            with noting_commits(note):
                doing.do(at)
        after = contents(at.folder)
        at.note()
    recording = Recording(recorder.before, tuple(recorder.steps), after, tuple(at.states), at.key)
    return Done(doing, at, recording)


def survey(done: Done, count: int, seed: int) -> Counter[str]:
    """``count`` power cuts, or a few more; what the images came to, the different ones counted."""
    return survey_of(done, cut(done.recording, count, seed))


def survey_of(done: Done, cuts: Iterable[Cut], *, control: bool = False) -> Counter[str]:
    """The same of these. Of a ``control`` no more than it takes to find it out."""
    verdicts: Counter[str] = Counter()
    known: dict[tuple[bytes, int, int], str] = {}
    judge = _Judge(done)
    with memory_folder() as place:
        for number, one in enumerate(cuts):
            alike = (likeness(one.image), one.saved, one.asked)
            if alike not in known:
                folder = place / str(number)
                lay_out(folder, one.image)
                known[alike] = judge.verdict(folder, one.image, one.saved, one.asked)
                shutil.rmtree(folder)
            verdicts[known[alike]] += 1
            if control and set(verdicts) > {SOUND}:
                break
    verdicts[DIFFERENT] = len(known)
    return verdicts


DIFFERENT = "different"


def told(verdicts: Counter[str]) -> str:
    images = verdicts.total() - verdicts[DIFFERENT]
    faults = {k: n for k, n in verdicts.items() if k not in (SOUND, DIFFERENT)}
    return f"{images} images ({verdicts[DIFFERENT]} different): {faults or 'no faults'}"


class _Judge:
    """Looks at images one after the other, and at every store with the same bytes once."""

    def __init__(self, done: Done) -> None:
        self._done = done
        self._copies: dict[bytes, bool] = {}

    def verdict(self, folder: Path, image: Image, saved: int, asked: int) -> str:
        at = self._done.at
        for name, data in image.items():
            if name.startswith("backups/") and name.endswith("/" + STORE_FILE):
                above = name.split("/")[1]
                if not above.endswith(".new") and not self._is_whole(folder / name, data):
                    return f"{CORRUPT}: a backup"
        try:
            make_ready(folder / STORE_FILE, DataKey(at.key))
            state = at.look(folder / STORE_FILE)
        except (StoreError, dbapi2.Error):
            return CORRUPT
        if state not in at.states:
            return HALF if state != b"damaged" else CORRUPT
        number = max(n for n, each in enumerate(at.states) if each == state)
        found = Found(folder, image, number, state == at.states[0], saved, asked)
        try:
            return self._done.doing.judge(at, found) or SOUND
        except (StoreError, Unreadable, dbapi2.Error) as error:
            return f"{CORRUPT}: {type(error).__name__}"

    def _is_whole(self, store: Path, data: bytes) -> bool:
        whole = hashlib.sha256(data).digest()
        journal = store.with_name(store.name + "-journal")
        if journal.exists():
            whole += journal.read_bytes()
        if whole not in self._copies:
            try:
                look_into(store, DataKey(self._done.at.key))
                self._copies[whole] = True
            except (StoreError, dbapi2.Error):
                self._copies[whole] = False
        return self._copies[whole]


def newest(at: At, found: Found) -> str:
    """What was said to be done is in the book."""
    return LOST if found.is_done and found.state != len(at.states) - 1 else ""


# A migration


def migration(schema: Path) -> Doing:
    """Of the fixture of that schema to the present one."""
    old = (schema / STORE_FILE).read_bytes()

    def prepare(at: At) -> None:
        copied(schema, at.folder, "open.key")
        rows = kept(schema)["rows"]
        at.columns = {table: list(rows[table][0]) for table in rows if rows[table]}
        at.columns.pop("alembic_version")

    def do(at: At) -> None:
        at.once(Vault.open(at.folder).close)

    def judge(_at: At, found: Found) -> str:
        """The old book is unchanged, or there is a copy of it."""
        backups = [data for name, data in found.before.items() if name.endswith("/" + STORE_FILE)]
        if found.before[STORE_FILE] == old:
            return LOST if found.is_done else ""
        return "" if old in backups else "no copy of the old book"

    return Doing("migration", prepare, do, judge)


# A backup


def _book(at: At) -> None:
    fitcheck = at.fitcheck()
    for name in ("Ada", f"{GONE} one", "Zoë"):
        fitcheck.begin_assessment(fitcheck.add_prospect(Prospect(name)), Form.EVENT)
    first = fitcheck.safekeeping.back_up(Reason.DAILY)
    fitcheck.close()
    # Two of one day long ago, of which the older one is to be thinned away.
    for name in ("2026-11-01T100000Z-daily", "2026-11-01T110000Z-daily"):
        shutil.copytree(first.folder, at.folder / "backups" / name)
    first.folder.rename(at.folder / "backups" / "2026-11-20T100000Z-daily")


def _back_up(at: At) -> None:
    fitcheck = at.fitcheck()
    at.once(lambda: fitcheck.safekeeping.back_up(Reason.DAILY))
    fitcheck.close()


def _is_backed_up(_at: At, found: Found) -> str:
    there = {copy.name for copy in copies(found.folder)}
    new, thinned = "2026-11-22T120000Z-daily" in there, "2026-11-01T100000Z-daily" not in there
    if len(there) < 3 or (thinned and not new):
        return "a backup is lost"
    return LOST if found.is_done and not new else ""


# Restoring one


def _changed_book(at: At) -> None:
    _book(at)
    fitcheck = at.fitcheck()
    fitcheck.add_prospect(Prospect("since then"))
    fitcheck.close()


def _restore(at: At) -> None:
    fitcheck = at.fitcheck()
    copy = fitcheck.safekeeping.copies()[0]
    at.once(lambda: fitcheck.safekeeping.restore(copy))


def _is_restored(at: At, found: Found) -> str:
    reasons = {copy.reason for copy in copies(found.folder)}
    if found.state == len(at.states) - 1 and Reason.REPLACED not in reasons:
        return "the book that was there is lost"
    return newest(at, found)


# Erasing somebody


def _erase(at: At) -> None:
    fitcheck = at.fitcheck()
    (line,) = fitcheck.prospects(GONE)
    at.once(lambda: fitcheck.rights.erase(line.id))
    fitcheck.close()


def _is_erased(at: At, found: Found) -> str:
    """Nobody is half erased once the program had time to finish it."""
    if missing := newest(at, found):
        return missing
    if found.unchanged:
        return ""
    there = replace(at, folder=found.folder)
    fitcheck = there.fitcheck()
    left = bool(fitcheck.prospects(GONE))
    fitcheck.rights.finish_erasing()
    fitcheck.close()
    for copy in copies(found.folder):
        connection = connect(copy.store, DataKey(at.key))
        names = [name for (name,) in connection.execute("SELECT name FROM prospect")]
        connection.close()
        left = left or any(GONE in name for name in names)
        left = left or copy.store.with_name(STORE_FILE + "-journal").exists()
    return "an erased person is there" if left else ""


# Another passphrase


def _protected(at: At) -> None:
    _book(at)
    at.key = key_on_disk.read(at.folder).open_key or b""
    vault = Vault.open(at.folder, CHEAP)
    vault.protect(FIRST)
    vault.close()


def _change_passphrase(at: At) -> None:
    vault = Vault.unlock(at.folder, FIRST, CHEAP)
    at.once(lambda: vault.change_passphrase(FIRST, SECOND))
    vault.close()


def _is_changed(_at: At, found: Found) -> str:
    for file in found.folder.rglob(KEY_FILE):
        if file.parent.name.endswith(".new"):
            continue
        key_file = KeyFile.from_bytes(file.read_bytes())
        opens = [key_file.unlock_by_passphrase(words) is not None for words in (FIRST, SECOND)]
        if opens.count(True) != 1:
            return "locked out"
        if found.is_done and opens[0] and file.parent == found.folder:
            return LOST
    return ""


# What a prospect answers while the book is closed


def _closed(at: At) -> None:
    fitcheck = at.fitcheck()
    begun = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada")), Form.FULL)
    at.notes = [str(begun)]
    fitcheck.close()


def _hand_over(at: At) -> None:
    fitcheck = at.fitcheck()
    form = fitcheck.their_forms.hand_over(int(at.notes[0]))
    at.notes.append(fitcheck._book.hand_over()["private"])
    fitcheck.close()
    for number, question in enumerate(form.questions):
        at.asked()
        form.keep(question.id, number % 5).result()
        at.saved()
    form.close()


def _is_kept(at: At, found: Found) -> str:
    if not sealed.there(found.folder):
        return LOST if found.saved else ""
    data = sealed.read(found.folder, bytes.fromhex(at.notes[1]))
    if data is None:
        return CORRUPT
    answers = json.loads(data)["answers"]
    if not found.saved <= len(answers) <= found.asked:
        return LOST
    return "" if [*answers.values()] == [n % 5 for n in range(len(answers))] else HALF


# Somebody brought in whole, as an import does


def _bring_in(at: At) -> None:
    fitcheck = at.fitcheck()
    assessment = fitcheck.interview(1).assessment
    at.once(lambda: fitcheck.add_assessment(replace(assessment, prospect=Prospect("Brought"))))
    fitcheck.close()


# A whole book brought in


def _two_books(at: At) -> None:
    _book(at)
    other = FitCheck.open(at.folder.with_name("other"), lambda: NOW.date())
    fill(other)
    exported(other, at.folder.with_name("other.jsonl"))
    other.close()


def _bring_in_a_book(at: At) -> None:
    fitcheck = at.fitcheck()
    file = unlock(at.folder.with_name("other.jsonl"))
    look = fitcheck.whole_book.look(file)
    at.once(lambda: fitcheck.whole_book.take(file, look))
    fitcheck.close()


def _is_brought_in(at: At, found: Found) -> str:
    """All of it or nothing, and if it is there, the book as it was is among the backups."""
    if missing := newest(at, found):
        return missing
    copied = any(copy.reason is Reason.IMPORT for copy in copies(found.folder))
    return "" if found.unchanged or copied else "no copy of the book before"


DOINGS = (
    migration(SCHEMAS[0]),
    Doing("backup", _book, _back_up, _is_backed_up),
    Doing("restoring", _changed_book, _restore, _is_restored),
    Doing("erasure", _book, _erase, _is_erased),
    Doing("passphrase", _protected, _change_passphrase, _is_changed),
    Doing("hand-over", _closed, _hand_over, _is_kept),
    Doing("import", _book, _bring_in, newest),
    Doing("whole book", _two_books, _bring_in_a_book, _is_brought_in),
)
