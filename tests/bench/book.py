"""The list of prospects at 200, 10,000 and 100,000: a page, a deep page, other orders, a search.

Run by ``python3 dev.py bench book``; sizes may follow. Each figure is the least of ``TIMES`` reads
of the open book, cache warm; then the window over it (:mod:`tests.bench._book_window`), and what an
answer costs that is saved by itself. Nothing here asserts a time: these machines are noisy.
performance.md has the goals.
"""

from __future__ import annotations

import datetime as dt
import importlib
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from fitcheck.domain.history import Change, Event, EventKind, Subject
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import SIZE, Phase, Query, Sort, Summary
from fitcheck.exchange.demo import load_demo
from fitcheck.store import rows, tables
from fitcheck.store.book import Book
from fitcheck.store.engine import writing
from tests.bench._book_window import measure_window
from tests.bench._figures import hand, ratios

SIZES = (200, 10_000, 100_000)
TIMES = 15
TODAY = dt.date(2026, 11, 22)
SYLLABLES = ("an", "ber", "da", "el", "fro", "gus", "hil", "is", "jo", "ka", "lun", "mar", "nor")
DEEP = 18
"""Twentieths of the list that lie before a deep page."""
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
            people, periods, steps, assessments, answers, said = [], [], [], [], [], []
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
                steps.append({"prospect_id": id_, "kind": "opened", "day": TODAY, "words": ""})
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
                (tables.period_step, steps),
                (tables.assessment, assessments),
                (tables.answer, answers),
                (tables.said, said),
            ):
                connection.execute(insert(table), values)
            uids = [{"prospect_id": id_, "uid": f"{id_:032x}"} for id_ in ids]
            connection.execute(insert(tables.keeping), uids)
        fill_lines(connection)


def fill_lines(connection: Connection) -> None:
    """What the list goes by, for everybody at once, as the revision did that brought it."""
    revision = importlib.import_module("fitcheck.store.migrations.versions.0007_years")
    driver: Any = connection.connection.driver_connection
    driver.create_function("fitcheck_sorted", 1, revision.sorted_as, deterministic=True)
    driver.create_function("fitcheck_words", 1, revision.words, deterministic=True)
    seen = revision.STANDING.format(seen="a.id IS NOT NULL")
    for statement in (revision.LINES.format(hidden=seen, shown=seen), revision.CONTACTS):
        connection.exec_driver_sql(statement)


def timed(work: Callable[[], object], times: int = TIMES) -> float:
    """The least of them, in milliseconds: others may be at work on the machine."""
    taken = []
    work()
    for _time in range(times):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return min(taken)


