"""The conditions of the working agreement: drafted from low answers."""

from __future__ import annotations

from dataclasses import replace

from fitcheck.domain.assessment import Answer, Mark
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.drafting import conditions
from fitcheck.domain.plan import Plan
from fitcheck.exchange.demo import load_demo
from fitcheck.library import load_bank

BANK = load_bank()
BLANK = replace(load_demo()[0], answers={}, plan=Plan())


def test_a_low_answer_brings_its_condition_in_form_order() -> None:
    asked = [q for q in BANK.form(Form.FULL) if q.condition]
    low = {q.id: Answer(q.id, 1, Evidence.HUNCH) for q in reversed(asked)}
    drafted = conditions(replace(BLANK, answers=low), BANK)
    assert drafted == tuple(q.condition for q in asked)


def test_a_middling_answer_or_none_brings_no_condition() -> None:
    asked = [q.id for q in BANK.form(Form.FULL) if q.condition]
    middling = {id_: Answer(id_, 2, Evidence.OBSERVED) for id_ in asked}
    unknown = {id_: Answer(id_, Mark.UNKNOWN) for id_ in asked}
    assert conditions(replace(BLANK, answers=middling), BANK) == ()
    assert conditions(replace(BLANK, answers=unknown), BANK) == ()


def test_a_low_answer_without_a_condition_brings_none() -> None:
    silent = next(q for q in BANK.form(Form.FULL) if not q.condition)
    answers = {silent.id: Answer(silent.id, 0, Evidence.OBSERVED)}
    assert conditions(replace(BLANK, answers=answers), BANK) == ()
