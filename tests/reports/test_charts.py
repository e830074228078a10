"""One chart, two surfaces: QtSvg on screen and WeasyPrint on paper must draw the same picture."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import astuple, replace

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from fitcheck import packaged
from fitcheck.domain.answer_warnings import Gap
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Axis
from fitcheck.domain.judgement import Judgement, Recommendation, Stance
from fitcheck.domain.line import Years, line
from fitcheck.domain.moved import Judged
from fitcheck.domain.period import Decision, Opening, Period
from fitcheck.domain.policy import Action, Bar, Match
from reports.charts import ChartColours, axis_ranges, fit_map, odds_bar
from reports.colours import contrast
from reports.embedded import EmbeddedOnly
from reports.gap_chart import gap_chart
from reports.line_chart import line_chart
from reports.pages import page_images
from reports.templating import source
from tests.reports import people

SCALE = 2
MEAN_TOLERANCE = 0.4
"""Of 255, after a slight blur: the two draw the edges of letters a little differently."""
PEAK_TOLERANCE = 80
"""Of 255: no spot may be drawn by one and not by the other."""

PAPER = ChartColours.paper()


def _draws() -> dict[str, Callable[[Judgement], str]]:
    return {
        "fit_map": lambda judgement: fit_map(judgement, people.POLICY, PAPER),
        "odds_bar": lambda judgement: odds_bar(judgement.odds, PAPER),
        "axis_ranges": lambda judgement: axis_ranges(judgement, PAPER),
        "gaps": lambda _judgement: gap_chart(_gaps(10), PAPER),
        "line": lambda _judgement: line_chart(_years(), PAPER),
    }


def _years() -> Years:
    """Two assessments, a yes and a check-up."""
    day = dt.date(2024, 3, 1)
    decided = Decision(day + dt.timedelta(200), Action.PROCEED)
    period = Period((Opening(day), decided))
    each = people.assessment(Recommendation.STAGE, Stance.SPLIT)
    made = [
        Judged(replace(each, date=day + dt.timedelta(ahead)), people.BANK, people.judged(each))
        for ahead in (0, 100, 400)
    ]
    return Years("Ada", line(made, period), (1, 2, 3), period)


def _gaps(count: int) -> list[Gap]:
    """The first facets of the bank, both views at every place of the line and in either order."""
    return [
        Gap(facet, (i * 5 % 13) / 12, (i * 7 % 13) / 12, 2, 1)
        for i, facet in enumerate(people.BANK.facets[:count])
    ]


def _size(svg: str) -> tuple[int, int]:
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert found
    return int(found[1]), int(found[2])


def _on_screen(svg: str) -> Image.Image:
    width, height = (side * SCALE for side in _size(svg))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    assert renderer.isValid()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    pixels = bytes(image.constBits())
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", 0, 1)


def _on_paper(svg: str) -> Image.Image:
    width, height = _size(svg)
    fetcher, fonts = EmbeddedOnly(), FontConfiguration()
    page = CSS(string=f"@page {{ size: {width}px {height}px; margin: 0 }} svg {{ display: block }}")
    pdf = HTML(string=f"<body style='margin: 0'>{svg}", url_fetcher=fetcher).write_pdf(
        stylesheets=[CSS(string=source("house.css"), url_fetcher=fetcher, font_config=fonts), page],
        font_config=fonts,
    )
    (drawn,) = page_images(pdf, SCALE / 0.75)
    image = Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.pixels, "raw", "BGRX", 0, 1)
    return image.crop((0, 0, width * SCALE, height * SCALE))


def _apart(svg: str) -> tuple[float, int]:
    """The mean and the greatest difference of the two pictures, of 255, after a slight blur."""
    pictures = [
        draw(svg).convert("L").filter(ImageFilter.GaussianBlur(2 * SCALE))
        for draw in (_on_screen, _on_paper)
    ]
    difference = ImageChops.difference(*pictures)
    found = ImageStat.Stat(difference)
    return found.mean[0], int(found.extrema[0][1])


@pytest.fixture(name="_plex")
def plex(qapp: QApplication) -> None:  # noqa: ARG001 - fonts need an application
    for name in packaged.names("fonts"):
        if name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(QByteArray(packaged.read_bytes("fonts", name)))


@pytest.mark.usefixtures("_plex")
@pytest.mark.parametrize("chart", _draws())
def test_screen_and_paper_agree(chart: str, full: Assessment) -> None:
    mean, peak = _apart(_draws()[chart](people.judged(full)))
    assert mean < MEAN_TOLERANCE
    assert peak < PEAK_TOLERANCE


@pytest.mark.usefixtures("_plex")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<title>", '<clipPath id="k"><rect width="9" height="9"/></clipPath><title>'),
        ('font-size="13"', 'font-size="13" letter-spacing="6"'),
        ('text-anchor="middle"', 'text-anchor="middle" dominant-baseline="hanging"'),
    ],
)
def test_what_qtsvg_ignores_is_noticed(old: str, new: str, full: Assessment) -> None:
    """The control: leave the common subset, and the comparison fails."""
    svg = _draws()["fit_map"](people.judged(full)).replace(old, new)
    if "clipPath" in new:
        svg = re.sub(r"<rect ", '<rect clip-path="url(#k)" ', svg)
    mean, peak = _apart(svg)
    assert mean >= MEAN_TOLERANCE or peak >= PEAK_TOLERANCE


@pytest.mark.parametrize("chart", _draws())
def test_the_common_subset_is_kept(chart: str, full: Assessment) -> None:
    svg = _draws()[chart](people.judged(full))
    root = ET.fromstring(svg)
    tags = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()}
    assert tags <= {"svg", "title", "rect", "line", "path", "circle", "text", "g"}
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text
    for element in root.iter():
        for name in ("fill", "stroke"):
            colour = element.get(name, "none")
            assert colour == "none" or re.fullmatch("#[0-9a-f]{6}", colour), colour
        assert not {"style", "class", "clip-path", "dominant-baseline"} & set(element.keys())


@pytest.mark.parametrize("outcome", Recommendation)
@pytest.mark.parametrize("stance", Stance)
def test_every_prospect_can_be_drawn(outcome: Recommendation, stance: Stance) -> None:
    judgement = people.judged(people.assessment(outcome, stance, full=False))
    for draw in _draws().values():
        svg = draw(judgement)
        ET.fromstring(svg)
        assert "nan" not in svg


def test_the_map_shows_how_the_bars_move(full: Assessment) -> None:
    svg = fit_map(people.judged(full), people.POLICY, PAPER)
    for label in (
        "taste 50%",
        "measurable 65%",
        "measurable 50%",
        "taste 65%",
        "a matter of taste",
    ):
        assert f">{label}<" in svg
    still = replace(people.POLICY, bars=dict.fromkeys(people.POLICY.bars, Bar(0.5, 0.5)))
    same = fit_map(people.judged(full), still, PAPER)
    at = [float(y) for y in re.findall(r'y="([\d.]+)"[^>]*>(?:taste|measurable) 50%<', same)]
    assert abs(at[-1] - at[-2]) >= 12.9


def test_regions_differ_without_colour(full: Assessment) -> None:
    svg = fit_map(people.judged(full), people.POLICY, PAPER)
    assert [f">{name}<" in svg for name in ("Good", "Workable", "Poor")] == [True] * 3
    hatch = re.search(f'<g fill="none" stroke="{PAPER.hatch}"[^>]*>(.*?)</g>', svg)
    assert hatch
    assert hatch[1].count("M") > 20


def test_odds_sum_to_a_hundred_and_need_not_be_drawn_when_nil() -> None:
    svg = odds_bar({Match.GOOD: 1 / 3, Match.WORKABLE: 2 / 3, Match.POOR: 0.0}, PAPER)
    assert [int(n) for n in re.findall(r">\w+ (\d+)%<", svg)] == [33, 67, 0]


def test_axes_can_be_chosen(full: Assessment) -> None:
    judgement = people.judged(full)
    assert "Nature" in axis_ranges(judgement, PAPER)
    assert "Nature" not in axis_ranges(judgement, PAPER, axes=(Axis.CHEMISTRY, Axis.TRUST))


@pytest.mark.parametrize("count", [1, 10])
def test_each_gap_has_a_row_with_both_views(count: int) -> None:
    gaps = _gaps(count)
    root = ET.fromstring(gap_chart(gaps, PAPER, 400))
    svg = "{http://www.w3.org/2000/svg}"
    mine = [float(mark.get("cx", "nan")) for mark in root.findall(f"{svg}circle")]
    theirs = [float(mark.get("x", "nan")) + 6.5 for mark in root.findall(f"{svg}rect")]
    # The first of each is the legend's; the line runs from 8 to 432.
    assert mine[1:] == pytest.approx([8 + 424 * gap.mine for gap in gaps], abs=0.01)
    assert theirs[1:] == pytest.approx([8 + 424 * gap.theirs for gap in gaps], abs=0.01)
    assert root.get("width") == "400.00"
    title = root.findtext(f"{svg}title")
    assert title is not None
    assert title.count(";") == count - 1
    first = gaps[0].facet.name
    assert title.startswith(f"{first}: you 0%, they 0%")


def test_no_gap_has_no_chart() -> None:
    assert gap_chart([], PAPER) == ""


def test_the_two_views_differ_without_colour() -> None:
    root = ET.fromstring(gap_chart(_gaps(3), PAPER))
    svg = "{http://www.w3.org/2000/svg}"
    assert {mark.get("fill") for mark in root.findall(f"{svg}circle")} == {PAPER.ink}
    assert {mark.get("fill") for mark in root.findall(f"{svg}rect")} == {PAPER.surface}


@pytest.mark.parametrize("accent", ["#1f5f5b", "#ffee00", "#ffffff", "#000000", "nonsense"])
def test_labels_are_legible_on_every_region(accent: str) -> None:
    for colours in (
        ChartColours.light(accent),
        ChartColours.dark(accent),
        ChartColours.paper(accent),
    ):
        assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in astuple(colours))
        for region in (colours.surface, colours.good, colours.workable):
            assert contrast(colours.ink, region) >= 4.5
        assert contrast(colours.muted, colours.surface) >= 4.5
        assert contrast(colours.accent, colours.surface) >= 4.5
    for colours in (ChartColours.contrast(accent), ChartColours.contrast(accent, "#000000")):
        for region in (colours.surface, colours.good, colours.workable):
            assert contrast(colours.ink, region) >= 7
        for ink in (colours.accent, colours.hatch, colours.line, colours.muted):
            assert contrast(ink, colours.surface) >= 7
