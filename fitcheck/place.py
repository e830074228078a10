"""Where one stands in an assessment, as the one text that the store keeps with every change.

It is the id of a question, as ever; the time that the questions have taken so far follows it, and
once the twelve-minute inquiry has been begun, the place in that. So neither needs a column of its
own, and place, times and the words that are still being typed are written in the same transaction
as whatever was changed. The language of its documents stands there too, where one was chosen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard


@dataclass(frozen=True)
class InquiryPlace:
    """``prompt`` is the one that is being said, ``seconds`` the time spent by the parts' names.

    ``words`` were typed and have not been put anywhere yet: not lost, and not in the history.
    """

    prompt: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)
    words: str = field(default="", repr=False)


def place_text(question: str, inquiry: InquiryPlace, spent: float = 0.0, language: str = "") -> str:
    """The text for the store; just ``question`` until an inquiry is begun or a second has passed.

    ``spent`` are the seconds that the questions have taken, without those of the inquiry;
    ``language`` is that of the documents, empty where it is the window's.
    """
    part: dict[str, Any] = {}
    if inquiry != InquiryPlace():
        part = {
            "prompt": inquiry.prompt,
            "seconds": {name: round(spent) for name, spent in inquiry.seconds.items()},
            "words": inquiry.words,
        }
    if whole := round(spent):
        part["spent"] = whole
    if language:
        part["language"] = language
    return f"{question} {json.dumps(part, separators=(',', ':'))}" if part else question


def parse_place(text: str) -> tuple[str, InquiryPlace, float]:
    """What :func:`place_text` made ``text`` of; what can't be read is a place never gone to."""
    question, part = _parts(text)
    spent = part.get("spent")
    return question, _inquiry(part), float(spent) if _is_time(spent) else 0.0


def parse_language(text: str) -> str:
    """The language that :func:`place_text` was given, if it says one."""
    language = _parts(text)[1].get("language")
    return language if isinstance(language, str) else ""


def _parts(text: str) -> tuple[str, dict[str, Any]]:
    question, _space, rest = text.partition(" ")
    try:
        part = json.loads(rest) if rest else {}
    except ValueError:
        part = {}
    return question, part if isinstance(part, dict) else {}


def _inquiry(part: dict[str, Any]) -> InquiryPlace:
    prompt, seconds, words = (part.get(key) for key in ("prompt", "seconds", "words"))
    times = seconds.items() if isinstance(seconds, dict) else ()
    return InquiryPlace(
        prompt=prompt if isinstance(prompt, str) else "",
        seconds={name: float(spent) for name, spent in times if _is_time(spent)},
        words=words if isinstance(words, str) else "",
    )


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and math.isfinite(value) and value >= 0
