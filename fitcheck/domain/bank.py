"""The question bank: what is asked, of whom, on which axis, with which described answers.

A bank is data (``resources/banks/*.toml``, format: ``docs/decisions/0004-bank-format.md``). It is
linted by :mod:`fitcheck.domain.bank_lint` (in tests for the shipped ones, on import for a user's
own), so :func:`parse_bank` may trust it and stays quick.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from fitcheck.domain.terms import Form as Form

LEVELS = 5
"""Described answers per question: level 0 (worst, or purely preference) to level 4."""


class Axis(StrEnum):
    CHEMISTRY = "chemistry"
    TRUST = "trust"
    NATURE = "nature"


JUDGED_AXES = (Axis.CHEMISTRY, Axis.TRUST)
"""The axes that have a bar; nature moves the bars instead (I2)."""


class Side(StrEnum):
    CONSULTANT = "consultant"
    PROSPECT = "prospect"


class Problem(StrEnum):
    """I18: problem A is the task, problem B is how the two sides get along."""

    A = "A"
    B = "B"


class Evidence(StrEnum):
    """What an answer rests on, strongest first (judgement.md, section 1)."""

    OBSERVED = "observed"
    REPORTED = "reported"
    HUNCH = "hunch"


@dataclass(frozen=True)
class Reference:
    """Names one version of a bank or a policy; versions are never edited in place."""

    id: str
    version: str

    def __str__(self) -> str:
        return f"{self.id} {self.version}"


@dataclass(frozen=True)
class Facet:
    """A part of an axis. A ``gate`` facet can hold back a recommendation to proceed."""

    id: str
    axis: Axis
    name: str
    gate: bool = False


@dataclass(frozen=True)
class Question:
    """One question with its five described answers, ``levels[0]`` worst to ``levels[4]`` best.

    ``short`` holds five texts of at most 45 characters for the event form, or is empty.
    ``condition`` is what a low answer puts into the working agreement.
    """

    id: str
    facet: Facet
    weight: int
    side: Side
    forms: frozenset[Form]
    problem: Problem
    evidence: Evidence
    rests_on: tuple[str, ...]
    say: str
    why: str
    levels: tuple[str, ...]
    short: tuple[str, ...] = ()
    condition: str | None = None

    @property
    def axis(self) -> Axis:
        return self.facet.axis

    @property
    def gate(self) -> bool:
        return self.facet.gate


@dataclass(frozen=True)
class InquiryPrompt:
    """One prompt of the twelve-minute inquiry (I20).

    ``say`` asks about earlier advisers, ``say_after_start`` about the work with you, once it has
    begun; empty where it is said in the same words then.
    """

    id: str
    part: str
    say: str
    why: str
    rests_on: tuple[str, ...]
    minutes: float
    say_after_start: str = ""


@dataclass(frozen=True)
class DealBreaker:
    """A non-negotiable: what it is, and the question that clears or confirms it."""

    id: str
    text: str
    ask: str


@dataclass(frozen=True)
class Bank:
    """A bank in form order; ``questions`` holds both sides' questions."""

    id: str
    version: str
    language: str
    facets: tuple[Facet, ...]
    questions: tuple[Question, ...]
    inquiry: tuple[InquiryPrompt, ...]
    deal_breakers: tuple[DealBreaker, ...]

    @property
    def reference(self) -> Reference:
        return Reference(self.id, self.version)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Every question of both sides by its id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def deal_breaker_by_id(self) -> dict[str, DealBreaker]:
        return {deal_breaker.id: deal_breaker for deal_breaker in self.deal_breakers}

    def form(self, form: Form) -> tuple[Question, ...]:
        """The questions of a form, in form order."""
        return tuple(question for question in self.questions if form in question.forms)


DISAGREEMENT = "disagreement"
"""The question of I7, whose answer is kept word for word and printed for the prospect."""


def parse_bank(text: str) -> Bank:
    """The bank written in ``text`` (TOML), which has been linted before."""
    data = tomllib.loads(text)
    facets = {
        entry["id"]: Facet(
            entry["id"], Axis(entry["axis"]), entry["name"], bool(entry.get("gate", False))
        )
        for entry in data["facets"]
    }
    return Bank(
        id=data["id"],
        version=data["version"],
        language=data["language"],
        facets=tuple(facets.values()),
        questions=tuple(_question(entry, facets) for entry in data["questions"]),
        inquiry=tuple(
            InquiryPrompt(**{**entry, "rests_on": tuple(entry["rests_on"])})
            for entry in data["inquiry"]
        ),
        deal_breakers=tuple(DealBreaker(**entry) for entry in data["deal_breakers"]),
    )


def _question(entry: dict[str, Any], facets: dict[str, Facet]) -> Question:
    return Question(
        id=entry["id"],
        facet=facets[entry["facet"]],
        weight=entry["weight"],
        side=Side(entry["side"]),
        forms=frozenset(map(Form, entry["forms"])),
        problem=Problem(entry["problem"]),
        evidence=Evidence(entry["evidence"]),
        rests_on=tuple(entry["rests_on"]),
        say=entry["say"],
        why=entry["why"],
        levels=tuple(entry["levels"]),
        short=tuple(entry.get("short", ())),
        condition=entry.get("condition"),
    )
