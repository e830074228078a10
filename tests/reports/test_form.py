"""The blank form: fields that any viewer can fill, that a screen reader can name, and a pen can."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from fitcheck.domain.bank import LEVELS, Form
from fitcheck.domain.form_fields import box_name, in_groups
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import BlankForm
from reports.pages import page_count
from reports.render import render
from tests.reports import people
from tests.reports.conftest import text_of
from tests.reports.documents import BRANDED, FORM_TOKEN, numbered_form, pdf

QUESTIONS = people.BANK.form(Form.PROSPECT)
BOXES = [box_name(question.id, level) for question in QUESTIONS for level in range(LEVELS)]


def opened(paper: Paper = Paper.A4) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf("form-numbered", paper)))


def terminals(document: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Every field that holds a value, by its whole name."""
    found = {}
    for field in list(document.Root.AcroForm.Fields):
        for kid in field.get("/Kids", ()):
            found[f"{field.T}.{kid.T}"] = kid
        if "/Kids" not in field:
            found[str(field.T)] = field
    return found


@pytest.mark.parametrize("paper", Paper)
def test_it_takes_two_pages_whoever_hands_it_out(paper: Paper) -> None:
    assert page_count(pdf("form-numbered", paper)) == 2
    assert page_count(pdf("form", paper)) == 2
    assert page_count(render(BlankForm(Profile(), QUESTIONS), paper)) == 2


def test_every_answer_has_a_box_of_its_own_that_is_off() -> None:
    with opened() as document:
        fields = terminals(document)
        assert [name for name in fields if name in BOXES] == BOXES
        for name in BOXES:
            box = fields[name]
            assert box.V == box.AS == "/Off"
            # What is drawn of either state doesn't hang on the viewer.
            assert set(box.AP.N.keys()) == {"/on", "/Off"}
            assert box.FT == "/Btn"
            assert "/Ff" not in box


def test_name_and_comment_can_be_typed() -> None:
    with opened() as document:
        name, comment = (terminals(document)[each] for each in ("name", "comment"))
        assert name.FT == comment.FT == pikepdf.Name.Tx
        assert int(comment.Ff) & 1 << 12, "more than one line"
        assert not int(name.Ff) & 1 << 12
        assert bool(document.Root.AcroForm.NeedAppearances)
        for font in ("/Helv", "/ZaDb"):
            assert font in document.Root.AcroForm.DR.Font


def test_every_field_says_aloud_what_it_is() -> None:
    with opened() as document:
        fields = terminals(document)
        for number, question in enumerate(QUESTIONS, start=1):
            for level, text in enumerate(question.levels):
                aloud = str(fields[box_name(question.id, level)].TU)
                assert aloud == f"{number}. {question.say} {text}"
        assert str(fields["name"].TU) == "Your name, if you like"
        assert str(fields["comment"].TU) == "Anything else?"
        assert {str(page.Tabs) for page in document.pages} == {"/S"}
        tags = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        forms = [each for each in tags if each.get("/S") == "/Form"]
        assert {str(each.Alt) for each in forms} == {
            str(field.TU) for name, field in fields.items() if name != "form"
        }
        assert len(forms) == len(fields) - 1


def test_the_token_is_hidden_in_a_field_and_small_at_the_foot() -> None:
    with opened() as document:
        token = terminals(document)["form"]
        assert str(token.V) == FORM_TOKEN
        assert int(token.F) & 2, "hidden"
        assert int(token.Ff) & 1, "not to be changed"
    assert text_of(pdf("form-numbered", Paper.A4)).count(in_groups(FORM_TOKEN)) == 2


def test_without_a_book_there_is_no_token() -> None:
    made = render(replace(numbered_form(), token=""), Paper.A4)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert "form" not in terminals(document)
    assert FORM_TOKEN[:4] not in text_of(made)


def test_nothing_in_it_runs_or_leads_anywhere() -> None:
    with opened() as document:
        assert not {"/OpenAction", "/AA", "/Names"} & set(document.Root.keys())
        for field in terminals(document).values():
            assert not {"/A", "/AA"} & set(field.keys())


def drawn(data: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    picture: Image.Image = document[0].render(scale=1, may_draw_forms=True).to_pil()
    document.close()
    return picture.convert("L")


def test_a_ticked_box_is_seen_in_its_place() -> None:
    with opened() as document:
        box = terminals(document)["my-ease.2"]
        box.V = box.AS = pikepdf.Name("/on")
        where = [float(edge) for edge in box.Rect]
        height = float(document.pages[0].MediaBox[3])
        out = io.BytesIO()
        document.save(out)
    difference = ImageChops.difference(drawn(pdf("form-numbered", Paper.A4)), drawn(out.getvalue()))
    changed = difference.getbbox()
    assert changed is not None
    left, right = min(where[0], where[2]), max(where[0], where[2])
    top, bottom = height - max(where[1], where[3]), height - min(where[1], where[3])
    assert changed[0] >= left - 1
    assert changed[1] >= top - 1
    assert changed[2] <= right + 1
    assert changed[3] <= bottom + 1


def test_the_same_form_is_the_same_bytes() -> None:
    assert render(numbered_form(), Paper.LETTER) == pdf("form-numbered", Paper.LETTER)
    branded = BlankForm(BRANDED, QUESTIONS, FORM_TOKEN)
    assert render(branded, Paper.A4) == render(branded, Paper.A4)
