"""veraPDF finds no fault with any document: PDF/UA-1 all of them, PDF/A-3a what is kept as well."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pytest

from fitcheck.domain.profile import Paper
from fitcheck.exchange.pdf_attachment import NAME
from fitcheck.exchange.person_json import NAME as PERSON
from reports.render import render
from tests.reports import people
from tests.reports.documents import MAKERS, pdf
from tests.reports.verapdf import Standard, faults

KEPT = ("private", "prospect", "decline", "person", "erasure", "quarter")
CARRIED = {"private": (NAME, dt.date(2026, 11, 21)), "person": (PERSON, dt.date(2026, 11, 22))}
"""What lies inside which documents, and the day of it."""


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", MAKERS)
def test_every_document_passes(name: str, paper: Paper) -> None:
    made = pdf(name, paper)
    assert faults(made, Standard.ACCESSIBLE) == []
    if name.startswith(KEPT):
        assert faults(made, Standard.ARCHIVE) == []


def test_what_does_not_conform_is_found_out() -> None:
    """The control: the same checks find what one part less breaks."""
    made = render(people.prospects(people.assessment()), Paper.A4)

    def without(*keys: str) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(made)) as document:
            for key in keys:
                del document.Root[key]
            document.save(out, deterministic_id=True)
        return out.getvalue()

    assert faults(without(), Standard.ARCHIVE) == faults(without(), Standard.ACCESSIBLE) == []
    assert {fault[:4] for fault in faults(without("/Lang"), Standard.ACCESSIBLE)} == {"7.2-"}
    assert faults(without("/OutputIntents"), Standard.ARCHIVE)
    assert faults(without("/StructTreeRoot", "/MarkInfo"), Standard.ARCHIVE)
    assert len(faults(without("/Metadata"), Standard.ACCESSIBLE)) > 0


@pytest.mark.parametrize("name", MAKERS)
def test_only_what_is_to_be_read_back_carries_anything(name: str) -> None:
    with pikepdf.open(io.BytesIO(pdf(name, Paper.A4))) as document:
        carried = list(document.attachments)
        inside, day = CARRIED.get(name.split("-")[0], ("", people.DATE))
        assert carried == ([inside] if inside else [])
        if carried:
            entry = document.attachments[inside].obj
            assert entry.AFRelationship == "/Source"
            assert [each.objgen for each in document.Root.AF] == [entry.objgen]
            assert entry.EF.F.Subtype == "/application/json"
            assert str(entry.EF.F.Params.CreationDate) == f"D:{day:%Y%m%d}000000Z"
            assert str(entry.EF.F.Params.ModDate) == f"D:{day:%Y%m%d}000000Z"
