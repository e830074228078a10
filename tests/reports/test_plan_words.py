"""What the plan page says that a draft says by now, in short lines."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fitcheck.domain.bank import Problem
from fitcheck.domain.plan import NO_PLAN, Cases, Expectation, Measure, Risk, Roles, Section, Stage
from reports.plan_words import section_lines, section_name
from reports.words import date_text

DAY = dt.date(2027, 1, 2)


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("In writing", ("In writing",)),
        (("One", "Two"), ("• One", "• Two")),
        (DAY, (date_text(DAY),)),
        (Roles(("a", "b"), (), ("c",)), ("You decide: a; b", "We decide together: c")),
        (Cases("", "Bad"), ("The worst case: Bad",)),
        ((Measure("Late drops", "19"),), ("• Late drops",)),
        ((Expectation("Results", "Later"),), ("• Results",)),
        ((Stage("Look", "One page"), Stage("Try")), ("• Look", "• Try")),
        ((Risk("It rains", Problem.A),), ("• It rains",)),
    ],
)
def test_a_section_says_what_it_says_in_short_lines(value: Any, lines: tuple[str, ...]) -> None:
    assert section_lines(value) == lines


@pytest.mark.parametrize("section", Section)
def test_an_empty_section_says_nothing_and_each_has_a_name(section: Section) -> None:
    assert section_lines(getattr(NO_PLAN, section)) == ()
    assert section_name(section)
