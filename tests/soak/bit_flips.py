"""``python -m tests.soak.bit_flips [--images N] [--seed N]``: as in CI, of many more books."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.store.flipping import make, survey


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.soak.bit_flips", description=__doc__)
    parser.add_argument("--images", type=int, default=100_000, metavar="N", help="damaged books")
    parser.add_argument("--seed", type=int, default=8, metavar="N", help="another for other ones")
    options = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        folder = Path(place) / "book"
        make(folder)
        began = time.process_time()
        found = survey(folder, options.images, options.seed)
    print(f"counted: {found}; {time.process_time() - began:.0f} s of CPU", flush=True)
    for missed in found.missed:
        print(f"missed: {missed}")
    return 1 if found.missed else 0


if __name__ == "__main__":
    sys.exit(main())
