"""Filling in the blank form as other programs do, and forms that somebody has tampered with."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from functools import cache

import pikepdf
import pypdf
from pikepdf import PageCopyWarning
from pikepdf.form import DefaultAppearanceStreamGenerator
from pikepdf.form import Form as PikeForm

from fitcheck.domain.bank import Form
from fitcheck.domain.form_fields import box_name
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import BlankForm
from reports.render import render
from tests.reports import people

QUESTIONS = people.BANK.form(Form.PROSPECT)
IDS = tuple(question.id for question in QUESTIONS)
TOKEN = "7KQ4M2XW9PHTRD3B"


@cache
def blank(token: str = TOKEN) -> bytes:
    """A blank form as it is printed; made once."""
    return render(BlankForm(people.PROFILE, QUESTIONS, token), Paper.A4)


def by_pikepdf(answers: Mapping[str, int], texts: Mapping[str, str], form: bytes) -> bytes:
    """Filled in by pikepdf's own forms."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        fields = PikeForm(pdf, DefaultAppearanceStreamGenerator)
        for question, level in answers.items():
            box = fields[box_name(question, level)]
            assert hasattr(box, "checked")
            box.checked = True
        for name, words in texts.items():
            text = fields[name]
            assert hasattr(text, "value")
            text.value = words
        return saved(pdf)


def by_pypdf(answers: Mapping[str, int], texts: Mapping[str, str], form: bytes) -> bytes:
    """Filled in by pypdf, which writes the whole file anew."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(form)))
    ticks = {box_name(question, level): "/on" for question, level in answers.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, {**ticks, **texts}, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_value_alone(answers: Mapping[str, int], texts: Mapping[str, str], form: bytes) -> bytes:
    """As a script does that sets the values and leaves what is drawn to the viewer."""

    def fill(pdf: pikepdf.Pdf) -> None:
        for question, level in answers.items():
            field(pdf, box_name(question, level)).V = pikepdf.Name("/on")
        for name, words in texts.items():
            field(pdf, name).V = pikepdf.String(words)

    return changed(fill, form)


def by_look_alone(answers: Mapping[str, int], texts: Mapping[str, str], form: bytes) -> bytes:
    """As a program does that only changes what is drawn; words lie in streams."""

    def fill(pdf: pikepdf.Pdf) -> None:
        for question, level in answers.items():
            field(pdf, box_name(question, level)).AS = pikepdf.Name("/on")
        for name, words in texts.items():
            field(pdf, name).V = pdf.make_stream(b"\xfe\xff" + words.encode("utf-16-be"))

    return changed(fill, form)


Fill = Callable[[Mapping[str, int], Mapping[str, str], bytes], bytes]
WAYS: dict[str, Fill] = {
    "pikepdf": by_pikepdf,
    "pypdf": by_pypdf,
    "value": by_value_alone,
    "look": by_look_alone,
}


def field(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    """A field by its whole name."""
    parent, _point, own = name.rpartition(".")
    among = field(pdf, parent).Kids if parent else pdf.Root.AcroForm.Fields
    return next(each for each in list(among) if str(each.get("/T", "")) == own)


def changed(work: Callable[[pikepdf.Pdf], None], form: bytes | None = None, **how: object) -> bytes:
    """A form after ``work`` has been done on it."""
    with pikepdf.open(io.BytesIO(blank() if form is None else form)) as pdf:
        work(pdf)
        return saved(pdf, **how)


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings():
        # That fields and places no longer match is what some of these forms are made for.
        warnings.simplefilter("ignore", PageCopyWarning)
        pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


@cache
def bare() -> bytes:
    """The form's fields alone, as readable text: small, so that a change hits what counts."""

    def strip(pdf: pikepdf.Pdf) -> None:
        for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(b"")
            page.obj.Resources = pikepdf.Dictionary()

    return changed(
        strip,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        deterministic_id=True,
    )
