"""What the conversation costs: how many questions until one knows enough, and is one right then?

Run by ``python3 dev.py bench conversation [--prospects N] [--seed S]``; ten to twenty minutes for
the 1,000 prospects of judgement.md, section 8, whose figures it prints. Simulated prospects are
interviewed three ways: in FitCheck's own order, in form order with the same stop rule, and with a
classic scorecard that adds all answers up and cuts the total in three.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from random import Random

from fitcheck.domain.assessment import Answer, Assessment, Prospect
from fitcheck.domain.bank import JUDGED_AXES, LEVELS, Axis, Evidence, Form, Question
from fitcheck.domain.firmness import firmness
from fitcheck.domain.full_form import FullForm
from fitcheck.domain.judgement import Recommendation, judge
from fitcheck.domain.policy import Action, Appetite, Match
from fitcheck.domain.steps import whole
from fitcheck.exchange.demo import load_demo
from fitcheck.library import load_bank, load_policy
from tests.bench._figures import hand

PROSPECTS, SEED = 1000, 20261122
BANK, POLICY = load_bank(), load_policy()
QUESTIONS = BANK.form(Form.FULL)
TRUTH = {Axis.TRUST: (3.0, 2.0), Axis.CHEMISTRY: (3.0, 2.0), Axis.NATURE: (1.2, 1.2)}
SCATTER = 8.0
"""Section 8: a question's own p ~ Beta(8θ, 8(1 - θ)), its level ~ Binomial(4, p)."""

WANTED = {"agreement": 0.95, "share": 0.45, "saved": 1 / 3, "calibration": 0.03}
DECILE_CASES = 1000


@dataclass(frozen=True)
class Simulated:
    """A prospect: the true values of the axes, and what the answers would be."""

    truth: dict[Axis, float]
    levels: dict[str, int]


@dataclass(frozen=True)
class Course:
    """How one interview went: when it stopped and with what; what the full form says.

    ``steps`` holds, for every number of answers at which it wasn't undecided, the stated staying
    power and whether the full form came to the same.
    """

    asked: int
    stopped_with: Recommendation
    full: Recommendation
    loss: float
    full_loss: float
    steps: tuple[tuple[float, bool], ...] = ()


def simulate(seed: int) -> Simulated:
    """One prospect of section 8; the same for the same seed."""
    chance = Random(seed)
    truth = {axis: chance.betavariate(*TRUTH[axis]) for axis in Axis}
    levels = {}
    for question in QUESTIONS:
        theta = min(max(truth[question.axis], 1e-9), 1 - 1e-9)
        p = chance.betavariate(SCATTER * theta, SCATTER * (1 - theta))
        levels[question.id] = sum(chance.random() < p for _ in range(LEVELS - 1))
    return Simulated(truth, levels)


def empty() -> Assessment:
    """An assessment of nobody on the full form, with nothing answered."""
    like = load_demo()[0]
    return Assessment(
        like.date,
        BANK.reference,
        POLICY.reference,
        Form.FULL,
        Appetite.BALANCED,
        Prospect("Nobody"),
    )


def answered(assessment: Assessment, question: Question, level: int) -> Assessment:
    answer = Answer(question.id, level, Evidence.OBSERVED)
    return replace(assessment, answers={**assessment.answers, question.id: answer})


def true_loss(prospect: Simulated, recommendation: Recommendation) -> float:
    """What the advice costs, given what the prospect truly is (the losses of the policy)."""
    nature = prospect.truth[Axis.NATURE]
    below = [POLICY.bars[a].at(nature) - prospect.truth[a] for a in JUDGED_AXES]
    match = (
        Match.GOOD if max(below) <= 0 else Match.POOR if max(below) > POLICY.gap else Match.WORKABLE
    )
    losses = POLICY.losses[Action(recommendation.value)]
    return losses[list(Match).index(match)]


