"""The decline letter and the blank form: kind, complete, and with nothing private in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Form
from fitcheck.domain.judgement import Recommendation, Stance
from fitcheck.domain.plan import Letter, Referral
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import BlankForm, Edition, Report, decline_letter, make_report
from fitcheck.domain.verdict import reach_verdict
from reports.pages import page_count, page_sizes
from reports.render import render, suggested_file_name
from tests.reports import people
from tests.reports.conftest import everything_in, text_of
from tests.reports.test_leaks import FORBIDDEN, HOSTILE, _with_canaries

THEIRS = [Edition.PROSPECT, Edition.DECLINE, Edition.FORM]


def edition(of: Assessment, which: Edition) -> Report:
    verdict = reach_verdict(of, people.BANK, people.POLICY)
    return make_report(which, of, people.BANK, people.POLICY, verdict, people.PROFILE)


def with_letter(of: Assessment, letter: Letter) -> Assessment:
    return replace(of, plan=replace(of.plan, letter=letter))


def test_every_edition_is_made_of_any_assessment(full: Assessment) -> None:
    assert edition(full, Edition.PRIVATE) == people.private(full)
    assert edition(full, Edition.PROSPECT) == people.prospects(full)
    assert edition(full, Edition.DECLINE) == decline_letter(full, people.PROFILE)
    assert isinstance(edition(full, Edition.FORM), BlankForm)


def test_without_a_reason_the_letter_gives_none(full: Assessment) -> None:
    text = text_of(render(decline_letter(full, people.PROFILE), Paper.A4))
    assert full.prospect.name in text
    assert "I don’t think that I am at present" in text
    assert "Who may serve you better" not in text
    assert page_count(render(decline_letter(full, people.PROFILE), Paper.LETTER)) == 1


def test_reason_referral_and_date_are_printed_as_they_were_written(full: Assessment) -> None:
    letter = Letter(
        reason="My calendar is full until May.",
        referral=Referral("Jo Winter", "jo@winter.example", "Knows warehouses by heart."),
        revisit_on=dt.date(2027, 5, 3),
    )
    text = text_of(render(decline_letter(with_letter(full, letter), people.PROFILE), Paper.A4))
    for said in ("My calendar is full until May.", "Jo Winter", "jo@winter.example", "3 May 2027"):
        assert said in text


def test_what_we_heard_is_printed_only_once_confirmed(full: Assessment) -> None:
    assert full.conversation.restatement
    unconfirmed = replace(full, conversation=replace(full.conversation, confirmed_on=None))
    assert decline_letter(full, people.PROFILE).heard == full.conversation.restatement
    assert decline_letter(unconfirmed, people.PROFILE).heard == ""


def test_the_form_asks_all_of_the_prospects_questions_and_names_nobody(full: Assessment) -> None:
    form = edition(full, Edition.FORM)
    text = text_of(render(form, Paper.A4))
    for question in people.BANK.form(Form.PROSPECT):
        assert question.say in text
        for level in question.levels:
            assert level in text
    assert full.prospect.name not in text
    assert suggested_file_name(form) == "how-do-you-see-it.pdf"


@pytest.mark.parametrize("which", THEIRS)
def test_no_private_word_and_no_score(which: Edition) -> None:
    of, canaries = _with_canaries(Recommendation.DECLINE, Stance.SPLIT)
    report = edition(of, which)
    pdf = render(report, Paper.A4)
    text = text_of(pdf) + suggested_file_name(report)
    assert [c for c in canaries if c in text or c.encode() in everything_in(pdf)] == []
    assert [word for word in FORBIDDEN if word in text.lower()] == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_text(full: Assessment, hostile: str) -> None:
    letter = Letter(reason=hostile, referral=Referral(hostile, hostile, hostile))
    of = with_letter(replace(full, prospect=replace(full.prospect, name=hostile)), letter)
    text = text_of(render(decline_letter(of, people.PROFILE), Paper.A4)).replace(" ", "")
    assert text.count(hostile.replace(" ", "")) >= 4


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("which", THEIRS)
def test_both_papers_and_the_same_bytes_each_time(
    full: Assessment, which: Edition, paper: Paper
) -> None:
    report = edition(full, which)
    first = render(report, paper)
    assert first == render(report, paper)
    assert {round(width) for width, _height in page_sizes(first)} == {
        595 if paper is Paper.A4 else 612
    }


def test_a_letter_without_a_profile_still_stands() -> None:
    of = people.assessment(Recommendation.DECLINE, Stance.LEAD, full=False)
    assert page_count(render(decline_letter(of, Profile()), Paper.A4)) == 1
    assert page_count(render(BlankForm(Profile(), people.BANK.form(Form.PROSPECT)), Paper.A4)) == 2
