"""Two thousand inputs that nobody wrote, for every importer: read, or refused in words."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from fitcheck import exchange
from fitcheck.domain.policy import Match
from fitcheck.errors import FitCheckError, InvalidInput
from fitcheck.exchange import book_rules
from fitcheck.exchange.policy_input import policy_faults
from fitcheck.services import FitCheck
from fitcheck.whole_book import BookFile
from reports.list_csv import list_csv
from tests.exchange import contact_fuzz
from tests.exchange.books import opened, said
from tests.exchange.fuzzing import IMPORTERS, POSSIBLE, Chance, book, book_maker, inputs, outcome

COUNT = 2_000
ELSEWHERE = {"form": "test_form_fuzz"}
"""Importers whose two thousand are tried in a test of their own; here a few of another kind."""


@pytest.fixture
def _each_text_linted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of the spoilt books hold the same two texts of TOML, which aren't what is spoilt."""
    for name in ("bank_faults", "parse_bank", "policy_faults"):
        monkeypatch.setattr(book_rules, name, cache(getattr(book_rules, name)))


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
@pytest.mark.usefixtures("_each_text_linted_once")
def test_it_reads_or_refuses(name: str, record_property: Callable[[str, object], None]) -> None:
    assert outcome(name, IMPORTERS[name].good()) == "read"
    count = COUNT // 10 if name in ELSEWHERE else COUNT
    found = Counter(outcome(name, data) for data in inputs(name, count))
    assert set(found) <= POSSIBLE
    assert found["refused"] > count / 10, "the inputs reach what they are made for"
    record_property("counted", f"{count} fuzzed inputs for: {name}")


def test_no_importer_is_left_out() -> None:
    """Every function of the exchange that is given bytes, or text, from a file."""
    there = set()
    for module in pkgutil.iter_modules(exchange.__path__):
        members = vars(importlib.import_module(f"fitcheck.exchange.{module.name}"))
        for name, each in members.items():
            if not inspect.isfunction(each) or each.__module__.rpartition(".")[2] != module.name:
                continue
            given = list(inspect.signature(each).parameters.values())[:1]
            kinds = {"bytes", "BinaryIO", "Iterable[bytes]", "Path"}
            if name[0] != "_" and given and given[0].annotation in kinds:
                there.add(f"{module.name}.{name}")
    parts = {
        # What the importers consist of.
        *("json_input.parse", "pdf_input.opened_pdf", "pdf_attachment.attached_json"),
        *("pdf_attachment.carries_assessment", "book_container.is_container"),
        *("text_input.as_windows", "text_input.decoded", "text_input.narrow"),
        *("text_input.wide_charset", "vcard.is_vcard"),
        # What writes.
        "book_container.write_container",
    }
    known = {read for importer in IMPORTERS.values() for read in importer.reads}
    known |= set(contact_fuzz.READS)
    assert there - parts <= known
    assert parts - {"book_container.write_container"} <= there


@pytest.mark.parametrize(
    "text",
    [
        "a" + ".a" * 20_000 + "=1",
        "a=" + "[" * 20_000,
        "a=" + "{a=" * 10_000,
        "a=" + "9" * 40_000,
        "[a" + ".a" * 20_000 + "]",
        "x" * 50_001,
    ],
)
def test_a_policy_that_wants_to_take_long_is_refused(text: str) -> None:
    (fault,) = policy_faults(text, "own")[:1]
    assert fault.place.startswith("own")


@pytest.fixture
def fitcheck(place: Path) -> Iterator[FitCheck]:
    opened_book = opened(place / "data")
    yield opened_book
    opened_book.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """In memory, if there is such a place: a book is written some hundred times."""
    memory = Path("/dev/shm") / tmp_path.name
    if not memory.parent.is_dir():
        yield tmp_path
        return
    memory.mkdir()
    yield memory
    shutil.rmtree(memory)


def test_a_book_is_taken_whole_or_not_at_all(
    fitcheck: FitCheck, place: Path, record_property: Callable[[str, object], None]
) -> None:
    """Into a book that grows with each that is good: what is refused has changed nothing."""
    chance, file = Chance("taken"), place / "x"
    found: Counter[str] = Counter()
    state = said(fitcheck, place / "y")
    for data in [book(), *(book_maker(chance) for _ in range(110))]:
        file.write_bytes(data)
        try:
            look = fitcheck.whole_book.look(BookFile(file))
            fitcheck.whole_book.take(BookFile(file), look)
        except InvalidInput:
            found["refused"] += 1
            assert said(fitcheck, place / "y") == state
        except FitCheckError:
            pytest.fail("only faults of the file are expected")
        else:
            found["taken"] += 1
            state = said(fitcheck, place / "y")
            # What was let in can be worked with.
            for line in fitcheck.prospects():
                for each in fitcheck.assessments(line.id):
                    interview = fitcheck.interview(each.id)
                    while interview.undo():
                        pass
                    while interview.redo():
                        pass
                    assert interview.question.say
                    assert 0 <= interview.judgement.odds[Match.GOOD] <= 1
            fitcheck._book.settle()
            state = said(fitcheck, place / "y")
            assert list_csv(fitcheck.prospects(), fitcheck.today(), show_totals=True)
    assert found["taken"] > 3
    assert found["refused"] > 25
    record_property("counted", f"{found.total()} fuzzed books taken whole or not at all")
