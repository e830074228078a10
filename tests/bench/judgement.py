"""How long one judgement takes: 200 answers of full forms, after each answer.

Run by ``python3 dev.py bench judgement``. Nothing here asserts a time: these machines are noisy.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from dataclasses import replace

from fitcheck.domain.assessment import Answer
from fitcheck.domain.bank import Evidence, Form
from fitcheck.domain.judgement import judge
from fitcheck.exchange.demo import load_demo
from fitcheck.library import load_bank, load_policy

ANSWERS = 200


def main() -> None:
    """Print the milliseconds of a judgement per answer, as a table line and as JSON."""
    bank, policy, chance = load_bank(), load_policy(), random.Random(20261121)
    took: list[float] = []
    while len(took) < ANSWERS:
        assessment = replace(load_demo()[0], answers={})
        for question in bank.form(Form.FULL):
            answer = Answer(question.id, chance.randrange(5), chance.choice(list(Evidence)))
            assessment = replace(assessment, answers={**assessment.answers, question.id: answer})
            start = time.perf_counter()
            judge(assessment, bank, policy)
            took.append((time.perf_counter() - start) * 1000)
    figures = {
        "runs": len(took),
        "median": statistics.median(took),
        "minimum": min(took),
        "maximum": max(took),
    }
    print("judgement per answer (ms): " + "  ".join(f"{k} {v:.4g}" for k, v in figures.items()))
    print(json.dumps({"figures": {"answer.judgement_ms": figures}}))


if __name__ == "__main__":
    main()
