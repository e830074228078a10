"""The window while the book isn't open, or must not be seen."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.room import open_within
from ui.theme import set_role


class FrontWindow(QWidget):
    """Shows one page at a time.

    While it is ``held`` the book behind it is still open: closing it then leads back there, where
    closing asks about what isn't saved. Closing the prospect's form leads to the lock.
    ``painted``: for the first time, and the event loop has come back from it.
    """

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.page: QWidget | None = None
        self.held = False
        self._first_paint = True
        self.setWindowTitle(_("FitCheck"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        open_within(self)

    def show_page(self, page: QWidget) -> None:
        """Show ``page`` in place of the one before, which is deleted."""
        before, self.page = self.page, page
        layout = self.layout()
        assert layout is not None
        if before is not None:
            before.hide()
            layout.removeWidget(before)
            before.deleteLater()
        layout.addWidget(page)
        page.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._first_paint:
            self._first_paint = False
            QTimer.singleShot(0, self._tell_painted)

    @Slot()
    def _tell_painted(self) -> None:
        self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        from ui.pages.their_form import TheirForm  # it may be shown empty before all else

        if isinstance(self.page, TheirForm) and not _session_ends():
            # Whoever closes it is not whoever handed it over.
            event.ignore()
            self.page.end()
            return
        if not self.held:
            super().closeEvent(event)
            return
        event.ignore()
        if isinstance(self.page, NotLockedPage):
            self.page.back.emit()


def take_place(window: QWidget, before: QWidget) -> None:
    """Have ``window`` stand exactly where ``before`` stands, as large, and on the same screen."""
    window.restoreGeometry(before.saveGeometry())
    if not (before.isMaximized() or before.isFullScreen()):
        # Restoring fits it to the screen and guesses the frame.
        window.setGeometry(before.geometry())


class NotLockedPage(QWidget):
    """Something isn't on the disk, so the book can't be closed yet; ``reason`` says why.

    ``back`` leads back to it; ``lock_anyway`` gives up what isn't saved.
    """

    back = Signal()
    lock_anyway = Signal()

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.back_button = QPushButton(_("Go back"))
        set_role(self.back_button, "primary")
        self.lock_button = QPushButton(_("Lock without saving it"))
        set_role(self.lock_button, "danger")
        self.back_button.clicked.connect(self.back)
        self.lock_button.clicked.connect(self.lock_anyway)
        text = _(
            "Your last change could not be saved, and locking now would lose it. Everything "
            "before it is kept. FitCheck goes on trying, and locks as soon as it can."
        )
        layout = QVBoxLayout(self)
        from ui.widgets.empty_state import EmptyState  # hardly any start needs it

        layout.addWidget(
            EmptyState(
                _("Covered, but not locked"),
                f"{text}\n\n{reason}",
                self.back_button,
                self.lock_button,
            )
        )

    def take_focus(self) -> None:
        self.back_button.setFocus()


def _session_ends() -> bool:
    """Whether the system asks for everything to be closed: then nobody stands in its way."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
