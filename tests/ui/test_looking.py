"""A test's looking for a dialog ends with the test."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui import looking
from tests.ui.conftest import WhenAsked


def test_the_next_tests_dialog_is_left_to_the_next_test(
    qtbot: QtBot, when_asked: WhenAsked
) -> None:
    struck: list[str] = []

    def strike(dialog: QDialog, name: str) -> None:
        struck.append(name)
        dialog.accept()

    when_asked(QDialog, lambda dialog: strike(dialog, "the test before"))
    looking.end()
    when_asked(QDialog, lambda dialog: strike(dialog, "this test"))
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.exec()
    assert struck == ["this test"]
