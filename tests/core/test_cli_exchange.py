"""``fitcheck export``, ``import`` and ``list --csv``: a book from one folder into another."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck


def command(
    folder: Path, *arguments: str | Path, passphrase: str | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("FITCHECK_")}
    if passphrase is not None:
        environment["FITCHECK_EXPORT_PASSPHRASE"] = passphrase
    return subprocess.run(
        [sys.executable, "-m", "fitcheck", "--data", str(folder), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        env={**environment, "PYTHONIOENCODING": "utf-8"},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A book with two prospects, closed."""
    fitcheck = FitCheck.open(tmp_path / "book")
    for assessment in load_demo()[:2]:
        fitcheck.add_assessment(assessment)
    fitcheck.close()
    return tmp_path / "book"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A book with somebody else, closed."""
    fitcheck = FitCheck.open(tmp_path / "other")
    fitcheck.add_prospect(Prospect("Mara Lindqvist"))
    fitcheck.close()
    return tmp_path / "other"


def test_a_book_goes_from_one_folder_into_another(
    folder: Path, other: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.fitcheck"
    assert command(folder, "export", file).returncode == 2
    short = command(folder, "export", file, passphrase="short")
    assert (short.returncode, file.exists()) == (2, False)
    made = command(folder, "export", file, passphrase="as old as the hills")
    assert (made.returncode, made.stderr) == (0, "")
    wrong = command(other, "import", file, passphrase="as young as that")
    assert wrong.returncode == 2
    assert "passphrase" in wrong.stderr
    dry = command(other, "import", file, "--dry-run", passphrase="as old as the hills")
    assert "2 prospects are added." in dry.stdout, dry.stderr
    assert "Mara Lindqvist, Northbeam Logistics: added beside Mara Lindqvist" in dry.stdout
    assert command(other, "list").stdout == ""
    done = command(other, "import", file, "--together", passphrase="as old as the hills")
    assert "put together with Mara Lindqvist" in done.stdout, done.stderr
    assert len(command(other, "list").stdout.splitlines()) == 2
    again = command(other, "import", file, passphrase="as old as the hills")
    assert "There is nothing in it that you don’t have already." in again.stdout


def test_a_plain_file_is_warned_of_and_its_faults_are_listed(
    folder: Path, other: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.jsonl"
    made = command(folder, "export", file, "--plain")
    assert made.returncode == 0
    assert "anybody can read this file" in made.stderr
    file.write_bytes(file.read_bytes().replace(b'"observed"', b'"guessed"', 2))
    refused = command(other, "import", file)
    assert refused.returncode == 2
    assert refused.stderr.count('found "guessed"') == 2
    assert all(line.startswith("line ") for line in refused.stderr.splitlines())
    assert command(other, "list").stdout == ""


def test_the_list_is_written_as_a_table(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "list.csv"
    assert command(folder, "list", "--csv", out).returncode == 0
    with out.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert sorted(row["Name"] for row in found) == sorted(
        each.prospect.name for each in load_demo()[:2]
    )
    assert all(row["Recommendation"] for row in found)


def test_what_is_for_a_whole_book_is_refused_for_another_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"{}")
    refused = command(folder, "import", tmp_path / "x.json", "--dry-run")
    assert refused.returncode == 2
    assert "whole book" in refused.stderr
