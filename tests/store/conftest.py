"""Books in real folders, and an assessment with something in every place."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nacl import pwhash

from fitcheck.access import Access
from fitcheck.domain.assessment import (
    Answer,
    Assessment,
    Conversation,
    DealBreakerState,
    Dissent,
    Gut,
    Mark,
    NextStep,
    Override,
    Prospect,
)
from fitcheck.domain.bank import Evidence, Form, Reference
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Summary
from fitcheck.domain.plan import Expectation, Measure, Plan, Stage
from fitcheck.domain.policy import Action, Appetite
from fitcheck.services import FitCheck
from fitcheck.store import key_on_disk
from fitcheck.store.book import Book
from fitcheck.store.connection import DataKey
from fitcheck.store.key_file import Cost

CHEAP = Cost(pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)
"""A derivation that takes no time; what it protects could be guessed."""

PASSPHRASE = "correct horse battery"

DAY = dt.date(2026, 11, 21)


def key_of(folder: Path) -> DataKey:
    """The key of the unprotected book in ``folder``."""
    key = key_on_disk.read(folder).open_key
    assert key
    return DataKey(key)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and the time of its last change."""
    return {
        str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file()
    }


class FakeKeyring:
    """A keyring in memory, which may also not work."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.works = True

    def there(self) -> bool:
        return self.works

    def get(self, book: str) -> str | None:
        return self.kept.get(book) if self.works else None

    def set(self, book: str, secret: str) -> bool:
        if self.works:
            self.kept[book] = secret
        return self.works

    def delete(self, book: str) -> None:
        self.kept.pop(book, None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a book may be made; it doesn't exist yet."""
    return tmp_path / "data"


@pytest.fixture
def book(empty: Path, folder: Path) -> Iterator[Book]:
    """An open and empty book in ``folder``."""
    shutil.copytree(empty, folder)
    book = Book.open(folder)
    yield book
    book.close()


@pytest.fixture
def contact() -> Prospect:
    return Prospect(
        name="Zoë Ångström",
        organisation="Straßenbau GmbH",
        role="Head of Works",
        email="zoe@example.org",
        phone="+46 70 000",
        met_at="Fair 100% _real_",
    )


@pytest.fixture
def blank(contact: Prospect) -> Assessment:
    """An assessment that has just been begun."""
    return Assessment(
        date=DAY,
        bank=Reference("core", "1.0.0"),
        policy=Reference("default", "1.0.0"),
        form=Form.FULL,
        appetite=Appetite.BALANCED,
        prospect=contact,
    )


@pytest.fixture
def whole(contact: Prospect) -> Assessment:
    """An assessment with something in every place that can hold something."""
    return Assessment(
        date=DAY,
        bank=Reference("core", "1.0.0"),
        policy=Reference("default", "1.0.0"),
        form=Form.EVENT,
        appetite=Appetite.CHOOSY,
        prospect=Prospect(**{**contact.__dict__, "in_their_words": "We want ‘calm’. 🪷"}),
        answers={
            "ease": Answer("ease", 0, Evidence.OBSERVED, "a note\x00 with a NUL", "“a quote”"),
            "baseline": Answer("baseline", 4, Evidence.HUNCH),
            "honesty": Answer("honesty", Mark.UNKNOWN),
            "rates": Answer("rates", Mark.NOT_APPLICABLE, None, "not ours"),
            "note_only": Answer("note_only", None, None, "only a note"),
        },
        deal_breakers={
            "unlawful": DealBreakerState.CLEARED,
            "unpaid": DealBreakerState.SUSPECTED,
        },
        override=Override(Action.STAGE, "a friend of a friend", DAY),
        gut=Gut(Action.DECLINE, "something is off"),
        conversation=Conversation(
            restatement="What we heard.",
            confirmed_on=DAY,
            presented_problem="the printer",
            problem_now="the team",
            keep=("the coffee",),
            stop=("meetings", "more meetings"),
            start=("asking",),
            next_step=NextStep("call", DAY),
            confirmed_at=dt.time(9, 5),
            their_agenda="two offers",
            my_agenda="who decides",
            time_agreed="half an hour",
        ),
        plan=Plan(
            conditions=("paid in advance",),
            stages=(Stage("look", "a page", "two days", "€ 2,000", "you would buy it"),),
            measures=(Measure("faults", "12", "3", "June"),),
            signs_off="Zoë",
            expectations=(Expectation("magic", "work", "some work"),),
        ),
        dissent=(Dissent("wait", "too soon", "now", DAY),),
    )


@pytest.fixture
def summary() -> Callable[[Recommendation], Summary]:
    def make(recommendation: Recommendation) -> Summary:
        return Summary(recommendation, True, 0.1 + 0.2, 0.5, 0.2, 7, 36)

    return make


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Where nothing has to survive a power cut, if there is such a place."""
    if not Path("/dev/shm").is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="fitcheck-test-", dir="/dev/shm") as name:
        yield Path(name)


# A protected book


@pytest.fixture
def keyring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def access(folder: Path, keyring: FakeKeyring) -> Access:
    return Access(folder, keyring, cost=CHEAP)


@pytest.fixture
def recovery(empty: Path, folder: Path, access: Access) -> str:
    """The recovery key of a closed, protected book with a prospect in it."""
    shutil.copytree(empty, folder)
    fitcheck = access.open()
    fitcheck.add_prospect(Prospect("Canary"))
    text = fitcheck.protect(PASSPHRASE)
    fitcheck.close()
    return text


def names(fitcheck: FitCheck | None) -> list[str]:
    """The prospects of a book, which is closed."""
    assert fitcheck is not None
    found = [line.prospect.name for line in fitcheck.prospects()]
    fitcheck.close()
    return found
