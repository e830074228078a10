"""``fitcheck import``: as a script would use it, on a book that was made before."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from fitcheck import packaged
from fitcheck.access import Access
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition, PrivateFile
from fitcheck.exchange.assessment_json import read_assessment
from fitcheck.services import FitCheck
from reports.render import render
from tests.exchange.forms import IDS, blank, by_pikepdf, by_value_alone
from tests.reports import people
from tests.store.conftest import CHEAP, PASSPHRASE, FakeKeyring

T = TypeVar("T")
DEMO = packaged.read_bytes("demo", "01-northbeam.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "book"


@pytest.fixture
def token(folder: Path) -> str:
    """The token of the one assessment, its id 1, of a book that is closed."""
    with_book(folder, lambda f: f.begin_assessment(f.add_prospect(Prospect("Ada")), Form.FULL))
    return with_book(folder, lambda f: f.their_forms.token(1))


def with_book(folder: Path, work: Callable[[FitCheck], T]) -> T:
    fitcheck = FitCheck.open(folder)
    try:
        return work(fitcheck)
    finally:
        fitcheck.close()


def answers(folder: Path) -> dict[str, int | None]:
    return with_book(folder, lambda f: {id_: f.interview(1).answer(id_).level for id_ in IDS})


def run(
    folder: Path, data: bytes, *more: str, passphrase: str | None = None
) -> subprocess.CompletedProcess[bytes]:
    return command(folder, "import", "-", *more, data=data, passphrase=passphrase)


def command(
    folder: Path, *arguments: str, data: bytes = b"", passphrase: str | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {k: v for k, v in os.environ.items() if k != "FITCHECK_PASSPHRASE"}
    if passphrase is not None:
        environment["FITCHECK_PASSPHRASE"] = passphrase
    return subprocess.run(
        [sys.executable, "-m", "fitcheck", "--data", str(folder), *arguments],
        input=data,
        capture_output=True,
        check=False,
        env=environment,
    )


def test_a_filled_form_is_taken_into_its_assessment(folder: Path, token: str) -> None:
    given = {id_: number % 5 for number, id_ in enumerate(IDS)}
    done = run(folder, by_pikepdf(given, {"comment": "Call me."}, blank(token)))
    assert done.returncode == 0, done.stderr
    assert b"Ada. 12 of 12" in done.stdout
    assert answers(folder) == given
    said = with_book(folder, lambda f: f.interview(1).assessment.prospect.in_their_words)
    assert said.endswith("Call me.")


def test_one_fault_is_enough_for_nothing_to_be_taken(folder: Path, token: str) -> None:
    once = by_value_alone({"my-ease": 1, "my-outcome": 0}, {}, blank(token))
    done = run(folder, by_value_alone({"my-ease": 3, "my-judge": 4}, {"name": "\x01"}, once))
    assert (done.returncode, done.stdout) == (2, b"")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 3
    assert any(line.startswith("1. How have your talks") and "found 2" in line for line in lines)
    assert any(line.startswith("name: ") for line in lines)
    assert lines[-1].startswith("Nothing was taken")
    assert set(answers(folder).values()) == {None}


def test_other_answers_are_replaced_only_when_that_is_said(folder: Path, token: str) -> None:
    assert run(folder, by_value_alone({"my-ease": 1}, {}, blank(token))).returncode == 0
    other = by_value_alone({"my-ease": 3, "my-judge": 4}, {}, blank(token))
    done = run(folder, other)
    assert done.returncode == 2
    assert "I mentioned things that I had not planned to mention." in done.stderr.decode()
    assert answers(folder)["my-ease"] == 1
    assert answers(folder)["my-judge"] is None
    assert run(folder, other, "--replace").returncode == 0
    assert answers(folder)["my-ease"] == 3


@pytest.mark.usefixtures("token")
def test_a_form_that_no_assessment_goes_with_and_no_form_at_all(folder: Path) -> None:
    done = run(folder, blank())
    assert done.returncode == 2
    assert b"No assessment in this book" in done.stderr
    done = run(folder, b"%PDF-1.7 nothing")
    assert done.returncode == 2
    assert b"damaged" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.usefixtures("token")
def test_an_assessment_and_a_private_file_are_added(folder: Path) -> None:
    done = run(folder, DEMO)
    assert done.returncode == 0, done.stderr
    again = run(folder, DEMO)
    assert again.stdout.startswith(b"Nothing was added")
    assessment = replace(read_assessment(DEMO), date=dt.date(2026, 1, 5))
    report = people.private(assessment)
    assert isinstance(report, PrivateFile)
    done = run(folder, render(report, Paper.A4))
    assert done.returncode == 0, done.stderr
    assert assessment.prospect.name in done.stdout.decode()
    found = with_book(folder, lambda f: sorted(line.prospect.name for line in f.prospects()))
    assert found == sorted(["Ada", *[assessment.prospect.name] * 2])


@pytest.mark.usefixtures("token")
def test_a_faulty_assessment_is_refused_with_every_fault(folder: Path) -> None:
    done = run(folder, DEMO.replace(b'"appetite"', b'"appetit"'))
    assert done.returncode == 2
    assert done.stderr.count(b"$.appetit") == 2
    assert len(with_book(folder, lambda f: f.prospects())) == 1


def test_without_a_book_nothing_is_made(folder: Path) -> None:
    done = run(folder, DEMO)
    assert done.returncode == 2
    assert b"no book" in done.stderr
    assert not folder.exists()


def test_a_protected_book_is_opened_by_the_passphrase_given(folder: Path, token: str) -> None:
    fitcheck = Access(folder, FakeKeyring(), cost=CHEAP).open()
    fitcheck.protect(PASSPHRASE)
    fitcheck.close()
    done = run(folder, blank(token))
    assert done.returncode == 2
    assert b"FITCHECK_PASSPHRASE" in done.stderr
    assert run(folder, blank(token), passphrase="wrong and long enough").returncode == 2
    done = run(folder, blank(token), passphrase=PASSPHRASE)
    assert done.returncode == 0, done.stderr
    assert PASSPHRASE.encode() not in done.stdout + done.stderr


def test_a_book_that_is_open_elsewhere_is_left_alone(folder: Path, token: str) -> None:
    fitcheck = FitCheck.open(folder)
    done = run(folder, blank(token))
    fitcheck.close()
    assert done.returncode == 2
    assert b"open already" in done.stderr


def test_a_form_from_the_book_comes_back_into_it(folder: Path, token: str, tmp_path: Path) -> None:
    assert token
    out = tmp_path / "form.pdf"
    made = command(folder, "report", "--assessment", "1", "--edition", "form", "-o", str(out))
    assert made.returncode == 0, made.stderr
    assert run(folder, by_pikepdf({"my-ease": 2}, {}, out.read_bytes())).returncode == 0
    assert answers(folder)["my-ease"] == 2


def test_the_book_is_listed(folder: Path, token: str) -> None:
    assert token
    (line,) = command(folder, "list").stdout.decode().splitlines()
    number, _date, form, name = line.split("\t")
    assert (number, form, name) == ("1", "full", "Ada")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--assessment", "7"), "There is no assessment 7 in this book"),
        ((), "Name a file or, with --assessment, an assessment in the book."),
        (("--assessment", "1", "--profile", "me.json"), "leave --profile out"),
    ],
)
def test_what_the_book_can_not_print_is_said(
    folder: Path, token: str, tmp_path: Path, more: tuple[str, ...], said: str
) -> None:
    assert token
    out = tmp_path / "out.pdf"
    done = command(folder, "report", *more, "--edition", "private", "-o", str(out))
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert not out.exists()


def test_the_blank_form_of_the_command_line_has_no_token(tmp_path: Path) -> None:
    file, out = tmp_path / "a.json", tmp_path / "form.pdf"
    file.write_bytes(DEMO)
    command = [sys.executable, "-m", "fitcheck", "report", str(file), "-o", str(out)]
    subprocess.run([*command, "--edition", Edition.FORM.value], check=True)
    FitCheck.open(tmp_path / "book").close()
    done = run(tmp_path / "book", out.read_bytes())
    assert done.returncode == 2
    assert b"whose form it is" in done.stderr
