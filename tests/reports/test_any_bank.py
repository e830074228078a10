"""Whatever passes the linter works everywhere: it is judged, drafted, printed and kept private."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from fitcheck.domain.assessment import Answer, Assessment, Override, Prospect
from fitcheck.domain.bank import DISAGREEMENT, Bank, Evidence, Form
from fitcheck.domain.drafting import draft
from fitcheck.domain.gate import HELD, held_back
from fitcheck.domain.judgement import judge
from fitcheck.domain.policy import Action, Appetite
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import CardSheet, Edition, make_report, pocket_card
from fitcheck.domain.verdict import Verdict, reach_verdict
from fitcheck.exchange.bank_input import read_bank
from fitcheck.library import load_policy
from reports.gate_words import place_name
from reports.lines import verdict_lines
from reports.pages import page_texts
from reports.render import render
from tests.banks import largest, small, small_in_other_words

DAY = dt.date(2026, 11, 22)
POLICY = load_policy()
BANKS = {
    make.__name__: read_bank(make().encode(), "f").bank
    for make in (small, small_in_other_words, largest)
}


def answered(bank: Bank, form: Form, level: int) -> Assessment:
    """Every question of a form and of the prospect's own, answered, with words to each."""
    asked = (*bank.form(form), *bank.form(Form.PROSPECT))
    return Assessment(
        DAY,
        bank.reference,
        POLICY.reference,
        form,
        Appetite.BALANCED,
        Prospect("Ada", "Northbeam"),
        answers={
            q.id: Answer(q.id, level, Evidence.OBSERVED, "a note", f"words on {q.id}")
            for q in asked
        },
    )


@pytest.mark.parametrize("name", BANKS)
@pytest.mark.parametrize("form", [Form.FULL, Form.EVENT])
@pytest.mark.parametrize("level", [0, 2, 4])
def test_it_is_judged_drafted_and_put_into_words(name: str, form: Form, level: int) -> None:
    bank = BANKS[name]
    assessment = answered(bank, form, level)
    verdict = reach_verdict(assessment, bank, POLICY)
    assert 0.999 < sum(verdict.judgement.odds.values()) < 1.001
    assert verdict_lines(assessment, bank, POLICY, verdict)
    for action in Action:
        decided = replace(assessment, override=Override(action, "It is mine to say.", DAY))
        drafted = draft(decided, bank, judge(decided, bank, POLICY), Profile())
        assert {id_ for stage in drafted.stages for id_ in stage.asks} <= set(bank.by_id)
        assert bool(drafted.stages) is (action is Action.STAGE)


@pytest.fixture(scope="module", params=["small_in_other_words", "largest"])
def documents(request: pytest.FixtureRequest) -> tuple[Bank, Assessment, Verdict]:
    bank = BANKS[request.param]
    assessment = answered(bank, Form.FULL, 2)
    return bank, assessment, reach_verdict(assessment, bank, POLICY)


@pytest.mark.parametrize("edition", Edition)
def test_every_document_is_made_and_lets_out_nothing_private(
    documents: tuple[Bank, Assessment, Verdict], edition: Edition
) -> None:
    bank, assessment, verdict = documents
    report = make_report(edition, assessment, bank, POLICY, verdict, Profile(), None, "a" * 16)
    pages = page_texts(render(report, Paper.LETTER))
    if edition in HELD:
        assert [
            place_name(r.place, bank) for r in held_back(assessment, bank, edition, pages)
        ] == []
    if edition is Edition.PROSPECT:
        # The quote of I7 is the one that is asked for to be printed.
        assert any(f"words on {DISAGREEMENT}" in page for page in pages)


@pytest.mark.parametrize("name", BANKS)
def test_a_card_holds_its_questions_whole(name: str) -> None:
    bank = BANKS[name]
    card = pocket_card(bank, CardSheet.A6)
    pages = page_texts(render(card, Paper.A4))
    assert len(pages) == (len(card.questions) + 2) // 3
    whole = "".join("".join(page.split()) for page in pages)
    for question in card.questions:
        for text in (question.say, *question.short):
            assert "".join(text.split()) in whole
    assert "tearitup" in "".join(pages[-1].split())


def test_markup_in_a_bank_is_text_in_every_document_and_chart() -> None:
    odd = "<i>&amp;</i>{{7}}"
    text = small().replace('name = "', f'name = "{odd} ').replace('say = "', f'say = "{odd} ')
    text = text.replace('condition = "', f'condition = "{odd} ').replace('  "', f'  "{odd} ')
    text = text.replace('short = ["', f'short = ["{odd} ')
    bank = read_bank(text.encode(), "f").bank
    assessment = answered(bank, Form.FULL, 1)
    verdict = reach_verdict(assessment, bank, POLICY)
    for edition, least in ((Edition.PRIVATE, 12), (Edition.FORM, 6)):
        report = make_report(edition, assessment, bank, POLICY, verdict, Profile(), None, "a" * 16)
        whole = "".join("".join(page_texts(render(report, Paper.A4))).split())
        assert whole.count(odd) >= least
    card = "".join("".join(page_texts(render(pocket_card(bank, CardSheet.A6), Paper.A4))).split())
    assert card.count(odd) == 2
