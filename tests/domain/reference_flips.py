"""judgement.md, section 5's flips and section 6, written a second time: plain search, plain text.

Nothing of ``fitcheck.domain`` is used; every level of every answer is tried.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import numpy as np

from tests.domain import reference
from tests.domain.reference_table import NAMES, PROCEED, Json, Table, decimal

# Looking sideways: other levels for what is answered


def flips(file: Json, bank: Json) -> tuple[list[tuple[str, int, int, str]], float]:
    """(question, from, to, result) for the nearest level each way, and the least margin."""
    table = Table(file, bank, file["form"])
    if table.confirmed or table.undecided(filled=False):
        return [], np.inf
    tried = [(q["id"], level) for q in table.answered for level in range(5)]
    codes, margins = table.try_levels([{}, *({id_: level} for id_, level in tried)])
    results = dict(zip(tried, codes[1:], strict=True))
    found = []
    for question in table.answered:
        was = table.level(question)
        for way in (range(was - 1, -1, -1), range(was + 1, 5)):
            to = next((level for level in way if results[question["id"], level] != codes[0]), None)
            if to is not None:
                result = NAMES[results[question["id"], to]]
                found.append((question["id"], was, to, result))
    return found, float(margins.min())


def to_proceed(file: Json, bank: Json) -> tuple[list[dict[str, list[int]]] | None, float]:
    """The smallest sets, by total rise and bank order, and the least margin that was met.

    Each set maps its questions to the levels; of several with the same total rise, all are given.
    """
    table = Table(file, bank, file["form"])
    if table.confirmed or table.undecided(filled=False):
        return None, np.inf
    codes, margins = table.try_levels([{}])
    least = float(margins.min())
    if codes[0] == PROCEED:
        return [], least
    low = [q for q in table.answered if q["axis"] != "nature" and table.level(q) < 4]
    for size in range(1, bank["policy"]["rules"]["most_to_raise"] + 1):
        tried = [
            dict(zip((q["id"] for q in chosen), levels, strict=True))
            for chosen in itertools.combinations(low, size)
            for levels in itertools.product(*(range(table.level(q) + 1, 5) for q in chosen))
        ]
        if not tried:
            return None, least
        codes, margins = table.try_levels(tried)
        least = min(least, float(margins.min()))
        best: dict[tuple[str, ...], tuple[int, list[dict[str, int]]]] = {}
        for change in itertools.compress(tried, codes == PROCEED):
            rise = sum(to - table.given[id_]["answer"] for id_, to in change.items())
            least_rise, ways_ = best.get(tuple(change), (99, []))
            if rise <= least_rise:
                same = ways_ if rise == least_rise else []
                best[tuple(change)] = rise, [*same, change]
        if best:
            order = sorted(best.items(), key=lambda entry: entry[1][0])
            return [
                {id_: [way[id_] for way in ways_] for id_ in ids} for ids, (_rise, ways_) in order
            ], least
    return None, least


# Section 6


def warnings(file: Json, bank: Json) -> tuple[list[tuple[Any, ...]], list[tuple[str, float]]]:
    """The warnings that apply, and the gaps (facet, prospect minus consultant), by facet."""
    table, limits = Table(file, bank, file["form"]), bank["policy"]["warnings"]
    judged = reference.judge(file, bank)
    found: list[tuple[Any, ...]] = []
    weight = sum(q["weight"] for q in table.answered)
    hunches = sum(q["weight"] for q in table.answered if table.tag(q) == "hunch")
    if weight and hunches / weight > limits["mostly_hunches"]:
        found.append(("mostly_hunches",))
    levels = [table.level(q) for q in table.answered if q["axis"] != "nature"]
    observed = [q for q in table.answered if q["axis"] != "nature" and table.tag(q) == "observed"]
    if (
        len(levels) >= limits["halo_answers"]
        and max(levels) - min(levels) <= limits["halo_levels"]
        and len(observed) < limits["halo_observed"] * len(levels)
    ):
        found.append(("halo",))
    asked = sum(q["weight"] for q in table.asked if q["problem"] == "B")
    told = sum(q["weight"] for q in table.answered if q["problem"] == "B")
    if asked and told / asked < limits["problem_b_thin"]:
        found.append(("problem_b_thin",))
    for axis in ("chemistry", "trust", "nature"):
        if judged["axes"][axis]["high"] - judged["axes"][axis]["low"] > limits["wide_axis"]:
            found.append(("wide_axis", axis))
    gaps = []
    for facet in sorted({q["facet"] for q in bank["questions"]}):
        mine = [table.level(q) for q in table.answered if q["facet"] == facet]
        theirs = [table.level(q) for q in table.theirs if q["facet"] == facet]
        if mine and theirs:
            gap = Fraction(sum(theirs), 4 * len(theirs)) - Fraction(sum(mine), 4 * len(mine))
            gaps.append((facet, float(gap)))
            single = min(len(mine), len(theirs)) == 1
            limit = limits["perception_gap_single" if single else "perception_gap"]
            if abs(gap) >= decimal(limit):
                found.append(("perception_gap", facet))
    return found, gaps
