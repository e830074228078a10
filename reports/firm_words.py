"""How firm it is, what to ask next and what would change it, in sentences that can be said aloud.

The figures come from :mod:`fitcheck.domain.firmness`, ``flips`` and ``answer_warnings``; here each
gets its words, in the language in force. For the consultant's eyes: nothing of this may reach a
document for the prospect.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import assert_never

from fitcheck.domain.answer_warnings import (
    AnswerWarning,
    Gap,
    Halo,
    MostlyHunches,
    PerceptionGap,
    ProblemBThin,
    WideAxis,
)
from fitcheck.domain.ask_next import Ask
from fitcheck.domain.assessment import Assessment, DealBreakerState
from fitcheck.domain.bank import Axis, Question
from fitcheck.domain.firmness import Firmness
from fitcheck.domain.flips import Flip, Raised
from fitcheck.domain.judgement import Judgement, Recommendation
from fitcheck.domain.verdict import Verdict
from fitcheck.i18n import N_, _, ngettext, quoted
from reports.words import (
    axis_in_sentence,
    bank_text,
    missing_sentence,
    percent,
    recommendation_sentence,
)

# Chances

_HARDLY = 0.02
"""Below it, and as near to one, a chance is no longer told as a fraction."""

_FRACTIONS = (
    (1 / 30, N_("one in thirty")),
    (1 / 20, N_("one in twenty")),
    (1 / 10, N_("one in ten")),
    (1 / 6, N_("one in six")),
    (1 / 5, N_("one in five")),
    (1 / 4, N_("one in four")),
    (1 / 3, N_("one in three")),
    (2 / 5, N_("two in five")),
    (1 / 2, N_("one in two")),
    (3 / 5, N_("three in five")),
    (2 / 3, N_("two in three")),
    (3 / 4, N_("three in four")),
    (4 / 5, N_("four in five")),
    (9 / 10, N_("nine in ten")),
    (19 / 20, N_("nineteen in twenty")),
)


def odds_words(p: float) -> str:
    """A probability in [0, 1] as people say it: "one in three", "hardly any chance".

    It never grows less as ``p`` grows; "no chance" and "certain" are said of 0 and 1 alone.
    """
    if p <= 0.0:
        return _("no chance")
    if p >= 1.0:
        return _("certain")
    if p < _HARDLY:
        return _("hardly any chance")
    if p > 1.0 - _HARDLY:
        return _("almost certain")
    return _(min(_FRACTIONS, key=lambda fraction: abs(fraction[0] - p))[1])


_NUMBERS = N_("one two three four five six seven eight nine ten eleven twelve")
"""One message, so that translators see the twelve together; split at its spaces."""


def count_words(count: int) -> str:
    """A count in words up to twelve, in figures beyond."""
    words = _(_NUMBERS).split()
    return words[count - 1] if 1 <= count <= len(words) else str(count)


# What to ask next


def chance_text(ask: Ask) -> str:
    """The chance that an answer changes the recommendation, for a list: "one in three".

    A question may be worth asking though alone it changes nothing; the list says so.
    """
    if ask.chance_to_change < _HARDLY:
        return _("hardly any by itself")
    return odds_words(ask.chance_to_change)


def ask_sentence(ask: Ask, *, undecided: bool = False) -> str:
    """Why to ask this next; as long as it is ``undecided`` there is nothing yet to be changed."""
    if ask.again:
        if undecided or ask.chance_to_change < _HARDLY:
            return _("Ask this again: so far you have only a hunch.")
        return _(
            "Ask this again, since so far you have only a hunch: "
            "{chance} that it changes my recommendation."
        ).format(chance=chance_text(ask))
    if undecided:
        return _("Ask this next: it is too early for a recommendation.")
    if ask.chance_to_change < _HARDLY:
        return _("Ask this next: alone it will hardly change my recommendation, but it adds up.")
    return _("Ask this next: {chance} that it changes my recommendation.").format(
        chance=chance_text(ask)
    )


# How firm it is


def ways_text(firmness: Firmness) -> str:
    """The staying power as "96 of 100"; nothing is certain that isn't settled, nothing nil."""
    power = 1.0 if firmness.staying_power is None else firmness.staying_power
    # Rounded down, so that "95 of 100" is said only of what has reached it.
    whole = math.floor(power * 100 + 1e-9)
    if power <= 0.0:
        return _("none of 100")
    if whole < 1:
        return _("fewer than 1 of 100")
    if power > 0.99 and not firmness.settled:
        return _("more than 99 of 100")
    return _("{count} of 100").format(count=whole)


