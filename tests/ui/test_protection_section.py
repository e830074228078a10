"""The settings' section on protection: the keyring, new keys, the pause before it locks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.access import Access
from fitcheck.services import FitCheck
from fitcheck.store.errors import DiskRefused, NoKeyring, WrongRecoveryKey
from tests.store.conftest import FakeKeyring
from tests.ui.conftest import WhenAsked, render_empty_sheet
from tests.ui.protected import (
    ANOTHER,
    PASSPHRASE,
    access_to,
    keys,
    nameless,
    protected_book,
    put_away,
    spelt,
)
from ui.app import make_context
from ui.context import Context
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.protection import ChangePassphraseDialog, ProtectDialog
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.widgets.protection_section import ProtectionSection

Key = Qt.Key


@pytest.fixture
def keyring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def access(folder: Path, keyring: FakeKeyring) -> Access:
    return access_to(folder, keyring)


@pytest.fixture
def protected(access: Access) -> Iterator[FitCheck]:
    """An open book that is protected by ``PASSPHRASE``."""
    protected_book(access)
    opened = access.unlock(PASSPHRASE)
    yield opened
    opened.close()


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


def test_what_is_there_for_a_protected_book(section: ProtectionSection) -> None:
    assert not section.protect_button.isVisible()
    assert section.change_button.isVisible()
    assert nameless(section) == []


def test_an_unprotected_book_is_offered_protection(
    qtbot: QtBot, tmp_path: Path, keyring: FakeKeyring, when_asked: WhenAsked
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
    qtbot: QtBot, section: ProtectionSection, keyring: FakeKeyring, access: Access
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
    qtbot: QtBot, section: ProtectionSection, keyring: FakeKeyring
) -> None:
    qtbot.waitUntil(lambda: not section.context.jobs.busy)
    keyring.works = False
    section.populate()
    qtbot.waitUntil(lambda: "no keyring" in section.remember_note.text())
    assert not section.remember.isEnabled()
    assert "no keyring" in section.remember.accessibleDescription()


def test_a_keyring_that_refuses_is_told(
    qtbot: QtBot, section: ProtectionSection, keyring: FakeKeyring
) -> None:
    qtbot.waitUntil(section.remember.isEnabled)
    keyring.works = False
    section.remember.click()
    qtbot.waitUntil(section.told.isVisible)
    assert section.told.text() == str(NoKeyring())
    assert not section.remember.isChecked()
    assert section.remember.isEnabled(), "it can be tried again"


def test_a_new_recovery_key_replaces_the_old_one(
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
    qtbot: QtBot, section: ProtectionSection, when_asked: WhenAsked
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


def test_the_pause_before_it_locks_is_kept(section: ProtectionSection) -> None:
    fitcheck = section.context.fitcheck
    assert section.lock_after.value() == fitcheck.preferences.lock_after == 4
    QTest.keyClick(section.lock_after, Key.Key_Up)
    assert fitcheck.preferences.lock_after == 5
    section.lock_after.setValue(0)
    assert fitcheck.preferences.lock_after == 0
    assert section.lock_after.text() == "never"


def test_showing_it_is_not_changing_it(
    section: ProtectionSection, monkeypatch: pytest.MonkeyPatch
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
    section: ProtectionSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_preferences: object) -> None:
        raise DiskRefused(Path("book.db"), "no space left")

    monkeypatch.setattr(section.context.fitcheck, "save_preferences", refuse)
    section.lock_after.setValue(9)
    assert "no space left" in section.told.text()
    monkeypatch.undo()
