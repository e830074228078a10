"""The only reader of what travels with the program: ``resources/``, and the user guide.

Everything in ``resources/`` is read through :mod:`importlib.resources`, so it works from a
checkout, from an installed wheel and from a frozen build alike. The guide stays in ``docs/guide``,
where it is written; the frozen build has that folder beside ``resources``, and a wheel puts it
under ``share/fitcheck/guide`` (docs/decisions/0034-the-guide-in-the-program.md).
"""

from __future__ import annotations

import sysconfig
from functools import cache
from importlib.resources import files
from pathlib import Path

import resources

_ROOT = files(resources)


def read_bytes(*path: str) -> bytes:
    """The packaged file at ``path``; raises ``FileNotFoundError`` if it isn't shipped."""
    return _ROOT.joinpath(*path).read_bytes()


def read_text(*path: str) -> str:
    """The packaged UTF-8 file at ``path``; raises ``FileNotFoundError`` if it isn't shipped."""
    return _ROOT.joinpath(*path).read_text(encoding="utf-8")


def path(*path: str) -> Path:
    """Where a packaged file lies, for what has to be a file."""
    return Path(resources.__file__).parent.joinpath(*path)


@cache
def names(*folder: str) -> tuple[str, ...]:
    """The names of the files in a packaged folder, sorted."""
    return tuple(sorted(entry.name for entry in _ROOT.joinpath(*folder).iterdir()))


@cache
def guide_folder() -> Path:
    """The folder with the pages of the user guide, and its pictures."""
    beside = Path(resources.__file__).parent.parent / "docs" / "guide"
    if beside.is_dir():
        return beside
    return Path(sysconfig.get_path("data"), "share", "fitcheck", "guide")
