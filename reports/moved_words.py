"""What moved since the last assessment, in sentences for the consultant (I1, I25)."""

from __future__ import annotations

from dataclasses import dataclass

from fitcheck.domain.bank import Side
from fitcheck.domain.moved import AnswerMove, AxisMove, DealBreakerMove, Given, Moved
from fitcheck.i18n import _, ngettext
from reports import words


@dataclass(frozen=True)
class MovedLines:
    """The section as it is shown and printed; what there is none of is empty."""

    heading: str
    sentences: tuple[str, ...]
    answers_heading: str
    answers: tuple[str, ...]
    deal_breakers_heading: str
    deal_breakers: tuple[str, ...]


def moved_lines(moved: Moved) -> MovedLines:
    """The whole section; its first sentence is about the recommendation."""
    sentences = [_recommendation(moved)]
    if not (moved.answers or moved.deal_breakers):
        sentences.append(_("No answer and no deal-breaker says anything else than it did."))
    if moved.other_rules:
        sentences.append(
            _(
                "It was judged by other rules then (bank, policy or appetite): part of what moved "
                "may be due to those."
            )
        )
    return MovedLines(
        heading=_("What moved since {date}").format(date=words.date_text(moved.since)),
        sentences=tuple(sentences),
        answers_heading=_("Answers that changed"),
        answers=tuple(map(_answer, moved.answers)),
        deal_breakers_heading=_("Deal-breakers that changed"),
        deal_breakers=tuple(map(_deal_breaker, moved.deal_breakers)),
    )


def axis_text(move: AxisMove) -> str:
    """How the score of an axis moved, "55% → 64%, up 9 points"."""
    then, now = words.whole_percent(move.then.score), words.whole_percent(move.now.score)
    figures = _("{then}% → {now}%").format(then=then, now=now)
    if then == now:
        return _("{then}%, as it was").format(then=then)
    points = abs(now - then)
    how = (
        ngettext("up {points} point", "up {points} points", points)
        if now > then
        else ngettext("down {points} point", "down {points} points", points)
    )
    return f"{figures}, {how.format(points=points)}"


def axes_text(moved: Moved) -> str:
    """Every axis in words, with the ranges that a chart of the scores leaves out."""
    return " ".join(
        _("{axis}: then {then}, now {now}.").format(
            axis=words.axis_name(move.axis),
            then=words.range_text(move.then),
            now=words.range_text(move.now),
        )
        for move in moved.axes
    )


def _recommendation(moved: Moved) -> str:
    now = words.recommendation_name(moved.now)
    if moved.then is moved.now:
        return _("The recommendation is what it was: {now}.").format(now=now)
    then = words.recommendation_name(moved.then)
    return _("The recommendation has moved from “{then}” to “{now}”.").format(then=then, now=now)


def _answer(move: AnswerMove) -> str:
    facet = words.bank_text(move.question.facet.name)
    if move.question.side is Side.PROSPECT:
        facet = _("{facet}, as they see it").format(facet=facet)
    evidence_alone = move.then.value == move.now.value
    then, now = (_given(each, evidence_alone) for each in (move.then, move.now))
    return _("{facet}: {then} → {now}").format(facet=facet, then=then, now=now)


def _given(given: Given, evidence_alone: bool) -> str:
    value = given.value
    if value is None:
        return _("not answered")
    if not isinstance(value, int):
        return words.mark_name(value)
    level = words.level_text(value)
    if not evidence_alone or given.evidence is None:
        return level
    evidence = words.evidence_name(given.evidence)
    return _("{level} ({evidence})").format(level=level, evidence=evidence)


def _deal_breaker(move: DealBreakerMove) -> str:
    now = words.deal_breaker_state_name(move.now) if move.now else _("no longer asked about")
    return _("{then} → {now}: {text}").format(
        then=words.deal_breaker_state_name(move.then), now=now, text=words.bank_text(move.text)
    )
