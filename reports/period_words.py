"""The pre-consultation phase of a prospect in short sentences, for the consultant (I1)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fitcheck.i18n import _, ngettext
from reports.term_words import action_name, day_text

if TYPE_CHECKING:
    from fitcheck.domain.period import Decision, Period


def period_sentence(period: Period, today: dt.date) -> str:
    """Where the phase stands: "Open since 3 November, until 17 November, extended once: why"."""
    if period.decision is not None:
        return decision_sentence(period.decision, today)
    opened = day_text(period.opened, today)
    if period.until is None:
        said = _("Open since {opened}, without a planned end").format(opened=opened)
    else:
        until = day_text(period.until, today)
        said = _("Open since {opened}, until {until}").format(opened=opened, until=until)
    count = len(period.extensions)
    if not count:
        return _("{said}.").format(said=said)
    return ngettext(
        "{said}, extended once: {reason}", "{said}, extended {count} times, last: {reason}", count
    ).format(said=said, count=count, reason=period.extensions[-1].reason)


def decision_sentence(decision: Decision, today: dt.date) -> str:
    """What was decided and when, with the consultant's own words where there are any."""
    said = _("Decided on {date}: {action}.").format(
        date=day_text(decision.on, today), action=action_name(decision.action)
    )
    if not decision.words:
        return said
    return _("{said} “{words}”").format(said=said, words=decision.words)


def history_sentences(period: Period, today: dt.date) -> list[str]:
    """What no longer stands: the earlier extensions, and every decision that was taken back."""
    sentences = [
        _("Extended on {date} until {until}: {reason}").format(
            date=day_text(step.on, today), until=day_text(step.until, today), reason=step.reason
        )
        for step in period.extensions
    ]
    if period.decision is None:
        sentences = sentences[:-1]
    for decision, reopening in period.taken_back:
        sentences.append(
            _("Reopened on {date}. Before that: {decision}").format(
                date=day_text(reopening.on, today), decision=decision_sentence(decision, today)
            )
        )
    return sentences


def due_text(until: dt.date | None, today: dt.date) -> str:
    """ "Due today", or since when it is overdue; empty where nothing is due."""
    if until is None or until > today:
        return ""
    if until == today:
        return _("Due today")
    return _("Overdue since {date}").format(date=day_text(until, today))


def due_mark(until: dt.date | None, today: dt.date) -> str:
    """The same in a word or two, for a list."""
    if until is None or until > today:
        return ""
    return _("Due today") if until == today else _("Overdue")
