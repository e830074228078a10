"""The table of threats: every test that it names is there, and no decision is left out."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def section(title: str) -> list[list[str]]:
    """The cells of the rows of a section's table."""
    part = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


@cache
def names_in(file: Path) -> frozenset[str]:
    """What pytest may collect there: functions, wherever they stand, and machines of hypothesis."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign) and ast.unparse(node.value).endswith(".TestCase"):
            names |= {ast.unparse(target) for target in node.targets}
    return frozenset(name for name in names if name.lower().startswith("test"))


def test_every_test_that_is_named_is_there() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 60
    gone = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / "tests" / file).is_file() or name not in names_in(ROOT / "tests" / file)
    ]
    assert gone == []


@pytest.mark.parametrize("title", ["Stopped", "How much is tried"])
def test_every_row_names_a_test(title: str) -> None:
    rows = section(title)
    assert len(rows) >= 9
    assert [row for row in rows if not NAMED.search(row[-1])] == []
    assert len({len(row) for row in rows}) == 1


def test_every_decision_has_a_row() -> None:
    assert {row[0] for row in section("Stopped")} >= {str(number) for number in range(1, 15)}


def test_what_is_said_to_soak_can_be_run() -> None:
    cells = " ".join(row[2] for row in section("How much is tried"))
    named = set(re.findall(r"`(\w+)`", cells))
    there = {file.stem for file in (ROOT / "tests" / "soak").glob("*.py")}
    assert named
    assert named <= there


def test_what_is_not_stopped_is_said() -> None:
    said = " ".join(row[0] for row in section("Not stopped"))
    for what in (
        *("swap", "hibernation", "malware", "screenshots", "printer", "shoulder", "SSD"),
        *("without a passphrase", "exported"),
    ):
        assert what in said


def test_whoever_looks_for_it_finds_it() -> None:
    for page in ("README.md", "ARCHITECTURE.md", "docs/guide/your-data.md"):
        assert "threats.md" in (ROOT / page).read_text(encoding="utf-8"), page
