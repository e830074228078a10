"""Follow-ups in short sentences, for the consultant (I25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from fitcheck.domain.follow_up import Entry, FollowUp, Offer, Purpose, Standing
from fitcheck.follow_up_words import purpose_name
from fitcheck.i18n import N_, _, ngettext
from reports.words import day_text, time_text

_STANDINGS = {
    Standing.OVERDUE: N_("Overdue"),
    Standing.DUE: N_("Due today"),
    Standing.COMING: N_("In the next two weeks"),
    Standing.LATER: N_("Later"),
    Standing.DONE: N_("Done"),
}

_USUAL = {
    Purpose.LOOK_IN: N_("look in again on {days}"),
    Purpose.CHECK_UP: N_("check up on {days}"),
    Purpose.MARK_OUTCOME: N_("mark how it came out on {days}"),
    Purpose.RE_ASSESS: N_("assess again on {days}"),
    Purpose.PHASE_END: N_("decide on {days}"),
}


def standing_name(standing: Standing) -> str:
    return _(_STANDINGS[standing])


def section_text(standing: Standing, count: int) -> str:
    """The heading of a section, with how many there are in it."""
    return _("{section}: {count}").format(section=standing_name(standing), count=count)


def when_text(follow_up: FollowUp, today: dt.date) -> str:
    """The day, and the time where there is one: "21 December, 14:30"."""
    day = day_text(follow_up.on, today)
    if follow_up.at is None:
        return day
    return _("{date}, {time}").format(date=day, time=time_text(follow_up.at))


def ahead_text(follow_up: FollowUp, today: dt.date) -> str:
    """How far off the day is: "3 days late", "today", "in 5 days"."""
    days = (follow_up.on - today).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("{count} day late", "{count} days late", -days).format(count=-days)
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


def since_text(follow_up: FollowUp, today: dt.date) -> str:
    """ "Due today", "Overdue since 12 November" or the day, for a line of its own."""
    day = when_text(follow_up, today)
    match follow_up.standing(today):
        case Standing.DUE if follow_up.at is not None:
            return _("Due today, {time}").format(time=time_text(follow_up.at))
        case Standing.DUE:
            return _("Due today")
        case Standing.OVERDUE:
            return _("Overdue since {date}").format(date=day)
        case _:
            return day


def line_text(follow_up: FollowUp, today: dt.date) -> str:
    """A follow-up of somebody who is known: "Overdue since 12 November: Check up"."""
    return _("{when}: {what}").format(
        when=since_text(follow_up, today), what=purpose_name(follow_up.purpose)
    )


def done_text(follow_up: FollowUp, today: dt.date) -> str:
    """What was done, and when."""
    done = follow_up.done_on
    assert done is not None
    return _("Done on {date}: {what}").format(
        date=day_text(done, today), what=purpose_name(follow_up.purpose)
    )


def spoken_text(entry: Entry, today: dt.date) -> str:
    """A line of the agenda as a screen reader says it."""
    follow_up = entry.follow_up
    parts = (
        entry.name,
        entry.organisation,
        purpose_name(follow_up.purpose),
        since_text(follow_up, today),
        follow_up.reason,
    )
    return ", ".join(part for part in parts if part)


def moves_text(follow_up: FollowUp, today: dt.date) -> str:
    """How often it was put off, from when, and why the last time; empty where it never was."""
    count = len(follow_up.moves)
    if not count:
        return ""
    said = ngettext(
        "Moved once, from {date}", "Moved {count} times, at first planned for {date}", count
    ).format(count=count, date=day_text(follow_up.planned_on, today))
    reason = follow_up.moves[-1].reason
    if reason:
        return _("{said}. The last time: {reason}").format(said=said, reason=reason)
    return _("{said}.").format(said=said)


def strip_heading(overdue: int, due: int) -> str:
    """How many are due on the first page; empty where none are."""
    late = ngettext("{count} follow-up overdue", "{count} follow-ups overdue", overdue)
    if not due:
        return late.format(count=overdue) if overdue else ""
    if not overdue:
        said = ngettext("{count} follow-up due today", "{count} follow-ups due today", due)
        return said.format(count=due)
    return _("{late}, {count} due today").format(late=late.format(count=overdue), count=due)


def strip_text(entries: Sequence[Entry], more: int, today: dt.date) -> str:
    """The first few that are due: who, what for and since when. No reason: others may look on."""
    said = [
        _("{name}: {what} ({when})").format(
            name=entry.name,
            what=purpose_name(entry.follow_up.purpose),
            when=_since(entry.follow_up, today),
        )
        for entry in entries
    ]
    if more:
        said.append(ngettext("{count} more", "{count} more", more).format(count=more))
    return " · ".join(said)


def _since(follow_up: FollowUp, today: dt.date) -> str:
    if follow_up.on >= today:
        return _("today")
    return _("since {date}").format(date=day_text(follow_up.on, today))


def offer_text(offer: Offer, name: str, today: dt.date) -> str:
    """What is worth planning after a decision, and what no longer fits it, in a sentence each."""
    by_purpose: dict[Purpose, list[str]] = {}
    for each in offer.suggestions:
        by_purpose.setdefault(each.purpose, []).append(day_text(each.on, today))
    sentences = []
    if by_purpose:
        parts = [
            _(_USUAL[purpose]).format(days=_listed(days)) for purpose, days in by_purpose.items()
        ]
        said = _("Plan for {name}: {parts}.")
        sentences.append(said.format(name=name, parts="; ".join(parts)))
    if offer.outdated:
        count = len(offer.outdated)
        sentences.append(
            ngettext(
                "Take away {count} follow-up that was planned for another decision.",
                "Take away {count} follow-ups that were planned for another decision.",
                count,
            ).format(count=count)
        )
    return " ".join(sentences)


def taken_text(planned: int, removed: int, name: str) -> str:
    """What came of an offer that was taken up."""
    said = []
    if planned:
        said.append(
            ngettext(
                "{count} follow-up planned for {name}.",
                "{count} follow-ups planned for {name}.",
                planned,
            ).format(count=planned, name=name)
        )
    if removed:
        said.append(
            ngettext(
                "{count} follow-up taken away.", "{count} follow-ups taken away.", removed
            ).format(count=removed)
        )
    return " ".join(said)


def _listed(days: list[str]) -> str:
    if len(days) == 1:
        return days[0]
    return _("{first} and {last}").format(first=", ".join(days[:-1]), last=days[-1])
