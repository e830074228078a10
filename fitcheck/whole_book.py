"""A whole book into a file, and a file into the book: seen before it is taken, all or nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from fitcheck import suffixes
from fitcheck.domain.incoming_book import NO_CHOICE, Choices, IncomingBook
from fitcheck.domain.whole_book import BookAssessment, BookHead, BookProspect, Record
from fitcheck.errors import Fault, FitCheckError, InvalidInput
from fitcheck.exchange.book_container import (
    FILE_LIMIT,
    MAGIC,
    is_container,
    open_container,
    read_container,
    write_container,
)
from fitcheck.exchange.book_lines import read_lines
from fitcheck.exchange.book_text import split_lines, write_line
from fitcheck.i18n import _, thousands
from fitcheck.store.backup import Reason
from fitcheck.store.book import Book
from fitcheck.store.key_file import COST, Cost
from fitcheck.store.merging import Merging
from fitcheck.store.whole_book import records

SUFFIX = suffixes.BOOK
PLAIN_SUFFIX = suffixes.PLAIN_BOOK
"""Of a book that lies open: a JSON value a line."""

Report = Callable[[float], None]
"""Told how much is done, 0 to 1; what it raises ends the operation, with nothing changed."""

_PIECE = 64 * 1024


def quietly(_done: float) -> None:
    """Tell nobody."""


class BookChanged(FitCheckError):  # noqa: N818 - it is the book that has changed
    """What was shown is no longer what would come of it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The book or the file has changed since you looked at what would come of it. "
                "Nothing was taken; look at it again."
            )
        )


@dataclass(frozen=True)
class BookFile:
    """A whole book's file that can be read: it is plain, or ``key`` opens it."""

    path: Path
    key: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Look:
    """What a file would bring, and the sum by which it is known to be the same file later."""

    incoming: IncomingBook
    sum: bytes


def is_book(beginning: bytes) -> bool:
    """Whether a file that begins so is a whole book, locked or plain."""
    plain = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()[:40]
    return is_container(beginning) or plain.replace(b" ", b"").startswith(
        b'{"format":"fitcheck/book"'
    )


def is_locked(file: Path) -> bool:
    """Whether a file of a whole book needs a passphrase; raises ``OSError``."""
    with file.open("rb") as stream:
        return is_container(stream.read(len(MAGIC)))


def unlock(file: Path, passphrase: str = "") -> BookFile:
    """Make ready to read a file; a second or so where it is locked.

    Raises :class:`fitcheck.exchange.book_container.WrongBookPassphrase`, another
    :class:`fitcheck.errors.FitCheckError`, or ``OSError``.
    """
    if not is_locked(file):
        return BookFile(file)
    with file.open("rb") as stream:
        return BookFile(file, open_container(stream, passphrase))


