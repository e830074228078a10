"""The follow-ups on the command line, and in which time zone this computer stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from fitcheck import cli
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.follow_up import Purpose
from fitcheck.here import local_zone, zone_named
from fitcheck.services import FitCheck

DAY = dt.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FITCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TZ", "Europe/Berlin")
    fitcheck = FitCheck.open(tmp_path / "data", lambda: DAY)
    ada = fitcheck.add_prospect(Prospect("Ada\tBell"))
    fitcheck.follow_ups.add(ada, dt.date(2027, 3, 28), Purpose.CHECK_UP, "why", dt.time(2, 30))
    first = fitcheck.follow_ups.add(ada, DAY, Purpose.LOOK_IN)
    fitcheck.follow_ups.add(ada, DAY, Purpose.MARK_OUTCOME)
    fitcheck.follow_ups.done(first.ids)
    fitcheck.close()


def events(file: Path) -> list[Any]:
    return list(Calendar.from_ical(file.read_bytes()).events)


def test_what_is_to_be_done_is_listed_by_its_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["calendar"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-11-21\t\tmark_outcome\tAda Bell",
        "2027-03-28\t02:30\tcheck_up\tAda Bell",
    ]


def test_the_file_names_nobody_unless_asked_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.ics"
    assert cli.main(["calendar", "-o", str(out)]) == 0
    assert b"Ada" not in out.read_bytes()
    whole_day, skipped = events(out)
    assert whole_day["DTSTART"].dt == DAY
    # Half past two does not exist on that night in Berlin.
    assert skipped["DTSTART"].dt == dt.datetime(
        2027, 3, 28, 3, 30, tzinfo=ZoneInfo("Europe/Berlin")
    )
    assert cli.main(["calendar", "-o", str(out), "--names", "--reasons"]) == 0
    assert [("Ada" in str(event["SUMMARY"])) for event in events(out)] == [True, True]
    assert events(out)[1]["DESCRIPTION"] == "why"
    assert cli.main(["calendar", "--names"]) == 2
    assert "-o" in capsys.readouterr().err


def test_the_zone_is_the_one_that_is_told_or_that_the_system_links_to(tmp_path: Path) -> None:
    assert local_zone({"TZ": ":Asia/Kathmandu"}) == ZoneInfo("Asia/Kathmandu")
    zones = tmp_path / "zoneinfo" / "Europe"
    zones.mkdir(parents=True)
    (zones / "Berlin").touch()
    link = tmp_path / "localtime"
    link.symlink_to(zones / "Berlin")
    assert local_zone({}, link) == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "name", ["CET-1CEST,M3.5.0", "../../etc/passwd", "Europe", "no/such", "\0"]
)
def test_where_no_zone_is_named_that_calendars_know_there_is_none(
    tmp_path: Path, name: str
) -> None:
    assert zone_named(name) is None
    assert local_zone({"TZ": name}) is None
    assert local_zone({}, tmp_path / "localtime") is None
