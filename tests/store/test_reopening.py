"""An assessment that is opened again at once, while its last answers are still being written."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.services import FitCheck

PATIENCE = 60
"""Seconds after which the writer goes on although nobody has waited for it."""


def test_an_interview_opened_again_has_the_answers_that_are_still_being_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitcheck = FitCheck.open(folder)
    first = fitcheck.interview(
        fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada Bell")), Form.FULL)
    )
    book = fitcheck._book
    settle = book.settle
    awaited = Event()

    def settle_at_last() -> None:
        awaited.set()
        settle()

    monkeypatch.setattr(book, "settle", settle_at_last)
    busy = book._writer.write(lambda _connection: awaited.wait(PATIENCE))
    question = first.question.id
    first.set_value(question, 3)
    again = fitcheck.interview(first.id)
    awaited.set()
    assert busy.result() is True
    assert again.answer(question).value == 3
    fitcheck.close()
