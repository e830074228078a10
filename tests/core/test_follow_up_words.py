"""What a follow-up is called: never whom it is about, unless that is asked for."""

from __future__ import annotations

from fitcheck.domain.follow_up import Purpose
from fitcheck.follow_up_words import calendar_title, purpose_name


def test_each_purpose_has_words_of_its_own() -> None:
    assert len({purpose_name(purpose) for purpose in Purpose}) == len(Purpose)


def test_a_title_names_somebody_only_where_a_name_is_given() -> None:
    assert calendar_title(Purpose.RE_ASSESS) == "FitCheck: Assess again"
    assert calendar_title(Purpose.RE_ASSESS, "Ada {name}") == "Assess again: Ada {name}"
