"""A plan drafted from the answers, and the plan in force: what was written, else the draft.

Nothing private is drafted into a section that a prospect reads: its words are fixed texts
(:mod:`fitcheck.domain.draft_words`), the bank's conditions and the consultant's own boundaries.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from fitcheck.domain import draft_words as words
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import JUDGED_AXES, Bank, Facet, Problem, Side
from fitcheck.domain.judgement import Judgement, LowGate, Recommendation, Stance
from fitcheck.domain.plan import NO_PLAN, Plan, Risk, RiskKind, Section, Stage, is_written
from fitcheck.domain.posterior import Rated, rated, rated_by_prospect
from fitcheck.domain.profile import Profile

LOW_LEVEL = 1
"""An answer at this level or below puts its question's condition into the working agreement."""

MOST_STAGES = 3
"""How many stages are drafted at most, the one that suits the stance among them."""

REASSESS_AFTER = dt.timedelta(weeks=6)
"""When the questions are asked again, counted from the assessment: the first stages are over."""


def draft(assessment: Assessment, bank: Bank, judgement: Judgement, profile: Profile) -> Plan:
    """The plan as the answers suggest it, in English; what isn't fitting is left empty.

    The working agreement is drafted for whoever is recommended to proceed or to stage, stages for
    the latter alone, risks for all.
    """
    drafted = replace(NO_PLAN, risks=_risks(assessment, bank))
    if judgement.final not in (Recommendation.PROCEED, Recommendation.STAGE):
        return drafted
    stance = judgement.stance
    drafted = replace(
        drafted,
        conditions=conditions(assessment, bank),
        roles=words.ROLES[stance],
        promises=words.PROMISES,
        scope=words.SCOPE,
        boundaries=profile.boundaries,
        disagreement=words.DISAGREEMENT,
        cases=words.CASES[stance],
        measures=() if stance is Stance.CATER else (words.MEASURE,),
        signs_off=words.SIGNS_OFF.get(stance, ""),
    )
    if judgement.final is Recommendation.PROCEED:
        return drafted
    return replace(
        drafted,
        stages=_stages(assessment, bank, judgement),
        reassess_on=assessment.date + REASSESS_AFTER,
    )


def in_force(plan: Plan, drafted: Plan) -> Plan:
    """``plan`` with the draft of every section that the consultant hasn't written."""
    open_ = [section for section in Section if not is_written(plan, section)]
    return replace(plan, **{section: getattr(drafted, section) for section in open_})


def plan_in_force(
    assessment: Assessment, bank: Bank, judgement: Judgement, profile: Profile
) -> Plan:
    """The plan that documents are made from."""
    return in_force(assessment.plan, draft(assessment, bank, judgement, profile))


def conditions(assessment: Assessment, bank: Bank) -> tuple[str, ...]:
    """What low answers put into the working agreement, in form order."""
    low = _low(assessment, bank)
    return tuple(r.question.condition for r in low if r.question.condition)


def decline_reasons(assessment: Assessment, judgement: Judgement) -> tuple[str, ...]:
    """The no-blame reasons that have been recorded (I3): nothing else may be picked.

    The consultant's own come first; then one for a confirmed deal-breaker and one for each facet
    with a low answer, in English, most telling first.
    """
    weak = dict.fromkeys(
        reason.question.facet.id
        for reason in judgement.reasons
        if (level := assessment.answers[reason.question.id].level) is not None
        and level <= LOW_LEVEL
    )
    drafted = [words.FACETS[id_].reason for id_ in weak if id_ in words.FACETS]
    ruled_out = [words.RULED_OUT] if judgement.confirmed else []
    return tuple(dict.fromkeys([*assessment.plan.reasons, *ruled_out, *drafted]))


def blank_b(risks: tuple[Risk, ...]) -> bool:
    """Whether nothing is written of how the two sides get along, the usual blind spot (I18)."""
    return all(risk.problem is not Problem.B for risk in risks)


def _low(assessment: Assessment, bank: Bank) -> list[Rated]:
    return [r for r in rated(assessment, bank) if r.level <= LOW_LEVEL]


def _risks(assessment: Assessment, bank: Bank) -> tuple[Risk, ...]:
    """What low answers on chemistry and trust may lead to, in form order, each once."""
    found: list[Risk] = []
    for question in (r.question for r in _low(assessment, bank)):
        if question.id in words.RISKS:
            kind, what = words.RISKS[question.id]
        elif question.axis in JUDGED_AXES and question.facet.id in words.FACETS:
            kind, what = RiskKind.GENERAL, words.FACETS[question.facet.id].risk
        else:
            continue
        if what not in {risk.what for risk in found}:
            found.append(Risk(what, question.problem, kind))
    return tuple(found)


def _stages(assessment: Assessment, bank: Bank, judgement: Judgement) -> tuple[Stage, ...]:
    """Small stages aimed at the weakest facets (I5), and one that suits the stance."""
    first = words.FIRST_STAGES[judgement.stance]
    aimed = [
        Stage(
            goal=words.FACETS[facet.id].goal,
            deliverable=words.FACETS[facet.id].deliverable,
            time_box=first.time_box,
            cap=first.cap,
            exit_test=words.FACETS[facet.id].exit_test,
            asks=_asks(facet, bank),
        )
        for facet in _weakest(assessment, bank, judgement)
    ]
    asked_again = tuple(dict.fromkeys(id_ for stage in aimed for id_ in stage.asks))
    return (*aimed, replace(first, asks=asked_again))


def _weakest(assessment: Assessment, bank: Bank, judgement: Judgement) -> list[Facet]:
    """The facets worth a stage, weakest first: gates that hold back, then what pulls down most.

    A facet on which the prospect's own answer is low counts after those. Where nothing pulls down,
    it is the one that pushes least; where nothing is known, the bank's first.
    """
    pulls: dict[str, float] = {}
    for reason in judgement.reasons:
        facet = reason.question.facet.id
        pulls[facet] = pulls.get(facet, 0.0) + reason.push
    gates = [brake.facet.id for brake in judgement.brakes if isinstance(brake, LowGate)]
    by_pull = sorted(pulls, key=lambda id_: pulls[id_])
    theirs = [
        r.question.facet.id for r in rated_by_prospect(assessment, bank) if r.level <= LOW_LEVEL
    ]
    weak = dict.fromkeys([*gates, *(id_ for id_ in by_pull if pulls[id_] < 0), *theirs])
    known = {facet.id: facet for facet in bank.facets if facet.id in words.FACETS}
    order = [id_ for id_ in weak if id_ in known] or [
        id_ for id_ in (*by_pull, *known) if id_ in known
    ][:1]
    return [known[id_] for id_ in order[: MOST_STAGES - 1]]


def _asks(facet: Facet, bank: Bank) -> tuple[str, ...]:
    """The questions that will be asked again of a facet: all of the consultant's."""
    return tuple(
        q.id for q in bank.questions if q.facet.id == facet.id and q.side is Side.CONSULTANT
    )
