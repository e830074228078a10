# ruff: noqa: N818 - each is named for what is wrong
"""Why a book could not be opened or written: what happened, what was kept, what to do.

None of these changes a byte of what is there.
"""

from __future__ import annotations

from pathlib import Path

from fitcheck.errors import Fault, FitCheckError, InvalidInput
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
    """The key doesn't open the book, or the book's file is damaged.

    ``unlocked``: a passphrase, recovery key or keyring did unlock ``book.key``, so that what was
    typed is right and must not be doubted.
    """

    def __init__(self, store: Path, unlocked: bool = False) -> None:
        if unlocked:
            text = _(
                "What you typed is right: it unlocked book.key. But the book can't be read with "
                "that key: either {store} is damaged, or book.key belongs to another book. "
                "Nothing was changed. Keep the folder as it is, make a copy of it, and put "
                "book.db and book.key back together from the same backup."
            )
        else:
            text = _(
                "This book can't be read: either book.key belongs to another book, or {store} is "
                "damaged. Nothing was changed. Keep the folder as it is, make a copy of it, and "
                "put book.db and book.key back together from the same backup."
            )
        super().__init__(text.format(store=store))


class StoreMissing(StoreError):
    """The book has gone, but ``left``, which belongs to it, is still there."""

    def __init__(self, store: Path, left: Path) -> None:
        super().__init__(
            _(
                "The book has been moved away: {store} is missing, although {left}, which "
                "belongs to it, is still there. Nothing was changed, and no new book was begun. "
                "Put book.db back beside it and start again. Only if you mean to begin an empty "
                "book, move {left} away."
            ).format(store=store, left=left.name)
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


class AlreadyOpen(StoreError):
    """Another FitCheck has the book open."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "This book is open already, in another window of FitCheck: {folder}. Nothing was "
                "changed. Go on in that window, or close it and start again."
            ).format(folder=folder)
        )


class MigrationFailed(StoreError):
    """The book of an older version couldn't be brought up to date. ``backup`` is a copy of it."""

    def __init__(self, store: Path, backup: Path) -> None:
        super().__init__(
            _(
                "This version of FitCheck couldn't bring the book up to date: {store}. The book is "
                "as it was, and a copy of it lies in {backup}. Go on with the version that you "
                "had, and report this as a fault of FitCheck."
            ).format(store=store, backup=backup)
        )


class BookDamaged(StoreError):
    """The key is right, since the book is or was open by it, but a part can't be read."""

    def __init__(self, store: Path) -> None:
        super().__init__(
            _(
                "The book is damaged: a part of {store} can’t be read any more. Your passphrase "
                "is not the reason, and nothing was changed. The newest backup that is whole can "
                "take its place; the damaged book is kept beside the backups."
            ).format(store=store)
        )


class BackupUnusable(StoreError):
    """A backup can't take the book's place: it is damaged, gone, or of another book."""

    def __init__(self, backup: Path) -> None:
        super().__init__(
            _(
                "The backup {backup} can’t be used: it is damaged, or belongs to another book. "
                "Your book is as it was. Choose another backup."
            ).format(backup=backup)
        )


class BackupStopped(StoreError):
    """The book was locked or closed while a backup was being made or looked at."""

    def __init__(self) -> None:
        super().__init__(
            _("The backup was not finished, because the book was closed. The next one will be.")
        )


# Unlocking


class PassphraseNeeded(StoreError):
    """The book is protected, and was to be opened without a passphrase."""

    def __init__(self, key_file: Path) -> None:
        super().__init__(
            _(
                "This book is protected by a passphrase: {key_file}. Nothing was changed. Open it "
                "in FitCheck's window and unlock it there."
            ).format(key_file=key_file)
        )


class WrongPassphrase(StoreError):
    """The passphrase doesn't unlock the key. The key file itself is whole."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "That isn't the passphrase of this book. Nothing was changed. Look at Caps Lock "
                "and the keyboard's language and type it again. If it is lost, the recovery key "
                "opens the book."
            )
        )


class TooLittleMemory(StoreError):
    """A passphrase couldn't be tried or set, because ``needed`` bytes of memory weren't free."""

    def __init__(self, needed: int) -> None:
        super().__init__(
            _(
                "There is too little free memory to check a passphrase, which takes "
                "{megabytes} MB on purpose. Nothing was changed, and the passphrase may well be "
                "right. Close some programs and try again."
            ).format(megabytes=round(needed / 2**20))
        )


class WrongRecoveryKey(StoreError):
    """A recovery key, typed without a slip, but not the one of this book."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "That recovery key is typed correctly, but isn't the one of this book: it belongs "
                "to another book, or a newer one has taken its place. Nothing was changed. Look "
                "for the page that was printed last."
            )
        )


class MistypedRecoveryKey(StoreError):
    """What was typed can be no recovery key at all."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "That can't be a recovery key: a character is wrong, missing or too many. Nothing "
                "was changed. A recovery key has nine groups of four characters; compare them "
                "with the printed page, group by group."
            )
        )


class NoKeyring(StoreError):
    """The system's keyring didn't take the secret."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This system's keyring isn't there, is locked or refused, so the passphrase will "
                "be asked for at each start. The book is protected as before. Unlock the keyring "
                "and try again."
            )
        )


class PassphraseTooShort(InvalidInput):
    """Fewer characters than a passphrase needs."""

    def __init__(self, length: int, minimum: int) -> None:
        needed = _("at least {minimum} characters; this has {length}")
        fault = Fault(_("Passphrase"), needed.format(minimum=minimum, length=length))
        super().__init__([fault])


# Reading and writing


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


class AnswersUnreadable(StoreError):
    """What a prospect answered while the book was closed can't be opened any more."""

    def __init__(self, kept_as: Path) -> None:
        super().__init__(
            _(
                "The answers that the prospect gave on this computer can't be read: their file "
                "was changed, or belongs to another book, or to yours as it was before a backup "
                "took its place. It is kept as {kept_as}, and your book "
                "is as it was. Ask them to fill in their form once more."
            ).format(kept_as=kept_as)
        )
