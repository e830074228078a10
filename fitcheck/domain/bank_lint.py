"""Holds a question bank to its rules: its structure, and what makes a question fair and answerable.

All faults are reported in one pass, each with file, line, place and what was expected, so that
whoever writes a bank mends it once. These are the rules that every bank keeps; what only the
shipped one promises besides, such as 36 questions, is in :mod:`fitcheck.domain.shipped_bank_lint`.
Why this is not a schema: ``docs/decisions/0004-bank-format.md``.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitcheck.domain.bank import DISAGREEMENT, LEVELS, Axis, Evidence, Form, Problem, Side
from fitcheck.domain.bank_tables import (
    asked_of_the_consultant,
    is_in,
    text_at,
    texts_at,
)
from fitcheck.domain.toml_checks import (
    DEAL_BREAKER,
    IDENTITY,
    Check,
    Document,
    found,
    is_number,
    kebab_id,
    line_up_to,
    list_of,
    matching,
    one_of,
    some_tables,
)
from fitcheck.domain.toml_lines import KeyPath
from fitcheck.errors import Fault

SHORT_LENGTH = 45
"""Characters that a short answer of the event form may have: it is read at a glance, standing."""

SAID_ASIDE = 130
"""Characters of what is said out of the event form: from a small card, in a talk in passing."""

INQUIRY_PARTS = ("negatives", "consequences", "anything-else", "valued", "better", "good")
"""The parts of the twelve-minute inquiry in their order: the bad first, the good last (I20)."""

INQUIRY_MINUTES = 12

SHORTEST_ANSWER = 4
"""Words that an answer must have: fewer name a degree and describe nothing."""

MOST: Mapping[str, int] = {"facets": 22, "questions": 90, "inquiry": 24, "deal_breakers": 24}
"""Tables of each kind: more than anybody can ask, and few enough to judge while one types."""

MOST_OF: Mapping[Side, int] = {Side.CONSULTANT: 60, Side.PROSPECT: 30}
"""Questions for each side, which together are all."""

LENGTHS: Mapping[str, int] = {
    "name": 40,
    "say": 200,
    "why": 300,
    "levels": 200,
    "short": 200,
    "condition": 400,
    "rests_on": 120,
}
"""Characters of each kind of text, so that it can be read aloud and fits its place on a page.

