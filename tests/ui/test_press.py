"""Where documents are made: in order, in a worker that is replaced, and dropped with the book."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import BlankForm, Edition, PrivateFile, RecoverySheet, Report
from fitcheck.exchange.demo import load_demo
from fitcheck.library import load_bank
from fitcheck.services import FitCheck
from reports.frames import WorkerDied
from reports.worker_process import RenderFaultError, WorkerProcess
from tests.ui import sessions
from tests.ui.conftest import TODAY, render_empty_sheet
from tests.ui.sessions import Desk
from ui import press as making
from ui.jobs import Cancelled
from ui.main_window import MainWindow
from ui.press import InThisProcess, NotMadeError, Press

SLOW = 60_000
"""Milliseconds: a worker that has to load everything first."""


def form(name: str) -> BlankForm:
    """A small document, told from others by whose it is."""
    return BlankForm(Profile(name=name), load_bank().form(Form.PROSPECT)[:1])


class Workers:
    """Makes workers that make documents of a name, or do what the name says."""

    def __init__(self) -> None:
        self.made: list[FakeWorker] = []
        self.asked: list[str] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def start(self) -> FakeWorker:
        self.made.append(FakeWorker(self))
        return self.made[-1]

    @property
    def left(self) -> list[FakeWorker]:
        return [worker for worker in self.made if worker.alive]


class FakeWorker:
    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._over = threading.Event()

    @property
    def alive(self) -> bool:
        return not self._over.is_set()

    def render(self, report: Report, paper: Paper, language: str) -> bytes:
        name = report.profile.name
        self._workers.asked.append(name)
        deaths = name.count("deadly")
        if deaths and self._workers.asked.count(name) <= deaths:
            self._over.set()
        if name == "wrong":
            raise RenderFaultError(("ValueError",))
        if name.startswith("slow"):
            self._over.wait(20)
        while not self._workers.may_go_on.wait(0.01) and self.alive:
            pass
        if not self.alive:
            raise WorkerDied
        return f"{name} {paper.value} {language}".encode()

    def end(self) -> None:
        self._over.set()


class Heard:
    def __init__(self) -> None:
        self.made: list[bytes] = []
        self.errors: list[BaseException] = []

    def of(self, press: Press, name: str) -> making.Ticket:
        return press.make(form(name), Paper.A4, self.made.append, self.errors.append)


@pytest.fixture
def workers() -> Workers:
    return Workers()


@pytest.fixture
def press(workers: Workers) -> Iterator[Press]:
    press = Press(workers.start)
    yield press
    press.close()
    assert workers.left == []


@pytest.fixture
def heard() -> Heard:
    return Heard()


def test_documents_are_made_in_order_and_stay_at_hand(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    for name in ("one", "two", "three"):
        heard.of(press, name)
    assert press.busy
    qtbot.waitUntil(lambda: len(heard.made) == 3)
    assert heard.made == [b"one a4 en", b"two a4 en", b"three a4 en"]
    assert not press.working
    # Equal, and not the same.
    assert press.at_hand(form("two"), Paper.A4) == b"two a4 en"
    assert press.at_hand(form("two"), Paper.LETTER) is None
    heard.of(press, "two")
    qtbot.waitUntil(lambda: len(heard.made) == 4)
    assert workers.asked == ["one", "two", "three"]
    assert len(workers.made) == 1


def test_what_somebody_waits_for_comes_before_what_is_only_foreseen(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    workers.may_go_on.clear()
    heard.of(press, "first")
    qtbot.waitUntil(lambda: workers.asked == ["first"])
    press.foresee([(form(name), Paper.A4) for name in ("a", "b", "c")])
    heard.of(press, "wanted")
    heard.of(press, "b")
    workers.may_go_on.set()
    qtbot.waitUntil(lambda: not press.working)
    assert workers.asked == ["first", "wanted", "b", "a", "c"]


def test_what_was_foreseen_is_replaced_by_what_is_foreseen_now(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    workers.may_go_on.clear()
    heard.of(press, "first")
    qtbot.waitUntil(lambda: workers.asked == ["first"])
    press.foresee([(form("old"), Paper.A4), (form("both"), Paper.A4)])
    press.foresee([(form("both"), Paper.A4), (form("new"), Paper.A4)])
    workers.may_go_on.set()
    qtbot.waitUntil(lambda: not press.working)
    assert workers.asked == ["first", "both", "new"]
    assert press.at_hand(form("new"), Paper.A4)


def test_a_foreseen_document_that_takes_long_gives_way_and_comes_later(
    qtbot: QtBot,
    press: Press,
    workers: Workers,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0.0)
    press.foresee([(form("slow"), Paper.A4)])
    qtbot.waitUntil(lambda: workers.asked == ["slow"])
    heard.of(press, "wanted")
    qtbot.waitUntil(lambda: heard.made == [b"wanted a4 en"])
    qtbot.waitUntil(lambda: workers.asked == ["slow", "wanted", "slow"])


def test_a_worker_that_dies_is_replaced_and_the_document_made(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    heard.of(press, "deadly")
    qtbot.waitUntil(lambda: heard.made == [b"deadly a4 en"])
    assert len(workers.made) == 2
    assert heard.errors == []


def test_a_document_that_ends_two_workers_is_an_error_in_words_and_the_next_is_made(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    heard.of(press, "deadly deadly")
    heard.of(press, "harmless")
    qtbot.waitUntil(lambda: heard.made == [b"harmless a4 en"])
    assert workers.asked == ["deadly deadly", "deadly deadly", "harmless"]
    [error] = heard.errors
    assert isinstance(error, NotMadeError)
    assert "stopped twice" in str(error)


def test_a_worker_that_died_in_its_sleep_is_replaced_before_it_is_asked(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    press.warm()
    qtbot.waitUntil(lambda: len(workers.made) == 1)
    workers.made[0].end()
    heard.of(press, "one")
    qtbot.waitUntil(lambda: heard.made == [b"one a4 en"])
    assert workers.asked == ["one"]


def test_a_fault_is_told_and_isn_t_tried_again(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    heard.of(press, "wrong")
    qtbot.waitUntil(lambda: bool(heard.errors))
    assert isinstance(heard.errors[0], RenderFaultError)
    assert workers.asked == ["wrong"]
    assert len(workers.left) == 1


def test_no_worker_can_be_started(qtbot: QtBot, heard: Heard) -> None:
    def refuse() -> FakeWorker:
        raise OSError(12, "Cannot allocate memory")

    press = Press(refuse)
    press.warm()
    heard.of(press, "one")
    qtbot.waitUntil(lambda: bool(heard.errors))
    assert isinstance(heard.errors[0], OSError)
    press.close()


def test_a_cancel_in_the_middle_ends_the_worker_and_another_stands_ready(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    ticket = heard.of(press, "slow")
    qtbot.waitUntil(lambda: workers.asked == ["slow"])
    press.cancel(ticket)
    qtbot.waitUntil(lambda: len(workers.made) == 2 and len(workers.left) == 1)
    heard.of(press, "next")
    qtbot.waitUntil(lambda: heard.made == [b"next a4 en"])
    assert heard.errors == []
    assert len(workers.made) == 2


def test_a_cancel_of_what_waits_leaves_the_worker_alone(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    workers.may_go_on.clear()
    heard.of(press, "first")
    waiting = heard.of(press, "second")
    qtbot.waitUntil(lambda: workers.asked == ["first"])
    press.cancel(waiting)
    workers.may_go_on.set()
    qtbot.waitUntil(lambda: heard.made == [b"first a4 en"])
    qtbot.waitUntil(lambda: not press.working)
    assert workers.asked == ["first"]
    assert len(workers.made) == 1


def test_what_was_forgotten_is_told_nobody_and_is_at_hand(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    workers.may_go_on.clear()
    heard.of(press, "one").forget()
    again = Heard()
    again.of(press, "one")
    workers.may_go_on.set()
    qtbot.waitUntil(lambda: again.made == [b"one a4 en"])
    assert heard.made == []
    assert workers.asked == ["one"]


def test_only_so_much_is_kept(
    qtbot: QtBot, press: Press, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "KEPT", 3)
    names = ("one", "two", "three", "four")
    for name in names:
        heard.of(press, name)
    qtbot.waitUntil(lambda: len(heard.made) == 4)
    at_hand = [name for name in names if press.at_hand(form(name), Paper.A4)]
    assert at_hand == ["two", "three", "four"]
    monkeypatch.setattr(making, "KEPT_BYTES", 20)
    heard.of(press, "five")
    qtbot.waitUntil(lambda: len(heard.made) == 5)
    at_hand = [name for name in (*names, "five") if press.at_hand(form(name), Paper.A4)]
    assert at_hand == ["four", "five"]


def test_a_recovery_key_is_never_kept(qtbot: QtBot, heard: Heard) -> None:
    press = Press(lambda: InThisProcess(lambda _report, _paper: b"%PDF"))
    sheet = RecoverySheet("AAAA-BBBB", TODAY)
    press.make(sheet, Paper.A4, heard.made.append, heard.errors.append)
    qtbot.waitUntil(lambda: heard.made == [b"%PDF"])
    assert press.at_hand(sheet, Paper.A4) is None
    press.close()


def test_a_thread_may_wait_for_a_document_until_the_press_is_closed(
    qtbot: QtBot, press: Press, workers: Workers
) -> None:
    assert press.render(form("one"), Paper.A4) == b"one a4 en"
    ended: list[BaseException] = []

    def wait() -> None:
        try:
            press.render(form("slow"), Paper.A4)
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    qtbot.waitUntil(lambda: "slow" in workers.asked)
    press.close()
    thread.join(20)
    assert len(ended) == 1


def test_closing_ends_the_worker_drops_what_is_at_hand_and_tells_nobody(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    heard.of(press, "one")
    qtbot.waitUntil(lambda: len(heard.made) == 1)
    heard.of(press, "slow")
    heard.of(press, "waiting")
    qtbot.waitUntil(lambda: "slow" in workers.asked)
    press.close()
    press.close()
    assert workers.left == []
    assert press.at_hand(form("one"), Paper.A4) is None
    assert not press.working
    heard.of(press, "late")
    press.warm()
    QApplication.processEvents()
    assert (len(heard.made), heard.errors, len(workers.made)) == (1, [], 1)
    with pytest.raises(Cancelled):
        press.render(form("late"), Paper.A4)


def test_a_real_worker_makes_the_document_and_is_replaced_when_it_is_killed(
    qtbot: QtBot, heard: Heard
) -> None:
    started: list[WorkerProcess] = []

    def start() -> WorkerProcess:
        started.append(WorkerProcess())
        return started[-1]

    press = Press(start)
    try:
        press.warm()
        qtbot.waitUntil(lambda: bool(started))
        heard.of(press, "Ada Bell")
        started[0].process.kill()  # while it still loads, or already sets the page
        qtbot.waitUntil(lambda: bool(heard.made), timeout=SLOW)
        assert heard.made[0].startswith(b"%PDF")
        assert len(started) == 2
    finally:
        press.close()
    assert not [each for each in started if each.alive]


# In the window


def test_no_worker_is_started_before_the_first_paint(
    qtbot: QtBot, fitcheck: FitCheck, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.app import make_context

    monkeypatch.setattr("ui.main_window.WARM_AFTER", 0)
    context = replace(make_context(fitcheck, render_empty_sheet), press=Press(workers.start))
    window = MainWindow(context)
    window.resize(1280, 800)
    qtbot.addWidget(window)
    QApplication.processEvents()
    assert workers.made == []
    window.show()
    qtbot.waitUntil(lambda: len(workers.made) == 1)
    context.close()
    assert workers.left == []


def test_a_verdict_is_followed_by_all_its_documents(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
) -> None:
    window.foreseer.timer.setInterval(0)
    window.open_assessment(fitcheck.add_assessment(load_demo()[0]))
    interview, press = window.interview, window.context.press
    assert interview is not None

    def all_at_hand(paper: Paper) -> bool:
        reports = [fitcheck.report(interview, edition) for edition in Edition]
        return all(press.at_hand(report, paper) for report in reports)

    qtbot.waitUntil(lambda: all_at_hand(Paper.A4), timeout=SLOW)
    # A change is followed too, once it is saved.
    interview.set_note(interview.question.id, "another note")
    qtbot.waitUntil(lambda: all_at_hand(Paper.A4), timeout=SLOW)
    fitcheck.save_preferences(replace(fitcheck.preferences, paper=Paper.LETTER))
    window.show_page("settings")
    qtbot.waitUntil(lambda: all_at_hand(Paper.LETTER), timeout=SLOW)


def test_nothing_is_made_ahead_while_questions_are_asked(
    window: MainWindow, fitcheck: FitCheck
) -> None:
    window.foreseer.timer.setInterval(0)
    fitcheck.save_preferences(replace(fitcheck.preferences, show_totals=True))
    prospect = fitcheck.add_prospect(Prospect("Ada Bell"))
    window.open_assessment(fitcheck.begin_assessment(prospect, Form.EVENT))
    assert window.page_name == "interview"
    assert not window.foreseer.timer.isActive()
    window.show_page("verdict")
    assert window.foreseer.timer.isActive()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Any) -> Iterator[Desk]:
    yield from sessions.desk(qtbot, qapp, folder)


def test_locking_ends_what_makes_documents_and_nothing_stays_at_hand(
    qtbot: QtBot, desk: Desk, workers: Workers
) -> None:
    begun = desk.fill()
    window = desk.unlock()
    window.open_assessment(begun)
    interview = window.interview
    assert interview is not None
    interview.finish()
    press = window.context.press = Press(workers.start)
    report = window.context.fitcheck.report(interview, Edition.PRIVATE)
    assert isinstance(report, PrivateFile)
    press.render(report, Paper.A4)
    assert press.at_hand(report, Paper.A4)
    workers.may_go_on.clear()
    letter = window.context.fitcheck.report(interview, Edition.DECLINE)
    press.foresee([(letter, Paper.A4)])
    qtbot.waitUntil(lambda: len(workers.asked) == 2)
    desk.session.lock()
    desk.locked()
    assert workers.left == []
    assert press.at_hand(report, Paper.A4) is None
    assert not press.working


def test_closing_the_window_ends_it_too(window: MainWindow, workers: Workers) -> None:
    press = window.context.press = Press(workers.start)
    press.render(form("one"), Paper.A4)
    assert len(workers.left) == 1
    window.close()
    assert workers.left == []


def test_nothing_is_remembered_of_who_is_forgotten(
    qtbot: QtBot, press: Press, workers: Workers, heard: Heard
) -> None:
    heard.of(press, "one")
    qtbot.waitUntil(lambda: len(heard.made) == 1)
    workers.may_go_on.clear()
    press.foresee([(form(name), Paper.A4) for name in ("a", "b")])
    qtbot.waitUntil(lambda: workers.asked == ["one", "a"])
    press.forget()
    qtbot.waitUntil(lambda: not press.working)
    assert press.at_hand(form("one"), Paper.A4) is None
    assert workers.asked == ["one", "a"]
    assert workers.left == []
    workers.may_go_on.set()
    heard.of(press, "two")
    qtbot.waitUntil(lambda: len(heard.made) == 2)
    assert len(workers.made) == 2
