"""The pages for contributors are true: what they name is there, and who follows them arrives.

The four walk-throughs of ``docs/contributing`` are followed in a copy of the tree: every change
that they show is made, every file that they write is written, and then what they run is run. None
of it is kept anywhere but in the pages, so none of them can grow old unnoticed.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from devtools import tasks
from devtools.environment import script
from devtools.translation import catalogue
from devtools.translation.sources import Found
from fitcheck.cli_parsers import parser
from tests.reports.conftest import text_of
from tests.setup import walkthrough
from tests.setup.walkthrough import CONTRIBUTING, PAGES, ROOT, commands

ALL = (CONTRIBUTING, *PAGES.values())

COPIED = (
    *("CHANGELOG.md", "dev.py", "pyproject.toml", "devtools", "docs/guide", "docs/contributing"),
    *("fitcheck", "reports", "resources", "ui"),
    *("tests/banks.py", "tests/conftest.py", "tests/core", "tests/domain", "tests/reports"),
    *("tests/setup", "tests/store", "tests/ui"),
)
"""What the walk-throughs touch, and what that needs to run."""

TOO_LONG = "tests/reports/test_canaries.py"
"""Only looked at: before its first test it prints each document that a prospect may get."""

LANGUAGE = "nl"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree, in which every page has been followed."""
    root = tmp_path_factory.mktemp("contributor")
    for name in COPIED:
        source, target = ROOT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    for page in PAGES.values():
        walkthrough.follow(page, root)
    _translate(root / "resources" / "i18n", tmp_path_factory.mktemp("catalogue"))
    return root


def _translate(catalogues: Path, folder: Path) -> None:
    """What `dev.py translate` does, for no more texts than the language's page has."""
    (block,) = (each for each in walkthrough.blocks(PAGES["language"]) if each.kind == "po")
    german = (catalogues / "de.po").read_text(encoding="utf-8")
    found = []
    for message in read_po(io.BytesIO(block.text.encode()), locale=LANGUAGE):
        named = message.id
        text, plural = (named, "") if isinstance(named, str) else (named[0], named[1])
        if text:
            assert f'\nmsgid "{text}"\n' in german, text
            found.append(Found(text, plural, "ui/app.py"))
    catalogue.begin(LANGUAGE, folder)
    path = folder / f"{LANGUAGE}.po"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{block.text}", encoding="utf-8")
    catalogue.update(folder, found)
    assert catalogue.check(folder, found) == []
    for each in (path, path.with_suffix(".mo")):
        shutil.copy(each, catalogues)


def _asked(task: str) -> list[list[str]]:
    """What the walk-throughs have ``dev.py`` do."""
    lines = (line for page in PAGES.values() for line in walkthrough.shell(page))
    return [line[3:] for line in lines if line[:3] == ["python3", "dev.py", task]]


def test_each_thing_that_is_often_added_has_a_page_and_the_way_there_is_shown() -> None:
    assert set(PAGES) == {"question", "chart", "document", "language"}
    assert set(PAGES.values()) <= walkthrough.links(CONTRIBUTING)
    for name in ("README.md", "ARCHITECTURE.md"):
        assert CONTRIBUTING in walkthrough.links(ROOT / name), name


def test_what_a_page_names_or_leads_to_is_there(copy: Path) -> None:
    for page in ALL:
        named = walkthrough.named(page)
        gone = {name for name in named if not ((ROOT / name).exists() or (copy / name).exists())}
        assert gone == set(), page.name
        assert {path for path in walkthrough.links(page) if not path.exists()} == set(), page.name


def test_every_command_is_one_that_there_is(copy: Path) -> None:
    for page in ALL:
        for task, *rest in commands(page):
            if task == "run" and rest not in _asked("run"):  # those are run, in the copy
                parser().parse_args(rest)
            elif task == "test":
                paths = [each for each in rest if each.startswith("tests/")]
                assert [path for path in paths if not (copy / path).exists()] == [], page.name
            elif task != "run":
                options = tasks._parser().parse_args([task, *rest])
                if task in ("bench", "soak") and options.name:
                    assert options.name in tasks._modules(task)
        for line in walkthrough.shell(page):
            assert line[:2] == ["python3", "dev.py"] or line[0] == "cp", page.name


def test_every_task_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    help_ = tasks._parser().format_help()
    there = set(re.findall(r"^    (\w+) ", help_, re.MULTILINE))
    assert {"run", "test", "check"} < there
    assert {task for task, *_rest in commands(CONTRIBUTING)} == there
    for task in there:
        with pytest.raises(SystemExit) as ended:
            tasks._parser().parse_args([task, "--help"])
        assert ended.value.code == 0
        assert f"usage: dev.py {task}" in capsys.readouterr().out


def test_who_follows_the_pages_arrives(copy: Path) -> None:
    chosen = [
        (path, rest[1] if rest else Path(path).stem)
        for path, *rest in filter(None, _asked("test"))
        if path.endswith(".py") and path != TOO_LONG
    ]
    assert len(chosen) == 6
    asked = {
        "run": _asked("run"),
        "test": [
            *("-v", "-p", "no:cacheprovider", "-k", " or ".join(word for _path, word in chosen)),
            *dict.fromkeys(path for path, _word in chosen),
        ],
    }
    kept = {name: each for name, each in os.environ.items() if not name.startswith(("COV", "PYT"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.setup.following"],
        cwd=copy,
        env={**kept, "QT_QPA_PLATFORM": "offscreen", "FITCHECK_DATA": str(copy / "book")},
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    for path, word in chosen:
        passed = [line for line in said.splitlines() if line.startswith(path) and "PASSED" in line]
        assert any(word in line for line in passed), (path, word, said)
    assert "core 1.1.0 keeps every rule" in said
    assert "Thank you for the conversation" in text_of((copy / "thanks.pdf").read_bytes())
    assert "Na ons gesprek" in text_of((copy / "brief.pdf").read_bytes())


def test_the_code_of_the_pages_is_in_the_house_style(copy: Path) -> None:
    files = {each.file for page in PAGES.values() for each in walkthrough.blocks(page)}
    code = sorted(name for name in files if name.endswith(".py"))
    assert "reports/evidence_chart.py" in code
    for how in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [script("ruff"), *how, "--no-cache", *code],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_no_longer_so_is_noticed(copy: Path, tmp_path: Path) -> None:
    """The control: a page of changes fits a tree only once, and names what it can't change."""
    for page in PAGES.values():
        with pytest.raises(AssertionError, match=rf"{page.name}:\d+: "):
            walkthrough.follow(page, copy)
    stale = tmp_path / "stale.md"
    stale.write_text("In `dev.py`:\n\n```diff\n import gone\n+import here\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"stale\.md:3: these lines stand 0 times in dev\.py"):
        walkthrough.follow(stale, copy)
