"""What is said when something went wrong: what happened, what was kept, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.crashes import versions
from fitcheck.errors import FitCheckError, reason
from fitcheck.i18n import _
from fitcheck.log import Event, note
from fitcheck.reduced import reduced
from ui.dialogs.fitting import fit
from ui.theme import set_role, space
from ui.widgets.text import paragraph


@dataclass(frozen=True)
class Message:
    """``details`` are for a bug report; empty where the person can mend it."""

    happened: str
    kept: str = ""
    to_do: str = ""
    details: str = ""


def of_error(error: BaseException, happened: str, kept: str = "", to_do: str = "") -> Message:
    """The message for an error: its own words where a user can mend it, else a bug of ours.

    ``happened`` says what didn't work ("The document was not saved."), ``kept`` what is safe all
    the same, ``to_do`` what to do about an error whose own words don't say it.
    """
    if isinstance(error, (FitCheckError, OSError)):
        why = reason(error) if isinstance(error, OSError) else str(error)
        why = f"{why[:1].upper()}{why[1:]}"
        return Message(happened, kept, "\n".join(part for part in (why, to_do) if part))
    note(Event.FAULT, error=error)
    return Message(
        happened,
        kept,
        to_do or _("This is a fault of FitCheck, not yours. The details below help to mend it."),
        bug_details(error),
    )


def bug_details(error: BaseException) -> str:
    """The versions, and the places of an error without its words, which might be somebody's."""
    parts = " · ".join(f"{name} {version}" for name, version in versions())
    return "\n".join((parts, *reduced(error).lines()))


def tell(parent: QWidget | None, message: Message) -> MessageWindow:
    """Show a message, and return at once; it goes when it is closed."""
    window = MessageWindow(message, parent)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.open()
    return window


class MessageWindow(QDialog):
    """A message in a window of its own, readable aloud and closed by Enter or Escape."""

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.setWindowTitle(_("FitCheck"))
        self.setAccessibleName(message.happened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(8), space(8), space(6))
        layout.setSpacing(space(4))
        for text, role in (
            (message.happened, "heading"),
            (message.kept, "body"),
            (message.to_do, "body"),
        ):
            if text:
                part = paragraph(text, role)
                # Can be selected, to be looked up or sent to someone.
                part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                layout.addWidget(part)
        if message.details:
            layout.addWidget(self._details(message.details), 1)
        layout.addLayout(self._buttons())
        fit(self, space(130))

    def _details(self, text: str) -> QPlainTextEdit:
        details = QPlainTextEdit(text)
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setAccessibleName(_("Details of the fault"))
        details.setMinimumHeight(space(50))
        return details

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        if self.message.details:
            copy = QPushButton(_("&Copy details"))
            copy.clicked.connect(self._copy)
            row.addWidget(copy)
        row.addStretch(1)
        close = QPushButton(_("Close"))
        set_role(close, "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        close.setFocus()
        return row

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.message.details)
