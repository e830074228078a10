"""Every word for an enum or an id, chosen here and nowhere else.

The domain returns enums, ids and numbers; the window and the private file take their words from
this module, which hands on those of :mod:`reports.term_words`. What a prospect may read is worded
in :mod:`reports.prospect_words`, apart from this. Each function answers in the language in force
(:mod:`fitcheck.i18n`).
"""

from __future__ import annotations

from fitcheck.domain.assessment import DealBreakerState, Gut, Mark
from fitcheck.domain.bank import Axis, Bank, Evidence, Form, Problem, Question
from fitcheck.domain.judgement import (
    Brake,
    Judgement,
    Lack,
    LowGate,
    Missing,
    ProspectDoubts,
    Recommendation,
    Stance,
    SuspectedDealBreaker,
)
from fitcheck.domain.policy import Appetite, Match
from fitcheck.domain.posterior import Posterior
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition
from fitcheck.i18n import N_, _, ngettext
from reports.term_words import action_name as action_name
from reports.term_words import date_text as date_text
from reports.term_words import day_text as day_text
from reports.term_words import odds_sentence as odds_sentence
from reports.term_words import percent as percent
from reports.term_words import percents as percents
from reports.term_words import recommendation_name as recommendation_name
from reports.term_words import time_text as time_text
from reports.term_words import when_text as when_text
from reports.term_words import whole_percent as whole_percent


def bank_text(text: str) -> str:
    """A bank's text in the language in force; what no catalogue knows comes back as it is."""
    return _(text) if text else ""


_SENTENCES = {
    Recommendation.PROCEED: N_("Proceed: the odds favour working together."),
    Recommendation.STAGE: N_("Stage the work: take one small step first, then look again."),
    Recommendation.DECLINE: N_("Decline, early and kindly, and part as friends."),
    Recommendation.UNDECIDED: N_("Too early to say: some answers are still missing."),
}

_LEANING = {
    Recommendation.PROCEED: N_("Leaning to proceed, but you don’t know enough yet."),
    Recommendation.STAGE: N_("Leaning to stage the work, but you don’t know enough yet."),
    Recommendation.DECLINE: N_("Leaning to decline, but you don’t know enough yet."),
    Recommendation.UNDECIDED: N_("Too early to lean either way: some answers are still missing."),
}

_LEANING_FOR_TODAY = {
    Recommendation.PROCEED: N_("Leaning to proceed; enough for today, not yet for a commitment."),
    Recommendation.STAGE: N_("Leaning to stage the work; enough for today."),
    Recommendation.DECLINE: N_("Leaning to decline; enough for today."),
    Recommendation.UNDECIDED: _LEANING[Recommendation.UNDECIDED],
}

_LEANING_UNCLEARED = {
    Recommendation.PROCEED: N_(
        "Leaning to proceed, but a suspected deal-breaker must be cleared first."
    ),
    Recommendation.STAGE: N_(
        "Leaning to stage the work: a suspected deal-breaker must be cleared first."
    ),
    Recommendation.DECLINE: N_(
        "Leaning to decline, though a suspected deal-breaker isn’t cleared yet."
    ),
    Recommendation.UNDECIDED: _LEANING[Recommendation.UNDECIDED],
}


def recommendation_sentence(
    judgement: Judgement, *, leaning: bool, form: Form = Form.FULL, suspected: bool = False
) -> str:
    """The final recommendation in one sentence; as long as one doesn't know enough it leans.

    After an event form that is as it should be, and enough for the day (judgement.md, section 5).
    ``suspected``: a deal-breaker is, even where it brakes nothing;
    :func:`reports.firm_words.verdict_sentence` finds that out itself.
    """
    if judgement.final is not judgement.recommendation:
        name = recommendation_name(judgement.final)
        return _("{decision}: you have decided so yourself.").format(decision=name)
    if leaning:
        leans = _LEANING_FOR_TODAY if form is Form.EVENT else _LEANING
        braked = any(isinstance(brake, SuspectedDealBreaker) for brake in judgement.brakes)
        return _((_LEANING_UNCLEARED if suspected or braked else leans)[judgement.final])
    if judgement.final is Recommendation.STAGE and judgement.brakes:
        return _("Stage the work: the odds say proceed, but something holds it back.")
    if judgement.final is Recommendation.DECLINE and judgement.confirmed:
        return _("Decline: a deal-breaker is confirmed.")
    return _(_SENTENCES[judgement.final])


def gut_sentence(gut: Gut) -> str:
    """What the gut said before the totals were shown, beside what the answers come to."""
    if gut.recommendation is None:
        return _("Your gut feeling, before the totals:")
    name = action_name(gut.recommendation)
    return _("Your gut feeling, before the totals: {recommendation}.").format(recommendation=name)


