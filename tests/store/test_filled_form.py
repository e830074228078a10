"""A form that comes back filled in: matched by its token, shown, taken on request, undone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Mark, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.form_fields import COMMENT, NAME, TOKEN_ALPHABET, TOKEN_LENGTH
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import BlankForm, Edition
from fitcheck.exchange.form_pdf import read_form
from fitcheck.filled_form import FilledForm, UnknownForm
from fitcheck.handing_over import Received
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from fitcheck.store.book import Book
from fitcheck.store.errors import FolderNotWritable, StoreError
from reports.render import render
from tests.exchange.forms import IDS, blank, by_pikepdf, by_pypdf, by_value_alone

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def fitcheck(book: Book) -> FitCheck:
    return FitCheck(book, lambda: TODAY)


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    return fitcheck.interview(begun(fitcheck, "Petra Lindqvist"))


def matched(fitcheck: FitCheck, data: bytes, in_hand: Interview | None = None) -> FilledForm:
    """What the file would bring in."""
    return fitcheck.their_forms.match(read_form(data), in_hand)


def begun(fitcheck: FitCheck, name: str) -> int:
    return fitcheck.begin_assessment(fitcheck.add_prospect(Prospect(name)), Form.FULL)


def filled(fitcheck: FitCheck, assessment_id: int, answers: dict[str, int], **texts: str) -> bytes:
    form = blank(fitcheck.their_forms.token(assessment_id))
    return by_value_alone(answers, texts, form)


# The token


def test_an_assessment_keeps_its_token_and_no_two_share_one(fitcheck: FitCheck) -> None:
    one, other = begun(fitcheck, "Ada"), begun(fitcheck, "Bob")
    token = fitcheck.their_forms.token(one)
    assert len(token) == TOKEN_LENGTH
    assert set(token) <= set(TOKEN_ALPHABET)
    assert fitcheck.their_forms.token(one) == token != fitcheck.their_forms.token(other)


def test_the_token_is_there_when_the_book_is_opened_again(fitcheck: FitCheck) -> None:
    one = begun(fitcheck, "Ada")
    token, folder = fitcheck.their_forms.token(one), fitcheck.folder
    fitcheck.close()
    again = FitCheck.open(folder)
    assert again.their_forms.token(one) == token
    again.close()


def test_asked_for_twice_before_it_is_written_it_is_made_once(book: Book) -> None:
    fitcheck = FitCheck(book)
    sheets, one = book.form_sheets, begun(fitcheck, "Ada")
    first, second = sheets._made(one), sheets._made(one)
    assert first.result() == second.result()


def test_there_is_none_for_an_assessment_that_there_is_not(fitcheck: FitCheck) -> None:
    with pytest.raises(KeyError):
        fitcheck.their_forms.token(99)


def test_only_the_blank_form_carries_it(fitcheck: FitCheck, interview: Interview) -> None:
    form = fitcheck.report(interview, Edition.FORM)
    assert isinstance(form, BlankForm)
    assert form.token == fitcheck.their_forms.token(interview.id)
    for edition in set(Edition) - {Edition.FORM}:
        assert form.token not in repr(fitcheck.report(interview, edition))


# Reading and taking


def test_what_was_printed_filled_in_and_taken_is_in_the_assessment(
    fitcheck: FitCheck, interview: Interview
) -> None:
    printed = render(fitcheck.report(interview, Edition.FORM), Paper.LETTER)
    given = {id_: number % 5 for number, id_ in enumerate(IDS)}
    for fill in (by_pikepdf, by_pypdf):
        form = matched(fitcheck, fill(given, {NAME: "Petra L."}, printed))
        assert (form.prospect, form.name, form.unread) == ("Petra Lindqvist", "Petra L.", ())
        assert {answer.question.id: answer.level for answer in form.answers} == given
        assert [answer.number for answer in form.answers] == list(range(1, 13))
    assert fitcheck.their_forms.take(form) == Received(interview.id, 12, 12)
    stored = fitcheck.interview(interview.id)
    assert {id_: stored.answer(id_).level for id_ in IDS} == given


def test_nothing_is_taken_by_looking(fitcheck: FitCheck, interview: Interview) -> None:
    form = matched(fitcheck, filled(fitcheck, interview.id, {"my-ease": 3}, comment="Hello"))
    assert form.changes
    assert fitcheck.interview(interview.id).answer("my-ease").value is None


def test_what_is_taken_is_undone_one_by_one(fitcheck: FitCheck, interview: Interview) -> None:
    given = {"my-ease": 3, "my-judge": 1}
    form = matched(fitcheck, filled(fitcheck, interview.id, given, comment="Call me."))
    fitcheck.their_forms.take(form)
    again = fitcheck.interview(interview.id)
    assert again.assessment.prospect.in_their_words == "2026-11-22: Call me."
    for _ in range(3):
        assert again.undo()
    assert not again.can_undo
    assert again.assessment.prospect.in_their_words == ""
    assert again.answer("my-ease").value is None


def test_what_stands_there_already_is_shown_beside_it(
    fitcheck: FitCheck, interview: Interview
) -> None:
    interview.set_value("my-ease", 3)
    interview.set_value("my-judge", 1)
    interview.set_value("my-openness", Mark.UNKNOWN)
    given = {"my-ease": 3, "my-judge": 4, "my-openness": 2, "my-outcome": 0}
    form = matched(fitcheck, filled(fitcheck, interview.id, given), interview)
    kinds = {a.question.id: (a.before, a.new, a.replaces) for a in form.answers}
    assert kinds == {
        "my-ease": (3, False, False),
        "my-judge": (1, False, True),
        "my-openness": (Mark.UNKNOWN, False, True),
        "my-outcome": (None, True, False),
    }
    assert [answer.question.id for answer in form.replaced] == ["my-openness", "my-judge"]


def test_a_question_that_is_left_blank_takes_no_answer_away(
    fitcheck: FitCheck, interview: Interview
) -> None:
    interview.set_value("my-ease", 3)
    form = matched(fitcheck, filled(fitcheck, interview.id, {"my-judge": 0}), interview)
    fitcheck.their_forms.take(form, interview)
    assert interview.answer("my-ease").value == 3


def test_the_same_form_again_changes_nothing(fitcheck: FitCheck, interview: Interview) -> None:
    data = filled(fitcheck, interview.id, {"my-ease": 3}, comment="Call me.")
    interview.set_field("in_their_words", "Calm, above all.")
    fitcheck.their_forms.take(matched(fitcheck, data, interview), interview)
    words = "Calm, above all.\n\n2026-11-22: Call me."
    assert interview.assessment.prospect.in_their_words == words
    again = matched(fitcheck, data, interview)
    assert not again.changes
    assert again.replaced == ()
    fitcheck.their_forms.take(again, interview)
    assert interview.assessment.prospect.in_their_words == words


def test_the_interview_in_hand_stays_in_step(fitcheck: FitCheck, interview: Interview) -> None:
    interview.set_value(interview.questions[0].id, 2)
    form = matched(fitcheck, filled(fitcheck, interview.id, {"my-ease": 4}), interview)
    fitcheck.their_forms.take(form, interview)
    assert interview.answer("my-ease").level == 4
    assert interview.undo()
    assert interview.answer("my-ease").value is None
    assert interview.answer(interview.questions[0].id).level == 2


def test_what_cannot_be_read_is_named_by_its_question(
    fitcheck: FitCheck, interview: Interview
) -> None:
    data = filled(fitcheck, interview.id, {"my-ease": 4, "my-outcome": 1}, comment="\x02")
    twice = by_value_alone({"my-outcome": 3}, {}, data)
    form = matched(fitcheck, twice)
    assert [answer.question.id for answer in form.answers] == ["my-ease"]
    found = {unread.number: unread for unread in form.unread}
    assert set(found) == {0, 3}
    assert found[3].question is not None
    assert found[3].question.id == "my-outcome"
    assert found[0].fault.place == COMMENT


def test_a_form_of_another_book_and_one_that_nobody_made_are_told_the_same(
    fitcheck: FitCheck, interview: Interview, tmp_path: Path
) -> None:
    other = FitCheck.open(tmp_path / "other")
    theirs = blank(other.their_forms.token(begun(other, "Eve")))
    other.close()
    said = set()
    for data in (theirs, blank()):
        with pytest.raises(UnknownForm) as unknown:
            matched(fitcheck, data, interview)
        said.add(str(unknown.value))
    assert len(said) == 1


def test_a_form_is_never_taken_into_another_assessment(
    fitcheck: FitCheck, interview: Interview
) -> None:
    other = begun(fitcheck, "Bob")
    form = matched(fitcheck, filled(fitcheck, other, {"my-ease": 4}), interview)
    assert form.prospect == "Bob"
    with pytest.raises(ValueError, match="another assessment"):
        fitcheck.their_forms.take(form, interview)
    assert interview.answer("my-ease").value is None


def test_what_the_disk_refuses_is_said(
    fitcheck: FitCheck, book: Book, interview: Interview, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = matched(fitcheck, filled(fitcheck, interview.id, {"my-ease": 4}))

    def refuse(*_args: object) -> None:
        raise FolderNotWritable(book.vault.folder, "it is full")

    monkeypatch.setattr("fitcheck.store.book.apply", refuse)
    with pytest.raises(StoreError):
        fitcheck.their_forms.take(form)


def test_no_repr_holds_what_they_wrote(fitcheck: FitCheck, interview: Interview) -> None:
    data = filled(fitcheck, interview.id, {}, name="secret", comment="secret")
    assert "secret" not in repr(matched(fitcheck, data))
    assert "Lindqvist" not in repr(matched(fitcheck, data))
