"""Every law of a policy has one policy that breaks it, and the shipped policies break none.

A bad policy's first line is the fault that it has, without file and line; ``# BAD`` marks the line
(the first one, where nothing is marked because a table of the file is missing).
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from fitcheck import packaged
from fitcheck.domain.policy import Action, parse_policy
from fitcheck.domain.policy_lint import lint_policy
from fitcheck.errors import Fault

BAD_POLICIES = sorted((Path(__file__).parent / "bad_policies").glob("*.toml"))
SHIPPED_POLICIES = packaged.names("policies")
DEFAULT = "default-1.0.0.toml"


@pytest.fixture(scope="module")
def default() -> str:
    return packaged.read_text("policies", DEFAULT)


@pytest.mark.parametrize("name", SHIPPED_POLICIES)
def test_a_shipped_policy_keeps_every_law(name: str) -> None:
    text = packaged.read_text("policies", name)
    assert lint_policy(text, name) == []
    policy = parse_policy(text)
    assert f"{policy.id}-{policy.version}.toml" == name


@pytest.mark.parametrize("path", BAD_POLICIES, ids=lambda path: path.stem)
def test_a_broken_law_is_reported_once_and_in_its_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    line = next((n for n, content in enumerate(lines, 1) if "# BAD" in content), 1)
    place, _, expected = lines[0].removeprefix("# ").partition(": ")
    (fault,) = lint_policy(text, path.name)
    if path.stem == "not-toml":  # the words are Python's own and may change with it
        assert fault.place == f"{path.name}:{line}"
        assert fault.expected.startswith("TOML that can be read")
    else:
        assert fault == Fault(f"{path.name}:{line}: {place}", expected)


def test_a_broken_table_hides_no_other_law(default: str) -> None:
    text = default.replace("precision = 1.5", 'precision = "much"').replace(
        "range = [0.10, 0.90]", "range = [0.90, 0.10]"
    )
    text = text.replace("hunch = 0.3", "hunch = 0.9")
    places = [fault.place.split(": ")[1] for fault in lint_policy(text, DEFAULT)]
    assert places == ["precision", "evidence.hunch", "rules.range"]


def test_the_law_of_losses_is_what_makes_the_action_monotone(default: str) -> None:
    """A worse match, in the sense of stochastic order, never gets a bolder action."""
    policy = parse_policy(default)
    steps = [i / 20 for i in range(21)]
    odds = [(good, poor) for good in steps for poor in steps if good + poor <= 1]
    for factors in policy.appetites.values():

        def action(good: float, poor: float, factors: dict[Action, float]) -> int:
            weights = (good, 1 - good - poor, poor)
            expected = [
                factors[a] * sum(w * x for w, x in zip(weights, policy.losses[a], strict=True))
                for a in Action
            ]
            return min(i for i, loss in enumerate(expected) if loss <= min(expected) + 1e-12)

        for (good, poor), (better, rarer) in itertools.product(odds, odds):
            if better >= good and rarer <= poor:
                assert action(better, rarer, dict(factors)) <= action(good, poor, dict(factors))


@pytest.mark.parametrize("value", ["3", '"x"', "[]", "[[1]]", "{ a = 1 }", "true", "nan", "-1.5"])
def test_no_value_in_the_wrong_place_stops_the_linter(value: str, default: str) -> None:
    for key in re.findall(r"^(\w+) =", default, re.MULTILINE):
        broken = re.sub(rf"^{key} = .*$", f"{key} = {value}", default, count=1, flags=re.MULTILINE)
        lint_policy(broken, DEFAULT)
