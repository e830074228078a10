"""The second implementation against itself: counting, drawing at random, and plain integrals."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from scipy import integrate, stats

from tests.domain import reference, reference_firmness
from tests.domain.cases import CASES, MINE, THEIRS, assessment_file, given, on, scattered
from tests.domain.policies import BANK_JSON, variant
from tests.domain.reference_table import AXES, NAMES, PROCEED, STAGE, Table, actions

DRAWS = 100_000


def simulated_staying_power(file: dict[str, Any], bank: dict[str, Any], seed: int) -> float:
    """Brute force: draw θ, then every open answer, and judge each completion by rules 1 to 4."""
    table, policy, chance = Table(file, bank, "full"), bank["policy"], np.random.default_rng(seed)
    today = reference.judge(file, bank)["recommendation"]
    rho = policy["rules"]["spread"]
    scores = {facet: np.full(DRAWS, s) for facet, (_w, s) in table.gate_facets().items()}
    weights = {facet: w for facet, (w, _s) in table.gate_facets().items()}
    places, shapes = {}, {}
    for axis in AXES:
        alpha, beta = table.side(axis)
        theta = chance.beta(alpha, beta, DRAWS)
        up, all_ = np.zeros(DRAWS, dtype=int), 0
        for question in table.on(axis, table.open):
            own = chance.beta(np.maximum(rho * theta, 1e-12), np.maximum(rho * (1 - theta), 1e-12))
            points = question["weight"] * chance.binomial(4, own)
            up, all_ = up + points, all_ + question["weight"]
            if question["gate"]:
                scores[question["facet"]] = scores[question["facet"]] + points
                weights[question["facet"]] += question["weight"]
        bead = policy["precision"] * policy["evidence"]["observed"]
        sums, places[axis] = np.unique(up, return_inverse=True)
        shapes[axis] = np.stack([alpha + bead * sums / 4, beta + bead * (all_ - sums / 4)], axis=1)
    codes, _margins = actions(shapes, policy, file["appetite"])
    held = np.full(DRAWS, table.suspected)
    for facet, score in scores.items():
        if weights[facet]:
            held |= score / (4 * weights[facet]) <= policy["rules"]["gate"]
    doubts = np.array([table.doubts(a / (a + b)) for a, b in shapes["nature"]])
    held |= doubts[places["nature"]]
    results = codes[tuple(places[axis] for axis in AXES)]
    results = np.where(held & (results == PROCEED), STAGE, results)
    return float(np.mean(results == NAMES.index(today)))


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        ("an event, cold", "strong answers"),
        ("half an interview", "shipped"),
        ("half an interview, choosy", "shipped"),
        ("half an interview", "other losses"),
        ("half an interview, hungry", "shipped"),
        ("three quarters, lukewarm", "strong answers"),
        ("low gates that may open", "shipped"),
        ("a gate that may shut", "other rules"),
        ("the prospect doubts, while the bars move", "shipped"),
        ("an event, warm", "questions that agree"),
        ("an event with an answer from beyond", "steep bars"),
    ],
)
def test_counting_and_drawing_agree_on_staying_power(name: str, policy: str) -> None:
    bank, _policy = variant(policy)
    counted = reference_firmness.foresee(CASES[name], bank)["staying_power"]
    drawn = simulated_staying_power(CASES[name], bank, seed=20261121)
    deviation = math.sqrt(max(counted * (1 - counted), 0.001) / DRAWS)
    assert drawn == pytest.approx(counted, abs=4 * deviation)


@pytest.mark.parametrize("theirs", [False, True])
@pytest.mark.parametrize(
    ("open_", "levels"),
    [
        (["hard-word", "past-findings", "opener"], [2, 3]),
        (["change", "outcome", "heard"], [2, 3, 4]),
        (["small-promise", "why-me"], [1, 2, 3]),
        (["judges", "taste", "outcome"], [2, 3]),
    ],
)
def test_the_sums_hold_what_judging_every_completion_holds(
    open_: list[str], levels: list[int], theirs: bool
) -> None:
    """Every completion written out as a file and judged by rules 1 to 4, one by one."""
    questions = {q["id"]: q for q in BANK_JSON["questions"]}
    values, tags = scattered(len(open_) + theirs, levels)
    some = [q for q in MINE if q.id not in open_ and q.id not in {"rhythm", "options"}]
    answers = given(some, values, tags) + given(
        [q for q in MINE if q.id in {"rhythm", "options"}], "not_applicable"
    )
    if theirs:
        answers += given(THEIRS, 2)
    file = assessment_file(answers)
    table, rho = Table(file, BANK_JSON, "full"), BANK_JSON["policy"]["rules"]["spread"]
    assert {q["id"] for q in table.open} == set(open_)
    today, probability, reached = reference.judge(file, BANK_JSON)["recommendation"], 0.0, set()
    for completion in itertools.product(range(5), repeat=len(open_)):
        new = [
            {"question": id_, "answer": level, "evidence": "observed"}
            for id_, level in zip(open_, completion, strict=True)
        ]
        result = reference.judge({**file, "answers": answers + new}, BANK_JSON)["recommendation"]
        reached.add(result)
        if result == today:
            chance = 1.0
            for axis in AXES:
                mine = [
                    level
                    for id_, level in zip(open_, completion, strict=True)
                    if questions[id_]["axis"] == axis
                ]
                theta, weight = reference_firmness.theta_rule(*table.side(axis))
                given_theta = reference_firmness.levels_given(theta, rho)
                chance *= float(weight @ np.prod(given_theta[mine], axis=0))
            probability += chance

    foreseen = reference_firmness.foresee(file, BANK_JSON)

    assert foreseen["reached"] == reached
    assert foreseen["staying_power"] == pytest.approx(probability, abs=1e-9)


@pytest.mark.parametrize("spread", [0.5, 8.0, 200.0])
@pytest.mark.parametrize(
    "shape", [(3.0, 2.0), (0.5, 0.5), (22.5, 4.5), (1.0, 40.0), (500.0, 499.0)]
)
def test_the_predictive_model_is_the_plain_integral(
    shape: tuple[float, float], spread: float
) -> None:
    found = reference_firmness.predictive(*shape, spread)

    def chance(level: int) -> float:
        # In the angle φ with θ = sin²φ the density has no poles.
        def part(phi: float) -> float:
            theta = math.sin(phi) ** 2
            density = stats.beta.pdf(theta, *shape) * 2 * math.sin(phi) * math.cos(phi)
            given_theta = stats.betabinom.pmf(level, 4, spread * theta, spread * (1 - theta))
            return float(density * given_theta)

        middle = math.asin(math.sqrt(shape[0] / sum(shape)))
        return float(integrate.quad(part, 1e-9, math.pi / 2 - 1e-9, points=[middle], limit=200)[0])

    assert found == pytest.approx([chance(level) for level in range(5)], abs=1e-8)
    assert found.sum() == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("appetite", ["balanced", "choosy", "hungry"])
def test_many_actions_at_once_are_those_of_one_at_a_time(appetite: str) -> None:
    chance = np.random.default_rng(5)
    policy = BANK_JSON["policy"]
    sides = {axis: chance.uniform(0.5, 30, (4, 2)) for axis in AXES}
    codes, margins = actions(sides, policy, appetite)
    factors = policy["appetites"][appetite]
    for place in itertools.product(range(4), repeat=3):
        shapes = {axis: tuple(sides[axis][k]) for axis, k in zip(AXES, place, strict=True)}
        odds = reference.odds(shapes, policy)
        losses = {
            name: factors[name]
            * sum(a * b for a, b in zip(policy["losses"][name], odds.values(), strict=True))
            for name in NAMES
        }
        least, second, _most = sorted(losses.values())
        assert losses[NAMES[codes[place]]] == pytest.approx(least, abs=1e-9)
        assert margins[place] == pytest.approx(second - least, abs=1e-8)


def test_a_few_answers_on_trust_can_be_counted_on_the_fingers() -> None:
    """One open answer: the sum has five ends, as likely as the predictive model says."""
    asked = [q for q in MINE if q.id != "goodwill" and q not in on("trust")[-1:]]
    table = Table(assessment_file(given(asked, 3)), BANK_JSON, "full")
    ways = reference_firmness.ways(table, "trust")
    rho = BANK_JSON["policy"]["rules"]["spread"]
    assert ways.chance[:, 0] == pytest.approx(
        reference_firmness.predictive(*table.side("trust"), rho), abs=1e-12
    )
    assert ways.chance[:, 1].tolist() == [0.0] * 5
