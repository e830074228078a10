"""Which Python `.venv` is made with: the best complete one on this machine.

docs/decisions/0001-python-and-pyside-versions.md says why 3.13 comes first.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from devtools.console import StopError

PREFERRED = ((3, 13), (3, 12), (3, 14), (3, 11))
"""Best first: the versions that FitCheck is meant to run on."""

# Run by every candidate; answers with one line of JSON. A virtual environment answers for the
# Python that it was made with, so that `.venv` never hangs on another one, or on itself.
_PROBE = """
import json, sys, sysconfig
missing = []
for name in ("venv", "ensurepip", "ssl", "sqlite3", "ctypes"):
    try:
        __import__(name)
    except Exception:
        missing.append(name)
print(json.dumps({
    "path": getattr(sys, "_base_executable", None) or sys.executable,
    "version": sys.version_info[:3],
    "final": sys.version_info[3] == "final",
    "cpython": sys.implementation.name == "cpython",
    "locked": not sysconfig.get_config_var("Py_GIL_DISABLED"),
    "wide": sys.maxsize > 2**32,
    "missing": missing,
}))
"""


class Python(NamedTuple):
    """A Python that answered: its program, its version, and what it lacks to make a `.venv`."""

    path: str
    version: tuple[int, int, int]
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"Python {'.'.join(map(str, self.version))} ({self.path})"


def best() -> Python:
    """The best Python here: complete before incomplete, then in the order of `PREFERRED`.

    Only where none is complete is an incomplete one returned, its `missing` not empty: Debian, for
    instance, packs `ensurepip` apart. Raises `StopError` where there is no Python to be used.
    """
    incomplete: list[Python] = []
    for version in PREFERRED:
        for command in _candidates(version):
            python = ask(command)
            if python is None or python.version[:2] != version:
                continue
            if not python.missing:
                return python
            incomplete.append(python)
    if incomplete:
        return incomplete[0]
    raise StopError(
        f"Looking for a Python to make .venv with: none of {_names(PREFERRED)} was found as an "
        "ordinary 64-bit CPython.\n"
        "Install Python 3.13 (python.org, or your package manager) and run this again."
    )


def chosen(path: str) -> Python:
    """The Python that somebody named; raises `StopError` if FitCheck can't use it."""
    python = ask([path])
    if python is None or python.version[:2] not in PREFERRED:
        raise StopError(
            f"Trying {path}: it isn't a working 64-bit CPython of one of {_names(PREFERRED)}.\n"
            "Name another one, or leave --python away and let dev.py choose."
        )
    return python


def ask(command: list[str]) -> Python | None:
    """What the Python that `command` starts says of itself, or None if it can't be used at all.

    A pyenv shim for a version that isn't switched on, the Microsoft Store's stand-in, a broken
    link, PyPy, a 32-bit or free-threaded build: all of them are None.
    """
    try:
        answer = subprocess.run(
            [*command, "-I", "-c", _PROBE],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        facts = json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    if not (facts["final"] and facts["cpython"] and facts["locked"] and facts["wide"]):
        return None
    major, minor, micro = facts["version"]
    return Python(facts["path"], (major, minor, micro), tuple(facts["missing"]))


def _candidates(version: tuple[int, int]) -> Iterator[list[str]]:
    """Commands that may start that Python, likeliest first; some won't work."""
    major, minor = version
    name = f"python{major}.{minor}"
    if sys.version_info[:2] == version and sys.executable:
        yield [sys.executable]
    if sys.platform == "win32":
        yield ["py", f"-{major}.{minor}"]
    # Every folder of PATH, since a shim that doesn't work may hide a Python that does.
    for folder in os.get_exec_path():
        found = Path(folder, f"{name}.exe" if sys.platform == "win32" else name)
        if folder and found.is_file():
            yield [str(found)]
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv")
    folders = [
        *_newest_first(pyenv / "versions", f"{major}.{minor}.*"),
        *_newest_first(pyenv / "pyenv-win" / "versions", f"{major}.{minor}.*"),
        *_newest_first(home / ".local/share/uv/python", f"cpython-{major}.{minor}.*"),
        Path(f"/opt/homebrew/opt/python@{major}.{minor}"),
        Path(f"/usr/local/opt/python@{major}.{minor}"),
        Path(f"/home/linuxbrew/.linuxbrew/opt/python@{major}.{minor}"),
        Path(f"/Library/Frameworks/Python.framework/Versions/{major}.{minor}"),
    ]
    for folder_ in folders:
        for found in (folder_ / "bin" / name, folder_ / "python.exe"):
            if found.is_file():
                yield [str(found)]


def _newest_first(folder: Path, pattern: str) -> list[Path]:
    return sorted(
        folder.glob(pattern),
        key=lambda path: [int(number) for number in re.findall(r"\d+", path.name)],
        reverse=True,
    )


def _names(versions: tuple[tuple[int, int], ...]) -> str:
    return ", ".join(f"{major}.{minor}" for major, minor in sorted(versions))