def staying_sentence(firmness: Firmness, *, suspected: bool = False) -> str:
    """In how many ways the rest could go today's recommendation would stand; empty while undecided.

    ``suspected``: a deal-breaker is (:func:`has_suspicion`), and so one does not know enough.
    """
    if firmness.staying_power is None:
        return ""
    if firmness.enough:
        text = _("You know enough: this would still stand in {ways} ways the rest could go.")
    elif suspected:
        text = _(
            "This would still stand in {ways} ways the rest could go, "
            "but a suspected deal-breaker must be cleared first."
        )
    else:
        text = _("Not yet firm: this would still stand in {ways} ways the rest could go.")
    return text.format(ways=ways_text(firmness))


def settled_sentence(firmness: Firmness) -> str:
    """That no open answer can change the recommendation; empty where one can, or there is none."""
    if not firmness.settled or firmness.staying_power is None:
        return ""
    if not firmness.open:
        return _("Settled: every question has its answer.")
    return ngettext(
        "Settled: whatever the {count} open answer is.",
        "Settled: whatever the {count} open answers are.",
        firmness.open,
    ).format(count=count_words(firmness.open))


_IN_SENTENCE = {
    Recommendation.PROCEED: N_("proceed"),
    Recommendation.STAGE: N_("stage the work"),
    Recommendation.DECLINE: N_("decline"),
    Recommendation.UNDECIDED: N_("too early to say"),
}


def recommendation_in_sentence(recommendation: Recommendation) -> str:
    """The recommendation's name inside a sentence: "stage the work"."""
    return _(_IN_SENTENCE[recommendation])


def reachable_sentence(firmness: Firmness) -> str:
    """What the open answers could still lead to; empty where that is today's result alone."""
    if not firmness.open or (firmness.settled and firmness.staying_power is not None):
        return ""
    names = [recommendation_in_sentence(result) for result in firmness.reachable]
    if len(names) == 1:
        return _("The rest can only lead to: {name}.").format(name=names[0])
    *others, last = names
    return _("The rest could still lead to: {others} or {last}.").format(
        others=", ".join(others), last=last
    )


def has_suspicion(assessment: Assessment) -> bool:
    """Whether a deal-breaker is suspected, and none confirmed."""
    states = set(assessment.deal_breakers.values())
    return DealBreakerState.SUSPECTED in states and DealBreakerState.CONFIRMED not in states


def firm_sentence(assessment: Assessment, judgement: Judgement, firmness: Firmness) -> str:
    """One line for beside the interview: whether one knows enough, with no hint of the direction.

    The totals are hidden there, since they sway the one who rates.
    """
    if judgement.recommendation is Recommendation.UNDECIDED:
        return missing_sentence(judgement.missing[0])
    if has_suspicion(assessment):
        return _("A suspected deal-breaker must be cleared first.")
    if firmness.settled:
        return settled_sentence(firmness)
    return _("You know enough.") if firmness.enough else _("Not enough yet.")


def verdict_sentence(assessment: Assessment, verdict: Verdict) -> str:
    """The recommendation in one sentence, as firm as it is."""
    return recommendation_sentence(
        verdict.judgement,
        leaning=verdict.leaning,
        form=assessment.form,
        suspected=has_suspicion(assessment),
    )


def firmness_sentences(assessment: Assessment, firmness: Firmness) -> list[str]:
    """How firm the recommendation is, for beneath :func:`verdict_sentence`.

    That one says what is suspected; it isn't said twice.
    """
    said = settled_sentence(firmness)
    if not said and firmness.staying_power is not None and has_suspicion(assessment):
        said = _("This would still stand in {ways} ways the rest could go.").format(
            ways=ways_text(firmness)
        )
    said = said or staying_sentence(firmness)
    return [text for text in (said, reachable_sentence(firmness)) if text]


# What would change it


def _described(question: Question, level: int) -> str:
    """The described answer inside a sentence: the short one where there is one, no full stop."""
    texts = question.short or question.levels
    return bank_text(texts[level]).rstrip(".")


def flip_sentence(flip: Flip) -> str:
    """What another answer would make of it: "“Openness …” at 2 instead of 4 (…): decline."."""
    return _("“{facet}” at {level} instead of {was} ({answer}): {result}.").format(
        facet=bank_text(flip.question.facet.name),
        level=flip.level + 1,
        was=flip.was + 1,
        answer=_described(flip.question, flip.level),
        result=recommendation_in_sentence(flip.recommendation),
    )


def raised_text(raised: Raised) -> str:
    """An answer that has to rise, "“Follow-through” to 4 (…)"."""
    return _("“{facet}” to {level} ({answer})").format(
        facet=bank_text(raised.question.facet.name),
        level=raised.level + 1,
        answer=_described(raised.question, raised.level),
    )


