"""The first look at a book: opened once, with all that opening promises, and handed on."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from fitcheck.access import Access
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.listed import Query
from fitcheck.domain.profile import Profile
from fitcheck.first_look import FirstLook
from fitcheck.services import FitCheck
from fitcheck.settings import Preferences
from fitcheck.store import opening
from fitcheck.store.connection import connect
from fitcheck.store.errors import AlreadyOpen, PassphraseNeeded, WrongKeyOrDamaged
from fitcheck.store.files import STORE_FILE, journal_of

OWN = Preferences(profile=Profile(name="Zoë"), show_totals=True)


@pytest.fixture
def there(empty: Path, folder: Path) -> Path:
    """The folder of a closed book with Ada in it."""
    shutil.copytree(empty, folder)
    fitcheck = FitCheck.open(folder)
    fitcheck.add_prospect(Prospect("Ada"))
    fitcheck.save_preferences(OWN)
    fitcheck.close()
    return folder


def test_the_very_book_that_was_looked_at_is_handed_on_once(there: Path) -> None:
    look = FirstLook(there)
    found = look.found(Query())
    assert [line.prospect.name for line in found.page.lines] == ["Ada"]
    assert (found.number, found.exact, found.row, found.place) == (1, True, 0, None)
    with pytest.raises(AlreadyOpen):
        FitCheck.open(there)
    assert look.preferences == OWN
    access = Access(there, first=look)
    fitcheck = access.open()
    assert look.preferences == Preferences(), "and nothing of it stays behind"
    look.close()
    assert fitcheck.prospect(found.page.lines[0].id).name == "Ada", "it isn't its own any more"
    fitcheck.close()
    again = access.open()
    assert len(again.prospects()) == 1, "and is opened anew afterwards"
    again.close()


def test_a_book_that_nobody_took_is_let_go_of(there: Path) -> None:
    look = FirstLook(there)
    look.close()
    look.close()
    FitCheck.open(there).close()


def test_it_knows_that_one_goes_on_in_the_middle_of_something(there: Path) -> None:
    look = FirstLook(there)
    assert not look.in_the_middle
    look.close()
    fitcheck = FitCheck.open(there)
    fitcheck.save_drafts({"page": "settings"})
    fitcheck.close()
    look = FirstLook(there)
    assert look.in_the_middle
    look.close()


def test_what_can_t_be_looked_at_is_as_it_was_and_nobody_holds_it(there: Path) -> None:
    reading = patch("fitcheck.store.first_page.PREFERENCES", "NONSENSE")
    with reading, pytest.raises(Exception, match="NONSENSE"):
        FirstLook(there)
    fitcheck = FitCheck.open(there)
    fitcheck.protect("correct horse battery staple")
    fitcheck.close()
    with pytest.raises(PassphraseNeeded):
        FirstLook(there)


def test_a_book_whose_interrupted_write_can_t_be_finished_is_told_as_damaged(there: Path) -> None:
    journal_of(there / STORE_FILE).write_bytes(b"")
    before = (there / STORE_FILE).read_bytes()

    def failing(store: Path, *rest: object) -> object:
        if store == there / STORE_FILE:  # what is examined first is a copy
            raise MemoryError
        return connect(store, *rest)  # type: ignore[arg-type]

    with patch.object(opening, "connect", failing), pytest.raises(WrongKeyOrDamaged):
        FirstLook(there)
    assert (there / STORE_FILE).read_bytes() == before
    FirstLook(there).close()
    assert not journal_of(there / STORE_FILE).exists()
