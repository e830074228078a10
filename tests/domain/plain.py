"""Verdicts as plain values, in the words of the references."""

from __future__ import annotations

import json
from typing import Any

from fitcheck.domain.answer_warnings import (
    AnswerWarning,
    Halo,
    MostlyHunches,
    PerceptionGap,
    ProblemBThin,
    WideAxis,
)
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.judgement import Brake, LowGate, ProspectDoubts, SuspectedDealBreaker
from fitcheck.exchange.assessment_json import read_assessment


def read(file: dict[str, Any]) -> Assessment:
    return read_assessment(json.dumps(file).encode())


def plain_warning(warning: AnswerWarning) -> tuple[str, ...]:
    match warning:
        case MostlyHunches():
            return ("mostly_hunches",)
        case Halo():
            return ("halo",)
        case ProblemBThin():
            return ("problem_b_thin",)
        case WideAxis(axis=axis):
            return ("wide_axis", axis.value)
        case PerceptionGap(gap=gap):
            return ("perception_gap", gap.facet.id)


def plain_brake(brake: Brake) -> tuple[str, str]:
    match brake:
        case SuspectedDealBreaker(id=id_):
            return "suspected_deal_breaker", id_
        case LowGate(facet=facet):
            return "gate_facet", facet.id
        case ProspectDoubts(axis=axis):
            return "prospect_doubts", axis.value