def by_turns(one: Callable[[], object], other: Callable[[], object]) -> list[float]:
    """How often one takes as long as the other, turn by turn."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _time in range(TIMES + 1):
        for work, times in zip((one, other), taken, strict=True):
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)
    return ratios(taken[0][1:], taken[1][1:])  # the first of each fills the caches


def measure(book: Book, count: int) -> dict[str, float]:
    page, first = book.pages.page, Query()
    key, step = None, count // 20
    for _step in range(DEEP):
        key = page(first, TODAY, after=key, size=step).last
    middle = page(first, TODAY, size=1, skip=count // 2).lines[0].id

    def found(words: str) -> Callable[[], object]:
        return lambda: page(Query(words), TODAY)

    doings: dict[str, Callable[[], object]] = {
        "page": lambda: page(first, TODAY),
        "page.deep": lambda: page(first, TODAY, after=key),
        "page.jump": lambda: page(first, TODAY, skip=count // 2),
        "page.last": lambda: page(first, TODAY, last=True),
        "page.name": lambda: page(Query(sort=Sort.NAME, descending=False), TODAY),
        "page.standing": lambda: page(Query(sort=Sort.STANDING), TODAY),
        "page.phase": lambda: page(Query(phase=Phase.OPEN, sort=Sort.NAME), TODAY),
        "search.1": found("b"),
        "search.2": found("be"),
        "search.5": found("berda"),
        "search.rare": found("berdaelfroan"),
        "search.none": found("xyzzy"),
        "search.two words": found("berda lunis"),
        "count": lambda: book.pages.number(first, TODAY),
        "count.search.1": lambda: book.pages.number(Query("b"), TODAY),
        "place": lambda: book.pages.places_of(first, TODAY, [middle]),
    }
    taken = {}
    for name, doing in doings.items():
        taken[name] = timed(doing)
        say(count, name, taken[name])
    return taken


def measure_saving(book: Book, count: int) -> list[float]:
    """An answer that is saved by itself, as each is, over all of the assessment saved again."""
    whole = load_demo()[0]
    prospect = book.pages.page(Query(), TODAY, size=1).lines[0].id
    assessment = book.add_assessment(prospect, whole).result()
    summary = Summary(Recommendation.STAGE, False, 0.4, 0.3, 0.3, 10, 36)
    question, answer = next(iter(whole.answers.items()))
    levels = iter(range(100_000))
    before = {"value": answer.value, "evidence": None, "note": "", "quote": ""}

    def one() -> None:
        after = {**before, "value": next(levels) % 5}
        event = Event(EventKind.SET, Change(Subject.ANSWER, question, before, after))
        book.record(assessment, event, question, summary).result()

    def all_of_it() -> None:
        book.add_assessment(prospect, whole).result()

    say(count, "answer saved", each := timed(one))
    say(count, "assessment saved", all_ := timed(all_of_it))
    print(f"{count:>7,}  {'ratio':<22} {each / all_:9.2f}")
    return by_turns(one, all_of_it)


def measure_reading(least: Book, most: Book, count: int) -> None:
    """Hand over a page of the long book over one of the short, and a deep page over the first."""
    first, key = Query(), None
    for _step in range(DEEP):
        key = most.pages.page(first, TODAY, after=key, size=count // 20).last

    def page(book: Book, **place: Any) -> Callable[[], object]:
        return lambda: book.pages.page(first, TODAY, **place)

    hand("book.page_100k_over_200", by_turns(page(most), page(least)))
    hand("book.deep_over_first", by_turns(page(most, after=key), page(most)))


def say(count: int, name: str, taken: float) -> None:
    print(f"{count:>7,}  {name:<22} {taken:9.2f} ms", flush=True)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    least, most = min(sizes), max(sizes)
    # The names of the figures say of which sizes they are.
    asked = (least, most) == (SIZES[0], SIZES[-1])
    pages: dict[int, dict[str, float]] = {}
    print(f"pages of {SIZE}; the least of {TIMES}")
    with tempfile.TemporaryDirectory(prefix="fitcheck-bench-") as place:
        folders = {count: Path(place) / str(count) for count in sizes}
        for count, folder in folders.items():
            book = Book.open(folder)
            began = time.perf_counter()
            fill(book, count)
            size = (folder / "book.db").stat().st_size / 1_000_000
            print(f"{count:>7,}  made in {time.perf_counter() - began:.0f} s, {size:.0f} MB")
            pages[count] = measure(book, count)
            saving = measure_saving(book, count)
            if asked and count == most:
                hand("store.autosave_over_full_save", saving)
            book.close()
            window = measure_window(folder, count)
            if asked and count == most:
                hand("book.search_over_proxy", window.search_over_proxy)
                hand("book.search_over_cpp_proxy", window.search_over_cpp_proxy)
                hand("book.repaint_over_cpp_proxy", window.repaint_over_cpp_proxy)
        if asked:
            short, long = Book.open(folders[least]), Book.open(folders[most])
            measure_reading(short, long, most)
            short.close()
            long.close()
    for name in ("page", "page.name", "search.5"):
        print(f"{name}, {most:,} against {least:,}: {pages[most][name] / pages[least][name]:.2f}")
    deep = pages[most]["page.deep"] / pages[most]["page"]
    print(f"deep page against the first at {most:,}: {deep:.2f}")
    if not asked:
        print(f"no figures are kept of it: they are of {SIZES[0]:,} against {SIZES[-1]:,}")


if __name__ == "__main__":
    main()
