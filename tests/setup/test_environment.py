"""`.venv` is used as it is only where it is whole, ours, and what the lock file says."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import environment, tasks
from devtools.pythons import Python


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a finished `.venv`, as far as `dev.py` looks at one."""
    venv = tmp_path / ".venv"
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", venv)
    monkeypatch.setattr(environment, "LOCK", tmp_path / "dev.txt")
    monkeypatch.setattr(environment, "_PROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(environment, "_STAMP", venv / "fitcheck-setup.json")
    monkeypatch.setattr(environment, "_BUSY", tmp_path / ".venv.lock")
    monkeypatch.setattr(environment, "_remove_unlisted", lambda _: None)
    (tmp_path / "dev.txt").write_text("one==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    python = Path(environment.script("python"))
    python.parent.mkdir(parents=True)
    python.touch()
    (venv / "pyvenv.cfg").write_text("version = 3.13.0\n")
    done(monkeypatch)
    environment.update()
    return tmp_path


def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record what would be run instead of running it."""
    commands: list[str] = []
    monkeypatch.setattr(environment, "_do", lambda command, *_: commands.append(" ".join(command)))
    return commands


def test_a_finished_one_is_ready(checkout: Path) -> None:
    assert environment.is_ready()
    assert environment.usable()
    assert (checkout / ".venv").exists()


def test_a_new_lock_file_installs_everything(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "dev.txt").write_text("one==2\n")
    assert not environment.is_ready()
    assert environment.usable()
    commands = done(monkeypatch)
    environment.update()
    assert len(commands) == 2
    assert "--require-hashes --no-deps --only-binary :all:" in commands[0]
    assert environment.is_ready()


def test_a_new_pyproject_installs_only_the_project(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "pyproject.toml").write_text("[project]\nversion = '2'\n")
    commands = done(monkeypatch)
    environment.update()
    assert [command.split()[-1] for command in commands] == [str(checkout)]
    assert "--no-build-isolation --no-deps" in commands[0]


def test_an_interrupted_update_leaves_no_stamp(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    (checkout / "dev.txt").write_text("one==2\n")
    monkeypatch.setattr(environment, "_do", interrupt)
    with pytest.raises(KeyboardInterrupt):
        environment.update()
    assert not environment.is_ready()
    assert not environment.usable()


@pytest.mark.parametrize("damage", ["stamp", "python", "root", "setup", "base"])
def test_a_broken_or_foreign_one_is_made_anew(
    checkout: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if damage == "stamp":
        (checkout / ".venv" / "fitcheck-setup.json").write_text("{half")
    elif damage == "python":
        Path(environment.script("python")).unlink()
    elif damage == "root":
        monkeypatch.setattr(environment, "ROOT", checkout / "moved")
    elif damage == "setup":
        monkeypatch.setattr(environment, "SETUP_VERSION", environment.SETUP_VERSION + 1)
    else:
        (checkout / ".venv" / "pyvenv.cfg").write_text("version = 3.14.0\n")
    assert not environment.is_ready()
    assert not environment.usable()
    made: list[object] = []
    monkeypatch.setattr(tasks, "_make", lambda *args, **_: made.append(args))
    tasks._set_up()
    assert made == [(None,)]


def test_what_a_link_leads_to_is_neither_emptied_nor_written_to(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv, shared = checkout / ".venv", checkout / "shared"
    venv.rename(shared)
    venv.symlink_to(shared, target_is_directory=True)
    before = {file: file.read_bytes() for file in shared.rglob("*") if file.is_file()}
    assert before

    def make(command: list[str], *_: object) -> None:
        # As `venv --clear` does, which goes through a link.
        if "--clear" in command:
            shutil.rmtree(venv.resolve(), ignore_errors=True)
            venv.mkdir()

    monkeypatch.setattr(environment, "_do", make)
    environment.create(Python(sys.executable, (3, 13, 0)))
    assert not venv.is_symlink()
    assert {file: file.read_bytes() for file in shared.rglob("*") if file.is_file()} == before


def test_foreign_settings_are_kept_from_pip_and_from_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("PIP_TARGET", "PIP_REQUIRE_VIRTUALENV", "PIP_NO_DEPS", "PIP_CONSTRAINT"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("PIP_INDEX_URL", "somewhere")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere")
    pip = environment._pip_environment()
    assert {name for name in pip if name.startswith("PIP_")} >= {"PIP_INDEX_URL"}
    assert not {"PIP_TARGET", "PIP_NO_DEPS", "PIP_CONSTRAINT"} & set(pip)
    assert pip["PIP_REQUIRE_VIRTUALENV"] == "0"
    program = environment.program_environment()
    assert not {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"} & set(program)
    assert program["VIRTUAL_ENV"] == str(environment.VENV)


def test_two_do_not_set_up_at_once(checkout: Path) -> None:
    holder = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from devtools import environment\n"
        "environment._BUSY = Path(sys.argv[2])\n"
        "with environment.alone(): print('held', flush=True); sys.stdin.read()\n"
    )
    root = Path(tasks.__file__).resolve().parents[1]
    command = [sys.executable, "-c", holder, str(root), str(checkout / ".venv.lock")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        waiting = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        with waiting:
            assert waiting.stderr is not None
            assert "waiting" in waiting.stderr.readline()
            other.stdin.close()
        assert waiting.returncode == 0
