"""What the shipped question bank promises beyond the rules that every bank keeps."""

from __future__ import annotations

import itertools
from collections import Counter

from fitcheck.domain.bank import DISAGREEMENT, Axis, Form, Side
from fitcheck.domain.bank_lint import BannedWords, linted
from fitcheck.domain.bank_tables import Asked, asked_of_the_consultant, is_in, text_at, with_axis
from fitcheck.domain.toml_checks import Document
from fitcheck.errors import Fault

SHIPPED_DEAL_BREAKERS = (
    "no-written-terms",
    "unpaid-work",
    "against-principle",
    "abusive-conduct",
    "hides-who-decides",
    "no-budget",
    "not-my-craft",
    "no-capacity",
    "conflict-of-interest",
)
SHIPPED_GATES = ("openness", "integrity", "unwelcome-facts", "readiness")
_EVENT_ESSENTIALS = (DISAGREEMENT, "budget", "decides")
_CORE = 6


def lint_shipped(text: str, file: str, words: BannedWords) -> list[Fault]:
    """The faults of :func:`lint`, and where a bank falls short of what the shipped one promises:

    36 questions for the consultant in form order, the axes in turn; the first six the event
    form's core and the next six the rest of it; 12 for the prospect; the gates and the default
    deal-breakers of judgement.md; an inquiry of 8 to 10 prompts. A user's own bank may differ.
    """
    document = linted(text, file, words)
    if document.readable:
        _shipped_form(document)
        _shipped_sets(document)
    return document.faults


def _shipped_form(document: Document) -> None:
    asked = asked_of_the_consultant(document)
    event = [entry for entry in asked if is_in(Form.EVENT, entry[2])]
    prospect = [entry for entry in with_axis(document) if entry[2].get("side") == Side.PROSPECT]
    counts: tuple[tuple[str, list[Asked], dict[Axis, int]], ...] = (
        ("full form", asked, dict.fromkeys(Axis, 12)),
        ("event form", event, dict.fromkeys(Axis, 4)),
        ("core of the event form", event[:_CORE], dict.fromkeys(Axis, 2)),
    )
    for name, questions, wanted in counts:
        per_axis = Counter(axis for _, axis, _ in questions)
        for axis, count in wanted.items():
            if per_axis[axis] != count:
                document.report(
                    ("questions",),
                    f"{count} questions on {axis} in the {name}, found {per_axis[axis]}",
                )
    if len(prospect) != 12:
        document.report(
            ("questions",), f"12 questions in the prospect's form, found {len(prospect)}"
        )
    per_axis = Counter(axis for _, axis, _ in prospect)
    for axis, least in ((Axis.CHEMISTRY, 4), (Axis.TRUST, 4), (Axis.NATURE, 2)):
        if per_axis[axis] < least:
            document.report(
                ("questions",),
                f"{least} or more questions on {axis} in the prospect's form, "
                f"found {per_axis[axis]}",
            )
    for (path, axis, _), wanted_axis in zip(asked, itertools.cycle(Axis), strict=False):
        if axis != wanted_axis:
            document.report(path, f"a question on {wanted_axis}: the axes take turns")
            break  # all that follow are out of step
    for path, _, question in asked[len(event) :]:
        if is_in(Form.EVENT, question):
            document.report(path, "the questions of the event form before all others")
    for name in _EVENT_ESSENTIALS:
        if all(question.get("id") != name for _, _, question in event):
            document.report(("questions",), f"a question {name} in the event form")


def _shipped_sets(document: Document) -> None:
    gates = {text_at(f, "id") for _, f in document.tables("facets") if f.get("gate") is True}
    if gates != set(SHIPPED_GATES):
        document.report(("facets",), f"gates on {', '.join(SHIPPED_GATES)}")
    ids = [entry.get("id") for _, entry in document.tables("deal_breakers")]
    for name in SHIPPED_DEAL_BREAKERS:
        if name not in ids:
            document.report(("deal_breakers",), f"a deal-breaker {name}")
    if not 8 <= (prompts := len(list(document.tables("inquiry")))) <= 10:
        document.report(("inquiry",), f"8 to 10 prompts, found {prompts}")
