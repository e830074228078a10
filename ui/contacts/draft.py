"""How far somebody was with an import, as texts: kept over a lock, taken up again after it.

Of a file only its place and its sum are kept. Where it isn't the same any more, or the choices
don't go with what the book holds by then, they are not taken up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from fitcheck.contacts import Plan
from fitcheck.domain.arrivals import Choice, Handling
from fitcheck.domain.duplicates import MERGED
from fitcheck.exchange.contact_columns import Column
from ui.drafts import Draft

PASTED_LIMIT = 200_000
"""Bytes of what was pasted that are kept at most."""


def source_draft(file: Path | None, data: bytes) -> dict[str, str]:
    """Where these bytes come from."""
    if file is not None:
        return {"file": str(file), "sum": _sum(data)}
    if len(data) <= PASTED_LIMIT:
        return {"pasted": data.decode("utf-8", "replace")}
    return {}


def source_of(draft: Draft) -> tuple[Path | None, bytes] | None:
    """The file and its bytes, or what was pasted; ``None`` where it isn't the same any more."""
    if "pasted" in draft:
        return None, draft["pasted"].encode()
    if "file" not in draft:
        return None
    try:
        data = Path(draft["file"]).read_bytes()
    except OSError:
        return None
    return (Path(draft["file"]), data) if _sum(data) == draft.get("sum") else None


def _sum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def columns_draft(columns: Sequence[Column]) -> str:
    """What the columns are taken for."""
    return " ".join(columns)


def columns_of(text: str) -> tuple[Column, ...]:
    known = {column.value: column for column in Column}
    return tuple(known[word] for word in text.split() if word in known)


def choices_draft(plan: Plan, choices: Sequence[Choice]) -> str:
    """The choices that aren't as proposed."""
    changed = {
        str(at): [choice.handling.value, choice.into, sorted(choice.theirs)]
        for at, (choice, proposed) in enumerate(zip(choices, plan.proposed, strict=True))
        if choice != proposed
    }
    return json.dumps(changed)


def choices_of(plan: Plan, text: str) -> tuple[Choice, ...]:
    """What is proposed, but for what is in ``text`` and still possible."""
    choices = list(plan.proposed)
    for at, (handling, into, theirs) in json.loads(text or "{}").items():
        index = int(at)
        choice = Choice(Handling(handling), into, frozenset(theirs) & {*MERGED})
        if index < len(choices) and _possible(plan, index, choice):
            choices[index] = choice
    return tuple(choices)


def _possible(plan: Plan, at: int, choice: Choice) -> bool:
    arrival = plan.arrivals[at]
    match choice.handling:
        case Handling.MERGE:
            # Whoever was found by hand is to be found again: perhaps they have gone since.
            return choice.into in {match.key for match in arrival.in_book}
        case Handling.JOIN:
            return choice.into in {match.key for match in arrival.in_file}
        case _:
            return True
