"""The phase of a prospect, in sentences that can be read at a glance."""

from __future__ import annotations

import datetime as dt

import pytest

from fitcheck.domain.period import Decision, Extension, Opening, Period, Reopening, Step
from fitcheck.domain.policy import Action
from reports.period_words import due_mark, due_text, history_sentences, period_sentence

TODAY = dt.date(2026, 11, 16)
OPEN = Opening(dt.date(2026, 11, 3), dt.date(2026, 11, 17))
ONCE = Extension(TODAY, dt.date(2026, 11, 30), "budget round")
TWICE = Extension(TODAY, dt.date(2027, 1, 8), "their holidays")
DECLINED = Decision(TODAY, Action.DECLINE, "Not our craft.")
AGAIN = Reopening(TODAY)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((OPEN,), "Open since 3 November, until 17 November."),
        ((Opening(dt.date(2025, 5, 1)),), "Open since 1 May 2025, without a planned end."),
        (
            (OPEN, ONCE),
            "Open since 3 November, until 30 November, extended once: budget round",
        ),
        (
            (OPEN, ONCE, TWICE),
            "Open since 3 November, until 8 January 2027, extended 2 times, last: their holidays",
        ),
        ((OPEN, Decision(TODAY, Action.STAGE)), "Decided on 16 November: Stage the work."),
        ((OPEN, DECLINED), "Decided on 16 November: Decline. “Not our craft.”"),
        ((OPEN, DECLINED, AGAIN), "Open since 3 November, until 17 November."),
    ],
)
def test_where_it_stands_is_one_sentence(steps: tuple[Step, ...], said: str) -> None:
    assert period_sentence(Period(steps), TODAY) == said


def test_what_no_longer_stands_can_still_be_read() -> None:
    period = Period((OPEN, ONCE, TWICE, DECLINED, AGAIN))
    first, reopened = history_sentences(period, TODAY)
    assert first == "Extended on 16 November until 30 November: budget round"
    assert reopened == (
        "Reopened on 16 November. Before that: Decided on 16 November: Decline. “Not our craft.”"
    )
    decided = Period((*period.steps, DECLINED))
    assert len(history_sentences(decided, TODAY)) == 3, "a decision hides both extensions"
    assert history_sentences(Period((OPEN,)), TODAY) == []


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (None, ""),
        (dt.date(2026, 11, 17), ""),
        (TODAY, "Due today"),
        (dt.date(2026, 11, 15), "Overdue since 15 November"),
        (dt.date(2025, 11, 15), "Overdue since 15 November 2025"),
    ],
)
def test_what_is_due_is_said_in_two_words(until: dt.date | None, said: str) -> None:
    assert due_text(until, TODAY) == said
    assert due_mark(until, TODAY) == said.split(" since")[0]
