"""judgement.md, sections 1 to 4, written a second time: on raw JSON, with SciPy, in its own order.

Nothing of ``fitcheck.domain`` is used, so that a misreading there isn't repeated here.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import special, stats

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
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
            alpha, beta = axes[axis]
            chance *= special.betainc(beta, alpha, 1 - at)  # P(axis ≥ at)
        return float(chance.sum())

    good, not_poor = clears(0.0), clears(policy["bars"]["gap"])
    return {"good": good, "workable": not_poor - good, "poor": 1 - not_poor}


def judge(file: dict[str, Any], bank: dict[str, Any]) -> dict[str, Any]:
    """The judgement of an assessment file (valid JSON) under ``fitcheck bank --json``."""
    policy, rules = bank["policy"], bank["policy"]["rules"]
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
    missing: set[tuple[str, str, int, int]] = set()
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
        need = min(rules["minimum_answers"], len(asked))
        if levels < need:
            missing.add((axis, "answers", levels, need))
        if axis != "nature" and firm < need:
            missing.add((axis, "evidence", firm, need))
        low, high = (float(stats.beta.ppf(p, alpha, beta)) for p in rules["range"])
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
    factors = policy["appetites"][file["appetite"]]
    losses = {
        action: factors[action]
        * sum(loss * chances[m] for loss, m in zip(triple, chances, strict=True))
        for action, triple in policy["losses"].items()
    }
    states = {entry["state"] for entry in file["deal_breakers"]}
    nature = axes["nature"]
    least = min(losses.values()) + 1e-12
    action = next(name for name in ("stage", "decline", "proceed") if losses[name] <= least)
    brakes: set[tuple[str, str]] = set()
    if "confirmed" in states:
        recommendation = "decline"
    elif missing:
        recommendation = "undecided"
    else:
        recommendation = action
        if action == "proceed":
            brakes |= {
                ("suspected_deal_breaker", entry["id"])
                for entry in file["deal_breakers"]
                if entry["state"] == "suspected"
            }
            brakes |= _gates_shut(mine, given, level, rules["gate"])
            brakes |= _their_doubts(bank, policy, level, nature["score"])
            if brakes:
                recommendation = "stage"
    middle = rules["stance"]
    return {
        "axes": axes,
        "odds": chances,
        "expected_loss": losses,
        "action": action,
        "recommendation": recommendation,
        "missing": missing,
        "brakes": brakes,
        "stance": "lead"
        if nature["low"] >= middle
        else "cater"
        if nature["high"] <= middle
        else "split",
        "pushes": _pushes(mine, given, policy, nature["score"]),
    }


def _gates_shut(
    mine: list[dict[str, Any]], given: dict[str, Any], level: Any, gate: float
) -> set[tuple[str, str]]:
    shut = set()
    for facet in {q["facet"] for q in mine if q["gate"]}:
        firm = [
            (q["weight"], level(q) / 4)
            for q in mine
            if q["facet"] == facet
            and level(q) is not None
            and given[q["id"]]["evidence"] != "hunch"
        ]
        if firm and sum(w * x for w, x in firm) / sum(w for w, _x in firm) <= gate:
            shut.add(("gate_facet", facet))
    return shut


def _their_doubts(
    bank: dict[str, Any], policy: dict[str, Any], level: Any, nature: float
) -> set[tuple[str, str]]:
    doubts = set()
    for axis in ("chemistry", "trust"):
        xs = [
            level(q) / 4
            for q in bank["questions"]
            if q["side"] == "prospect" and q["axis"] == axis and level(q) is not None
        ]
        limit = _bar(policy, axis, nature) - policy["bars"]["gap"] - 1e-12
        many = len(xs) >= policy["rules"]["minimum_prospect_answers"]
        if many and sum(xs) / len(xs) < limit:
            doubts.add(("prospect_doubts", axis))
    return doubts


def _pushes(
    mine: list[dict[str, Any]], given: dict[str, Any], policy: dict[str, Any], nature: float
) -> dict[str, float]:
    """κ·w·e·(x − bar) for every answer; on nature, κ·w·e·(x − 0.5)."""
    pushes = {}
    for question in mine:
        answer = given.get(question["id"], {})
        if isinstance(answer.get("answer"), int):
            axis = question["axis"]
            bar = 0.5 if axis == "nature" else _bar(policy, axis, nature)
            carried = policy["precision"] * policy["evidence"][answer["evidence"]]
            push = carried * question["weight"] * (answer["answer"] / 4 - bar)
            pushes[question["id"]] = push
    return pushes


def _bar(policy: dict[str, Any], axis: str, nature: float) -> float:
    bar = policy["bars"][axis]
    at: float = bar["preference"] + (bar["measurable"] - bar["preference"]) * nature
    return at
