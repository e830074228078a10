"""Books that are protected, at a cost that takes no time, for the tests of the window."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from fitcheck.access import Access
from fitcheck.domain.assessment import Prospect
from fitcheck.services import FitCheck
from tests.store.conftest import CHEAP, FakeKeyring
from ui.dialogs.recovery_key import RecoveryKeyDialog

TODAY = dt.date(2026, 11, 21)
PASSPHRASE = "Correct horse battery"
ANOTHER = "seven quiet mornings"
NAME = "Canary Person"


def access_to(folder: Path, keyring: FakeKeyring) -> Access:
    """The way to the book in ``folder``, with cheap derivations."""
    return Access(folder, keyring, lambda: TODAY, CHEAP)


def protected_book(access: Access) -> str:
    """Make a protected book with a prospect in it; its recovery key."""
    fitcheck = access.open()
    fitcheck.add_prospect(Prospect(NAME))
    recovery_key = fitcheck.protect(PASSPHRASE)
    fitcheck.close()
    return recovery_key


def said_by(root: QWidget) -> str:
    """Everything that a widget and what is in it shows or tells a screen reader."""
    texts = []
    for widget in (root, *root.findChildren(QWidget)):
        texts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        match widget:
            case QLineEdit() | QLabel() | QAbstractButton():
                texts.append(widget.text())
            case QPlainTextEdit() | QTextEdit():
                texts.append(widget.toPlainText())
            case _:
                pass
    return "\n".join(texts)


def said_anywhere() -> str:
    """The same of every widget that there is, shown or not."""
    return "\n".join(said_by(widget) for widget in QApplication.topLevelWidgets())


def nameless(root: QWidget) -> list[QWidget]:
    """The controls that a screen reader would have no name for."""
    controls = [*root.findChildren(QLineEdit), *root.findChildren(QAbstractButton)]
    return [
        widget
        for widget in controls
        if not widget.accessibleName() and not getattr(widget, "text", str)()
    ]


def keys(widget: QWidget, text: str) -> None:
    """Type ``text`` into ``widget``."""
    widget.setFocus()
    QTest.keyClicks(widget, text)


def put_away(dialog: RecoveryKeyDialog) -> None:
    """Tick the box and close, by keyboard."""
    dialog.put_away.setFocus()
    QTest.keyClick(dialog.put_away, Qt.Key.Key_Space)
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def spelt(dialog: RecoveryKeyDialog) -> str:
    """The recovery key that is shown, as one would type it."""
    return "-".join(dialog.key.text().split())


class Taker:
    """Whoever takes the open book, and closes it."""

    def __init__(self) -> None:
        self.opened: FitCheck | None = None
        self.times = 0

    def take(self, fitcheck: FitCheck) -> None:
        self.opened, self.times = fitcheck, self.times + 1

    def names(self) -> list[str]:
        assert self.opened is not None
        return [line.prospect.name for line in self.opened.prospects()]

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()
