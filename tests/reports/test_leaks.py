"""What must never be in the prospect's hands, and what must never be fetched or run."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from fitcheck.domain import draft_words
from fitcheck.domain.assessment import (
    Answer,
    Assessment,
    DealBreakerState,
    Dissent,
    Gut,
    Mark,
    Override,
)
from fitcheck.domain.bank import DISAGREEMENT, Evidence
from fitcheck.domain.judgement import Recommendation, Stance
from fitcheck.domain.policy import Action
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition, PrivateFile, make_report
from fitcheck.domain.verdict import reach_verdict
from reports import firm_words, prospect_words, verdict_words
from reports.embedded import EmbeddedOnly
from reports.gap_chart import gap_text
from reports.render import render, suggested_file_name
from reports.templating import direction, source
from tests.reports import people
from tests.reports.conftest import everything_in, text_of

FORBIDDEN = (
    "gut feeling",
    *("chemistry", "trust score", "odds", "deal-breaker", "hunch", "leaning", "settled"),
    *("more brightly", "changes the recommendation", "of 100 ways", "know enough"),
)

HOSTILE = (
    '<img src="file:///etc/passwd">',
    '<link rel=attachment href="file:///etc/hostname">',
    "<script>alert(1)</script>",
    "<style>body{display:none}</style>",
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s %s {0} {name}",
    "&lt;b&gt; &amp; <b>bold</b>",
    "url(http://example.invalid/x.png)",
    "</title></svg><svg onload=x>",
)


def _canary(place: str) -> str:
    return f"zq{place}canary"


def _with_canaries(outcome: Recommendation, stance: Stance) -> tuple[Any, list[str]]:
    """An assessment with a canary in every private field, and the list of them."""
    of = people.assessment(outcome, stance)
    seen: list[str] = []

    def plant(place: str) -> str:
        seen.append(_canary(place))
        return seen[-1]

    answers = {
        id_: replace(
            answer,
            note=plant(f"note{i}"),
            quote=answer.quote if id_ == DISAGREEMENT else plant(f"quote{i}"),
        )
        for i, (id_, answer) in enumerate(of.answers.items())
    }
    person = replace(
        of.prospect,
        role=plant("role"),
        email=plant("email"),
        phone=plant("phone"),
        met_at=plant("metat"),
        in_their_words=plant("words"),
    )
    talk = replace(
        of.conversation,
        restatement=plant("restatement"),
        confirmed_on=None,
        presented_problem=plant("presented"),
        problem_now=plant("now"),
        keep=(plant("keep"),),
        stop=(plant("stop"),),
        start=(plant("start"),),
        their_agenda=plant("theiragenda"),
        my_agenda=plant("myagenda"),
        time_agreed=plant("timeagreed"),
    )
    later = [
        replace(
            stage,
            deliverable=plant(f"deliverable{i}"),
            time_box=plant(f"time{i}"),
            cap=plant(f"cap{i}"),
            exit_test=plant(f"exit{i}"),
        )
        for i, stage in enumerate(of.plan.stages[1:])
    ]
    return (
        replace(
            of,
            answers=answers,
            prospect=person,
            conversation=talk,
            plan=replace(of.plan, stages=(of.plan.stages[0], *later)),
            deal_breakers={plant("breaker"): DealBreakerState.SUSPECTED},
            override=Override(Action(outcome.value), plant("override"), people.DATE)
            if outcome is not Recommendation.UNDECIDED
            else None,
            gut=Gut(Action.DECLINE, plant("gut")),
            dissent=(Dissent(plant("advised"), plant("why"), plant("chosen"), people.DATE),),
        ),
        seen,
    )


@pytest.mark.parametrize("outcome", Recommendation)
@pytest.mark.parametrize("stance", Stance)
def test_no_canary_reaches_the_prospect(outcome: Recommendation, stance: Stance) -> None:
    of, canaries = _with_canaries(outcome, stance)
    edition = people.prospects(of)
    pdf = render(edition, Paper.A4)
    shown = text_of(pdf) + suggested_file_name(edition)
    bytes_ = everything_in(pdf)
    assert [c for c in canaries if c in shown or c.encode() in bytes_] == []


def test_the_canaries_sing_in_the_private_file() -> None:
    """The control: the same search finds every one of them where they belong."""
    of, canaries = _with_canaries(Recommendation.STAGE, Stance.SPLIT)
    text = text_of(render(people.private(of), Paper.A4)).replace(" ", "").replace("-", "")
    assert [c for c in canaries if c not in text] == []


def _doubtful() -> Assessment:
    """An assessment of which every kind of private sentence can be said."""
    of = people.seen_by_both(people.unfinished(people.assessment(), 30))
    shaky = {
        id_: replace(answer, evidence=Evidence.OBSERVED if i < 12 else Evidence.HUNCH)
        for i, (id_, answer) in enumerate(of.answers.items())
    }
    return replace(of, answers=shaky)


def _private_sentences(of: Assessment) -> list[str]:
    """How firm it is, what to ask, what would change it, the warnings, and the two views."""
    verdict = reach_verdict(of, people.BANK, people.POLICY)
    found = [
        [firm_words.verdict_sentence(of, verdict)],
        firm_words.firmness_sentences(of, verdict.firmness),
        verdict_words.ask_lines(of, people.BANK, verdict),
        verdict_words.flip_sentences(verdict),
        verdict_words.to_proceed_sentences(people.POLICY, verdict),
        verdict_words.warning_sentences(verdict.judgement),
        verdict_words.gap_sentences(verdict.judgement),
    ]
    assert all(found), "the assessment has some of each"
    return [re.sub(r"[\s-]", "", text) for texts in found for text in texts]


def test_no_sentence_on_firmness_or_the_two_views_reaches_the_prospect() -> None:
    of = _doubtful()
    verdict = reach_verdict(of, people.BANK, people.POLICY)
    for edition in (Edition.PROSPECT, Edition.DECLINE, Edition.FORM):
        report = make_report(edition, of, people.BANK, people.POLICY, verdict, people.PROFILE)
        pdf = render(report, Paper.A4)
        shown = re.sub(r"[\s-]", "", text_of(pdf) + everything_in(pdf).decode("latin-1"))
        assert [text for text in _private_sentences(of) if text in shown] == []
        for gap in verdict.judgement.gaps:
            assert gap_text(gap) not in text_of(pdf)


def test_the_same_sentences_stand_in_the_private_file() -> None:
    """The control: the same search finds them where they belong."""
    of = _doubtful()
    pdf = render(people.private(of), Paper.A4)
    shown = re.sub(r"[\s-]", "", text_of(pdf))
    assert [text for text in _private_sentences(of) if text not in shown] == []
    for gap in people.judged(of).gaps:
        assert gap_text(gap) in text_of(pdf)


@pytest.mark.parametrize("outcome", Recommendation)
@pytest.mark.parametrize("stance", Stance)
@pytest.mark.parametrize("full", [True, False])
def test_no_word_of_a_score(outcome: Recommendation, stance: Stance, full: bool) -> None:
    text = text_of(people.theirs(outcome, stance, full)).lower()
    assert [word for word in FORBIDDEN if word in text] == []


def _drafts() -> list[Any]:
    """All that is drafted for a prospect's eyes: everything but the risks."""
    return [
        *(replace(words, risk="") for words in draft_words.FACETS.values()),
        *(vars(draft_words)[name] for name in ("PROMISES", "SCOPE", "DISAGREEMENT", "MEASURE")),
        *(vars(draft_words)[name] for name in ("ROLES", "CASES", "SIGNS_OFF", "FIRST_STAGES")),
        draft_words.RULED_OUT,
    ]


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value made of frozen values, mappings, lists and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        yield from _texts([getattr(value, field.name) for field in fields(value)])


