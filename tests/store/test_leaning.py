"""Whether the list says "leaning": until it is known that one knows enough, over a real book."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.listed import Summary
from fitcheck.domain.steps import whole
from fitcheck.services import FitCheck

DAY = dt.date(2026, 11, 21)


def test_the_list_leans_until_it_is_known_that_one_knows_enough(folder: Path) -> None:
    fitcheck = FitCheck.open(folder, lambda: DAY)
    id_ = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("a")), Form.FULL)
    interview = fitcheck.interview(id_)

    def listed() -> Summary:
        """What the list shows once everything is written."""
        fitcheck._book._writer.write(lambda _connection: None).result()
        (line,) = fitcheck.prospects()
        assert line.latest is not None
        assert line.latest.summary is not None
        return line.latest.summary

    for question in interview.questions:
        interview.set_value(question.id, 4)
    assert listed().leaning
    whole(interview.firming())
    assert not listed().leaning
    interview.set_value(interview.questions[0].id, 3)
    assert listed().leaning
    interview.finish()
    assert not listed().leaning
    fitcheck.close()
    fitcheck = FitCheck.open(folder, lambda: DAY)
    again = fitcheck.interview(id_)
    assert again.firmness is None
    assert not again.leaning
    fitcheck.close()
