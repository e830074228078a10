"""Counts what a program asks of the system in a folder, and dies at one of these calls.

SQLite's calls are met through its own hook for tests (``xSetSystemCall``, docs/decisions/0017),
Python's by putting functions in their place.
"""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from ctypes import CFUNCTYPE, c_char_p, c_int, c_int64, c_size_t, c_ssize_t, c_void_p
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest.mock import patch

from tests.store.recording import library

_SetSystemCall = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)
_WRITE = CFUNCTYPE(c_ssize_t, c_int, c_void_p, c_size_t)
_PWRITE = CFUNCTYPE(c_ssize_t, c_int, c_void_p, c_size_t, c_int64)
_OF_SQLITE = {
    b"open": CFUNCTYPE(c_int, c_char_p, c_int, c_int),
    b"write": _WRITE,
    b"pwrite": _PWRITE,
    b"pwrite64": _PWRITE,
    b"ftruncate": CFUNCTYPE(c_int, c_int, c_int64),
    b"unlink": CFUNCTYPE(c_int, c_char_p),
    b"openDirectory": CFUNCTYPE(c_int, c_char_p, c_void_p),
}
_OF_PYTHON: tuple[tuple[Any, str], ...] = (
    (os, "open"),
    (os, "fsync"),
    (os, "mkdir"),
    (os, "unlink"),
    (os, "rmdir"),
    (Path, "replace"),
    (Path, "unlink"),
)


def counting() -> Calls:
    """Counts to no end; where the system's calls can't be met, nothing."""
    return Calls() if os.name == "posix" else Calls(watches=False)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Calls:
    """While entered, ``count`` grows with every call, and the ``last`` one is the end.

    ``part``: before it, after it, or, where it is a write, when half of it is written.
    """

    PARTS = ("before", "half", "after")

    def __init__(self, last: int = 0, part: str = "before", watches: bool = True) -> None:
        self._watches = watches
        self.count = 0
        self._last = last
        self._part = part
        self._stack = ExitStack()
        self._kept: list[Any] = []

    def __enter__(self) -> Calls:
        if not self._watches:
            return self
        system = library().sqlite3_vfs_find(None)
        set_call = system.contents.set_system_call
        for name, kind in _OF_SQLITE.items():
            address = system.contents.get_system_call(system, name)
            if not address:
                continue
            watching = kind(self._watched(kind(address), writes=kind in (_WRITE, _PWRITE)))
            self._kept.append(watching)
            assert set_call(system, name, ctypes.cast(watching, c_void_p)) == 0
            self._stack.callback(set_call, system, name, None)
        for owner, function in _OF_PYTHON:
            original = getattr(owner, function)
            self._stack.enter_context(patch.object(owner, function, self._watched(original)))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _watched(self, call: Callable[..., Any], writes: bool = False) -> Callable[..., Any]:
        def watched(*arguments: Any, **options: Any) -> Any:
            self.count += 1
            if self.count != self._last:
                return call(*arguments, **options)
            if self._part == "half" and writes:
                file, data, size, *rest = arguments
                call(file, data, size // 2, *rest)
            elif self._part == "after":
                call(*arguments, **options)
            _die()
            raise AssertionError("dead")

        return watched
