"""``python -m tests.soak.canaries [--count N]``: as in CI, over many more generated documents."""

from __future__ import annotations

import argparse
import sys
import time

from tests.reports.canaries import fly


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.soak.canaries", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, metavar="N", help="documents")
    options = parser.parse_args()
    began = time.monotonic()
    searched = fly(options.count)
    print(
        f"counted: {searched} documents searched in {time.monotonic() - began:.0f} s; no canary in any"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
