"""``python -m tests.soak.forms [--count N]``: as in CI, over many more broken forms."""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections import Counter

from pikepdf import PageCopyWarning

from tests.exchange.test_form_fuzz import KINDS, POSSIBLE, inputs, most_memory, outcome


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.soak.forms", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, metavar="N", help="forms")
    options = parser.parse_args()
    warnings.simplefilter("ignore", PageCopyWarning)
    slowest, outcomes = 0.0, Counter[str]()
    before = most_memory()
    for kind in KINDS:
        for data in inputs(kind, options.count // len(KINDS)):
            began = time.process_time()
            outcomes[outcome(data)] += 1
            slowest = max(slowest, time.process_time() - began)
    more = (most_memory() - before) / 1e6
    print(f"counted: {dict(outcomes)}; slowest {slowest:.3f} s, {more:.0f} MB more")
    return 0 if set(outcomes) <= POSSIBLE and slowest < 2 and more < 256 else 1


if __name__ == "__main__":
    sys.exit(main())
