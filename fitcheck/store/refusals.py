"""Why an open book can't be written for now, told apart by what there is to do about it.

Each is a :class:`DiskRefused`: what was to be written is worth keeping and trying again.
"""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.store.errors import DiskRefused

_MOVED = dbapi2.SQLITE_READONLY | 4 << 8
"""SQLITE_READONLY_DBMOVED: SQLite itself has seen that the file has gone from where it was."""


class DiskFull(DiskRefused):
    """There is no room for what was to be written."""

    def __init__(self, store: Path) -> None:
        FitCheckError.__init__(
            self,
            _(
                "There is no room left on the disk that holds {store}. Everything that was shown "
                "as saved is kept; what came after it isn’t saved yet. Free some space there, for "
                "example by emptying the bin."
            ).format(store=store),
        )


class BookReadOnly(DiskRefused):
    """The file, its folder or the whole disk can be read only."""

    def __init__(self, store: Path) -> None:
        FitCheckError.__init__(
            self,
            _(
                "{store} can be read but not written: the file, its folder or the whole disk has "
                "become read-only. Everything that was shown as saved is kept; what came after it "
                "isn’t saved yet. Give yourself the right to write there again."
            ).format(store=store),
        )


class BookHeld(DiskRefused):
    """Another program has locked the file."""

    def __init__(self, store: Path) -> None:
        FitCheckError.__init__(
            self,
            _(
                "Another program is holding {store}: perhaps one that synchronises, backs up or "
                "looks for viruses. Everything that was shown as saved is kept; what came after "
                "it isn’t saved yet. Wait until that program is done, or close it."
            ).format(store=store),
        )


class BookGone(DiskRefused):
    """The file of the open book isn't where it was."""

    def __init__(self, store: Path) -> None:
        FitCheckError.__init__(
            self,
            _(
                "{store} has gone: it was moved, renamed or deleted while it was open, or its "
                "disk was unplugged. Nothing is written until it is back. Put it back where it "
                "was, for example from the bin, and leave FitCheck open meanwhile: what isn’t "
                "saved yet is on the screen only."
            ).format(store=store),
        )


class BookReplaced(DiskRefused):
    """Another file lies where that of the open book was."""

    def __init__(self, store: Path) -> None:
        FitCheckError.__init__(
            self,
            _(
                "Another file has taken the place of {store} while it was open, as programs that "
                "synchronise folders do. FitCheck writes to neither of the two. Save the private "
                "file of what is on the screen now, so that you have it, then close FitCheck, see "
                "that the right book.db is in its place, and start again."
            ).format(store=store),
        )


def gone_or_replaced(store: Path) -> DiskRefused:
    """What to say once it is known that the open file isn't there any more."""
    return BookReplaced(store) if store.exists() else BookGone(store)


def refusal(error: BaseException, store: Path) -> DiskRefused | None:
    """What kept SQLite from reading or writing, if that lies outside the book."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code == _MOVED:
        return gone_or_replaced(store)
    match code & 0xFF:  # the primary code; the rest is a detail (778 is IOERR while writing)
        case dbapi2.SQLITE_FULL:
            return DiskFull(store)
        case dbapi2.SQLITE_READONLY:
            return BookReadOnly(store)
        case dbapi2.SQLITE_BUSY | dbapi2.SQLITE_LOCKED:
            return BookHeld(store)
        case dbapi2.SQLITE_CANTOPEN | dbapi2.SQLITE_IOERR | dbapi2.SQLITE_PERM:
            return DiskRefused(store, str(error))
    return None
