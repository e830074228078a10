"""Paging through the book gives what filtering and sorting all of it would give."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlcipher3 import dbapi2

from fitcheck.domain.assessment import Answer, Assessment, Prospect
from fitcheck.domain.bank import Form, Reference
from fitcheck.domain.book import About
from fitcheck.domain.follow_up import FollowUp, Purpose
from fitcheck.domain.history import Change, Event, EventKind, Subject
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Page, Phase, ProspectLine, Query, Sort, SortKey, Summary
from fitcheck.domain.period import Decision, Opening
from fitcheck.domain.policy import Action, Appetite
from fitcheck.services import FitCheck
from fitcheck.store import lines, tables
from fitcheck.store.book import Book
from fitcheck.store.engine import writing
from fitcheck.store.erasing import forget
from fitcheck.store.errors import WrongKeyOrDamaged
from fitcheck.store.first_page import FirstPage, keys
from fitcheck.store.pages import CalledOff
from fitcheck.store.preferences import preferences_of
from fitcheck.store.rows import fold, sorted_as

TODAY = dt.date(2026, 11, 22)

BLANK = Assessment(
    date=TODAY,
    bank=Reference("core", "1.0.0"),
    policy=Reference("default", "1.0.0"),
    form=Form.FULL,
    appetite=Appetite.BALANCED,
    prospect=Prospect(""),
)

NAMES = ("", "Zoë Ångström", "zoë ångström", "Zoë", "STRASSE", "Straße", "ﬁne", "o’Brien", "a-b")
TAGS = ("Old", "friend of  Zoë", "old")
NOTES = (
    "",
    "they “hope” for calm",
    'a"b',
    "100% *sure*",
    "NEAR(a b)",
    "x\0y z",
    "東京都",
    "-no",
    "й",
)

# What a person may type, and what means something to FTS5, LIKE or SQL.
SEARCHES = (
    "", " ", "z", "zo", "ZOË", "ngs", "strasse", "STRASSE hope", "fin", "b", "o’b", "calm zoë",
    '"', '""', 'a"b', "*", "a*", "NEAR", "NEAR(a b)", "-no", "no -", "AND", "OR", "words:a", "^a",
    "(", "{a b}", "%", "_", "'; DROP TABLE line; --", "\0", "x\0y", "y\0", "京都", "東", "\ud800",
    "й", "chamber", "green ZOE", "old zo", "d",
)  # fmt: skip

RECOMMENDATIONS = (None, *Recommendation)


@pytest.fixture(scope="module")
def many(
    empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Book, dict[int, list[str]]]]:
    """A book of people who are much alike, and the texts in which each may be found."""
    folder = tmp_path_factory.mktemp("many") / "data"
    shutil.copytree(empty, folder)
    moments = iter(range(10_000))

    def now() -> dt.datetime:
        # Some changes are at the same moment.
        return dt.datetime(2026, 11, 22, 9, next(moments) // 40 % 60, tzinfo=dt.UTC)

    book = Book.open(folder, now)
    texts: dict[int, list[str]] = {}
    for number in range(60):
        name, note = NAMES[number % len(NAMES)], NOTES[number % 7 + number % 3]
        met_at = ("Fair", "FAIR", "", "Straße")[number % 4]
        organisation = NAMES[number * 5 % 7]
        prospect = Prospect(name, organisation, "Head", met_at=met_at)
        until = None if number % 3 else TODAY + dt.timedelta(days=number % 5 - 2)
        id_ = book.add_prospect(prospect, Opening(dt.date(2026, 1, 1), until)).result()
        texts[id_] = [name, organisation, "Head", met_at]
        if number % 5:
            _assess(book, id_, number, note)
            texts[id_].append(note)
        if number % 4 == 0:
            about = About(
                "the Chamber" if number % 8 else "", "wears green", tags=TAGS[: number % 3]
            )
            book.abouts.save(id_, about).result()
            texts[id_] += [about.source, about.notes, *about.tags]
        if number % 11 == 0:
            action = tuple(Action)[number % len(Action)]
            book.periods.take(id_, Decision(TODAY, action)).result()
        if number % 13 == 1:
            day = TODAY + dt.timedelta(days=number % 3 - 1)
            book.follow_ups.add(id_, [FollowUp(day, Purpose.LOOK_IN)]).result()
    yield book, texts
    book.close()


def _assess(book: Book, id_: int, number: int, note: str) -> None:
    recommendation = RECOMMENDATIONS[number % len(RECOMMENDATIONS)]
    odds = (0.2, 0.3, 0.5) if number % 2 else (0.5, 0.3, 0.2)
    summary = recommendation and Summary(recommendation, False, *odds, number % 4, 36)
    assessment = replace(
        BLANK,
        form=tuple(Form)[number % 3],
        date=TODAY - dt.timedelta(days=number % 4),
        answers={"ease": Answer("ease", 1, None, note, "")},
    )
    adding = (
        book.add_whole(id_, assessment, summary, finished=True)
        if (summary and number % 2)
        else book.add_assessment(id_, assessment, summary)
    )
    adding.result()


def naive(texts: dict[int, list[str]], query: Query, every: tuple[ProspectLine, ...]) -> list[int]:
    """The ids, by going through everybody."""
    chosen = [line for line in every if _matches(line, texts[line.id], query)]
    chosen.sort(key=lambda line: (_key(line, query), line.id), reverse=query.descending)
    return [line.id for line in chosen]


def _matches(line: ProspectLine, texts: list[str], query: Query) -> bool:
    for part in _clean(query.search).split():
        if not any(_says(_clean(text), part) for text in texts):
            return False
    summary = line.latest.summary if line.latest else None
    if query.recommendation is not None:
        if summary is None or summary.recommendation is not query.recommendation:
            return False
        if not (query.show_totals or (line.latest and line.latest.finished)):
            return False
    if query.met_at is not None and fold(query.met_at) != fold(line.prospect.met_at):
        return False
    if query.tag is not None and fold(query.tag) not in map(fold, line.tags):
        return False
    if query.phase is Phase.DUE:
        return line.due is not None and line.due <= TODAY
    return query.phase is Phase.ALL or _phase(line) is query.phase


def _clean(text: str) -> str:
    return re.sub("[\x00-\x08\x0e-\x1b\ud800-\udfff]", "\ufffd", fold(text))


def _says(text: str, part: str) -> bool:
    if len(part) > 2:
        return any(part in word for word in text.split())
    return any(
        word.startswith(part)
        or any(word[m.start() : m.end()][:2].startswith(part) for m in re.finditer(r"\w+", word))
        for word in text.split()
    )


def _phase(line: ProspectLine) -> Phase:
    if line.decided is not None:
        return Phase(line.decided.value)
    summary = line.latest.summary if line.latest and line.latest.finished else None
    if summary is None or summary.recommendation is Recommendation.UNDECIDED:
        return Phase.OPEN
    return Phase(summary.recommendation.value)


def _key(line: ProspectLine, query: Query) -> Any:
    latest, contact = line.latest, line.prospect
    summary = latest.summary if latest else None
    match query.sort:
        case Sort.NAME | Sort.ORGANISATION | Sort.MET_AT:
            return sorted_as(getattr(contact, query.sort.value))
        case Sort.FORM:
            return (None, *Form).index(latest and latest.form)
        case Sort.ANSWERED:
            return summary.answered / summary.asked if summary else -1
        case Sort.STANDING:
            return _standing(line, query.show_totals)
        case Sort.DATE:
            return latest.date if latest else dt.date.min
        case Sort.CHANGED:
            return line.changed
        case Sort.DUE:
            return line.due or dt.date.max
        case Sort.TREND:
            return line.trend
        case Sort.TAGS:
            return ", ".join(map(sorted_as, line.tags))


def _standing(line: ProspectLine, show_totals: bool) -> tuple[int, float]:
    """As the window had it before there were pages."""
    latest = line.latest
    summary = latest.summary if latest and (latest.finished or show_totals) else None
    if summary and summary.recommendation is Recommendation.UNDECIDED:
        summary = None
    good = -summary.good if summary else 0.0
    order = (*(each.value for each in (Action.PROCEED, Action.STAGE, Action.DECLINE)),)
    if line.decided is not None:
        return order.index(line.decided.value), good
    return (order.index(summary.recommendation.value), good) if summary else (4, 0.0)


queries = st.builds(
    Query,
    search=st.sampled_from(SEARCHES) | st.text(max_size=4),
    phase=st.sampled_from(Phase),
    recommendation=st.sampled_from(RECOMMENDATIONS),
    met_at=st.sampled_from((None, None, "fair", "", "STRASSE")),
    tag=st.sampled_from((None, None, None, "old", "FRIEND of Zoë", "nobody's", "\ud800")),
    sort=st.sampled_from(Sort),
    descending=st.booleans(),
    show_totals=st.booleans(),
)
few_filters = st.builds(
    Query,
    search=st.sampled_from(SEARCHES),
    sort=st.sampled_from(Sort),
    descending=st.booleans(),
    show_totals=st.booleans(),
)


def through(book: Book, query: Query, size: int) -> list[Page]:
    """Every page, from the first on."""
    pages = [book.pages.page(query, TODAY, size=size)]
    while pages[-1].more:
        pages.append(book.pages.page(query, TODAY, after=pages[-1].last, size=size))
    return pages


def ids(page: Page) -> list[int]:
    return [line.id for line in page.lines]


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=queries | few_filters, size=st.integers(1, 25), many_texts=st.sampled_from((1, 5, 2000))
)
def test_pages_are_all_of_it_in_order_both_ways(
    many: tuple[Book, dict[int, list[str]]], query: Query, size: int, many_texts: int
) -> None:
    """Whichever words are taken to be common."""
    book, texts = many
    with (
        patch("fitcheck.store.sifting._many", lambda _connection: many_texts),
        patch("fitcheck.store.pages._FEW", many_texts),
    ):
        _goes_both_ways(book, texts, query, size)


def _goes_both_ways(book: Book, texts: dict[int, list[str]], query: Query, size: int) -> None:
    every = book.prospects()
    expected = naive(texts, query, every)
    pages = through(book, query, size)
    assert [id_ for page in pages for id_ in ids(page)] == expected
    assert {line for page in pages for line in page.lines} <= set(every)
    back = [pages[-1]]
    while back[0].first is not None:
        before = book.pages.page(query, TODAY, before=back[0].first, size=size)
        back.insert(0, before)
        if not before.more:
            break
    assert [id_ for page in back for id_ in ids(page)] == expected
    assert book.pages.number(query, TODAY) == len(expected)
    assert book.pages.number(query, TODAY, most=size) == min(size, len(expected))
    assert book.pages.ids(query, TODAY) == tuple(expected)
    assert book.pages.ids(query, TODAY, size, size) == tuple(expected[size : 2 * size])
    places = {id_: place for place, id_ in enumerate(expected)}
    assert book.pages.places_of(query, TODAY, texts) == places


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=queries, size=st.integers(1, 9), skip=st.integers(0, 70))
def test_a_page_further_on_is_found_from_either_end(
    many: tuple[Book, dict[int, list[str]]], query: Query, size: int, skip: int
) -> None:
    book, texts = many
    expected = naive(texts, query, book.prospects())
    page = book.pages.page(query, TODAY, size=size, skip=skip)
    assert ids(page) == expected[skip : skip + size]
    assert page.more is (skip + size < len(expected))
    page = book.pages.page(query, TODAY, size=size, skip=skip, last=True)
    end = max(0, len(expected) - skip)
    assert ids(page) == expected[max(0, end - size) : end]
    assert page.more is (end > size)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=queries, most=st.none() | st.integers(1, 70), chosen=st.integers(0, 60))
def test_a_look_is_the_number_the_place_and_the_page_of_whoever_was_chosen(
    many: tuple[Book, dict[int, list[str]]], query: Query, most: int | None, chosen: int
) -> None:
    book, texts = many
    expected = naive(texts, query, book.prospects())
    with patch("fitcheck.store.pages.SIZE", 7):
        number, place, row, page = book.pages.look(query, TODAY, chosen or None, most)
    assert number == min(len(expected), most or len(expected))
    there = expected.index(chosen) if chosen in expected else None
    assert place == (there if there is not None and (most is None or there < most) else None)
    assert row == (place or 0) // 7 * 7
    assert ids(page) == expected[row : row + 7]
    assert page.more is (row + 7 < len(expected))
    if page.last is not None:
        after = book.pages.page(query, TODAY, after=page.last, size=7)
        assert ids(after) == expected[row + 7 : row + 14]


def test_what_is_not_wanted_any_more_is_not_looked_for(
    many: tuple[Book, dict[int, list[str]]],
) -> None:
    book, _texts = many
    with patch("fitcheck.store.pages._ASK_AFTER", 1):
        for read in (book.pages.page, book.pages.number):
            with pytest.raises(CalledOff):
                read(Query("z"), TODAY, wanted=lambda: False)
        assert book.pages.number(Query("zoë"), TODAY, wanted=lambda: True) > 0
    assert book.pages.page(Query("z"), TODAY).lines, "and nobody else is held up by that"


def test_names_stand_where_one_looks_for_them(book: Book) -> None:
    names = ("Zoe", "élodie", "Łukasz", "Eva", "Lara", "Østen", "Oscar", "Pia", "Ängel", "angela")
    for name in names:
        book.add_prospect(Prospect(name)).result()
    page = book.pages.page(Query(sort=Sort.NAME, descending=False), TODAY)
    assert [line.prospect.name for line in page.lines] == [
        *("Ängel", "angela", "élodie", "Eva", "Lara", "Łukasz", "Oscar", "Østen", "Pia", "Zoe")
    ]


def test_the_places_where_most_were_met_come_first(many: tuple[Book, Any]) -> None:
    book, _texts = many
    assert [*book.pages.met_at(9).items()] == [("FAIR", 30), ("Straße", 15)]
    assert list(book.pages.met_at(1)) == ["FAIR"]


def test_tags_are_given_taken_and_given_back(book: Book) -> None:
    a, b, c = (book.add_prospect(Prospect(name)).result() for name in "abc")
    book.abouts.save(a, About(notes="kept", tags=("Fair 26", "old"))).result()
    changed = {line.id: line.changed for line in book.prospects()}
    before = book.abouts.tag([a, b, 999], ["New  one", "new one", " "], ["OLD"]).result()
    assert before == {a: ("Fair 26", "old"), b: ()}
    assert {line.id: line.tags for line in book.pages.lines([c, b, a, 999])} == {
        c: (),
        b: ("New one",),
        a: ("Fair 26", "New one"),
    }
    assert book.abouts.tags() == {"Fair 26": 1, "New one": 2}
    assert book.abouts.tags_of([b, c]) == {"New one": 1}
    assert book.abouts.tags_of([]) == {}
    assert book.pages.ids(Query("fair", tag="NEW one"), TODAY) == (a,)
    book.abouts.retag(before).result()
    assert book.pages.ids(Query(tag="old"), TODAY) == (a,)
    assert book.pages.ids(Query("new"), TODAY) == ()
    assert book.abouts.about(a) == About(notes="kept", tags=("Fair 26", "old"))
    assert {line.id: line.changed for line in book.prospects()} == changed, "it is no news of them"


@pytest.mark.parametrize("search", SEARCHES)
def test_whatever_is_typed_is_looked_for_as_it_stands(
    many: tuple[Book, dict[int, list[str]]], search: str
) -> None:
    book, texts = many
    expected = naive(texts, Query(search), book.prospects())
    assert [id_ for page in through(book, Query(search), 100) for id_ in ids(page)] == expected


def test_a_key_leads_on_where_its_prospect_has_gone(book: Book) -> None:
    people = [book.add_prospect(Prospect(name)).result() for name in "abcd"]
    query = Query(sort=Sort.NAME, descending=False)
    page = book.pages.page(query, TODAY, size=2)
    assert ids(page) == people[:2]
    with writing(book._engine).begin() as connection:
        forget(connection, people[1], TODAY)
    assert ids(book.pages.page(query, TODAY, after=page.last, size=2)) == people[2:]
    assert "b" not in repr(page.last)


def rows_of(book: Book, table: Any) -> list[Any]:
    with book._engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(table).order_by(*table.c))]


def test_every_change_is_followed(book: Book, summary: Callable[[Recommendation], Summary]) -> None:
    """A note that is written, changed, undone; a contact; an erasure."""
    id_ = book.add_prospect(Prospect("Ann")).result()
    assessment = book.add_assessment(id_, BLANK).result()

    def found(search: str) -> bool:
        return bool(book.pages.page(Query(search), TODAY).lines)

    steps = [
        (None, {"note": "velvet", "value": None, "evidence": None, "quote": ""}),
        ({"note": "velvet"}, {"note": "", "value": None, "evidence": None, "quote": "linen"}),
        ({"note": ""}, None),
    ]
    for (before, after), words in zip(steps, ("velvet", "linen", ""), strict=True):
        change = Change(Subject.ANSWER, "ease", before, after)
        event = Event(EventKind.SET, change)
        book.record(assessment, event, "", summary(Recommendation.STAGE)).result()
        assert {each for each in ("velvet", "linen") if found(each)} == ({words} - {""})
    book.edit_prospect(id_, Prospect("Bea")).result()
    assert (found("ann"), found("bea")) == (False, True)
    before_it = rows_of(book, tables.line), rows_of(book, tables.said)
    with writing(book._engine).begin() as connection:
        lines.refresh(connection, id_)
        lines.hear_all(connection, assessment)
    assert (rows_of(book, tables.line), rows_of(book, tables.said)) == before_it


def index_of(book: Book) -> bytes:
    """All that lies in the tables of the search's index."""
    with book._engine.connect() as connection:
        blocks = connection.exec_driver_sql("SELECT block FROM said_index_data")
        return b"".join(block for (block,) in blocks)


