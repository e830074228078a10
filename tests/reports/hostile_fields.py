"""Every field of the domain into which somebody can write, found by its type, to be written into.

A field that is added to the domain is here before anybody thinks of it; what looks like one and
isn't (ids, a colour) stands in :data:`NOT_WRITTEN`, with the reason.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from itertools import cycle
from typing import Any

import pikepdf
import pytest

from fitcheck.domain.assessment import Assessment, Gut, Release
from fitcheck.domain.bank import DISAGREEMENT, Problem
from fitcheck.domain.plan import Letter, Referral, Risk, Roles
from fitcheck.domain.policy import Action
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import Edition, Report, make_report
from fitcheck.domain.verdict import reach_verdict
from fitcheck.errors import InvalidInput
from fitcheck.exchange.assessment_json import read_assessment, write_assessment
from fitcheck.exchange.pdf_attachment import NAME, read_private_file
from reports.printable import printable
from reports.render import render, suggested_file_name
from tests.reports import people
from tests.reports.canaries import nothing_opened, read_what_is_kept
from tests.reports.conftest import text_of
from tests.reports.hostile import HOSTILE

NOT_WRITTEN = {
    "Answer.question": "an id of the bank",
    "Difference.key": "a number of ours",
    "Difference.what": "the name of a field",
    "IncomingBook.filled": "names of fields",
    "IncomingProspect.filled": "names of fields",
    "IncomingProspect.key": "a number of ours",
    "Plan.drafted": "drafts of ours, in no document",
    "Profile.accent": "a colour; anything else is refused",
    "Profile.logo": "a picture",
    "Reference.id": "an id",
    "Reference.version": "a version",
    "Release.edition": "one of four words of ours",
    "Stage.asks": "ids of the bank",
}

Place = str
"""A field by its class and name: ``Stage.goal``."""


@dataclass(frozen=True)
class Planted:
    """An assessment and a profile with another text in each field, and which text went where."""

    assessment: Assessment
    profile: Profile
    pairs: frozenset[tuple[str, Place]]


def planted(texts: Iterator[str]) -> Planted:
    """The next text in each field."""
    pairs: set[tuple[str, Place]] = set()
    assessment = with_texts(base(), texts, pairs)
    profile = with_texts(replace(people.PROFILE, boundaries=("x",)), texts, pairs)
    return Planted(assessment, profile, frozenset(pairs))


def with_texts(value: Any, texts: Iterator[str], pairs: set[tuple[str, Place]]) -> Any:
    """Any value of the domain with the next text in each of its fields; adds what went where."""

    def put(value: Any, place: Place) -> Any:
        if place in NOT_WRITTEN:
            return value
        if type(value) is str:
            text = next(texts)
            pairs.add((text, place))
            return text
        if isinstance(value, tuple):
            return tuple(put(each, place) for each in value)
        if isinstance(value, Mapping):
            return {key: put(each, place) for key, each in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            name = type(value).__name__
            named = [f.name for f in fields(value)]
            return replace(value, **{n: put(getattr(value, n), f"{name}.{n}") for n in named})
        return value

    return put(value, "")


@cache
def base() -> Assessment:
    """An assessment in which there is one of everything that can be written."""
    of = people.overridden(people.assessment())
    wanted = [id_ for id_, answer in of.answers.items() if answer.note or answer.quote][:2]
    # Not all 36, or a document would be about nothing else.
    answers = {id_: of.answers[id_] for id_ in (*wanted, DISAGREEMENT) if id_ in of.answers}
    plan = replace(
        of.plan,
        letter=Letter("x", Referral("x", "x", "x"), dt.date(2027, 5, 3)),
        risks=(Risk("x", Problem.B, response="x"),),
        promises=("x",) * 6,
        boundaries=("x",),
        reasons=("x",),
        conditions=of.plan.conditions or ("x",),
        roles=Roles(("x",), ("x",), ("x",)),
    )
    talk = replace(of.conversation, keep=("x",), stop=("x",), start=("x",))
    return replace(
        of,
        answers=answers,
        plan=plan,
        conversation=talk,
        gut=Gut(Action.STAGE, "x"),
        releases=(Release(of.date, Edition.PROSPECT.value, ("x",)),),
    )


def places_by_type() -> set[Place]:
    """Every field of an assessment and of a profile whose type is a text, whatever is in it."""
    found: set[Place] = set()
    seen: set[Any] = set()

    def look(kind: Any, place: Place) -> None:
        if place in NOT_WRITTEN:
            return
        origin = typing.get_origin(kind)
        if origin in (types.UnionType, typing.Union, tuple) or (
            isinstance(origin, type) and issubclass(origin, Mapping)
        ):
            arguments = typing.get_args(kind)
            for each in arguments[1:] if issubclass(origin, Mapping) else arguments:
                look(each, place)
        elif kind is str:
            found.add(place)
        elif isinstance(kind, type) and is_dataclass(kind) and kind not in seen:
            seen.add(kind)
            for name, hint in typing.get_type_hints(kind).items():
                look(hint, f"{kind.__name__}.{name}")

    look(Assessment, "")
    look(Profile, "")
    return found


def turned(number: int, texts: Sequence[str] = HOSTILE) -> Iterator[str]:
    """All of the texts for ever, beginning with that one."""
    return cycle([*texts[number:], *texts[:number]])


_ANOTHER_ORDER = re.compile("[\x00\u0590-\u06ff\u202a-\u202e]")
"""What runs from right to left, or holds controls, is read in another order, and its neighbours."""
GROUPS = (
    tuple(text for text in HOSTILE if not _ANOTHER_ORDER.search(text)),
    tuple(text for text in HOSTILE if _ANOTHER_ORDER.search(text)),
)


def packs(every: int) -> Iterator[Planted]:
    """All texts, so many further on in each: with 1, each of them comes into every field."""
    for texts in GROUPS:
        for number in range(0, len(texts), every):
            yield planted(turned(number, texts))


# What becomes of it

EDITIONS = (Edition.PRIVATE, Edition.PROSPECT, Edition.DECLINE)
_NOT_SHOWN = {
    # The working agreement is the prospect's, and the private file has no letterhead.
    Edition.PRIVATE: {
        *("Plan.disagreement", "Plan.promises", "Plan.scope", "Profile.boundaries"),
        *(f"Profile.{each}" for each in ("address", "email", "name", "phone", "website")),
        *("Roles.mine", "Roles.ours", "Roles.yours"),
    },
    # What the plan's own were drafted from.
    Edition.PROSPECT: {"Profile.boundaries"},
    Edition.DECLINE: {"Profile.boundaries"},
}
"""What a document holds and doesn't print."""
_MIRRORED = str.maketrans("<([{", ">)]}")


