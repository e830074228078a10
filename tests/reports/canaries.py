"""A canary in every private field of an assessment, and the search for them in what is printed.

Every text of an assessment is private here unless :data:`PUBLIC` says otherwise, so that a field
that is added to the domain has its canary before anybody thinks of it. Dates that are private lie
in a year of their own.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import pikepdf
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import DISAGREEMENT
from fitcheck.domain.judgement import judge
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import (
    DeclineLetter,
    Edition,
    FirstStage,
    Introduction,
    decline_letter,
    prospect_edition,
)
from reports.render import render, suggested_file_name
from tests.domain.strategies import whole_assessments
from tests.reports import people
from tests.reports.conftest import everything_in, text_of

PUBLIC: dict[Edition, tuple[str, ...]] = {
    Edition.PROSPECT: (
        "date",
        "prospect.name",
        "prospect.organisation",
        f"answers.{DISAGREEMENT}.quote",
        "conversation.next_step.*",
        "plan.conditions.*",
        *(f"plan.stages.0.{name}" for name in FirstStage.__dataclass_fields__),
        "plan.stages.*.goal",
        "plan.reassess_on",
        "plan.roles.*",
        "plan.promises.*",
        "plan.scope",
        "plan.boundaries.*",
        "plan.disagreement",
        "plan.cases.*",
        "plan.measures.*",
        "plan.signs_off",
        "plan.expectations.*",
    ),
    Edition.DECLINE: (
        "date",
        "prospect.name",
        "prospect.organisation",
        "plan.letter.reason",
        *(f"plan.letter.referral.{name}" for name in Introduction.__dataclass_fields__),
        "plan.letter.revisit_on",
    ),
}
"""What may be in the prospect's hands, by the path of the field; the restatement once confirmed."""

PRIVATE_YEAR = 2087


@dataclass
class Planted:
    """An assessment full of canaries, and which of them may not be seen, and which may."""

    assessment: Assessment
    private: set[str] = field(default_factory=set)
    public: set[str] = field(default_factory=set)


def plant(of: Assessment, edition: Edition) -> Planted:
    """The assessment with a canary in every text; empty public texts stay empty."""
    found = Planted(of)
    allowed = PUBLIC[edition]
    if of.conversation.confirmed_on:
        allowed = (*allowed, "conversation.restatement")

    def grown(value: Any, path: str) -> Any:
        public = any(fnmatchcase(path, pattern) for pattern in allowed)
        if type(value) is str:
            if public and not value:
                return value
            # Too short to be hyphenated, and unlike any word.
            canary = f"{'yq' if public else 'zq'}{len(found.private) + len(found.public):04}"
            (found.public if public else found.private).add(canary)
            return canary
        if type(value) is dt.date and not public:
            return value.replace(year=PRIVATE_YEAR, day=min(value.day, 28))
        if isinstance(value, tuple):
            return tuple(grown(each, f"{path}.{i}") for i, each in enumerate(value))
        if isinstance(value, list):
            return [grown(each, f"{path}.{i}") for i, each in enumerate(value)]
        if isinstance(value, Mapping):
            return {key: grown(each, f"{path}.{key}") for key, each in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            named = [f.name for f in fields(value)]
            parts = {name: grown(getattr(value, name), f"{path}.{name}") for name in named}
            return replace(value, **parts)
        return value

    prospect = grown(of.prospect, "prospect")
    talk = grown(of.conversation, "conversation")
    found.assessment = replace(
        of,
        prospect=prospect,
        conversation=talk,
        plan=grown(of.plan, "plan"),
        dissent=grown(of.dissent, "dissent"),
        override=grown(of.override, "override"),
        gut=grown(of.gut, "gut"),
        releases=grown(of.releases, "releases"),
        answers={
            id_: replace(
                answer,
                note=grown(answer.note, f"answers.{id_}.note"),
                quote=grown(answer.quote, f"answers.{id_}.quote"),
            )
            for id_, answer in of.answers.items()
        },
    )
    return found


def leaks(of: Assessment, edition: Edition, paper: Paper) -> list[str]:
    """What of the private fields the printed edition gives away; nothing is as it should be."""
    planted = plant(of, edition)
    if edition is Edition.DECLINE:
        report: Any = decline_letter(planted.assessment, people.PROFILE)
    else:
        judgement = judge(planted.assessment, people.BANK, people.POLICY)
        report = prospect_edition(planted.assessment, people.BANK, judgement, people.PROFILE)
    read_what_is_kept()
    with nothing_opened() as opened:
        pdf = render(report, paper)
        name = suggested_file_name(report)
    shown = text_of(pdf)
    raw = everything_in(pdf).decode("latin-1")
    everywhere = "\n".join((shown, raw, name, *beside_the_text(pdf)))
    # The control, in every document: the same search finds what may be seen.
    seen = set(re.findall(r"yq\d{4}", everywhere))
    assert planted.assessment.prospect.name in seen
    if isinstance(report, DeclineLetter):
        assert planted.public <= seen, planted.public - seen
    assert len(planted.private) > 10
    found = planted.private & set(re.findall(r"zq\d{4}", everywhere))
    return sorted(found) + re.findall(rf"\d+ \w+ {PRIVATE_YEAR}", shown) + opened


def beside_the_text(pdf: bytes) -> Iterator[str]:
    """Every string of the file that no page shows: titles, outlines, annotations, alternatives."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not list(document.attachments)
        assert not any("/Annots" in page for page in document.pages)
        for part in document.objects:
            if isinstance(part, pikepdf.Dictionary):
                yield from (str(each) for each in part.values() if isinstance(each, pikepdf.String))


_OPENING = ("open", "socket.", "subprocess.", "os.exec", "os.mkdir", "tempfile.", "urllib.")
_open_now: list[str] | None = None
_watching = False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _open_now is not None and event.startswith(_OPENING):
        _open_now.append(f"{event} {arguments[:2]!r}")


@cache
def read_what_is_kept() -> None:
    """Have everything read that is read once and kept: fonts, styles, templates, modules."""
    of = people.overridden(people.assessment())
    for report in (people.private(of), people.prospects(of), decline_letter(of, people.PROFILE)):
        for paper in Paper:
            render(report, paper)


@contextmanager
def nothing_opened() -> Iterator[list[str]]:
    """A list of every file, socket and process that is opened in the ``with`` block."""
    global _open_now, _watching
    if not _watching:  # a hook stays for ever
        sys.addaudithook(_watch)
        _watching = True
    opened: list[str] = []
    collecting = gc.isenabled()
    gc.disable()  # or what another test left behind would be cleared away meanwhile
    _open_now = opened
    try:
        yield opened
    finally:
        _open_now = None
        if collecting:
            gc.enable()


def fly(count: int) -> int:
    """Search so many generated documents, alternately each edition; how many were searched.

    The same ones every time. Raises ``AssertionError`` at the first that leaks.
    """
    searched = 0

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(whole_assessments(), st.sampled_from(Paper))
    def search(of: Assessment, paper: Paper) -> None:
        nonlocal searched
        edition = (Edition.PROSPECT, Edition.DECLINE)[searched % 2]
        searched += 1
        assert leaks(of, edition, paper) == [], edition

    search()
    return searched
