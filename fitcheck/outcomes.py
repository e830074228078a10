"""What came of the decisions, and how well the odds of each had been (judgement.md, section 9).

The odds are frozen when a decision is taken. Of decisions that are older than that, they are
worked out when they are first needed, from what had been answered by then, and kept from then on;
where that can't be known any more, it is said why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from fitcheck.changes import apply
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank
from fitcheck.domain.forecast import Engagement, Forecast, NoForecast, forecast_of
from fitcheck.domain.outcome import Occasion, Outcome, Sign, to_mark
from fitcheck.domain.policy import Action, Policy
from fitcheck.domain.record import Record
from fitcheck.domain.track_record import track_record
from fitcheck.errors import FitCheckError
from fitcheck.following_up import Done, FollowUps
from fitcheck.i18n import _
from fitcheck.store.book import Book

MOST_SHOWN = 200
"""Engagements in one list; whoever is looked for among more is searched."""

MOST_COUNTED = 99


class NoOutcome(FitCheckError):  # noqa: N818 - it is the outcome that isn't there
    """There is nothing that could have an outcome."""


class Outcomes:
    """Hung on :class:`fitcheck.services.FitCheck`.

    ``rules`` are those that judge an assessment, ``KeyError`` where they can't be had; ``policy``
    is the one in force.
    """

    def __init__(
        self,
        book: Book,
        today: Callable[[], dt.date],
        rules: Callable[[Assessment], tuple[Bank, Policy]],
        policy: Callable[[], Policy],
        follow_ups: FollowUps,
    ) -> None:
        self._book = book
        self._today = today
        self._rules = rules
        self._policy = policy
        self._follow_ups = follow_ups
        self._ticked_off: dict[int, Done] = {}

    # Odds at a decision

    def forecast_now(self, prospect_id: int, final: Action) -> Forecast | None:
        """The odds to be kept with a decision of today; ``None`` where there are none."""
        found = self._forecast(prospect_id, self._today(), final)
        return found if isinstance(found, Forecast) else None

    def _forecast(self, prospect_id: int, day: dt.date, final: Action) -> Forecast | NoForecast:
        """What the last finished assessment until ``day`` says, by its own rules.

        What was changed in it later is taken back first: that knows better.
        """
        self._book.settle()  # or the last answers, or the finish itself, might be missing
        by_then = (
            line
            for line in self._book.assessments(prospect_id)
            if line.finished and line.date <= day
        )
        line = next(by_then, None)
        if line is None:
            return NoForecast.NOT_ASSESSED
        assessment = self._book.assessment(line.id)
        answered = bool(assessment.answers)
        for change in self._book.outcomes.changed_after(line.id, day):
            assessment = apply(assessment, change.inverse)
        if answered and not assessment.answers:
            return NoForecast.NOT_ASSESSED  # by then
        try:
            bank, policy = self._rules(assessment)
        except KeyError:
            return NoForecast.RULES_UNKNOWN
        return forecast_of(assessment, bank, policy, final)

    # Marking

    def due(self) -> int:
        """How many outcomes are to be marked, counted up to one more than ``MOST_COUNTED``."""
        return self._book.outcomes.count_due(self._today(), MOST_COUNTED + 1)

    def to_mark(self, most: int = MOST_SHOWN) -> tuple[Engagement, ...]:
        """Whose outcome is to be marked, longest decided first."""
        return self._book.outcomes.due(self._today(), most)

    def running(self, search: str = "", most: int = MOST_SHOWN) -> tuple[Engagement, ...]:
        """All that an outcome can be marked of, due or not, last decided first."""
        return self._book.outcomes.standing(search, most)

    def engagement(self, prospect_id: int) -> Engagement:
        """What can be marked of a prospect. Raises :class:`NoOutcome`, saying why not."""
        found = self._book.outcomes.of(prospect_id)
        if found is not None:
            return found
        decision = self._book.periods.period(prospect_id).decision
        if decision is not None:
            raise NoOutcome(
                _("They were declined. Whoever was declined has no outcome to be marked.")
            )
        raise NoOutcome(
            _("Nothing is decided about them yet: an outcome is marked of what was decided.")
        )

    def occasion(self, engagement: Engagement) -> Occasion:
        """The occasion that is due; where none is, the end, which may come at any time."""
        marked = frozenset(each.occasion for each in engagement.outcomes)
        due = to_mark(engagement.final, engagement.decided_on, marked, self._today())
        return due or Occasion.END

    def is_due(self, engagement: Engagement) -> bool:
        marked = frozenset(each.occasion for each in engagement.outcomes)
        return to_mark(engagement.final, engagement.decided_on, marked, self._today()) is not None

    def mark(
        self,
        prospect_id: int,
        signs: frozenset[Sign],
        words: str = "",
        occasion: Occasion | None = None,
    ) -> int:
        """Mark an outcome, or mark it again, and return its id once it is safely written.

        Without an ``occasion`` it is the one that is due. What was marked before stays to be read.
        Raises :class:`NoOutcome`.
        """
        engagement = self.engagement(prospect_id)
        # Whatever the clock says, it is marked after it was decided.
        on = max(self._today(), engagement.decided_on)
        outcome = Outcome(occasion or self.occasion(engagement), on, signs, words.strip())
        self._frozen((engagement,))
        id_ = self._book.outcomes.mark(engagement, outcome).result()
        with suppress(FitCheckError):  # it is marked; that it was to be stays on the agenda then
            marked = self._follow_ups.outcome_marked(prospect_id, outcome.occasion)
            self._ticked_off[id_] = marked
        return id_

    def take_back(self, outcome_id: int) -> None:
        """Remove an outcome that was marked by mistake. ``KeyError`` where there is none."""
        self._book.outcomes.take_back(outcome_id).result()
        done = self._ticked_off.pop(outcome_id, None)
        if done is not None:
            with suppress(FitCheckError, KeyError):  # who it was about may be gone
                self._follow_ups.undo(done)

    # The record

    def record(self) -> Record:
        """All of it, as it stands; losses are those of the policy in force."""
        engagements = self._frozen(self._book.outcomes.marked())
        cases = [case for each in engagements if (case := each.case) is not None]
        track = track_record(cases, self._policy().losses)
        return Record(track, engagements, self._book.outcomes.declined())

    def _frozen(self, engagements: tuple[Engagement, ...]) -> tuple[Engagement, ...]:
        """The same, each with its odds, which are kept from now on, or with why there are none."""
        found: dict[int, Forecast | NoForecast] = {}
        for each in engagements:
            if each.forecast is None:
                found[each.step_id] = self._forecast(each.prospect_id, each.decided_on, each.final)
        made = [
            (each, forecast)
            for each in engagements
            if isinstance(forecast := found.get(each.step_id), Forecast)
        ]
        if made:
            # Not waited for: where the disk refuses, it is worked out again the next time.
            self._book.outcomes.freeze(made)
        return tuple(
            replace(each, forecast=found.get(each.step_id, each.forecast)) for each in engagements
        )