def plain(text: str) -> str:
    """The characters that any page shows, whatever the words between them.

    Beside words that run from right to left a reader takes brackets for their mirror images.
    """
    return re.sub(r"[^!-~]|-", "", text).translate(_MIRRORED)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value of the domain."""
    if type(value) is str:
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_in(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name))


def print_and_look(of: Planted, edition: Edition) -> None:
    """Print it; every text is shown as it stands, and nothing was fetched or hidden in the file."""
    report = report_of(of, edition)
    read_what_is_kept()
    with nothing_opened() as opened:
        pdf = render(report, Paper.A4)
    assert opened == [], opened
    shown = plain(text_of(pdf))
    held = set(texts_in(report))
    shown_in: set[Place] = set()
    for text, place in of.pairs:
        if text not in held or place in _NOT_SHOWN[edition]:
            continue
        shown_in.add(place)
        if not _ANOTHER_ORDER.search(text):
            assert plain(printable(text)) in shown, (place, text)
    assert len(shown_in) > 5
    assert is_a_file_name(suggested_file_name(report))
    private = edition is Edition.PRIVATE
    if private:
        assert_restored(pdf, of)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert list(document.attachments) == ([NAME] if private else [])
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(document.Root.keys())
        assert not any("/Annots" in page or "/AA" in page for page in document.pages)


def assert_restored(pdf: bytes, of: Planted) -> None:
    """The file restores every text as it was typed; what no file may hold is told with its path."""
    if any(IN_NO_FILE.search(text) for text in texts_in(of.assessment)):
        with pytest.raises(InvalidInput, match=r"\$.*expected text without the character U\+"):
            read_private_file(pdf)
    else:
        assert read_private_file(pdf) == of.assessment


_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def is_a_file_name(name: str) -> bool:
    """Whether every system takes it, as a name and not as anything else."""
    return (
        re.fullmatch(r"[\w-]+\.pdf", name) is not None
        and not _RESERVED.fullmatch(name)
        and len(name.encode()) <= 255
    )


def report_of(of: Planted, edition: Edition) -> Report:
    verdict = reach_verdict(of.assessment, people.BANK, people.POLICY)
    return make_report(edition, of.assessment, people.BANK, people.POLICY, verdict, of.profile)


def of_json(of: Assessment) -> Assessment:
    """Through a file of JSON and back."""
    return read_assessment(json.dumps(write_assessment(of)).encode())


EXPORTS: dict[str, Callable[[Assessment], Assessment]] = {"JSON": of_json}
"""Every format that brings an assessment back: through a file of it. The same must come out."""

IN_NO_FILE = re.compile("[\x00\ud800-\udfff]")
"""What no file may hold: that is refused with its place."""