def override_sentence(judgement: Judgement) -> str:
    """What stands beside an override: the recommendation that it replaces."""
    return _("FitCheck’s own recommendation was: {recommendation}.").format(
        recommendation=recommendation_name(judgement.recommendation)
    )


def policy_note() -> str:
    """Shown wherever a score, a bar or the odds are shown."""
    return _(
        "The bars, weights and losses behind these figures are policy, not science. "
        "They say what to do about a belief; they do not make it true."
    )


_MATCHES = {
    Match.GOOD: (N_("Good"), N_("both chemistry and trust clear their bars")),
    Match.WORKABLE: (N_("Workable"), N_("close to a bar, none missed by far")),
    Match.POOR: (N_("Poor"), N_("chemistry or trust falls well below its bar")),
}


def match_name(match: Match) -> str:
    return _(_MATCHES[match][0])


def match_meaning(match: Match) -> str:
    """What the match means, to follow its name: "both chemistry and trust clear their bars"."""
    return _(_MATCHES[match][1])


_AXES = {
    Axis.CHEMISTRY: (
        N_("Chemistry"),
        N_("chemistry"),
        N_("do the two of you work well with each other?"),
    ),
    Axis.TRUST: (N_("Trust"), N_("trust"), N_("can each side rely on the other?")),
    Axis.NATURE: (
        N_("Nature of the problem"),
        N_("the nature of the problem"),
        N_("a matter of taste, or of measurement?"),
    ),
}

_ENDS = {
    Axis.CHEMISTRY: (N_("none"), N_("strong")),
    Axis.TRUST: (N_("none"), N_("strong")),
    Axis.NATURE: (N_("a matter of taste"), N_("measurable")),
}


def axis_name(axis: Axis) -> str:
    return _(_AXES[axis][0])


def axis_in_sentence(axis: Axis) -> str:
    """The axis as the object of a sentence: "trust", "the nature of the problem"."""
    return _(_AXES[axis][1])


def axis_question(axis: Axis) -> str:
    """What the axis asks, to follow its name."""
    return _(_AXES[axis][2])


def axis_ends(axis: Axis) -> tuple[str, str]:
    """What 0 and 1 mean on the axis."""
    low, high = _ENDS[axis]
    return _(low), _(high)


def range_text(axis: Posterior) -> str:
    """The score with its range, "64% (51–76%)"."""
    return _("{score}% ({low}–{high}%)").format(
        score=whole_percent(axis.score), low=whole_percent(axis.low), high=whole_percent(axis.high)
    )


def bar_text(bar: float) -> str:
    """The label of a bar, "bar 58%"."""
    return _("bar {number}%").format(number=whole_percent(bar))


def bar_end(taste: bool, bar: float) -> str:
    """Where a bar stands for pure preference, or for a fully measurable problem."""
    text = _("taste {number}%") if taste else _("measurable {number}%")
    return text.format(number=whole_percent(bar))


def bars_move() -> str:
    """The legend of the fit map's tracks (I2)."""
    return _("Both bars move along their tracks with the nature of the problem.")


def answered_text(axis: Posterior) -> str:
    """How many questions the score rests on, "9 of 12 answered"."""
    return _("{answered} of {in_scope} answered").format(
        answered=axis.answered, in_scope=axis.in_scope
    )


_STANCES = {
    Stance.LEAD: (
        N_("Lead"),
        N_("The problem is measurable: stand by your expertise and agree on targets."),
    ),
    Stance.SPLIT: (
        N_("Split"),
        N_("Part is measurable, part is taste: measure the one, let them choose the other."),
    ),
    Stance.CATER: (
        N_("Cater"),
        N_("It is a matter of taste: offer options, say what you think, and let them judge."),
    ),
}


def stance_name(stance: Stance) -> str:
    return _(_STANCES[stance][0])


def stance_sentence(stance: Stance) -> str:
    """How to stand towards this problem (I2), as advice to the consultant."""
    return _(_STANCES[stance][1])


def brake_sentence(brake: Brake, bank: Bank) -> str:
    """Why "proceed" is held back, and what would clear it."""
    match brake:
        case SuspectedDealBreaker(id=id_):
            return _("A suspected deal-breaker, to be cleared first: {text}").format(
                text=deal_breaker_text(id_, bank)
            )
        case LowGate(facet=facet):
            return _(
                "{facet} is low on what you have seen or been told. Whatever the other answers "
                "say, this alone calls for a small step first."
            ).format(facet=bank_text(facet.name))
        case ProspectDoubts(axis=axis):
            return _(
                "The prospect’s own answers on {axis} are well below the bar. They see it less "
                "brightly than you do: talk about it before a commitment."
            ).format(axis=axis_in_sentence(axis))


