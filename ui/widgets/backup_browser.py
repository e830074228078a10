"""The backups in a list, and beside it what is in the one that is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.store.backup import Copy
from fitcheck.store.previewing import Preview
from ui import backup_words as words
from ui.jobs import Jobs
from ui.searching import Search
from ui.theme import space
from ui.widgets.column import Column, scrolling
from ui.widgets.fault_line import announce
from ui.widgets.labels import label
from ui.widgets.text import paragraph

STAYS = 120
"""Milliseconds on one backup before it is read: whoever walks down the list reads none of them."""

Look = Callable[[Copy, Callable[[], bool]], Preview]


class BackupBrowser(QWidget):
    """Reads whichever is chosen on the jobs' thread, each once.

    ``changed``: another one is chosen, or what is in it is known now.
    """

    changed = Signal()

    def __init__(self, jobs: Jobs, look: Look, today: dt.date) -> None:
        super().__init__()
        self._reading = Search(jobs)
        self._look = look
        self._today = today
        self._known: dict[str, Preview] = {}
        self.copies: tuple[Copy, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Backups, the newest first"))
        self.list.setUniformItemSizes(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(space(72))
        self.inside = Column(space(2))
        self.area = scrolling(self.inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("What is in it"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS)
        self._timer.timeout.connect(self._read)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(5))
        row.addWidget(self.list, 2)
        row.addWidget(self.area, 3)
        self.list.currentRowChanged.connect(self._chosen)

    # What is chosen

    @property
    def copy_chosen(self) -> Copy | None:
        row = self.list.currentRow()
        return self.copies[row] if 0 <= row < len(self.copies) else None

    @property
    def preview(self) -> Preview | None:
        """What is in the one that is chosen, once that is known."""
        copy = self.copy_chosen
        return self._known.get(copy.name) if copy else None

    def show_copies(self, copies: tuple[Copy, ...], choose: str = "") -> None:
        """Show these and choose one by its name, or the newest."""
        self.stop()
        self.copies = copies
        self.list.clear()
        for copy in copies:
            about = f"{words.reason_text(copy.reason)} · {words.size_text(copy.size)}"
            item = QListWidgetItem(f"{words.moment_text(copy.made, self._today)}\n{about}")
            item.setSizeHint(QSize(0, 2 * self.fontMetrics().lineSpacing() + space(5)))
            self.list.addItem(item)
        names = [copy.name for copy in copies]
        if copies:
            self.list.setCurrentRow(names.index(choose) if choose in names else 0)
        else:
            self._chosen()

    def know(self, found: Preview) -> None:
        """What is in a backup is known already."""
        self._known[found.copy.name] = found
        if self.copy_chosen == found.copy:
            self._chosen()

    def stop(self) -> None:
        """Read nothing any more. May be repeated."""
        self._timer.stop()
        self._reading.call_off()

    def forget(self) -> None:
        """Something was changed: what is known may be so no longer."""
        self.stop()
        self._known = {}

    # Reading

    @Slot()
    def _chosen(self) -> None:
        self.stop()
        if self.preview is not None:
            self._show()
        elif self.copy_chosen is not None:
            self._say(self._heading(), quiet=_("Reading it…"))
            self._timer.start()
        else:
            self._say([])
        self.changed.emit()

    @Slot()
    def _read(self) -> None:
        copy = self.copy_chosen
        if copy is not None:
            self._reading.start(
                lambda wanted: self._look(copy, lambda: not wanted()), self.know, self._failed
            )

    def _failed(self, error: BaseException) -> None:
        told = str(error) if isinstance(error, FitCheckError) else _("It could not be read.")
        self._say(self._heading(), faults=[told])

    # Showing

    def _heading(self) -> list[str]:
        copy = self.copy_chosen
        if copy is None:
            return []
        return [words.moment_text(copy.made, self._today), words.reason_text(copy.reason)]

    def _show(self) -> None:
        found = self.preview
        assert found is not None
        lines = words.contents_lines(found, self._today)
        if found.contents is None:
            self._say(self._heading(), faults=lines)
            return
        self._say(self._heading(), lines, words.would_be_missing(found, self._today))

    def _say(
        self,
        heading: list[str],
        lines: list[str] | None = None,
        missing: list[str] | None = None,
        faults: list[str] | None = None,
        quiet: str = "",
    ) -> None:
        column = self.inside.column
        while item := column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        parts = [
            *zip(heading, ("heading", "quiet"), strict=False),
            *((line, "body") for line in lines or ()),
            *((line, "warning") for line in faults or ()),
            *(((quiet, "quiet"),) if quiet else ()),
        ]
        for text, role in parts:
            column.addWidget(paragraph(text, role))
        if missing:
            column.addSpacing(space(2))
            column.addWidget(label(_("If it took the book’s place"), "heading"))
            for line in missing:
                column.addWidget(paragraph(line))
        column.addStretch(1)
        said = " ".join([*(lines or ()), *(missing or ()), *(faults or ())])
        self.area.setAccessibleDescription(said)
        if said:
            announce(self.area, said)
