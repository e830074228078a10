"""``python -m tests.soak.imports [--count N]``: as in CI, over many more inputs, within bounds.

Each importer in a child of its own, whose memory the system bounds to 256 MB more than it begins
with; no input may take more than two seconds. Beside the spoilt ones come some that are as large as
is taken, and want to take memory and time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator

from pikepdf import PageCopyWarning

from tests.exchange.fuzzing import IMPORTERS, POSSIBLE, inputs, large, outcome

MEMORY = 256_000_000
SECONDS = 2.0


def bound_memory() -> None:
    """Let this process take no more than so much more than it has now."""
    import resource

    pages = int(open("/proc/self/statm").read().split()[0])  # noqa: SIM115, PTH123
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def child(name: str, count: int) -> dict[str, object]:
    """Try one importer; what was found."""
    warnings.simplefilter("ignore", PageCopyWarning)
    outcome(name, IMPORTERS[name].good())  # what is imported late is no part of an input
    sizes = [len(data) for data in large_ones(name)]
    bounded = sys.platform.startswith("linux")
    found: Counter[str] = Counter()
    slowest = 0.0
    for kind, many in (("large", large_ones(name)), ("spoilt", inputs(name, count))):
        for data in many:
            if bounded:
                bound_memory_once()
            began = time.process_time()
            try:
                seen = outcome(name, data)
            except BaseException as error:  # noqa: BLE001, RUF100 - whatever escapes is a find
                seen = f"{kind}: {type(error).__name__}"
            took = time.process_time() - began
            slowest = max(slowest, took)
            found[seen if took <= SECONDS else f"{kind}: took {took:.1f} s"] += 1
    return {"found": dict(found), "slowest": slowest, "large": len(sizes), "bounded": bounded}


def large_ones(name: str) -> Iterator[bytes]:
    """The large inputs, one at a time."""
    yield from large(name)


_bounded = False


def bound_memory_once() -> None:
    """After the first input is there, which isn't what the importer takes."""
    global _bounded
    if not _bounded:
        _bounded = True
        bound_memory()


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.soak.imports", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, metavar="N", help="inputs for each")
    parser.add_argument("--only", choices=list(IMPORTERS), help="one importer")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(child(options.only, options.count)))
        return 0
    wrong = 0
    for name in [options.only] if options.only else IMPORTERS:
        command = [sys.executable, "-m", "tests.soak.imports", "--child", "--only", name]
        ran = subprocess.run(
            [*command, "--count", str(options.count)], capture_output=True, text=True, check=False
        )
        if ran.returncode:
            print(f"{name}: ended with {ran.returncode}\n{ran.stderr[-2_000:]}", flush=True)
            wrong += 1
            continue
        told = json.loads(ran.stdout)
        bad = {what: count for what, count in told["found"].items() if what not in POSSIBLE}
        wrong += bool(bad)
        print(
            f"{name}: {options.count:,} inputs and {told['large']} large ones, {told['found']}; "
            f"slowest {told['slowest']:.2f} s"
            f"{'' if told['bounded'] else '; memory not bounded here'}"
            f"{f'; FOUND {bad}' if bad else ''}",
            flush=True,
        )
    print(f"{len(IMPORTERS) if not options.only else 1} importers, {wrong} with something found")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
