"""Slow work: results on the window's thread, nothing after a cancel, nothing left running."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.i18n import current_language
from ui.jobs import Jobs, Task
from ui.searching import Search


class Heard:
    """What was delivered, and on which thread."""

    def __init__(self) -> None:
        self.results: list[Any] = []
        self.errors: list[BaseException] = []
        self.progress: list[float] = []
        self.threads: set[threading.Thread] = set()

    def success(self, result: Any) -> None:
        self.threads.add(threading.current_thread())
        self.results.append(result)

    def failure(self, error: BaseException) -> None:
        self.threads.add(threading.current_thread())
        self.errors.append(error)

    def report(self, done: float) -> None:
        self.threads.add(threading.current_thread())
        self.progress.append(done)


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs(qapp)
    yield made
    made.close()


@pytest.fixture
def heard() -> Heard:
    return Heard()


def test_the_result_comes_on_this_thread_the_work_is_done_on_another(
    qtbot: QtBot, jobs: Jobs, heard: Heard
) -> None:
    job = jobs.run_job(threading.current_thread, heard.success, heard.failure)
    assert jobs.busy
    qtbot.waitUntil(lambda: bool(heard.results))
    assert heard.results[0] is not threading.current_thread()
    assert heard.threads == {threading.current_thread()}
    assert job.over
    assert not jobs.busy


def test_what_an_operation_raises_goes_to_failure(qtbot: QtBot, jobs: Jobs, heard: Heard) -> None:
    def fail() -> None:
        raise ValueError("no ink")

    jobs.run_job(fail, heard.success, heard.failure)
    qtbot.waitUntil(lambda: bool(heard.errors))
    assert str(heard.errors[0]) == "no ink"
    assert heard.results == []


def test_progress_is_told_in_order_before_the_result(
    qtbot: QtBot, jobs: Jobs, heard: Heard
) -> None:
    def work(task: Task) -> str:
        task.report(0.25)
        task.report(0.75)
        return "done"

    jobs.run_job(work, heard.success, heard.failure, heard.report)
    qtbot.waitUntil(lambda: heard.results == ["done"])
    assert heard.progress == [0.25, 0.75]
    assert heard.threads == {threading.current_thread()}


def test_a_cancelled_job_delivers_nothing_and_stops_where_it_reports(
    qtbot: QtBot, jobs: Jobs, heard: Heard
) -> None:
    started, go_on, reached_the_end = threading.Event(), threading.Event(), threading.Event()

    def work(task: Task) -> str:
        started.set()
        go_on.wait(10)
        task.report(0.5)
        reached_the_end.set()
        return "late"

    job = jobs.run_job(work, heard.success, heard.failure, heard.report)
    qtbot.waitUntil(started.is_set)
    job.cancel()
    go_on.set()
    after: list[str] = []
    jobs.run_job(lambda: "next", after.append, heard.failure)
    qtbot.waitUntil(lambda: after == ["next"])
    assert (heard.results, heard.errors, heard.progress) == ([], [], [])
    assert not reached_the_end.is_set()


def test_a_result_on_its_way_is_dropped_by_a_cancel(qtbot: QtBot, jobs: Jobs, heard: Heard) -> None:
    finished = threading.Event()
    job = jobs.run_job(finished.set, heard.success, heard.failure)
    # The result is posted, but this thread hasn't been back to its event loop.
    assert finished.wait(10)
    job.cancel()
    after: list[str] = []
    jobs.run_job(lambda: "next", after.append, heard.failure)
    qtbot.waitUntil(lambda: after == ["next"])
    assert heard.results == []


def test_close_waits_for_what_runs_and_drops_what_waits(
    qtbot: QtBot, jobs: Jobs, heard: Heard
) -> None:
    started, ended = threading.Event(), threading.Event()
    release = threading.Timer(0.05, lambda: None)

    def work() -> None:
        started.set()
        release.join(10)
        ended.set()

    release.start()
    jobs.run_job(work, heard.success, heard.failure)
    jobs.run_job(lambda: "never", heard.success, heard.failure)
    qtbot.waitUntil(started.is_set)
    jobs.close()
    assert ended.is_set()
    assert not [
        thread for thread in threading.enumerate() if thread.name.startswith("fitcheck-job")
    ]
    qtbot.wait(1)
    assert heard.results == []


def test_after_close_nothing_is_run(jobs: Jobs, heard: Heard) -> None:
    jobs.close()
    job = jobs.run_job(lambda: "late", heard.success, heard.failure)
    assert job.cancelled
    jobs.close()


def test_an_operation_speaks_the_language_of_its_caller(
    qtbot: QtBot, jobs: Jobs, heard: Heard
) -> None:
    jobs.run_job(current_language, heard.success, heard.failure)
    qtbot.waitUntil(lambda: heard.results == ["en"])


def test_what_is_looked_for_next_calls_off_what_was_looked_for(
    qtbot: QtBot, jobs: Jobs, heard: Heard
) -> None:
    search = Search(jobs)
    started, stopped = threading.Event(), threading.Event()

    def look(wanted: Callable[[], bool]) -> str:
        started.set()
        while wanted():
            pass
        stopped.set()
        return "the first"

    def found(what: str) -> None:
        assert not search.busy
        heard.success(what)

    search.start(look, found, heard.failure)
    qtbot.waitUntil(lambda: search.busy and started.is_set())
    search.start(lambda wanted: f"the second, wanted: {wanted()}", found, heard.failure)
    qtbot.waitUntil(lambda: heard.results == ["the second, wanted: True"])
    assert stopped.is_set()
    assert not search.busy
    # What nobody looks for any more isn't told, whatever comes of it.
    search.start(lambda _wanted: "the third", found, heard.failure)
    search.call_off()
    search.call_off()
    assert not search.busy
    jobs.run_job(lambda: "after it", heard.success, heard.failure)
    qtbot.waitUntil(lambda: "after it" in heard.results)
    assert heard.results == ["the second, wanted: True", "after it"]
    assert heard.errors == []
