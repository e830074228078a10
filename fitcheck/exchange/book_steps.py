"""The steps of a pre-consultation phase as a whole book's file has them."""

from __future__ import annotations

from collections.abc import Mapping

from fitcheck.domain.book_years import BookForecast
from fitcheck.domain.period import Decision, Extension, Opening, Period, Reopening, Step
from fitcheck.domain.whole_book import BookStep


def steps_of(
    period: Period, forecasts: Mapping[int, BookForecast] | None = None
) -> tuple[BookStep, ...]:
    """Every step of a period; ``forecasts`` are those of its decisions, by their place in it."""
    known = forecasts or {}
    return tuple(_written(step, known.get(place)) for place, step in enumerate(period.steps))


def _written(step: Step, forecast: BookForecast | None) -> BookStep:
    match step:
        case Opening(on, until):
            return BookStep("opened", on, until)
        case Extension(on, until, reason):
            return BookStep("extended", on, until, words=reason)
        case Decision(on, action, words):
            return BookStep("decided", on, action=action, words=words, forecast=forecast)
        case Reopening(on):
            return BookStep("reopened", on)


def period_of(steps: tuple[BookStep, ...]) -> Period:
    """The period of these steps; raises ``ValueError`` for one that can't follow those before."""
    if not steps or steps[0].step != "opened":
        raise ValueError("it begins with being opened")
    period = Period((_read(steps[0]),))
    for each in steps[1:]:
        step = _read(each)
        period.check(step)
        period = Period((*period.steps, step))
    return period


def _read(step: BookStep) -> Step:
    if step.forecast is not None and step.step != "decided":
        raise ValueError("only a decision has a forecast")
    match step.step:
        case "opened":
            return Opening(step.on, step.until)
        case "extended":
            if step.until is None:
                raise ValueError("an extension has another end")
            return Extension(step.on, step.until, step.words)
        case "decided":
            if step.action is None:
                raise ValueError("a decision says what was decided")
            return Decision(step.on, step.action, step.words)
        case "reopened":
            return Reopening(step.on)
