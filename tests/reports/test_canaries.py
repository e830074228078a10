"""Three hundred generated documents for prospects give no private field away, nor open anything."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition, Report
from reports.render import suggested_file_name
from tests.reports import canaries
from tests.reports.canaries import PUBLIC, fly, leaks, plant

THEIRS = (Edition.PROSPECT, Edition.DECLINE)


def test_no_canary_in_three_hundred_documents() -> None:
    assert fly(300) >= 290


@pytest.mark.parametrize("edition", THEIRS)
def test_every_text_of_an_assessment_has_its_canary(edition: Edition, full: Assessment) -> None:
    planted = plant(full, edition)
    assert "Gothenburg" not in repr(planted.assessment)
    for field in fields(Assessment):
        if field.name not in ("date", "bank", "policy", "form", "appetite", "deal_breakers"):
            before, after = getattr(full, field.name), getattr(planted.assessment, field.name)
            assert before != after or not before, field.name
    assert planted.private.isdisjoint(planted.public)
    assert len(planted.private) > 60


@pytest.mark.parametrize("edition", THEIRS)
def test_the_search_finds_what_should_not_be_there(
    edition: Edition, full: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with the fields that are printed called private, it finds every one of them."""
    confirmed = replace(full.conversation, confirmed_on=None)
    of = replace(full, conversation=confirmed)
    assert leaks(of, edition, Paper.A4) == []
    monkeypatch.setitem(PUBLIC, edition, ("prospect.name",))
    found = leaks(of, edition, Paper.A4)
    assert len([each for each in found if each.startswith("zq")]) >= (
        20 if edition is Edition.PROSPECT else 1
    )


def test_the_search_finds_a_file_that_was_opened(
    full: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(report: Report) -> str:
        Path(__file__).read_bytes()
        return suggested_file_name(report)

    monkeypatch.setattr(canaries, "suggested_file_name", careless)
    assert [f for f in leaks(full, Edition.DECLINE, Paper.A4) if "test_canaries.py" in f]
