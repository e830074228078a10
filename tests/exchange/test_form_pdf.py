"""A blank form that comes back filled in: read whoever filled it, and every fault at its field."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fitcheck.domain.bank import LEVELS
from fitcheck.domain.form_fields import COMMENT, COMMENT_LIMIT, NAME
from fitcheck.errors import InvalidInput
from fitcheck.exchange import form_pdf
from fitcheck.exchange.form_pdf import FormFields, answers_in, read_form
from fitcheck.exchange.json_input import SIZE_LIMIT
from tests.exchange.forms import (
    IDS,
    QUESTIONS,
    TOKEN,
    WAYS,
    Fill,
    bare,
    blank,
    by_pikepdf,
    changed,
    field,
    saved,
)
from tests.reports.documents import pdf as document

SAVED = Path(__file__).parent / "filled-in-a-browser.pdf"


def read(data: bytes) -> tuple[FormFields, dict[str, int], list[str]]:
    fields = read_form(data)
    answers, faults = answers_in(fields, QUESTIONS)
    return fields, answers, [str(fault) for fault in faults]


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        read_form(data)
    return str(refused.value)


# Round trips

answered = st.dictionaries(st.sampled_from(IDS), st.integers(0, LEVELS - 1))
words = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"], max_codepoint=0xFFFF), max_size=60
).map(str.strip)
latin = st.text(st.characters(codec="latin-1", exclude_categories=["C"]), max_size=60).map(
    str.strip
)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("way", WAYS)
@given(answers=answered, name=latin, comment=words, data=st.data())
def test_what_is_filled_in_is_read(
    way: str, answers: dict[str, int], name: str, comment: str, data: st.DataObject
) -> None:
    # pikepdf draws what it fills in, for which it has only these characters.
    said = data.draw(latin) if way in ("pikepdf", "pypdf") else comment
    filled = WAYS[way](answers, {NAME: name, COMMENT: said}, blank())
    fields, found, faults = read(filled)
    assert (found, faults) == (answers, [])
    assert (fields.token, fields.name, fields.comment) == (TOKEN, name, said)


@pytest.mark.parametrize("fill", WAYS.values())
def test_a_form_that_was_filled_in_twice_says_what_it_says_in_the_end(fill: Fill) -> None:
    once = fill({"my-ease": 2}, {NAME: "Petra"}, blank())
    _fields, found, faults = read(fill({"my-judge": 4}, {COMMENT: "Call me."}, once))
    assert (found, faults) == ({"my-ease": 2, "my-judge": 4}, [])


def test_nothing_filled_in_is_no_answer_and_no_fault() -> None:
    fields, found, faults = read(blank())
    assert (found, faults, fields.name, fields.comment) == ({}, [], "", "")


def test_a_form_that_was_saved_by_a_browsers_own_viewer_is_read() -> None:
    """Filled in with pdf.js, the viewer of Firefox, and saved by it (see the decision record)."""
    fields, found, faults = read(SAVED.read_bytes())
    assert faults == []
    assert found == {"my-ease": 4, "my-confidence": 2, "my-outcome": 0, "my-being-heard": 3}
    assert fields.name == "Petra Łindqvist"
    assert fields.comment == "First line – with “quotes”.\nSecond: žluťoučký 好"


def test_lines_of_every_kind_and_an_encrypted_looking_text_are_kept_as_lines() -> None:
    def work(pdf: pikepdf.Pdf) -> None:
        field(pdf, COMMENT).V = pikepdf.String("one\r\ntwo\rthree\nfour  ")

    assert read(changed(work))[0].comment == "one\ntwo\nthree\nfour"


def test_boxes_with_states_of_another_name_are_read() -> None:
    """Some programs rename the states when they save."""

    def work(pdf: pikepdf.Pdf) -> None:
        box = field(pdf, "my-ease.4")
        box.AP.N = pikepdf.Dictionary({"/Ja": box.AP.N["/on"], "/Off": box.AP.N["/Off"]})
        box.V = box.AS = pikepdf.Name("/Ja")
        plain = field(pdf, "my-judge.1")
        del plain["/AP"], plain["/AS"]
        plain.V = pikepdf.Name("/Yes")

    assert read(changed(work))[1:] == ({"my-ease": 3, "my-judge": 0}, [])


def test_a_box_drawn_by_another_object_than_its_field_is_read() -> None:
    def work(pdf: pikepdf.Pdf) -> None:
        box = field(pdf, "my-ease.4")
        drawn = pdf.make_indirect(
            pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, AS=pikepdf.Name("/on"), AP=box.AP)
        )
        del box["/AS"], box["/AP"], box["/V"]
        box.Kids = pikepdf.Array([drawn])

    assert read(changed(work))[1:] == ({"my-ease": 3}, [])


def test_scripts_and_files_inside_are_left_alone() -> None:
    def work(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["run.exe"] = b"MZ"
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root.OpenAction = action
        field(pdf, "my-ease.1").A = action
        pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")

    filled = by_pikepdf({"my-ease": 0}, {}, changed(work))
    assert read(filled)[1:] == ({"my-ease": 0}, [])


# Faults, each at its field, and the rest is read


def test_every_fault_is_listed_at_once_and_the_rest_is_read() -> None:
    def work(pdf: pikepdf.Pdf) -> None:
        for name in ("my-ease.1", "my-ease.5"):
            field(pdf, name).V = pikepdf.Name("/on")
        field(pdf, "my-confidence.2").V = pikepdf.Name("/Perhaps")
        field(pdf, "my-outcome.1").V = pikepdf.Array([1])
        field(pdf, "my-judge.3").FT = pikepdf.Name.Tx
        del field(pdf, "my-being-heard").Kids[2]
        field(pdf, "my-openness.1").V = pikepdf.Name("/on")
        field(pdf, NAME).V = pikepdf.String("a\x01b")
        field(pdf, COMMENT).V = pikepdf.String("x" * (COMMENT_LIMIT + 1))
        extra = pikepdf.Dictionary(FT=pikepdf.Name.Btn, T="card-number", V=pikepdf.Name("/Off"))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(extra))

    fields, found, faults = read(changed(work))
    assert found == {"my-openness": 0}
    assert (fields.name, fields.comment) == ("", "")
    places = {fault.partition(":")[0]: fault for fault in faults}
    assert len(places) == len(faults)
    assert set(places) == {
        *("my-ease", "my-confidence.2", "my-outcome.1", "my-judge.3", "my-being-heard"),
        *("name", "comment", "card-number"),
    }
    assert places["my-ease"] == "my-ease: expected one box to be ticked, found 2"
    assert "ticked or not" in places["my-confidence.2"]
    assert "a box to tick" in places["my-judge.3"]
    assert "fewer" in places["my-being-heard"]
    assert "U+0001" in places["name"]
    assert "4,000" in places["comment"]


def test_what_was_typed_is_in_no_fault_and_no_repr() -> None:
    def work(pdf: pikepdf.Pdf) -> None:
        field(pdf, NAME).V = pikepdf.String("secret\x07")
        field(pdf, COMMENT).V = pikepdf.String("secret")

    fields, _found, faults = read(changed(work))
    assert "secret" not in repr(fields) + "".join(faults)


def test_two_forms_in_one_file_say_so() -> None:
    def work(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm.Fields.extend(pdf.Root.AcroForm.Fields[0:3])

    assert "name: expected once, found repeatedly" in read(changed(work))[2]


@pytest.mark.parametrize(
    "kind", [pikepdf.Name.Tx, pikepdf.Name.Ch, pikepdf.Name.Btn], ids=["text", "choice", "box"]
)
def test_a_form_for_other_questions_has_a_fault_for_each(kind: pikepdf.Name) -> None:
    def work(pdf: pikepdf.Pdf) -> None:
        for name in IDS:
            field(pdf, name).T = f"other-{name}"
        field(pdf, NAME).FT = kind

    _fields, found, faults = read(changed(work))
    assert found == {}
    assert len(faults) == 12 + 60 + (kind != pikepdf.Name.Tx)


# Files that nothing is to be had from


def no_fields(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields = pikepdf.Array()


def flattened(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm


def xfa(pdf: pikepdf.Pdf) -> None:
    no_fields(pdf)
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")


def no_token(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm.Fields[-1]


def other_token(pdf: pikepdf.Pdf) -> None:
    field(pdf, "form").V = pikepdf.String("0000")


def many_fields(pdf: pikepdf.Pdf) -> None:
    one = pdf.make_indirect(pikepdf.Dictionary(T="more", FT=pikepdf.Name.Btn))
    pdf.Root.AcroForm.Fields = pikepdf.Array([one] * (form_pdf.FIELD_LIMIT + 2))


def many_below_many(pdf: pikepdf.Pdf) -> None:
    leaf = pdf.make_indirect(pikepdf.Dictionary(T="leaf"))
    for _ in range(3):
        leaf = pdf.make_indirect(pikepdf.Dictionary(T="x", Kids=pikepdf.Array([leaf] * 900)))
    pdf.Root.AcroForm.Fields = pikepdf.Array([leaf] * 900)


def in_a_circle(pdf: pikepdf.Pdf) -> None:
    loop = pdf.make_indirect(pikepdf.Dictionary(T="x"))
    loop.Kids = pikepdf.Array([loop])
    pdf.Root.AcroForm.Fields = pikepdf.Array([loop])


def long_name(pdf: pikepdf.Pdf) -> None:
    field(pdf, "my-ease").T = "x" * 100_000


def many_states(pdf: pikepdf.Pdf) -> None:
    looks = field(pdf, "my-ease.1").AP.N
    for number in range(form_pdf.STATE_LIMIT):
        looks[f"/state{number}"] = looks["/on"]


def many_pages(pdf: pikepdf.Pdf) -> None:
    for _ in range(form_pdf.PAGE_LIMIT):
        pdf.add_blank_page()


def bomb(pdf: pikepdf.Pdf) -> None:
    field(pdf, COMMENT).V = pdf.make_stream(b" " * (4 * SIZE_LIMIT))


def no_list(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields = pikepdf.Dictionary(A=1)


def odd_name(pdf: pikepdf.Pdf) -> None:
    field(pdf, "my-ease").T = pikepdf.Name("/my-ease")


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (flattened, "printed and scanned"),
        (no_fields, "printed and scanned"),
        (xfa, "XFA"),
        (no_token, "whose form it is"),
        (other_token, "whose form it is"),
        (many_fields, "at most 1,000 fields"),
        (many_below_many, "at most 1,000 fields"),
        (in_a_circle, "8 deep"),
        (long_name, "short names"),
        (many_states, "at most 20 looks"),
        (many_pages, "at most 50 pages"),
        (bomb, "damaged"),
        (no_list, "PDF: "),
        (odd_name, "damaged"),
    ],
)
def test_a_file_that_nothing_is_to_be_had_from_is_refused_in_words(
    work: Callable[[pikepdf.Pdf], None], said: str
) -> None:
    assert said in refusal(changed(work))


def test_no_pdf_an_encrypted_one_and_one_too_large_are_refused() -> None:
    assert "expected a PDF" in refusal(b"PK\x03\x04 a letter")
    assert "expected a PDF" in refusal(b"")
    locked = pikepdf.Encryption(owner="o", user="u")
    assert "password" in refusal(changed(lambda _pdf: None, encryption=locked))
    for_all = pikepdf.Encryption(owner="o", user="")
    assert "encrypted" in refusal(changed(lambda _pdf: None, encryption=for_all))
    assert "at most" in refusal(blank() + b" " * SIZE_LIMIT)
    assert "damaged" in refusal(b"%PDF-1.7\nnothing else")


def test_a_file_that_claims_endless_objects_is_refused() -> None:
    size = b"/Size "
    start = bare().rindex(size)
    end = bare().index(b" ", start + len(size))
    claimed = bare()[: start + len(size)] + b"99999999" + bare()[end:]
    assert refusal(claimed)


def test_our_other_documents_are_no_forms() -> None:
    from fitcheck.domain.profile import Paper

    assert "printed and scanned" in refusal(document("decline", Paper.A4))


def test_bytes_that_follow_or_precede_the_file_do_no_harm() -> None:
    filled = by_pikepdf({"my-ease": 1}, {}, blank())
    assert read(b"\r\n" + filled)[1] == {"my-ease": 1}
    assert read(filled + b"\n\n")[1] == {"my-ease": 1}


def test_the_bare_form_is_still_the_form() -> None:
    """The control for the fuzzed ones, which are made of it."""
    with pikepdf.open(io.BytesIO(bare())) as pdf:
        field(pdf, "my-ease.1").V = pikepdf.Name("/on")
        assert read(saved(pdf))[1:] == ({"my-ease": 0}, [])
