"""Banks of one's own, as a consultant might write them: the shipped one changed, and odd ones."""

from __future__ import annotations

import json
from pathlib import Path

from fitcheck import packaged
from fitcheck.domain.bank import Axis, Side
from fitcheck.domain.bank_lint import LENGTHS, MOST, MOST_OF, SAID_ASIDE, SHORT_LENGTH
from fitcheck.domain.toml_checks import ASKED_LENGTH, SAID_LENGTH
from fitcheck.library import CURRENT_BANK, bank_text

CORE = packaged.read_text("banks", "core-1.0.0.toml")
"""A bank that every version of the program has; what is changed in it here, it goes on saying."""
IN_FORCE = bank_text(CURRENT_BANK)
"""The one that new assessments begin with."""


def own(version: str = "1.0.0", *edits: tuple[str, str], id_: str = "mine") -> str:
    """The shipped bank under a name of one's own, with each edit made at its first occurrence."""
    named = (('id = "core"', f'id = "{id_}"'), ('version = "1.0.0"', f'version = "{version}"'))
    text = CORE
    for before, after in (*named, *edits):
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def small() -> str:
    """A bank of five questions, with ids of which the program knows one."""
    file = Path(__file__).parent / "domain" / "bad_banks" / "wrong-weight.toml"
    return file.read_text(encoding="utf-8").partition("\n")[2].replace("4 # BAD", "3")


def small_in_other_words() -> str:
    """The same in another language, with facets, questions and deal-breakers of other names."""
    text = small()
    for before, after in (
        ('language = "en"', 'language = "de"'),
        ('id = "small"', 'id = "klein"'),
        ('"handling-disagreement"', '"streit"'),
        ('"openness"', '"offenheit"'),
        ('"outcome"', '"ergebnis"'),
        ('"budget"', '"geld"'),
        ('"decides"', '"wer"'),
        ('"my-view"', '"sicht"'),
        ('"unpaid-work"', '"umsonst"'),
    ):
        assert before in text, before
        text = text.replace(before, after)
    return text


def _text(key: str, start: str) -> str:
    """As long as a text of its kind may be."""
    words = " ".join([start, *(f"word{n}" for n in range(60))])
    return words[: LENGTHS[key]].rstrip().ljust(LENGTHS[key], "x")


def largest() -> str:
    """As much of everything as the linter lets pass, in an order that no shipped bank has."""
    lines = ['format = "fitcheck/bank"', "format_version = 1", 'id = "largest"']
    lines += ['version = "1.0.0"', 'language = "en"']
    axes = list(Axis)
    for number in range(MOST["facets"]):
        axis = axes[number % 3]
        lines += ["[[facets]]", _line("id", f"facet-{number}"), _line("axis", axis)]
        lines += [_line("name", _text("name", f"Facet {number}"))]
        lines += [] if axis is Axis.NATURE else ["gate = true"]
    half = MOST_OF[Side.CONSULTANT]
    for number in range(MOST["questions"]):
        asked = number < half
        name = "disagreement" if number == half - 1 else f"question-{number}"
        lines += ["[[questions]]", _line("id", name), "weight = 3", 'problem = "B"']
        lines += [_line("facet", f"facet-{number % MOST['facets']}"), 'evidence = "hunch"']
        lines += [_line("side", "consultant" if asked else "prospect")]
        lines += [_line("forms", ["full", "event"] if asked else ["prospect"])]
        lines += [_line("rests_on", ["I7", "Somebody 1999"]), _line("why", _text("why", "Why"))]
        said = _text("say", f"Say {number}")
        lines += [
            _line("say", said[:SAID_ASIDE].rstrip().ljust(SAID_ASIDE, "x") if asked else said)
        ]
        answers = [f"Answer {number}-{level} of {level}{level}" for level in range(5)]
        lines += [_line("levels", [_text("levels", answer) for answer in answers])]
        if asked:
            short = [f"Short {number}-{level}".ljust(SHORT_LENGTH, "x") for level in range(5)]
            lines += [_line("short", short)]
            lines += [_line("condition", _text("condition", f"Condition {number}"))]
    parts = ("negatives", "consequences", "anything-else", "valued", "better", "good")
    each = MOST["inquiry"] // len(parts)
    for number in range(MOST["inquiry"]):
        lines += ["[[inquiry]]", _line("id", f"prompt-{number}"), "minutes = 0.5"]
        lines += [_line("part", parts[number // each]), _line("rests_on", ["I20"])]
        lines += [_line("say", _text("say", f"Say {number}")), _line("why", _text("why", "Why"))]
    for number in range(MOST["deal_breakers"]):
        lines += ["[[deal_breakers]]", _line("id", f"breaker-{number}")]
        lines += [_line("text", f"Breaker {number}".ljust(SAID_LENGTH, "x"))]
        lines += [_line("ask", f"Asked {number}".ljust(ASKED_LENGTH, "x"))]
    return "\n".join(lines) + "\n"


def _line(key: str, value: object) -> str:
    return f"{key} = {json.dumps(value)}"
