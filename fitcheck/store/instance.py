"""One FitCheck at a time over one folder.

The system's own advisory lock on a file: it goes with the process that holds it, however that
ends, so a lock is never stale, and the file that a killed process leaves means nothing. (A file
that held a process id would have to be believed, or not.)
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from fitcheck.store.errors import AlreadyOpen
from fitcheck.store.files import writable

LOCK_FILE = "book.lock"

_HELD_BY_ANOTHER = (BlockingIOError, PermissionError)


class InstanceLock:
    """Held from construction to :meth:`release`, or to the end of the process.

    Raises :class:`AlreadyOpen` if it is held already, be it by this process.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / LOCK_FILE
        with writable(folder):
            self._descriptor: int | None = self._take(folder)

    def _take(self, folder: Path) -> int:
        while True:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _lock(descriptor)
                # Whoever held it may have removed the file between our opening and locking it;
                # then what we have locked is a file that nobody else will find.
                if _is_still(self._file, descriptor):
                    return descriptor
            except _HELD_BY_ANOTHER:
                os.close(descriptor)
                raise AlreadyOpen(folder) from None
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)

    def release(self) -> None:
        """Let another one in. May be repeated."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        try:
            _remove_locked(self._file, descriptor)
        finally:
            os.close(descriptor)


def _is_still(file: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(file.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _remove_locked(_file: Path, descriptor: int) -> None:
        # An open file can't be removed there, and after unlocking it would be a race. It stays.
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _remove_locked(file: Path, descriptor: int) -> None:
        with suppress(OSError):  # it means nothing, so it may as well stay
            file.unlink(missing_ok=True)
        # Said, not left to closing: a forked child would hold the lock on.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
