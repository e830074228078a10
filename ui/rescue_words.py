"""What is said of a book that doesn't open: what is wrong, what is kept, what to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from fitcheck.i18n import _
from fitcheck.store.backup import BACKUPS
from fitcheck.store.errors import KeyDamaged, KeyMissing, StoreMissing, WrongKeyOrDamaged
from fitcheck.store.files import KEY_FILE, STORE_FILE
from fitcheck.store.rescue import Finding, State
from ui import backup_words as words


@dataclass(frozen=True)
class Said:
    """A heading, and the paragraphs under it."""

    title: str
    texts: tuple[str, ...]


def looking(error: BaseException) -> Said:
    """Before more is known than what opening said."""
    return Said(_title(error), (str(error),))


def asking(error: BaseException) -> Said:
    """The backups are as encrypted as the book."""
    return Said(
        _title(error),
        (
            str(error),
            _(
                "A backup may bring it back. Type your passphrase, or the recovery key, so that "
                "the backups can be read. Nothing is changed by that."
            ),
        ),
    )


def hopeless(error: BaseException) -> Said:
    """There is neither a key nor a backup that has one."""
    return Said(
        _title(error),
        (
            str(error),
            _(
                "No backup beside it has a key that can be read, either. Keep the folder as it "
                "is. Look for a copy of it on another disk or in a backup of this computer, put "
                "book.key from there beside book.db, and look again."
            ),
        ),
    )


def found(
    finding: Finding, folder: Path, today: dt.date, error: BaseException, *, protected: bool
) -> Said:
    """What reading the book and its backups has shown; ``error`` is what opening it said."""
    if finding.state is State.WHOLE:
        return _whole(finding)
    store = folder / STORE_FILE
    if finding.offer is None:
        return _without_backup(error, store)
    moment = words.inside(finding.offer, today)
    offer = _(
        "The newest backup that is whole is from {moment}. It is chosen below; you can choose "
        "another one. Restore it, and your book opens."
    ).format(moment=moment)
    if finding.state is State.MISSING:
        gone = _("There is no {store}: it was deleted or moved away. Nothing was changed.")
        return Said(_("Your book has gone"), (gone.format(store=store), offer))
    damaged = (
        _(
            "A part of {store} can’t be read any more. It is not your passphrase: the key is "
            "right, since it opens a backup."
        )
        if protected
        else _(
            "A part of {store} can’t be read any more. The key is right, since it opens a backup."
        )
    ).format(store=store)
    kept = _(
        "Nothing was changed. The damaged file is kept as it is, in a folder of {backups} whose "
        "name ends in “damaged”."
    ).format(backups=folder / BACKUPS)
    return Said(_("Your book is damaged"), (f"{damaged} {kept}", offer))


def _whole(finding: Finding) -> Said:
    if finding.key_lost:
        text = _(
            "The book itself is whole: every page of it was read. A backup has its key, which can "
            "be put back beside it. A damaged key file is kept under another name."
        )
        return Said(_("The key to your book is lost, but a backup has it"), (text,))
    text = _("Every page of the book was read just now, and nothing is wrong with it.")
    return Said(_("Your book is whole"), (text,))


def _without_backup(error: BaseException, store: Path) -> Said:
    to_do = _(
        "There is no backup that is whole. Keep the folder as it is and make a copy of it. Look "
        "for an older copy on another disk or in a backup of this computer, put {store_name} and "
        "{key_name} from there back together, and look again."
    ).format(store_name=STORE_FILE, key_name=KEY_FILE)
    said = str(error)
    if isinstance(error, WrongKeyOrDamaged):
        said = _(
            "Either {store} is damaged, or {key_name} belongs to another book. What you typed, if "
            "you were asked, is right. Nothing was changed."
        ).format(store=store, key_name=KEY_FILE)
    return Said(_title(error), (said, to_do))


def _title(error: BaseException) -> str:
    if isinstance(error, (KeyMissing, KeyDamaged)):
        return _("The key to your book is lost")
    if isinstance(error, StoreMissing):
        return _("Your book has gone")
    return _("Your book can’t be read")
