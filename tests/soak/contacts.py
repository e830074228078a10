"""``python -m tests.soak.contacts [--count N]``: as in CI, over many more broken files."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.exchange.contact_fuzz import FORMATS, KINDS, POSSIBLE, inputs, outcome
from tests.exchange.test_form_fuzz import most_memory


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.soak.contacts", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, metavar="N", help="files of each")
    options = parser.parse_args()
    good = True
    for form in FORMATS:
        slowest, outcomes = 0.0, Counter[str]()
        before = most_memory()
        for kind in KINDS:
            for data in inputs(form, kind, options.count // len(KINDS)):
                began = time.process_time()
                outcomes[outcome(form, data)] += 1
                slowest = max(slowest, time.process_time() - began)
        more = (most_memory() - before) / 1e6
        print(f"{form}: {dict(outcomes)}; slowest {slowest:.3f} s, {more:.0f} MB more")
        good = good and set(outcomes) <= POSSIBLE and slowest < 2 and more < 256
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
