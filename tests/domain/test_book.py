"""What the book tells of the past tried out by another policy."""

from __future__ import annotations

import datetime as dt

import pytest

from fitcheck.domain.book import PolicyChange
from fitcheck.domain.judgement import Recommendation


@pytest.mark.parametrize("then", Recommendation)
@pytest.mark.parametrize("now", Recommendation)
def test_a_policy_changes_what_is_recommended_otherwise_and_nothing_else(
    then: Recommendation, now: Recommendation
) -> None:
    tried = PolicyChange(1, "Ada Bell", dt.date(2026, 11, 22), decided=False, then=then, now=now)
    assert tried.changes == (then != now)
