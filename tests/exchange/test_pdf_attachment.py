"""An assessment out of a private file, and every other PDF refused in words."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import pikepdf
import pytest

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.profile import Paper
from fitcheck.errors import InvalidInput
from fitcheck.exchange.json_input import SIZE_LIMIT
from fitcheck.exchange.pdf_attachment import (
    NAME,
    assessment_bytes,
    attached_json,
    read_private_file,
)
from fitcheck.exchange.pdf_input import UNPACKED_LIMIT
from reports.render import render
from tests.reports import people


@pytest.fixture(scope="module")
def whole() -> Assessment:
    return people.overridden(people.assessment())


@pytest.fixture(scope="module")
def private_file(whole: Assessment) -> bytes:
    return render(people.private(whole), Paper.A4)


def saved(
    attached: dict[str, bytes], then: Callable[[pikepdf.Pdf], None] | None = None, **how: object
) -> bytes:
    """A PDF of one empty page with these files inside."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, data in attached.items():
            pdf.attachments[name] = data
        if then:
            then(pdf)
        pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def refusal(pdf: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        read_private_file(pdf)
    return str(refused.value)


def test_a_private_file_gives_its_assessment_back(whole: Assessment, private_file: bytes) -> None:
    assert attached_json(private_file) == assessment_bytes(whole)
    assert read_private_file(private_file) == whole


def test_it_survives_being_saved_by_another_program(whole: Assessment, private_file: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(private_file)) as pdf:
        pdf.save(out, linearize=True)
    assert read_private_file(out.getvalue()) == whole


def test_other_files_beside_it_are_left_alone(whole: Assessment) -> None:
    pdf = saved({"a.json": b"[]", NAME: assessment_bytes(whole), "z.exe": b"MZ"})
    assert read_private_file(pdf) == whole


def test_a_document_without_one_says_which_carries_it(whole: Assessment) -> None:
    for pdf in (render(people.prospects(whole), Paper.A4), saved({}), saved({"other.json": b"{}"})):
        assert "only a private file carries it" in refusal(pdf)


def test_what_is_no_pdf_or_too_large_is_not_even_opened() -> None:
    assert refusal(b"") == "PDF: expected a PDF, found something else"
    assert refusal(b'{"format": "fitcheck/assessment"}').endswith("found something else")
    assert refusal(b"%PDF-1.7" + bytes(SIZE_LIMIT)) == "PDF: expected at most 10,000,000 bytes"


def test_an_encrypted_pdf_is_refused(whole: Assessment) -> None:
    locked = saved({NAME: assessment_bytes(whole)}, encryption=pikepdf.Encryption("u", "o"))
    assert refusal(locked) == "PDF: expected a PDF that opens without a password"
    openly = saved({NAME: assessment_bytes(whole)}, encryption=pikepdf.Encryption("", "owner"))
    assert refusal(openly) == "PDF: expected a PDF that is not encrypted"


def test_a_file_that_unpacks_to_more_than_fits_is_refused() -> None:
    assert "damaged" in refusal(saved({NAME: bytes(UNPACKED_LIMIT + 1)}))
    assert refusal(saved({NAME: bytes(SIZE_LIMIT + 1)})) == (
        "PDF: expected at most 10,000,000 bytes in assessment.json"
    )


def test_faults_of_the_json_inside_are_told_with_their_paths() -> None:
    told = refusal(saved({NAME: b'{"format": "fitcheck/assessment", "format_version": 2}'}))
    assert "$.format_version: expected 1, found 2" in told
    assert "$.prospect: expected, but missing" in told


def test_parts_that_are_not_what_they_should_be_are_damage(whole: Assessment) -> None:
    def no_file(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[NAME].obj.EF = pikepdf.Dictionary(F=3, UF=3)

    def no_tree(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Names.EmbeddedFiles = pikepdf.Array([1, 2, 3])

    def wrong_sum(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[NAME].obj.EF.F.Params.CheckSum = pikepdf.String(b"0123456789abcdef")

    for damage in (no_tree, wrong_sum, no_file):
        told = refusal(saved({NAME: assessment_bytes(whole)}, damage))
        assert told.startswith("PDF: expected"), damage


def test_damage_anywhere_is_refused_or_harmless(whole: Assessment, private_file: bytes) -> None:
    """Two thousand damaged private files: the same assessment, or a refusal, never another one."""
    chance = random.Random(20261121)
    harmless = 0
    for _ in range(2000):
        damaged = bytearray(private_file)
        for _ in range(chance.choice([1, 5, 50, 500])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(damaged)) :]
        try:
            assert read_private_file(bytes(damaged)) == whole
            harmless += 1
        except InvalidInput:
            pass
    assert 100 < harmless < 1900
