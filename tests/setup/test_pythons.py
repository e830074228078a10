"""The best Python is found, and what only looks like one is passed over."""

import sys
from pathlib import Path

import pytest

from devtools import pythons
from devtools.console import StopError
from devtools.pythons import Python

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses scripts in place of programs")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any Python: PATH is one empty folder, and so is the home folder."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(sys, "executable", "")
    return tmp_path


def pretend(file: Path, version: str, *, missing: str = "[]", **facts: str) -> Path:
    """A program that answers as a Python of that version would."""
    answer = {
        "path": f'"{file}"',
        "version": f"[{version.replace('.', ', ')}]",
        **dict.fromkeys(("final", "cpython", "locked", "wide"), "true"),
        "missing": missing,
        **facts,
    }
    body = ", ".join(f'"{key}": {value}' for key, value in answer.items())
    return script(file, f"echo '{{{body}}}'")


def script(file: Path, command: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{command}\n")
    file.chmod(0o755)
    return file


def test_this_python_answers_for_itself_or_for_the_one_it_was_made_with() -> None:
    python = pythons.ask([sys.executable])
    assert python is not None
    assert python.version == sys.version_info[:3]
    assert python.path == getattr(sys, "_base_executable", sys.executable)
    assert ".venv" not in python.path


def test_the_preferred_version_wins_over_the_newest(machine: Path) -> None:
    for version in ("3.11", "3.14", "3.12", "3.13"):
        pretend(machine / "bin" / f"python{version}", f"{version}.1")
    assert pythons.best() == Python(str(machine / "bin" / "python3.13"), (3, 13, 1))


def test_a_shim_that_does_not_work_is_passed_over(machine: Path) -> None:
    script(machine / "bin" / "python3.13", "echo 'pyenv: command not found' >&2; exit 127")
    old = pretend(machine / "pyenv/versions/3.13.2/bin/python3.13", "3.13.2")
    new = pretend(machine / "pyenv/versions/3.13.10/bin/python3.13", "3.13.10")
    assert pythons.best().path == str(new)
    new.unlink()
    assert pythons.best().path == str(old)


@pytest.mark.parametrize("flaw", ["final", "cpython", "locked", "wide"])
def test_a_pre_release_pypy_free_threaded_and_32_bit_are_passed_over(
    machine: Path, flaw: str
) -> None:
    pretend(machine / "bin" / "python3.13", "3.13.0", **{flaw: "false"})
    good = pretend(machine / "bin" / "python3.11", "3.11.2")
    assert pythons.best().path == str(good)


def test_a_program_that_lies_about_its_name_is_passed_over(machine: Path) -> None:
    pretend(machine / "bin" / "python3.13", "3.9.2")
    with pytest.raises(StopError, match=r"Install Python 3\.13"):
        pythons.best()


def test_a_complete_python_wins_over_a_preferred_one(machine: Path) -> None:
    pretend(machine / "bin" / "python3.13", "3.13.1", missing='["sqlite3"]')
    assert pythons.best().missing == ("sqlite3",)
    pretend(machine / "bin" / "python3.11", "3.11.2")
    assert pythons.best().version == (3, 11, 2)


def test_a_named_python_is_taken_or_refused(machine: Path) -> None:
    named = pretend(machine / "elsewhere" / "python", "3.12.7")
    assert pythons.chosen(str(named)).version == (3, 12, 7)
    for bad in (machine / "nothing", pretend(machine / "elsewhere" / "old", "3.9.1")):
        with pytest.raises(StopError, match="isn't a working"):
            pythons.chosen(str(bad))
