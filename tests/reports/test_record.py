"""The track record in words, as a picture, on paper and as a table."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from fitcheck.domain.forecast import Engagement
from fitcheck.domain.outcome import Occasion, Outcome, Sign
from fitcheck.domain.policy import Action, Match
from fitcheck.domain.profile import Paper
from fitcheck.domain.record import Record
from fitcheck.domain.report import RecordSheet
from fitcheck.domain.track_record import Finding
from reports import record_words
from reports.charts import ChartColours
from reports.record_chart import murphy_chart, reliability_chart
from reports.record_csv import record_csv
from reports.record_view import lines
from reports.render import suggested_file_name
from tests.domain.records import TODAY, early, engagements, fitting, record_of, too_sure
from tests.reports import people
from tests.reports.documents import pdf

CLAIMS = ("Brier", "Reliability", "Wilson", "Mean loss", "Told apart")


def text_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages))


@pytest.mark.parametrize("paper", Paper)
def test_the_printed_record_says_all_of_it(paper: Paper) -> None:
    record, text = fitting(), text_of(pdf("record-fitting", paper))
    figures = record.track.figures
    assert figures is not None
    for said in (
        "Nothing in these outcomes speaks against your odds.",
        *CLAIMS,
        f"{figures.brier:.3f}",
        f"{figures.murphy.resolution:.3f}",
        "your odds are 22% better",
        "Declined prospects have no outcome",
        "A good fit is not the same as a good outcome",
        "Under 50 outcomes, no change of the bars",
        *(each.name for each in record.engagements),
    ):
        assert said in text
    for point in figures.diagram:
        row = " ".join(record_words.diagram_row(point))
        assert row in text


def test_too_early_it_prints_the_list_and_claims_nothing() -> None:
    text = text_of(pdf("record-early", Paper.A4))
    assert "Too early to say anything: 13 more outcomes are needed." in text
    assert "Jo Field: Nothing had been assessed to the end when it was decided." in text
    assert "1 outcome is not counted" in text
    assert [claim for claim in CLAIMS if claim in text] == []
    assert all(each.name in text for each in early().engagements)


def test_the_file_is_named_after_what_it_is_and_its_day() -> None:
    sheet = RecordSheet(people.PROFILE, TODAY, early())
    assert suggested_file_name(sheet) == "track-record-2026-11-21.pdf"
    assert "Jo Field" not in repr(sheet)


def test_as_plain_lines_it_says_the_same() -> None:
    said = "\n".join(lines(RecordSheet(people.PROFILE, TODAY, fitting())))
    assert all(claim in said for claim in CLAIMS if claim != "Wilson")
    few = "\n".join(lines(RecordSheet(people.PROFILE, TODAY, early())))
    assert [claim for claim in CLAIMS if claim in few] == []
    none = lines(RecordSheet(people.PROFILE, TODAY, record_of((), declined=0)))
    assert any("20 more outcomes" in line for line in none)


# Words


@pytest.mark.parametrize("finding", Finding)
def test_every_finding_is_a_sentence_and_a_fault_comes_with_its_doubt(finding: Finding) -> None:
    track = replace(fitting().track, finding=finding)
    assert record_words.finding_sentence(track).endswith(".")
    meaning = record_words.finding_meaning(track)
    faulty = finding not in (Finding.TOO_EARLY, Finding.ALIKE, Finding.FITTING)
    assert ("one record of twenty" in meaning) is faulty


def test_skill_is_said_as_better_or_worse_or_not_at_all() -> None:
    figures = fitting().track.figures
    assert figures is not None
    for skill, said in ((0.25, "25% better"), (-0.5, "50% worse"), (None, "nothing to compare")):
        assert said in record_words.brier_sentences(replace(figures, skill=skill))[-1]


def test_tuning_is_not_offered_under_fifty_outcomes() -> None:
    def said(record: Record) -> str:
        return " ".join(record_words.cautions(record))

    assert "bars" not in said(early())
    assert "no change of the bars is worth thinking about" in said(fitting())
    assert "enough outcomes to think about other bars" in said(too_sure())
    assert "nothing here will say" in said(too_sure())


@pytest.mark.parametrize("signs", range(5))
def test_the_rule_of_the_marks_is_said_as_the_domain_has_it(signs: int) -> None:
    match = Outcome(Occasion.END, TODAY, frozenset(list(Sign)[:signs])).match
    said = record_words.outcome_rule(signs, match)
    assert said.startswith(f"{signs} of 4")
    assert record_words.outcome_name(match).removeprefix("It ") in said


def test_counts_stand_for_themselves_and_losses_only_on_enough_cases() -> None:
    track = fitting().track
    rows = {
        row[0]: row[1:]
        for row in (record_words.adviser_row(*each) for each in record_words.advisers(track))
    }
    assert rows["Your decision"][-1] == f"{track.final.loss:.2f}"
    assert rows["Your gut"][-1] == "too few"
    proceeded = track.final.outcomes[Action.PROCEED]
    assert rows["Your decision"][1] == " · ".join(str(proceeded[match]) for match in Match)
    assert rows["Your decision"][3] == "–"


def test_more_than_can_be_counted_is_said_so() -> None:
    assert record_words.due_text(1, 99) == "1 outcome to mark"
    assert record_words.due_text(99, 99) == "99 outcomes to mark"
    assert record_words.due_text(100, 99) == "More than 99 outcomes to mark"


# Pictures


@pytest.mark.parametrize("make", [fitting, too_sure])
@pytest.mark.parametrize("colours", [ChartColours.light(), ChartColours.dark()])
def test_every_point_of_the_diagram_is_drawn_and_said(
    make: Callable[[], Record], colours: ChartColours
) -> None:
    figures = make().track.figures
    assert figures is not None
    drawn = ET.fromstring(reliability_chart(figures, colours))
    name = "{http://www.w3.org/2000/svg}"
    circles = drawn.findall(f"{name}circle")
    assert len(circles) == len(figures.diagram)
    for circle, point in zip(circles, figures.diagram, strict=True):
        across = (float(circle.attrib["cx"]) - 58) / 320
        up = 1 - (float(circle.attrib["cy"]) - 14) / 320
        assert [across, up] == pytest.approx([point.mean, point.share], abs=1e-3)
    title = drawn.findtext(f"{name}title")
    assert title is not None
    for point in figures.diagram:
        assert record_words.diagram_sentence(point) in title
    bars = murphy_chart(figures, colours)
    assert all(f"{value:.3f}" in bars for _name, value, _why in record_words.murphy_rows(figures))


def test_without_any_spread_the_bars_are_drawn_all_the_same() -> None:
    figures = fitting().track.figures
    assert figures is not None
    nothing = replace(figures.murphy, reliability=0.0, resolution=0.0, uncertainty=0.0)
    ET.fromstring(murphy_chart(replace(figures, murphy=nothing), ChartColours.light()))


# As a table


def test_the_table_has_a_line_for_each_and_no_formulas() -> None:
    found = list(early().engagements)
    outcome = found[0].outcome
    assert outcome is not None
    found[0] = replace(found[0], name="=1+1", outcomes=(replace(outcome, words="@home, “well”"),))
    found.append(Engagement(99, 99, "Nobody yet", TODAY, Action.PROCEED))
    table = list(csv.reader(io.StringIO(record_csv(found).decode("utf-8-sig"))))
    headings, first, *_others = table
    assert len(table) == len(found) + 1
    assert {len(row) for row in table} == {len(headings)}
    row = dict(zip(headings, first, strict=True))
    assert (row["Name"], row["Words"]) == ("'=1+1", "'@home, “well”")
    assert row["Decided on"] == found[0].decided_on.isoformat()
    assert sum(int(row[f"{kind} match (%)"]) for kind in ("Good", "Workable", "Poor")) == 100
    assert row["Marks"] == str(len(outcome.signs))
    unknown = dict(zip(headings, table[-2], strict=True))
    assert unknown["Good match (%)"] == ""
    assert unknown["Why no odds"].startswith("Nothing had been assessed")


def test_the_order_of_the_list_is_kept() -> None:
    found = engagements(5, 1)
    table = list(csv.reader(io.StringIO(record_csv(reversed(found)).decode("utf-8-sig"))))
    assert [row[0] for row in table[1:]] == [each.name for each in reversed(found)]
