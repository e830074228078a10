"""What is said of wrong input, wrong commands and large numbers, to somebody who reads German."""

from __future__ import annotations

import ast
import errno
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import fitcheck.exchange
from fitcheck.cli import main
from fitcheck.cli_import import unread_line
from fitcheck.cli_parsers import parser
from fitcheck.domain.profile import Paper
from fitcheck.errors import Fault, InvalidInput, unreadable
from fitcheck.exchange.assessment_json import read_assessment
from fitcheck.exchange.bank_input import read_bank
from fitcheck.exchange.contact_table import read_table
from fitcheck.exchange.form_pdf import read_form
from fitcheck.exchange.pdf_attachment import attached_json
from fitcheck.exchange.profile_json import read_logo, read_profile
from fitcheck.exchange.vcard import read_vcards
from fitcheck.filled_form import Unread
from fitcheck.i18n import _, decimal, language, thousands
from fitcheck.library import load_bank
from fitcheck.speaking import paper_here

ENGLISH = re.compile(r"\b(expected|found|unknown|missing|the|one of|usage|options|error)\b")

TOLD_TO_PROGRAMS = {"book_checks.py", "book_lines.py", "book_rules.py", "person_json.py"}
"""Of files that only FitCheck writes, and nobody by hand; and a call that can't be wrong."""


@pytest.fixture
def german() -> Iterator[None]:
    with language("de"):
        yield


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    "read",
    [
        lambda: read_assessment(b"{"),
        lambda: read_assessment(b"\xff"),
        lambda: read_assessment(b'{"a": 1, "a": 2, "date": 3, "answers": {}, "prospect": null}'),
        lambda: read_profile(b'{"name": 3, "logo": "none.png"}', Path()),
        lambda: read_bank(b"\xff\xfe", "bank.toml"),
        lambda: read_table(b"\0"),
        lambda: read_vcards(b"BEGIN"),
        lambda: read_form(b"%PDF-1.7 broken"),
        lambda: read_form(b"no PDF"),
        lambda: attached_json(b"%PDF-1.7"),
        lambda: read_logo(Path("none.png")),
        lambda: read_logo(Path(__file__)),
    ],
)
def test_every_fault_of_a_file_is_told_in_german(read: Callable[[], object]) -> None:
    with pytest.raises(InvalidInput) as refused:
        read()
    for fault in refused.value.faults:
        assert not ENGLISH.search(fault.expected.replace("Expecting", "")), fault


def test_no_fault_is_worded_past_the_catalogue() -> None:
    for path in Path(fitcheck.exchange.__path__[0]).glob("*.py"):
        if path.name in TOLD_TO_PROGRAMS:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        looked_up = {
            id(part)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            if call.func.id in ("_", "N_", "ValueError")
            for part in ast.walk(call)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value.startswith("expected ")
            ):
                assert id(node) in looked_up, f"{path.name}:{node.lineno}: {node.value}"


@pytest.mark.usefixtures("german")
def test_the_system_is_quoted_in_german_where_it_is_known() -> None:
    assert unreadable(FileNotFoundError(errno.ENOENT, "No such file or directory")) == (
        "diese Datei ist nicht lesbar: diese Datei oder diesen Ordner gibt es nicht"
    )
    assert unreadable(OSError(errno.EBADF, "Something new")).endswith(": Something new")
    assert unreadable(OSError("no number")).endswith(": no number")


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["bogus"], "'bogus' steht nicht zur Wahl"),
        (["report"], "diese Argumente fehlen: --edition"),
        (["judge", "--nothing", "x"], "unbekannte Argumente: --nothing"),
        (["person", "many"], "'many' ist kein gültiger Wert"),
        (["--data"], "ein Wert fehlt"),
        (["list", "--people", "--csv", "x"], "nicht zusammen mit --people möglich"),
    ],
)
def test_a_wrong_command_is_told_in_german(
    given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(given)
    said = capsys.readouterr().err
    assert told in said
    assert said.startswith("Aufruf: ")
    assert not ENGLISH.search(re.sub(r"\[.*?\]|--\w+", "", said, flags=re.DOTALL)), said


@pytest.mark.usefixtures("german")
def test_the_help_of_every_command_is_in_german(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ((), *(([name]) for name in _commands())):
        with pytest.raises(SystemExit):
            parser().parse_args([*command, "--help"])
        helped = capsys.readouterr().out
        assert helped.startswith("Aufruf: ")
        assert "\nOptionen:\n" in helped
        assert not re.search(r"^(positional arguments|options|usage)", helped, re.MULTILINE)


@pytest.mark.usefixtures("german")
def test_the_questions_are_printed_in_german(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["bank"]) == 0
    said = capsysbinary.readouterr().out.decode()
    first = load_bank().questions[0]
    assert f"{first.id} · {_(first.facet.name)} · Berater\n  {_(first.say)}\n" in said
    assert f"  5  {_(first.levels[4])}\n" in said
    assert first.say not in said
    unread = Unread(Fault(first.id, "hier fehlt etwas"), 1, first)
    assert unread_line(unread) == f"1. {_(first.say)} hier fehlt etwas"


def _commands() -> list[str]:
    choices = next(action.choices for action in parser()._actions if action.dest == "command")
    return list(choices or ())


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert (thousands(12_345_678), decimal(-1234.5, 2)) == ("12,345,678", "-1234.50")
    with language("de"):
        assert (thousands(12_345_678), decimal(-1234.5, 2)) == ("12.345.678", "-1234,50")


def test_the_command_line_prints_on_the_paper_of_the_region(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LC_ALL", "LC_PAPER", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert paper_here() is Paper.A4
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert paper_here() is Paper.LETTER
    monkeypatch.setenv("LC_PAPER", "de_DE.UTF-8@euro")
    assert paper_here() is Paper.A4
    monkeypatch.setenv("LC_ALL", "fr_CA")
    assert paper_here() is Paper.LETTER
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert paper_here() is Paper.A4
