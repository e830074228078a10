"""A filled form into the book: dropped onto the window, or chosen in a dialog of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from fitcheck.errors import FitCheckError
from fitcheck.exchange.form_pdf import FormFields
from fitcheck.filled_form import FilledForm
from fitcheck.i18n import _
from ui import messages

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_DRAGGING = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class FormImport(QObject):
    """Watches what is dropped onto the window, and asks before anything is taken."""

    agreed = Signal(object)
    """Somebody has seen what is on the form, and wants it taken: its ``FilledForm``."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._window:
            # Before the fields: they would take the file's name for text.
            self._window.windowHandle().installEventFilter(self)
        elif event.type() in (*_DRAGGING, QEvent.Type.Drop):
            assert isinstance(event, QDropEvent)
            return self._dragged(event)
        return False

    def _dragged(self, event: QDropEvent) -> bool:
        file = _form_in(event.mimeData())
        # A dialog is answered first.
        if file is None or QApplication.activeModalWidget() is not None:
            return False
        # Never a move, after which the file would be gone from where it came.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.read(file)
        return True

    @Slot()
    def choose(self) -> None:
        """Let a file be chosen, and read it."""
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Import a filled form"), "", _("Filled forms (*.pdf)")
        )
        if name:
            self.read(Path(name))

    def read(self, file: Path) -> None:
        """Read a form and show what is on it."""
        context = self._window.context
        context.jobs.run_job(lambda: context.fitcheck.read_form(file), self._show, self._failed)

    def _show(self, fields: FormFields) -> None:
        from ui.dialogs.filled_form import FilledFormDialog  # few starts need it

        window = self._window
        try:
            form: FilledForm = window.context.fitcheck.match_form(fields, window.interview)
        except FitCheckError as error:
            self._failed(error)
            return
        if FilledFormDialog.ask(window, form):
            self.agreed.emit(form)

    def _failed(self, error: BaseException) -> None:
        happened = _("This form can’t be taken.")
        kept = _("Nothing in your book was changed.")
        messages.tell(self._window, messages.of_error(error, happened, kept))


def _form_in(mime: QMimeData) -> Path | None:
    """The one PDF that is dragged; ``None`` for anything else, and for several at once."""
    urls = mime.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    file = Path(urls[0].toLocalFile())
    return file if file.suffix.lower() == ".pdf" else None
