"""Record what bank and policy 1.0.0 judge: ``python -m tests.domain.record_judgements``.

``judgements/`` keeps assessments with the whole of what ``fitcheck judge --json`` prints of them,
and test_recorded_judgements.py holds every later FitCheck to it (judgement.md, section 7). Until
the first release the numbers of 1.0.0 may change, and then so may the records; from then on
``RELEASED`` is true, and records are added but never replaced.
"""

from __future__ import annotations

import json
import platform
import re
from pathlib import Path
from typing import Any

from fitcheck.domain.verdict import reach_verdict
from fitcheck.exchange.judgement_json import judgement_json
from fitcheck.library import load_bank, load_policy
from tests.domain.cases import CASES
from tests.domain.plain import read

RELEASED = False

FOLDER = Path(__file__).parent / "judgements"

KEPT = (
    "nothing asked",
    "an event, warm",
    "an event with an answer from beyond",
    "half an interview",
    "half an interview, choosy",
    "half an interview, hungry",
    "nearly a tie",
    "hearsay, all alike",
    "a matter of taste",
    "measurable throughout",
    "all answered, overridden",
    "hunches so far on trust",
    "hunches, most of it",
    "a confirmed deal-breaker",
    "a suspected deal-breaker, else great",
    "low gates that may open",
    "the prospect doubts",
    "two views",
)


def judged(assessment_file: dict[str, Any]) -> dict[str, Any]:
    """What ``fitcheck judge --json`` prints of a file, under the bank and policy that it names."""
    assessment = read(assessment_file)
    bank, policy = load_bank(assessment.bank), load_policy(assessment.policy)
    return judgement_json(assessment, bank, reach_verdict(assessment, bank, policy))


def here() -> str:
    """What figures may depend on in their last digits."""
    return f"{platform.system()} {platform.machine()}"


def main() -> None:
    """Write the records, and say which changed."""
    FOLDER.mkdir(exist_ok=True)
    for name in KEPT:
        path = FOLDER / f"{re.sub('[^a-z]+', '-', name)}.json"
        record = {"on": here(), "assessment": CASES[name], "judgement": judged(CASES[name])}
        text = _pretty(record)
        if path.exists() and (RELEASED or path.read_text(encoding="utf-8") == text):
            continue
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path.name)


def _pretty(value: Any, depth: int = 0) -> str:
    """JSON with a line for every entry, but none for what is in an answer."""
    if depth == 3 or not isinstance(value, (dict, list)) or not value:
        return json.dumps(value, ensure_ascii=False)
    pad = "\n" + " " * (depth + 1)
    if isinstance(value, list):
        inside = ("," + pad).join(_pretty(item, depth + 1) for item in value)
        return f"[{pad}{inside}\n{' ' * depth}]" + ("\n" if depth == 0 else "")
    inside = ("," + pad).join(
        f"{json.dumps(key)}: {_pretty(item, depth + 1)}" for key, item in value.items()
    )
    return f"{{{pad}{inside}\n{' ' * depth}}}" + ("\n" if depth == 0 else "")


if __name__ == "__main__":
    main()