def to_proceed_sentences(
    sets: Sequence[Sequence[Raised]] | None, *, most_to_raise: int = 3, shown: int = 5
) -> list[str]:
    """What it would take to proceed: a lead, then a line for each of the first ``shown`` sets.

    Empty if it is "proceed" already; one sentence where no ``most_to_raise`` answers suffice.
    """
    if sets is None:
        return [
            ngettext(
                "No single answer on chemistry or trust would be enough to proceed.",
                "No {count} answers on chemistry and trust would be enough to proceed.",
                most_to_raise,
            ).format(count=count_words(most_to_raise))
        ]
    if not sets:
        return []
    together = len(sets[0])
    if len(sets) == 1:
        lead = ngettext(
            "To proceed, this would have to rise:",
            "To proceed, these would have to rise together:",
            together,
        )
    elif together == 1:
        lead = _("To proceed, one of these would have to rise:")
    else:
        lead = _("To proceed, one of these sets would have to rise together:")
    lines = [_and(list(map(raised_text, raised))) + "." for raised in sets[:shown]]
    more = len(sets) - len(lines)
    if more > 0:
        lines.append(
            ngettext(
                "And {count} more way of this size.", "And {count} more ways of this size.", more
            ).format(count=count_words(more))
        )
    return [lead, *lines]


def _and(texts: list[str]) -> str:
    *others, last = texts
    if not others:
        return last
    return _("{others} and {last}").format(others=", ".join(others), last=last)


# The answers themselves, and the two views


def warning_sentence(warning: AnswerWarning) -> str:
    """What is doubtful about the answers, and what to do about it."""
    match warning:
        case MostlyHunches(share=share):
            return _(
                "Hunches carry {share} of the weight of your answers. "
                "Ask again until you have seen it or been told."
            ).format(share=percent(share))
        case Halo(answers=answers, observed=observed):
            return _halo_sentence(answers, observed)
        case ProblemBThin(share=share):
            return _(
                "Of what is asked about how the two of you get along (problem B), {share} is "
                "answered. It derails more engagements than the task does: ask about it next."
            ).format(share=percent(share))
        case WideAxis(axis=axis, low=low, high=high):
            return _(
                "The range for {axis} is wide, {low} to {high}. "
                "More answers there, observed ones above all, narrow it down."
            ).format(axis=axis_in_sentence(axis), low=percent(low), high=percent(high))
        case PerceptionGap(gap=gap):
            return _("The two of you are far apart. {gap}").format(gap=gap_sentence(gap))
        case _:
            assert_never(warning)


def _halo_sentence(answers: int, observed: int) -> str:
    if observed:
        seen = ngettext(
            "only {observed} of them rests on what you saw yourself",
            "only {observed} of them rest on what you saw yourself",
            observed,
        ).format(observed=count_words(observed))
    else:
        seen = _("none of them rests on what you saw yourself")
    return _(
        "Your {answers} answers on chemistry and trust are nearly alike, and {seen}. One "
        "impression may colour them all: take them again one by one, and look for what speaks "
        "against it."
    ).format(answers=answers, seen=seen)


ALIKE = 0.125
"""Less than half a level apart, on a line from 0 to 1: the two sides see it alike."""


def gap_sentence(gap: Gap) -> str:
    """Who sees a facet better, or as more measurable, and what to talk about."""
    return gaps_sentence([gap])


def gaps_sentence(gaps: Sequence[Gap]) -> str:
    """The same of several facets at once; they are of one :func:`gap_kind`."""
    facets = _and([quoted(bank_text(gap.facet.name)) for gap in gaps])
    return _(_GAP_KINDS[gap_kind(gaps[0])]).format(facets=facets)


def gap_kind(gap: Gap) -> tuple[int, bool]:
    """Who sees it better (1 they, -1 you, 0 much alike), and whether it is a facet of nature."""
    if abs(gap.gap) < ALIKE:
        return 0, False
    return (1 if gap.gap > 0 else -1), gap.facet.axis is Axis.NATURE


_GAP_KINDS = {
    (0, False): N_("You both see {facets} much alike."),
    (1, False): N_(
        "They see {facets} more brightly than you do. "
        "Ask what they go by, and say what you have met with so far."
    ),
    (-1, False): N_(
        "You see {facets} more brightly than they do. "
        "Ask what gives them pause, before you build on it."
    ),
    (1, True): N_(
        "They see {facets} as more measurable than you do. "
        "Ask which figure they would go by, and where it stands today."
    ),
    (-1, True): N_(
        "You see {facets} as more measurable than they do. "
        "Ask who will judge the result, and what they would have to see."
    ),
}
