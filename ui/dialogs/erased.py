"""What shows that somebody was erased: what was searched, and what was found. It names nobody."""

from __future__ import annotations

from PySide6.QtCore import QSize, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.erasure import Erasure, Searched
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import ErasureSheet
from fitcheck.i18n import _, ngettext
from reports import erasure_view
from ui.context import Context
from ui.dialogs.document import DocumentDialog, Told
from ui.theme import set_role, space
from ui.widgets.labels import label
from ui.widgets.text import paragraph

_WIDTH = 165


class ErasedDialog(DocumentDialog):
    """Shows the proof, prints or saves it; afterwards it is nowhere."""

    def __init__(self, parent: QWidget | None, context: Context, erasure: Erasure) -> None:
        told = Told(
            making=_("Making the document…"),
            save_title=_("Save the proof"),
            saved=_("Saved as {name}."),
            not_saved=_("The proof was not saved."),
            printed=_("Sent to the printer."),
            not_printed=_("The proof was not printed."),
            kept=_("They are erased all the same. You can try again."),
        )
        super().__init__(parent, told, context.jobs, context.press.render, _WIDTH)
        self._context = context
        self._erasure = erasure
        self.setWindowTitle(_("Erased"))
        self.places = QListWidget()
        self.places.setAccessibleName(_("What was searched"))
        for place in erasure.places:
            item = QListWidgetItem(_line(place), self.places)
            item.setSizeHint(QSize(0, self.fontMetrics().lineSpacing() + space(2)))
        self.folder_button = QPushButton(_("Show the &folder"))
        self.close_button = QPushButton(_("Close"))
        self._lay_out()
        self.folder_button.clicked.connect(self._show_folder)
        self.close_button.clicked.connect(self.reject)
        self.settle()
        self.close_button.setFocus()

    @classmethod
    def offer(cls, parent: QWidget | None, context: Context, erasure: Erasure) -> None:
        """Show it until it is closed."""
        dialog = cls(parent, context, erasure)
        dialog.exec()
        dialog.deleteLater()

    def _lay_out(self) -> None:
        erasure = self._erasure
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(3))
        layout.addWidget(label(erasure_view.title(), "title"))
        layout.addWidget(paragraph(erasure_view.outcome(erasure), "heading"))
        layout.addWidget(paragraph(erasure_view.lead(erasure)))
        if to_do := _what_to_do(erasure):
            layout.addWidget(paragraph(to_do, "warning"))
        self.places.setMinimumHeight(space(38))
        layout.addWidget(self.places, 1)
        layout.addWidget(
            paragraph(
                _(
                    "It names nobody, and is kept nowhere: save or print it if somebody has to "
                    "be shown. What it can’t speak for stands on it, too."
                ),
                "quiet",
            )
        )
        layout.addWidget(self.told)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.language)
        row.addWidget(self.working, 1)
        # Only where there is something in it to be seen to.
        self.folder_button.setVisible(bool(_unread(erasure)))
        for button in (
            self.folder_button,
            self.save_button,
            self.print_button,
            self.close_button,
        ):
            row.addWidget(button)
        set_role(self.close_button, "primary")
        self.close_button.setDefault(True)
        layout.addLayout(row)

    @Slot()
    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._context.fitcheck.folder)))

    # What is printed or saved

    def document(self) -> ErasureSheet:
        return ErasureSheet(self._erasure)

    def paper(self) -> Paper:
        return self._context.fitcheck.preferences.paper


def _unread(erasure: Erasure) -> list[str]:
    return [place.place for place in erasure.places if not place.readable]


def _what_to_do(erasure: Erasure) -> str:
    """What is to be done about what could not be read; empty where all could be."""
    unread = _unread(erasure)
    if not unread:
        return ""
    return ngettext(
        "This could not be read: {places}. If it is damaged and you don’t need it, delete it "
        "under File, Backups. If it can be read again one day, FitCheck erases them from it at "
        "the next erasure.",
        "These could not be read: {places}. If they are damaged and you don’t need them, delete "
        "them under File, Backups. What can be read again one day, FitCheck erases them from at "
        "the next erasure.",
        len(unread),
    ).format(places=", ".join(unread))


def _line(place: Searched) -> str:
    found = erasure_view.found(place)
    if not place.pages:
        return f"{place.place}: {found}"
    pages = ngettext("{count} page", "{count} pages", place.pages).format(count=place.pages)
    return f"{place.place}, {pages}: {found}"
