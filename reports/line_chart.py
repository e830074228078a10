"""A prospect's line over the years as three small charts under each other, one an axis (I25).

Drawn like :mod:`reports.charts`, in the subset of SVG that QtSvg and WeasyPrint draw alike. Time
goes from left to right, the score upwards with its range as a bar. An assessment is a circle, a
check-up a square; a decision stands as a dashed line through all three, with its name above. Shape
and words carry the meaning, so a grey print loses nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from fitcheck.domain.bank import Axis
from fitcheck.domain.line import Point, PointKind, Years
from fitcheck.i18n import _
from reports import words
from reports.charts import FONT, ChartColours
from reports.line_words import decisions, years_text

_WIDTH = 960
_LEFT, _RIGHT = 46.0, 18.0
_TOP = 62
"""For the legend, and for the names of decisions under it."""
_PANEL, _GAP = 96, 38
_FOOT = 26
_INSET = 16.0
_DATE_APART = 104.0
"""Two dates under the line stand at least this far apart, so that they can be read."""
_NAME_APART = 88.0


def line_chart(years: Years, colours: ChartColours, width: float = _WIDTH) -> str:
    """The chart of all points; an empty text where there is none."""
    from reports.templating import fill

    if not years.points:
        return ""
    height = _TOP + len(Axis) * (_PANEL + _GAP) + _FOOT - _GAP
    marks = decisions(years)
    span = [point.on for point in years.points] + [mark[0] for mark in marks]
    first, last = min(span), max(span)
    bottom = _TOP + len(Axis) * (_PANEL + _GAP) - _GAP
    return fill(
        "charts/line.svg",
        {
            "c": colours,
            "font": FONT,
            "width": width,
            "height": width * height / _WIDTH,
            "view": (_WIDTH, height),
            "title": years_text(years),
            "assessment": _("Assessment"),
            "check_up": _("Check-up"),
            "ends": (_LEFT, _WIDTH - _RIGHT),
            "panels": [
                _panel(years.points, axis, _TOP + number * (_PANEL + _GAP), first, last)
                for number, axis in enumerate(Axis)
            ],
            "decisions": _decisions(marks, first, last),
            "top": _TOP,
            "bottom": bottom,
            "dates": _dates([point.on for point in years.points], first, last),
            "foot": bottom + 19,
        },
    )


def _across(day: dt.date, first: dt.date, last: dt.date) -> float:
    left, right = _LEFT + _INSET, _WIDTH - _RIGHT - _INSET
    if first == last:
        return (left + right) / 2
    return left + (right - left) * ((day - first).days / (last - first).days)


def _panel(
    points: Sequence[Point], axis: Axis, top: float, first: dt.date, last: dt.date
) -> dict[str, object]:
    def down(share: float) -> float:
        return top + _PANEL * (1 - share)

    marks = [
        {
            "x": _across(point.on, first, last),
            "y": down(point.axes[axis].score),
            "low": down(point.axes[axis].low),
            "high": down(point.axes[axis].high),
            "square": point.kind is PointKind.CHECK_UP,
        }
        for point in points
    ]
    path = " ".join(
        f"{'L' if number else 'M'}{mark['x']:.2f} {mark['y']:.2f}"
        for number, mark in enumerate(marks)
    )
    return {
        "name": words.axis_name(axis),
        "name_y": top - 13,
        "lines": [{"y": down(share), "text": words.percent(share)} for share in (0.0, 0.5, 1.0)],
        "marks": marks,
        "path": path,
    }


def _decisions(
    marks: Sequence[tuple[dt.date, str, str]], first: dt.date, last: dt.date
) -> list[dict[str, object]]:
    """Each decision with its place; its name only where the one after it leaves room."""
    found: list[dict[str, object]] = []
    free = float("inf")
    for on, what, said in reversed(marks):
        x = _across(on, first, last)
        end = x > _WIDTH - _RIGHT - _NAME_APART
        shown = free - x >= _NAME_APART * (2 if found and found[-1]["end"] else 1)
        free = x if shown else free
        found.append({"x": x, "name": (said or what) if shown else "", "end": end})
    return found


def _dates(days: Sequence[dt.date], first: dt.date, last: dt.date) -> list[dict[str, object]]:
    """The dates beneath, the newest first of all, and the others where they find room."""
    placed: list[tuple[float, dt.date]] = []
    for day in dict.fromkeys((days[-1], days[0], *days)):
        x = _across(day, first, last)
        if all(abs(x - other) >= _DATE_APART for other, _day in placed):
            placed.append((x, day))
    return [
        {
            "x": min(max(x, _LEFT + 34), _WIDTH - _RIGHT - 38),
            "text": words.date_text(day),
        }
        for x, day in placed
    ]
