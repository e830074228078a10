"""The guide's page “Own questions”: its commands do what it says, and its tables are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fitcheck import banks, guide
from fitcheck.cli import main
from fitcheck.domain.bank import Reference, Side
from fitcheck.domain.bank_lint import INQUIRY_PARTS, LENGTHS, MOST, MOST_OF, SAID_ASIDE
from fitcheck.exchange.bank_schema import bank_schema
from fitcheck.i18n import language
from fitcheck.services import FitCheck
from tests.core.guide_page import FENCE, GUIDE, TABLE

PAGE = (GUIDE / "own-questions.md").read_text(encoding="utf-8")
FILE = "mine.toml"
TOLD_OF = Reference(*re.findall(r'--name "(\S+) (\S+)"', PAGE)[0])
"""The bank that was in force when the page was written; it goes the same with any later one."""


@pytest.mark.parametrize("code", ["en", "de"])
def test_its_round_goes_as_it_is_told_in_its_language(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FITCHECK_DATA", str(tmp_path / "book"))
    monkeypatch.setattr(banks, "CURRENT_BANK", TOLD_OF)
    FitCheck.open(tmp_path / "book").close()
    told, compared = "", 0
    with language(code):
        for kind, text in FENCE.findall(guide.text("own-questions.md")):
            match kind:
                case "sh":
                    for line in text.splitlines():
                        told += said(line, capsys)
                case "diff":
                    edit(text)
                case "text":
                    assert told == text
                    compared += 1
                    told = ""
    assert compared == 4


def said(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints, faults included."""
    name, *arguments = (part[1] or part[0] for part in re.findall(r'([^\s"]+|"([^"]*)")', line))
    assert name == "fitcheck"
    main(arguments)
    printed = capsys.readouterr()
    return printed.out + printed.err


def edit(diff: str) -> None:
    """Take out each line with a minus and put the one with a plus in its place."""
    file = Path(FILE)
    text = file.read_text(encoding="utf-8")
    before = [line[1:] for line in diff.splitlines() if line[0] == "-"]
    after = [line[1:] for line in diff.splitlines() if line[0] == "+"]
    for old, new in zip(before, after, strict=True):
        assert f"\n{old}\n" in text
        text = text.replace(f"\n{old}\n", f"\n{new}\n", 1)
    file.write_text(text, encoding="utf-8")


def test_it_explains_every_key_that_there_is() -> None:
    schema = bank_schema()["properties"]
    plain = [name for name, each in schema.items() if each.get("type") != "array"]
    tables = [list(schema[name]["items"]["properties"]) for name in MOST]
    explained = [re.findall(r"^\| `(\w+)` \|", table, re.M) for table in TABLE.findall(PAGE)]
    assert [sorted(each) for each in explained] == [sorted(each) for each in (plain, *tables)]


def test_its_limits_are_those_that_are_kept() -> None:
    for words in (
        f"{MOST['facets']} at most",
        f"{MOST_OF[Side.CONSULTANT]} for you and {MOST_OF[Side.PROSPECT]} for the prospect at most",
        f"inquiry, {MOST['inquiry']} at most",
        f"`[[deal_breakers]]`: {MOST['deal_breakers']} at most",
        f"as it is shown, up to {LENGTHS['name']} characters",
        f"up to {LENGTHS['say']} characters; {SAID_ASIDE} in the event form",
        f"what it is good for, up to {LENGTHS['why']}",
        f"worst first, up to {LENGTHS['levels']} each",
        f"working agreement, up to {LENGTHS['condition']}",
        ", ".join(f'`"{part}"`' for part in INQUIRY_PARTS),
    ):
        assert words in PAGE
