"""A person on the command line: everything of them in files, and erased by their name alone."""

from __future__ import annotations

import builtins
import sys
import tempfile
from pathlib import Path

import pikepdf
import pytest

from fitcheck import cli
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.exchange.person_json import NAME, read_person
from fitcheck.services import FitCheck


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with two people, and a folder for temporary files that is nobody else's."""
    monkeypatch.setenv("FITCHECK_DATA", str(tmp_path / "data"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    fitcheck = FitCheck.open(tmp_path / "data")
    for name in ("Ada Bell", "Åsa  Lind"):
        fitcheck.begin_assessment(fitcheck.add_prospect(Prospect(name)), Form.FULL)
    fitcheck.close()
    return tmp_path / "data"


def people(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert cli.main(["list", "--people"]) == 0
    return sorted(line.split("\t")[2] for line in capsys.readouterr().out.splitlines())


def test_everything_about_a_person_is_written_as_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, paper = tmp_path / "person.json", tmp_path / "person.pdf"
    assert cli.main(["person", "2", "--json", str(out), "--pdf", str(paper)]) == 0
    assert read_person(out.read_bytes()).prospect.name == "Åsa  Lind"
    with pikepdf.open(paper) as document:
        assert document.attachments[NAME].get_file().read_bytes() == out.read_bytes()
    assert cli.main(["person", "2"]) == 2
    assert "Say where to" in capsys.readouterr().err
    assert cli.main(["person", "7", "--json", str(out)]) == 2
    assert "There is no prospect 7 in this book" in capsys.readouterr().err


def test_erasing_takes_the_name_and_prints_its_proof(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = tmp_path / "proof.pdf"
    assert cli.main(["erase", "2", "--name", "åsa lind", "--proof", str(proof)]) == 0
    said = capsys.readouterr().out
    assert "Nothing of them was found." in said
    assert "book.db\t" in said
    assert "sa " not in said.split("book.db")[0].casefold()
    assert proof.read_bytes().startswith(b"%PDF-")
    assert people(capsys) == ["Ada Bell"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["1", "--name", "Åsa Lind"], "That is not the name of prospect 1. Nobody was erased."),
        (["1"], "give the name with --name. Nobody was erased."),
        (["3", "--name", "Ada"], "There is no prospect 3"),
    ],
    ids=["another name", "nobody there", "no such number"],
)
def test_nobody_is_erased_by_mistake(
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert cli.main(["erase", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert people(capsys) == ["Ada Bell", "Åsa  Lind"]


def test_whoever_sits_there_types_the_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    answers = iter(["no", "ada bell"])
    monkeypatch.setattr(builtins, "input", lambda _question: next(answers))
    assert cli.main(["erase", "1"]) == 2
    assert cli.main(["erase", "1"]) == 0
    assert "Ada Bell with 1 assessment is erased" in capsys.readouterr().out
    assert people(capsys) == ["Åsa  Lind"]
