"""A referral holds together: a name, a day, and a result that was heard on a day of its own."""

from __future__ import annotations

import datetime as dt

import pytest

from fitcheck.domain.referral import Referred, Result, same_name

DAY = dt.date(2026, 11, 3)
BEFORE, LATER = dt.date(2026, 11, 2), dt.date(2026, 12, 1)


def test_a_referral_of_which_nothing_was_heard_yet_has_no_day_of_a_result() -> None:
    assert Referred("Ruth", DAY) == Referred("Ruth", DAY, Result.NOT_HEARD, None, "")
    with pytest.raises(ValueError, match="heard on a day"):
        Referred("Ruth", DAY, Result.NOT_HEARD, LATER)


@pytest.mark.parametrize("result", [Result.MET, Result.WORKING, Result.NOTHING])
def test_a_result_has_the_day_on_which_it_was_heard(result: Result) -> None:
    assert Referred("Ruth", DAY, result, DAY).result_on == DAY
    with pytest.raises(ValueError, match="heard on a day"):
        Referred("Ruth", DAY, result)
    with pytest.raises(ValueError, match="before it was made"):
        Referred("Ruth", DAY, result, BEFORE)


def test_a_referral_to_nobody_is_none() -> None:
    with pytest.raises(ValueError, match="names somebody"):
        Referred("  ", DAY)


def test_a_name_is_the_same_whatever_its_case_and_blanks() -> None:
    assert same_name(" Ruth  FELDMAN", "ruth feldman ")
    assert not same_name("Ruth Feldman", "Ruth Feldmann")


def test_neither_whom_nor_words_stand_in_what_a_log_would_say() -> None:
    assert "Ruth" not in repr(Referred("Ruth", DAY, words="Ruth was kind"))
