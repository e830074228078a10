"""Help, About FitCheck: versions to copy, where the book lies, and each licence to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from ui.dialogs.about import AboutDialog
from ui.main_window import MainWindow

WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


def test_it_tells_of_the_program_and_every_licence_can_be_read(
    window: MainWindow, when_asked: WhenAsked
) -> None:
    seen: list[str] = []

    def look(dialog: AboutDialog) -> None:
        said = " ".join(part.text() for part in dialog.findChildren(QLabel))
        assert "never opens a network connection" in said
        assert window.context.fitcheck.folder.name in said
        assert dialog.list.count() == len(dialog.parts) > 20
        for row, part in enumerate(dialog.parts):
            dialog.list.setCurrentRow(row)
            assert dialog.licence.toPlainText(), part.name
            seen.append(part.name)
        dialog.copy_button.click()
        dialog.accept()

    when_asked(AboutDialog, look)
    window.menus.about.trigger()
    assert len(seen) > 20
    copied = QGuiApplication.clipboard().text()
    for name in ("FitCheck 0.", "Python 3.", "Qt 6.", "SQLCipher 4.", "WeasyPrint "):
        assert name in copied
    assert str(window.context.fitcheck.folder) not in copied
