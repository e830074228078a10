"""Hostile text in every field of every document is shown as text, or refused in words."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report, decline_letter
from fitcheck.errors import FitCheckError, InvalidInput
from fitcheck.exchange.pdf_attachment import NAME, read_private_file
from reports.render import MOST_LINES, TooLong, render, suggested_file_name
from reports.templating import fill
from tests.domain.strategies import whole_assessments
from tests.reports import people
from tests.reports.canaries import nothing_opened, read_what_is_kept
from tests.reports.conftest import text_of
from tests.reports.documents import LETTER
from tests.reports.hostile import HOSTILE

MAKERS: dict[str, Callable[[Assessment], Report]] = {
    "private": people.private,
    "prospect": people.prospects,
    "letter": lambda of: decline_letter(of, people.PROFILE),
}
PACKED = 25
"""Assessments over which the texts are spread, some twenty to each."""


def with_texts(of: Assessment, texts: Iterator[str]) -> Assessment:
    """The assessment with the next text in each of its fields for text."""

    def put(value: Any) -> Any:
        if type(value) is str:
            return next(texts)
        if isinstance(value, tuple):
            return tuple(map(put, value))
        if is_dataclass(value) and not isinstance(value, type):
            named = [f.name for f in fields(value)]
            return replace(value, **{name: put(getattr(value, name)) for name in named})
        return value

    return replace(
        of,
        prospect=put(of.prospect),
        conversation=put(of.conversation),
        plan=put(of.plan),
        dissent=put(of.dissent),
    )


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value of the domain."""
    if type(value) is str:
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name))


def plain(text: str) -> str:
    """The characters of a text that any page shows, in any order of words or lines."""
    return re.sub(r"[^!-~]|-", "", text)


@pytest.mark.parametrize("name", MAKERS)
def test_five_hundred_hostile_texts_are_shown_as_text(name: str) -> None:
    base = people.overridden(people.assessment())
    base = replace(base, plan=replace(base.plan, letter=LETTER))
    for start in range(0, len(HOSTILE), len(HOSTILE) // PACKED):
        packed = HOSTILE[start : start + len(HOSTILE) // PACKED]
        of = with_texts(base, cycle(packed))
        report = MAKERS[name](of)
        read_what_is_kept()
        with nothing_opened() as opened:
            pdf = render(report, Paper.A4)
        assert opened == []
        shown = plain(text_of(pdf))
        # The private file shows all of them; the others, what their types hold.
        of_them = packed if name == "private" else texts_in(report)
        for text in set(of_them) - set(texts_in(people.PROFILE)):
            # What runs from right to left, or holds controls, is read in another order.
            if not re.search("[\x00\u0590-\u06ff\u202a-\u202e]", text):
                assert plain(text) in shown, text
        if name == "private":
            restored(pdf, of, packed)
        assert re.fullmatch(r"[\w-]+\.pdf", suggested_file_name(report))
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert list(document.attachments) == ([NAME] if name == "private" else [])
            assert not {"/OpenAction", "/AA", "/AcroForm"} & set(document.Root.keys())
            assert not any("/Annots" in page or "/AA" in page for page in document.pages)


def restored(pdf: bytes, of: Assessment, texts: tuple[str, ...]) -> None:
    """The file restores every text as it was typed; what no file may hold is told with its path."""
    if any(re.search("[\x00\ud800-\udfff]", text) for text in texts):
        with pytest.raises(InvalidInput, match=r"\$.*expected text without the character U\+"):
            read_private_file(pdf)
    else:
        assert read_private_file(pdf) == of


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


@pytest.mark.parametrize("text", ["word " * 20_000, "\n" * MOST_LINES])
def test_far_too_much_is_refused_in_words(text: str) -> None:
    of = with_texts(people.assessment(), cycle([text]))
    with pytest.raises(TooLong, match="hundreds of pages") as refused:
        render(people.private(of), Paper.A4)
    assert isinstance(refused.value, FitCheckError)
    assert "Nothing is lost" in str(refused.value)


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