What is too long for a short answer is said where the event form is looked at.
"""

# ------------------------------------------------------------------------- what each table holds

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_IDEA = re.compile(r"I([1-9]|1\d|2[0-7])")
_PUBLICATION = re.compile(r"[^\W\d_].* (?:1[89]|20)\d\d")


def _yes_or_no(value: Any) -> Iterator[tuple[KeyPath, str]]:
    if not isinstance(value, bool):
        yield (), f"true or false, {found(value)}"


def _minutes(value: Any) -> Iterator[tuple[KeyPath, str]]:
    if not is_number(value) or not 0 < value <= INQUIRY_MINUTES:
        yield (), f"minutes above 0 and up to {INQUIRY_MINUTES}, {found(value)}"


_source = matching(
    re.compile(f"(?:{_IDEA.pattern})|(?:{_PUBLICATION.pattern})"),
    "an idea from I1 to I27, or a publication with its year, such as Fisher and Ury 1981",
)


def _one_source(value: Any) -> Iterator[tuple[KeyPath, str]]:
    yield from _source(value)
    if isinstance(value, str) and len(value) > LENGTHS["rests_on"]:
        yield (), f"at most {LENGTHS['rests_on']} characters, found {len(value)}"


_rests_on = list_of(_one_source)

_BANK: Mapping[str, Check] = {
    "format": one_of("fitcheck/bank"),
    **IDENTITY,
    "language": matching(_LANGUAGE, "a language code such as en"),
    "facets": some_tables,
    "questions": some_tables,
    "inquiry": some_tables,
    "deal_breakers": some_tables,
}
_name, _say, _why, _level, _short, _condition = (
    line_up_to(LENGTHS[key]) for key in ("name", "say", "why", "levels", "short", "condition")
)
_FACET: Mapping[str, Check] = {"id": kebab_id, "axis": one_of(*Axis), "name": _name}
_QUESTION: Mapping[str, Check] = {
    "id": kebab_id,
    "facet": kebab_id,
    "side": one_of(*Side),
    "forms": list_of(one_of(*Form)),
    "weight": one_of(1, 2, 3),
    "problem": one_of(*Problem),
    "evidence": one_of(*Evidence),
    "rests_on": _rests_on,
    "say": _say,
    "why": _why,
    "levels": list_of(_level, LEVELS),
}
_INQUIRY: Mapping[str, Check] = {
    "id": kebab_id,
    "part": one_of(*INQUIRY_PARTS),
    "say": _say,
    "why": _why,
    "rests_on": _rests_on,
    "minutes": _minutes,
}

# ------------------------------------------------------------------------------- the linter's words


@dataclass(frozen=True)
class BannedWords:
    """What a bank in one language may not use, with the reasons, and its words of mere degree.

    ``starts`` are the first words of all that is banned: a text without them needs no closer look.
    """

    language: str
    starts: frozenset[str]
    banned: tuple[tuple[re.Pattern[str], str], ...]
    degrees: frozenset[str]


def parse_words(text: str) -> BannedWords:
    """The lists in ``text`` (``resources/banks/words.toml``), which is ours and trusted."""
    data = tomllib.loads(text)
    groups = [(group["words"], group["why"]) for group in data["banned"]]
    return BannedWords(
        language=data["language"],
        starts=frozenset(word.casefold().split()[0] for words, _ in groups for word in words),
        banned=tuple((_whole_words(words), why) for words, why in groups),
        degrees=frozenset(data["degrees"]["words"]),
    )


def _whole_words(words: Sequence[str]) -> re.Pattern[str]:
    # The longest first, so that "gut feeling" is named and not just "gut".
    alternatives = "|".join(
        r"[\s-]+".join(map(re.escape, word.split()))
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


# ----------------------------------------------------------------------------- rules for every bank


def lint(text: str, file: str, words: BannedWords) -> list[Fault]:
    """Every fault of the bank in ``text``, in the order of its lines; none for a good bank.

    ``file`` is how the faults name it. The rules on words are applied to banks in the language
    of ``words`` only. A bank without faults is safe for :func:`fitcheck.domain.bank.parse_bank`.
    """
    return linted(text, file, words).faults


def linted(text: str, file: str, words: BannedWords) -> Document:
    """The bank in ``text`` with its faults, for whoever looks for more of them."""
    document = Document(text, file)
    if document.readable and _few_enough(document):
        _structure(document)
        for key in ("facets", "questions", "inquiry", "deal_breakers"):
            document.check_ids(key)
        _facets(document)
        for path, question in document.tables("questions"):
            _forms(document, path, question)
        _repeated_answers(document, "levels")
        _repeated_answers(document, "short")
        speaks = document.data.get("language") == words.language
        _ladders(document, words.degrees if speaks else frozenset())
        if speaks:
            _banned_words(document, words)
        _inquiry(document)
        _coverage(document)
    return document


def _few_enough(document: Document) -> bool:
    """Whether there are few enough tables to be looked at one by one."""
    counts = {key: len(list(document.tables(key))) for key in MOST}
    for key, most in MOST.items():
        if counts[key] > most:
            document.report((key,), f"at most {most} of them, found {counts[key]}")
    return all(counts[key] <= most for key, most in MOST.items())


def _structure(document: Document) -> None:
    document.check((), document.data, _BANK)
    tables: tuple[tuple[str, Mapping[str, Check], Mapping[str, Check]], ...] = (
        ("facets", _FACET, {"gate": _yes_or_no}),
        ("questions", _QUESTION, {"short": list_of(_short, LEVELS), "condition": _condition}),
        ("inquiry", _INQUIRY, {"say_after_start": _say}),
        ("deal_breakers", DEAL_BREAKER, {}),
    )
    for key, required, optional in tables:
        document.check_tables(key, required, optional)
    sides = Counter(text_at(question, "side") for _, question in document.tables("questions"))
    for side, most in MOST_OF.items():
        if sides[side] > most:
            document.report(("questions",), f"at most {most} for the {side}, found {sides[side]}")


def _facets(document: Document) -> None:
    known = {text_at(facet, "id") for _, facet in document.tables("facets")}
    asked = set()
    for path, question in document.tables("questions"):
        name = text_at(question, "facet")
        if name and name not in known:
            document.report((*path, "facet"), f"the id of a facet of this bank, {found(name)}")
        if question.get("side") == Side.CONSULTANT:
            asked.add(name)
    for path, facet in document.tables("facets"):
        if text_at(facet, "id") not in asked:
            document.report(path, "at least one question for the consultant on this facet")
        if facet.get("gate") is True and facet.get("axis") == Axis.NATURE:
            document.report((*path, "gate"), "no gate on nature, whose levels are not good or bad")


def _forms(document: Document, path: KeyPath, question: Mapping[str, Any]) -> None:
    """Which forms a question is in, and the short answers that the event form reads out."""
    forms = [form for _, form in texts_at(question, "forms")]
    side = question.get("side")
    if any(form not in tuple(Form) for form in forms):
        return  # reported with the structure; what follows would only echo it
    if len(set(forms)) < len(forms):
        document.report((*path, "forms"), f"each form once, {found(forms)}")
    if side == Side.PROSPECT and set(forms) != {Form.PROSPECT}:
        document.report((*path, "forms"), f"the prospect's form alone, {found(forms)}")
    if side == Side.CONSULTANT and Form.PROSPECT in forms:
        document.report((*path, "forms"), f"no prospect's form for the consultant, {found(forms)}")
    elif side == Side.CONSULTANT and forms and Form.FULL not in forms:
        document.report((*path, "forms"), f"full beside event, which is part of it, {found(forms)}")
    if Form.EVENT in forms and "short" not in question:
        document.report((*path, "short"), "this key is missing: the event form reads it")
    if Form.EVENT not in forms and "short" in question:
        document.report((*path, "short"), "no short answers outside the event form")
    if Form.EVENT in forms and len(said := text_at(question, "say")) > SAID_ASIDE:
        document.report(
            (*path, "say"), f"at most {SAID_ASIDE} characters in the event form, found {len(said)}"
        )
    for index, short in texts_at(question, "short"):
        if len(short) > SHORT_LENGTH:
            document.report(
                (*path, "short", index), f"at most {SHORT_LENGTH} characters, found {len(short)}"
            )


def _repeated_answers(document: Document, key: str) -> None:
    seen: dict[str, KeyPath] = {}
    for path, question in document.tables("questions"):
        for index, answer in texts_at(question, key):
            place = (*path, key, index)
            first = seen.setdefault(_plain(answer), place)
            if first != place:
                document.report(
                    place, f"an answer of its own, found that of {document.place(first)}"
                )


def _ladders(document: Document, degrees: frozenset[str]) -> None:
    """Answers that name a degree where they should describe what one would see or hear."""
    for path, question in document.tables("questions"):
        answers = [
            (index, _plain(answer).split())
            for index, answer in texts_at(question, "levels")
            if index < LEVELS
        ]
        for index, said in answers:
            if len(said) < SHORTEST_ANSWER:
                document.report(
                    (*path, "levels", index),
                    f"what one would see or hear, in {SHORTEST_ANSWER} words or more",
                )
        for (first, one), (second, other) in itertools.combinations(answers, 2):
            if difference := _mere_degree(one, other, degrees):
                document.report(
                    (*path, "levels", second), f"more than {difference} from answer {first}"
                )
                break  # one fault says it for the whole question


def _mere_degree(one: list[str], other: list[str], degrees: frozenset[str]) -> str:
    """How little two answers differ, in words for a fault; empty if they differ enough."""
    if one == other:
        return ""  # reported as a repeated answer
    if [word for word in one if word not in degrees] == [w for w in other if w not in degrees]:
        return "a difference in words of degree"
    if len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return "one word of difference"
    return ""


def _banned_words(document: Document, words: BannedWords) -> None:
    texts = {
        "facets": ("name",),
        "questions": ("say", "why", "condition", "levels", "short"),
        "inquiry": ("say", "say_after_start", "why"),
        "deal_breakers": ("text", "ask"),
    }
    for table, keys in texts.items():
        for path, entry in document.tables(table):
            for key in keys:
                places: list[tuple[KeyPath, Any]] = [((*path, key), entry.get(key))]
                places += [((*path, key, index), answer) for index, answer in texts_at(entry, key)]
                for place, written in places:
                    if isinstance(written, str) and not _unsuspected(written, words):
                        for pattern, why in words.banned:
                            if match := pattern.search(written):
                                document.report(place, f"other words than '{match[0]}': {why}")


def _unsuspected(written: str, words: BannedWords) -> bool:
    return words.starts.isdisjoint(re.findall(r"\w+", written.casefold()))


def _inquiry(document: Document) -> None:
    prompts = list(document.tables("inquiry"))
    parts = [(path, text_at(prompt, "part")) for path, prompt in prompts]
    known = [(path, part) for path, part in parts if part in INQUIRY_PARTS]
    for part in INQUIRY_PARTS:
        if known and all(part != other for _, other in known):
            document.report(("inquiry",), f"a prompt for each part, none is for {part}")
    for (_, before), (path, part) in itertools.pairwise(known):
        if INQUIRY_PARTS.index(part) < INQUIRY_PARTS.index(before):
            document.report(
                (*path, "part"), f"the order {', '.join(INQUIRY_PARTS)}; {part} follows {before}"
            )
    minutes = [prompt["minutes"] for _, prompt in prompts if is_number(prompt.get("minutes"))]
    if minutes and abs(sum(minutes) - INQUIRY_MINUTES) > 1e-9:
        document.report(
            ("inquiry",), f"{INQUIRY_MINUTES} minutes altogether, found {sum(minutes):g}"
        )


def _coverage(document: Document) -> None:
    """What the program relies on: something to ask in every form, and the question of I7."""
    asked = asked_of_the_consultant(document)
    for axis in Axis:
        if not any(on == axis for _, on, _ in asked):
            document.report(("questions",), f"a question for the consultant on {axis}")
    # What is a slip in one question has been reported there, and is not echoed here.
    if not any(is_in(Form.EVENT, question) or "short" in question for _, _, question in asked):
        document.report(("questions",), "a question for the consultant in the event form")
    if all(question.get("side") == Side.CONSULTANT for _, question in document.tables("questions")):
        document.report(("questions",), "a question for the prospect, in the prospect's form")
    if not any(question.get("id") == DISAGREEMENT for _, _, question in asked):
        document.report(
            ("questions",), f"a question for the consultant with the id {DISAGREEMENT} (I7)"
        )


def _plain(answer: str) -> str:
    """An answer without case, punctuation and double spaces, for comparing."""
    return " ".join(re.findall(r"\w+(?:[’']\w+)*", answer.casefold()))
