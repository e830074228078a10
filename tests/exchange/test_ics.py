"""Follow-ups as a calendar's file, read back by a calendar library."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from fitcheck.domain.follow_up import FollowUp, Move, Purpose
from fitcheck.exchange.ics import CalendarEntry, moment, write_ics

BERLIN = ZoneInfo("Europe/Berlin")
NOW = dt.datetime(2026, 11, 22, 12, 0, 0, 5, ZoneInfo("America/New_York"))
LEAP_DAY = dt.date(2028, 2, 29)
SPRING = dt.date(2027, 3, 28)
AUTUMN = dt.date(2027, 10, 31)
ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Tokyo",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "America/Santiago",
        "UTC",
    ]
).map(ZoneInfo)


def entry(
    day: dt.date, at: dt.time | None = None, reason: str = "", name: str = ""
) -> CalendarEntry:
    return CalendarEntry(FollowUp(day, Purpose.LOOK_IN, reason, at, uid=UUID(int=7)), name)


def written(*entries: CalendarEntry, zone: ZoneInfo = BERLIN, chosen: bool = False) -> bytes:
    return write_ics(entries, NOW, zone, with_names=chosen, with_reasons=chosen)


def read(file: bytes) -> tuple[Any, ...]:
    """The events; without types, since for the library a property may be of some thirty."""
    calendar = Calendar.from_ical(file)
    assert all(not each.errors for each in calendar.walk())
    return tuple(calendar.events)


def test_without_a_time_it_is_a_mere_date_that_no_zone_can_shift() -> None:
    file = written(entry(LEAP_DAY))
    assert file == written(entry(LEAP_DAY), zone=ZoneInfo("Pacific/Kiritimati"))
    assert b"DTSTART;VALUE=DATE:20280229\r\n" in file
    assert b"DTEND;VALUE=DATE:20280301\r\n" in file
    assert b"TZID" not in file
    (event,) = read(file)
    assert event["TRANSP"] == "TRANSPARENT"
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == dt.timedelta(hours=9)


def test_the_last_day_that_there_is_has_no_next() -> None:
    (event,) = read(written(entry(dt.date.max)))
    assert "DTEND" not in event


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_where_a_time_may_be_in_no_year_the_whole_day_is_meant(day: dt.date) -> None:
    (event,) = read(written(entry(day, dt.time(23, 30)), zone=ZoneInfo("America/New_York")))
    assert event["DTSTART"].dt == day


def test_a_slip_of_the_pen_takes_no_thousand_years_of_clock_changes() -> None:
    file = written(entry(SPRING, dt.time(9)), entry(dt.date(9026, 3, 28), dt.time(9)))
    # Each of the two years with how it began, and its two changes.
    assert file.count(b"TZOFFSETTO") == 6


def test_it_is_stamped_in_universal_time() -> None:
    assert b"DTSTAMP:20261122T170000Z\r\n" in written(entry(LEAP_DAY))


def test_nothing_private_is_in_it_unless_chosen() -> None:
    ada = entry(LEAP_DAY, reason="their budget round", name="Ada Lovelace")
    file = written(ada)
    assert b"Ada" not in file
    assert b"budget" not in file
    (event,) = read(file)
    assert event["SUMMARY"] == "FitCheck: Look in again"
    assert event["CLASS"] == "PRIVATE"
    (event,) = read(written(ada, chosen=True))
    assert event["SUMMARY"] == "Look in again: Ada Lovelace"
    assert event["DESCRIPTION"] == "their budget round"
    assert "Ada" not in repr(ada)


def test_what_was_moved_is_the_same_event_and_newer() -> None:
    follow_up = FollowUp(LEAP_DAY, Purpose.CHECK_UP)
    moved = follow_up.moved(Move(LEAP_DAY, LEAP_DAY + dt.timedelta(1)))
    (before,), (after,) = (read(written(CalendarEntry(each))) for each in (follow_up, moved))
    assert before["UID"] == after["UID"] == str(follow_up.uid)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTART"].dt == LEAP_DAY + dt.timedelta(1)


def test_what_is_done_is_left_out() -> None:
    done = FollowUp(LEAP_DAY, Purpose.CHECK_UP).done(LEAP_DAY)
    assert read(written(CalendarEntry(done))) == ()


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (SPRING, dt.time(1, 59), "00:59"),
        (SPRING, dt.time(2, 30), "01:30"),  # skipped: half past three
        (SPRING, dt.time(3, 30), "01:30"),
        (AUTUMN, dt.time(2, 30), "00:30"),  # comes twice: the first
        (AUTUMN, dt.time(3, 0), "02:00"),
    ],
)
def test_a_time_is_right_on_the_days_on_which_the_clock_changes(
    day: dt.date, at: dt.time, utc: str
) -> None:
    found = moment(day, at, BERLIN)
    assert found.astimezone(dt.UTC).time() == dt.time.fromisoformat(utc)
    (event,) = read(written(entry(day, at)))
    assert event["DTSTART"].dt == found
    assert event["DURATION"].dt == dt.timedelta(minutes=30)


@pytest.mark.parametrize(
    ("day", "at"), [(SPRING, dt.time(2, 30)), (AUTUMN, dt.time(2, 30)), (SPRING, dt.time(12))]
)
def test_without_a_zone_a_time_is_the_calendars_own(day: dt.date, at: dt.time) -> None:
    file = write_ics([entry(day, at)], NOW, None)
    assert b"TZID" not in file
    assert b"VTIMEZONE" not in file
    start = f"DTSTART:{day:%Y%m%d}T{at:%H%M%S}\r\n"
    assert start.encode() in file
    (event,) = read(file)
    assert event["DTSTART"].dt == dt.datetime.combine(day, at)
    assert event["DURATION"].dt == dt.timedelta(minutes=30)


def test_an_hour_that_comes_twice_is_the_first_even_if_the_second_is_given() -> None:
    twice = entry(AUTUMN, dt.time(2, 30, fold=1))
    assert written(twice) == written(entry(AUTUMN, dt.time(2, 30)))


def test_days_with_and_without_a_time_stand_side_by_side_in_one_zone() -> None:
    file = written(entry(SPRING), entry(SPRING, dt.time(9)), entry(AUTUMN, dt.time(9)))
    assert file.count(b"BEGIN:VTIMEZONE") == 1
    whole_day, spring, autumn = read(file)
    assert whole_day["DTSTART"].dt == SPRING
    offsets = [each["DTSTART"].dt.utcoffset() for each in (spring, autumn)]
    assert offsets == [dt.timedelta(hours=2), dt.timedelta(hours=1)]


def offset_in_file(calendar: Any, local: dt.datetime) -> dt.timedelta:
    """What RFC 5545 says of a local time: the rule whose onset is the last before it."""
    parts = [part for zone in calendar.walk("VTIMEZONE") for part in zone.subcomponents]
    before = [part for part in parts if part["DTSTART"].dt <= local]
    offset = max(before, key=lambda part: part["DTSTART"].dt)["TZOFFSETTO"].td
    assert isinstance(offset, dt.timedelta)
    return offset


@settings(deadline=None, max_examples=40)
@given(ZONES, st.dates(dt.date(2026, 1, 1), dt.date(2031, 12, 31)), st.times())
def test_the_zone_in_the_file_says_what_the_systems_zone_says(
    zone: ZoneInfo, day: dt.date, time: dt.time
) -> None:
    at = time.replace(second=0, microsecond=0)
    file = written(entry(day, at), zone=zone)
    local = moment(day, at, zone)
    if zone.key != "UTC":
        assert f"DTSTART;TZID={zone.key}:".encode() in file
        assert offset_in_file(Calendar.from_ical(file), local.replace(tzinfo=None)) == (
            local.utcoffset()
        )
    (event,) = read(file)
    assert event["DTSTART"].dt == local


@pytest.mark.parametrize("minutes", [-1, 0, 59, 60])
def test_summer_time_begins_when_it_does(minutes: int) -> None:
    """As icalendar 7.3 itself would write it, it begins an hour late."""
    at = dt.datetime(2027, 3, 28, 1, 0, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    local = at.astimezone(BERLIN).replace(tzinfo=None)
    calendar = Calendar.from_ical(written(entry(local.date(), local.time())))
    assert offset_in_file(calendar, local) == at.astimezone(BERLIN).utcoffset()


def test_what_looks_like_a_line_break_and_is_none_stays_so() -> None:
    """As icalendar 7.3 itself would write it, it becomes one."""
    file = written(entry(LEAP_DAY, reason="C:\\New\nC:\\new, old; ours"), chosen=True)
    assert rb"DESCRIPTION:C:\\New\nC:\\new\, old\; ours" in file


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1), st.text(st.sampled_from('ü€😀\\,;:"\r\n\t\x00\x07 BEGIN:')))
def test_any_text_comes_back_and_every_line_is_short(name: str, reason: str) -> None:
    file = written(entry(LEAP_DAY, reason=reason, name=name), chosen=True)
    assert file.endswith(b"\r\nEND:VCALENDAR\r\n")
    for line in file.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
        assert not any(byte < 0x20 and byte != 0x09 for byte in line)
    (event,) = read(file)
    said = reason.replace("\r\n", "\n").replace("\r", "\n")
    said = said.replace("\x00", "").replace("\x07", "")
    assert str(event.get("DESCRIPTION", "")) == said
