"""``fitcheck bank`` with files of one's own: written, held to the rules, brought in, judged by."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from fitcheck.cli import main
from fitcheck.domain.assessment import Answer, Assessment, Prospect
from fitcheck.domain.bank import Evidence, Form, Reference
from fitcheck.domain.policy import Appetite
from fitcheck.exchange.assessment_json import write_assessment
from fitcheck.exchange.bank_schema import bank_schema
from fitcheck.library import CURRENT_BANK, load_bank, load_policy
from fitcheck.services import FitCheck
from tests.banks import IN_FORCE, own, small


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    FitCheck.open(folder).close()
    return folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(small(), encoding="utf-8")
    return file


def in_force(data: Path) -> Reference:
    fitcheck = FitCheck.open(data)
    try:
        return fitcheck.banks.in_force.reference
    finally:
        fitcheck.close()


def test_a_bank_is_written_before_there_is_a_book(tmp_path: Path) -> None:
    out = tmp_path / "out.toml"
    assert main(["--data", str(tmp_path / "none"), "bank", "--export", str(out)]) == 0
    assert out.read_text(encoding="utf-8").endswith(IN_FORCE)
    assert not (tmp_path / "none").exists()


def test_a_bank_goes_in_and_out_again(
    data: Path, mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(data), "bank", "--import", str(mine)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Brought in: small 1.0.0. New assessments begin with it."
    assert "Questions that are no longer there" in told
    assert in_force(data) == Reference("small", "1.0.0")
    out = tmp_path / "out.toml"
    assert main(["--data", str(data), "bank", "--export", str(out)]) == 0
    assert out.read_text(encoding="utf-8").endswith(small())
    assert (
        main(["--data", str(data), "bank", "--export", str(out), "--name", str(CURRENT_BANK)]) == 0
    )
    assert out.read_text(encoding="utf-8").endswith(IN_FORCE)
    assert main(["--data", str(data), "bank", "--import", str(out)]) == 0
    assert "was there already. New assessments begin with it." in capsys.readouterr().out
    assert in_force(data) == load_bank().reference
    name = ["--name", "small 1.0.0"]
    assert main(["--data", str(data), "bank", "--export", str(out), *name]) == 0
    assert out.read_text(encoding="utf-8").endswith(small())


def test_a_bank_that_is_not_there_is_not_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.toml"
    name = ["--name", "mine 9.0.0"]
    assert main(["--data", str(data), "bank", "--export", str(out), *name]) == 2
    expected = f"There is no bank mine 9.0.0 in this book, but: {CURRENT_BANK}."
    assert expected in capsys.readouterr().err
    assert not out.exists()
    assert main(["bank", *name]) == 2
    assert "--name says which bank --export writes." in capsys.readouterr().err


def test_linting_ends_with_two_and_a_line_for_every_fault(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bank", "--lint", str(mine)]) == 0
    assert capsys.readouterr().out == f"{mine}: small 1.0.0 keeps every rule.\n"
    mine.write_text(
        small().replace("weight = 3", "weight = 9").replace("minutes = 3", "minutes = 4")
    )
    assert main(["bank", "--lint", str(mine)]) == 2
    lines = mine.read_text().split("\n")
    weight, inquiry = lines.index("weight = 9") + 1, lines.index("[[inquiry]]") + 1
    assert capsys.readouterr().err.splitlines() == [
        f"{mine}:{weight}: questions[disagreement].weight: 1 or 2 or 3, found 9",
        f"{mine}:{inquiry}: inquiry: 12 minutes altogether, found 13",
    ]


def test_a_file_with_faults_changes_nothing(
    data: Path, mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine.write_text(own("1.0.0", ("weight = 3", "weight = 9"), id_="core"), encoding="utf-8")
    assert main(["--data", str(data), "bank", "--import", str(mine)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert in_force(data) == load_bank().reference
    assert main(["--data", str(data), "bank", "--import", str(mine.parent / "none.toml")]) == 2
    assert "expected a readable file" in capsys.readouterr().err


def test_the_schema_is_written_as_it_is_published(tmp_path: Path) -> None:
    out = tmp_path / "bank-file-1.json"
    assert main(["bank", "--schema", str(out)]) == 0
    assert json.loads(out.read_bytes()) == bank_schema()


def test_an_assessment_is_judged_by_the_bank_beside_it(
    mine: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assessment = Assessment(
        dt.date(2026, 11, 22),
        Reference("small", "1.0.0"),
        load_policy().reference,
        Form.FULL,
        Appetite.BALANCED,
        Prospect("Ada"),
        {"disagreement": Answer("disagreement", 3, Evidence.OBSERVED)},
    )
    file = tmp_path / "a.json"
    file.write_text(json.dumps(write_assessment(assessment)), encoding="utf-8")
    assert main(["judge", str(file), "--json"]) == 2
    assert b'expected a bank of this FitCheck, found "small 1.0.0"' in capsysbinary.readouterr().err
    assert main(["judge", str(file), "--json", "--bank", str(mine)]) == 0
    judged = json.loads(capsysbinary.readouterr().out)
    assert judged["bank"] == {"id": "small", "version": "1.0.0"}
    out = tmp_path / "out.pdf"
    command = ["report", str(file), "--edition", "form", "-o", str(out)]
    assert main([*command, "--bank", str(mine)]) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    card = ["card", "--sheet", "a6", "--bank", str(mine), "-o", str(tmp_path / "card.pdf")]
    assert main(card) == 0
    mine.write_text("x", encoding="utf-8")
    assert main(["judge", str(file), "--bank", str(mine)]) == 2
    from_book = ["report", "--assessment", "1", "--edition", "form", "-o", str(out)]
    assert main([*from_book, "--bank", str(mine)]) == 2
    assert b"leave --bank out" in capsysbinary.readouterr().err
