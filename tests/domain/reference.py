"""judgement.md, sections 1 to 4, written a second time: on raw JSON, with SciPy, in its own order.

Nothing of ``fitcheck.domain`` is used, so that a misreading there isn't repeated here.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import special, stats

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)
# Panels in the angle φ with m = sin²φ, which takes the end-point singularities away, narrow at
# both ends so that a posterior squeezed against an end is still resolved.
_EDGES = np.concatenate(
    [
        [0.0],
        np.geomspace(1e-9, 0.1, 30),
        np.linspace(0.1, math.pi / 2 - 0.1, 60)[1:],
        math.pi / 2 - np.geomspace(0.1, 1e-9, 30)[1:],
        [math.pi / 2],
    ]
)
_LOW, _HIGH = _EDGES[:-1, None], _EDGES[1:, None]
_PHI = (_LOW + _HIGH) / 2 + (_HIGH - _LOW) / 2 * _NODES
_PHI_WEIGHT = (_HIGH - _LOW) / 2 * _WEIGHTS
_M = np.sin(_PHI) ** 2

Betas = dict[str, tuple[float, float]]


def odds(axes: Betas, policy: dict[str, Any]) -> dict[str, float]:
    """P(good), P(workable), P(poor) by Gauss–Legendre panels."""
    a, b = axes["nature"]
    with np.errstate(divide="ignore"):
        log_density = (
            (2 * a - 1) * np.log(np.sin(_PHI))
            + (2 * b - 1) * np.log(np.cos(_PHI))
            + math.log(2)
            - special.betaln(a, b)
        )
    weight = _PHI_WEIGHT * np.exp(log_density)

    def clears(drop: float) -> float:
        chance = weight.copy()
        for axis in ("trust", "chemistry"):
            bar = policy["bars"][axis]
            at = bar["preference"] + (bar["measurable"] - bar["preference"]) * _M - drop
            chance *= stats.beta.sf(at, *axes[axis])
        return float(chance.sum())

    good, not_poor = clears(0.0), clears(policy["bars"]["gap"])
    return {"good": good, "workable": not_poor - good, "poor": 1 - not_poor}


def judge(file: dict[str, Any], bank: dict[str, Any]) -> dict[str, Any]:
    """The judgement of an assessment file (valid JSON) under ``fitcheck bank --json``."""
    policy = bank["policy"]
    given = {answer["question"]: answer for answer in file["answers"]}

    def level(question: dict[str, Any]) -> int | None:
        value = given.get(question["id"], {}).get("answer")
        return None if isinstance(value, str) else value

    mine = [
        q
        for q in bank["questions"]
        if q["side"] == "consultant"
        and given.get(q["id"], {}).get("answer") != "not_applicable"
        and (file["form"] in q["forms"] or level(q) is not None)
    ]
    axes: dict[str, dict[str, Any]] = {}
    too_early = False
    for axis in ("chemistry", "trust", "nature"):
        asked = [q for q in mine if q["axis"] == axis]
        alpha, beta = policy["priors"][axis]
        levels = firm = 0
        for question in asked:
            value = level(question)
            if value is None:
                continue
            tag = given[question["id"]]["evidence"]
            dropped = policy["precision"] * question["weight"] * policy["evidence"][tag]
            alpha += dropped * value / 4
            beta += dropped * (1 - value / 4)
            levels += 1
            firm += tag != "hunch"
        need = min(2, len(asked))
        too_early |= levels < need or (axis != "nature" and firm < need)
        low, high = (float(stats.beta.ppf(p, alpha, beta)) for p in (0.1, 0.9))
        axes[axis] = {
            "alpha": alpha,
            "beta": beta,
            "score": alpha / (alpha + beta),
            "low": low,
            "high": high,
            "answered": levels,
            "in_scope": len(asked),
        }
    chances = odds({axis: (side["alpha"], side["beta"]) for axis, side in axes.items()}, policy)
    factors = {
        "balanced": {},
        "choosy": {"proceed": 2, "decline": 0.5},
        "hungry": {"proceed": 0.5, "decline": 2},
    }[file["appetite"]]
    losses = {
        action: factors.get(action, 1)
        * sum(loss * chances[m] for loss, m in zip(triple, chances, strict=True))
        for action, triple in policy["losses"].items()
    }
    states = {entry["state"] for entry in file["deal_breakers"]}
    nature = axes["nature"]
    if "confirmed" in states:
        recommendation = "decline"
    elif too_early:
        recommendation = "undecided"
    else:
        recommendation = min(("stage", "decline", "proceed"), key=losses.__getitem__)
        if recommendation == "proceed" and (
            "suspected" in states
            or _gate_shut(mine, given, level)
            or _they_doubt(bank, policy, level, nature["score"])
        ):
            recommendation = "stage"
    return {
        "axes": axes,
        "odds": chances,
        "expected_loss": losses,
        "recommendation": recommendation,
        "stance": "lead" if nature["low"] >= 0.5 else "cater" if nature["high"] <= 0.5 else "split",
    }


def _gate_shut(mine: list[dict[str, Any]], given: dict[str, Any], level: Any) -> bool:
    for facet in {q["facet"] for q in mine if q["gate"]}:
        firm = [
            (q["weight"], level(q) / 4)
            for q in mine
            if q["facet"] == facet
            and level(q) is not None
            and given[q["id"]]["evidence"] != "hunch"
        ]
        if firm and sum(w * x for w, x in firm) / sum(w for w, _x in firm) <= 0.25:
            return True
    return False


def _they_doubt(bank: dict[str, Any], policy: dict[str, Any], level: Any, nature: float) -> bool:
    for axis in ("chemistry", "trust"):
        xs = [
            level(q) / 4
            for q in bank["questions"]
            if q["side"] == "prospect" and q["axis"] == axis and level(q) is not None
        ]
        bar = policy["bars"][axis]
        at = bar["preference"] + (bar["measurable"] - bar["preference"]) * nature
        if len(xs) >= 2 and sum(xs) / len(xs) < at - policy["bars"]["gap"] - 1e-12:
            return True
    return False
