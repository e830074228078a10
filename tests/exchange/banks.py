"""A bank of one's own that is quickly read: a few questions of the shipped one."""

from __future__ import annotations

import re

from fitcheck import packaged

KEPT = {"disagreement", "effort", "outcome", "opener", "my-ease"}


def small_bank(id_: str = "own-small", version: str = "1.0.0", say: str = "") -> str:
    """Its text; ``say`` is put before what the question on effort says, to make it another one."""
    text = packaged.read_text("banks", "core-1.0.0.toml")
    head, *blocks = re.split(r"^(?=\[\[)", text, flags=re.MULTILINE)
    head = re.sub(r'^id = ".*"$', f'id = "{id_}"', head, flags=re.MULTILINE)
    head = re.sub(r'^version = ".*"$', f'version = "{version}"', head, flags=re.MULTILINE)
    questions = [b for b in blocks if b.startswith("[[questions]]") and _id(b) in KEPT]
    facets = {re.search(r'^facet = "(.*)"$', b, re.MULTILINE)[1] for b in questions}  # type: ignore[index]
    kept = [
        block
        for block in blocks
        if block in questions
        or (block.startswith("[[facets]]") and _id(block) in facets)
        or block.startswith(("[[inquiry]]", "[[deal_breakers]]"))
    ]
    made = "".join((head, *kept))
    return re.sub(r'(id = "effort"[\s\S]*?^say = ")', rf"\1{say}", made, flags=re.MULTILINE)


def _id(block: str) -> str:
    found = re.search(r'^id = "(.*)"$', block, re.MULTILINE)
    assert found is not None
    return found[1]
