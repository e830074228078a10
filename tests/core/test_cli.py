"""The command line, as a script would use it: in its own process, judged by what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from fitcheck import packaged
from fitcheck.domain.judgement import judge
from fitcheck.exchange.demo import load_demo
from fitcheck.exchange.json_input import structural_faults
from fitcheck.exchange.judgement_json import SCHEMA
from fitcheck.library import load_bank, load_policy

DEMO = packaged.read_bytes("demo", "01-northbeam.json")


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "fitcheck", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
    )


def test_bank_prints_what_the_contract_names() -> None:
    done = run("bank", "--json")
    assert done.returncode == 0, done.stderr
    bank = json.loads(done.stdout)
    assert set(bank) == {"id", "version", "questions", "inquiry", "deal_breakers", "policy"}
    mine = [q for q in bank["questions"] if q["side"] == "consultant"]
    theirs = [q for q in bank["questions"] if q["side"] == "prospect"]
    assert len(mine) == 36
    assert len(theirs) == 12
    keys = {
        *("id", "axis", "facet", "gate", "weight", "side", "forms", "problem", "rests_on"),
        *("evidence", "say", "why", "levels", "condition"),
    }
    for question in bank["questions"]:
        assert keys <= set(question) <= keys | {"short"}
    assert set(bank["inquiry"][0]) == {"id", "part", "say", "why", "rests_on", "minutes"}
    assert set(bank["deal_breakers"][0]) == {"id", "text", "ask"}


def test_judge_prints_the_judgement_of_a_file_and_of_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(DEMO)
    from_file, from_stdin = (
        run("judge", str(file), "--json"),
        run("judge", "-", "--json", stdin=DEMO),
    )
    assert from_file.returncode == from_stdin.returncode == 0, from_file.stderr
    assert from_file.stdout == from_stdin.stdout
    printed = json.loads(from_file.stdout)
    assessment = load_demo()[0]
    expected = judge(assessment, load_bank(assessment.bank), load_policy(assessment.policy))
    assert printed["odds"] == {match.value: p for match, p in expected.odds.items()}
    assert printed["recommendation"] == expected.recommendation.value
    assert structural_faults(printed, SCHEMA) == []


def test_a_private_file_is_judged_like_the_assessment_that_it_was_made_of(tmp_path: Path) -> None:
    printed = tmp_path / "private.pdf"
    made = run("report", "-", "--edition", "private", "-o", str(printed), stdin=DEMO)
    assert made.returncode == 0, made.stderr
    again = run("judge", str(printed), "--json")
    assert again.returncode == 0, again.stderr
    assert again.stdout == run("judge", "-", "--json", stdin=DEMO).stdout
    theirs = run("report", str(printed), "--edition", "prospect", "-o", str(tmp_path / "fit.pdf"))
    assert theirs.returncode == 0, theirs.stderr
    refused = run("judge", str(tmp_path / "fit.pdf"))
    assert refused.returncode == 2
    assert b"only a private file carries it" in refused.stderr


def test_judge_without_json_speaks_in_sentences() -> None:
    done = run("judge", "-", stdin=DEMO)
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode()
    assert "Mara Lindqvist" in said
    assert "proceed" in said.lower()


def test_a_broken_file_gives_status_2_and_one_line_a_fault() -> None:
    file: dict[str, Any] = json.loads(DEMO)
    file["answers"][3]["answer"] = 9
    file["colour"] = "red"
    done = run("judge", "-", "--json", stdin=json.dumps(file).encode())
    assert done.returncode == 2
    assert done.stdout == b""
    places = sorted(line.split(": ")[0] for line in done.stderr.decode().splitlines())
    assert places == ["$.answers[3].answer", "$.colour"]


def test_a_missing_file_is_named() -> None:
    done = run("judge", "not-there.json")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("not-there.json: expected a readable file")


@pytest.mark.parametrize("edition", ["private", "prospect", "decline", "form"])
@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_report_writes_a_pdf(tmp_path: Path, edition: str, paper: str, width: int) -> None:
    out = tmp_path / "out.pdf"
    profile = tmp_path / "me.json"
    profile.write_text('{"name": "Robin Vale", "accent": "#7a2048"}')
    done = run(
        *("report", "-", "--edition", edition, "--paper", paper),
        *("--profile", str(profile), "-o", str(out)),
        stdin=DEMO,
    )
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["out.pdf"]
    with pypdfium2.PdfDocument(out) as pdf:
        assert round(pdf[0].get_width()) == width
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert ("Mara Lindqvist" in text) is (edition != "form")
    assert "Robin Vale" in text


def test_report_warns_of_private_words_in_a_document_for_the_prospect(tmp_path: Path) -> None:
    note = "They will never pay for this, whatever they told me at lunch"
    data = json.loads(DEMO)
    data["answers"][0]["note"] = note
    data["plan"] = {"conditions": [f"We agree that {note.lower()}."]}
    for edition, warned in (("prospect", True), ("private", False)):
        out = tmp_path / f"{edition}.pdf"
        done = run(
            *("report", "-", "--edition", edition, "-o", str(out)), stdin=json.dumps(data).encode()
        )
        assert done.returncode == 0
        assert out.exists()
        assert (note in done.stderr.decode()) is warned


def test_report_lists_the_faults_of_both_files_and_writes_nothing(tmp_path: Path) -> None:
    profile = tmp_path / "me.json"
    profile.write_text('{"accent": "teal", "logo": "gone.png"}')
    out = tmp_path / "out.pdf"
    done = run(
        *("report", "-", "--edition", "private", "--profile", str(profile), "-o", str(out)),
        stdin=b"{}",
    )
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert any(line.startswith("$.form: ") for line in lines)
    assert f'{profile}: $.accent: expected a colour as #rrggbb, found "teal"' in lines
    assert any(line.startswith(f"{profile}: $.logo: ") for line in lines)
    assert not out.exists()


def test_report_names_a_place_that_can_not_be_written(tmp_path: Path) -> None:
    out = tmp_path / "no such folder" / "out.pdf"
    done = run("report", "-", "--edition", "prospect", "-o", str(out), stdin=DEMO)
    assert done.returncode == 2
    assert str(out) in done.stderr.decode()


@pytest.mark.parametrize(
    ("sheet", "paper", "width"), [("a6", "a4", 298), ("four-up", "letter", 612)]
)
def test_card_writes_two_sides(tmp_path: Path, sheet: str, paper: str, width: int) -> None:
    out = tmp_path / "card.pdf"
    done = run("card", "--sheet", sheet, "--paper", paper, "-o", str(out))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    with pypdfium2.PdfDocument(out) as pdf:
        assert [round(page.get_width()) for page in pdf] == [width, width]
        assert load_bank().questions[0].say.split()[0] in pdf[0].get_textpage().get_text_range()


def test_card_names_a_place_that_can_not_be_written(tmp_path: Path) -> None:
    out = tmp_path / "no such folder" / "card.pdf"
    done = run("card", "--sheet", "a6", "-o", str(out))
    assert done.returncode == 2
    assert str(out) in done.stderr.decode()
