"""What became of the contacts of a file, as a person reads it."""

from __future__ import annotations

from fitcheck.contact_words import column_words, in_common, left_line, why_left
from fitcheck.domain.contact import Left, Place, WhyLeft
from fitcheck.domain.duplicates import Likeness
from fitcheck.exchange.contact_columns import Column


def test_every_reason_likeness_and_column_has_words_of_its_own() -> None:
    for words in (
        [why_left(why) for why in WhyLeft],
        [in_common(likeness) for likeness in Likeness],
        [column_words(column) for column in Column],
    ):
        assert all(words)
        assert len({*words}) == len(words)
    assert all(why_left(why).endswith(".") for why in WhyLeft)


def test_what_was_left_is_said_on_one_line_with_its_place() -> None:
    places = tuple(Place(number, 10 * number) for number in range(1, 6))
    assert left_line(Left("PHOTO", WhyLeft.MEDIA, places[:1])) == (
        "PHOTO (line 10): Pictures, sounds and keys are not taken."
    )
    assert left_line(Left("", WhyLeft.NO_NAME, places[:3])) == (
        "line 10, line 20, line 30: It has no name, no organisation and no e-mail address."
    )
    assert left_line(Left("Fax", WhyLeft.NOT_CHOSEN, places[:4])) == (
        "Fax (line 10, line 20, line 30 and 1 more place): The column was not chosen."
    )
    assert left_line(Left("Fax", WhyLeft.NOT_CHOSEN, places)).count("2 more places") == 1