@pytest.mark.parametrize("secure", [True, False])
def test_the_index_forgets_whom_the_book_forgets(book: Book, secure: bool) -> None:
    """The second time round shows that the test would see it, were the option not set."""
    with writing(book._engine).begin() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO said_index (said_index, rank) VALUES ('secure-delete', {secure:d})"
        )
    book.add_prospect(Prospect("somebody who stays")).result()
    id_ = book.add_prospect(Prospect("𓀀 gone")).result()
    spoken = replace(BLANK, answers={"ease": Answer("ease", 1, None, "ꙮ", "ሀ")})
    book.add_assessment(id_, spoken).result()
    # No two begin with the same byte, or the index would write that but once.
    theirs = [character.encode() for character in "𓀀ꙮሀ"]
    assert all(each in index_of(book) for each in theirs)
    with writing(book._engine).begin() as connection:
        forget(connection, id_, TODAY)
        connection.exec_driver_sql("INSERT INTO said_index (said_index) VALUES ('integrity-check')")
    assert any(each in index_of(book) for each in theirs) is not secure
    assert [line.prospect.name for line in book.prospects()] == ["somebody who stays"]


def test_the_program_asks_for_what_its_preferences_show(tmp_path: Path) -> None:
    fitcheck = FitCheck.open(tmp_path / "data", lambda: TODAY)
    people = [fitcheck.add_prospect(Prospect(name)) for name in ("b", "a", "c")]
    query = Query(sort=Sort.NAME, descending=False)
    page = fitcheck.listing.page(query)
    assert [line.prospect.name for line in page.lines] == ["a", "b", "c"]
    assert page.last == SortKey("c", people[2])
    fitcheck.decide(people[0], Action.STAGE)
    assert fitcheck.listing.number(replace(query, phase=Phase.STAGE)) == 1
    assert fitcheck.listing.places_of(query, people[:1]) == {people[0]: 1}
    assert fitcheck.listing.places_of(replace(query, phase=Phase.OPEN), people[:1]) == {}
    fitcheck.close()


