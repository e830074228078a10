"""`.venv`: made from `requirements/dev.txt`, and whether it still is what that file says.

One environment serves every task. A second one with the run requirements alone would have to be
kept in step and would show nothing: `requirements/run.txt` says what ships.
"""

import contextlib
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from devtools.console import StopError, say

if TYPE_CHECKING:
    from devtools.pythons import Python

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "dev.txt"

SETUP_VERSION = 1
"""Raised whenever an environment made by an older `dev.py` has to be made anew."""

_PROJECT = ROOT / "pyproject.toml"
_STAMP = VENV / "fitcheck-setup.json"
_BUSY = ROOT / ".venv.lock"

# The settings by which pip reaches a registry. All others would change what is installed, or
# where (PIP_TARGET, PIP_USER, PIP_REQUIRE_VIRTUALENV), and are kept from it.
_PIP_REACHES = {
    "PIP_CACHE_DIR",
    "PIP_CERT",
    "PIP_CLIENT_CERT",
    "PIP_CONFIG_FILE",
    "PIP_DEFAULT_TIMEOUT",
    "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS",
    "PIP_INDEX_URL",
    "PIP_KEYRING_PROVIDER",
    "PIP_NO_INDEX",
    "PIP_PROXY",
    "PIP_RETRIES",
    "PIP_TIMEOUT",
    "PIP_TRUSTED_HOST",
}
# Variables that point a Python at another environment's modules, or slow it down.
_FOREIGN = {
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONEXECUTABLE",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONPLATLIBDIR",
    "__PYVENV_LAUNCHER__",
}


def script(name: str) -> str:
    """The path of a program in `.venv`, whether it exists or not."""
    if sys.platform == "win32":
        return str(VENV / "Scripts" / f"{name}.exe")
    return str(VENV / "bin" / name)


def program_environment() -> dict[str, str]:
    """The caller's variables, cleared of what would lead a program of `.venv` astray."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return {**kept, "VIRTUAL_ENV": str(VENV)}


def is_ready() -> bool:
    """Whether `.venv` is complete and up to date. Takes a few milliseconds."""
    return _state() == _wanted()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait until no other `dev.py` is setting up this checkout; the lock ends with the process."""
    with _BUSY.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt
            import time

            told = False
            while True:
                try:
                    file.seek(0)
                    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                    break
                except OSError:
                    if not told:
                        say("Another dev.py is setting up; waiting for it")
                        told = True
                    time.sleep(0.5)
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say("Another dev.py is setting up; waiting for it")
                fcntl.flock(file, fcntl.LOCK_EX)
            # pip goes on for a while if dev.py is killed: it holds the lock, too, until it ends.
            os.set_inheritable(file.fileno(), True)
        yield


def usable() -> bool:
    """Whether `.venv` can be brought up to date in place, without a Python to make it anew.

    One without a stamp is half made: its set-up was interrupted. One that was moved, or whose
    Python went, doesn't work.
    """
    state, wanted = _state(), _wanted()
    fixed = ("setup", "root", "python")
    return bool(state) and all(state.get(key) == wanted[key] for key in fixed)


def create(python: "Python") -> None:
    """Make `.venv` with that Python from nothing, then `update` it.

    One that is a link is only unlinked: what it leads to is somebody else's, and `venv --clear`
    would follow it and empty that.
    """
    if VENV.is_symlink():
        say("Removing the link .venv, and leaving alone what it led to")
        VENV.unlink()
    if VENV.exists():
        say("Removing the old or half-made .venv")
    _STAMP.unlink(missing_ok=True)
    say(f"Making .venv with {python}")
    _do(
        [python.path, "-I", "-m", "venv", "--clear", str(VENV)],
        "Making .venv",
        "Delete the folder .venv and run this again; on Windows, close programs that run from it.",
    )
    update()


def update() -> None:
    """Install what `.venv` lacks of the lock file and of this project.

    The stamp is away while this works, so that an interrupted set-up is recognised.
    """
    state, wanted = _state(), _wanted()
    _STAMP.unlink(missing_ok=True)
    pip = [script("python"), "-I", "-m", "pip", "--quiet", "--quiet", "--no-input"]
    if state.get("lock") != wanted["lock"]:
        say("Installing the locked requirements (the first time, a minute or two)")
        install = ["install", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
        _do(
            [*pip, *install, "--requirement", str(LOCK)],
            "Installing requirements/dev.txt",
            "pip's words are above. If the network was away, run this again; nothing half-made "
            "will be used.\nIf it found no pyside6-essentials, this system is older than Qt's "
            "builds: they need glibc 2.34 (on ARM 2.39), macOS 13 or Windows 10, all 64-bit.",
        )
        _remove_unlisted(pip)
    say("Installing FitCheck itself into .venv, in place")
    # compat: a .pth file with this folder. The other kinds list the packages that exist now, and
    # miss those that are added later; type checkers can't follow them either.
    in_place = ["--config-settings", "editable_mode=compat", "--editable", str(ROOT)]
    _do(
        [*pip, "install", "--no-build-isolation", "--no-deps", "--no-index", *in_place],
        "Installing FitCheck into .venv",
        "Look at pyproject.toml, which setuptools builds from, then run this again.",
    )
    # Asked again, since making .venv has changed its description.
    unfinished = _STAMP.with_suffix(".new")
    unfinished.write_text(json.dumps(_wanted()), encoding="utf-8")
    unfinished.replace(_STAMP)


def _wanted() -> dict[str, object]:
    return {
        "setup": SETUP_VERSION,
        "root": str(ROOT),
        # What `venv` wrote of its Python: folder and version.
        "python": _digest(VENV / "pyvenv.cfg"),
        "lock": _digest(LOCK),
        "project": _digest(_PROJECT),
    }


def _state() -> dict[str, object]:
    """What the stamp says, or nothing where `.venv` is absent, half made or broken."""
    try:
        state = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    # A dangling link (its Python was uninstalled) doesn't exist either.
    return state if isinstance(state, dict) and Path(script("python")).exists() else {}


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


_LIST = "import importlib.metadata as m; print(*(d.name for d in m.distributions()), sep='\\n')"


def _remove_unlisted(pip: list[str]) -> None:
    """Uninstall what an older lock file had listed: what isn't locked mustn't be importable."""
    listed = subprocess.run(
        [script("python"), "-I", "-c", _LIST],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    installed = {_normal(name) for name in listed.stdout.split()}
    locked = re.findall(r"^([A-Za-z0-9._-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    extra = installed - {_normal(name) for name in locked} - {"fitcheck", "pip"}
    if extra:
        say(f"Removing what is no longer listed: {' '.join(sorted(extra))}")
        _do(
            [*pip, "uninstall", "--yes", *sorted(extra)],
            "Removing packages from .venv",
            "Run `python3 dev.py setup --rebuild`.",
        )


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pip_environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in program_environment().items()
        if not name.startswith("PIP_") or name in _PIP_REACHES
    }
    # These two may also stand in a configuration file, which the environment overrules.
    return {
        **kept,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_USER": "0",
    }


def _do(command: list[str], what: str, remedy: str) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=_pip_environment(),
            stdin=subprocess.DEVNULL,
            close_fds=False,
            check=False,
        )
    except OSError as error:
        raise StopError(f"{what}: {error}.\n{remedy}") from error
    if done.returncode != 0:
        raise StopError(f"{what} ended with status {done.returncode}.\n{remedy}")
