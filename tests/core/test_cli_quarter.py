"""A quarter on the command line: printed, as JSON, as a table and as a document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fitcheck import cli
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.policy import Action
from fitcheck.services import FitCheck
from reports.pages import page_texts


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book in which somebody is met and declined today."""
    folder = tmp_path / "data"
    monkeypatch.setenv("FITCHECK_DATA", str(folder))
    fitcheck = FitCheck.open(folder)
    ada = fitcheck.add_prospect(Prospect("Ada Bell", met_at="Fair"))
    fitcheck.decide(ada, Action.DECLINE, "not our craft")
    fitcheck.close()
    return folder


def test_this_quarter_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["quarter"]) == 0
    said = capsys.readouterr().out
    assert "All\t1 (0)\t0 (0)\t1 (0)\t0 (0)\t0 (0)" in said
    assert "Fair\t1 (0)\t0 (0)\t1 (0)\t0 (0)\t0 (0)" in said
    assert "Ada" not in said


def test_as_json_as_a_table_and_as_a_document(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    table, paper = tmp_path / "q.csv", tmp_path / "q.pdf"
    assert cli.main(["quarter", "2020-Q2", "--json"]) == 0
    made = json.loads(capsysbinary.readouterr().out)
    assert (made["quarter"]["year"], made["quarter"]["number"]) == (2020, 2)
    assert made["quarter"]["total"]["met"] == 0
    assert cli.main(["quarter", "2020-2", "--csv", str(table), "-o", str(paper)]) == 0
    assert capsysbinary.readouterr().out == b""
    assert b'"2020-Q2","All"' in table.read_bytes()
    assert "April to June 2020" in " ".join(page_texts(paper.read_bytes())[0].split())


@pytest.mark.parametrize("written", ["2026-5", "2026", "26-4", "1989-4", "٢٠٢٦-4", "2026-4-4"])
def test_what_is_no_quarter_is_said(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["quarter", written]) == 2
    assert f"“{written}” is no quarter" in capsys.readouterr().err
