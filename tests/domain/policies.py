"""Policies with other numbers than the shipped one, each kept to the linter's laws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from fitcheck.domain.policy import Policy, parse_policy
from fitcheck.domain.policy_lint import lint_policy
from fitcheck.exchange.judgement_json import bank_json
from fitcheck.library import load_bank, load_policy

BANK_JSON = bank_json(load_bank(), load_policy())
"""What ``fitcheck bank --json`` prints: all that the references know of bank and policy."""

_CHANGES: Mapping[str, dict[str, Any]] = {
    "shipped": {},
    "steep bars": {
        "bars": {
            "gap": 0.25,
            "trust": {"preference": 0.3, "measurable": 0.85},
            "chemistry": {"preference": 0.8, "measurable": 0.3},
        }
    },
    "flat bars": {
        "bars": {
            "gap": 0.1,
            "trust": {"preference": 0.6, "measurable": 0.6},
            "chemistry": {"preference": 0.55, "measurable": 0.55},
        }
    },
    "bars up to the ends": {
        "bars": {
            "gap": 0.0,
            "trust": {"preference": 0.0, "measurable": 1.0},
            "chemistry": {"preference": 0.9, "measurable": 0.1},
        }
    },
    "strong answers": {
        "precision": 4.0,
        "evidence": {"observed": 0.8, "reported": 0.5, "hunch": 0.25},
        "priors": {"chemistry": [1.0, 1.5], "trust": [0.5, 0.5], "nature": [0.5, 0.7]},
    },
    "weak answers": {
        "precision": 0.4,
        "evidence": {"observed": 1.0, "reported": 0.9, "hunch": 0.0},
    },
    "other rules": {
        "rules": {
            "minimum_answers": 4,
            "gate": 0.6,
            "minimum_prospect_answers": 1,
            "stance": 0.4,
            "range": [0.25, 0.75],
            "spread": 2.0,
            "enough": 0.6,
            "most_to_raise": 2,
        }
    },
    "questions that agree": {"rules": {"spread": 200.0, "enough": 0.99}},
    "other losses": {
        "losses": {
            "proceed": [0.0, 1.0, 6.0],
            "stage": [0.5, 0.0, 1.5],
            "decline": [5.0, 3.0, 0.5],
        },
        "appetites": {
            "balanced": {"proceed": 1.2, "stage": 1.0, "decline": 1.0},
            "choosy": {"proceed": 3.0, "stage": 1.0, "decline": 0.4},
            "hungry": {"proceed": 0.3, "stage": 0.8, "decline": 1.5},
        },
    },
    "proceeding costs what staging costs": {
        "losses": {
            "proceed": [1.0, 0.0, 2.0],
            "stage": [1.0, 0.0, 2.0],
            "decline": [4.0, 2.0, 0.0],
        },
        "appetites": {"choosy": {"proceed": 1.0}, "hungry": {"proceed": 1.0}},
    },
    "early warnings": {
        "warnings": {
            "mostly_hunches": 0.2,
            "halo_answers": 3,
            "halo_levels": 2,
            "halo_observed": 0.9,
            "problem_b_thin": 0.75,
            "wide_axis": 0.25,
            "perception_gap": 0.25,
            "perception_gap_single": 0.5,
        }
    },
}
NAMES = tuple(_CHANGES)


Judge = tuple[dict[str, Any], Policy]
"""The bank's JSON with a policy in it, for the references, and the policy itself."""


def variant(name: str) -> Judge:
    """The policy of this name."""
    return judge_by(_CHANGES[name])


@st.composite
def any_changes(draw: st.DrawFn) -> dict[str, Any]:
    """Nearly any numbers that the linter lets pass, in place of the shipped ones."""
    gap = draw(st.sampled_from([0.0, 0.1, 0.2, 0.35]))
    bar = st.floats(gap, 1.0).map(lambda at: round(at, 3))
    prior = st.floats(0.5, 8.0).map(lambda beads: round(beads, 2))
    hunch, reported, observed = sorted(draw(st.tuples(*[st.floats(0.1, 1.0)] * 3)))
    losses = draw(st.sampled_from(["shipped", "other losses"]))
    return {
        **_CHANGES[losses],
        "precision": draw(st.floats(0.2, 8.0)),
        "evidence": {"observed": observed, "reported": reported, "hunch": hunch},
        "priors": {axis: [draw(prior), draw(prior)] for axis in ("chemistry", "trust", "nature")},
        "bars": {
            "gap": gap,
            "trust": {"preference": draw(bar), "measurable": draw(bar)},
            "chemistry": {"preference": draw(bar), "measurable": draw(bar)},
        },
        "rules": {
            "minimum_answers": draw(st.integers(1, 5)),
            "gate": draw(st.sampled_from([0.0, 0.25, 0.5, 0.6, 1.0])),
            "minimum_prospect_answers": draw(st.integers(1, 4)),
            "spread": draw(st.floats(0.3, 60.0)),
            "enough": draw(st.sampled_from([0.6, 0.9, 1.0])),
            "most_to_raise": draw(st.integers(1, 2)),
        },
    }


def judge_by(changes: Mapping[str, Any]) -> Judge:
    """The shipped policy with these changes."""
    data = _merged(BANK_JSON["policy"], changes)
    text = _toml(data)
    assert lint_policy(text, "policy.toml") == []
    return {**BANK_JSON, "policy": data}, parse_policy(text)


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(old)
    for key, value in new.items():
        nested = isinstance(value, dict) and key in merged
        merged[key] = _merged(merged[key], value) if nested else value
    return merged


def _toml(data: Mapping[str, Any], path: str = "") -> str:
    """TOML without an escape: the strings of a policy are plain words."""
    plain, tables = [], []
    for key, value in data.items():
        if isinstance(value, dict):
            tables.append(_toml(value, f"{path}.{key}" if path else key))
        else:
            plain.append(f"{key} = " + (f'"{value}"' if isinstance(value, str) else repr(value)))
    head = [f"[{path}]"] if path else []
    return "\n".join([*head, *plain, *tables]) + "\n"
