"""Run benches, one after the other, and gather their figures in ``bench/latest.json``.

``python3 dev.py bench`` runs all of them, which takes about half an hour: the conversation of 1,000
simulated prospects and the book of 100,000 are most of it. ``bench NAME …`` runs those that are
named; what follows a single name goes to it, as in ``bench book 200 10000``. Each runs in a process
of its own. Nothing else should be at work on the machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import _figures

ROOT = Path(__file__).resolve().parents[2]
LATEST = ROOT / "bench" / "latest.json"

ORDER = ("start", "judgement", "paper", "conversation", "book")
"""The quick ones first."""


def main(arguments: list[str]) -> int:
    """Run what is named, or all; 1 if one of them failed."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("[!_]*.py"))
    named = 0
    while named < len(arguments) and arguments[named] in names:
        named += 1
    chosen, rest = arguments[:named], arguments[named:]
    if not chosen:
        chosen = sorted(names, key=lambda name: (name not in ORDER, [*ORDER, name].index(name)))
    failed = []
    with tempfile.TemporaryDirectory(prefix="fitcheck-bench-") as folder:
        for name in chosen:
            print(f"\n== {name}", flush=True)
            file = Path(folder) / f"{name}.json"
            command = [sys.executable, "-m", f"tests.bench.{name}", *rest]
            environment = {**os.environ, _figures.WANTED: str(file)}
            # It makes every import three to four times as slow.
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:
                failed.append(name)
            elif rest != ["--help"]:
                _figures.merge(LATEST, _figures.read(file))
    if rest != ["--help"]:
        print(f"\n== bench/{LATEST.name}\n{_figures.table(_figures.read(LATEST))}")
    if failed:
        print(f"\nbench: failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
