"""The first look at a book: it is opened, and of it is read what a start shows first.

The same open book is then handed on to the use-cases (:class:`fitcheck.access.Access`), which take
longer to import than all of this to be shown.
"""

from __future__ import annotations

from pathlib import Path

from fitcheck.domain.listed import Found, Query
from fitcheck.settings import Preferences
from fitcheck.store.first_page import FirstPage
from fitcheck.store.preferences import preferences_of
from fitcheck.store.vault import Vault

# The names of fitcheck.store.aside, which knows SQLAlchemy.
_LEFT = ("drafts", "hand_over")


class FirstLook:
    """The unprotected book in ``folder``, open until it is taken or closed.

    ``in_the_middle``: it was locked or handed over the last time, and one goes on somewhere else
    than at the list. Raises what :meth:`fitcheck.access.Access.open` raises, and so does each read.
    """

    preferences: Preferences
    in_the_middle: bool

    def __init__(self, folder: Path) -> None:
        self._vault: Vault | None = Vault.open(folder)
        try:
            self._first = FirstPage(self._vault)
            kept = self._first.preferences()
        except BaseException:
            self._vault.close()
            raise
        self.preferences = preferences_of(kept)
        self.in_the_middle = any(kept.get(name) for name in _LEFT)

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
