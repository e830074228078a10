"""What is known of the chosen prospect beyond the contact. A link is copied, never opened."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.book import About
from fitcheck.i18n import _
from ui.theme import set_role, space
from ui.widgets.fault_line import announce
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.text import paragraph

_LONGEST = 1_000
"""Characters of the notes that are shown; all of them stand in the dialog."""


class AboutPart(QWidget):
    """Source, notes and links; whatever there is none of takes no room."""

    def __init__(self) -> None:
        super().__init__()
        self._source = (label(_("Source"), "quiet"), paragraph())
        self._notes = (label(_("Notes"), "quiet"), paragraph())
        self._heading = label(_("Links"), "quiet")
        self._links = QVBoxLayout()
        self._links.setSpacing(space(1))
        self.copy_buttons: list[QPushButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        for title, text in (self._source, self._notes):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(title)
            layout.addWidget(text)
        layout.addWidget(self._heading)
        layout.addLayout(self._links)

    def show_about(self, about: About) -> None:
        """Show this."""
        notes = about.notes
        if len(notes) > _LONGEST:
            notes = f"{notes[: _LONGEST - 1]}…"
        for (title, line), text in ((self._source, about.source), (self._notes, notes)):
            line.setText(text)
            title.setVisible(bool(text))
            line.setVisible(bool(text))
        self._heading.setVisible(bool(about.links))
        while (item := self._links.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.copy_buttons = []
        for link in about.links:
            self._links.addWidget(self._row(link))
        self.setVisible(about != About(tags=about.tags))

    def _row(self, link: str) -> QWidget:
        row = QWidget()
        columns = QHBoxLayout(row)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(space(2))
        copy = QPushButton(_("Copy"))
        set_role(copy, "plain")
        copy.setAccessibleName(_("Copy the link {link}").format(link=link))
        copy.setToolTip(_("Copy the link, to be opened elsewhere"))
        copy.clicked.connect(partial(self._copy, link))
        columns.addWidget(ElidedLabel(link), 1)
        columns.addWidget(copy)
        self.copy_buttons.append(copy)
        return row

    def _copy(self, link: str) -> None:
        QGuiApplication.clipboard().setText(link)
        announce(self, _("The link was copied."))
