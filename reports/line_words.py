"""A prospect's line over the years in sentences (I25), for the consultant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fitcheck.comparison_words import point_name, way_sentence
from fitcheck.domain.bank import Axis
from fitcheck.domain.line import Point, Years, way
from fitcheck.domain.moved import Moved
from fitcheck.domain.period import Decision, Reopening
from fitcheck.i18n import N_, _, ngettext
from reports import words
from reports.moved_words import axis_text

_PILES = {"keep": N_("Keep doing"), "stop": N_("Stop doing"), "start": N_("Start doing")}


@dataclass(frozen=True)
class Row:
    """A line of the table: a point, or a decision, whose scores are empty."""

    on: dt.date
    what: str
    said: str
    scores: tuple[str, ...]
    point: int | None


def headings() -> tuple[str, ...]:
    """Those of the table's columns."""
    axes = (words.axis_name(axis) for axis in Axis)
    return (_("Day"), _("What"), _("Recommendation"), *axes)


def table_rows(years: Years) -> tuple[Row, ...]:
    """Every point and every decision, oldest first; of one day the decision comes last."""
    points = [
        Row(
            point.on,
            point_name(point.kind),
            words.recommendation_name(point.recommendation),
            tuple(words.range_text(point.axes[axis]) for axis in Axis),
            number,
        )
        for number, point in enumerate(years.points)
    ]
    steps = [Row(on, what, said, ("",) * len(Axis), None) for on, what, said in decisions(years)]
    return tuple(sorted((*points, *steps), key=lambda row: row.on))


def decisions(years: Years) -> list[tuple[dt.date, str, str]]:
    """Each decision and each time that one was taken back: day, in a word, and what it was."""
    found = []
    for step in years.period.steps:
        if isinstance(step, Decision):
            found.append((step.on, _("Decided"), words.action_name(step.action)))
        elif isinstance(step, Reopening):
            found.append((step.on, _("Reopened"), ""))
    return found


def years_text(years: Years) -> str:
    """The chart in words: each point and each decision with its day."""
    said = []
    for row in table_rows(years):
        day = words.date_text(row.on)
        scores = ", ".join(
            _("{axis} {score}").format(axis=words.axis_name(axis), score=score)
            for axis, score in zip(Axis, row.scores, strict=True)
            if score
        )
        parts = (row.what, row.said, scores)
        text = ", ".join(part for part in parts if part)
        said.append(_("{day}: {text}.").format(day=day, text=text))
    return " ".join(said)


def way_lines(moved: Moved) -> tuple[str, ...]:
    """Each axis with how its score moved and, where it did, whether that is more than chance."""
    said = []
    for move in moved.axes:
        text = _("{axis}: {score}.").format(axis=words.axis_name(move.axis), score=axis_text(move))
        same = words.whole_percent(move.then.score) == words.whole_percent(move.now.score)
        said.append(text if same else f"{text} {way_sentence(way(move))}")
    return tuple(said)


def pile_lines(point: Point) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the inquiry came to, where it came to anything: keep, stop, start with their items."""
    conversation = point.judged.assessment.conversation
    found = ((_(name), getattr(conversation, pile)) for pile, name in _PILES.items())
    return tuple((name, items) for name, items in found if items)


def summary_text(years: Years) -> str:
    """How much there is, and from when to when."""
    points = years.points
    if not points:
        return ""
    first, last = words.date_text(points[0].on), words.date_text(points[-1].on)
    if first == last:
        said = ngettext("{count} point, on {last}", "{count} points, on {last}", len(points))
    else:
        said = ngettext(
            "{count} point, {first} to {last}", "{count} points, {first} to {last}", len(points)
        )
    return said.format(count=len(points), first=first, last=last)


def unfinished_text(years: Years) -> str:
    """That there are interviews whose totals are hidden; empty where there are none."""
    count = len(years.unfinished)
    if not count:
        return ""
    return ngettext(
        "{count} interview isn’t finished yet: its totals are hidden, so it isn’t on the line.",
        "{count} interviews aren’t finished yet: their totals are hidden, so they aren’t on the "
        "line.",
        count,
    ).format(count=count)
