"""The list of prospects at 200, 10,000 and 100,000: a page, a deep page, other orders, a search.

Run by ``python3 dev.py bench book``; sizes may follow. Each figure is the median of ``TIMES`` reads
of the open book, cache warm. Nothing here asserts a time: these machines are noisy. performance.md
has the goals.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert

from fitcheck.domain.book import Query, Sort
from fitcheck.store import lines, rows, tables
from fitcheck.store.book import Book
from fitcheck.store.connection import writing

SIZES = (200, 10_000, 100_000)
TIMES = 31
TODAY = dt.date(2026, 11, 22)
SYLLABLES = ("an", "ber", "da", "el", "fro", "gus", "hil", "is", "jo", "ka", "lun", "mar", "nor")
NOTES = 2
"""Notes of each prospect."""


def fill(book: Book, count: int) -> None:
    """Prospects with an assessment each, as the program would write them, in bulk."""
    chance = random.Random(8)

    def word(length: int = 3) -> str:
        return "".join(chance.choices(SYLLABLES, k=length))

    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with writing(book.vault.engine).begin() as connection:
        for start in range(1, count + 1, 1000):
            ids = range(start, min(start + 1000, count + 1))
            people, periods, assessments, answers, said = [], [], [], [], []
            for id_ in ids:
                contact = {
                    "name": f"{word()} {word()}",
                    "organisation": word(4),
                    "role": word(2),
                    "email": "",
                    "phone": "",
                    "met_at": f"fair {chance.randrange(40)}",
                }
                searched = [contact[name] for name in rows.SEARCHED]
                changed = now + dt.timedelta(seconds=chance.randrange(20_000_000))
                people.append(
                    {
                        "id": id_,
                        **contact,
                        "search": rows.fold("\n".join(searched)),
                        "changed": changed,
                        "phase": "open",
                        "latest_assessment_id": id_,
                    }
                )
                periods.append({"prospect_id": id_, "opened": TODAY})
                assessments.append(
                    {
                        "id": id_,
                        "prospect_id": id_,
                        "date": TODAY,
                        "form": "full",
                        "appetite": "balanced",
                        "bank_id": "core",
                        "bank_version": "1.0.0",
                        "policy_id": "default",
                        "policy_version": "1.0.0",
                        "position": "",
                        "finished": True,
                        "started_at": changed,
                        "recommendation": "stage",
                        "leaning": False,
                        "good": chance.random(),
                        "workable": 0.0,
                        "poor": 0.0,
                        "answered": chance.randrange(37),
                        "asked": 36,
                    }
                )
                for number in range(NOTES):
                    note = " ".join(word() for _each in range(8))
                    place = {"assessment_id": id_, "question": f"q{number}"}
                    answers.append({**place, "value": 2, "note": note, "quote": ""})
                    said.append({**place, "prospect_id": id_, "words": rows.words_of(note)})
            for table, values in (
                (tables.prospect, people),
                (tables.period, periods),
                (tables.assessment, assessments),
                (tables.answer, answers),
                (tables.said, said),
            ):
                connection.execute(insert(table), values)
            for id_ in ids:
                lines.refresh(connection, id_)


def timed(work: Callable[[], object]) -> float:
    """The median, in milliseconds."""
    taken = []
    work()
    for _time in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def measure(book: Book, count: int) -> None:
    page, first = book.pages.page, Query()
    key, step = None, count // 20
    for _step in range(18):  # to 90 % of it
        key = page(first, TODAY, after=key, size=step).last
    middle = page(first, TODAY, size=1).lines[0].id
    doings: dict[str, Callable[[], object]] = {
        "page": lambda: page(first, TODAY),
        "page.deep": lambda: page(first, TODAY, after=key),
        "page.name": lambda: page(Query(sort=Sort.NAME, descending=False), TODAY),
        "page.standing": lambda: page(Query(sort=Sort.STANDING), TODAY),
        "search.1": lambda: page(Query("b"), TODAY),
        "search.2": lambda: page(Query("be"), TODAY),
        "search.5": lambda: page(Query("berda"), TODAY),
        "search.rare": lambda: page(Query("berdaelfroan"), TODAY),
        "search.none": lambda: page(Query("xyzzy"), TODAY),
        "search.two words": lambda: page(Query("berda lunis"), TODAY),
        "count": lambda: book.pages.count(first, TODAY),
        "place": lambda: book.pages.place_of(first, TODAY, middle),
    }
    for name, doing in doings.items():
        print(f"{count:>7,}  {name:<17} {timed(doing):9.2f} ms", flush=True)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    for count in sizes:
        with tempfile.TemporaryDirectory(prefix="fitcheck-bench-") as place:
            book = Book.open(Path(place) / "data")
            began = time.perf_counter()
            fill(book, count)
            size = (Path(place) / "data" / "book.db").stat().st_size / 1_000_000
            print(f"{count:>7,}  made in {time.perf_counter() - began:.0f} s, {size:.0f} MB")
            measure(book, count)
            book.close()


if __name__ == "__main__":
    main()