def full_form(prospect: Simulated) -> Recommendation:
    assessment = empty()
    for question in QUESTIONS:
        assessment = answered(assessment, question, prospect.levels[question.id])
    return judge(assessment, BANK, POLICY).recommendation


def own_order(seed: int) -> Course:
    """Ask what FitCheck says is to be asked next, until it says that one knows enough."""
    prospect = simulate(seed)
    assessment = empty()
    while not (firm := firmness(assessment, BANK, POLICY)).enough:
        question = firm.ask_next[0].question
        assessment = answered(assessment, question, prospect.levels[question.id])
    now = judge(assessment, BANK, POLICY).recommendation
    return course(prospect, len(assessment.answers), now)


def form_order(seed: int) -> Course:
    """The same stop rule in form order; on to the end, to see how firm it said that it was."""
    prospect = simulate(seed)
    assessment = empty()
    stopped: tuple[int, Recommendation] | None = None
    steps = []
    for question in QUESTIONS:
        assessment = answered(assessment, question, prospect.levels[question.id])
        now = judge(assessment, BANK, POLICY).recommendation
        if now is Recommendation.UNDECIDED:
            continue
        chances = whole(FullForm(assessment, BANK, POLICY).outlook()).chances
        power = {
            Recommendation.PROCEED: chances.proceed,
            Recommendation.STAGE: chances.stage,
            Recommendation.DECLINE: chances.decline,
        }[now]
        steps.append((power, now))
        if power >= POLICY.enough and stopped is None:
            stopped = len(assessment.answers), now
    assert stopped is not None  # the whole form is always enough
    full = steps[-1][1]
    return course(prospect, *stopped, tuple((power, then is full) for power, then in steps))


def course(
    prospect: Simulated,
    asked: int,
    stopped_with: Recommendation,
    steps: tuple[tuple[float, bool], ...] = (),
) -> Course:
    full = full_form(prospect)
    losses = true_loss(prospect, stopped_with), true_loss(prospect, full)
    return Course(asked, stopped_with, full, *losses, steps)


# The scorecard


def totals(prospect: Simulated) -> list[int]:
    """The weighted sum after each question in form order."""
    return list(accumulate(q.weight * prospect.levels[q.id] for q in QUESTIONS))


def banded(total: int, cuts: tuple[int, int]) -> Recommendation:
    if total >= cuts[1]:
        return Recommendation.PROCEED
    return Recommendation.STAGE if total >= cuts[0] else Recommendation.DECLINE


def best_cuts(known: Sequence[tuple[int, Recommendation]]) -> tuple[int, int]:
    """The cut-offs with which the totals agree best with the full form: the scorecard's best."""
    values = sorted({total for total, _full in known})

    def agreement(cuts: tuple[int, int]) -> int:
        return sum(banded(total, cuts) is full for total, full in known)

    pairs = [(low, high) for low in values for high in values if low <= high]
    return max(pairs, key=agreement)


def scorecard(cuts: tuple[int, int], seed: int) -> Course:
    """Add the answers up until no answer still to come can leave the band."""
    prospect = simulate(seed)
    sums = totals(prospect)
    weights = [q.weight for q in QUESTIONS]
    band = banded(sums[-1], cuts)
    asked = next(
        n
        for n, total in enumerate(sums, 1)
        if banded(total, cuts) is banded(total + (LEVELS - 1) * sum(weights[n:]), cuts)
    )
    return course(prospect, asked, band)


# Report


def deciles(steps: Sequence[tuple[float, bool]]) -> Iterator[dict[str, float]]:
    """Stated against observed staying power, by decile of what was stated."""
    for tenth in range(10):
        cases = [(p, kept) for p, kept in steps if min(int(p * 10), 9) == tenth]
        if cases:
            yield {
                "decile": tenth,
                "cases": len(cases),
                "stated": statistics.fmean(p for p, _kept in cases),
                "observed": statistics.fmean(kept for _p, kept in cases),
            }


