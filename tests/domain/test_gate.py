"""The second gate: private words in a document are found, whatever they look like there."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import types
import typing
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fitcheck.domain.assessment import (
    Answer,
    Assessment,
    Conversation,
    Dissent,
    Gut,
    NextStep,
    Override,
    Prospect,
)
from fitcheck.domain.bank import DISAGREEMENT, Form
from fitcheck.domain.book import About
from fitcheck.domain.book_years import BookFollowUp, BookMove, BookOutcome, BookReferral
from fitcheck.domain.follow_up import Purpose
from fitcheck.domain.gate import HELD, RUN, held_back, release, repeats
from fitcheck.domain.outcome import Occasion
from fitcheck.domain.plan import (
    Cases,
    Expectation,
    Letter,
    Measure,
    Plan,
    Referral,
    Risk,
    RiskKind,
    Roles,
    Stage,
)
from fitcheck.domain.policy import Action, Appetite
from fitcheck.domain.private_texts import (
    Kind,
    Place,
    PrivateText,
    private_texts,
    texts_beside,
    told_texts,
    written_texts,
)
from fitcheck.domain.referral import Result
from fitcheck.domain.report import Edition
from fitcheck.library import CURRENT_BANK, CURRENT_POLICY, load_bank

BANK = load_bank()
TODAY = dt.date(2026, 11, 21)
NOTE = "He blamed his assistant twice and never once looked at her figures"
PLACE = Place(Kind.NOTE, "keeps-word")


def found(pages: str | list[str], *private: str, **allowed: Any) -> list[str]:
    """The words of the private texts that those pages repeat."""
    texts = [PrivateText(PLACE, text) for text in private]
    sheets = [pages] if isinstance(pages, str) else pages
    return [repeat.words for repeat in repeats(sheets, texts, **allowed)]


def words(count: int, seed: int) -> list[str]:
    """Words that occur once."""
    chance = random.Random(seed)
    return ["".join(chance.choices("abcdefghijklmnoprstuvwyzäöéß", k=9)) for _ in range(count)]


# What is found


def test_eight_words_are_found_and_seven_are_not() -> None:
    eight = " ".join(NOTE.split()[:RUN])
    seven = " ".join(NOTE.split()[: RUN - 1])
    assert found(f"We agreed: {eight}. Then lunch.", NOTE) == [eight]
    assert found(f"We agreed: {seven}. Then lunch.", NOTE) == []
    assert found(eight, seven) == []


separators = st.lists(
    st.sampled_from([" ", "  ", "\n", "\r\n", ", ", " – ", "; ", "… ", ") (", "\u00a0", "\t"]),
    min_size=RUN + 2,
    max_size=RUN + 2,
)
cases = st.lists(st.sampled_from([str, str.upper, str.title]), min_size=RUN, max_size=RUN)


def written(plant: list[str], between: list[str], how: list[Any]) -> str:
    spelt = [change(word) for change, word in zip(how, plant, strict=False)]
    return "".join(part for pair in zip(between, spelt, strict=False) for part in pair)


@settings(deadline=None)
@given(st.integers(), separators, cases, st.integers(0, 30))
def test_eight_words_are_found_whatever_is_between_and_however_written(
    seed: int, between: list[str], how: list[Any], at: int
) -> None:
    private, other = words(40, seed), words(60, seed + 1)
    plant = private[at : at + RUN]
    page = " ".join([*other[:30], written(plant, between, how), *other[30:]])
    assert found(page, " ".join(private)) == [" ".join(plant)]


@settings(deadline=None)
@given(st.integers(), separators, cases, st.integers(0, 30))
def test_seven_words_are_not_found(seed: int, between: list[str], how: list[Any], at: int) -> None:
    private, other = words(40, seed), words(60, seed + 1)
    plant = private[at : at + RUN - 1]
    page = " ".join([*other[:30], written(plant, between, how), *other[30:]])
    assert found(page, " ".join(private)) == []


@settings(deadline=None)
@given(st.integers(), st.integers(0, 30), st.integers(RUN, 10))
def test_what_is_told_or_released_is_not_found(seed: int, at: int, count: int) -> None:
    private, other = words(40, seed), words(60, seed + 1)
    plant = " ".join(private[at : at + count])
    page = " ".join([*other[:30], plant, *other[30:]])
    assert found(page, " ".join(private), told=[f"We know that {plant}."]) == []
    assert found(page, " ".join(private), released=[plant.upper()]) == []


def test_a_broken_line_a_hyphen_and_an_apostrophe_hide_nothing() -> None:
    note = "the office’s well-known long-term disadvantages aren't mentioned in efficient files"
    broken = (
        "The office's well-\r\nknown long‐term disad‐\r\nvantages aren’t men\u00adtioned "
        "in eﬃ\ufffe\ncient ﬁles"
    )
    assert found(broken, note) == [note]
    endless = "x" * 200
    note = f"they sent {endless} and asked what it should mean"
    page = (
        f"they sent {endless[:90]}\r\n{endless[90:180]}\r\n{endless[180:]} and asked what it should"
    )
    assert len(found(page, note)) == 1
    zero_width = note.replace("x" * 40, "x" * 40 + "\u200b")
    assert found(zero_width, note) == [note]


def test_a_word_is_only_itself() -> None:
    note = "one two three four five six seven ate"
    assert found("one two three four five six seven atelier", note) == []
    assert found("anyone two three four five six seven ate", note) == []
    assert found("one two three four five six seven ate", note) == [note]


def test_a_long_run_is_one_repetition_and_two_are_two() -> None:
    note = " ".join(words(30, 1))
    assert found(f"So: {note}!", note) == [note]
    parts = note.split()
    first, second = " ".join(parts[:9]), " ".join(parts[12:22])
    assert found(f"{first} and {second}", note) == [first, second]


def test_the_page_and_the_words_around_are_said() -> None:
    pages = [
        "Nothing here",
        f"Yesterday, in\nthe yard: {NOTE.upper()}. And so we parted as friends",
    ]
    [repeat] = repeats(pages, [PrivateText(PLACE, f"Remember: {NOTE}")])
    assert repeat.place == PLACE
    assert repeat.words == NOTE
    assert repeat.page == 2
    assert repeat.printed == NOTE.upper()
    assert repeat.before.endswith("Yesterday, in the yard")
    assert repeat.after == "And so we parted as friends"


def test_a_sentence_that_goes_on_on_the_next_page_is_found() -> None:
    parts = NOTE.split()
    foot = "Calder Consulting · calder.example Page {page} of 3"
    pages = [
        f"One\n{' '.join(parts[:5])}\n{foot.format(page=1)}",
        f"{' '.join(parts[5:])}\nTwo\n{foot.format(page=2)}",
        f"Three\n{foot.format(page=3)}",
    ]
    [repeat] = repeats(pages, [PrivateText(PLACE, NOTE)])
    assert (repeat.words, repeat.page) == (NOTE, 1)


def test_runs_that_are_printed_in_different_places_are_told_as_one_with_the_first() -> None:
    nine = NOTE.split()[:9]
    page = f"{' '.join(nine[:8])} – {' '.join(nine[1:])}"
    [repeat] = repeats([page], [PrivateText(PLACE, " ".join(nine))])
    assert repeat.words == " ".join(nine)
    assert repeat.printed == " ".join(nine[:8])


def test_no_text_and_no_words_are_no_repetition() -> None:
    assert found([], NOTE) == []
    assert found("", NOTE) == []
    assert found("… – !", "", "… – !", "¼") == []


# Who may say what


def test_their_words_may_be_said_back_in_the_plan_and_ours_may_not() -> None:
    texts = [PrivateText(PLACE, NOTE), PrivateText(Place(Kind.QUOTE, "x"), NOTE, theirs=True)]
    assert len(repeats([NOTE], texts)) == 2
    [ours] = repeats([NOTE], texts, written=[f"Agreed: {NOTE}"])
    assert ours.place.kind is Kind.NOTE
    assert repeats([NOTE], texts, told=[NOTE]) == ()


def assessment(**changes: Any) -> Assessment:
    """Of somebody of whom nothing else is written."""
    bare = Assessment(
        TODAY, CURRENT_BANK, CURRENT_POLICY, Form.FULL, Appetite.BALANCED, Prospect("Ada Bell")
    )
    return replace(bare, **changes)


def test_a_note_in_the_plan_holds_the_document_back_until_exactly_it_is_released() -> None:
    noted = assessment(answers={"keeps-word": Answer("keeps-word", 1, note=f"{NOTE}, or his own")})
    held = held_back(noted, BANK, Edition.PROSPECT, [f"Condition: {NOTE}"])
    assert [repeat.place for repeat in held] == [PLACE]
    record = release(held * 2, Edition.PROSPECT, TODAY)
    assert (record.date, record.edition, record.words) == (TODAY, "prospect", (NOTE,))
    released = replace(noted, releases=(record,))
    assert held_back(released, BANK, Edition.PROSPECT, [f"Condition: {NOTE}"]) == ()
    # Not one word more, and not in another document.
    [more] = held_back(released, BANK, Edition.PROSPECT, [f"Condition: {NOTE}, or his"])
    assert more.words.endswith("or his")
    assert held_back(released, BANK, Edition.DECLINE, [NOTE])


def test_the_private_file_and_the_form_are_never_held_back() -> None:
    noted = assessment(answers={"keeps-word": Answer("keeps-word", 1, note=NOTE)})
    for edition in (Edition.PRIVATE, Edition.FORM):
        assert held_back(noted, BANK, edition, [NOTE]) == ()


def test_the_answer_to_i7_is_for_the_document_and_another_quote_is_not() -> None:
    quoted = assessment(answers={DISAGREEMENT: Answer(DISAGREEMENT, 3, quote=NOTE)})
    assert held_back(quoted, BANK, Edition.PROSPECT, [NOTE]) == ()
    quoted = assessment(answers={"keeps-word": Answer("keeps-word", 3, quote=NOTE)})
    assert held_back(quoted, BANK, Edition.PROSPECT, [NOTE])


def test_a_restatement_is_told_once_it_is_confirmed() -> None:
    heard = Conversation(restatement=NOTE, problem_now=NOTE)
    held = held_back(assessment(conversation=heard), BANK, Edition.PROSPECT, [NOTE])
    assert {repeat.place.kind for repeat in held} == {Kind.RESTATEMENT, Kind.PROBLEM_NOW}
    heard = replace(heard, confirmed_on=TODAY)
    assert held_back(assessment(conversation=heard), BANK, Edition.PROSPECT, [NOTE]) == ()


def test_a_reason_for_declining_is_private_until_it_is_picked() -> None:
    plan = Plan(reasons=(NOTE, "Too far away"))
    assert held_back(assessment(plan=plan), BANK, Edition.DECLINE, [NOTE])
    picked = replace(plan, letter=Letter(reason=NOTE))
    assert held_back(assessment(plan=picked), BANK, Edition.DECLINE, [NOTE]) == ()


# Every text is one or the other

NOT_COMPARED = {
    "prospect.role",
    "prospect.email",
    "prospect.phone",
    # Ids, and what is no text at all.
    "answers",
    *("bank.id", "bank.version", "policy.id", "policy.version", "answers.question"),
    *("plan.stages.asks", "plan.drafted", "releases.edition", "releases.words"),
    *("deal_breakers",),
}


def texts_of(kind: Any, at: str = "") -> Iterator[str]:
    """The places of every text that a type can hold."""
    if kind is str:
        yield at
    elif dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        for each in dataclasses.fields(kind):
            yield from texts_of(hints[each.name], f"{at}.{each.name}".strip("."))
    elif isinstance(kind, types.UnionType) or typing.get_origin(kind) is not None:
        for part in typing.get_args(kind):
            yield from texts_of(part, at)


def filled() -> Assessment:
    """An assessment that holds in every text the place where it stands, and nothing else."""
    return assessment(
        prospect=Prospect(
            *("prospect.name", "prospect.organisation", "role", "email", "phone"),
            *("prospect.met_at", "prospect.in_their_words"),
        ),
        answers={"keeps-word": Answer("keeps-word", 1, None, "answers.note", "answers.quote")},
        override=Override(Action.STAGE, "override.reason", TODAY),
        gut=Gut(None, "gut.words"),
        dissent=(Dissent("dissent.advised", "dissent.why", "dissent.chosen", TODAY),),
        conversation=Conversation(
            restatement="conversation.restatement",
            presented_problem="conversation.presented_problem",
            problem_now="conversation.problem_now",
            keep=("conversation.keep",),
            stop=("conversation.stop",),
            start=("conversation.start",),
            next_step=NextStep("conversation.next_step.what"),
            their_agenda="conversation.their_agenda",
            my_agenda="conversation.my_agenda",
            time_agreed="conversation.time_agreed",
        ),
        plan=Plan(
            conditions=("plan.conditions",),
            stages=(
                Stage(
                    "plan.stages.goal",
                    "plan.stages.deliverable",
                    "plan.stages.time_box",
                    "plan.stages.cap",
                    "plan.stages.exit_test",
                ),
            ),
            measures=(
                Measure(
                    "plan.measures.what",
                    "plan.measures.baseline",
                    "plan.measures.target",
                    "plan.measures.by",
                ),
            ),
            signs_off="plan.signs_off",
            expectations=(
                Expectation(
                    "plan.expectations.expected",
                    "plan.expectations.realistic",
                    "plan.expectations.agreed",
                ),
            ),
            letter=Letter(
                "plan.letter.reason",
                Referral(
                    "plan.letter.referral.name",
                    "plan.letter.referral.contact",
                    "plan.letter.referral.why",
                ),
            ),
            roles=Roles(("plan.roles.yours",), ("plan.roles.mine",), ("plan.roles.ours",)),
            promises=("plan.promises",),
            scope="plan.scope",
            boundaries=("plan.boundaries",),
            disagreement="plan.disagreement",
            cases=Cases("plan.cases.best", "plan.cases.worst"),
            risks=(Risk("plan.risks.what", BANK.questions[0].problem, RiskKind.GENERAL, "x"),),
            reasons=("plan.reasons",),
        ),
    )


def test_every_text_of_an_assessment_is_private_told_or_written() -> None:
    whole = filled()
    whole = replace(
        whole,
        plan=replace(
            whole.plan, risks=(replace(whole.plan.risks[0], response="plan.risks.response"),)
        ),
    )
    known = {
        *(each.text for each in private_texts(whole, BANK)),
        *told_texts(whole, BANK),
        *written_texts(whole),
    }
    missing = set(texts_of(Assessment)) - known - NOT_COMPARED
    assert missing == set()
    assert {each.text for each in private_texts(whole, BANK)} >= {
        breaker.text for breaker in BANK.deal_breakers
    }


def beside() -> tuple[PrivateText, ...]:
    """What is private beside all assessments, with a text in each place that takes one."""
    day = dt.date(2026, 11, 22)
    follow_up = BookFollowUp(
        "0" * 32, Purpose.LOOK_IN, day, None, "follow_up.reason", (BookMove(day, day, None, "x"),)
    )
    return texts_beside(
        About("about.source", "about.notes", ("a link",), ("a tag",)),
        (replace(follow_up, moves=(replace(follow_up.moves[0], reason="move.reason"),)),),
        (BookOutcome(Occasion.END, day, (), "outcome.words"),),
        (BookReferral("referral.name", day, Result.MET, None, day, "referral.words"),),
    )


def test_what_is_noted_beside_all_assessments_is_private_too() -> None:
    assert {each.text for each in beside()} == {
        "about.source",
        "about.notes",
        "follow_up.reason",
        "move.reason",
        "outcome.words",
        "referral.words",
    }
    assert not any(each.theirs for each in beside())
    assert texts_beside(About()) == ()


def test_it_holds_a_document_back_as_a_note_does() -> None:
    noted = texts_beside(About(notes=f"{NOTE}."))
    for edition in Edition:
        (*held,) = held_back(assessment(), BANK, edition, [NOTE.upper()], noted)
        assert len(held) == (edition in HELD)
        assert held_back(assessment(), BANK, edition, [NOTE.upper()]) == ()


def test_empty_texts_are_left_out() -> None:
    assert {each.place.kind for each in private_texts(assessment(), BANK)} == {Kind.DEAL_BREAKER}


# Long texts


def test_a_hundred_thousand_letters_are_looked_through() -> None:
    long = " ".join(words(10_000, 3))
    same = "word " * 20_000
    assert len(found([long, long], long)) == 1
    assert len(found(same, same)) == 1
    assert found(same, f"{long} {same[:30]}") == []
