"""While nobody is at the keys the book is backed up and checked; a lock stops it at once."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.services import FitCheck
from fitcheck.store import backups
from fitcheck.store.backup import Reason, copies
from fitcheck.store.errors import BackupStopped, DiskRefused
from tests.store.test_backups import flip
from tests.ui import sessions
from tests.ui.protected import said_by
from tests.ui.sessions import Desk, when_there
from ui.dialogs.backups import BackupsDialog
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.prospect import NewProspectDialog
from ui.idle_work import QUIET, QUIET_ASKING, RETRY, IdleWork
from ui.main_window import MainWindow


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    yield from sessions.desk(qtbot, qapp, folder)


@pytest.fixture
def work(desk: Desk) -> IdleWork:
    """Of an open book without a passphrase; only the test's clock makes time pass."""
    desk.fill(protect=False)
    desk.session.start()
    desk.opened()
    desk.session.idle_work._timer.stop()
    return desk.session.idle_work


def wait(desk: Desk, seconds: float) -> None:
    """Let so much time pass without a key, and look whether there is anything to do."""
    desk.clocks.passed += seconds
    desk.session.idle_work.look()


def until(desk: Desk, done: Callable[[], bool]) -> None:
    """Look again and again until it is done: the window may be busy with something else."""

    def look() -> bool:
        desk.session.idle_work.look()
        return done()

    desk.qtbot.waitUntil(look)


def worked(desk: Desk, seconds: float) -> None:
    """Let so much time pass, and wait until something has been done and has ended."""
    work, ended = desk.session.idle_work, []
    for signal in (work.done, work.failed, work.damaged):
        signal.connect(lambda *_found: ended.append(True))
    desk.clocks.passed += seconds
    until(desk, lambda: bool(ended))


def is_working(work: IdleWork) -> bool:
    return work.working


def reasons(folder: Path) -> list[Reason]:
    return [copy.reason for copy in copies(folder)]


def test_the_day_s_backup_is_made_when_it_is_quiet_and_once(
    desk: Desk, work: IdleWork, folder: Path
) -> None:
    wait(desk, QUIET - 1)
    assert not is_working(work)
    assert reasons(folder) == []
    worked(desk, 1)
    assert reasons(folder) == [Reason.DAILY]
    wait(desk, 10 * RETRY)
    assert not work.working, "once a day"


