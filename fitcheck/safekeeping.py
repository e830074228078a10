"""Keeping the book safe: its backups, whether it is whole, and bringing it back.

All but :meth:`Safekeeping.copies` and :meth:`Safekeeping.due` read the whole book: they are not for
the window's thread.
"""

from __future__ import annotations

from fitcheck.i18n import _, ngettext
from fitcheck.log import Event, note
from fitcheck.store.backup import Copy, Reason
from fitcheck.store.backups import Progress, Stopped
from fitcheck.store.book import Book
from fitcheck.store.checking import Contents
from fitcheck.store.errors import StoreError
from fitcheck.store.previewing import Preview
from fitcheck.store.restoring import Restored


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

    def back_up(
        self,
        reason: Reason = Reason.BY_HAND,
        stopped: Stopped = bool,
        progress: Progress = lambda _done: None,
    ) -> Copy:
        """Make a backup of what is saved, verify it, and let superseded ones go.

        Raises ``BookDamaged``, ``BackupStopped`` when it is ``stopped`` or the book is closed
        meanwhile, or another :class:`fitcheck.store.errors.StoreError`; every older backup is
        still there then. ``progress`` hears how much is done, 0 to 1.
        """
        try:
            made = self._book.backups.make(reason, stopped, progress)
        except StoreError as error:
            note(Event.BACKUP_FAILED, reason=reason, error=error)
            raise
        note(Event.BACKUP_MADE, reason=reason)
        return made

    def look_into(self, copy: Copy, stopped: Stopped = bool) -> Preview:
        """What is in a backup, which is read from end to end, and what the book has beyond it."""
        return self._book.backups.look(copy, stopped)

    def newest_good(self, stopped: Stopped = bool) -> Preview | None:
        """The newest backup that is whole."""
        return self._book.backups.newest_good(stopped)

    def check(self, stopped: Stopped = bool) -> Contents:
        """Read the whole book and see that it is sound; raises as :meth:`back_up` does."""
        return self._book.backups.check(stopped)

    def delete(self, copy: Copy) -> None:
        """Delete a backup, whatever it is: only ever at somebody's wish.

        Raises ``FolderNotWritable``.
        """
        self._book.backups.delete(copy)

    def restore(self, copy: Copy) -> Restored:
        """Put a backup in the book's place; the present book is kept among the backups.

        Whoever was erased since is erased from it, too. Afterwards this FitCheck is closed,
        whatever happened. Raises ``BackupUnusable`` or another
        :class:`fitcheck.store.errors.StoreError`; then the book is as it was.
        """
        restored = self._book.restore(copy)
        note(Event.RESTORED)
        return restored


def people_erased_again(restored: Restored) -> list[str]:
    """What is to be said of people who were erased, a sentence each."""
    said = []
    if restored.erased:
        said.append(
            ngettext(
                "{count} person in it had been erased since, and was erased from it again.",
                "{count} people in it had been erased since, and were erased from it again.",
                restored.erased,
            ).format(count=restored.erased)
        )
    if not restored.all_known:
        said.append(
            _(
                "The book that was here could not say whom you had erased. What the backups know "
                "of that was done again; look whether somebody is back whom you erased lately."
            )
        )
    return said
