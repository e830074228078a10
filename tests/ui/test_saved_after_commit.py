"""The window says "saved" when the disk has it, not when the program has asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, current_thread
from typing import Any

from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, event

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.services import FitCheck
from fitcheck.store.book import Book
from ui.main_window import MainWindow

PATIENCE = 60

BELL = Prospect("Ada Bell")


@contextmanager
def slow_commits(book: Book, arrived: Event) -> Iterator[None]:
    """Every COMMIT of a write waits, as for a slow disk."""

    go_on = Event()

    def wait(_connection: Any) -> None:
        if current_thread().name == "fitcheck-writer":  # and not where the window reads
            arrived.set()
            assert go_on.wait(PATIENCE)

    event.listen(Engine, "commit", wait)
    try:
        yield
    finally:
        go_on.set()
        book.settle()  # nothing may be on its way through what is removed
        event.remove(Engine, "commit", wait)


def test_saved_is_shown_after_the_commit_and_not_before(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
) -> None:
    begun = fitcheck.begin_assessment(fitcheck.add_prospect(BELL), Form.FULL)
    window.open_assessment(begun)
    interview = window.interview
    assert interview is not None
    shown: list[str] = []
    window.save_mark.saved.connect(lambda: shown.append(window.save_mark.text()))
    arrived = Event()
    question = interview.question.id

    with slow_commits(fitcheck._book, arrived):
        interview.set_value(question, 3)
        assert arrived.wait(PATIENCE)
        qtbot.waitUntil(lambda: window.save_mark.text() == "saving…")
        # Written, but not committed: everything that the window is still told is dealt with.
        qtbot.wait(1)
        assert window.save_mark.text() == "saving…"
        assert shown == []
    qtbot.waitUntil(lambda: window.save_mark.text() == "saved")
    assert question in fitcheck._book.load(begun).assessment.answers


def test_what_is_heard_of_the_last_write_once_the_window_has_closed_asks_nothing_of_the_book(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
) -> None:
    window.open_assessment(fitcheck.begin_assessment(fitcheck.add_prospect(BELL), Form.FULL))
    window.show_page("prospects")
    assert window.interview is not None
    heard: list[bool] = []
    window.saving.saved.connect(lambda: heard.append(window.closed))

    window.interview.set_value(window.interview.question.id, 3)
    assert window.close()  # which waits for the write, but for none of its signals
    qtbot.waitUntil(lambda: heard == [True])
