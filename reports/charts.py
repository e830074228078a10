"""The charts, drawn once for screen and paper: SVG that QtSvg and WeasyPrint draw alike.

Why one implementation, and which subset of SVG both understand:
``docs/decisions/0006-one-chart-two-surfaces.md``. Every function returns one ``<svg>`` element as
text, escaped, with a ``<title>`` that says in words what the picture shows. ``width`` is in CSS
pixels; the height follows, and the drawing scales with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from fitcheck.domain.bank import JUDGED_AXES, Axis
from fitcheck.domain.judgement import Judgement
from fitcheck.domain.policy import Match, Policy
from fitcheck.domain.profile import DEFAULT_ACCENT
from reports import words
from reports.colours import BLACK, WHITE, legible, mix
from reports.colours import contrast as ratio

FONT = "IBM Plex Sans"

_DARK_SURFACE = "#1c2124"
_STRONG = 7.0
"""The least contrast of lines where somebody asked for high contrast."""


@dataclass(frozen=True)
class ChartColours:
    """The colours of a chart, each ``#rrggbb``. Meaning never rests on them alone.

    ``good`` and ``workable`` fill their regions; poor is ``surface`` under lines of ``hatch``.
    """

    ink: str
    muted: str
    line: str
    surface: str
    accent: str
    good: str
    workable: str
    hatch: str

    @classmethod
    def light(cls, accent: str = DEFAULT_ACCENT, surface: str = WHITE) -> ChartColours:
        """For a light window."""
        strong = legible(accent, surface)
        return cls(
            ink="#1b2226",
            muted="#566167",
            line="#a9b2b7",
            surface=surface,
            accent=strong,
            good=mix(strong, surface, 0.68),
            workable=mix(strong, surface, 0.90),
            hatch="#c3c9cc",
        )

    @classmethod
    def dark(cls, accent: str = DEFAULT_ACCENT, surface: str = _DARK_SURFACE) -> ChartColours:
        """For a dark window."""
        strong = legible(accent, surface)
        return cls(
            ink="#f0f3f4",
            muted="#a7b1b6",
            line="#5f6a70",
            surface=surface,
            accent=strong,
            good=mix(strong, surface, 0.72),
            workable=mix(strong, surface, 0.86),
            hatch="#474f54",
        )

    @classmethod
    def contrast(cls, accent: str = DEFAULT_ACCENT, surface: str = WHITE) -> ChartColours:
        """For a window of high contrast, black or white: every line and letter in full ink."""
        ink = max(BLACK, WHITE, key=lambda far: ratio(far, surface))
        strong = legible(accent, surface, _STRONG)
        return cls(
            ink=ink,
            muted=ink,
            line=ink,
            surface=surface,
            accent=strong,
            good=mix(strong, surface, 0.7),
            workable=mix(strong, surface, 0.88),
            hatch=legible(surface, surface, _STRONG),
        )

    @classmethod
    def paper(cls, accent: str = DEFAULT_ACCENT) -> ChartColours:
        """For white paper; the tints keep apart in a grey print as well."""
        return cls.light(accent, WHITE)


@dataclass(frozen=True)
class _Plot:
    """A square of 0 to 100 % on both sides; y grows upwards in it."""

    left: float
    top: float
    size: float

    def x(self, share: float) -> float:
        return self.left + self.size * share

    def y(self, share: float) -> float:
        return self.top + self.size * (1 - share)


_MAP = _Plot(left=62, top=34, size=300)
_MAP_WIDTH, _MAP_HEIGHT = 476, 470
_LEAST_APART = 13.0
"""Two labels on one side stand at least this far apart, so that they can be read."""


def fit_map(
    judgement: Judgement, policy: Policy, colours: ChartColours, width: float = _MAP_WIDTH
) -> str:
    """Chemistry across, trust upwards, and the nature of the problem beneath, which moves the bars.

    The regions good, workable and poor are those at the nature score. Beside each axis a track
    shows between which ends its bar travels as the problem goes from taste to measurable. The
    prospect is a point with the ranges of both axes as a cross inside an outline.
    """
    from reports.templating import fill

    chemistry, trust, nature = (judgement.axes[axis] for axis in Axis)
    bars = {axis: judgement.bars[axis] for axis in JUDGED_AXES}
    lower = {axis: bar - policy.gap for axis, bar in bars.items()}
    travel = policy.bars
    measured_y = _MAP.y(travel[Axis.TRUST].measurable)
    taste_y = _MAP.y(travel[Axis.TRUST].preference)
    taste_x = _MAP.x(travel[Axis.CHEMISTRY].preference)
    measured_x = _MAP.x(travel[Axis.CHEMISTRY].measurable)
    point = (_MAP.x(chemistry.score), _MAP.y(trust.score))
    reach = (_MAP.x(chemistry.low), _MAP.y(trust.high), _MAP.x(chemistry.high), _MAP.y(trust.low))
    return fill(
        "charts/fit_map.svg",
        {
            "c": colours,
            "font": FONT,
            "width": width,
            "height": width * _MAP_HEIGHT / _MAP_WIDTH,
            "view": (_MAP_WIDTH, _MAP_HEIGHT),
            "words": words,
            "title": _map_title(judgement),
            "plot": _MAP,
            "hatch": _hatch(_MAP.left, _MAP.top, _MAP.size, _MAP.size, 9),
            "good": (_MAP.x(bars[Axis.CHEMISTRY]), _MAP.y(bars[Axis.TRUST])),
            "workable": (_MAP.x(lower[Axis.CHEMISTRY]), _MAP.y(lower[Axis.TRUST])),
            "labels": _region_labels(bars, lower, reach),
            "x_ticks": _ticks(bars[Axis.CHEMISTRY], lower[Axis.CHEMISTRY], _MAP.x),
            "y_ticks": _ticks(bars[Axis.TRUST], lower[Axis.TRUST], _MAP.y),
            "trust_track": _spread((taste_y, measured_y)),
            "trust_ends": (taste_y, measured_y),
            "chemistry_ends": (taste_x, measured_x),
            "travel": {axis: travel[axis] for axis in JUDGED_AXES},
            "point": point,
            "reach": reach,
            "nature": nature,
            "stance": policy.stance,
            "axis": Axis,
        },
    )


_BAR_WIDTH, _BAR_HEIGHT = 440, 58


def odds_bar(odds: Mapping[Match, float], colours: ChartColours, width: float = _BAR_WIDTH) -> str:
    """The odds of a good, workable and poor match as one stacked bar, with labels beneath."""
    from reports.templating import fill

    starts = {
        Match.GOOD: 0.0,
        Match.WORKABLE: odds[Match.GOOD] * _BAR_WIDTH,
        Match.POOR: (odds[Match.GOOD] + odds[Match.WORKABLE]) * _BAR_WIDTH,
    }
    parts = [
        {
            "match": match.value,
            "x": starts[match],
            "width": odds[match] * _BAR_WIDTH,
            "label_x": column * _BAR_WIDTH / len(Match),
            "name": words.match_name(match),
            "percent": number,
            "hatch": _hatch(starts[match], 1, odds[match] * _BAR_WIDTH, 24, 6),
        }
        for column, (match, number) in enumerate(
            zip(Match, words.percents([odds[match] for match in Match]), strict=True)
        )
    ]
    return fill(
        "charts/odds_bar.svg",
        {
            "c": colours,
            "font": FONT,
            "width": width,
            "height": width * _BAR_HEIGHT / _BAR_WIDTH,
            "view": (_BAR_WIDTH, _BAR_HEIGHT),
            "title": words.odds_sentence(odds),
            "parts": parts,
            "swatch": lambda x: _hatch(x + 0.5, 38.5, 13, 13, 5),
        },
    )


_RANGES_WIDTH, _RANGES_ROW = 440, 44


def axis_ranges(
    judgement: Judgement,
    colours: ChartColours,
    width: float = _RANGES_WIDTH,
    axes: Sequence[Axis] = tuple(Axis),
) -> str:
    """The axes, each with its score, its range and, where it has one, its bar."""
    from reports.templating import fill

    rows = [
        {
            "y": row * _RANGES_ROW,
            "name": words.axis_name(axis),
            "value": words.range_text(judgement.axes[axis]),
            "ends": words.axis_ends(axis),
            "score": judgement.axes[axis].score * _RANGES_WIDTH,
            "low": judgement.axes[axis].low * _RANGES_WIDTH,
            "high": judgement.axes[axis].high * _RANGES_WIDTH,
            "bar": judgement.bars[axis] * _RANGES_WIDTH if axis in judgement.bars else None,
            "bar_label": words.bar_text(judgement.bars[axis]) if axis in judgement.bars else "",
        }
        for row, axis in enumerate(axes)
    ]
    height = len(rows) * _RANGES_ROW
    return fill(
        "charts/axis_ranges.svg",
        {
            "c": colours,
            "font": FONT,
            "width": width,
            "height": width * height / _RANGES_WIDTH,
            "view": (_RANGES_WIDTH, height),
            "title": "; ".join(f"{row['name']} {row['value']}" for row in rows),
            "rows": rows,
        },
    )


def _map_title(judgement: Judgement) -> str:
    return "; ".join(
        f"{words.axis_name(axis)} {words.range_text(judgement.axes[axis])}" for axis in Axis
    )


def _ticks(bar: float, lower: float, place: Callable[[float], float]) -> list[dict[str, object]]:
    """The ends of an axis, its bar (strong) and where poor begins."""
    return [
        {"at": place(share), "text": words.percent(share), "strong": share == bar}
        for share in (0.0, lower, bar, 1.0)
    ]


def _spread(ends: tuple[float, float]) -> tuple[float, float]:
    """Where the labels of two ends go: at the ends, or apart where these are too near."""
    first, second = ends
    lacking = _LEAST_APART - abs(first - second)
    if lacking <= 0:
        return ends
    push = lacking / 2 if first >= second else -lacking / 2
    return first + push, second - push


def _region_labels(
    bars: Mapping[Axis, float],
    lower: Mapping[Axis, float],
    reach: tuple[float, float, float, float],
) -> list[dict[str, object]]:
    """The regions' names, each in a corner of its own that the prospect leaves free."""
    inset, height = 8.0, 18.0
    right, bottom = _MAP.x(1) - inset, _MAP.y(0) - inset
    corners = {
        Match.GOOD: [
            ("end", right, _MAP.top + inset),
            ("end", right, _MAP.y(bars[Axis.TRUST]) - inset - height),
            ("start", _MAP.x(bars[Axis.CHEMISTRY]) + inset, _MAP.top + inset),
        ],
        Match.WORKABLE: [
            ("end", right, _MAP.y(lower[Axis.TRUST]) - inset - height),
            ("start", _MAP.x(lower[Axis.CHEMISTRY]) + inset, _MAP.top + inset),
        ],
        Match.POOR: [
            ("start", _MAP.left + inset, bottom - height),
            ("end", right, bottom - height),
        ],
    }
    labels = []
    for match, places in corners.items():
        name = words.match_name(match)
        wide = 7.4 * len(name) + 10
        anchor, x, y = next(
            (place for place in places if not _touches(place, wide, height, reach)), places[0]
        )
        labels.append(
            {
                "name": name,
                "anchor": anchor,
                "x": x,
                "y": y,
                "box_x": x - wide + 5 if anchor == "end" else x - 5,
                "box_width": wide,
                "boxed": match is Match.POOR,
            }
        )
    return labels


def _touches(
    place: tuple[str, float, float],
    wide: float,
    height: float,
    reach: tuple[float, float, float, float],
) -> bool:
    anchor, x, y = place
    left = x - wide if anchor == "end" else x
    return not (left + wide < reach[0] or left > reach[2] or y + height < reach[1] or y > reach[3])


def _hatch(x: float, y: float, width: float, height: float, step: float) -> Markup:
    """The slanted lines that fill a rectangle, as elements: QtSvg knows no clip-path.

    A path for each line: stroked as one path, they take QtSvg seventeen times as long.
    """
    strokes = []
    along = step
    while along < width + height:
        strokes.append(
            f'<path d="M{x + max(0.0, along - height):.2f} {y + min(along, height):.2f}'
            f'L{x + min(along, width):.2f} {y + max(0.0, along - width):.2f}"/>'
        )
        along += step
    return Markup("".join(strokes))
