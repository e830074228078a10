"""The book: what is written is what is read, in the order and under the phase that the list has."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fitcheck.changes import FIELD_TYPES
from fitcheck.domain.assessment import Answer, Assessment, DealBreakerState, Prospect
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.history import Change, Event, EventKind, Subject
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Phase, Summary
from fitcheck.domain.period import Opening
from fitcheck.store import tables
from fitcheck.store.book import Book
from fitcheck.store.listing import listed

Summaries = Callable[[Recommendation], Summary]

PROCEED = Recommendation.PROCEED


def names(book: Book, search: str = "", phase: Phase = Phase.ALL) -> list[str]:
    return [line.prospect.name for line in book.prospects(search, phase)]


def answered(question: str, note: str, before: str | None = None) -> Event:
    old = None if before is None else {"value": 3, "evidence": "reported", "note": before}
    new = {"value": 3, "evidence": "reported", "note": note}
    return Event(EventKind.SET, Change(Subject.ANSWER, question, old, new))


class TestProspects:
    def test_a_prospect_comes_back_as_it_was_written(self, book: Book, contact: Prospect) -> None:
        id_ = book.add_prospect(contact).result()
        assert book.prospect(id_) == contact
        (line,) = book.prospects()
        assert (line.id, line.prospect, line.latest) == (id_, contact, None)
        assert line.changed.tzinfo is dt.UTC

    def test_what_they_said_belongs_to_an_assessment(self, book: Book, contact: Prospect) -> None:
        id_ = book.add_prospect(replace(contact, in_their_words="calm")).result()
        book.edit_prospect(id_, replace(contact, in_their_words="calm")).result()
        assert book.prospect(id_) == contact

    def test_editing_replaces_the_contact_everywhere(
        self, book: Book, contact: Prospect, whole: Assessment
    ) -> None:
        id_ = book.add_prospect(contact).result()
        assessment_id = book.add_assessment(id_, whole).result()
        book.edit_prospect(id_, Prospect("Nobody")).result()
        assert names(book, "nobody") == ["Nobody"]
        assert names(book, "Zoë") == []
        prospect = book.load(assessment_id).assessment.prospect
        assert prospect == Prospect("Nobody", in_their_words=whole.prospect.in_their_words)

    @pytest.mark.parametrize(
        "search",
        [
            "zoë",
            "ZOË",
            "zoe\u0308",
            "ångström",
            "ÅNGSTRÖM",
            "strassenbau",
            "STRASSE",
            "head",
            "100%",
            "_real_",
            "  ",
            "gmbh zoë",
            "Works Fair",
        ],
    )
    def test_a_search_finds(self, book: Book, contact: Prospect, search: str) -> None:
        book.add_prospect(contact).result()
        assert names(book, search) == [contact.name]

    @pytest.mark.parametrize("search", ["example.org", "+46", "1__%", "zoë nobody", "%", "\\", "/"])
    def test_a_search_does_not_find(self, book: Book, contact: Prospect, search: str) -> None:
        book.add_prospect(replace(contact, met_at="")).result()
        assert names(book, search) == []

    def test_the_most_recently_changed_comes_first(
        self, book: Book, folder: Path, blank: Assessment, summary: Summaries
    ) -> None:
        book.close()
        clock = iter(
            dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC) + dt.timedelta(microseconds=500_000 * n)
            for n in range(20)
        )
        book = Book.open(folder, lambda: next(clock))
        a, b, c = (book.add_prospect(Prospect(name)).result() for name in "abc")
        assert names(book) == ["c", "b", "a"]
        book.edit_prospect(b, Prospect("b")).result()
        assert names(book) == ["b", "c", "a"]
        assessment_id = book.add_assessment(a, blank).result()
        assert names(book) == ["a", "b", "c"]
        book.edit_prospect(c, Prospect("c")).result()
        book.stand_at(assessment_id, "ease").result()
        assert names(book) == ["c", "a", "b"], "standing somewhere changes nothing"
        book.summarise(assessment_id, summary(PROCEED)).result()
        assert names(book) == ["c", "a", "b"], "nor does knowing more of the same answers"
        book.record(assessment_id, answered("ease", "n"), "ease", summary(PROCEED)).result()
        assert names(book) == ["a", "c", "b"]
        book.edit_prospect(c, Prospect("c")).result()
        book.set_form(assessment_id, Form.EVENT, summary(PROCEED)).result()
        assert names(book) == ["a", "c", "b"]
        book.edit_prospect(c, Prospect("c")).result()
        book.set_finished(assessment_id, True, summary(PROCEED)).result()
        assert names(book) == ["a", "c", "b"]
        book.close()

    @pytest.mark.parametrize("phase", [Phase.ALL, Phase.STAGE])
    def test_a_page_of_the_list_is_one_walk_along_an_index(self, book: Book, phase: Phase) -> None:
        query = listed("", phase, dt.date(2026, 11, 22)).limit(50)
        with book._engine.begin() as connection:
            compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
        first, *rest = [step.detail for step in plan]
        assert "prospect USING INDEX prospect_by" in first
        # Of each on the page: the latest assessment, the period, the trend, tags and follow-ups.
        walked = [step for step in rest if step.startswith("SCAN")]
        assert walked == ["SCAN anon_1"], "the tags of one prospect"
        sought = [step.split()[1] for step in rest if step.startswith("SEARCH")]
        assert sought == ["assessment", "period", "line", "tag", "follow_up"]


class TestPhases:
    def phases(self, book: Book) -> list[Phase]:
        return [phase for phase in Phase if names(book, phase=phase)]

    @pytest.mark.parametrize("recommendation", Recommendation)
    def test_a_prospect_is_open_until_the_assessment_is_finished_and_decided(
        self, book: Book, blank: Assessment, summary: Summaries, recommendation: Recommendation
    ) -> None:
        prospect_id = book.add_prospect(Prospect("a")).result()
        assert self.phases(book) == [Phase.ALL, Phase.OPEN]
        id_ = book.add_assessment(prospect_id, blank, summary(recommendation)).result()
        assert self.phases(book) == [Phase.ALL, Phase.OPEN]
        book.set_finished(id_, True, summary(recommendation)).result()
        undecided = recommendation is Recommendation.UNDECIDED
        phase = Phase.OPEN if undecided else Phase(recommendation.value)
        assert self.phases(book) == [Phase.ALL, phase]
        book.set_finished(id_, False, summary(recommendation)).result()
        assert self.phases(book) == [Phase.ALL, Phase.OPEN]

    def test_the_latest_assessment_is_that_of_the_latest_day(
        self, book: Book, blank: Assessment, summary: Summaries
    ) -> None:
        prospect_id = book.add_prospect(Prospect("a")).result()
        days = [3, 5, 5, 1]
        ids = [
            book.add_assessment(
                prospect_id, replace(blank, date=dt.date(2026, 1, day)), summary(PROCEED)
            ).result()
            for day in days
        ]
        for id_ in ids:
            book.set_finished(id_, True, summary(PROCEED)).result()
        book.set_finished(ids[2], True, summary(Recommendation.DECLINE)).result()
        book.set_finished(ids[3], True, summary(Recommendation.STAGE)).result()
        assert self.phases(book) == [Phase.ALL, Phase.DECLINE]
        lines = book.assessments(prospect_id)
        assert [line.id for line in lines] == [ids[2], ids[1], ids[0], ids[3]]
        assert book.prospects()[0].latest == lines[0]


class TestAssessments:
    def test_a_whole_assessment_comes_back_as_it_was_written(
        self, book: Book, contact: Prospect, whole: Assessment, summary: Summaries
    ) -> None:
        prospect_id = book.add_prospect(contact).result()
        id_ = book.add_assessment(prospect_id, whole, summary(PROCEED)).result()
        stored = book.load(id_)
        assert stored.assessment == whole
        assert (stored.id, stored.prospect_id) == (id_, prospect_id)
        assert (stored.position, stored.finished, stored.events) == ("", False, ())
        (line,) = book.assessments(prospect_id)
        assert (line.date, line.form, line.finished) == (whole.date, whole.form, False)
        assert line.summary == summary(PROCEED)

    def test_a_new_assessment_has_no_summary(self, book: Book, blank: Assessment) -> None:
        prospect_id = book.add_prospect(Prospect("a")).result()
        book.add_assessment(prospect_id, blank).result()
        assert book.assessments(prospect_id)[0].summary is None

    def test_recording_keeps_event_value_position_and_summary(
        self, book: Book, contact: Prospect, whole: Assessment, summary: Summaries
    ) -> None:
        id_ = book.add_assessment(book.add_prospect(contact).result(), whole).result()
        events = [
            Event(EventKind.SET, Change(Subject.ANSWER, "new", None, {"value": 2, "note": "n"})),
            Event(EventKind.SET, Change(Subject.ANSWER, "ease", {"value": 0}, None)),
            Event(EventKind.SET, Change(Subject.DEAL_BREAKER, "unpaid", "suspected", "confirmed")),
            Event(EventKind.SET, Change(Subject.DEAL_BREAKER, "unlawful", "cleared", None)),
            Event(EventKind.UNDO, Change(Subject.FIELD, "stop", ["meetings"], ["one", "two"])),
            Event(EventKind.REDO, Change(Subject.FIELD, "confirmed_on", "2026-11-21", None)),
            Event(EventKind.SET, Change(Subject.FIELD, "in_their_words", "", "gone")),
        ]
        for number, event in enumerate(events):
            book.record(id_, event, f"position {number}", summary(PROCEED)).result()
        stored = book.load(id_)
        assert stored.events == tuple(events)
        assert stored.position == "position 6"
        assert book.prospects()[0].latest == book.assessments(stored.prospect_id)[0]
        assert book.prospects()[0].latest.summary == summary(PROCEED)  # type: ignore[union-attr]
        answers = {**whole.answers, "new": Answer("new", 2, None, "n")}
        del answers["ease"]
        conversation = replace(whole.conversation, stop=("one", "two"), confirmed_on=None)
        assert stored.assessment == replace(
            whole,
            answers=answers,
            deal_breakers={"unpaid": DealBreakerState.CONFIRMED},
            conversation=conversation,
            prospect=replace(contact, in_their_words="gone"),
        )

    def test_form_finish_and_position_are_kept(
        self, book: Book, blank: Assessment, summary: Summaries
    ) -> None:
        id_ = book.add_assessment(book.add_prospect(Prospect("a")).result(), blank).result()
        book.stand_at(id_, "ease").result()
        book.set_form(id_, Form.EVENT, summary(PROCEED)).result()
        book.set_finished(id_, True, summary(PROCEED)).result()
        stored = book.load(id_)
        assert (stored.position, stored.finished) == ("ease", True)
        assert stored.assessment.form is Form.EVENT

    def test_every_field_is_a_field_of_the_store(self, book: Book, whole: Assessment) -> None:
        book.add_assessment(book.add_prospect(Prospect("a")).result(), whole).result()
        with book._engine.begin() as connection:
            keys = set(
                connection.execute(
                    tables.field.select().with_only_columns(tables.field.c.key)
                ).scalars()
            )
        assert keys == FIELD_TYPES.keys()

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.text(max_size=40))
    def test_any_text_comes_back(self, book: Book, blank: Assessment, text: str) -> None:
        prospect = Prospect(text, text, met_at=text, in_their_words=text)
        answer = Answer("ease", 1, Evidence.OBSERVED, text, text)
        assessment = replace(blank, prospect=prospect, answers={"ease": answer})
        id_ = book.add_prospect(prospect).result()
        stored = book.load(book.add_assessment(id_, assessment).result()).assessment
        assert stored == assessment
        book.prospects(text)

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("a\ud83db", "a\ufffdb"), ("\udca1", "\ufffd"), ("\ud83d\udca1", "\U0001f4a1")],
    )
    def test_half_a_surrogate_pair_is_no_reason_to_refuse_an_answer(
        self, book: Book, blank: Assessment, summary: Summaries, typed: str, kept: str
    ) -> None:
        id_ = book.add_assessment(book.add_prospect(Prospect(typed)).result(), blank).result()
        book.record(id_, answered("ease", typed), "ease", summary(PROCEED)).result()
        stored = book.load(id_)
        assert stored.assessment.answers["ease"].note == kept
        assert stored.events[0].change.after["note"] == kept
        assert names(book, typed) == [kept]


class TestWhatIsNotThere:
    def test_reading_it_raises_at_once(self, book: Book) -> None:
        with pytest.raises(KeyError):
            book.prospect(7)
        with pytest.raises(KeyError):
            book.load(7)
        assert book.assessments(7) == ()

    def test_writing_it_fails_whole_and_later_writes_go_on(
        self, book: Book, blank: Assessment, summary: Summaries
    ) -> None:
        writes: list[Future[Any]] = [
            book.edit_prospect(7, Prospect("a")),
            book.add_assessment(7, blank),
            book.stand_at(7, "ease"),
            book.set_form(7, Form.EVENT, summary(PROCEED)),
            book.set_finished(7, True, summary(PROCEED)),
            book.record(7, answered("ease", "n"), "ease", summary(PROCEED)),
        ]
        assert {type(write.exception()) for write in writes} == {KeyError}
        book.add_prospect(Prospect("b")).result()
        assert names(book) == ["b"]
        with book._engine.begin() as connection:
            assert connection.execute(tables.event.select()).all() == []


def test_readers_never_fail_and_never_see_half_a_transaction(
    book: Book, blank: Assessment, summary: Summaries
) -> None:
    id_ = book.add_assessment(book.add_prospect(Prospect("a")).result(), blank).result()
    done = threading.Event()
    seen: list[int] = []
    failures: list[BaseException] = []

    def read() -> None:
        try:
            while not done.is_set():
                stored = book.load(id_)
                count = len(stored.events)
                expected = str(count) if count else ""
                assert stored.position == expected
                answer = stored.assessment.answers.get("ease")
                assert (answer.note if answer else "") == expected
                book.prospects("a", Phase.OPEN)
                seen.append(count)
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    writes = [
        book.record(id_, answered("ease", str(n), str(n - 1)), str(n), summary(PROCEED))
        for n in range(1, 61)
    ]
    for write in writes:
        write.result()
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert len(set(seen)) > 5, "the readers read while the writer wrote"


def test_two_books_can_be_open_over_two_folders_at_once(tmp_path: Path) -> None:
    one, two = Book.open(tmp_path / "one"), Book.open(tmp_path / "two")
    one.add_prospect(Prospect("a")).result()
    assert (names(one), names(two)) == (["a"], [])
    one.close()
    two.close()


def test_closing_twice_is_harmless(folder: Path) -> None:
    book = Book.open(folder)
    book.close()
    book.close()
    with pytest.raises(RuntimeError, match="closed"):
        book.add_prospect(Prospect("a"))


def test_an_assessment_comes_with_its_prospect_or_neither_does(
    book: Book, whole: Assessment, summary: Callable[[Recommendation], Summary]
) -> None:
    opening = Opening(dt.date(2026, 11, 21))
    with pytest.raises(KeyError):
        book.add_whole(7, whole, summary(Recommendation.STAGE), finished=True).result()
    spoilt = replace(whole, answers={"x": replace(whole.answers["ease"], evidence="x")})  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        book.add_whole(opening, spoilt, summary(Recommendation.STAGE), finished=True).result()
    assert book.prospects() == ()
    added = book.add_whole(opening, whole, summary(Recommendation.STAGE), finished=True).result()
    (line,) = book.prospects()
    assert line.latest is not None
    assert (line.latest.id, line.latest.finished) == (added, True)
    again = book.add_whole(line.id, whole, summary(Recommendation.STAGE), finished=False).result()
    assert {each.id for each in book.assessments(line.id)} == {added, again}
