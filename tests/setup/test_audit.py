"""The audit of what is locked: what it finds, and what it says where it can't ask."""

import datetime as dt
import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from devtools import audit, tasks
from devtools.audit import Ignored, Locked, Rules, Weakness
from devtools.console import StopError

ROOT = Path(__file__).resolve().parents[2]
HASH = f"    --hash=sha256:{'0' * 64}"
TODAY = dt.date(2026, 11, 22)
ONE = [Locked("jinja2", "3.1.2", HASH.strip())]


def rules(**fields: Any) -> Rules:
    return Rules(**fields)


# Without a network


def test_what_is_locked_here_is_pinned_licensed_used_and_needed() -> None:
    """All of the audit but the question to the database, over the real files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ours = audit.read_rules(project)
    files = {
        name: (ROOT / "requirements" / name).read_text(encoding="utf-8")
        for name in ("run.txt", "dev.txt")
    }
    described = audit.describe()
    shipped = [each.name for each in audit.locked(files["run.txt"])]
    assert len(shipped) > 40
    assert list(audit.pinned_faults(files)) == []
    assert list(audit.licence_faults(shipped, described, ours)) == []
    imported = audit._imported(("fitcheck", "reports", "resources", "ui"))
    tools = audit._imported(("devtools", "tests"))
    assert {"sqlalchemy", "PySide6"} <= imported
    assert list(audit.unused_faults(ours, described, imported, tools)) == []
    assert list(audit.unreached_faults(shipped, ours.run, described)) == []


def test_every_entry_of_the_lock_files_is_read() -> None:
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        names = [line.partition("=")[0] for line in text.splitlines() if line[:1].isalnum()]
        assert [each.name for each in audit.locked(text)] == [audit.normal(n) for n in names]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (f"one>=1 \\\n{HASH}", "not pinned"),
        (f"one==1,<2 \\\n{HASH}", "not pinned"),
        ("one==1", "no hash"),
        (f"one @ somewhere \\\n{HASH}", "address"),
    ],
)
def test_what_is_not_pinned_is_named(entry: str, said: str) -> None:
    good = f"two==2 ; python_full_version < '3.12' \\\n{HASH} \\\n{HASH}\n"
    assert list(audit.pinned_faults({"run.txt": good})) == []
    (fault,) = audit.pinned_faults({"run.txt": f"{good}{entry}\n"})
    assert said in fault
    assert "one" in fault


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("LGPL-3.0-only OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT AND BSD) OR GPL-3.0-only", True),
        ("", False),
    ],
)
def test_a_licence_is_allowed_or_not(expression: str, may: bool) -> None:
    assert audit.allowed(expression, {"MIT", "BSD", "LGPL-3.0-only"}) is may


def test_a_licence_is_read_from_what_a_package_says() -> None:
    bsd = "License :: OSI Approved :: BSD License"
    odd = "License :: Other"
    for about, said in (
        ({"expression": "MIT", "license": "BSD"}, "MIT"),
        ({"license": "Apache-2.0"}, "Apache-2.0"),
        ({"license": "Copyright (c) whoever, all rights", "classifiers": [bsd]}, "BSD"),
        ({"classifiers": [bsd, odd]}, "BSD OR License :: Other".replace("License :: ", "")),
        ({}, ""),
    ):
        assert audit.licence(about) == said


def test_a_licence_that_is_unknown_or_not_allowed_is_named() -> None:
    described = {"one": {"expression": "GPL-3.0-only"}, "two": {}, "three": {"expression": "MIT"}}
    ours = rules(licences=frozenset({"MIT"}), licence_of={"four": "MIT"})
    unknown, refused = sorted(
        audit.licence_faults(["one", "two", "three", "four"], described, ours), reverse=True
    )
    assert unknown.startswith("two: its licence isn't known")
    assert refused == "one: its licence isn't allowed: GPL-3.0-only"


def test_what_nothing_imports_or_needs_is_named() -> None:
    described: dict[str, dict[str, Any]] = {
        "one": {"imports": ["one"], "requires": ["Three_x>=1; extra == 'y'"]},
        "two": {"imports": ["two"], "requires": []},
        "three-x": {"imports": ["three"], "requires": ["one"]},
        "stray": {"imports": ["stray"], "requires": []},
        "tool": {"imports": ["tool"], "requires": []},
    }
    ours = rules(run=("one", "two"), dev=("two", "tool", "elsewhere"), used_otherwise={"tool": "x"})
    (fault,) = audit.unused_faults(ours, described, {"one"}, {"two"})
    assert fault.startswith("two: nothing imports it")
    (fault,) = audit.unreached_faults(
        ["one", "two", "three-x", "stray", "not-for-this-system"], ours.run, described
    )
    assert fault.startswith("stray: locked, though nothing needs it")


# With one, or with what stands for it


class Database:
    """What pip-audit would have said."""

    def __init__(self, stdout: str = "", stderr: str = "", status: int = 0) -> None:
        self.done = subprocess.CompletedProcess([], status, stdout, stderr)
        self.asked: list[str] = []

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.asked.append(Path(command[2]).read_text(encoding="utf-8"))
        return self.done


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_up(*arguments: Any, **named: Any) -> Database:
        database = Database(*arguments, **named)
        monkeypatch.setattr(subprocess, "run", database)
        return database

    return set_up


KNOWN = {
    "dependencies": [
        {
            "name": "jinja2",
            "version": "3.1.2",
            "vulns": [
                {
                    "id": "GHSA-1",
                    "aliases": ["CVE-1"],
                    "fix_versions": ["3.1.3", "3.2"],
                    "description": "x",
                },
                {"id": "GHSA-2", "aliases": [], "fix_versions": [], "description": "y"},
            ],
        }
    ],
    "fixes": [],
}


def test_a_known_weakness_is_named_with_what_mends_it(says: Any) -> None:
    database = says(json.dumps(KNOWN), "Found 2 known vulnerabilities", 1)
    known, note = audit.weaknesses(ONE)
    assert [str(each) for each in known] == [
        "jinja2 3.1.2: GHSA-1 (CVE-1); fixed in 3.1.3, 3.2",
        "jinja2 3.1.2: GHSA-2; not fixed yet",
    ]
    assert note == "1 of 1 locked packages looked up; known weaknesses: 2"
    assert database.asked == [f"jinja2==3.1.2 {HASH.strip()}\n"]


def test_what_is_locked_twice_for_two_pythons_is_asked_for_twice(says: Any) -> None:
    database = says(json.dumps({"dependencies": [{"name": "x", "version": "1", "vulns": []}]}))
    audit.weaknesses([*ONE, Locked("x", "1", "h"), Locked("jinja2", "3.1.3", "h")])
    assert len(database.asked) == 2
    assert database.asked[1] == "jinja2==3.1.3 h\n"


@pytest.mark.parametrize(
    "stderr",
    [
        "requests.exceptions.ConnectionError: Failed to resolve",
        "ERROR:pip_audit._cli:Could not connect to OSV's vulnerability feed",
        "pip_audit._service.interface.ServiceError",
        "requests.exceptions.SSLError: certificate verify failed",
    ],
)
def test_without_a_network_it_says_so_and_nothing_fails(says: Any, stderr: str) -> None:
    says("", f"Traceback\n  File x\n{stderr}", 1)
    assert audit.weaknesses(ONE) == (
        [],
        "not audited: the database of known weaknesses couldn't be reached",
    )


def test_a_database_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(command: list[str], timeout: float, **_: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", hang)
    assert audit.weaknesses(ONE)[1].startswith("not audited")


def test_an_audit_that_fails_itself_is_no_pass(says: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    says("", "usage: pip-audit\nerror: no such option", 2)
    with pytest.raises(StopError, match="status 2 and said:\nusage"):
        audit.weaknesses(ONE)

    def absent(*_: object, **__: object) -> None:
        raise FileNotFoundError("pip-audit")

    monkeypatch.setattr(subprocess, "run", absent)
    with pytest.raises(StopError, match=r"dev\.py setup"):
        audit.weaknesses(ONE)


def test_a_weakness_may_be_ignored_with_a_reason_until_a_day() -> None:
    known = [Weakness("jinja2", "3.1.2", ("GHSA-1", "CVE-1"), ("3.1.3",))]
    of_it = Ignored("CVE-1", "only templates of ours", dt.date(2026, 11, 22))
    assert list(audit.known_faults(known, [], TODAY)) == [str(known[0])]
    assert list(audit.known_faults(known, [of_it], TODAY)) == []
    (fault,) = audit.known_faults(known, [of_it], dt.date(2026, 11, 23))
    assert fault == "CVE-1 was to be ignored until 2026-11-22 (only templates of ours): look again"


@pytest.mark.parametrize("missing", ["id", "reason", "until"])
def test_ignoring_needs_a_reason_and_an_end(missing: str) -> None:
    entry = {"id": "CVE-1", "reason": "because", "until": TODAY}
    table: dict[str, Any] = {
        "project": {"dependencies": []},
        "dependency-groups": {"dev": []},
        "tool": {"fitcheck": {"audit": {"ignored": [entry]}}},
    }
    assert audit.read_rules(table).ignored == (Ignored("CVE-1", "because", TODAY),)
    del entry[missing]
    with pytest.raises(StopError, match="needs an id, a reason and a date"):
        audit.read_rules(table)


@pytest.mark.parametrize(
    ("outcome", "status", "last"),
    [(True, 0, "check: all good"), (False, 1, "check: failed: dependencies")],
)
def test_check_fails_with_it(
    outcome: bool,
    status: int,
    last: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tasks, "_set_up", lambda **_: None)
    monkeypatch.setattr(tasks, "call", lambda _command: 0)
    monkeypatch.setattr(audit, "audit", lambda: outcome)
    assert tasks.main(["check"]) == status
    assert capsys.readouterr().err.endswith(f"{last}\n")

    def stop() -> bool:
        raise StopError("no such tool")

    monkeypatch.setattr(audit, "audit", stop)
    assert tasks.main(["check"]) == 1
    assert "no such tool" in capsys.readouterr().err


def test_the_whole_audit_says_each_fault(
    says: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    described = audit.describe()
    monkeypatch.setattr(audit, "describe", lambda: described)
    says(json.dumps({"dependencies": [{"name": "x", "version": "1", "vulns": []}]}))
    assert audit.audit()
    assert "known weaknesses: 0" in capsys.readouterr().err
    says(json.dumps(KNOWN), "", 1)
    assert not audit.audit()
    assert "jinja2 3.1.2: GHSA-1 (CVE-1); fixed in 3.1.3, 3.2\n" in capsys.readouterr().err
