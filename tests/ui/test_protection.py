"""Protecting a book from the window: passphrase, changing it, and the recovery key shown once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.access import Access
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import RecoverySheet
from fitcheck.services import FitCheck
from fitcheck.store.errors import DiskRefused, WrongPassphrase
from fitcheck.store.key_file import recovery_text
from tests.store.conftest import FakeKeyring
from tests.ui.conftest import TODAY, WhenAsked
from tests.ui.protected import (
    ANOTHER,
    PASSPHRASE,
    access_to,
    keys,
    nameless,
    protected_book,
    put_away,
    said_anywhere,
    said_by,
    spelt,
)
from ui.dialogs.protection import ChangePassphraseDialog, ProtectDialog
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.jobs import Jobs
from ui.messages import MessageWindow

Key = Qt.Key
SLOW = 60_000
KEY = recovery_text(bytes(range(20)))


@pytest.fixture
def keyring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def access(folder: Path, keyring: FakeKeyring) -> Access:
    return access_to(folder, keyring)


@pytest.fixture
def fitcheck(access: Access) -> Iterator[FitCheck]:
    """An open book that isn't protected."""
    opened = access.open()
    yield opened
    opened.close()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    # Not shown: it would vie with the dialogs for being active.
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


class TestProtecting:
    def test_twice_then_the_recovery_key_once(
        self,
        fitcheck: FitCheck,
        parent: QWidget,
        jobs: Jobs,
        access: Access,
        when_asked: WhenAsked,
    ) -> None:
        seen: list[str] = []

        def look(dialog: RecoveryKeyDialog) -> None:
            seen.append(spelt(dialog))
            assert PASSPHRASE not in said_anywhere()
            put_away(dialog)

        def fill(dialog: ProtectDialog) -> None:
            assert dialog.passphrase.first.line.hasFocus()
            keys(dialog.passphrase.first.line, PASSPHRASE)
            keys(dialog.passphrase.second.line, PASSPHRASE)
            when_asked(RecoveryKeyDialog, look)
            QTest.keyClick(dialog.passphrase.second.line, Key.Key_Return)

        when_asked(ProtectDialog, fill)
        assert ProtectDialog.ask(parent, fitcheck, jobs)
        assert fitcheck.protection.protected
        assert seen[0] not in said_anywhere()
        assert "   ".join(seen[0].split("-")[:3]) not in said_anywhere()
        fitcheck.close()
        access.unlock(PASSPHRASE).close()
        access.recover(seen[0]).close()

    @pytest.mark.parametrize(
        ("first", "second", "fault"),
        [
            ("seven77", "seven77", "at least 8 characters"),
            ("", "", "at least 8 characters"),
            (PASSPHRASE, PASSPHRASE.lower(), "aren’t the same"),
        ],
    )
    def test_what_won_t_do_is_told_inline(
        self,
        qtbot: QtBot,
        fitcheck: FitCheck,
        parent: QWidget,
        jobs: Jobs,
        first: str,
        second: str,
        fault: str,
    ) -> None:
        dialog = ProtectDialog(parent, fitcheck, jobs)
        qtbot.addWidget(dialog)
        dialog.show()
        keys(dialog.passphrase.first.line, first)
        keys(dialog.passphrase.second.line, second)
        dialog.accept_button.click()
        assert fault in dialog.passphrase.fault.text()
        assert dialog.passphrase.fault.isVisible()
        assert dialog.isVisible()
        assert not fitcheck.protection.protected
        dialog.reject()
        assert not dialog.isVisible()
        assert dialog.passphrase.first.text == dialog.passphrase.second.text == ""

    def test_a_mismatch_is_told_when_the_field_is_left(
        self, qtbot: QtBot, fitcheck: FitCheck, parent: QWidget, jobs: Jobs
    ) -> None:
        dialog = ProtectDialog(parent, fitcheck, jobs)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        keys(dialog.passphrase.first.line, PASSPHRASE)
        keys(dialog.passphrase.second.line, "something else")
        assert not dialog.passphrase.fault.isVisible()
        QTest.keyClick(dialog.passphrase.second.line, Key.Key_Tab)
        assert dialog.passphrase.fault.isVisible()
        assert nameless(dialog) == []
        dialog.reject()

    def test_it_can_t_be_called_off_in_the_middle_but_a_lock_closes_it(
        self,
        qtbot: QtBot,
        fitcheck: FitCheck,
        parent: QWidget,
        jobs: Jobs,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        may_go_on = threading.Event()

        def slow(_passphrase: str) -> str:
            may_go_on.wait(30)
            return KEY

        monkeypatch.setattr(fitcheck, "protect", slow)
        dialog = ProtectDialog(parent, fitcheck, jobs)
        qtbot.addWidget(dialog)
        dialog.show()
        keys(dialog.passphrase.first.line, PASSPHRASE)
        keys(dialog.passphrase.second.line, PASSPHRASE)
        dialog.accept_button.click()
        assert dialog.working.isVisible()
        QTest.keyClick(dialog, Key.Key_Escape)
        dialog.close()
        assert dialog.isVisible()
        assert not dialog.cancel_button.isEnabled()
        dialog.done(0)
        assert not dialog.isVisible()
        assert dialog.passphrase.first.text == ""
        may_go_on.set()
        jobs.close()
        assert dialog.recovery_key == ""

    def test_a_disk_that_refuses_is_told_and_the_fields_stay(
        self,
        qtbot: QtBot,
        fitcheck: FitCheck,
        parent: QWidget,
        jobs: Jobs,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def refuse(_passphrase: str) -> str:
            raise DiskRefused(Path("book.db"), "no space left")

        monkeypatch.setattr(fitcheck, "protect", refuse)
        dialog = ProtectDialog(parent, fitcheck, jobs)
        qtbot.addWidget(dialog)
        dialog.show()
        keys(dialog.passphrase.first.line, PASSPHRASE)
        keys(dialog.passphrase.second.line, PASSPHRASE)
        dialog.accept_button.click()
        qtbot.waitUntil(dialog.fault.isVisible)
        assert "no space left" in dialog.fault.text()
        assert dialog.passphrase.text == PASSPHRASE
        dialog.reject()


@pytest.fixture
def protected(access: Access) -> Iterator[FitCheck]:
    """An open book that is protected by ``PASSPHRASE``."""
    protected_book(access)
    opened = access.unlock(PASSPHRASE)
    yield opened
    opened.close()


class TestChanging:
    def test_a_wrong_current_one_then_the_right_one(
        self,
        qtbot: QtBot,
        protected: FitCheck,
        parent: QWidget,
        jobs: Jobs,
        access: Access,
    ) -> None:
        dialog = ChangePassphraseDialog(parent, protected, jobs)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        assert dialog.current.line.hasFocus()
        keys(dialog.current.line, "not this one")
        keys(dialog.passphrase.first.line, ANOTHER)
        keys(dialog.passphrase.second.line, ANOTHER)
        QTest.keyClick(dialog.passphrase.second.line, Key.Key_Return)
        qtbot.waitUntil(dialog.current_fault.isVisible)
        assert dialog.current_fault.text() == str(WrongPassphrase())
        assert dialog.current.line.selectedText() == "not this one"
        assert dialog.passphrase.text == ANOTHER
        assert nameless(dialog) == []
        keys(dialog.current.line, PASSPHRASE)
        assert not dialog.current_fault.isVisible()
        with qtbot.waitSignal(dialog.accepted):
            dialog.accept_button.click()
        for secret in (PASSPHRASE, ANOTHER, "not this one"):
            assert secret not in said_by(dialog)
        protected.close()
        access.unlock(ANOTHER).close()

    def test_without_the_current_one_nothing_is_tried(
        self, qtbot: QtBot, protected: FitCheck, parent: QWidget, jobs: Jobs
    ) -> None:
        dialog = ChangePassphraseDialog(parent, protected, jobs)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.accept_button.click()
        assert "in force now" in dialog.current_fault.text()
        keys(dialog.current.line, PASSPHRASE)
        dialog.accept_button.click()
        assert "at least 8" in dialog.passphrase.fault.text()
        assert not jobs.busy
        dialog.reject()


@pytest.fixture
def shown(qtbot: QtBot, parent: QWidget, jobs: Jobs) -> RecoveryKeyDialog:
    dialog = RecoveryKeyDialog(parent, RecoverySheet(KEY, TODAY), Paper.A4, jobs)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


class TestRecoveryKey:
    def test_it_can_only_be_closed_once_it_is_put_away(self, shown: RecoveryKeyDialog) -> None:
        assert spelt(shown) == KEY
        assert " ".join(KEY[:4]) in shown.key.accessibleName()
        assert "nobody can open the book" in said_by(shown)
        assert nameless(shown) == []
        assert not shown.close_button.isEnabled()
        QTest.keyClick(shown, Key.Key_Escape)
        shown.close()
        assert shown.isVisible()
        assert "isn’t shown again" in shown.told.text()
        put_away(shown)
        assert not shown.isVisible()
        assert shown.result() == 1
        assert KEY[:4] not in said_by(shown)
        assert " ".join(KEY[:4]) not in said_by(shown)

    def test_a_lock_closes_it_and_leaves_nothing(self, shown: RecoveryKeyDialog) -> None:
        shown.done(0)
        assert KEY[:4] not in said_by(shown)
        shown.print_button.click()
        shown._save()
        assert not shown.working.isVisible()

    def test_its_page_is_saved(
        self,
        qtbot: QtBot,
        shown: RecoveryKeyDialog,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        proposed: list[str] = []
        file = tmp_path / "key.pdf"

        def choose(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
            proposed.append(Path(name).name)
            return str(file), ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        shown.save_button.click()
        qtbot.waitUntil(shown.told.isVisible, timeout=SLOW)
        assert proposed == [f"fitcheck-recovery-key-{TODAY.isoformat()}.pdf"]
        assert "key.pdf" in shown.told.text()
        with pypdfium2.PdfDocument(file.read_bytes()) as document:
            assert len(document) == 1
            assert KEY[:4] in document[0].get_textpage().get_text_range()
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["key.pdf"]

    def test_its_page_is_printed(
        self, qtbot: QtBot, shown: RecoveryKeyDialog, tmp_path: Path
    ) -> None:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        shown.print_on(printer)
        qtbot.waitUntil(shown.told.isVisible, timeout=SLOW)
        assert "Sent to the printer" in shown.told.text()
        with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
            assert len(document) == 1

    def test_a_folder_that_refuses_is_told_and_the_key_stays(
        self, qtbot: QtBot, shown: RecoveryKeyDialog, tmp_path: Path
    ) -> None:
        shown.save_to(tmp_path / "missing" / "key.pdf")
        qtbot.waitUntil(lambda: bool(shown.findChildren(MessageWindow)), timeout=SLOW)
        told = shown.findChildren(MessageWindow)[0]
        assert told.message.happened == "The page was not saved."
        told.accept()
        assert spelt(shown) == KEY
