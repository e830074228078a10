"""The only reader of ``resources/``: the data that travels with the program.

Everything is read through :mod:`importlib.resources`, so it works from a checkout, from an
installed wheel and from a frozen build alike.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import resources

_ROOT = files(resources)


def read_bytes(*path: str) -> bytes:
    """The packaged file at ``path``; raises ``FileNotFoundError`` if it isn't shipped."""
    return _ROOT.joinpath(*path).read_bytes()


def read_text(*path: str) -> str:
    """The packaged UTF-8 file at ``path``; raises ``FileNotFoundError`` if it isn't shipped."""
    return _ROOT.joinpath(*path).read_text(encoding="utf-8")


@cache
def names(*folder: str) -> tuple[str, ...]:
    """The names of the files in a packaged folder, sorted."""
    return tuple(sorted(entry.name for entry in _ROOT.joinpath(*folder).iterdir()))
