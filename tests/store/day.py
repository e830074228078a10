"""A working day with a book, of which it is known beforehand what every act does.

All that is drawn by lot is drawn from the day's number and the clock is the number of the act, so
two programs that live through the same day write the very same rows, commit by commit.
"""

from __future__ import annotations

import datetime as dt
import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

from nacl.public import PrivateKey
from sqlalchemy import Connection

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import Colleague
from fitcheck.domain.book_years import BookFollowUp, BookMove, BookOutcome
from fitcheck.domain.follow_up import Purpose
from fitcheck.domain.outcome import Occasion, Sign
from fitcheck.domain.plan import Plan, Stage
from fitcheck.domain.policy import Action
from fitcheck.interview import Interview, SaveState
from fitcheck.services import FitCheck
from fitcheck.store import connection as store_connection
from fitcheck.store import engine as store_engine
from fitcheck.store import years
from fitcheck.store.backup import Reason
from fitcheck.store.book import Book
from fitcheck.store.vault import Vault
from tests.store.conducting import step
from tests.store.conftest import CHEAP, FakeKeyring

BASE = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
FULL, EVENT = 1, 2
ERASED = "Erased"
PATIENCE = 60

Tell = Callable[[str], None]
"""Says something that from now on must be true, whatever happens to this process."""


def passphrase(number: int) -> str:
    return f"passphrase number {number}"


@dataclass
class Sitting:
    """The program at work: ``act`` is how many acts are done, ``changes`` those of passphrase."""

    folder: Path
    tell: Tell
    day: int
    act: int = 0
    changes: int = 0
    _saved: Event = field(default_factory=Event)
    _interviews: dict[int, Interview] = field(default_factory=dict)
    _fitcheck: FitCheck | None = None

    @property
    def fitcheck(self) -> FitCheck:
        assert self._fitcheck is not None
        return self._fitcheck

    def now(self) -> dt.datetime:
        return BASE + dt.timedelta(hours=5 * self.act)

    def open(self) -> None:
        self._fitcheck = unlocked(self.folder, passphrase(self.changes), self.now)
        self._interviews = {}

    def close(self) -> None:
        self.fitcheck.close()

    def draw(self) -> random.Random:
        """What falls to this act by lot."""
        return random.Random(f"{self.day}.{self.act}")

    def interview(self, id_: int) -> Interview:
        if id_ not in self._interviews:
            self._interviews[id_] = self.fitcheck.interview(id_, self._listen)
        return self._interviews[id_]

    def _listen(self, state: SaveState, _error: BaseException | None) -> None:
        if state is SaveState.SAVING:
            self._saved.clear()
        elif state is SaveState.SAVED:
            self._saved.set()

    @contextmanager
    def saved(self) -> Iterator[None]:
        """What is done inside is asked for at once, and waited for at the end: "saved" is shown."""
        self._saved.set()
        yield
        if not self._saved.wait(PATIENCE):
            raise TimeoutError("nothing was said to be saved")


def unlocked(folder: Path, words: str, now: Callable[[], dt.datetime]) -> FitCheck:
    vault = Vault.unlock(folder, words, CHEAP)
    return FitCheck(Book(vault, now), lambda: now().date(), FakeKeyring())


def prepare(folder: Path) -> None:
    """The book with which every day begins: two interviews, one backup, one person to be erased."""
    fitcheck = FitCheck(Book.open(folder, lambda: BASE), lambda: BASE.date(), FakeKeyring())
    for name, form in (("Zoë Ångström", Form.FULL), ("Ada", Form.EVENT)):
        fitcheck.begin_assessment(fitcheck.add_prospect(Prospect(name)), form)
    fitcheck.begin_assessment(fitcheck.add_prospect(Prospect(f"{ERASED} 0")), Form.EVENT)
    interview = fitcheck.interview(FULL)
    for number in range(9):
        step(interview, number)
    fitcheck.safekeeping.back_up(Reason.DAILY)
    fitcheck.close()
    vault = Vault.open(folder, CHEAP)
    vault.protect(passphrase(0))
    vault.close()


@contextmanager
def foreseen(day: int) -> Iterator[None]:
    """What the program draws by lot and writes into the book comes from the day's number."""
    drawn = random.Random(day)
    connect = store_connection.connect

    def drawing(*arguments: Any, **options: Any) -> Any:
        connection = connect(*arguments, **options)
        connection.create_function("randomblob", 1, drawn.randbytes)  # what a trigger draws
        return connection

    with ExitStack() as stack:
        stack.enter_context(patch.object(store_engine, "connect", drawing))
        for module, name, draws in (
            (secrets, "token_hex", lambda size=16: drawn.randbytes(size).hex()),
            (secrets, "choice", drawn.choice),
            (PrivateKey, "generate", lambda: PrivateKey(drawn.randbytes(32))),
        ):
            stack.enter_context(patch.object(module, name, draws))
        yield


# What a consultant does


def answer(at: Sitting) -> None:
    id_ = at.draw().choice((FULL, FULL, EVENT))
    with at.saved():
        step(at.interview(id_), at.act)


