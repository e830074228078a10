"""A person's file says all that is kept of them, in words, and carries it; a proof names nobody."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, pairwise
from typing import Any

import pikepdf
import pytest

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.book import About
from fitcheck.domain.book_years import BookMove
from fitcheck.domain.erasure import Searched
from fitcheck.domain.history import Change, Event, EventKind, Subject
from fitcheck.domain.keeping import Keeping
from fitcheck.domain.period import Decision, Extension, Opening, Period
from fitcheck.domain.person import Logged, Person, PersonAssessment
from fitcheck.domain.policy import Action
from fitcheck.domain.profile import Paper
from fitcheck.domain.referral import Result
from fitcheck.domain.report import Edition, ErasureSheet
from fitcheck.exchange.person_json import NAME, read_person
from fitcheck.place import InquiryPlace, place_text
from reports import person_view
from reports.erasure_view import outcome
from reports.render import render, suggested_file_name
from tests.reports import people
from tests.reports.canaries import nothing_opened, plant, read_what_is_kept
from tests.reports.conftest import everything_in, overprinted, text_of
from tests.reports.documents import BRANDED, erasure, pdf, person, person_file
from tests.reports.hostile import HOSTILE
from tests.reports.hostile_fields import plain, planted
from tests.store.later import later

DAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, 5, tzinfo=dt.UTC)


def with_history(*changes: Change, kind: EventKind = EventKind.SET) -> Person:
    """The person with these changes to an assessment in which nothing is answered."""
    of = replace(people.assessment(full=False), answers={})
    history = tuple(Logged(NOON, Event(kind, change)) for change in changes)
    one = PersonAssessment(of, NOON, False, "", None, "", history)
    return replace(person(), assessments=(one,))


def changed(of: Person) -> list[Any]:
    (one,) = person_view.context(person_file(of))["assessed"]
    return list(one.changes)


def test_every_text_that_is_kept_of_them_is_on_paper(full: Assessment) -> None:
    planted = plant(people.overridden(full), Edition.PROSPECT)
    events = [
        Change(Subject.ANSWER, "opener", {"note": "zq9001"}, {"note": "zq9002", "value": 3}),
        Change(Subject.ANSWER, "never heard of", None, {"quote": "zq9003"}),
        Change(Subject.FIELD, "plan", {"scope": "zq9004"}, {"stages": [{"goal": "zq9005"}]}),
        Change(Subject.FIELD, "piles", {"keep": ["zq9006"]}, {"keep": ["zq9007"]}),
        Change(Subject.FIELD, "of another day", {"deep": [["zq9008"]]}, 7),
    ]
    history = tuple(Logged(NOON, Event(EventKind.SET, change)) for change in events)
    place = place_text("opener", InquiryPlace("p", {}, "zq9009"))
    one = PersonAssessment(planted.assessment, NOON, False, place, None, "zq9010", history)
    steps = (
        Opening(DAY),
        Extension(DAY, dt.date(2026, 12, 1), "zq9011"),
        Decision(DAY, Action.STAGE, "zq9012"),
    )
    came = later("zq9020")
    move = BookMove(DAY, DAY, reason="zq9021")
    of = replace(
        person(),
        prospect=replace(planted.assessment.prospect, in_their_words=""),
        period=Period(steps),
        assessments=(one,),
        about=About("zq9013", "zq9014", ("https://zq9015",), ("zq9016",)),
        follow_ups=(replace(came.follow_ups[0], reason="zq9017", moves=(move,)),),
        outcomes=(replace(came.outcomes[0], words="zq9018"),),
        referrals=(replace(came.referrals[0], name="zq9019", words="zq9020"),),
    )
    made = render(person_file(of), Paper.A4)
    shown = set(re.findall(r"[zy]q\d{4}", text_of(made)))
    wanted = planted.private | planted.public | {f"zq{number}" for number in range(9001, 9022)}
    assert len(wanted) > 70
    assert wanted - shown == set()


def test_five_hundred_hostile_texts_are_shown_as_text(
    record_property: Callable[[str, object], None],
) -> None:
    """As changes, all of them; and as many as there are fields in the fields, too."""
    packs = [HOSTILE[start : start + 250] for start in range(0, len(HOSTILE), 250)]
    for packed in packs:
        changes = [Change(Subject.FIELD, "my_agenda", "", text) for text in packed]
        of = with_history(*changes)
        (one,) = of.assessments
        fields = planted(cycle(packed)).assessment
        of = replace(
            of,
            prospect=replace(fields.prospect, in_their_words=""),
            assessments=(replace(one, assessment=fields, form_token=packed[0]),),
        )
        read_what_is_kept()
        with nothing_opened() as opened:
            made = render(person_file(of), Paper.A4)
        assert opened == []
        shown = plain(text_of(made))
        for text in packed:
            # What runs from right to left, or holds controls, is read in another order.
            if not re.search("[\x00\u0590-\u06ff\u202a-\u202e]", text):
                assert plain(text) in shown, text
        with pikepdf.open(io.BytesIO(made)) as document:
            assert list(document.attachments) == [NAME]
            assert not {"/OpenAction", "/AA", "/AcroForm"} & set(document.Root.keys())
            assert not any("/Annots" in page or "/AA" in page for page in document.pages)
    record_property("counted", f"{len(HOSTILE)} hostile texts in {len(packs)} files of a person")


def test_it_carries_all_of_it_as_json() -> None:
    with pikepdf.open(io.BytesIO(pdf("person", Paper.A4))) as document:
        assert read_person(document.attachments[NAME].get_file().read_bytes()) == person()


def test_it_is_named_after_them_and_the_day() -> None:
    name = suggested_file_name(person_file(person()))
    assert name == "petra-lindqvist-what-i-keep-about-you-2026-11-22.pdf"


def test_it_speaks_to_them_and_not_of_what_only_the_consultant_needs() -> None:
    shown = text_of(pdf("person", Paper.A4))
    for text in (
        "You asked what I keep about you",
        "2 years after the last change",
        "When it last asked, on 1 June 2026, I still did.",
        "4 March 2025 I decided: Decline. Not before the new hall is built.",
        "I took that decision back.",
        "My gut feeling",
        "She said what she didn’t know before I asked.",
        "37 minutes",
        "They never asked the",
        "What you answered yourself",
    ):
        assert text in shown, text
    assert "Confidential" not in shown
    assert overprinted(pdf("person", Paper.A4)) == []


def test_what_came_of_them_is_told_in_words() -> None:
    """Every day, mark, figure and result."""
    what = later("soon")
    of = replace(
        person(),
        about=what.about,
        follow_ups=what.follow_ups,
        outcomes=what.outcomes,
        referrals=(
            *what.referrals,
            *(
                replace(what.referrals[0], result=result)
                for result in (Result.WORKING, Result.NOTHING)
            ),
        ),
        forecasts={1: what.forecast},
        assessments=(),
    )
    shown = " ".join(text_of(render(person_file(of), Paper.A4)).replace("‐ ", "").split())
    for text in (
        "How you came to me through soon",
        "https://soon",
        "tag soon Zebra",
        "What I noted noted soon",
        "Assess again Planned for 30 November 2026, 14:05. ask again soon",
        "Put on another day on 22 November 2026: 1 December 2026, 09:30. away soon",
        "Put on another day on 22 November 2026: 5 December 2026.",
        "The program had suggested 29 November 2026.",
        "Done on 22 November 2026.",
        "Good 25%, workable 50%, poor 25%.",
        "My rules recommended: Stage the work. In the end I recommended: Proceed.",
        "My gut feeling: Decline.",
        "Chemistry: 50%. Trust: 75%. Hunch: 12%.",
        "After ninety days: You paid on time; I would work with you again. came soon",
        "At the end, or after a year: none of the four signs that I look for.",
        "I sent you to Åsa soon. On 22 November 2026 I heard that you had met. they said soon",
        "I heard that you work together",
        "I heard that nothing came of it",
        "I sent you to Somebody. I have not heard what came of it.",
    ):
        assert text in shown, text


def test_a_day_of_their_own_is_told() -> None:
    of = replace(person(), keeping=Keeping(until=dt.date(2027, 6, 1)), assessments=())
    shown = text_of(render(person_file(of, BRANDED), Paper.A4))
    assert "until 1 June 2027, a day that I chose for you" in shown
    assert "When it last asked" not in shown


def test_what_was_only_typed_on_is_shown_as_it_ended() -> None:
    texts = ("", "Ca", "Came with", "Came late")
    lines = changed(
        with_history(
            *(
                Change(Subject.ANSWER, "opener", {"note": then}, {"note": now})
                for then, now in pairwise(texts)
            )
        )
    )
    assert [(line.moved.before, line.moved.after) for line in lines] == [
        ("", "Came with"),
        ("Came with", "Came late"),
    ]


def test_what_was_taken_back_is_said_to_be() -> None:
    change = Change(Subject.DEAL_BREAKER, "no-budget", "suspected", None)
    (line,) = changed(with_history(change, kind=EventKind.UNDO))
    assert (line.how, line.when) == ("taken back", "22 November 2026, 12:05 UTC")
    assert (line.moved.before, line.moved.after) == ("Suspected", "")
    assert "no budget" in line.moved.place


def test_an_answer_is_told_in_the_banks_words() -> None:
    question = people.BANK.questions[0]
    after = {"value": 3, "evidence": "reported"}
    of = with_history(Change(Subject.ANSWER, question.id, {"value": "unknown"}, after))
    answer, evidence = changed(of)
    assert answer.moved.before == "Don’t know yet"
    assert answer.moved.after == f"4 of 5: {question.levels[3]}"
    assert evidence.moved.after == "Reported"


def test_what_can_no_longer_be_said_in_words_is_said_as_it_is() -> None:
    odd = {"problem": "C", "when": "some day", "confirmed_at": "noon", "value": [1.5, True]}
    (first, *_others) = lines = changed(with_history(Change(Subject.FIELD, "odd", None, odd)))
    assert {line.moved.after for line in lines} == {"C", "some day", "noon", "1.5", "True"}
    assert first.moved.place.startswith("odd")


def test_changes_without_end_are_left_to_the_file_inside() -> None:
    long = "word " * (person_view.MOST_CHANGES // 10)
    of = with_history(
        Change(Subject.FIELD, "my_agenda", "", long), Change(Subject.FIELD, "my_agenda", long, "")
    )
    shown = text_of(render(person_file(of), Paper.A4))
    assert "hundreds of pages" in shown
    assert "word word" not in shown
    assert person_view.context(person_file(person()))["changes_shown"]


class TestTheProof:
    def test_it_says_where_was_searched_and_names_nobody(self) -> None:
        made = pdf("erasure", Paper.A4)
        shown = text_of(made)
        for text in (
            "22 November 2026, 09:30 UTC",
            "223 short pieces",
            "8e6276719ecf60058e99f99fc0ef7f3e",
            "logs/fitcheck.log",
            "could not be read",
            "another prospect’s answers, your colleagues",
            "delete those yourself",
        ):
            assert text in shown, text
        raw = everything_in(made)
        assert b"Marlow" not in raw
        assert b"Petra" not in raw
        assert suggested_file_name(ErasureSheet(erasure())) == "erasure-8e627671-2026-11-22.pdf"

    @pytest.mark.parametrize(
        ("place", "said"),
        [
            (Searched("book.db", 3), "Nothing of them was found."),
            (Searched("a", 0, readable=False), "in what could be read. 1 file could not"),
            (Searched("book.db", 3, ("answer",)), "Some of the same words still stand"),
        ],
    )
    def test_its_outcome_is_one_sentence_or_two(self, place: Searched, said: str) -> None:
        assert said in outcome(replace(erasure(), places=(Searched("book.key", 0), place)))


def test_a_person_of_whom_hardly_anything_is_kept_has_a_file_too() -> None:
    of = replace(
        person(),
        prospect=replace(person().prospect, organisation="", role="", email="", phone=""),
        keeping=Keeping(),
        period=Period((Opening(DAY, dt.date(2026, 12, 6)),)),
        assessments=(),
        about=About(),
        follow_ups=(),
        outcomes=(),
        referrals=(),
        forecasts={},
    )
    shown = text_of(render(person_file(of), Paper.LETTER))
    assert "We began, and meant to decide by 6 December 2026." in shown
    for heading in ("My assessment", "What I noted", "turn to you", "came out", "sent you"):
        assert heading not in shown
