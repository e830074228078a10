"""Books with something in every place, and their files."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from nacl import pwhash

from fitcheck.domain.assessment import DealBreakerState, Mark, Prospect
from fitcheck.domain.bank import DealBreaker, Form
from fitcheck.domain.book import Colleague
from fitcheck.domain.keeping import Keeping
from fitcheck.domain.plan import Plan, Stage
from fitcheck.domain.policy import Action
from fitcheck.domain.profile import Paper, Profile
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from fitcheck.store.key_file import Cost
from fitcheck.whole_book import BookFile, unlock
from tests.store.later import later, put_bank, put_later

CHEAP = Cost(pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)
PASSPHRASE = "as old as the hills"
TODAY = dt.date(2026, 11, 22)
LOGO = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def opened(folder: Path) -> FitCheck:
    return FitCheck.open(folder, lambda: TODAY)


def fill(fitcheck: FitCheck, demo: int = 2) -> None:
    """Put something in every table, and so many finished assessments."""
    for assessment in load_demo()[:demo]:
        fitcheck.add_assessment(assessment)
    zoe = fitcheck.add_prospect(Prospect("Zoë\0 Ångström", "Straßenbau", email="z@example.org"))
    again = fitcheck.begin_assessment(zoe, Form.FULL)
    interview = fitcheck.interview(again)
    interview.set_value("effort", 3)
    interview.set_value("outcome", Mark.UNKNOWN)
    interview.set_note("effort", "calm, and “curious” 🪷 \ud800\0")
    interview.set_quote("budget", "only words")
    interview.set_field("keep", ("the coffee",))
    interview.set_field("piles", {"keep": ["tea"], "stop": ["x"], "start": []})
    interview.set_field("plan", Plan(stages=(Stage("look", asks=("effort",)),), scope="in writing"))
    interview.set_deal_breaker("unlawful", DealBreakerState.SUSPECTED)
    interview.set_note("effort", "undone")
    interview.undo()
    fitcheck.their_forms.token(again)
    own = (DealBreaker("own-1", "They want it “for free”. 🪷", "Shall we talk about the fee?"),)
    fitcheck.policies.save(replace(fitcheck.policies.in_force, gap=0.15, deal_breakers=own))
    fitcheck.policies.save(replace(fitcheck.policies.in_force, gap=0.1))
    second = fitcheck.add_prospect(Prospect("Second"))
    fitcheck.begin_assessment(second, Form.EVENT)
    fitcheck.extend(second, dt.date(2026, 12, 20), "their “budget round” 🪷")
    fitcheck.decide(second, Action.STAGE, "one step")
    fitcheck.reopen(second)
    fitcheck.decide(zoe, Action.PROCEED)
    asa = fitcheck.referring.add_colleague(
        Colleague("Åsa", "+46", "pricing 🪷", dt.date(2026, 11, 20))
    )
    put_later(fitcheck._book, zoe, later(), asa)
    put_bank(fitcheck._book)
    fitcheck._book.people.keep(second, Keeping(dt.date(2028, 1, 1), TODAY)).result()
    fitcheck.rights.erase(fitcheck.add_prospect(Prospect("Erased")))
    profile = Profile("Ines", logo=LOGO, accent="#112233", boundaries=("No calls after seven.",))
    fitcheck.save_preferences(
        replace(fitcheck.preferences, profile=profile, paper=Paper.LETTER, window="1,2,3,4")
    )
    fitcheck.save_drafts({"note": "half a sen"})


def exported(fitcheck: FitCheck, file: Path, passphrase: str | None = None) -> BookFile:
    """The book's file, ready to be read."""
    fitcheck.whole_book.export(file, passphrase, cost=CHEAP)
    return unlock(file, passphrase or "")


def lines(file: Path) -> list[dict[str, Any]]:
    """What a plain file says, line by line."""
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def said(fitcheck: FitCheck, file: Path) -> list[dict[str, Any]]:
    """All that a book says, apart from when it was asked."""
    exported(fitcheck, file)
    found = lines(file)
    del found[0]["made_at"]
    return found


def written(file: Path, *values: Any) -> BookFile:
    """A plain file of these lines."""
    file.write_bytes(b"".join(json.dumps(value).encode() + b"\n" for value in values))
    return BookFile(file)
