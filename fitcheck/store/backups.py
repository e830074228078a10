"""The backups of an open book: made while it is in use, verified, thinned, looked into.

Each of these takes as long as the book is large: it is not for the window's thread. Closing the
book stops what is under way.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock

from fitcheck.domain.thinning import superseded
from fitcheck.store.backup import (
    KEPT,
    Copy,
    Reason,
    begin_copy,
    copies,
    end_copy,
    lose_name,
    remove,
)
from fitcheck.store.checking import Contents, look_into
from fitcheck.store.errors import (
    BackupStopped,
    BookDamaged,
    ForeignFile,
    WrongKeyOrDamaged,
)
from fitcheck.store.files import KEY_FILE, STORE_FILE, writable, write_whole
from fitcheck.store.live_copy import copy_live
from fitcheck.store.previewing import Preview, compared, newest_good, preview
from fitcheck.store.vault import Vault

Stopped = Callable[[], bool]
"""Whether nobody wants the result any more."""

Progress = Callable[[float], None]

_COPYING = 0.6
"""The share of the time that copying takes; the rest is verifying, which can't tell."""


def _unheard(_done: float) -> None:
    pass


class Backups:
    """``settle`` waits for everything that is being written; ``now`` is injected for tests."""

    def __init__(
        self, vault: Vault, settle: Callable[[], None], now: Callable[[], dt.datetime]
    ) -> None:
        self._vault = vault
        self._settle = settle
        self._now = now
        self._closing = Event()
        self._one_at_a_time = Lock()

    def close(self) -> None:
        """Stop what is under way, and begin nothing more. May be repeated."""
        self._closing.set()
        with self._one_at_a_time:
            pass

    def all(self) -> tuple[Copy, ...]:
        """Every copy there is, newest first; none of them is opened."""
        return copies(self._vault.folder)

    def due(self) -> bool:
        """Whether the book has changed and nothing of today has been copied.

        Copies from the future say nothing: some clock was wrong.
        """
        now = self._now()
        made = [copy.made for copy in self.all() if copy.made <= now and copy.reason not in KEPT]
        if not made:
            return True
        newest = max(made)
        try:
            changed = (self._vault.folder / STORE_FILE).stat().st_mtime
        except OSError:
            return False
        # A name says whole seconds, so what was written in that second counts as not in it.
        return newest.date() < now.date() and changed >= newest.timestamp()

    def make(self, reason: Reason, stopped: Stopped = bool, progress: Progress = _unheard) -> Copy:
        """Copy what has been saved up to now, verify the copy, then thin the older ones.

        ``progress`` is told how much is done, 0 to 1, and may raise to stop it, as ``stopped``
        does. Raises :class:`BookDamaged`, :class:`FolderNotWritable`, :class:`DiskRefused`,
        :class:`BackupStopped`; then there is no new copy, and none has gone.
        """
        with self._working(stopped) as stops:
            vault = self._vault
            with writable(vault.folder):
                fresh, target = begin_copy(vault.folder, reason.value, self._now())
            try:
                with writable(vault.folder):
                    self._copy_store(fresh / STORE_FILE, stops, progress)
                with vault.key_file_held() as key_file, writable(vault.folder):
                    # With the key file held still: a passphrase that changed between these two
                    # would else be followed by every copy but this.
                    write_whole(fresh / KEY_FILE, key_file.to_bytes())
                    end_copy(fresh, target)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            made = next(copy for copy in copies(vault.folder) if copy.folder == target)
            self._thin(made)
            return made

    def check(self, stopped: Stopped = bool) -> Contents:
        """Read every page of the book and check that it is whole, as a backup would.

        On a copy, which is gone afterwards: SQLCipher's check reads past SQLite's locks, and would
        take a write that is under way for damage. Raises :class:`BookDamaged` and what
        :meth:`make` raises.
        """
        with self._working(stopped) as stops:
            scratch = self._vault.folder / (STORE_FILE + ".checked")
            try:
                with writable(self._vault.folder):
                    return self._copy_store(scratch, stops, _unheard)
            finally:
                with suppress(OSError):
                    scratch.unlink(missing_ok=True)

    def look(self, copy: Copy, stopped: Stopped = bool) -> Preview:
        """Read a copy from end to end: whether it is whole, what is in it, and what isn't."""
        with self._working(stopped) as stops:
            self._settle()  # or what is still being written would not be missed
            with self._vault.key_file_held() as key_file:
                present = key_file
            found = preview(copy, present, self._vault.data_key, stops)
            return compared(found, self._vault.store, self._vault.data_key)

    def newest_good(self, stopped: Stopped = bool) -> Preview | None:
        """The newest copy that is whole, each being read from end to end until one is."""
        with self._working(stopped) as stops:
            with self._vault.key_file_held() as key_file:
                present = key_file
            return newest_good(self.all(), present, self._vault.data_key, stops)

    def delete(self, copy: Copy) -> None:
        """Delete a copy at somebody's wish, whatever it is.

        Raises :class:`FolderNotWritable` where the system refuses; what is left of it is then
        removed before the next copy is made.
        """
        with self._working(bool), writable(copy.folder.parent):
            unnamed = lose_name(copy)
            shutil.rmtree(unnamed)

    @contextmanager
    def kept_still(self) -> Iterator[None]:
        """Let no copy be made, read or deleted meanwhile; raises :class:`BackupStopped`."""
        with self._working(bool):
            yield

    @contextmanager
    def _working(self, stopped: Stopped) -> Iterator[Stopped]:
        with self._one_at_a_time:
            if self._closing.is_set():
                raise BackupStopped
            yield lambda: self._closing.is_set() or stopped()

    def _copy_store(self, target: Path, stopped: Stopped, progress: Progress) -> Contents:
        self._settle()
        store, key = self._vault.store, self._vault.data_key
        copy_live(store, target, key, stopped, lambda done: progress(_COPYING * done))
        try:
            return look_into(target, key, stopped)
        except (WrongKeyOrDamaged, ForeignFile):
            # Every page of the book was read. What is amiss is in it, or the disk lies.
            raise BookDamaged(store) from None

    def _thin(self, newest: Copy) -> None:
        """Delete what is superseded; what can't be deleted now is met again the next time."""
        among = {copy.name: copy for copy in self.all() if copy.reason not in KEPT}
        made = {name: copy.made for name, copy in among.items()}
        for name in superseded(made, self._now(), {newest.name}):
            remove(among[name])
