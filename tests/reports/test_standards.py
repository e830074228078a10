"""veraPDF finds no fault with any document: PDF/UA-1 all of them, PDF/A-3a what is kept as well."""

from __future__ import annotations

import io

import pikepdf
import pytest

from fitcheck.domain.profile import Paper
from fitcheck.exchange.pdf_attachment import NAME
from reports.render import render
from tests.reports import people
from tests.reports.documents import MAKERS, pdf
from tests.reports.verapdf import Standard, faults

KEPT = ("private", "prospect", "decline")


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
def test_only_the_private_file_carries_anything(name: str) -> None:
    with pikepdf.open(io.BytesIO(pdf(name, Paper.A4))) as document:
        carried = list(document.attachments)
        assert carried == ([NAME] if name.startswith("private") else [])
        if carried:
            entry = document.attachments[NAME].obj
            assert entry.AFRelationship == "/Source"
            assert [each.objgen for each in document.Root.AF] == [entry.objgen]
            assert entry.EF.F.Subtype == "/application/json"
            assert str(entry.EF.F.Params.CreationDate) == "D:20261121000000Z"
            assert str(entry.EF.F.Params.ModDate) == "D:20261121000000Z"
