"""The locked book: what stands in the window until it is opened, and nothing of what is in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fitcheck.access import Access
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.services import FitCheck
from fitcheck.store.errors import (
    MistypedRecoveryKey,
    WrongPassphrase,
    WrongRecoveryKey,
)
from fitcheck.store.rescue import AMISS, Rescue
from ui import messages
from ui.icons import pixmap, program_icon
from ui.jobs import Job, Jobs
from ui.opening import Opening
from ui.theme import Theme, set_role, space
from ui.widgets.centred import centred
from ui.widgets.column import Column
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.flow import FlowLayout
from ui.widgets.passphrase import NewPassphrase, PassphraseField
from ui.widgets.recovery_key_field import RecoveryKeyField
from ui.widgets.text import paragraph
from ui.widgets.working import Working

WIDTH = 124
"""Of the column in the middle, in units of ``space``."""

RECOVERED_FOR = 4 * 60_000
"""Milliseconds without a key after which a recovered book that has no new passphrase yet is
locked again: whoever comes by could give it one of their own."""


class _Way(QWidget):
    """One of the page's three faces: a heading, what it asks for, and the ways on."""

    def __init__(
        self,
        heading: str,
        text: str,
        asks: QWidget,
        go: QPushButton,
        other: QPushButton,
        mark: QWidget | None = None,
    ) -> None:
        super().__init__()
        set_role(go, "primary")
        set_role(other, "plain")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        head = QHBoxLayout()
        head.setSpacing(space(2))
        if mark is not None:
            head.addWidget(mark)
        head.addWidget(paragraph(heading, "title"), 1)
        layout.addLayout(head)
        layout.addWidget(paragraph(text, "quiet"))
        layout.addSpacing(space(3))
        layout.addWidget(asks)
        layout.addSpacing(space(2))
        for button in (go, other):
            button.setAutoDefault(True)
        ways = QWidget()
        row = FlowLayout(ways, gap=space(2))
        row.addWidget(go)
        row.addWidget(other)
        layout.addWidget(ways)
        self.setFocusProxy(asks)


