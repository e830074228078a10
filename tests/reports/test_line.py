"""A prospect's line on the screen and in words: every point, every decision, and what changed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from fitcheck.domain.assessment import Conversation
from fitcheck.domain.bank import Axis
from fitcheck.domain.judgement import Recommendation, Stance, judge
from fitcheck.domain.line import Years, line
from fitcheck.domain.moved import Judged
from fitcheck.domain.period import Decision, Opening, Period, Reopening
from fitcheck.domain.policy import Action
from reports import words
from reports.charts import ChartColours
from reports.line_chart import line_chart
from reports.line_words import (
    headings,
    pile_lines,
    summary_text,
    table_rows,
    unfinished_text,
    way_lines,
    years_text,
)
from tests.reports import people

DAY = dt.date(2024, 3, 1)
PAPER = ChartColours.paper()
STAGED = people.assessment(Recommendation.STAGE, Stance.SPLIT)
GOOD = replace(people.assessment(Recommendation.PROCEED, Stance.SPLIT), deal_breakers={})


def judged(on: dt.date, good: bool) -> Judged:
    assessment = replace(GOOD if good else STAGED, date=on)
    return Judged(assessment, people.BANK, judge(assessment, people.BANK, people.POLICY))


def later(days: int) -> dt.date:
    return DAY + dt.timedelta(days)


STEPS = (
    Decision(later(20), Action.PROCEED, "private words"),
    Reopening(later(500)),
    Decision(later(500), Action.DECLINE),
)


def years(count: int = 3, steps: tuple[Decision | Reopening, ...] = STEPS) -> Years:
    period = Period((Opening(DAY), *steps))
    points = line([judged(later(n * 200), n % 2 == 1) for n in range(count)], period)
    return Years("Ada <b>Bell</b>", points, tuple(range(count)), period)


def test_the_table_has_every_point_and_every_decision_in_their_order() -> None:
    rows = table_rows(years())
    assert [(row.on, row.what, row.said, row.point) for row in rows] == [
        (DAY, "Assessment", "Stage the work", 0),
        (later(20), "Decided", "Proceed", None),
        (later(200), "Check-up", "Proceed", 1),
        (later(400), "Check-up", "Stage the work", 2),
        (later(500), "Reopened", "", None),
        (later(500), "Decided", "Decline", None),
    ]
    assert all(len((row.on, row.what, row.said, *row.scores)) == len(headings()) for row in rows)
    assert rows[0].scores == tuple(words.range_text(years().points[0].axes[axis]) for axis in Axis)


def test_the_chart_says_all_of_it_in_words() -> None:
    said = years_text(years())
    for row in table_rows(years()):
        assert words.date_text(row.on) in said
        assert all(score in said for score in row.scores)
    root = ET.fromstring(line_chart(years(), PAPER))
    assert root.findtext("{http://www.w3.org/2000/svg}title") == said
    assert "private" not in line_chart(years(), PAPER)


@pytest.mark.parametrize("count", [1, 2, 40])
@pytest.mark.parametrize("steps", [(), STEPS], ids=["undecided", "decided"])
def test_every_point_is_drawn_once_an_axis_and_nothing_leaves_the_picture(
    count: int, steps: tuple[Decision | Reopening, ...]
) -> None:
    svg = line_chart(years(count, steps), PAPER)
    root = ET.fromstring(svg)
    marks = len(re.findall("<circle", svg)) + len(re.findall("<rect", svg))
    assert marks == 2 + count * len(Axis), "two of them are the legend"
    assert ("<rect" in svg) == ("Check-up" in svg)
    width, height = (float(n) for n in (root.get("viewBox") or "").split()[2:])
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(element.get(name, 0)) <= width
        for name in ("y", "y1", "y2", "cy"):
            assert 0 <= float(element.get(name, 0)) <= height
    assert "nan" not in svg


def test_dates_and_decisions_never_run_into_each_other() -> None:
    svg = line_chart(years(40), PAPER)
    at = [float(x) for x in re.findall(r'<text x="([\d.]+)"[^>]*middle">\d', svg)]
    assert len(at) > 2
    assert all(abs(a - b) > 90 for i, a in enumerate(at) for b in at[:i])
    assert (svg.count(">Decline<"), svg.count(">Reopened<")) == (1, 0), "the last one stands"


def test_without_a_point_there_is_no_chart() -> None:
    assert line_chart(years(0), PAPER) == ""
    assert summary_text(years(0)) == ""


def test_how_much_there_is_and_what_is_hidden() -> None:
    assert summary_text(years(1)) == "1 point, on 1 March 2024"
    assert summary_text(years(3)) == "3 points, 1 March 2024 to 5 April 2025"
    assert unfinished_text(years()) == ""
    one, two = (replace(years(), unfinished=ids) for ids in ((7,), (7, 8)))
    assert unfinished_text(one).startswith("1 interview isn’t finished yet")
    assert unfinished_text(two).startswith("2 interviews aren’t finished yet")


def test_a_score_that_stayed_is_not_said_to_have_moved_by_chance() -> None:
    moved = years().points[1].moved
    assert moved is not None
    said = way_lines(moved)
    assert [line.split(":")[0] for line in said] == [words.axis_name(axis) for axis in Axis]
    for text in said:
        assert ("as it was" in text) != ("range" in text)
    assert any("range" in text for text in said)


def test_what_the_inquiry_came_to_stands_under_its_names() -> None:
    point = years().points[0]
    talk = Conversation(keep=("the coffee",), start=("asking", "listening"))
    made = replace(point.judged.assessment, conversation=talk)
    said = pile_lines(replace(point, judged=replace(point.judged, assessment=made)))
    assert said == (("Keep doing", ("the coffee",)), ("Start doing", ("asking", "listening")))
