"""What a book must hold after its program was killed, and whether it does."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from fitcheck.domain.assessment import Mark
from fitcheck.services import FitCheck
from fitcheck.store.backup import Reason, copies
from fitcheck.store.checking import look_into
from fitcheck.store.connection import connect
from fitcheck.store.errors import StoreError, WrongPassphrase
from fitcheck.store.files import STORE_FILE, journal_of
from fitcheck.store.writer import Writer
from tests.store.day import BASE, ERASED, FULL, Sitting, foreseen, live, passphrase, unlocked
from tests.store.dying import counting
from tests.store.power_loss import digest, is_sound

AFTERWARDS = re.compile(r"book\.(db|key)|backups/[^/.]+/book\.(db|key)")
"""What lies there once the book was opened, backed up and closed again."""

RIGHT_AFTER = re.compile(
    r"book\.(db|key|lock|db-journal|key\.new)|answers\.sealed(\.new)?"
    r"|backups/[^/.]+(\.new)?/book\.(db|db-journal|key|key\.new)"
)
"""What may lie there besides, right after a kill."""


JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
"""The first bytes of a journal that may have to be played back; before they are written, zeros."""


@dataclass(frozen=True)
class Told:
    """Something that was told, and how things stood then: the number of the state, how often the
    passphrase had been changed, the backups, and the question of the interview."""

    line: str
    state: int
    changes: int
    copies: list[str]
    question: str


@dataclass
class Twin:
    """A day that nobody disturbed: the book after every commit, and what was told when."""

    day: int
    seconds: float = 0.0
    calls: int = 0
    states: list[str] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @classmethod
    def of(cls, said: dict[str, Any]) -> Twin:
        return cls(**{**said, "told": [Told(**told) for told in said["told"]]})


def live_as_twin(old: Path, place: Path, day: int) -> dict[str, Any]:
    """Live through ``day`` undisturbed, on a copy of ``old``; a :class:`Twin` as JSON."""
    folder = place / "twin"
    shutil.copytree(old, folder)
    twin = Twin(day)
    began = time.perf_counter()
    spent = 0.0

    def note(engine: Engine) -> None:
        nonlocal spent
        before = time.perf_counter()
        twin.states.append(_state(engine))
        spent += time.perf_counter() - before

    def tell(line: str) -> None:
        if not twin.states:
            note(at.fitcheck._book.vault.engine)
        interview = at._interviews.get(FULL)
        standing = interview.question.id if interview else ""
        made = [copy.name for copy in copies(folder)]
        twin.told.append(Told(line, len(twin.states) - 1, at.changes, made, standing))

    at = Sitting(folder, tell, day)
    with foreseen(day), counting() as calls, noting_commits(note):
        live(at)
    twin.calls = calls.count
    twin.seconds = time.perf_counter() - began - spent
    shutil.rmtree(folder)
    return asdict(twin)


@contextmanager
def noting_commits(note: Any) -> Iterator[None]:
    """Whoever waits for a write gets on only when the state after it has been noted."""
    run = Writer._run

    def with_notes(writer: Writer, engine: Engine, check: Callable[[], None]) -> None:
        set_result = Future.set_result

        def noted(future: Future[Any], result: Any) -> None:
            note(engine)
            set_result(future, result)

        with patch.object(Future, "set_result", noted):
            run(writer, engine, check)

    with patch.object(Writer, "_run", with_notes):
        yield


def _state(engine: Engine) -> str:
    connection = engine.raw_connection()
    try:
        return digest(connection).hex()
    finally:
        connection.close()


class Judge:
    """Of what is left in ``folder`` by one who had ``told`` these lines of the twin's day."""

    def __init__(self, twin: Twin, folder: Path, told: list[str]) -> None:
        self._twin = twin
        self._folder = folder
        self._told = told
        self._faults: list[str] = []
        self._more = False
        now = len(told)
        self._then = twin.told[now - 1] if told else Told("", 0, 0, twin.told[0].copies, "")
        self._next = twin.told[min(now, len(twin.told) - 1)]

    def judge(self) -> dict[str, Any]:
        """``faults``; whether there was a ``journal`` to play back; whether there was ``more`` than
        had been told: a step, whole."""
        journal = journal_of(self._folder / STORE_FILE)
        begun = journal.exists() and journal.read_bytes()[:8] == JOURNAL_MAGIC
        if self._told != [told.line for told in self._twin.told][: len(self._told)]:
            self._faults.append(f"something else was told: {self._told}")
        else:
            self._strays(RIGHT_AFTER)
            try:
                self._look()
                self._strays(AFTERWARDS)
            except (StoreError, dbapi2.Error) as error:
                self._faults.append(f"{type(error).__name__}: {error}")
        return {"faults": self._faults, "more": self._more, "journal": begun}

    def _strays(self, known: re.Pattern[str]) -> None:
        for file in sorted(self._folder.rglob("*")):
            name = file.relative_to(self._folder).as_posix()
            if file.is_file() and not known.fullmatch(name):
                self._faults.append(f"{name} lies there")

    def _look(self) -> None:
        there = {copy.name for copy in copies(self._folder)}
        fitcheck = self._opened()
        self._look_at_the_book(fitcheck)
        self._look_at_the_copies(fitcheck, there)
        fitcheck.close()

    def _opened(self) -> FitCheck:
        """By the passphrase that was last told, or by the one that was on its way."""
        for changes in {self._then.changes, self._next.changes}:
            try:
                return unlocked(self._folder, passphrase(changes), lambda: BASE)
            except WrongPassphrase:
                continue
        raise WrongPassphrase

    def _look_at_the_book(self, fitcheck: FitCheck) -> None:
        engine = fitcheck._book.vault.engine
        connection = engine.raw_connection()
        if not is_sound(connection):
            self._faults.append("corrupt")
        connection.close()
        state, states = _state(engine), self._twin.states
        if state not in states:
            self._faults.append("half a step")
        elif state not in states[self._then.state : self._next.state + 1]:
            self._faults.append("acknowledged but lost, or never asked for")
        self._more = state != states[self._then.state]
        interview = fitcheck.interview(FULL)
        for told in (self._then, self._next):
            asked = told.question and states[told.state] == state
            if asked and interview.question.id != told.question:
                self._faults.append(f"at another question than {told.question}")
        fitcheck.their_forms.take_answers()
        interview = fitcheck.interview(FULL)
        for question, value in self._kept():
            if interview.answer(question).value != value:
                self._faults.append(f"the prospect's answer {question} is lost")

    def _kept(self) -> Iterator[tuple[str, int | Mark]]:
        """What a prospect had answered in the act that was cut short."""
        for line in reversed(self._told):
            if not line.startswith("kept"):
                return
            _, question, value = line.split()
            yield question, int(value)

    def _look_at_the_copies(self, fitcheck: FitCheck, there: set[str]) -> None:
        then, next_ = set(self._then.copies), set(self._next.copies)
        if not then & next_ <= there <= then | next_:
            self._faults.append(f"other backups: {there} instead of {then} or {next_}")
        fitcheck.rights.finish_erasing()
        fitcheck.safekeeping.back_up(Reason.BY_HAND)
        key = fitcheck._book.vault.data_key
        known = {line.prospect.name for line in fitcheck.prospects(ERASED)}
        for copy in copies(self._folder):
            look_into(copy.store, key)
            connection = connect(copy.store, key)
            names = {name for (name,) in connection.execute("SELECT name FROM prospect")}
            connection.close()
            gone = {name for name in names if name.startswith(ERASED)} - known
            if gone:
                self._faults.append(f"erased, but in {copy.name}: {gone}")
