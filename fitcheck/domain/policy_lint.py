"""Holds a policy to the laws that the judgement relies on (judgement.md, section 7).

The numbers of a policy are a matter of opinion; these laws are not. Without them the odds would
not be odds, or a better prospect could get a worse recommendation.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fitcheck.domain.bank import JUDGED_AXES, LEVELS, Axis, Evidence
from fitcheck.domain.odds import TIE
from fitcheck.domain.policy import Action, Appetite, Match
from fitcheck.domain.toml_checks import (
    DEAL_BREAKER,
    IDENTITY,
    Check,
    Document,
    found,
    is_number,
    list_of,
    one_of,
    some_tables,
)
from fitcheck.domain.toml_lines import KeyPath
from fitcheck.errors import Fault

PRIOR_RANGE = (0.5, 500.0)
"""Beads for which the arithmetic is exact to 1e-6 (section 3); a prior has to start among them."""


def number(least: float, most: float, *, exclusive: bool = False) -> Check:
    """A number from ``least`` to ``most``; ``exclusive`` leaves out the lower end itself."""
    span = f"{'above' if exclusive else 'from'} {least:g} " + (
        "" if math.isinf(most) else f"up to {most:g} "
    )

    def check(value: Any) -> Iterator[tuple[KeyPath, str]]:
        # NaN fails every comparison, so it is refused too; infinity is no amount of anything.
        right = is_number(value) and math.isfinite(value) and least <= value <= most
        if not right or (exclusive and value == least):
            yield (), f"a number {span.rstrip()}, {found(value)}"

    return check


def _count(value: Any) -> Iterator[tuple[KeyPath, str]]:
    if type(value) is not int or value < 1:
        yield (), f"a whole number from 1, {found(value)}"


def _levels(value: Any) -> Iterator[tuple[KeyPath, str]]:
    if type(value) is not int or not 0 <= value < LEVELS:
        yield (), f"a whole number from 0 to {LEVELS - 1}, {found(value)}"


def _any_table(value: Any) -> Iterator[tuple[KeyPath, str]]:
    """For the tables of a policy, whose keys are checked one by one."""
    if not isinstance(value, dict):
        yield (), f"a table, {found(value)}"


_share = number(0, 1)
_loss = number(0, math.inf)
_positive = number(0, math.inf, exclusive=True)

_TABLES = ("evidence", "priors", "bars", "losses", "appetites", "rules", "warnings")
_POLICY: Mapping[str, Check] = {
    "format": one_of("fitcheck/policy"),
    **IDENTITY,
    "precision": _positive,
    **dict.fromkeys(_TABLES, _any_table),
}
_OWN: Mapping[str, Check] = {"deal_breakers": some_tables}
_EVIDENCE: Mapping[str, Check] = {
    Evidence.OBSERVED: number(0, 1, exclusive=True),
    Evidence.REPORTED: _share,
    Evidence.HUNCH: _share,
}
_BARS: Mapping[str, Check] = {"gap": _share, **dict.fromkeys(JUDGED_AXES, _any_table)}
_BAR: Mapping[str, Check] = {"preference": _share, "measurable": _share}
_RULES: Mapping[str, Check] = {
    "minimum_answers": _count,
    "gate": _share,
    "minimum_prospect_answers": _count,
    "stance": _share,
    "range": list_of(_share, 2),
    "spread": number(0, 1000, exclusive=True),
    "enough": _share,
    "most_to_raise": _count,
}
_WARNINGS: Mapping[str, Check] = {
    **dict.fromkeys(
        (
            "mostly_hunches",
            "halo_observed",
            "problem_b_thin",
            "wide_axis",
            "perception_gap",
            "perception_gap_single",
        ),
        _share,
    ),
    "halo_answers": _count,
    "halo_levels": _levels,
}


def lint_policy(text: str, file: str) -> list[Fault]:
    """Every fault of the policy in ``text``, in the order of its lines; none for a good policy.

    ``file`` is how the faults name it. A policy without faults is safe for
    :func:`fitcheck.domain.policy.parse_policy` and keeps the laws of judgement.md, section 7.
    """
    document = Document(text, file)
    if not document.readable:
        return document.faults
    sound = _sound_tables(document)
    laws: list[tuple[set[str], Callable[[Document], None]]] = [
        ({"evidence"}, _evidence_falls),
        ({"bars"}, _bars_stay_inside),
        ({"rules"}, _range_has_width),
        ({"losses", "appetites"}, _action_is_monotone),
    ]
    for tables, law in laws:
        if tables <= sound:  # a law compares numbers that have to be there
            law(document)
    return document.faults


def _sound_tables(document: Document) -> set[str]:
    """Report what is wrong with the structure; the names of the tables with which nothing is."""
    document.check((), document.data, _POLICY, _OWN)
    document.check_tables("deal_breakers", DEAL_BREAKER)
    document.check_ids("deal_breakers")
    broken: set[str] = set()
    prior = list_of(number(*PRIOR_RANGE), 2)
    factors: Mapping[str, Check] = dict.fromkeys(Action, _positive)
    tables: list[tuple[tuple[str, ...], Mapping[str, Check]]] = [
        (("evidence",), _EVIDENCE),
        (("priors",), dict.fromkeys(Axis, prior)),
        (("bars",), _BARS),
        *((("bars", axis), _BAR) for axis in JUDGED_AXES),
        (("losses",), dict.fromkeys(Action, list_of(_loss, len(Match)))),
        (("appetites",), dict.fromkeys(Appetite, _any_table)),
        *((("appetites", appetite), factors) for appetite in Appetite),
        (("rules",), _RULES),
        (("warnings",), _WARNINGS),
    ]
    for path, required in tables:
        table: Any = document.data
        for key in path:
            table = table.get(key) if isinstance(table, dict) else None
        # A table that is absent or none has been reported by what encloses it.
        if not isinstance(table, dict) or not document.check(path, table, required):
            broken.add(path[0])
    return set(_TABLES) - broken


def _evidence_falls(document: Document) -> None:
    factors = document.data["evidence"]
    for stronger, weaker in itertools.pairwise(Evidence):
        if factors[weaker] > factors[stronger]:
            document.report(
                ("evidence", weaker), f"no more than {stronger}, which is the stronger evidence"
            )


def _bars_stay_inside(document: Document) -> None:
    gap = document.data["bars"]["gap"]
    for axis in JUDGED_AXES:
        for end, bar in document.data["bars"][axis].items():
            if bar - gap < 0:
                document.report(
                    ("bars", axis, end), f"a bar of at least the gap {gap:g}, {found(bar)}"
                )


def _range_has_width(document: Document) -> None:
    low, high = document.data["rules"]["range"]
    if not 0 < low < high < 1:
        document.report(
            ("rules", "range"), f"two percentiles, 0 < low < high < 1, {found([low, high])}"
        )


def _action_is_monotone(document: Document) -> None:
    """The worse the match, the less proceeding may gain on staging, and staging on declining.

    This makes the action of least expected loss monotone in trust and in chemistry: a better
    prospect never gets a more cautious recommendation (section 7). It has to hold for every
    appetite, since each scales the losses in its own way.
    """
    losses = document.data["losses"]
    for appetite in Appetite:
        factors = document.data["appetites"][appetite]
        for bolder, cautious in itertools.pairwise(Action):
            differences = [
                factors[bolder] * losses[bolder][match]
                - factors[cautious] * losses[cautious][match]
                for match in range(len(Match))
            ]
            if any(worse < better - TIE for better, worse in itertools.pairwise(differences)):
                document.report(
                    ("appetites", appetite),
                    f"loss differences {bolder} − {cautious} that never fall from good to poor, "
                    f"{found(differences)}",
                )