def test_no_word_of_a_score_in_the_words_themselves() -> None:
    said: list[str] = []
    for outcome in Recommendation:
        said += [prospect_words.title(outcome), *prospect_words.recommendation(outcome)]
    for stance in Stance:
        said += [prospect_words.how_i_work(stance), prospect_words.how_we_know(stance)]
        said += prospect_words.to_bring(stance)
    said += list(_texts(_drafts()))
    assert len(draft_words.PROMISES) == 6
    text = " ".join(said).lower()
    assert [word for word in FORBIDDEN if word in text] == []
    assert "%" not in text


# ------------------------------------------------------------------------------ hostile text


def _everywhere(value: Any, text: str) -> Any:
    """``value`` with every text in it replaced by ``text``."""
    if type(value) is str:
        return text
    if isinstance(value, tuple):
        return tuple(_everywhere(item, text) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _everywhere(getattr(value, f.name), text) for f in fields(value)}
        return replace(value, **changed)
    return value


def _hostile(text: str) -> Any:
    of = people.assessment()
    return replace(
        of,
        prospect=_everywhere(of.prospect, text),
        conversation=_everywhere(of.conversation, text),
        plan=_everywhere(of.plan, text),
        dissent=_everywhere(of.dissent, text),
        override=Override(Action.STAGE, text, people.DATE),
        answers={
            **of.answers,
            "opener": Answer("opener", 2, Evidence.OBSERVED, text, text),
            DISAGREEMENT: Answer(DISAGREEMENT, Mark.UNKNOWN, None, text, text),
        },
    )


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a document opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    of = _hostile(text)
    profile = replace(people.PROFILE, name=text, business=text, address=text, website=text)
    for report in (people.private(of, profile), people.prospects(of, profile)):
        pdf = render(report, Paper.A4)
        shown = re.sub(r"\s", "", text_of(pdf))
        assert re.sub(r"\s", "", text) in shown
        everything = everything_in(pdf)
        # The private file carries its own assessment and nothing else; theirs carries nothing.
        own = int(isinstance(report, PrivateFile))
        assert len(re.findall(rb"/Type /EmbeddedFile\b", everything)) == own
        assert b"root:" not in everything


