"""The same assessment in two books: which of them goes on where the other stops."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Any

from fitcheck.changes import TOGETHER
from fitcheck.domain.history import Subject
from fitcheck.domain.whole_book import BookAssessment, BookEvent
from fitcheck.exchange.typed_json import write

Whole = tuple[BookAssessment, tuple[BookEvent, ...]]
"""An assessment with its history."""

_CONTENT = ("date", "appetite", "bank", "policy", "answers", "deal_breakers", "fields")


class Same(StrEnum):
    """How the incoming one stands to the one here."""

    SAME = "same"
    AHEAD = "ahead"
    BEHIND = "behind"
    BESIDE = "beside"


def compare(here: Whole, there: Whole) -> Same:
    """How ``there`` stands to ``here``.

    It is ahead where its history is ours and more, and that more makes of ours exactly what it
    says; or where only it is finished.
    """
    ours, theirs = write(here[1]), write(there[1])
    if ours == theirs:
        if content(here[0]) != content(there[0]):
            return Same.BESIDE
        return Same.AHEAD if there[0].finished and not here[0].finished else Same.SAME
    if theirs[: len(ours)] == ours and _after(here[0], theirs[len(ours) :]) == content(there[0]):
        return Same.AHEAD
    if ours[: len(theirs)] == theirs and _after(there[0], ours[len(theirs) :]) == content(here[0]):
        return Same.BEHIND
    return Same.BESIDE


def content(record: BookAssessment) -> dict[str, Any]:
    """What an assessment says, apart from where one stands in it."""
    written = write(record)
    found = {name: written[name] for name in _CONTENT}
    found["answers"] = {each["question"]: each for each in found["answers"]}
    found["deal_breakers"] = {each["id"]: each["state"] for each in found["deal_breakers"]}
    return found


def _after(record: BookAssessment, events: list[dict[str, Any]]) -> dict[str, Any]:
    """The content once these events have happened, too."""
    found = content(record)
    for event in events:
        key, after = event["key"], event["after"]
        if event["subject"] == Subject.FIELD:
            changed = {part: after[part] for part in TOGETHER[key]} if key in TOGETHER else None
            found["fields"].update({key: after} if changed is None else changed)
            continue
        part = found["answers" if event["subject"] == Subject.ANSWER else "deal_breakers"]
        if after is None:
            part.pop(key, None)
        else:
            part[key] = {"question": key, **after} if isinstance(after, dict) else after
    return found


def uid_beside(there: Whole) -> str:
    """The uid of an assessment that is put beside the one with its own: always the same for it."""
    said = [content(there[0]), write(there[1]), there[0].uid]
    text = json.dumps(said, sort_keys=True, ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
