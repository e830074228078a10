"""The book doesn't open: what is wrong with it, and which backup can take its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fitcheck.access import Access
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.services import FitCheck
from fitcheck.store.backup import Copy
from fitcheck.store.errors import (
    BackupStopped,
    KeyDamaged,
    KeyMissing,
    MistypedRecoveryKey,
    PassphraseNeeded,
    WrongPassphrase,
    WrongRecoveryKey,
)
from fitcheck.store.previewing import Preview
from fitcheck.store.rescue import Finding, Rescue, State
from fitcheck.store.restoring import Restored
from ui import backup_words as words
from ui import messages, rescue_words
from ui.jobs import Job, Jobs
from ui.opening import Opening
from ui.restoring import restored_message
from ui.theme import set_role, space
from ui.widgets.backup_browser import BackupBrowser
from ui.widgets.column import Column, scrolling
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.secret_asked import SecretAsked
from ui.widgets.text import paragraph
from ui.widgets.working import Working

OPEN_FOR = 4 * 60_000
"""Milliseconds without a choice after which a passphrase is asked for again: the list tells names
to whoever comes by."""

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse

MakeRescue = Callable[[], Rescue]


class RescuePage(QWidget):
    """Finds out by itself where no passphrase is needed, or ``make`` has one.

    ``opened``: the book is whole and open, and what to say about that. ``lock_asked``: the
    passphrase is to be asked for, since the recovery key alone has served, or nobody is there;
    and what to say then.
    What it holds of the book is dropped when it is hidden.
    """

    opened = Signal(object, object)
    lock_asked = Signal(object)
    quit_asked = Signal()

    def __init__(
        self,
        jobs: Jobs,
        access: Access,
        folder: Path,
        error: BaseException,
        make: MakeRescue | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__()
        self._jobs = jobs
        self._access = access
        self._folder = folder
        self._error = error
        self._make: MakeRescue = make or access.rescue
        self._today = today
        self._job: Job | None = None
        self._stopped = Event()
        self._opening: Opening[Any] | None = None
        self._rescue: Rescue | None = None
        self._finding: Finding | None = None
        self.title = paragraph("", "title")
        self.title.setAccessibleName(_("What is wrong"))
        self.texts = [paragraph() for _number in range(3)]
        self.secret = SecretAsked(_("&Look for a backup"))
        self.fault = fault_line()
        self.working = Working()
        self.browser = BackupBrowser(jobs, self._look, today())
        self.restore_button = QPushButton(_("&Restore it and open the book"))
        self.key_button = QPushButton(_("&Put the key back and open the book"))
        self.open_button = QPushButton(_("&Open the book"))
        self.folder_button = QPushButton(_("Show the &folder"))
        self.again_button = QPushButton(_("Look &again"))
        self.quit_button = QPushButton(_("&Quit"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(OPEN_FOR)
        self._lay_out()
        self._connect()
        self._begin()

    # The parts

    def _lay_out(self) -> None:
        inside = Column(space(3))
        column = inside.column
        column.setContentsMargins(0, 0, space(2), 0)
        column.addWidget(self.title)
        for text in self.texts:
            text.setTextInteractionFlags(_SELECTABLE)
            column.addWidget(text)
        for part in (self.secret, self.fault, self.working):
            column.addWidget(part)
        self.browser.setMinimumHeight(space(64))
        column.addWidget(self.browser, 1)
        self._room = QWidget()
        column.addWidget(self._room, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(14), space(10), space(14), space(8))
        layout.setSpacing(space(4))
        layout.addWidget(scrolling(inside), 1)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        self._actions = (self.restore_button, self.key_button, self.open_button)
        for action in self._actions:
            set_role(action, "primary")
        for button in (*self._actions, self.folder_button, self.again_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.quit_button)
        set_role(self.quit_button, "plain")
        layout.addLayout(row)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(True)

    def _connect(self) -> None:
        self.secret.typed.connect(self.ask)
        self.browser.changed.connect(self._show_actions)
        self.restore_button.clicked.connect(self.restore)
        self.key_button.clicked.connect(self.put_key_back)
        self.open_button.clicked.connect(self.open_book)
        self.folder_button.clicked.connect(self._show_folder)
        self.again_button.clicked.connect(self._again)
        self.quit_button.clicked.connect(self._quit)
        self._timer.timeout.connect(self._lock)

    def take_focus(self) -> None:
        """Lead the keys to what is asked for, or to what can be done."""
        if self.secret.isVisibleTo(self):
            self.secret.take_focus()
            return
        for widget in (*self._actions, self.again_button, self.quit_button):
            if widget.isVisibleTo(self) and widget.isEnabled():
                widget.setFocus()
                return

    # Finding out

    def _begin(self) -> None:
        """Open the folder by what there is, and look."""
        self._show(rescue_words.looking(self._error))
        self._opening = Opening(self._make)
        self._run(self._opening, self._begun, self._not_begun, _("Looking at the book…"))

    def _begun(self, rescue: Rescue) -> None:
        self._rescue, self._opening = rescue, None
        self._make = self._access.rescue  # what was typed has served
        self.secret.wipe()
        stopped = self._stopped
        self._run(
            lambda: rescue.find(stopped.is_set),
            self._found,
            self._not_begun,
            _("Reading the book and its backups…"),
        )

    def _not_begun(self, error: BaseException) -> None:
        self._close_rescue()
        if isinstance(error, PassphraseNeeded):
            self._show(rescue_words.asking(self._error), asking=True)
        elif isinstance(error, (WrongPassphrase, MistypedRecoveryKey, WrongRecoveryKey)):
            self._show(rescue_words.asking(self._error), asking=True)
            tell(self.fault, str(error))
        elif isinstance(error, (KeyMissing, KeyDamaged)):
            self._show(rescue_words.hopeless(error))
        else:
            self._show(rescue_words.looking(self._error))
            self._told(error, _("The backups could not be read."))
        self.take_focus()

    @Slot()
    def ask(self) -> None:
        """Look by the passphrase or the recovery key that is typed."""
        typed, access = self.secret.text, self._access
        if self._job is not None:
            return
        if not typed:
            tell(self.fault, _("Please type it first."))
            self.take_focus()
            return
        self._make = (
            (lambda: access.rescue(recovery_text=typed))
            if self.secret.recovering
            else (lambda: access.rescue(typed))
        )
        self._begin()

    def _found(self, finding: Finding) -> None:
        rescue = self._rescue
        assert rescue is not None
        self._finding = finding
        copies = rescue.copies()
        offered = finding.state is not State.WHOLE and finding.offer is not None
        said = rescue_words.found(
            finding, self._folder, self._today(), self._error, protected=rescue.protected
        )
        self._show(said, browsing=offered)
        if offered and finding.offer is not None:
            self.browser.show_copies(copies, finding.offer.copy.name)
            self.browser.know(finding.offer)
        self._timer.start()
        self._show_actions()
        self.take_focus()

    # What can be done

    @Slot()
    def _show_actions(self) -> None:
        finding, preview = self._finding, self.browser.preview
        whole = finding is not None and finding.state is State.WHOLE
        lost = finding is not None and finding.key_lost
        usable = preview is not None and preview.contents is not None
        self.restore_button.setVisible(finding is not None and not whole and bool(finding.offer))
        self.restore_button.setEnabled(usable and self._job is None)
        self.key_button.setVisible(whole and lost)
        self.open_button.setVisible(whole and not lost)
        if self._timer.isActive():
            self._timer.start()

    @Slot()
    def restore(self) -> None:
        """Put the chosen backup in the book's place, and open it."""
        rescue, copy = self._rescue, self.browser.copy_chosen
        if rescue is None or copy is None or self._job is not None:
            return
        self.browser.stop()

        def operation() -> Restored:
            return rescue.restore(copy, dt.datetime.now(dt.UTC))

        self._run(operation, self._restored, self._not_done, _("Restoring it…"))

    def _restored(self, restored: Restored) -> None:
        moment = words.moment_text(restored.copy.made, self._today())
        self._open(restored_message(restored, moment))

    @Slot()
    def put_key_back(self) -> None:
        """Put the key out of a backup beside the book that is whole, and open it."""
        if self._rescue is not None and self._job is None:
            self._run(
                self._rescue.restore_key, self._key_is_back, self._not_done, _("Putting it back…")
            )

    def _key_is_back(self, kept: Path | None) -> None:
        happened = _("The key is back, and the book is whole.")
        where = _("The damaged one is kept as {file}.").format(file=kept.name) if kept else ""
        self._open(messages.Message(happened, where))

    @Slot()
    def open_book(self) -> None:
        """Nothing is wrong with it any more."""
        self._open(None)

    def _open(self, said: messages.Message | None) -> None:
        rescue = self._rescue
        if rescue is None:
            return
        if rescue.renew:
            # A new passphrase has to be chosen, which the page for that does.
            self._close_rescue()
            self.lock_asked.emit(said)
            return
        self._rescue = None
        access = self._access
        self._opening = Opening(lambda: access.reopen(rescue))
        self._run(
            self._opening,
            lambda opened: self._hand_over(opened, said),
            self._not_begun,
            _("Opening it…"),
        )

    def _hand_over(self, opened: FitCheck, said: messages.Message | None) -> None:
        self._opening = None
        self.opened.emit(opened, said)

    def _not_done(self, error: BaseException) -> None:
        self._told(error, _("It could not be done."))
        self._show_actions()
        self.take_focus()

    @Slot()
    def _show_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            tell(self.fault, _("It is {folder}.").format(folder=self._folder), "quiet")

    @Slot()
    def _again(self) -> None:
        rescue = self._rescue
        if rescue is not None:
            self.browser.forget()
            self._begun(rescue)
        else:
            self._begin()

    # Jobs, and what is shown

    def _run(
        self,
        operation: Callable[[], object],
        success: Callable[..., None],
        failure: Callable[[BaseException], None],
        word: str,
    ) -> None:
        def succeed(result: object) -> None:
            self._set_busy(False)
            success(result)

        def fail(error: BaseException) -> None:
            self._set_busy(False)
            failure(error)

        self._set_busy(True, word)
        self._job = self._jobs.run_job(operation, succeed, fail)

    def _set_busy(self, busy: bool, word: str = "") -> None:
        if busy:
            tell(self.fault, "")
        else:
            self._job = None
        self.working.show_busy(busy, word)
        for button in (*self._actions, self.again_button):
            button.setEnabled(not busy)
        self.secret.set_busy(busy)

    def _show(
        self, said: rescue_words.Said, *, asking: bool = False, browsing: bool = False
    ) -> None:
        self.title.setText(said.title)
        for label, text in zip(self.texts, (*said.texts, "", "", ""), strict=False):
            _fill(label, text)
        self.secret.setVisible(asking)
        self.browser.setVisible(browsing)
        self._room.setVisible(not browsing)
        if not browsing:
            self._finding = self._finding if self._rescue is not None else None
        self._show_actions()

    def _told(self, error: BaseException, happened: str) -> None:
        if isinstance(error, FitCheckError):
            tell(self.fault, str(error))
        else:
            tell(self.fault, happened)
            messages.tell(self, messages.of_error(error, happened, _("Nothing was changed.")))

    def _look(self, copy: Copy, stopped: Callable[[], bool]) -> Preview:
        rescue = self._rescue
        if rescue is None:
            raise BackupStopped
        return rescue.look(copy, stopped)

    # Going

    @Slot()
    def _lock(self) -> None:
        if self._rescue is not None and self._rescue.protected:
            self.drop()
            self.lock_asked.emit(None)

    def _close_rescue(self) -> None:
        self._timer.stop()
        self._finding = None
        if self._rescue is not None:
            self._rescue.close()
            self._rescue = None

    @Slot()
    def drop(self) -> None:
        """Forget what was typed and found, and let others at the folder."""
        self._stopped.set()
        self._stopped = Event()
        self.browser.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._opening is not None:
            self._opening.drop()
            self._opening = None
        self._close_rescue()
        self.secret.wipe()

    @Slot()
    def _quit(self) -> None:
        self.drop()
        self.quit_asked.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.drop()
        super().hideEvent(event)


def _fill(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