def answer_in_haste(at: Sitting) -> None:
    """Several keys, none of which waits for the disk."""
    interview = at.interview(FULL)
    with at.saved():
        for number in range(3):
            step(interview, 9 * at.act + number)


def write_a_plan(at: Sitting) -> None:
    with at.saved():
        stage = Stage("look", f"a page {at.act}", "two days")
        at.interview(FULL).set_field("plan", Plan(conditions=(f"paid {at.act}",), stages=(stage,)))


def finish(at: Sitting) -> None:
    """Without looking ahead first, which takes a quarter of a second and writes nothing."""
    interview = at.interview(EVENT)
    with at.saved():
        interview._set_finished(not interview.finished)


def edit_a_prospect(at: Sitting) -> None:
    at.fitcheck.edit_prospect(1, Prospect("Zoë Ångström", f"Straßenbau {at.act}", "Head"))


def step_in_a_period(at: Sitting) -> None:
    if at.fitcheck.period(2).decision is not None:
        at.fitcheck.reopen(2)
    elif at.act % 2:
        at.fitcheck.decide(2, Action.STAGE, f"one step {at.act}")
    else:
        at.fitcheck.extend(2, at.now().date() + dt.timedelta(days=30), f"their budget {at.act}")


def look_ahead(at: Sitting) -> None:
    """A tag, and a follow-up that is planned, put off, and done the next time."""
    book = at.fitcheck._book
    book.abouts.tag([1, 2], [f"tag {at.act}"], [f"tag {at.act - 3}"]).result()

    def work(connection: Connection) -> None:
        found = years.follow_ups_of(connection, 2)
        for id_, each in found.items():
            move = BookMove(at.now().date(), at.now().date(), None, f"away {at.act}")
            later = replace(each, moves=(*each.moves, move)[-3:], done_on=at.now().date())
            years.move_on(connection, id_, later)
        planned = BookFollowUp(f"{at.act:032x}", Purpose.LOOK_IN, at.now().date())
        years.add_follow_up(connection, 2, planned)
        marked = BookOutcome(Occasion.END, at.now().date(), (Sign.PAID,), f"came {at.act}")
        years.add_outcomes(connection, 2, [marked])

    book._writer.write(work).result()


def keep_a_draft(at: Sitting) -> None:
    at.fitcheck.save_drafts({"note": f"half a sen {at.act}"})


def set_up(at: Sitting) -> None:
    at.fitcheck.referring.add_colleague(
        Colleague(f"Åsa {at.act}", "+46", "pricing", at.now().date())
    )
    preferences = replace(at.fitcheck.preferences, window=f"{at.act},2,3,4")
    at.fitcheck.save_preferences(preferences)


def back_up(at: Sitting) -> None:
    at.fitcheck.safekeeping.back_up(Reason.DAILY)


def change_passphrase(at: Sitting) -> None:
    at.fitcheck.change_passphrase(passphrase(at.changes), passphrase(at.changes + 1))
    at.changes += 1


def lock(at: Sitting) -> None:
    at.close()
    at.open()


def bring_one_in(at: Sitting) -> None:
    """As an import does: a whole assessment of somebody who isn't in the book."""
    book = at.fitcheck._book
    brought = at.interview(FULL).assessment
    id_ = book.add_assessment(book.add_prospect(Prospect(f"{ERASED} {at.act}")).result(), brought)
    id_.result()


def erase(at: Sitting) -> None:
    them = [line.id for line in at.fitcheck.prospects(ERASED)]
    if them:
        at.fitcheck.rights.erase(min(them))
    else:
        bring_one_in(at)


def hand_over(at: Sitting) -> None:
    draw = at.draw()
    form = at.fitcheck.their_forms.hand_over(FULL)
    at.close()
    for question in draw.sample(form.questions, 3):
        value = draw.randrange(5)
        form.keep(question.id, value).result()
        at.tell(f"kept {question.id} {value}")
    form.close()
    at.open()
    at.fitcheck.their_forms.take_answers()


ACTS: dict[Callable[[Sitting], None], int] = {
    answer: 8,
    answer_in_haste: 3,
    write_a_plan: 2,
    finish: 1,
    edit_a_prospect: 2,
    step_in_a_period: 3,
    look_ahead: 2,
    keep_a_draft: 1,
    set_up: 1,
    back_up: 2,
    change_passphrase: 2,
    lock: 1,
    bring_one_in: 1,
    erase: 2,
    hand_over: 2,
}
"""Everything that is done, and how often."""


def acts(day: int) -> list[Callable[[Sitting], None]]:
    """What is done on a day: in any three that follow each other, everything."""
    everything = [act for act, often in ACTS.items() for _ in range(often)]
    random.Random(day // 3).shuffle(everything)
    return everything[day % 3 :: 3]


def live(at: Sitting) -> None:
    """The whole day. What each act did is told once it is done."""
    at.open()
    at.tell("open")
    for act in acts(at.day):
        at.act += 1
        act(at)
        at.tell(f"done {at.act}")
    at.close()
