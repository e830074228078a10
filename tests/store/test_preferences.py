"""Preferences: one row a field, and whatever means nothing any more is its default."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from fitcheck.domain.policy import Appetite
from fitcheck.domain.profile import DEFAULT_ACCENT, Paper, Profile
from fitcheck.settings import Look, Preferences
from fitcheck.store.book import Book
from fitcheck.store.engine import writing
from fitcheck.store.preferences import preference_values, preferences_of
from fitcheck.store.tables import preference

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))

CHOSEN = Preferences(
    profile=Profile("Ann", "Ann & Co", "a@b", "1", "w", "Street 1\nTown", "#ABCDEF", PNG),
    paper=Paper.LETTER,
    look=Look.DARK,
    appetite=Appetite.HUNGRY,
    show_totals=True,
    window="0,0,100,100",
)


def test_a_new_book_has_the_defaults(book: Book) -> None:
    assert book.preferences() == Preferences()


def test_what_was_saved_is_there_after_reopening(book: Book, folder: Path) -> None:
    book.close()
    for saved in (CHOSEN, Preferences(), CHOSEN):
        book = Book.open(folder)
        book.save_preferences(saved).result()
        book.close()
        book = Book.open(folder)
        assert book.preferences() == saved
        with book._engine.begin() as connection:
            rows = connection.execute(preference.select()).all()
        assert {row.key for row in rows} == {field.name for field in fields(Preferences)}
        book.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("paper", "a5"),
        ("paper", ["a4"]),
        ("look", None),
        ("appetite", 3),
        ("show_totals", 1),
        ("show_totals", "yes"),
        ("window", None),
        ("profile", "Ann"),
        ("profile", None),
        ("unknown", "from a newer or an older version"),
    ],
)
def test_a_value_that_means_nothing_is_its_default_and_takes_nothing_along(
    name: str, value: Any
) -> None:
    values = preference_values(CHOSEN)
    assert preferences_of({**values, name: value}) == preferences_of(
        {key: kept for key, kept in values.items() if key != name}
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("accent", "red"), ("accent", 7), ("logo", "%%%"), ("logo", "é"), ("logo", 7), ("name", [])],
)
def test_so_is_a_part_of_the_profile(name: str, value: Any) -> None:
    values = preference_values(CHOSEN)
    values["profile"][name] = value
    profile = preferences_of(values).profile
    assert getattr(profile, name) == {"accent": DEFAULT_ACCENT, "logo": b"", "name": ""}[name]
    assert profile.business == "Ann & Co"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.fixed_dictionaries({}, optional={f.name: JSON for f in fields(Preferences)}))
def test_whatever_lies_there_preferences_can_be_had(values: dict[str, Any]) -> None:
    assert isinstance(preferences_of(values), Preferences)


def test_moving_the_window_does_not_write_the_logo_again(book: Book) -> None:
    book.save_preferences(CHOSEN).result()
    with writing(book._engine).begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER written AFTER UPDATE ON preference WHEN NEW.key <> 'window' "
            "BEGIN SELECT RAISE(ABORT, 'written'); END"
        )
    moved = replace(CHOSEN, window="5,5,100,100")
    book.save_preferences(moved).result()
    assert book.preferences() == moved
    with pytest.raises(IntegrityError, match="written"):
        book.save_preferences(Preferences()).result()
    assert book.preferences() == moved