class WholeBook:
    """``taken_in`` is called once something was brought into the book."""

    def __init__(self, book: Book, taken_in: Callable[[], None]) -> None:
        self._book = book
        self._taken_in = taken_in

    def export(
        self, target: Path, passphrase: str | None, report: Report = quietly, cost: Cost = COST
    ) -> Path:
        """Write everything into ``target``, locked unless there is no passphrase; where it lies.

        It is read back before it gets its name: the old file is there, or the whole new one.
        Raises ``OSError``, or a :class:`fitcheck.errors.FitCheckError`.
        """
        with _beside(target) as part:

            def work(connection: Connection) -> None:
                with part.open("r+b") as out:
                    lines = _lines_of(connection, self._now(), lambda done: report(done / 2))
                    if passphrase is None:
                        out.writelines(lines)
                    else:
                        write_container(out, lines, passphrase, cost)
                    out.flush()
                    os.fsync(out.fileno())

            self._book.between_writes(work).result()
            written = BookFile(part) if passphrase is None else unlock(part, passphrase)
            for _record in _records(written, lambda done: report(0.5 + done / 2), own=True):
                pass
            return part.replace(target)

    def look(self, file: BookFile, choices: Choices = NO_CHOICE, report: Report = quietly) -> Look:
        """Read and judge the whole file, and find out what would come of it; nothing is taken.

        Raises :class:`fitcheck.errors.InvalidInput` with every fault, each at its line and path,
        or ``OSError``.
        """
        hasher = hashlib.blake2b(digest_size=32)

        def work(connection: Connection) -> IncomingBook:
            merging = Merging(connection, choices, self._now(), writing=False)
            for record in _records(file, report, hasher.update):
                merging.take(record)
            return merging.end()

        return Look(self._book.between_writes(work).result(), hasher.digest())

    def take(
        self, file: BookFile, look: Look, choices: Choices = NO_CHOICE, report: Report = quietly
    ) -> IncomingBook:
        """Take what was seen, with what was chosen; what came of it. A backup is made first.

        All or nothing: raises :class:`BookChanged`, or what :meth:`look` raises, or a
        :class:`fitcheck.store.errors.StoreError`, with the book as it was.
        """
        self._book.backups.make(Reason.IMPORT)

        def work(connection: Connection) -> IncomingBook:
            hasher = hashlib.blake2b(digest_size=32)
            now = self._now()
            # What was seen, found out again on the way: it must not have changed.
            again = Merging(connection, NO_CHOICE, now, writing=False)
            merging = Merging(connection, choices, now, writing=True)
            for record in _records(file, report, hasher.update):
                again.take(record)
                merging.take(record)
            seen, taken = again.end(), merging.end()
            if seen != look.incoming or hasher.digest() != look.sum:
                raise BookChanged
            report(1.0)  # the last moment to call it off
            return taken

        taken = self._book.between_writes(work).result()
        self._taken_in()
        return taken

    def _now(self) -> dt.datetime:
        return self._book.now()


def _lines_of(connection: Connection, now: dt.datetime, report: Report) -> Iterator[bytes]:
    counted = _Counted(report)
    for record in records(connection, now):
        counted.passed(record)
        counted.tell()
        yield write_line(record)


def _records(
    file: BookFile,
    report: Report,
    each_line: Callable[[bytes], object] = len,
    *,
    own: bool = False,
) -> Iterator[Record]:
    """Every record of a file; at the end, or as soon as there is no going on, every fault.

    ``own``: this book wrote it just now.
    """
    counted = _Counted(report)
    with file.path.open("rb") as stream:
        if os.fstat(stream.fileno()).st_size > FILE_LIMIT:
            told = _("expected at most {most} bytes").format(most=thousands(FILE_LIMIT))
            raise InvalidInput([Fault(_("file"), told)])
        if file.key is None:
            lines = split_lines(iter(lambda: stream.read(_PIECE), b""))
        else:
            skip_key(stream)
            lines = read_container(stream, file.key)
        for record in read_lines(_heard(lines, each_line, counted.tell), own=own):
            counted.passed(record)
            yield record


def _heard(
    lines: Iterator[bytes], each_line: Callable[[bytes], object], tell: Callable[[], None]
) -> Iterator[bytes]:
    for line in lines:
        tell()
        each_line(line)
        yield line


def skip_key(stream: BinaryIO) -> None:
    """Stand where the lines begin in a file whose key is known."""
    stream.seek(len(MAGIC))
    stream.seek(int.from_bytes(stream.read(4), "big"), os.SEEK_CUR)


class _Counted:
    """Reports how much of a book has passed, by what its head says is in it."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._all = 1
        self._passed = 0

    def passed(self, record: Record) -> None:
        if isinstance(record, BookHead):
            self._all = max(1, record.prospects + record.assessments)
        elif isinstance(record, BookProspect | BookAssessment):
            self._passed += 1

    def tell(self) -> None:
        """Say so; here it may be called off."""
        self._report(min(0.99, self._passed / self._all))


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file of its owner's alone beside ``target``, gone afterwards unless it took its place."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".fitcheck-", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)
