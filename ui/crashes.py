"""What nobody caught, told: a window with the report, and everything else goes on.

Told are one at a time, each fault once (:class:`fitcheck.watching.Watch` sees to that), from the
event loop and never in the midst of painting. Nothing is told while the prospect has the laptop, or
while the book is being locked: then it waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    QUrl,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from fitcheck.crashes import Crash
from fitcheck.log import LOGS, Event, Field, note
from fitcheck.reduced import Known, known
from fitcheck.watching import Watch

if TYPE_CHECKING:
    from ui.dialogs.crash import CrashDialog, Standing


class Stage(Protocol):
    """What a report is told over: :class:`ui.session.Session`."""

    @property
    def may_tell(self) -> bool:
        """Whether a window may be shown over what is there."""

    @property
    def window(self) -> Any:
        """The window over the open book, if it is open."""


class Crashes(QObject):
    """Shows the reports of a watch, while it is not closed."""

    _arrived = Signal(object)

    def __init__(self, watch: Watch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self._stage: Stage | None = None
        self._waiting: list[Crash] = []
        self._dialog: CrashDialog | None = None
        # Queued: it may come from any thread, and from the midst of painting.
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._qt_before = qInstallMessageHandler(note_qt)
        self._before = (watch.tell, watch.state, watch.interrupted)
        watch.tell = self._arrived.emit
        watch.state = self.state
        watch.interrupted = self._interrupted

    def take_over(
        self, said_by_qt: Iterable[tuple[QtMsgType, str | None]], failed: Iterable[BaseException]
    ) -> None:
        """Note and tell what there was before this was there to hear of it."""
        for kind, about in said_by_qt:
            note(Event.QT, level=_LEVELS[kind], about=known(about))
        for error in failed:
            self._watch.crashed(error)

    def close(self) -> None:
        """Tell nothing any more."""
        watch = self._watch
        watch.tell, watch.state, watch.interrupted = self._before
        qInstallMessageHandler(self._qt_before)

    def tell_at_the_end(self, error: Exception) -> None:
        """Tell what ended the program, and return when that was seen."""
        from ui.dialogs.crash import CrashDialog, Standing  # hardly any run needs it

        self.close()
        crash = self._watch.crashed(error)
        if crash is not None:
            dialog = CrashDialog(None, crash, Standing.NO_BOOK)
            dialog.exec()
            dialog.deleteLater()

    def stand_on(self, stage: Stage) -> None:
        """Tell it over this from now on, beginning with what was found of the run before."""
        self._stage = stage
        found, self._watch.found = self._watch.found, None
        if found is not None:
            self._arrived.emit(found)

    def state(self) -> Mapping[str, Field]:
        """How the book stands, for a report."""
        window = self._window()
        if window is None:
            return {"book": Known("closed")}
        saved = window.save_mark.state
        return {
            "book": Known("open"),
            "protected": window.context.fitcheck.protection.protected,
            "page": known(window.page_name),
            "interview": saved if saved is not None else Known("none"),
        }

    def _interrupted(self) -> None:
        if self._stage is None:
            QApplication.closeAllWindows()  # the loop that could be quit isn't running yet
        else:
            QApplication.quit()

    @Slot()
    def tell_what_waits(self) -> None:
        """Show what may be shown now."""
        if not self._waiting or self._dialog is not None:
            return
        if self._stage is not None and not self._stage.may_tell:
            return
        from ui.dialogs.crash import CrashDialog

        crash = self._waiting.pop(0)
        # A dialog that is open is answered first, or this one couldn't be.
        over = QApplication.activeModalWidget() or QApplication.activeWindow()
        dialog = self._dialog = CrashDialog.tell(over, crash, self._standing(crash))
        # Not when it is finished: it may go with the window that it lies over.
        dialog.destroyed.connect(self._closed)

    @Slot(object)
    def _take(self, crash: Crash) -> None:
        self._waiting.append(crash)
        self.tell_what_waits()

    @Slot()
    def _closed(self) -> None:
        self._dialog = None
        self.tell_what_waits()

    def _standing(self, crash: Crash) -> Standing:
        from fitcheck.saving import SaveState
        from ui.dialogs.crash import Standing

        window = self._window()
        if window is None:
            return Standing.NO_BOOK
        if window.save_mark.state in (SaveState.FAILED, SaveState.SAVING):
            return Standing.UNSAVED
        return Standing.BEFORE if crash.before else Standing.SAVED

    def _window(self) -> Any:
        window: QWidget | None = self._stage.window if self._stage is not None else None
        return window if window is not None and Shiboken.isValid(window) else None


def show_logs(folder: Path) -> None:
    """Have the system show where the log and the crash reports of the book in ``folder`` lie."""
    logs = folder / LOGS
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs if logs.is_dir() else folder)))


_LEVELS = {
    QtMsgType.QtDebugMsg: Known("debug"),
    QtMsgType.QtInfoMsg: Known("info"),
    QtMsgType.QtWarningMsg: Known("warning"),
    QtMsgType.QtCriticalMsg: Known("critical"),
    QtMsgType.QtFatalMsg: Known("fatal"),
}


def note_qt(kind: QtMsgType, context: QMessageLogContext, _message: str) -> None:
    """Note that Qt said something, and about what; its words may quote what was typed."""
    note(Event.QT, level=_LEVELS[kind], about=known(context.category))
