"""The track record on the command line, and marking what came of a decision."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tempfile
from pathlib import Path

import pytest

from fitcheck import cli
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.outcome import Sign
from fitcheck.domain.policy import Action
from fitcheck.domain.track_record import CLAIMS_FROM
from fitcheck.exchange.record_json import record_json
from fitcheck.services import FitCheck
from tests.domain.records import TODAY, early, fitting


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book in which one is due, one was declined and one isn't decided."""
    monkeypatch.setenv("FITCHECK_DATA", str(tmp_path / "data"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    long_ago = dt.date.today() - dt.timedelta(days=100)
    fitcheck = FitCheck.open(tmp_path / "data", lambda: long_ago)
    for name, action in (("Ada", Action.STAGE), ("Bo", Action.DECLINE)):
        fitcheck.decide(fitcheck.add_prospect(Prospect(name)), action)
    fitcheck.add_prospect(Prospect("Cy"))
    fitcheck.close()
    return tmp_path / "data"


def test_whoever_is_due_is_listed_until_it_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["outcome"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    number, _day, action, occasion, name = line.split("\t")
    assert (number, action, occasion, name) == ("1", "stage", "ninety_days", "Ada")
    assert cli.main(["outcome", "1", "--paid", "--again", "--words", "late, but paid"]) == 0
    assert "2 of 4 marks: it came out workable." in capsys.readouterr().out
    assert cli.main(["outcome"]) == 0
    assert capsys.readouterr().out == ""
    assert cli.main(["outcome", "1", "--none", "--occasion", "end"]) == 0
    assert "0 of 4 marks: it came out poorly." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["1"], "Say which marks there are"),
        (["1", "--none", "--paid"], "Say which marks there are"),
        (["2", "--paid"], "They were declined"),
        (["3", "--paid"], "Nothing is decided about them yet"),
        (["9", "--paid"], "There is no prospect 9"),
    ],
)
def test_what_has_no_outcome_is_refused_in_words(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["outcome", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert cli.main(["record", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["engagements"] == []


def test_the_record_is_printed_written_and_given_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["outcome", "1", "--paid", "--words", "=1+1"]) == 0
    capsys.readouterr()
    assert cli.main(["record"]) == 0
    said = capsys.readouterr().out
    assert f"Too early to say anything: {CLAIMS_FROM} more outcomes are needed." in said
    assert "1 prospect was declined" in said
    table, paper = tmp_path / "record.csv", tmp_path / "record.pdf"
    assert cli.main(["record", "--csv", str(table), "--pdf", str(paper), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["outcomes"], found["declined"], found["figures"]) == (0, 1, None)
    (engagement,) = found["engagements"]
    assert (engagement["odds"], engagement["outcome"]["signs"]) == (None, ["paid_on_time"])
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))
    assert rows[1][0] == "Ada"
    assert "'=1+1" in rows[1]
    assert paper.read_bytes().startswith(b"%PDF")


def test_as_json_the_figures_are_whole_and_not_rounded() -> None:
    record = fitting()
    found = json.loads(json.dumps(record_json(record, TODAY)))
    figures = record.track.figures
    assert figures is not None
    assert found["figures"]["brier"] == figures.brier
    assert found["figures"]["murphy"]["resolution"] == figures.murphy.resolution
    assert len(found["figures"]["reliability_diagram"]) == len(figures.diagram)
    assert found["advisers"]["decision"]["loss"] == record.track.final.loss
    assert found["advisers"]["gut"]["loss"] is None
    assert sum(found["engagements"][0]["odds"].values()) == pytest.approx(1)
    assert {sign for each in found["engagements"] for sign in each["outcome"]["signs"]} == {
        sign.value for sign in Sign
    }
    few = record_json(early(), TODAY)
    assert (few["figures"], few["advisers"], few["finding"]) == (None, None, "too_early")
