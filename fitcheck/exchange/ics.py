"""Follow-ups as an iCalendar file (RFC 5545), for whichever calendar the consultant keeps.

Each is an event and no to-do: Google's and Outlook's calendars pass over a to-do without a word,
while every calendar takes an event. One without a time lasts the whole day as a mere date, which no
time zone can shift, and leaves the day free; its alarm comes at nine on the calendar's own clock.

Calendars are shared, synchronised and shown on locked screens. So a file names nobody and gives no
reason unless the consultant chose that, and each event is marked as private.

The library ``icalendar`` builds and folds. Four faults of it (7.3) are mended here: in a text it
lets through control characters, which the format forbids, and takes a typed ``\\N`` for a line
break; it accepts a time that the clock skips; and the ``VTIMEZONE`` that it can make up begins
summer time an hour late, since it gives the onset in the new offset where RFC 5545 (3.6.5) wants
the old one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from fitcheck.domain.follow_up import FollowUp
from fitcheck.follow_up_words import calendar_title

ALARM_AT = dt.timedelta(hours=9)
"""After midnight, for an event that lasts the whole day."""

ALARM_BEFORE = dt.timedelta(minutes=-15)
LASTS = dt.timedelta(minutes=30)
"""For the twelve-minute inquiry, and what is said around it."""

_DAY = dt.timedelta(days=1)
_SECOND = dt.timedelta(seconds=1)
_ESCAPED = re.compile(r"[\\;,]")
# All that a TEXT may not hold; a line feed is escaped.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class CalendarEntry:
    """A follow-up, and whom it is about."""

    follow_up: FollowUp
    name: str = field(default="", repr=False)


def write_ics(
    entries: Iterable[CalendarEntry],
    now: dt.datetime,
    zone: ZoneInfo | None,
    *,
    with_names: bool = False,
    with_reasons: bool = False,
) -> bytes:
    """The file; what is done is left out.

    ``now`` is an aware time, ``zone`` where the consultant's clock stands; without one a time is
    whatever the calendar's own clock says then (RFC 5545 calls it floating). Written once more
    after a follow-up was moved, the file moves the event, since it keeps its ``UID``.
    """
    stamp = now.astimezone(dt.UTC).replace(microsecond=0)
    calendar = Calendar()
    calendar.add("prodid", "-//FitCheck//FitCheck//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    open_ones = [entry for entry in entries if entry.follow_up.done_on is None]
    years = {start.year for entry in open_ones if (start := _start(entry.follow_up, zone))}
    if years and zone is not None:
        calendar.add_component(_timezone(zone, years))
    for entry in open_ones:
        title = calendar_title(entry.follow_up.purpose, entry.name if with_names else "")
        reason = entry.follow_up.reason if with_reasons else ""
        calendar.add_component(_event(entry.follow_up, title, reason, stamp, zone))
    file: bytes = calendar.to_ical()
    return file


def moment(day: dt.date, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    """That time on that day; half past two is half past three where the clock skips the hour.

    Where it comes twice, the first is meant (RFC 5545, 3.3.5).
    """
    local = dt.datetime.combine(day, at.replace(tzinfo=None, fold=0), zone)
    return local.astimezone(dt.UTC).astimezone(zone).replace(fold=0)


def _start(follow_up: FollowUp, zone: ZoneInfo | None) -> dt.datetime | None:
    """When it begins; ``None`` where it lasts the whole day.

    So does one in the first or the last year that there is, whose time may be in no year elsewhere.
    """
    if follow_up.at is None or not dt.MINYEAR < follow_up.on.year < dt.MAXYEAR:
        return None
    if zone is None:
        return dt.datetime.combine(follow_up.on, follow_up.at.replace(tzinfo=None, fold=0))
    return moment(follow_up.on, follow_up.at, zone)


def _event(
    follow_up: FollowUp, title: str, reason: str, stamp: dt.datetime, zone: ZoneInfo | None
) -> Event:
    event = Event()
    event.add("uid", str(follow_up.uid))
    event.add("dtstamp", stamp)
    # A calendar that holds the event already takes over what has a higher number.
    event.add("sequence", len(follow_up.moves))
    start = _start(follow_up, zone)
    if start is None:
        event.add("dtstart", follow_up.on)
        if follow_up.on < dt.date.max:
            event.add("dtend", follow_up.on + _DAY)
    else:
        event.add("dtstart", start)
        event.add("duration", LASTS)
    event.add("summary", _Text(title))
    if reason:
        event.add("description", _Text(reason))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if start is None else "OPAQUE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Text(title))
    alarm.add("trigger", ALARM_AT if start is None else ALARM_BEFORE)
    event.add_component(alarm)
    return event


class _Text(vText):
    """A text without what the format forbids, and with no more escaped than there is."""

    def to_ical(self) -> bytes:
        text = _CONTROL.sub("", self.replace("\r\n", "\n").replace("\r", "\n"))
        return _ESCAPED.sub(r"\\\g<0>", text).replace("\n", r"\n").encode()


def _timezone(zone: ZoneInfo, years: Iterable[int]) -> Timezone:
    """What the clock does in these years: one by one, since a slip of the pen may be far off."""
    timezone = Timezone()
    timezone.add("tzid", zone.key)
    for year in sorted(years):
        begin = dt.datetime(year, 1, 1, tzinfo=dt.UTC) - _DAY
        end = dt.datetime(year, 12, 31, tzinfo=dt.UTC) + _DAY
        for onset, before in [(begin, begin - _SECOND), *_changes(zone, begin, end)]:
            after, was = onset.astimezone(zone), before.astimezone(zone)
            part = TimezoneDaylight() if after.dst() else TimezoneStandard()
            offset = was.utcoffset() or dt.timedelta()
            part.add("dtstart", onset.replace(tzinfo=None) + offset)
            part.add("tzoffsetfrom", offset)
            part.add("tzoffsetto", after.utcoffset())
            part.add("tzname", after.tzname())
            timezone.add_component(part)
    return timezone


def _changes(
    zone: ZoneInfo, begin: dt.datetime, end: dt.datetime
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Each first second of another offset in UTC, with the second before it."""
    day = begin
    while day < end:
        low, high = day, day + _DAY
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            was = low.astimezone(zone).utcoffset()
            while high - low > _SECOND:
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                if middle.astimezone(zone).utcoffset() == was:
                    low = middle
                else:
                    high = middle
            yield high, low
        day += _DAY
