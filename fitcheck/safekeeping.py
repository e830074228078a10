"""Keeping the book safe: its backups, whether it is whole, and bringing it back.

All but :meth:`Safekeeping.copies` and :meth:`Safekeeping.due` read the whole book: they are not for
the window's thread.
"""

from __future__ import annotations

from fitcheck.log import Event, note
from fitcheck.store.backup import Copy, Reason
from fitcheck.store.book import Book
from fitcheck.store.checking import Contents
from fitcheck.store.errors import StoreError
from fitcheck.store.previewing import Preview


class Safekeeping:
    """What can be done for an open book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def copies(self) -> tuple[Copy, ...]:
        """Every backup, newest first."""
        return self._book.backups.all()

    def due(self) -> bool:
        """Whether the book has changed since the last backup, and none was made today."""
        return self._book.backups.due()

    def back_up(self, reason: Reason = Reason.BY_HAND) -> Copy:
        """Make a backup of what is saved, verify it, and let superseded ones go.

        Raises ``BookDamaged``, ``BackupStopped`` when the book is closed meanwhile, or another
        :class:`fitcheck.store.errors.StoreError`; every older backup is still there then.
        """
        try:
            made = self._book.backups.make(reason)
        except StoreError as error:
            note(Event.BACKUP_FAILED, reason=reason, error=error)
            raise
        note(Event.BACKUP_MADE, reason=reason)
        return made

    def look_into(self, copy: Copy) -> Preview:
        """What is in a backup, which is read from end to end."""
        return self._book.backups.look(copy)

    def newest_good(self) -> Preview | None:
        """The newest backup that is whole."""
        return self._book.backups.newest_good()

    def check(self) -> Contents:
        """Read the whole book and see that it is sound; raises as :meth:`back_up` does."""
        return self._book.backups.check()

    def restore(self, copy: Copy) -> None:
        """Put a backup in the book's place; the present book is kept among the backups.

        Afterwards this FitCheck is closed, whatever happened. Raises ``BackupUnusable`` or another
        :class:`fitcheck.store.errors.StoreError`; then the book is as it was.
        """
        self._book.restore(copy)
        note(Event.RESTORED)