def deal_breaker_text(id_: str, bank: Bank) -> str:
    """What the deal-breaker says; a consultant's own one may be known by its id alone."""
    deal_breaker = bank.deal_breaker_by_id.get(id_)
    return bank_text(deal_breaker.text) if deal_breaker else id_


def confirmed_sentence(id_: str, bank: Bank) -> str:
    """A confirmed deal-breaker, named by its own text."""
    return _("Confirmed deal-breaker: {text}").format(text=deal_breaker_text(id_, bank))


def missing_sentence(missing: Missing) -> str:
    """What it is too early without, and how many more would do."""
    more = missing.need - missing.have
    axis = axis_in_sentence(missing.axis)
    if missing.lack is Lack.ANSWERS:
        return ngettext(
            "One more answer is needed on {axis}.",
            "{count} more answers are needed on {axis}.",
            more,
        ).format(axis=axis, count=more)
    return ngettext(
        "One more answer on {axis} must be observed or reported; hunches alone don’t carry it.",
        "{count} more answers on {axis} must be observed or reported; "
        "hunches alone don’t carry it.",
        more,
    ).format(axis=axis, count=more)


_EVIDENCE = {
    Evidence.OBSERVED: (N_("Observed"), N_("it happened before you, or you hold the document")),
    Evidence.REPORTED: (N_("Reported"), N_("you were told of what you did not see")),
    Evidence.HUNCH: (N_("Hunch"), N_("neither seen nor told")),
}


def evidence_name(evidence: Evidence) -> str:
    return _(_EVIDENCE[evidence][0])


def evidence_meaning(evidence: Evidence) -> str:
    """What counts as such evidence, to follow its name."""
    return _(_EVIDENCE[evidence][1])


_MARKS = {Mark.UNKNOWN: N_("Don’t know yet"), Mark.NOT_APPLICABLE: N_("Doesn’t apply")}


def mark_name(mark: Mark) -> str:
    return _(_MARKS[mark])


def answer_text(question: Question, value: int | Mark | None) -> str:
    """The described answer, the mark's name, or "Not answered"."""
    if isinstance(value, int):
        return bank_text(question.levels[value])
    return mark_name(value) if value else _("Not answered")


def level_text(level: int) -> str:
    """A level 0 to 4 as people count it: "4 of 5"."""
    return _("{level} of 5").format(level=level + 1)


_PROBLEMS = {Problem.A: N_("A: the task"), Problem.B: N_("B: how we get along")}


def problem_name(problem: Problem) -> str:
    """The two kinds of problem of I18, "B: how we get along"."""
    return _(_PROBLEMS[problem])


_STATES = {
    DealBreakerState.OPEN: N_("Open"),
    DealBreakerState.CLEARED: N_("Cleared"),
    DealBreakerState.SUSPECTED: N_("Suspected"),
    DealBreakerState.CONFIRMED: N_("Confirmed"),
}


def deal_breaker_state_name(state: DealBreakerState) -> str:
    return _(_STATES[state])


_FORMS = {
    Form.FULL: N_("Full interview"),
    Form.EVENT: N_("Event form"),
    Form.PROSPECT: N_("The prospect’s own form"),
}


def form_name(form: Form) -> str:
    return _(_FORMS[form])


_APPETITES = {
    Appetite.BALANCED: (N_("Balanced"), N_("a bad engagement hurts more than a missed good one")),
    Appetite.CHOOSY: (N_("Choosy"), N_("you have work enough and would rather say no")),
    Appetite.HUNGRY: (N_("Hungry"), N_("you need the work and would rather take a chance")),
}


def appetite_name(appetite: Appetite) -> str:
    return _(_APPETITES[appetite][0])


def appetite_meaning(appetite: Appetite) -> str:
    """When that appetite for risk is yours, to follow its name."""
    return _(_APPETITES[appetite][1])


_PAPERS = {Paper.A4: N_("A4"), Paper.LETTER: N_("US Letter")}


def paper_name(paper: Paper) -> str:
    return _(_PAPERS[paper])


_EDITIONS = {
    Edition.PRIVATE: N_("Private file"),
    Edition.PROSPECT: N_("Prospect’s edition"),
    Edition.DECLINE: N_("Decline letter"),
    Edition.FORM: N_("Blank form"),
}


def their_side() -> str:
    """The heading of what the prospect answered themselves (I22)."""
    return _("The prospect’s own answers")


def edition_name(edition: Edition) -> str:
    return _(_EDITIONS[edition])
