"""The first look at a book: it is opened, and of it is read what a start shows first.

The same open book is then handed on to the use-cases (:class:`fitcheck.access.Access`), which take
longer to import than all of this to be shown.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from fitcheck.domain.listed import Found, Query
from fitcheck.settings import Preferences
from fitcheck.store.first_page import FirstPage
from fitcheck.store.preferences import DRAFTS, HAND_OVER, preferences_of
from fitcheck.store.vault import Vault


class FirstLook:
    """The unprotected book in ``folder``, open until it is taken or closed.

    ``in_the_middle``: it was locked or handed over the last time, and one goes on somewhere else
    than at the list. Raises what :meth:`fitcheck.access.Access.open` raises, and so does each read.
    """

    preferences: Preferences
    in_the_middle: bool

    def __init__(self, folder: Path) -> None:
        with ExitStack() as opened:
            vault = Vault.open(folder)
            opened.callback(vault.close)
            self._first = FirstPage(vault)
            opened.callback(self._first.close)
            kept = self._first.preferences()
            opened.pop_all()
        self._vault: Vault | None = vault
        self.preferences = preferences_of(kept)
        self.in_the_middle = any(map(kept.get, (DRAFTS, HAND_OVER)))

    def found(self, query: Query) -> Found:
        """Everybody, in the order of ``query``, which filters nothing."""
        number, page = self._first.page(query)
        return Found(query, number, True, 0, page, None)

    def take(self) -> Vault | None:
        """The open book, for the one who asks first; from then on it is theirs to close.

        Nothing that was read of it is kept here.
        """
        self._first.close()
        self.preferences = Preferences()
        vault, self._vault = self._vault, None
        return vault

    def close(self) -> None:
        """Close it, unless somebody has taken it. May be repeated."""
        if (vault := self.take()) is not None:
            vault.close()
