"""The backups in the window: made, looked into, restored; and a damaged book brought back."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.services import FitCheck
from fitcheck.store import backups
from fitcheck.store.backup import Reason, copies
from fitcheck.store.comparing import Missing
from fitcheck.store.errors import DiskRefused
from tests.store.test_backups import flip
from tests.ui import sessions
from tests.ui.conftest import WhenAsked
from tests.ui.looking import look_until
from tests.ui.protected import ANOTHER, PASSPHRASE, said_by
from tests.ui.sessions import CANARY, Desk, told_by_any_widget, when_there
from ui import backup_words as words
from ui import messages
from ui.dialogs.backups import BackupsDialog
from ui.dialogs.confirm import ConfirmDialog
from ui.main_window import MainWindow
from ui.pages.rescue import RescuePage
from ui.pages.unlock import UnlockPage


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    yield from sessions.desk(qtbot, qapp, folder)


def shown(qtbot: QtBot, window: MainWindow) -> BackupsDialog:
    context = window.context
    dialog = BackupsDialog(window, context.fitcheck, context.jobs)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def read(qtbot: QtBot, dialog: BackupsDialog) -> str:
    """Wait until the chosen one has been read; what is said of it."""
    qtbot.waitUntil(lambda: dialog.browser.preview is not None)
    return said_by(dialog.browser)


def names(window: MainWindow) -> set[str]:
    return {line.prospect.name for line in window.context.fitcheck.prospects()}


class TestDialog:
    def test_without_any_it_says_so_and_leads_to_the_first(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        dialog = shown(qtbot, window)
        assert dialog.nothing.isVisible()
        assert not dialog.browser.isVisible()
        assert dialog.focusWidget() is dialog.make_button
        assert not dialog.restore_button.isEnabled()
        QTest.keyClick(dialog.make_button, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: dialog.told.isVisible())
        assert dialog.told.text() == "The backup is made, and it is whole."
        assert not dialog.nothing.isVisible()
        said = read(qtbot, dialog)
        assert "It is whole" in said
        assert "0 prospects and 0 assessments" in said
        (copy,) = window.context.fitcheck.safekeeping.copies()
        assert copy.reason is Reason.BY_HAND

    def test_each_tells_what_is_in_it_and_what_would_be_missing(
        self, qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
    ) -> None:
        fitcheck.add_prospect(Prospect("Ada Bell"))
        older = fitcheck.safekeeping.back_up()
        fitcheck.add_prospect(Prospect("Cleo Dunn"))
        newer = fitcheck.safekeeping.back_up(Reason.DAILY)
        dialog = shown(qtbot, window)
        assert dialog.browser.copies == (newer, older)
        assert dialog.browser.list.item(0).text().splitlines()[1].startswith("The day’s backup · ")
        said = read(qtbot, dialog)
        assert "2 prospects" in said
        assert "would be missing" in said
        assert dialog.restore_button.isEnabled()
        QTest.keyClick(dialog.browser.list, Qt.Key.Key_Down)
        assert not dialog.restore_button.isEnabled(), "not before it has been read"
        said = read(qtbot, dialog)
        assert "1 prospect and 0 assessments are in it" in said
        assert "1 prospect who is in your book now is not in it" in said
        assert "It concerns: Cleo Dunn." in said
        assert "Made by hand" in said
        assert not dialog.delete_button.isVisible(), "thinning looks after these"

    def test_a_damaged_one_can_be_deleted_and_not_restored(
        self, qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, when_asked: WhenAsked
    ) -> None:
        flip(fitcheck.safekeeping.back_up().store, 3)
        dialog = shown(qtbot, window)
        assert "can’t be used" in read(qtbot, dialog)
        assert not dialog.restore_button.isEnabled()
        when_asked(ConfirmDialog, lambda asked: asked.leave_it.click())
        dialog.delete_button.click()
        assert fitcheck.safekeeping.copies()
        when_asked(ConfirmDialog, lambda asked: asked.do_it.click())
        dialog.delete_button.click()
        qtbot.waitUntil(lambda: dialog.told.text() == "It was deleted.")
        assert fitcheck.safekeeping.copies() == ()
        assert dialog.nothing.isVisible()

    def test_one_that_is_being_made_can_be_stopped(
        self, qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dialog = shown(qtbot, window)
        stopped = dialog._stopped

        def wait(*_arguments: object) -> None:
            nonlocal stopped
            stopped = dialog._stopped
            assert stopped.wait(30)

        monkeypatch.setattr(fitcheck.safekeeping._book.backups, "_settle", wait)
        dialog.make()
        assert dialog.focusWidget() is dialog.stop_button
        QTest.keyClick(dialog.stop_button, Qt.Key.Key_Space)
        assert dialog.told.text() == "Stopped: no backup was made."
        qtbot.waitUntil(lambda: not window.context.busy)
        monkeypatch.undo()
        dialog.make()
        qtbot.waitUntil(lambda: len(fitcheck.safekeeping.copies()) == 1)

    def test_what_goes_wrong_is_said_there(
        self, qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_arguments: object) -> None:
            raise DiskRefused(Path("book.db"), "No space left on device")

        monkeypatch.setattr(backups, "copy_live", full)
        dialog = shown(qtbot, window)
        dialog.make()
        qtbot.waitUntil(lambda: dialog.told.isVisible())
        assert "No backup was made." in dialog.told.text()
        assert "No space left" in dialog.told.text()
        assert dialog.make_button.isEnabled()

    def test_the_folder_is_shown_or_named(
        self, qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[QUrl] = []

        def open_url(url: QUrl) -> bool:
            opened.append(url)
            return True

        monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
        dialog = shown(qtbot, window)
        dialog.folder_button.click()
        fitcheck.safekeeping.back_up()
        dialog.folder_button.click()
        folders = [Path(url.toLocalFile()) for url in opened]
        assert folders == [fitcheck.folder, fitcheck.folder / "backups"]
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
        dialog.folder_button.click()
        assert str(fitcheck.folder) in dialog.told.text()

    def test_the_settings_say_when_the_last_was_made(
        self, window: MainWindow, fitcheck: FitCheck
    ) -> None:
        window.show_page("settings")
        assert "no backup yet" in window.settings.backups.last.text()
        copy = fitcheck.safekeeping.back_up()
        window.settings.populate()
        moment = words.moment_text(copy.made, fitcheck.today())
        assert window.settings.backups.last.text() == f"The last backup: {moment}."


def choose_oldest(dialog: BackupsDialog) -> None:
    """Restore the oldest backup, by keyboard."""
    dialog.browser.list.setCurrentRow(len(dialog.browser.copies) - 1)

    def restore() -> bool:
        if not dialog.restore_button.isEnabled():
            return False
        dialog.restore_button.click()
        return True

    look_until(restore, "a preview")


def restore_oldest(desk: Desk, window: MainWindow) -> list[str]:
    """Restore the oldest backup of all; what was asked before."""
    asked: list[str] = []

    def agree(dialog: ConfirmDialog) -> None:
        asked.append(said_by(dialog))
        dialog.do_it.click()

    when_there(BackupsDialog, choose_oldest)
    when_there(ConfirmDialog, agree)
    window.menus.backups.trigger()
    del window
    desk.qtbot.waitUntil(lambda: not desk.session.restoring.under_way and bool(asked))
    return asked


def told(desk: Desk) -> messages.Message:
    """What is said over the window, once it is."""

    def found() -> list[messages.MessageWindow]:
        shown = QApplication.topLevelWidgets()
        return [w for w in shown if isinstance(w, messages.MessageWindow) and w.isVisible()]

    desk.qtbot.waitUntil(lambda: bool(found()))
    (window,) = found()
    message = window.message
    window.close()
    return message


class TestRestoring:
    @pytest.mark.parametrize("protect", [False, True], ids=["open", "protected"])
    def test_the_book_is_what_it_was_and_it_is_said(
        self, desk: Desk, folder: Path, protect: bool
    ) -> None:
        desk.fill(protect)
        if protect:
            window = desk.unlock()
        else:
            desk.session.start()
            window = desk.opened()
        window.context.fitcheck.safekeeping.back_up()
        window.context.fitcheck.add_prospect(Prospect("since"))
        (asked,) = restore_oldest(desk, window)
        assert "It concerns: since." in asked
        assert "The book that a backup replaced" in asked
        assert ("passphrase" in asked) is protect
        window = desk.unlock() if protect else desk.opened()
        assert names(window) == {f"Ada {CANARY}"}
        message = told(desk)
        assert "Your book is what it was in the backup" in message.happened
        (kept,) = (copy for copy in copies(folder) if copy.reason is Reason.REPLACED)
        assert kept.name in message.kept
        assert message.to_do == ""

    def test_whoever_was_erased_stays_erased_and_it_is_said(self, desk: Desk, folder: Path) -> None:
        desk.fill(protect=False)
        desk.session.start()
        fitcheck = desk.opened().context.fitcheck
        away = folder.parent / "away"
        backup = fitcheck.safekeeping.back_up().folder
        shutil.move(backup, away)
        fitcheck.rights.erase(fitcheck.prospects()[0].id)
        fitcheck.add_prospect(Prospect("since"))
        shutil.move(away, backup)
        restore_oldest(desk, desk.window)
        assert names(desk.opened()) == set()
        assert "1 person in it had been erased since" in told(desk).to_do

    def test_what_fails_leaves_the_book_as_it_was(self, desk: Desk, folder: Path) -> None:
        desk.fill(protect=False)
        desk.session.start()
        window = desk.opened()
        copy = window.context.fitcheck.safekeeping.back_up()

        def harm(dialog: ConfirmDialog) -> None:
            flip(copy.store, 3)
            dialog.do_it.click()

        when_there(BackupsDialog, choose_oldest)
        when_there(ConfirmDialog, harm)
        window.menus.backups.trigger()
        del window
        desk.qtbot.waitUntil(lambda: desk.session.window is None)
        assert names(desk.opened()) == {f"Ada {CANARY}"}
        message = told(desk)
        assert message.happened == "The backup was not restored."
        assert copy.name in message.to_do
        assert len(copies(folder)) == 1


# A book that doesn't open


def mangle(folder: Path) -> None:
    store = folder / "book.db"
    for page in range(store.stat().st_size // 4096):
        flip(store, page)


def rescue_page(desk: Desk) -> RescuePage:
    desk.qtbot.waitUntil(lambda: isinstance(desk._page(), RescuePage))
    page = desk._page()
    assert isinstance(page, RescuePage)
    desk.qtbot.waitUntil(lambda: page._job is None)
    return page


def backed_up(desk: Desk, *, protect: bool) -> None:
    """A closed book with a backup, and somebody more in it than in that."""
    desk.fill(protect)
    fitcheck = desk.access.unlock(PASSPHRASE) if protect else desk.access.open()
    fitcheck.safekeeping.back_up()
    fitcheck.add_prospect(Prospect("since"))
    fitcheck.close()


def type_passphrase(desk: Desk, text: str = PASSPHRASE) -> None:
    desk.session.start()
    desk.qtbot.waitUntil(lambda: isinstance(desk._page(), UnlockPage))
    page = desk._page()
    page.passphrase.line.setText(text)
    page.unlock_button.click()


class TestDamaged:
    @pytest.mark.parametrize("protect", [False, True], ids=["open", "protected"])
    def test_a_backup_takes_its_place_and_it_opens(
        self, desk: Desk, folder: Path, protect: bool
    ) -> None:
        backed_up(desk, protect=protect)
        mangle(folder)
        data = (folder / "book.db").read_bytes()
        if protect:
            type_passphrase(desk)
        else:
            desk.session.start()
        page = rescue_page(desk)
        said = said_by(page)
        assert page.title.text() == "Your book is damaged"
        assert str(folder / "book.db") in said
        assert ("It is not your passphrase" in said) is protect
        assert "ends in “damaged”" in said
        assert "Whatever was saved after" in said
        assert (folder / "book.db").read_bytes() == data
        assert page.focusWidget() is page.restore_button
        QTest.keyClick(page.restore_button, Qt.Key.Key_Return)
        window = desk.opened()
        assert names(window) == {f"Ada {CANARY}"}
        message = told(desk)
        assert "Your book is what it was" in message.happened
        assert "whom you had erased" in message.to_do
        (kept,) = (copy for copy in copies(folder) if copy.reason is Reason.DAMAGED)
        assert kept.name in message.kept
        assert kept.store.read_bytes() == data

    def test_a_wrong_passphrase_is_told_as_that(self, desk: Desk, folder: Path) -> None:
        backed_up(desk, protect=True)
        mangle(folder)
        type_passphrase(desk, ANOTHER)
        page = desk._page()
        desk.qtbot.waitUntil(lambda: bool(page.fault.text()))
        assert "That isn't the passphrase" in page.fault.text()
        page.passphrase.line.setText(PASSPHRASE)
        page.unlock_button.click()
        assert rescue_page(desk).title.text() == "Your book is damaged"

    def test_the_recovery_key_leads_there_too_and_to_a_new_passphrase(
        self, desk: Desk, folder: Path
    ) -> None:
        desk.fill(protect=False)
        fitcheck = desk.access.open()
        recovery = fitcheck.protect(PASSPHRASE)
        fitcheck.safekeeping.back_up()
        fitcheck.close()
        mangle(folder)
        desk.session.start()
        desk.qtbot.waitUntil(lambda: isinstance(desk._page(), UnlockPage))
        unlocking = desk._page()
        unlocking.to_recovery.click()
        unlocking.recovery_key.line.setText(recovery)
        unlocking.recover_button.click()
        page = rescue_page(desk)
        assert page.title.text() == "Your book is damaged"
        page.restore_button.click()
        desk.qtbot.waitUntil(lambda: isinstance(desk._page(), UnlockPage))
        assert names(desk.unlock()) == {f"Ada {CANARY}"}
        assert "Your book is what it was" in told(desk).happened

    def test_so_does_the_keyring(self, desk: Desk, folder: Path) -> None:
        backed_up(desk, protect=True)
        fitcheck = desk.access.unlock(PASSPHRASE)
        fitcheck.remember_in_keyring()
        fitcheck.close()
        mangle(folder)
        desk.session.start()
        page = rescue_page(desk)
        assert page.title.text() == "Your book is damaged"
        page.restore_button.click()
        assert names(desk.opened()) == {f"Ada {CANARY}"}

    def test_another_one_can_be_chosen(self, desk: Desk, folder: Path) -> None:
        desk.fill(protect=False)
        fitcheck = desk.access.open()
        older = fitcheck.safekeeping.back_up()
        fitcheck.add_prospect(Prospect("later"))
        newer = fitcheck.safekeeping.back_up()
        fitcheck.close()
        flip(newer.store, 4)
        mangle(folder)
        desk.session.start()
        page = rescue_page(desk)
        assert page.browser.copy_chosen == older, "the newest that is whole"
        page.browser.list.setCurrentRow(0)
        desk.qtbot.waitUntil(lambda: page.browser.preview is not None)
        assert not page.restore_button.isEnabled()
        page.browser.list.setCurrentRow(1)
        assert page.restore_button.isEnabled()

    @pytest.mark.parametrize("protect", [False, True], ids=["open", "protected"])
    @pytest.mark.parametrize("damaged", [False, True], ids=["missing", "damaged"])
    def test_a_lost_key_is_put_back(
        self, desk: Desk, folder: Path, protect: bool, damaged: bool
    ) -> None:
        backed_up(desk, protect=protect)
        key = folder / "book.key"
        key.write_bytes(b"{}") if damaged else key.unlink()
        desk.session.start()
        page = rescue_page(desk)
        assert page.title.text() == (
            "The key to your book is lost"
            if protect
            else "The key to your book is lost, but a backup has it"
        )
        if protect:
            page.secret.passphrase.line.setText(ANOTHER)
            page.secret.go_button.click()
            desk.qtbot.waitUntil(lambda: bool(page.fault.text()))
            assert "That isn't the passphrase" in page.fault.text()
            page.secret.passphrase.line.setText(PASSPHRASE)
            page.secret.go_button.click()
            desk.qtbot.waitUntil(page.key_button.isVisible)
        assert page.focusWidget() is page.key_button
        page.key_button.click()
        assert names(desk.opened()) == {f"Ada {CANARY}", "since"}
        message = told(desk)
        assert message.happened == "The key is back, and the book is whole."
        assert ("book.key.damaged" in message.kept) is damaged

    def test_where_nothing_is_whole_it_is_said_what_to_do(self, desk: Desk, folder: Path) -> None:
        backed_up(desk, protect=False)
        (copy,) = copies(folder)
        aside = folder.parent / "aside"
        shutil.copytree(folder, aside)
        mangle(folder)
        flip(copy.store, 2)
        desk.session.start()
        page = rescue_page(desk)
        assert page.title.text() == "Your book can’t be read"
        assert "There is no backup that is whole" in said_by(page)
        assert "Look for an older copy on another disk" in said_by(page)
        assert not page.restore_button.isVisible()
        shutil.copy(aside / "book.db", folder)
        page.again_button.click()
        desk.qtbot.waitUntil(page.open_button.isVisible)
        page.open_button.click()
        assert names(desk.opened()) == {f"Ada {CANARY}", "since"}

    def test_a_file_of_another_program_is_told_as_that(self, desk: Desk, folder: Path) -> None:
        desk.fill(protect=False)
        (folder / "book.db").write_bytes(b"SQLite format 3\0" + bytes(4080))
        desk.session.start()
        said = said_by(rescue_page(desk))
        assert "belongs to some other program" in said
        assert "There is no backup that is whole" in said

    def test_without_any_key_it_is_said_too(self, desk: Desk, folder: Path) -> None:
        desk.fill(protect=False)
        (folder / "book.key").unlink()
        desk.session.start()
        page = rescue_page(desk)
        assert "No backup beside it has a key" in said_by(page)
        page.quit_button.click()
        assert not page.isVisible()

    @pytest.mark.parametrize("lost", [("book.db",), ("book.db", "book.key")])
    def test_a_book_that_has_gone_is_brought_back(
        self, desk: Desk, folder: Path, lost: tuple[str, ...]
    ) -> None:
        backed_up(desk, protect=False)
        for name in lost:
            (folder / name).unlink()
        desk.session.start()
        page = rescue_page(desk)
        assert page.title.text() == "Your book has gone"
        page.restore_button.click()
        assert names(desk.opened()) == {f"Ada {CANARY}"}

    def test_the_list_is_taken_away_when_nobody_is_there(self, desk: Desk, folder: Path) -> None:
        backed_up(desk, protect=True)
        mangle(folder)
        type_passphrase(desk)
        page = rescue_page(desk)
        assert CANARY in told_by_any_widget()
        assert page._timer.isActive()
        page._timer.timeout.emit()
        assert isinstance(desk._page(), UnlockPage)
        del page
        desk.qtbot.waitUntil(lambda: CANARY not in told_by_any_widget())
        desk.access.rescue(PASSPHRASE).close()

    def test_closing_lets_go_of_the_folder(self, desk: Desk, folder: Path) -> None:
        backed_up(desk, protect=False)
        mangle(folder)
        desk.session.start()
        rescue_page(desk)
        desk.session.close()
        desk.access.rescue().close()


@pytest.mark.parametrize(
    ("days", "said"), [(0, "Today, "), (1, "Yesterday, "), (2, "20 November 2026, ")]
)
def test_a_moment_is_said_as_one_would_say_it(days: int, said: str) -> None:
    today = dt.date(2026, 11, 22)
    noon = dt.datetime.combine(today, dt.time(14, 5)).astimezone()
    assert words.moment_text(noon - dt.timedelta(days=days), today) == f"{said}14:05"


def test_every_reason_has_its_words() -> None:
    assert len({words.reason_text(reason) for reason in Reason}) == len(Reason)


def test_what_else_would_be_missing_is_counted() -> None:
    one = Missing(0, 0, 0, (), follow_ups=1, outcomes=1, referrals=1, banks=1)
    assert words.missing_lines(one) == [
        "Also not in it: 1 follow-up, 1 outcome, 1 referral, 1 bank of your own."
    ]
    several = Missing(0, 0, 1, ("Ada",), follow_ups=2)
    assert words.missing_lines(several)[1:] == [
        "Also not in it: 2 follow-ups.",
        "It concerns: Ada.",
    ]