@pytest.mark.usefixtures("work")
def test_the_next_day_it_is_made_again_or_the_book_checked(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked(desk, QUIET)
    fitcheck = desk.window.context.fitcheck
    monkeypatch.setattr(fitcheck, "_today", lambda: dt.date(2026, 11, 22))
    checked: list[bool] = []
    check = backups.Backups.check

    def counted(*arguments: object) -> object:
        checked.append(True)
        return check(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(backups.Backups, "check", counted)
    worked(desk, QUIET)
    assert checked == [True], "nothing has changed, so a check is enough"
    assert len(copies(folder)) == 1


def test_in_an_interview_it_waits_longer(desk: Desk, work: IdleWork) -> None:
    window = desk.window
    window.open_assessment(1)
    assert window.page_name == "interview"
    desk.qtbot.waitUntil(lambda: not window.context.busy)
    wait(desk, QUIET_ASKING - 1)
    assert not is_working(work)
    worked(desk, 1)


def test_under_a_dialog_it_waits(desk: Desk, work: IdleWork) -> None:
    def look(dialog: NewProspectDialog) -> None:
        wait(desk, QUIET)
        assert not work.working
        dialog.reject()

    when_there(NewProspectDialog, look)
    desk.window.prospects.acts.new_prospect()
    worked(desk, 0)


@pytest.mark.usefixtures("work")
def test_what_an_interrupted_erasure_left_is_finished(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitcheck = desk.window.context.fitcheck
    people = fitcheck._book.people
    with monkeypatch.context() as patch:
        patch.setattr(people, "sweep", lambda: (_ for _ in ()).throw(DiskRefused(Path(), "full")))
        with pytest.raises(DiskRefused):
            fitcheck.rights.erase(1)
    assert people.unfinished()
    worked(desk, QUIET)
    assert not people.unfinished()


def test_a_full_disk_is_a_quiet_line_and_tried_again(
    desk: Desk, work: IdleWork, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise DiskRefused(Path("book.db"), "No space left on device")

    note = desk.window.foot.backup_note
    with monkeypatch.context() as patch:
        patch.setattr(backups, "copy_live", full)
        worked(desk, QUIET)
    assert note.isVisible()
    assert note.text() == "not backed up"
    assert "No space left" in note.accessibleDescription()
    assert QApplication.activeModalWidget() is None
    wait(desk, RETRY - 1)
    assert not work.working
    worked(desk, 1)
    assert reasons(folder) == [Reason.DAILY]
    assert not note.isVisible()


@pytest.mark.usefixtures("work")
def test_the_line_leads_to_the_backups_and_goes_when_one_is_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise DiskRefused(Path("book.db"), "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backups, "copy_live", full)
        worked(desk, QUIET)

    def make(dialog: BackupsDialog) -> None:
        assert "No space left" in dialog.told.text()
        dialog.make()
        desk.qtbot.waitUntil(lambda: bool(dialog.browser.copies))
        dialog.reject()

    when_there(BackupsDialog, make)
    desk.window.foot.backup_note.click()
    assert not desk.window.foot.backup_note.isVisible()


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("whole", [True, False], ids=["a backup", "none"])
def test_damage_is_told_with_the_backup_that_can_take_its_place(
    desk: Desk, folder: Path, whole: bool
) -> None:
    fitcheck = desk.window.context.fitcheck
    copy = fitcheck.safekeeping.back_up()
    os.utime(folder / "book.db", (copy.made.timestamp() - 60,) * 2)
    fitcheck._book.vault.engine.dispose()
    flip(folder / "book.db", 9)
    if not whole:
        flip(copy.store, 9)
    said: list[str] = []

    def agree(dialog: ConfirmDialog) -> None:
        said.append(said_by(dialog))
        dialog.do_it.click()

    def look(dialog: BackupsDialog) -> None:
        said.append(said_by(dialog))
        dialog.reject()

    when_there(ConfirmDialog, agree)
    when_there(BackupsDialog, look)
    wait(desk, QUIET)
    until(desk, lambda: len(said) == 2)
    assert "Your book is damaged" in said[0]
    assert "Your passphrase is not the reason" in said[0]
    newest = "The newest backup that is whole is from"
    assert (newest if whole else "There is no backup that is whole") in said[0]
    assert desk.window.foot.backup_note.text() == "book damaged"
    assert desk.window.foot.backup_note.isVisible()


class Held:
    """A backup that doesn't come to its end until it is stopped."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered = False
        self.stopped = False
        monkeypatch.setattr(backups, "copy_live", self)

    def __call__(self, *arguments: object) -> None:
        self.entered = True
        stopped = arguments[3]
        assert callable(stopped)
        while not stopped():
            os.sched_yield()
        self.stopped = True
        raise BackupStopped


@pytest.mark.skipif(not hasattr(os, "sched_yield"), reason="only POSIX yields so")
def test_a_lock_stops_it_and_leaves_nothing(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.fill()
    desk.unlock()
    held = Held(monkeypatch)
    wait(desk, QUIET)
    until(desk, lambda: held.entered)
    desk.session.lock()
    desk.locked()
    assert held.stopped
    assert not desk.session.idle_work.working
    assert list((folder / "backups").iterdir()) == []
    monkeypatch.undo()
    desk.unlock()
    worked(desk, QUIET + RETRY)
    assert reasons(folder) == [Reason.DAILY]


@pytest.mark.skipif(not hasattr(os, "sched_yield"), reason="only POSIX yields so")
def test_closing_the_window_does_too(
    desk: Desk, work: IdleWork, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    wait(desk, QUIET)
    until(desk, lambda: held.entered)
    assert desk.window.close()
    assert held.stopped
    assert not work.working
    assert list((folder / "backups").iterdir()) == []
    desk.access.open().close()


def test_a_demonstration_is_left_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[MainWindow] = []
    monkeypatch.setattr(IdleWork, "begin", lambda _self, window: begun.append(window))

    def fill(_fitcheck: FitCheck) -> None:
        return

    desk.session._fill = fill
    desk.session.start()
    desk.opened()
    assert begun == []
