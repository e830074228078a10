"""``python -m tests.soak.hostile [--every N]``: every hostile text in every field of every document
and of every file; in CI, twenty texts share a document."""

from __future__ import annotations

import argparse
import sys
import time

from tests.reports.hostile import HOSTILE
from tests.reports.hostile_fields import (
    EDITIONS,
    EXPORTS,
    IN_NO_FILE,
    packs,
    places_by_type,
    planted,
    print_and_look,
    turned,
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.soak.hostile", description=__doc__)
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="only every Nth of the documents"
    )
    options = parser.parse_args()
    found = 0
    for edition in EDITIONS:
        began = time.process_time()
        pairs: set[tuple[str, str]] = set()
        documents = 0
        for of in packs(options.every):
            try:
                print_and_look(of, edition)
            except AssertionError as wrong:
                found += 1
                print(f"{edition.value}, document {documents}: {wrong}", flush=True)
            pairs |= of.pairs
            documents += 1
        said = f"{edition.value}: {documents} documents, {len(pairs)} hostile texts × fields"
        print(f"counted: {said}; {time.process_time() - began:.0f} s of CPU", flush=True)
    holdable = [text for text in HOSTILE if not IN_NO_FILE.search(text)]
    for name, through in EXPORTS.items():
        wrong_ones = 0
        for number in range(len(holdable)):
            one = planted(turned(number, holdable)).assessment
            wrong_ones += through(one) != one
        found += wrong_ones
        print(f"{name}: {len(holdable) * len(places_by_type())} texts × fields, {wrong_ones} wrong")
    print(f"{found} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
