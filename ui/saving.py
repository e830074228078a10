"""That what is in hand gets to the disk: tells when it doesn't, tries again, and asks before it is
given up.

docs/decisions/0020-not-saved-yet.md says why it is done so.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.interview import Interview
from fitcheck.saving import Listener, worth_retrying
from fitcheck.services import FitCheck
from ui import messages
from ui.dialogs.confirm import ConfirmDialog
from ui.widgets.banner import Banner
from ui.widgets.save_mark import SaveMark, SaveRelay

PAUSES = (1_000, 2_000, 5_000, 10_000)
"""Milliseconds until it is tried again by itself: after the first failure, the next, and so on."""


class Saving(QObject):
    """Looks after the interview in hand, by the mark at the foot and the banner above it.

    What can be mended outside FitCheck is tried again by itself; a fault of ours only when somebody
    asks for it, or types on.
    """

    saved = Signal()
    """All of the interview in hand is on the disk."""

    def __init__(self, mark: SaveMark, window: QWidget) -> None:
        super().__init__(window)
        self._mark = mark
        self._window = window
        self._interview: Interview | None = None
        self._relay = SaveRelay()
        self._error: BaseException | None = None
        self._asked = False
        self._failures = 0
        self.again = QPushButton(_("Tr&y again"))
        self.details = QPushButton(_("Details"))
        self.banner = Banner(self.details, self.again)
        self.again.clicked.connect(self._try_at_once)
        self.details.clicked.connect(self._show_details)
        mark.failed.connect(self._failed)
        mark.saved.connect(self._saved)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._try)

    def new_listener(self) -> Listener:
        """What the interview is given that is taken in hand next."""
        self._relay = SaveRelay()
        return self._relay.listen

    def take(self, interview: Interview) -> None:
        """Look after this one from now on, which was given :meth:`new_listener`."""
        self._interview = interview
        self._mark.follow(self._relay)
        self._calm()

    # What is heard of it

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self._error = error
        mended_outside = worth_retrying(error)
        if isinstance(error, FitCheckError):
            why = str(error)
        else:
            why = _(
                "This is a fault of FitCheck, not yours. Save the private file of what is on the "
                "screen, so that you have it, before you close the window."
            )
        happened = _("Not saved. What you typed is still here.")
        tried = _("Tried again just now, without success.")
        goes_on = _("FitCheck goes on trying by itself.") if mended_outside else ""
        more = " ".join(part for part in (tried if self._asked else "", goes_on) if part)
        self._asked = False
        self.details.setVisible(not isinstance(error, FitCheckError))
        self.banner.say(f"{happened} {why}", more)
        if mended_outside:
            self._wait()

    @Slot()
    def _saved(self) -> None:
        self._calm()
        self.saved.emit()

    def _calm(self) -> None:
        self._timer.stop()
        self._error = None
        self._failures = 0
        self._asked = False
        self.banner.hide()

    # Trying again

    def _wait(self) -> None:
        self._timer.start(PAUSES[min(self._failures, len(PAUSES) - 1)])
        self._failures += 1

    @Slot()
    def _try(self) -> None:
        if self._interview is not None:
            self._interview.retry()
            # It says when it has failed once more; if nothing could be sent yet, nothing is said.
            self._wait()

    @Slot()
    def _try_at_once(self) -> None:
        if self._interview is not None and self._interview.failure is not None:
            self._asked = True
            self._interview.retry()

    @Slot()
    def _show_details(self) -> None:
        if self._error is not None:
            happened = _("Your last change could not be saved.")
            kept = _("It is on the screen still, and everything that was shown as saved is kept.")
            messages.tell(self._window, messages.of_error(self._error, happened, kept))

    # Before it is given up

    def settled(self) -> bool:
        """Whether all of it is on the disk, after one more try; waits for that."""
        if self._interview is None:
            return True
        self._interview.retry()
        self._interview.settle()
        return self._interview.failure is None

    def may_leave(self) -> bool:
        """Whether another assessment may be taken in hand: all is saved, or may be lost."""
        return self.settled() or ConfirmDialog.ask(
            self._window,
            _("This assessment isn’t saved yet"),
            _(
                "If you open another one now, what isn’t saved of this one is lost. Everything "
                "before it is kept."
            ),
            _("Open the other without saving"),
        )

    def may_close(self, fitcheck: FitCheck) -> bool:
        """Whether the window may be closed: likewise, the preferences included."""
        if self.settled() and _preferences_saved(fitcheck):
            return True
        return ConfirmDialog.ask(
            self._window,
            _("Your last change isn't saved"),
            _("If you close now, what isn't saved is lost. Everything before it is kept."),
            _("Close without saving it"),
        )


def _preferences_saved(fitcheck: FitCheck) -> bool:
    if fitcheck.preferences_saved:
        return True
    try:
        fitcheck.save_preferences(fitcheck.preferences)
    except FitCheckError:
        return False
    return True
