"""Banks of questions in words: what one is called, and what another one asks otherwise."""

from __future__ import annotations

from typing import Any

from fitcheck.domain.bank import Bank, DealBreaker, Facet, InquiryPrompt, Question, Reference, Side
from fitcheck.domain.bank_changes import BankChanges, Changes
from fitcheck.i18n import N_, _
from fitcheck.library import shipped_banks
from reports.import_words import Part
from reports.words import bank_text

_KEYS = {
    "facet": N_("facet"),
    "weight": N_("weight"),
    "side": N_("who answers it"),
    "forms": N_("forms"),
    "problem": N_("problem"),
    "evidence": N_("usual evidence"),
    "rests_on": N_("sources"),
    "say": N_("wording"),
    "say_after_start": N_("wording after the start"),
    "why": N_("reason"),
    "levels": N_("answers"),
    "short": N_("short answers"),
    "condition": N_("condition"),
    "axis": N_("axis"),
    "name": N_("name"),
    "gate": N_("gate"),
    "part": N_("part"),
    "minutes": N_("minutes"),
    "text": N_("statement"),
    "ask": N_("question"),
}


_SIDES = {Side.CONSULTANT: N_("consultant"), Side.PROSPECT: N_("prospect")}

_HEADINGS = {
    "questions": (
        N_("New questions"),
        N_("Questions that are no longer there"),
        N_("Changed questions"),
        N_("The questions come in another order"),
    ),
    "facets": (
        N_("New facets"),
        N_("Facets that are no longer there"),
        N_("Changed facets"),
        N_("The facets come in another order"),
    ),
    "inquiry": (
        N_("New prompts of the inquiry"),
        N_("Prompts of the inquiry that are no longer there"),
        N_("Changed prompts of the inquiry"),
        N_("The prompts of the inquiry come in another order"),
    ),
    "deal_breakers": (
        N_("New deal-breakers"),
        N_("Deal-breakers that are no longer there"),
        N_("Changed deal-breakers"),
        N_("The deal-breakers come in another order"),
    ),
}


def side_name(side: Side) -> str:
    """Who answers a question, in a word."""
    return _(_SIDES[side])


def bank_name(reference: Reference) -> str:
    """What a bank is called: that it is FitCheck's, or its own name."""
    if reference in shipped_banks():
        return _("FitCheck’s questions ({name})").format(name=reference)
    return str(reference)


def size_text(bank: Bank) -> str:
    """How much it asks of either side."""
    mine = sum(question.side is Side.CONSULTANT for question in bank.questions)
    return _("{mine} questions for you, {theirs} for the prospect").format(
        mine=mine, theirs=len(bank.questions) - mine
    )


def change_text(changes: BankChanges) -> str:
    """How much of the questions is another, in a sentence."""
    if not changes.any:
        return _("It asks the very same.")
    questions = changes.questions
    if not questions.any:
        return _("Its questions are the same; something else is another.")
    return _("New questions: {new}. No longer there: {gone}. Changed: {changed}.").format(
        new=len(questions.added), gone=len(questions.removed), changed=len(questions.changed)
    )


def change_parts(changes: BankChanges) -> list[Part]:
    """All that is another, under a heading for each kind."""
    found = []
    for name, (new, gone, changed, order) in _HEADINGS.items():
        of: Changes[Any] = getattr(changes, name)
        lists = (
            (new, [f"{each.id}: {_words_of(each)}" for each in of.added]),
            (gone, [f"{each.id}: {_words_of(each)}" for each in of.removed]),
            (changed, [f"{each.after.id}: {_keys_of(each.what)}" for each in of.changed]),
        )
        found += [Part(_(heading), tuple(lines)) for heading, lines in lists if lines]
        if of.moved:
            found.append(Part(_(order), ()))
    return found


def change_lines(changes: BankChanges) -> list[str]:
    """The same as lines of plain text."""
    return [
        line
        for part in change_parts(changes)
        for line in (part.heading, *(f"  {each}" for each in part.lines))
    ]


def taken_lines(reference: Reference, changes: BankChanges, *, there: bool) -> list[str]:
    """That a bank was brought in and is in force, and what it asks otherwise than before."""
    told = _("{name} was there already.") if there else _("Brought in: {name}.")
    now = _("New assessments begin with it.")
    return [f"{told.format(name=bank_name(reference))} {now}", *change_lines(changes)]


def _keys_of(keys: tuple[str, ...]) -> str:
    return ", ".join(_(_KEYS[key]) for key in keys)


def _words_of(part: Question | Facet | InquiryPrompt | DealBreaker) -> str:
    match part:
        case Facet():
            return bank_text(part.name)
        case DealBreaker():
            return bank_text(part.text)
        case _:
            return bank_text(part.say)