class UnlockPage(QWidget):
    """Asks for the passphrase, or the recovery key and then a new passphrase.

    ``unlocked`` hands over the open :class:`FitCheck`; whoever takes it closes it. A book that
    was opened but not handed over is closed when the page is hidden, and its fields are emptied.
    ``damaged``: what was typed is right, but the book doesn't open; why, and what makes a
    :class:`fitcheck.store.rescue.Rescue` by what was typed.
    """

    unlocked = Signal(object)
    damaged = Signal(object, object)
    quit_asked = Signal()

    def __init__(self, theme: Theme, jobs: Jobs, access: Access) -> None:
        super().__init__()
        self._jobs = jobs
        self._access = access
        self._job: Job | None = None
        self._opening: Opening[FitCheck] | None = None
        self._recovered: FitCheck | None = None
        self.passphrase = PassphraseField(_("&Passphrase"))
        self.unlock_button = QPushButton(_("&Unlock"))
        self.to_recovery = QPushButton(_("Use the &recovery key instead"))
        self.recovery_key = RecoveryKeyField(_("Recovery &key"))
        self.recover_button = QPushButton(_("&Open the book"))
        self.to_passphrase = QPushButton(_("&Back to the passphrase"))
        self.renewal = NewPassphrase(_("New &passphrase"))
        self.renew_button = QPushButton(_("&Set it and open the book"))
        self.leave_locked = QPushButton(_("&Leave it locked"))
        self.fault = fault_line()
        self.working = Working()
        self.quit_button = QPushButton(_("&Quit"))
        self._lock = QLabel()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RECOVERED_FOR)
        self._locked = _Way(
            _("Your book is locked"),
            _("Type your passphrase to open it."),
            self.passphrase,
            self.unlock_button,
            self.to_recovery,
            self._lock,
        )
        self._recovering = _Way(
            _("Open it with the recovery key"),
            _("Nine groups of four characters, from the page that you kept."),
            self.recovery_key,
            self.recover_button,
            self.to_passphrase,
        )
        self._renewing = _Way(
            _("Choose a new passphrase"),
            _("That was the right key, and it stays valid. The old passphrase opens nothing more."),
            self.renewal,
            self.renew_button,
            self.leave_locked,
        )
        self._ways = (self._locked, self._recovering, self._renewing)
        self._lay_out()
        self._connect()
        self.restyle(theme)
        self._show_way(self._locked)

    # The parts

    def _lay_out(self) -> None:
        inner = Column(space(3))
        column = inner.column
        picture = QLabel()
        picture.setPixmap(program_icon().pixmap(space(12), space(12)))
        column.addWidget(picture)
        column.addSpacing(space(2))
        for way in self._ways:
            column.addWidget(way)
        column.addWidget(self.working)
        # With room throughout, so that what is told moves nothing.
        room = QWidget()
        room.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.fault)
        inside.addStretch(1)
        column.addWidget(room)
        foot = QHBoxLayout()
        foot.setContentsMargins(space(6), 0, space(6), space(4))
        foot.addStretch(1)
        foot.addWidget(self.quit_button)
        set_role(self.quit_button, "plain")
        self.quit_button.setAutoDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._area = centred(inner, space(WIDTH))
        layout.addWidget(self._area, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.unlock_button.clicked.connect(self.unlock)
        self.passphrase.returned.connect(self.unlock)
        self.to_recovery.clicked.connect(self._to_recovery)
        self.recover_button.clicked.connect(self.recover)
        self.recovery_key.returned.connect(self.recover)
        self.to_passphrase.clicked.connect(self._to_passphrase)
        self.renew_button.clicked.connect(self.renew)
        self.renewal.returned.connect(self.renew)
        self.leave_locked.clicked.connect(self.drop)
        self.quit_button.clicked.connect(self._quit)
        self._timer.timeout.connect(self.drop)
        for field in (self.passphrase, self.recovery_key, self.renewal):
            field.edited.connect(self._edited)

    def restyle(self, theme: Theme) -> None:
        """Redraw what the style sheet doesn't reach."""
        ratio = self.devicePixelRatioF()
        self._lock.setPixmap(pixmap("lock", theme.accent, space(7), ratio))

    def take_focus(self) -> None:
        """Lead the keys to the field that is asked for."""
        self._shown.setFocus()

    @property
    def _shown(self) -> _Way:
        return next(way for way in self._ways if not way.isHidden())

    def _show_way(self, shown: _Way) -> None:
        tell(self.fault, "")
        for way in self._ways:
            way.setVisible(way is shown)
        shown.setFocus()

    # Unlocking

    @Slot()
    def unlock(self) -> None:
        """Try the passphrase that is typed."""
        typed = self.passphrase.text
        if not typed:
            self._refuse(self.passphrase, _("Please type your passphrase."))
            return
        self._open(
            lambda: self._access.unlock(typed),
            self._unlocked,
            lambda error: self._not_unlocked(error, lambda: self._access.rescue(typed)),
        )

    def _unlocked(self, opened: FitCheck) -> None:
        self._hand_over(opened)

    def _not_unlocked(self, error: BaseException, rescue: Callable[[], Rescue]) -> None:
        if isinstance(error, AMISS):
            self.passphrase.wipe()  # it was right, and has served
            self._tell(str(error))
            self.damaged.emit(error, rescue)
            return
        self._refuse_for(error, self.passphrase, wrong=isinstance(error, WrongPassphrase))

    @Slot()
    def recover(self) -> None:
        """Try the recovery key that is typed."""
        typed = self.recovery_key.text
        if not typed:
            self._refuse(self.recovery_key, _("Please type the recovery key."))
            return
        self._open(
            lambda: self._access.recover(typed),
            self._recovery_worked,
            lambda error: self._not_recovered(
                error, lambda: self._access.rescue(recovery_text=typed)
            ),
        )

    def _recovery_worked(self, opened: FitCheck) -> None:
        self.recovery_key.wipe()
        if not opened.protection.protected:
            self._hand_over(opened)  # somebody has put back an unprotected book meanwhile
            return
        self._recovered = opened
        self._timer.start()
        self._show_way(self._renewing)

    def _not_recovered(self, error: BaseException, rescue: Callable[[], Rescue]) -> None:
        if isinstance(error, AMISS):
            self.recovery_key.wipe()
            self._tell(str(error))
            self.damaged.emit(error, rescue)
            return
        wrong = isinstance(error, (MistypedRecoveryKey, WrongRecoveryKey))
        self._refuse_for(error, self.recovery_key, wrong=wrong)

    @Slot()
    def renew(self) -> None:
        """Set the new passphrase of the book that the recovery key has opened, and hand it over."""
        recovered = self._recovered
        if recovered is None or self._job is not None or not self.renewal.check():
            return
        new = self.renewal.text

        def operation() -> FitCheck:
            recovered.set_passphrase_after_recovery(new)
            return recovered

        self._run(operation, self._hand_over, self._not_renewed)

    def _not_renewed(self, error: BaseException) -> None:
        self._timer.start()
        self._refuse_for(error, self.renewal, wrong=False)

    def _hand_over(self, opened: FitCheck) -> None:
        self._opening = self._recovered = None
        self._forget()
        self.unlocked.emit(opened)

    # Jobs

    def _open(
        self,
        way_in: Callable[[], FitCheck],
        success: Callable[[FitCheck], None],
        failure: Callable[[BaseException], None],
    ) -> None:
        if self._job is None:
            self._opening = Opening(way_in)
            self._run(self._opening, success, failure)

    def _run(
        self,
        operation: Callable[[], FitCheck],
        success: Callable[[FitCheck], None],
        failure: Callable[[BaseException], None],
    ) -> None:
        def succeed(opened: FitCheck) -> None:
            self._set_busy(False)
            success(opened)

        def fail(error: BaseException) -> None:
            self._set_busy(False)
            failure(error)

        self._set_busy(True)
        self._job = self._jobs.run_job(operation, succeed, fail)

    def _set_busy(self, busy: bool) -> None:
        self._timer.stop()
        if busy:
            tell(self.fault, "")
        else:
            self._job = None
        self.working.show_busy(busy, _("Trying the key…"))
        for field in (self.passphrase, self.recovery_key, self.renewal):
            field.set_busy(busy)
        for button in (
            self.unlock_button,
            self.to_recovery,
            self.recover_button,
            self.to_passphrase,
            self.renew_button,
            self.leave_locked,
        ):
            button.setEnabled(not busy)

    # What went wrong

    def _refuse_for(
        self,
        error: BaseException,
        field: PassphraseField | RecoveryKeyField | NewPassphrase,
        *,
        wrong: bool,
    ) -> None:
        if isinstance(error, FitCheckError):
            text = str(error)
        else:
            happened = _("The book could not be opened.")
            messages.tell(self, messages.of_error(error, happened, _("Nothing was changed.")))
            text = happened
        if wrong and not isinstance(field, NewPassphrase):
            self._refuse(field, text)
        else:
            self._tell(text)
            field.setFocus()

    def _refuse(self, field: PassphraseField | RecoveryKeyField, text: str) -> None:
        self._tell(text)
        field.refuse(text)

    def _tell(self, text: str) -> None:
        tell(self.fault, text)
        # In a small window it may lie below, once it has its height.
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.fault))

    @Slot()
    def _edited(self) -> None:
        tell(self.fault, "")
        if self._recovered is not None:
            self._timer.start()

    # Ways between the faces, and out

    @Slot()
    def _to_recovery(self) -> None:
        self.passphrase.wipe()
        self._show_way(self._recovering)

    @Slot()
    def _to_passphrase(self) -> None:
        self.recovery_key.wipe()
        self._show_way(self._locked)

    @Slot()
    def drop(self) -> None:
        """Lock again what was opened but not handed over, and forget what was typed."""
        if self._job is not None:
            self._job.cancel()
        if self._opening is not None:
            self._opening.drop()
        self._opening = self._recovered = None
        self._forget()

    def _forget(self) -> None:
        self._set_busy(False)
        for field in (self.passphrase, self.recovery_key, self.renewal):
            field.wipe()
        self._show_way(self._locked)

    @Slot()
    def _quit(self) -> None:
        self.drop()
        self.quit_asked.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        # Not for a window that is made small, and will be back.
        if not event.spontaneous():
            self.drop()
        super().hideEvent(event)
