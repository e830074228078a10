"""What is in a copy, and what opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from fitcheck.store.backup import Copy
from fitcheck.store.checking import Contents, look_into
from fitcheck.store.comparing import Missing, inventory, missing
from fitcheck.store.connection import DataKey
from fitcheck.store.errors import BackupStopped, StoreError
from fitcheck.store.key_file import FromNewer, KeyFile, Unreadable


class OpenedBy(StrEnum):
    """What opens a copy."""

    ANYBODY = "anybody"
    """Its key lies open."""
    PRESENT = "present"
    """The passphrase that the book has now."""
    EARLIER = "earlier"
    """A passphrase that the book had before."""
    UNKNOWN = "unknown"
    """Its key file can't be read, or is of another book."""


@dataclass(frozen=True)
class Preview:
    """A copy that was read from end to end; without ``contents``, it can't be used.

    ``missing`` is what the book has and the copy hasn't; ``None`` where they weren't compared, or
    the book can't be read.
    """

    copy: Copy
    opened_by: OpenedBy
    contents: Contents | None
    missing: Missing | None = None


def preview(
    copy: Copy, present: KeyFile | None, key: DataKey, stopped: Callable[[], bool] = bool
) -> Preview:
    """Read ``copy`` from end to end; ``present`` is the key file of the book, if it has one.

    Raises :class:`BackupStopped` as soon as ``stopped``.
    """
    try:
        contents = look_into(copy.store, key, stopped)
    except BackupStopped:
        raise
    except StoreError:
        contents = None
    return Preview(copy, _opened_by(copy, present), contents)


def _opened_by(copy: Copy, present: KeyFile | None) -> OpenedBy:
    try:
        its = KeyFile.from_bytes(copy.key_file.read_bytes())
    except (OSError, Unreadable, FromNewer):
        return OpenedBy.UNKNOWN
    if present is not None and its.book != present.book:
        return OpenedBy.UNKNOWN
    if not its.protected:
        return OpenedBy.ANYBODY
    same = present is not None and its.passphrase == present.passphrase
    return OpenedBy.PRESENT if same else OpenedBy.EARLIER


def compared(found: Preview, book: Path, key: DataKey) -> Preview:
    """The same, compared with the book, as far as that can be read."""
    if found.contents is None or not book.is_file():
        return found
    try:
        its = inventory(found.copy.store, key)
        return replace(found, missing=missing(inventory(book, key), its))
    except StoreError:
        return found


def newest_good(
    among: Iterable[Copy],
    present: KeyFile | None,
    key: DataKey,
    stopped: Callable[[], bool] = bool,
) -> Preview | None:
    """The first that is whole ``among`` copies that come newest first."""
    previews = (preview(copy, present, key, stopped) for copy in among)
    return next((each for each in previews if each.contents is not None), None)