@pytest.mark.parametrize(
    "text",
    ["\x00\x07\x1b[31m", "\ud800", "\ufdd0\uffff", "\u202egnp.exe", "a\u0301" * 40, "\t\r\n"],
)
def test_unprintable_text_still_makes_a_document(text: str) -> None:
    of = _hostile("x" + text)
    for report in (people.private(of), people.prospects(of)):
        assert render(report, Paper.A4).startswith(b"%PDF-1.7")


def test_long_text_lays_out_and_nothing_is_lost() -> None:
    note = " ".join(f"word{i}" for i in range(3000))
    of = people.assessment()
    of = replace(of, answers={**of.answers, "opener": replace(of.answers["opener"], note=note)})
    text = text_of(render(people.private(of), Paper.A4))
    assert [i for i in range(3000) if f"word{i}" not in text] == []
    endless = text_of(render(people.prospects(_hostile("W" * 1000)), Paper.A4))
    assert endless.replace(" ", "").count("W") > 1000 * 10


def test_right_to_left() -> None:
    assert direction("שלום world") == "rtl"
    assert direction("12 مرحبا") == "rtl"
    assert direction("world שלום") == "ltr"
    assert direction("123") == direction("") == "ltr"


# ------------------------------------------------------------------------------ fetching


def test_the_fetcher_gives_fonts_and_the_logo_and_nothing_else() -> None:
    fetcher = EmbeddedOnly(b"logo bytes")
    assert fetcher("fitcheck:font/IBMPlexSans-Regular.ttf").read()[:4] == b"\x00\x01\x00\x00"
    logo = fetcher("fitcheck:logo")
    assert (logo.read(), logo.content_type) == (b"logo bytes", "image/png")
    for address in (
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.invalid/",
        "ftp://example.invalid/",
        "data:text/plain,hello",
        "fitcheck:font/../banks/core-1.0.0.toml",
        "fitcheck:font/OFL.ttf",
        "fitcheck:",
        "IBMPlexSans-Regular.ttf",
        "",
    ):
        with pytest.raises(ValueError, match="refused"):
            fetcher(address)
        with pytest.raises(ValueError, match="refused"):
            fetcher.open(address)
    with pytest.raises(ValueError, match="refused"):
        EmbeddedOnly()("fitcheck:logo")


TEMPLATES = Path(__file__).parents[2] / "reports" / "templates"


@pytest.mark.parametrize(
    "template",
    sorted(file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*.*ml"))
    + sorted(file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*.svg")),
)
def test_no_template_switches_escaping_off(template: str) -> None:
    assert "safe" not in re.findall(r"\|\s*(\w+)", source(template))
    assert "autoescape" not in source(template)
    assert "Markup" not in source(template)
