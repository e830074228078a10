"""The only reader of what travels with the program: ``resources/``, and the user guide.

Everything in ``resources/`` lies in a folder beside the program's own modules, in a checkout, an
installed wheel and a frozen build alike; :mod:`importlib.resources`, which could find it elsewhere,
too, takes a tenth of what a first window may, and is asked only where there is no such folder. The
guide stays in ``docs/guide``, where it is written; the frozen build has that folder beside
``resources``, and a wheel puts it under ``share/fitcheck/guide``
(docs/decisions/0034-the-guide-in-the-program.md).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import resources

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def _root() -> Path | Traversable:
    folder = Path(next(iter(resources.__path__), ""))
    if (folder / "icons").is_dir():
        return folder
    from importlib.resources import files

    return files(resources)


_ROOT = _root()


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
    """The folder with the pages of the user guide, and its pictures; in it, those by language."""
    beside = Path(resources.__file__).parent.parent / "docs" / "guide"
    if beside.is_dir():
        return beside
    import sysconfig  # few starts need it

    return Path(sysconfig.get_path("data"), "share", "fitcheck", "guide")
