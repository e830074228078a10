"""No damage of a book or of its key goes unnoticed, and looking at it changes no byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.store.conftest import key_of
from tests.store.flipping import HARMS, OF_THE_KEY, empty_tables, make, survey

IMAGES = 10_020  # a few changes of the key file say the same, and don’t count


def test_every_damage_is_noticed(
    place: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = place / "book"
    make(folder)
    assert empty_tables(folder, key_of(folder)) == []
    found = survey(folder, IMAGES, seed=7)
    record_property("counted", str(found))
    assert found.missed == []
    assert len(found.images) == len(HARMS) + len(OF_THE_KEY)
    assert min(found.images.values()) > 100
    assert 0 < found.opening < IMAGES
