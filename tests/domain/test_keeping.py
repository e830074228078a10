"""For how long a person is kept, and when to ask whether it still has to be."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitcheck.domain.erasure import same_name
from fitcheck.domain.keeping import Keeping, Kept, ask_on, is_to_be_asked, kept, kept_until

CHANGED = dt.date(2024, 3, 5)


@pytest.mark.parametrize(
    ("keeping", "until", "asked"),
    [
        (Keeping(), dt.date(2026, 3, 5), dt.date(2026, 3, 5)),
        (Keeping(dt.date(2025, 1, 1)), dt.date(2025, 1, 1), dt.date(2025, 1, 1)),
        (Keeping(kept_on=dt.date(2026, 4, 1)), dt.date(2026, 3, 5), dt.date(2027, 4, 1)),
        (
            Keeping(dt.date(2030, 1, 1), dt.date(2026, 4, 1)),
            dt.date(2030, 1, 1),
            dt.date(2030, 1, 1),
        ),
    ],
    ids=["as usual", "a day of their own", "said to be kept", "said before a later day"],
)
def test_whoever_is_past_their_day_is_asked_about_once_a_year(
    keeping: Keeping, until: dt.date, asked: dt.date
) -> None:
    assert kept_until(keeping, CHANGED) == until
    assert ask_on(keeping, CHANGED) == asked
    assert not is_to_be_asked(keeping, CHANGED, asked - dt.timedelta(1))
    assert is_to_be_asked(keeping, CHANGED, asked)


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert kept_until(Keeping(), dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)
    assert kept_until(Keeping(), dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)


@given(st.dates(), st.dates(), st.integers(0, 100))
def test_whoever_said_keep_it_is_left_alone_for_a_year(
    changed: dt.date, kept_on: dt.date, years: int
) -> None:
    keeping = Keeping(kept_on=kept_on)
    asked = ask_on(keeping, changed, years)
    assert asked >= kept_until(keeping, changed, years)
    assert asked == dt.date(9999, asked.month, asked.day) or (asked - kept_on).days >= 365


def test_how_it_stands_with_somebody_today() -> None:
    day = dt.date(2026, 3, 5)
    stands = kept(7, "Ada", Keeping(), CHANGED, day, 2)
    assert stands == Kept(7, "Ada", CHANGED, day, own_day=False, ask=True)
    assert "Ada" not in repr(stands)
    own = Keeping(dt.date(2027, 1, 1))
    assert kept(7, "Ada", own, CHANGED, day, 2) == Kept(
        7, "Ada", CHANGED, dt.date(2027, 1, 1), own_day=True, ask=False
    )


def test_a_name_is_typed_in_any_case_and_with_any_blanks() -> None:
    assert same_name(" ÅSA lind", "Åsa  Lind ")
    assert not same_name("Asa Lind", "Åsa Lind")
    assert not same_name("", "Åsa Lind")
