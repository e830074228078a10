"""`dev.py` as a person meets it: helps, statuses, and what it says when something is wrong."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import programs, tasks
from devtools.console import StopError
from tests.bench.__main__ import ORDER

ROOT = Path(__file__).resolve().parents[2]
TASKS = ["run", "test", "setup", "check", "bench", "soak", "lock", "build", "translate", "shots"]


def dev(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_help_names_every_task() -> None:
    done = dev("--help")
    assert done.returncode == 0
    for task in TASKS:
        assert f"\n    {task} " in done.stdout


@pytest.mark.parametrize("task", TASKS[1:])
def test_every_task_explains_itself(task: str) -> None:
    done = dev(task, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: dev.py {task}")


def test_an_unknown_task_ends_with_status_2() -> None:
    assert dev("rnu").returncode == 2
    assert dev().returncode == 2


def test_what_can_be_measured_is_listed_and_anything_else_told_in_words() -> None:
    done = dev("bench", "--list")
    assert done.returncode == 0
    assert set(ORDER) <= set(done.stdout.split())
    done = dev("bench", "nonsense")
    assert done.returncode == 1
    assert "There is no benchmark `nonsense`" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_can_soak_is_listed_and_anything_else_told_in_words() -> None:
    done = dev("soak", "--list")
    assert done.returncode == 0
    assert {"canaries", "forms", "power_loss"} <= set(done.stdout.split())
    done = dev("soak", "nonsense")
    assert done.returncode == 1
    assert "There is no soak test `nonsense`" in done.stderr
    assert "Traceback" not in done.stderr


def test_one_soak_test_gets_its_options_and_without_a_name_all_run_whatever_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        commands.append(command[1:])
        return int(command[-1] == "tests.soak.canaries")

    def hear(command: list[str]) -> tuple[int, list[str]]:
        return call(command), ["under way", f"counted: many of {command[-1]}", "at the end"]

    monkeypatch.setattr(tasks, "_set_up", lambda **_: None)
    monkeypatch.setattr(tasks, "become", call)
    monkeypatch.setattr(tasks, "hear", hear)
    assert tasks.main(["soak", "power_loss", "--images", "9"]) == 0
    assert commands == [["-m", "tests.soak.power_loss", "--images", "9"]]
    commands.clear()
    assert tasks.main(["soak"]) == 1
    assert len(commands) >= 3
    assert ["-m", "tests.soak.power_loss"] in commands
    said = capsys.readouterr().err
    assert "  FAILED  many of tests.soak.canaries\n" in said
    assert "  many of tests.soak.power_loss\n" in said
    assert "at the end" not in said
    assert said.endswith("\nsoak: failed: canaries\n")


def test_what_a_soak_test_says_is_shown_and_kept(capfd: pytest.CaptureFixture[str]) -> None:
    status, said = programs.hear([sys.executable, "-c", "print('counted: ü'); raise SystemExit(3)"])
    assert (status, said) == (3, ["counted: ü"])
    assert capfd.readouterr().out == "counted: ü\n"


def test_options_and_status_pass_through_to_pytest(tmp_path: Path) -> None:
    file = tmp_path / "test_it.py"
    file.write_text("def test_good(): pass\ndef test_bad(): assert False\n")
    assert dev("test", "-q", "-k", "good", str(file), folder=tmp_path).returncode == 0
    assert dev("test", "-q", str(file)).returncode == 1
    assert dev("test", "-q", "-k", "neither", str(file)).returncode == 5


@pytest.mark.parametrize(
    ("given", "passed_on"),
    [
        ([], ["-n", "auto", "--maxprocesses", "8", "--dist", "worksteal"]),
        (["-x"], ["-x"]),
        (["tests/domain", "--pdb"], ["tests/domain", "--pdb"]),
        (["--", "--help"], ["--help"]),
    ],
)
def test_all_tests_run_side_by_side_and_chosen_ones_as_they_are_asked_for(
    given: list[str], passed_on: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def become(command: list[str], **_: object) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(tasks, "_set_up", lambda **_: None)
    monkeypatch.setattr(tasks, "become", become)
    assert tasks.main(["test", *given]) == 0
    assert [command[1:] for command in commands] == [["-m", "pytest", *passed_on]]


def test_expected_faults_have_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(**_: object) -> None:
        raise StopError("Doing it: it broke.\nMend it.")

    monkeypatch.setattr(tasks, "_set_up", stop)
    assert tasks.main(["setup"]) == 1
    assert capsys.readouterr().err == "\nDoing it: it broke.\nMend it.\n"


def test_ctrl_c_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tasks, "_set_up", interrupt)
    assert tasks.main(["run"]) == 130
    assert capsys.readouterr() == ("", "")


def test_only_the_standard_library_is_imported() -> None:
    allowed = {*sys.stdlib_module_names, "devtools"}
    for file in [ROOT / "dev.py", *(ROOT / "devtools").glob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert {name.split(".")[0] for name in names} <= allowed, f"{file.name}: {names}"


def test_an_old_python_can_read_the_entry_point() -> None:
    source = (ROOT / "dev.py").read_text(encoding="utf-8")
    # The oldest grammar that `ast` still checks; f-strings came before it, `match` after it.
    tree = ast.parse(source, feature_version=(3, 7))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]


OLD = [
    path
    for pattern in ("2.7.*", "3.6.*", "3.[789].*", "3.10.*")
    for path in Path.home().glob(f".pyenv/versions/{pattern}/bin/python")
] + [Path(found) for found in [shutil.which("python2.7"), shutil.which("python3.9")] if found]


# Where no old Python is at hand there is nothing to try, which isn't a skip: the test above holds.
@pytest.mark.parametrize("python", OLD or [None])
def test_an_old_python_is_told_what_to_do(python: Path | None) -> None:
    if python is None:
        return
    done = subprocess.run(
        [str(python), str(ROOT / "dev.py"), "run"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ""},
        check=False,
    )
    if "dev.py needs" in done.stderr:  # else a shim, which has its own say
        assert done.returncode == 1
        assert done.stderr.startswith("dev.py needs Python 3.11 or newer and this is ")
        assert len(done.stderr.splitlines()) == 1
    assert "SyntaxError" not in done.stderr
