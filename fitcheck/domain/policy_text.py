"""A policy as the TOML text that :func:`fitcheck.domain.policy.parse_policy` reads back.

A policy is nothing but tables of numbers, texts and lists, which take these few lines; there is no
writer of TOML in Python's own library, and one more dependency isn't worth them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fitcheck.domain.policy import Policy
from fitcheck.domain.toml_checks import FORMAT_VERSION


def write_policy(policy: Policy) -> str:
    """``policy`` as text. Parsed, it is equal; linted, it is as sound as ``policy`` itself."""
    lines: list[str] = []
    for key, value in _data(policy).items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]", *_lines(value)]
        elif value and isinstance(value, list):
            for entry in value:
                lines += ["", f"[[{key}]]", *_lines(entry)]
        else:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _data(policy: Policy) -> dict[str, Any]:
    """The tables of a policy file, in the order of the shipped one."""
    bars: dict[str, Any] = {"gap": policy.gap}
    bars |= {axis: asdict(bar) for axis, bar in policy.bars.items()}
    data: dict[str, Any] = {
        "format": "fitcheck/policy",
        "format_version": FORMAT_VERSION,
        "id": policy.id,
        "version": policy.version,
        "precision": policy.precision,
    }
    if policy.deal_breakers == ():
        # Written, so that the linter can say what is missing; a key has to precede the tables.
        data["deal_breakers"] = []
    data |= {
        "evidence": dict(policy.evidence),
        "priors": dict(policy.priors),
        "bars": bars,
        "losses": dict(policy.losses),
        "appetites": dict(policy.appetites),
        "rules": {
            "minimum_answers": policy.minimum_answers,
            "gate": policy.gate,
            "minimum_prospect_answers": policy.minimum_prospect_answers,
            "stance": policy.stance,
            "range": policy.range,
            "spread": policy.spread,
            "enough": policy.enough,
            "most_to_raise": policy.most_to_raise,
        },
        "warnings": asdict(policy.warnings),
    }
    if policy.deal_breakers:
        data["deal_breakers"] = [asdict(each) for each in policy.deal_breakers]
    return data


def _lines(table: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in table.items()]


def _value(value: Any) -> str:
    if isinstance(value, str):
        # JSON's escapes are all TOML's, but TOML wants one more character escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return f"{{ {', '.join(_lines(value))} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return repr(value)
