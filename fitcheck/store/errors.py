# ruff: noqa: N818 - each is named for what is wrong
"""Why a book could not be opened or written: what happened, what was kept, what to do.

None of these changes a byte of what is there.
"""

from __future__ import annotations

from pathlib import Path

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _


class StoreError(FitCheckError):
    """Something about the book's folder or files that the person at the keyboard can mend."""


class KeyMissing(StoreError):
    """There is a book, but the key that opens it isn't beside it."""

    def __init__(self, key_file: Path) -> None:
        super().__init__(
            _(
                "The key to this book is missing: there is no {key_file}. The book itself is "
                "there and was left as it is, but without its key nobody can read it. Put "
                "book.key back beside book.db, for example from a backup, and start again."
            ).format(key_file=key_file)
        )


class KeyDamaged(StoreError):
    """The key file is there, but doesn't hold a key."""

    def __init__(self, key_file: Path) -> None:
        super().__init__(
            _(
                "The key to this book is damaged: {key_file} doesn't hold what FitCheck wrote "
                "there. Nothing was changed. Replace book.key by a copy of it, for example from "
                "a backup, and start again."
            ).format(key_file=key_file)
        )


class WrongKeyOrDamaged(StoreError):
    """The key doesn't open the book, or the book's file is damaged."""

    def __init__(self, store: Path) -> None:
        super().__init__(
            _(
                "This book can't be read: either book.key belongs to another book, or {store} is "
                "damaged. Nothing was changed. Keep the folder as it is, make a copy of it, and "
                "put book.db and book.key back together from the same backup."
            ).format(store=store)
        )


class StoreMissing(StoreError):
    """The book has gone, but the journal of an unfinished write to it is still there."""

    def __init__(self, store: Path) -> None:
        super().__init__(
            _(
                "The book has been moved away: {store} is missing, although the journal of a "
                "write to it is still there. Nothing was changed, and no new book was begun. Put "
                "book.db back beside its journal, and start again."
            ).format(store=store)
        )


class NewerStore(StoreError):
    """The book or its key was written by a newer FitCheck than this one."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            _(
                "This book was written by a newer version of FitCheck than this one: {file}. "
                "Nothing was changed. Install the newer version to open it."
            ).format(file=file)
        )


class ForeignFile(StoreError):
    """What lies where the book should be isn't a FitCheck book."""

    def __init__(self, store: Path) -> None:
        super().__init__(
            _(
                "{store} isn't a FitCheck book but belongs to some other program. It was left as "
                "it is. Choose another folder for the book, or move that file away."
            ).format(store=store)
        )


class FolderNotWritable(StoreError):
    """The folder can't be made, or nothing can be written in it. ``reason`` is the system's."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            _(
                "FitCheck can't write in {folder} ({reason}), so nothing could be saved there. "
                "What is there was left as it is. Give yourself the right to write in it, free "
                "some space, or choose another folder."
            ).format(folder=folder, reason=reason)
        )


class DiskRefused(StoreError):
    """A read or a write of an open book failed for a reason outside the book: worth retrying."""

    def __init__(self, store: Path, reason: str) -> None:
        super().__init__(
            _(
                "{store} could not be read or written just now ({reason}). Everything that was "
                "shown as saved is kept; what came after it isn't saved yet. See that there is "
                "free space and that no other program holds the file, and try again."
            ).format(store=store, reason=reason)
        )
