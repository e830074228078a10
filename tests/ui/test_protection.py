"""Protecting a book from the window: the dialogs, and the settings' section."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.access import Access
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import RecoverySheet
from fitcheck.services import FitCheck
from fitcheck.store.errors import DiskRefused, NoKeyring, WrongPassphrase, WrongRecoveryKey
from fitcheck.store.key_file import recovery_text
from tests.store.conftest import FakeKeyring
from tests.ui.conftest import TODAY, WhenAsked, render_empty_sheet
from tests.ui.protected import (
    ANOTHER,
    PASSPHRASE,
    access_to,
    nameless,
    protected_book,
    said_anywhere,
    said_by,
)
from ui.app import make_context
from ui.context import Context
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.protection import ChangePassphraseDialog, ProtectDialog
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.jobs import Jobs
from ui.messages import MessageWindow
from ui.widgets.protection_section import ProtectionSection

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


def keys(widget: QWidget, text: str) -> None:
    widget.setFocus()
    QTest.keyClicks(widget, text)


def put_away(dialog: RecoveryKeyDialog) -> None:
    """Tick the box and close, by keyboard."""
    dialog.put_away.setFocus()
    QTest.keyClick(dialog.put_away, Key.Key_Space)
    QTest.keyClick(dialog, Key.Key_Return)


def spelt(dialog: RecoveryKeyDialog) -> str:
    return "-".join(dialog.key.text().split())


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


@pytest.fixture
def context(protected: FitCheck) -> Iterator[Context]:
    made = make_context(protected, render_empty_sheet)
    yield made
    made.jobs.close()


@pytest.fixture
def section(qtbot: QtBot, context: Context) -> ProtectionSection:
    section = ProtectionSection(context)
    qtbot.addWidget(section)
    section.populate()
    with qtbot.waitActive(section):
        section.show()
        section.activateWindow()
    return section


class TestSection:
    def test_what_is_there_for_a_protected_book(self, section: ProtectionSection) -> None:
        assert not section.protect_button.isVisible()
        assert section.change_button.isVisible()
        assert nameless(section) == []

    def test_an_unprotected_book_is_offered_protection(
        self, qtbot: QtBot, tmp_path: Path, keyring: FakeKeyring, when_asked: WhenAsked
    ) -> None:
        opened = access_to(tmp_path / "other", keyring).open()
        context = make_context(opened, render_empty_sheet)
        section = ProtectionSection(context)
        qtbot.addWidget(section)
        section.populate()
        section.show()
        assert not section.remember.isVisible()

        def fill(dialog: ProtectDialog) -> None:
            keys(dialog.passphrase.first.line, PASSPHRASE)
            keys(dialog.passphrase.second.line, PASSPHRASE)
            when_asked(RecoveryKeyDialog, put_away)
            dialog.accept_button.click()

        when_asked(ProtectDialog, fill)
        with qtbot.waitSignal(section.changed):
            section.protect_button.click()
        assert section.change_button.isVisible()
        assert not section.protect_button.isVisible()
        context.jobs.close()
        opened.close()

    def test_the_keyring_remembers_and_forgets(
        self, qtbot: QtBot, section: ProtectionSection, keyring: FakeKeyring, access: Access
    ) -> None:
        qtbot.waitUntil(section.remember.isEnabled)
        assert "as safe as your log-in" in section.remember_note.text()
        section.remember.setFocus()
        QTest.keyClick(section.remember, Key.Key_Space)
        qtbot.waitUntil(lambda: bool(keyring.kept) and section.remember.isEnabled())
        assert section.remember.isChecked()
        assert section.context.fitcheck.protection.keyring
        assert QApplication.focusWidget() is section.remember
        QTest.keyClick(section.remember, Key.Key_Space)
        qtbot.waitUntil(lambda: not keyring.kept and section.remember.isEnabled())
        assert not section.remember.isChecked()
        assert "Forgotten" in section.told.text()
        section.context.jobs.close()
        section.context.fitcheck.close()
        assert access.unlock_by_keyring() is None

    def test_without_a_keyring_it_says_why(
        self, qtbot: QtBot, section: ProtectionSection, keyring: FakeKeyring
    ) -> None:
        qtbot.waitUntil(lambda: not section.context.jobs.busy)
        keyring.works = False
        section.populate()
        qtbot.waitUntil(lambda: "no keyring" in section.remember_note.text())
        assert not section.remember.isEnabled()
        assert "no keyring" in section.remember.accessibleDescription()

    def test_a_keyring_that_refuses_is_told(
        self, qtbot: QtBot, section: ProtectionSection, keyring: FakeKeyring
    ) -> None:
        qtbot.waitUntil(section.remember.isEnabled)
        keyring.works = False
        section.remember.click()
        qtbot.waitUntil(section.told.isVisible)
        assert section.told.text() == str(NoKeyring())
        assert not section.remember.isChecked()
        assert section.remember.isEnabled(), "it can be tried again"

    def test_a_new_recovery_key_replaces_the_old_one(
        self,
        qtbot: QtBot,
        section: ProtectionSection,
        access: Access,
        when_asked: WhenAsked,
    ) -> None:
        qtbot.waitUntil(section.remember.isEnabled)
        old = section.context.fitcheck.new_recovery_key()
        when_asked(ConfirmDialog, lambda dialog: dialog.reject())
        section.new_key_button.click()
        assert not section.context.jobs.busy
        seen: list[str] = []

        def look(dialog: RecoveryKeyDialog) -> None:
            seen.append(spelt(dialog))
            put_away(dialog)

        def go_on(dialog: ConfirmDialog) -> None:
            when_asked(RecoveryKeyDialog, look)
            dialog.do_it.click()

        when_asked(ConfirmDialog, go_on)
        section.new_key_button.click()
        qtbot.waitUntil(section.told.isVisible)
        assert "in force" in section.told.text()
        section.context.jobs.close()
        section.context.fitcheck.close()
        with pytest.raises(WrongRecoveryKey):
            access.recover(old)
        access.recover(seen[0]).close()

    def test_changing_the_passphrase_is_confirmed(
        self, qtbot: QtBot, section: ProtectionSection, when_asked: WhenAsked
    ) -> None:
        qtbot.waitUntil(section.remember.isEnabled)

        def fill(dialog: ChangePassphraseDialog) -> None:
            keys(dialog.current.line, PASSPHRASE)
            keys(dialog.passphrase.first.line, ANOTHER)
            keys(dialog.passphrase.second.line, ANOTHER)
            dialog.accept_button.click()

        when_asked(ChangePassphraseDialog, fill)
        section.change_button.click()
        assert section.told.text() == "The passphrase was changed."

    def test_the_pause_before_it_locks_is_kept(self, section: ProtectionSection) -> None:
        fitcheck = section.context.fitcheck
        assert section.lock_after.value() == fitcheck.preferences.lock_after == 4
        QTest.keyClick(section.lock_after, Key.Key_Up)
        assert fitcheck.preferences.lock_after == 5
        section.lock_after.setValue(0)
        assert fitcheck.preferences.lock_after == 0
        assert section.lock_after.text() == "never"

    def test_showing_it_is_not_changing_it(
        self, section: ProtectionSection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fitcheck = section.context.fitcheck
        fitcheck.save_preferences(replace(fitcheck.preferences, lock_after=17))
        saved: list[Any] = []
        monkeypatch.setattr(fitcheck, "save_preferences", saved.append)
        section.populate()
        assert section.lock_after.value() == 17
        assert saved == []
        monkeypatch.undo()

    def test_a_disk_that_refuses_the_pause(
        self, section: ProtectionSection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_preferences: object) -> None:
            raise DiskRefused(Path("book.db"), "no space left")

        monkeypatch.setattr(section.context.fitcheck, "save_preferences", refuse)
        section.lock_after.setValue(9)
        assert "no space left" in section.told.text()
        monkeypatch.undo()
