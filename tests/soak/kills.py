"""``python -m tests.soak.kills [--kills N] [--seed N]``: as in CI, but far more kills."""

from __future__ import annotations

import argparse
import sys

from tests.store.test_kills import caught, killing

CONTROL_KILLS = 48


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.soak.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=5_000, metavar="N", help="kills")
    parser.add_argument("--seed", type=int, default=2, metavar="N", help="another for other kills")
    options = parser.parse_args()
    numbers = ("--kills", options.kills, "--controls", CONTROL_KILLS, "--seed", options.seed)
    reports = killing(*map(str, numbers))
    found = reports.pop("")
    for fault in found.faults:
        print(f"fault: {fault}")
    missed = [name for name, report in reports.items() if not caught(report)]
    for name, report in reports.items():
        print(f"counted: {name}, which must be caught: {report}")
    print(f"counted: {found}; {found.seconds:.0f} s of CPU", flush=True)
    return 1 if found.faults or missed else 0


if __name__ == "__main__":
    sys.exit(main())
