"""Handing a saved document to the mail program: its text, and the file to be attached by hand.

A ``mailto:`` address can carry a subject and a body but no attachment, and FitCheck sends nothing
itself. So the saved file is shown in its folder, to be dragged into the mail.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from fitcheck.i18n import _
from ui.messages import Message


def mail_address(address: str, subject: str, body: str) -> QUrl:
    """The ``mailto:`` address (RFC 6068); ``address`` may be empty."""
    # Everything is quoted, so that no text can add a header or an address.
    parts = (quote(subject, safe=""), quote(body.replace("\n", "\r\n"), safe=""))
    to = quote(address.strip(), safe="@")
    return QUrl(f"mailto:{to}?subject={parts[0]}&body={parts[1]}", QUrl.ParsingMode.StrictMode)


def mail(path: Path, address: str, subject: str, body: str) -> Message:
    """Show the file in its folder and open the mail program; what to tell the person."""
    shown = QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
    # Last, so that the mail lies on top.
    opened = QDesktopServices.openUrl(mail_address(address, subject, body))
    saved = _("The document is saved as {path}.").format(path=path)
    if not opened:
        return Message(
            _("No mail program has answered."),
            saved,
            _("Write the mail in whatever way you are used to, and attach the file."),
        )
    attach = (
        _("Drag the file from its folder into the mail: FitCheck can’t attach it for you.")
        if shown
        else _("Attach the file to the mail: FitCheck can’t do that for you.")
    )
    return Message(_("The mail program has been asked for a new mail."), saved, attach)