# The first page, which is read before SQLAlchemy is there


@pytest.mark.parametrize("show_totals", [False, True])
def test_the_first_page_is_read_by_the_statements_that_sqlalchemy_makes(
    many: tuple[Book, dict[int, list[str]]], show_totals: bool
) -> None:
    book, _texts = many
    said: dict[str, list[str]] = {"sqlalchemy": [], "driver": []}

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said["sqlalchemy"].append(" ".join(statement.split()))

    first = FirstPage(book.vault)
    event.listen(book.vault.engine, "before_cursor_execute", hear)
    try:
        driver = first._connection
        with patch.object(first, "_connection", wraps=driver) as heard:
            for sort in Sort:
                for descending in (False, True):
                    query = Query(sort=sort, descending=descending, show_totals=show_totals)
                    number, _place, _row, page = book.pages.look(query, TODAY, None, None)
                    assert first.page(query) == (number, page)
                    assert page.more, "there are more than one page"
            kept = first.preferences()
            assert preferences_of(kept) == book.preferences()
        said["driver"] = [call.args[0] for call in heard.execute.call_args_list]
    finally:
        event.remove(book.vault.engine, "before_cursor_execute", hear)
        first.close()
    read = {name: [s for s in each if s.startswith("SELECT")] for name, each in said.items()}
    assert read["driver"] == read["sqlalchemy"]
    assert len(set(read["driver"])) == 3 + 2 * len(Sort), "an order has a statement of its own"


def test_what_the_first_page_is_read_from_is_told_as_damaged_if_it_is(
    many: tuple[Book, dict[int, list[str]]],
) -> None:
    book, _texts = many
    first = FirstPage(book.vault)
    with (
        patch("fitcheck.store.first_page.keys", lambda query: f"{keys(query)} NONSENSE"),
        pytest.raises(dbapi2.OperationalError),
    ):
        first.page(Query())
    with patch.object(first, "_connection") as broken:
        broken.execute.side_effect = MemoryError  # what SQLCipher makes of a damaged page
        with pytest.raises(WrongKeyOrDamaged):
            first.preferences()
    assert first.page(Query())[0] == 60, "and goes on"
    first.close()
    first.close()