def figures(courses: Sequence[Course]) -> dict[str, float]:
    asked = [course.asked for course in courses]
    return {
        "agreement": statistics.fmean(c.stopped_with is c.full for c in courses),
        "mean_questions": statistics.fmean(asked),
        "median_questions": statistics.median(asked),
        "share_of_form": statistics.fmean(asked) / len(QUESTIONS),
        "mean_loss": statistics.fmean(c.loss for c in courses),
        "mean_loss_of_full_form": statistics.fmean(c.full_loss for c in courses),
    }


def main() -> None:
    """Simulate, and print the figures of section 8 as a table and as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--prospects", type=int, default=PROSPECTS)
    arguments.add_argument("--seed", type=int, default=SEED)
    options = arguments.parse_args()
    seeds = [options.seed * 1_000_003 + number for number in range(options.prospects)]
    others = [seed + 500_000 for seed in seeds]  # the scorecard's cut-offs are fitted elsewhere
    with ProcessPoolExecutor(os.cpu_count()) as pool:

        def run(name: str, way: Callable[[int], Course]) -> list[Course]:
            courses = []
            for course in pool.map(way, seeds, chunksize=5):
                courses.append(course)
                if sys.stderr.isatty():
                    print(f"\r{name}: {len(courses)} of {len(seeds)}", end="", file=sys.stderr)
            print(f"\r{name}: {figures(courses)}", file=sys.stderr)
            return courses

        ours, form = run("own order", own_order), run("form order", form_order)
        trained = zip(pool.map(simulate, others, chunksize=50), others, strict=True)
        known = [(totals(prospect)[-1], full_form(prospect)) for prospect, _seed in trained]
        card = run("scorecard", partial(scorecard, best_cuts(known)))
    found = {"own order": figures(ours), "form order": figures(form), "scorecard": figures(card)}
    table = list(deciles([step for course in form for step in course.steps]))
    report(found, table, options)
    agreed = [float(course.stopped_with is course.full) for course in ours]
    hand("conversation.agreement", agreed, statistics.fmean(agreed))
    shares = [course.asked / len(QUESTIONS) for course in ours]
    hand("conversation.share_of_questions", shares, statistics.fmean(shares))


def report(
    found: dict[str, dict[str, float]],
    table: list[dict[str, float]],
    options: argparse.Namespace,
) -> None:
    """Print what was found and whether it is what section 8 wants."""
    print(f"{options.prospects} prospects, seed {options.seed}, {len(QUESTIONS)} questions")
    head = ("agreement", "mean", "median", "share", "loss", "loss of full form")
    print(f"{'':12}" + "".join(f"{name:>19}" for name in head))
    for name, row in found.items():
        print(f"{name:12}" + "".join(f"{value:19.3f}" for value in row.values()))
    print("\nstaying power, every step in form order: decile, cases, stated, observed")
    for line in table:
        print(
            f"{line['decile'] / 10:.1f}  {line['cases']:6d}  {line['stated']:.3f}  "
            f"{line['observed']:.3f}"
        )
    own, form = found["own order"], found["form order"]
    off = max(
        (abs(d["stated"] - d["observed"]) for d in table if d["cases"] >= DECILE_CASES), default=0.0
    )
    saved = 1 - own["mean_questions"] / form["mean_questions"]
    verdicts = {
        f"agreement {own['agreement']:.3f}": own["agreement"] >= WANTED["agreement"],
        f"share of the form {own['share_of_form']:.3f}": own["share_of_form"] <= WANTED["share"],
        f"saved against form order {saved:.3f}": saved >= WANTED["saved"],
        f"worst decile off by {off:.3f}": off <= WANTED["calibration"],
    }
    print(
        "\nsection 8: "
        + " · ".join(f"{k} {'ok' if ok else 'MISSED'}" for k, ok in verdicts.items())
    )
    print(json.dumps({"figures": {"conversation": {**found, "deciles": table, "saved": saved}}}))


if __name__ == "__main__":
    main()
