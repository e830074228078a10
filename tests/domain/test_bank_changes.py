"""What another bank asks otherwise: told by ids, whatever the two banks are called."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fitcheck.domain.bank import Bank, Question
from fitcheck.domain.bank_changes import Changes, bank_changes
from fitcheck.library import load_bank
from reports.bank_words import bank_name, change_lines, change_text, size_text, taken_lines

BANK = load_bank()
FIRST, SECOND, *REST = BANK.questions


def asking(*questions: Question) -> Bank:
    return replace(BANK, id="mine", questions=questions)


def test_the_same_under_another_name_changes_nothing() -> None:
    found = bank_changes(BANK, replace(BANK, id="mine", version="7.0.0"))
    assert not found.any
    assert found.questions == Changes()
    assert change_text(found) == "It asks the very same."
    assert change_lines(found) == []


def test_what_came_went_and_changed_is_told_with_the_keys_that_differ() -> None:
    new = replace(FIRST, id="new", say="And how are you?")
    changed = replace(SECOND, say="Tell me.", weight=1, why=SECOND.why)
    found = bank_changes(BANK, asking(changed, new, *REST)).questions
    assert (found.added, found.removed) == ((new,), (FIRST,))
    ((was, now, what),) = ((each.before, each.after, each.what) for each in found.changed)
    assert (was, now, what) == (SECOND, changed, ("weight", "say"))
    assert not found.moved


def test_another_order_is_told_apart_from_a_change() -> None:
    found = bank_changes(BANK, asking(SECOND, FIRST, *REST))
    assert found.questions == Changes(moved=True)
    assert found.any
    assert change_lines(found) == ["The questions come in another order"]


def test_a_facets_name_is_its_own_affair_and_its_axis_is_its_questions_too() -> None:
    renamed = replace(FIRST.facet, name="Small talk")
    moved = replace(FIRST.facet, axis=SECOND.axis)
    for facet, what in ((renamed, ()), (moved, ("facet",))):
        facets = tuple(facet if each.id == facet.id else each for each in BANK.facets)
        questions = (
            replace(q, facet=facet) if q.facet.id == facet.id else q for q in BANK.questions
        )
        found = bank_changes(BANK, replace(BANK, facets=facets, questions=tuple(questions)))
        assert [each.after for each in found.facets.changed] == [facet]
        assert {key for each in found.questions.changed for key in each.what} == set(what)
        if facet is renamed:
            assert change_text(found) == "Its questions are the same; something else is another."


def test_all_of_it_is_said_in_words() -> None:
    after = replace(
        asking(replace(FIRST, levels=SECOND.levels, short=SECOND.short), *REST),
        facets=(*BANK.facets, replace(BANK.facets[0], id="new", name="Something new")),
        inquiry=(replace(BANK.inquiry[0], minutes=1.5), *BANK.inquiry[1:]),
        deal_breakers=(replace(BANK.deal_breakers[0], id="other"), *BANK.deal_breakers[2:]),
    )
    found = bank_changes(BANK, after)
    assert change_text(found) == "New questions: 0. No longer there: 1. Changed: 1."
    assert change_lines(found) == [
        "Questions that are no longer there",
        f"  {SECOND.id}: {SECOND.say}",
        "Changed questions",
        f"  {FIRST.id}: answers, short answers",
        "New facets",
        "  new: Something new",
        "Changed prompts of the inquiry",
        f"  {BANK.inquiry[0].id}: minutes",
        "New deal-breakers",
        f"  other: {BANK.deal_breakers[0].text}",
        "Deal-breakers that are no longer there",
        *(f"  {each.id}: {each.text}" for each in BANK.deal_breakers[:2]),
    ]
    assert size_text(after) == "35 questions for you, 12 for the prospect"
    assert bank_name(after.reference) == f"mine {BANK.version}"
    (first, *_rest) = taken_lines(BANK.reference, found, there=True)
    assert first.startswith(f"FitCheck’s questions ({BANK.reference}) was there already.")


def test_every_key_has_a_name_in_words() -> None:
    every_key: dict[str, Any] = {
        each: object()
        for each in FIRST.__dataclass_fields__
        if each not in ("id", "facet", "levels", "short")
    }
    other = replace(FIRST, **every_key)
    (changed,) = bank_changes(BANK, asking(other, SECOND, *REST)).questions.changed
    assert change_lines(bank_changes(BANK, asking(other, SECOND, *REST)))[1].count(",") == (
        len(changed.what) - 1
    )
