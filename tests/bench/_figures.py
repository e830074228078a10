"""The figures that the benches are asked for, each a number with the runs that it came from.

A bench hands over its own with :func:`hand`. Run by itself it prints what it found, as it always
did; run by ``python3 dev.py bench`` it also writes them to the file that it is told in
:data:`WANTED`, and all of them come together in ``bench/latest.json``::

    {"figures": {"start.window_over_bare": 1.31, …},
     "detail": {"start.window_over_bare": {"runs": 15, "median": 1.31, "minimum": 1.22,
                                           "maximum": 1.6, "measured": "2026-11-22T15:04:05Z"}, …}}

``figures`` holds plain numbers; ``detail`` has the same names. A run of some benches brings theirs
up to date, and leaves what the others measured before.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WANTED = "FITCHECK_BENCH_FIGURES"
"""The variable of the environment that names the file."""

NAMES = (
    "start.window_over_bare",
    "start.list_over_bare",
    "answer.key_to_paint_ms_median",
    "answer.key_to_paint_ms_worst",
    "answer.firmness_ms_median",
    "conversation.agreement",
    "conversation.share_of_questions",
    "paper.click_to_ready_ms_median",
    "paper.warm_over_untuned",
    "paper.ui_gap_over_idle",
    "book.page_100k_over_200",
    "book.deep_over_first",
    "book.search_over_proxy",
    "store.autosave_over_full_save",
)
"""What all benches together answer for; some of them say more."""

GOALS = {
    "start.window_over_bare": 1.35,
    "start.list_over_bare": 3.0,
    "answer.key_to_paint_ms_median": 16.0,
    "answer.key_to_paint_ms_worst": 33.0,
    "answer.firmness_ms_median": 100.0,
    "conversation.agreement": 0.95,
    "conversation.share_of_questions": 0.45,
    "paper.click_to_ready_ms_median": 100.0,
    "paper.warm_over_untuned": 0.70,
    "paper.ui_gap_over_idle": 1.5,
    "book.page_100k_over_200": 2.5,
    "book.deep_over_first": 1.2,
    "book.search_over_proxy": 0.05,
    "store.autosave_over_full_save": 0.5,
}
"""At most that, but for :data:`AT_LEAST`. Nothing here fails for missing one."""

AT_LEAST = frozenset({"conversation.agreement"})

Found = dict[str, dict[str, Any]]
"""``figures`` and ``detail``, as in the file."""


def hand(name: str, values: Sequence[float], figure: float | None = None) -> float:
    """Hand over what the runs of one figure gave; the median unless ``figure`` says otherwise."""
    made = statistics.median(values) if figure is None else figure
    detail = {
        "runs": len(values),
        "median": statistics.median(values),
        "minimum": min(values),
        "maximum": max(values),
        "measured": dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if wanted := os.environ.get(WANTED):
        file = Path(wanted)
        merge(file, {"figures": {name: made}, "detail": {name: detail}})
    return made


def ratios(these: Sequence[float], others: Sequence[float]) -> list[float]:
    """Turn by turn: both of a turn met about the same load."""
    return [this / other for this, other in zip(these, others, strict=True)]


def read(file: Path) -> Found:
    """What was found so far; nothing where there is no such file, or another kind of file."""
    try:
        found = json.loads(file.read_text("utf-8"))
        return {part: dict(found[part]) for part in ("figures", "detail")}
    except (OSError, ValueError, KeyError, TypeError):
        return {"figures": {}, "detail": {}}


def merge(file: Path, found: Found) -> None:
    """Bring the file up to date with these."""
    all_of_it = read(file)
    for part, values in found.items():
        all_of_it[part] |= values
    file.parent.mkdir(parents=True, exist_ok=True)
    partly = file.with_suffix(".new")
    partly.write_text(json.dumps(all_of_it, indent=1) + "\n", "utf-8")
    partly.replace(file)


def table(found: Found) -> str:
    """All figures, those that were asked for first, with their goals."""
    figures, detail = found["figures"], found["detail"]
    names = [*NAMES, *sorted(figures.keys() - set(NAMES))]
    lines = [
        f"{'':36}{'figure':>10}{'goal':>9}{'runs':>7}{'median':>10}{'minimum':>10}{'maximum':>10}"
    ]
    for name in names:
        if name not in figures:
            lines.append(f"{name:36}{'not measured':>19}")
            continue
        goal = ""
        if name in GOALS:
            goal = f"{'≥' if name in AT_LEAST else '≤'} {GOALS[name]:g}"
        row = detail[name]
        rest = "".join(f"{row[part]:10.3f}" for part in ("median", "minimum", "maximum"))
        lines.append(f"{name:36}{figures[name]:10.3f}{goal:>9}{row['runs']:7d}{rest}")
    return "\n".join(lines)
