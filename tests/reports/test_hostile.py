"""Hostile text in every field of every document is shown as text, or refused in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import (
    DeclineLetter,
    Edition,
    ProspectEdition,
    Report,
    decline_letter,
)
from fitcheck.errors import InvalidInput
from fitcheck.exchange.pdf_attachment import read_private_file
from reports.render import render, suggested_file_name
from reports.templating import fill
from tests.domain.strategies import whole_assessments
from tests.reports import people
from tests.reports.conftest import text_of
from tests.reports.documents import LETTER
from tests.reports.hostile import HOSTILE
from tests.reports.hostile_fields import (
    EDITIONS,
    EXPORTS,
    IN_NO_FILE,
    is_a_file_name,
    packs,
    places_by_type,
    planted,
    print_and_look,
    turned,
)

MAKERS: dict[str, Callable[[Assessment], Report]] = {
    "private": people.private,
    "prospect": people.prospects,
    "letter": lambda of: decline_letter(of, people.PROFILE),
}
PACKED = 20
"""So many more of the texts in each document; as there are more fields, some stand in several."""

Counted = Callable[[str, object], None]


def test_no_field_that_can_be_written_in_is_forgotten() -> None:
    places = {place for _text, place in planted(turned(0)).pairs}
    assert places_by_type() == places
    assert len(places) > 55


@pytest.mark.parametrize("edition", EDITIONS)
def test_five_hundred_hostile_texts_are_shown_as_text(
    edition: Edition, record_property: Counted
) -> None:
    """The whole cross product is `python3 dev.py soak hostile`."""
    pairs: set[tuple[str, str]] = set()
    documents = 0
    for of in packs(PACKED):
        print_and_look(of, edition)
        pairs |= of.pairs
        documents += 1
    assert {text for text, _place in pairs} == set(HOSTILE)
    record_property("counted", f"{documents} documents, {len(pairs)} hostile texts × fields")


@pytest.mark.parametrize("name", EXPORTS)
def test_every_text_in_every_field_comes_back_from_a_file(
    name: str, record_property: Counted
) -> None:
    """What a file may not hold is refused with its place, whichever the field."""
    holdable = [text for text in HOSTILE if not IN_NO_FILE.search(text)]
    pairs: set[tuple[str, str]] = set()
    for number in range(len(holdable)):
        of = planted(turned(number, holdable))
        assert EXPORTS[name](of.assessment) == of.assessment
        pairs |= of.pairs
    fields = len(places_by_type())
    assert len(pairs) == len(holdable) * fields
    refused = 0
    for text in set(HOSTILE) - set(holdable):
        of = planted(cycle([text]))
        with pytest.raises(InvalidInput) as told:
            EXPORTS[name](of.assessment)
        assert len({fault.place for fault in told.value.faults}) >= len(
            [place for place in places_by_type() if not place.startswith("Profile.")]
        )
        refused += 1
    said = f"{name}: {len(pairs)} hostile texts × fields; {refused} texts refused, with each place"
    record_property("counted", said)


FILE_NAMES = (
    *("CON", "nul", "aux.txt", "COM1", "lpt9.pdf", ".", "..", "name.", "name ", "-", "~", "$HOME"),
    *(
        "x" * 400,
        "日" * 400,
        "é" * 300,
        "\u202efdp.exe",
        "a\x00b",
        "C:\\x",
        "//server/share",
        "a\\b",
    ),
)


def test_every_text_makes_a_file_name_that_every_system_takes(record_property: Counted) -> None:
    made = people.private(people.assessment())
    prospects, letter = MAKERS["prospect"](made.assessment), MAKERS["letter"](made.assessment)
    assert isinstance(prospects, ProspectEdition)
    assert isinstance(letter, DeclineLetter)
    names: list[str] = []
    for text in (*HOSTILE, *FILE_NAMES):
        person = replace(made.assessment.prospect, name=text)
        for report in (
            replace(made, assessment=replace(made.assessment, prospect=person)),
            replace(prospects, name=text),
            replace(letter, name=text),
        ):
            names.append(suggested_file_name(report))
            assert is_a_file_name(names[-1]), (text, names[-1])
    assert len(set(names)) > 300
    record_property("counted", f"{len(names)} file names of {len(HOSTILE) + len(FILE_NAMES)} texts")


def test_there_are_five_hundred_of_them() -> None:
    assert len(set(HOSTILE)) == 500


@pytest.mark.parametrize("name", MAKERS)
def test_a_hundred_thousand_characters_are_printed_to_the_last(name: str) -> None:
    long = " ".join(f"word{i}" for i in range(11_200))
    assert len(long) > 98_000
    of = people.assessment()
    letter = replace(LETTER, reason=long)
    of = replace(
        of,
        plan=replace(of.plan, letter=letter, signs_off=long),
        conversation=replace(of.conversation, presented_problem=""),
    )
    shown = text_of(render(MAKERS[name](of), Paper.A4))
    assert [i for i in range(11_200) if f"word{i}" not in shown] == []


@settings(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(whole_assessments())
def test_a_private_file_restores_its_assessment(of: Assessment) -> None:
    """Beginning with the JSON: what a file can say is what it must bring back."""
    assert read_private_file(render(people.private(of), Paper.LETTER)) == of


def test_no_template_reads_another_file() -> None:
    with pytest.raises(ValueError, match="passwd"):
        fill("../../../../etc/passwd", {})
