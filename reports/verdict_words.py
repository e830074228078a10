"""What a verdict says as lists of sentences, for paper and terminal alike.

Which of its many questions, flips and gaps are worth a line, and in what order; the sentences
themselves are those of :mod:`reports.firm_words`.
"""

from __future__ import annotations

from collections.abc import Sequence

from fitcheck.domain.answer_warnings import Gap, PerceptionGap
from fitcheck.domain.ask_next import Ask
from fitcheck.domain.assessment import Assessment, DealBreakerState
from fitcheck.domain.bank import Bank
from fitcheck.domain.judgement import Judgement, Recommendation
from fitcheck.domain.policy import Policy
from fitcheck.domain.verdict import Verdict
from fitcheck.i18n import _, ngettext
from reports import firm_words
from reports.words import bank_text

ASKS_SHOWN = 3
FLIPS_SHOWN = 6

_WORTH_A_TALK = 0.25
"""Gaps of a level or more, on a line from 0 to 1, get a sentence; the chart shows all."""


def ask_lines(assessment: Assessment, bank: Bank, verdict: Verdict) -> list[str]:
    """What to ask next and what it may do; empty once one knows enough.

    What clears a suspected deal-breaker comes first (judgement.md, section 4).
    """
    if verdict.firmness.enough:
        return []
    clearing = []
    if firm_words.has_suspicion(assessment):
        clearing = [
            _("{question} (It clears a suspected deal-breaker, or confirms it.)").format(
                question=bank_text(deal_breaker.ask)
            )
            for deal_breaker in bank.deal_breakers
            if assessment.deal_breakers.get(deal_breaker.id) is DealBreakerState.SUSPECTED
        ]
    undecided = verdict.judgement.recommendation is Recommendation.UNDECIDED
    asks = verdict.firmness.ask_next[:ASKS_SHOWN]
    return [*clearing, *(_ask_line(ask, undecided=undecided) for ask in asks)]


def asks_heading(verdict: Verdict) -> str:
    """What stands above :func:`ask_lines`, and says what the chances there are chances of."""
    undecided = verdict.judgement.recommendation is Recommendation.UNDECIDED
    if undecided or not verdict.firmness.ask_next:
        return _("What to ask next")
    return _("What to ask next, and the chance that it changes the recommendation")


def _ask_line(ask: Ask, *, undecided: bool) -> str:
    if undecided:
        text = _("{question} (So far a hunch.)") if ask.again else "{question}"
    elif ask.again:
        text = _("{question} ({Chance}; so far a hunch.)")
    else:
        text = _("{question} ({Chance}.)")
    chance = firm_words.chance_text(ask)
    return text.format(question=bank_text(ask.question.say), Chance=chance[:1].upper() + chance[1:])


def flip_sentences(verdict: Verdict, shown: int = FLIPS_SHOWN) -> list[str]:
    """The flips that are nearest, a level or two away, and how many more there are."""
    if not _answers_decide(verdict.judgement):
        return []
    if not verdict.flips:
        return [_("No single answer would change it on its own.")]
    nearest = sorted(verdict.flips, key=lambda flip: abs(flip.level - flip.was))
    lines = [firm_words.flip_sentence(flip) for flip in nearest[:shown]]
    more = len(nearest) - len(lines)
    if more > 0:
        lines.append(
            ngettext(
                "And {count} more such change.", "And {count} more such changes.", more
            ).format(count=firm_words.count_words(more))
        )
    return lines


def _answers_decide(judgement: Judgement) -> bool:
    """Whether it is the levels that made it so, rather than a deal-breaker or their absence."""
    return not judgement.confirmed and judgement.recommendation is not Recommendation.UNDECIDED


def to_proceed_sentences(policy: Policy, verdict: Verdict) -> list[str]:
    """What it would take to proceed, where answers alone decide that."""
    if not _answers_decide(verdict.judgement):
        return []
    return firm_words.to_proceed_sentences(verdict.to_proceed, most_to_raise=policy.most_to_raise)


def warning_sentences(judgement: Judgement) -> list[str]:
    """What is doubtful about the answers; where the two views differ is told with the gaps."""
    return [
        firm_words.warning_sentence(warning)
        for warning in judgement.warnings
        if not isinstance(warning, PerceptionGap)
    ]


def gap_sentences(judgement: Judgement) -> list[str]:
    """What to talk about: the facets that are far apart first, those of one kind in one sentence.

    A word of agreement where no gap is worth a talk; empty where no facet has two views.
    """
    if not judgement.gaps:
        return []
    warned = [w.gap for w in judgement.warnings if isinstance(w, PerceptionGap)]
    worth = [gap for gap in judgement.gaps if abs(gap.gap) >= _WORTH_A_TALK and gap not in warned]
    said = [_("The two of you are far apart. {gap}").format(gap=text) for text in _by_kind(warned)]
    said += _by_kind(worth)
    return said or [_("You see much alike whatever you both answered.")]


def _by_kind(gaps: Sequence[Gap]) -> list[str]:
    """One sentence for each kind of gap, the kind with the widest gap first."""
    kinds: dict[tuple[int, bool], list[Gap]] = {}
    for gap in sorted(gaps, key=lambda gap: -abs(gap.gap)):
        kinds.setdefault(firm_words.gap_kind(gap), []).append(gap)
    return [firm_words.gaps_sentence(group) for group in kinds.values()]
