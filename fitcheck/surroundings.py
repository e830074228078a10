"""What there is to say about the place that the book lies in; said once, and it stops nothing."""

from __future__ import annotations

import datetime as dt

from fitcheck.i18n import _, ngettext
from fitcheck.store.book import Book
from fitcheck.store.whereabouts import Whereabouts, whereabouts


class Surroundings:
    """Where an open book lies, and what of that has been said."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def all(self) -> Whereabouts:
        """What can be told of the folder."""
        return whereabouts(self._book.vault.folder)

    def news(self) -> Whereabouts:
        """The same without what has been said already."""
        found, said = self.all(), self._book.said()
        return Whereabouts(
            "" if _NETWORK + found.network in said else found.network,
            "" if _PROGRAM + found.program in said else found.program,
            tuple(name for name in found.copies if _COPY + name not in said),
        )

    def written_ahead(self) -> dt.date | None:
        """The day of the last change, if that is still to come: then some clock is, or was, wrong.

        Said at each start, until the clock is past that day or whatever bears it has been changed.
        """
        changed = self._book.written_ahead()
        return None if changed is None else changed.astimezone().date()

    def said(self, news: Whereabouts) -> None:
        """Somebody has read this, and need not again; returns once that is kept."""
        names = {_COPY + name for name in news.copies}
        names |= {_NETWORK + news.network} if news.network else set()
        names |= {_PROGRAM + news.program} if news.program else set()
        self._book.keep_said(self._book.said() | names).result()


_NETWORK, _PROGRAM, _COPY = "network ", "program ", "copy "


def sentences(news: Whereabouts) -> tuple[str, ...]:
    """What there is to know, and what to do, for each thing that was found."""
    told = []
    if news.copies:
        told.append(
            ngettext(
                "Beside your book lies a file that looks like another copy of it, as programs "
                "that synchronise folders make: {names}. FitCheck reads only book.db and leaves "
                "the other alone. The guide says how to look into it.",
                "Beside your book lie files that look like other copies of it, as programs that "
                "synchronise folders make: {names}. FitCheck reads only book.db and leaves the "
                "others alone. The guide says how to look into them.",
                len(news.copies),
            ).format(names=", ".join(news.copies))
        )
    if news.program:
        told.append(
            _(
                "Your book lies in a folder that {program} seems to synchronise. If the book is "
                "open on two computers, or opened before {program} is done, one of two versions "
                "replaces the other. Keep the book outside that folder and copy backups into it; "
                "or open it on one computer at a time, and wait for {program} before you open it "
                "and after you close it."
            ).format(program=news.program)
        )
    if news.network:
        told.append(
            _(
                "Your book lies on a network drive ({kind}). While that can’t be reached, nothing "
                "can be saved; and if two computers open the book at once, it may be damaged. "
                "Keep the book on a disk of this computer and copy backups to the drive."
            ).format(kind=news.network)
        )
    return tuple(told)
