"""The backups in the menus and at the foot of the window: what leads to them, and on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui import backup_words as words
from ui import messages
from ui.dialogs.confirm import ConfirmDialog
from ui.idle_work import Found, IdleWork

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Keeping(QObject):
    """Opens the backups of the window's book, and tells what was found in idle time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._why = ""
        self._damaged = False

    def follow(self, work: IdleWork) -> None:
        """Have the book looked after in idle time, and tell what comes of it."""
        work.done.connect(self._all_is_well)
        work.failed.connect(self._not_done)
        work.damaged.connect(self._found_damage)
        work.begin(self._window)

    @Slot()
    def show(self) -> None:
        """Show the backups, and have one restored where that is wanted."""
        from ui.dialogs.backups import BackupsDialog  # few starts need it

        window = self._window
        context = window.context
        copy = BackupsDialog.ask(window, context.fitcheck, context.jobs, self._why)
        if copy is not None:
            window.restore_asked.emit(copy)
        elif not (window.closed or self._damaged or context.fitcheck.safekeeping.due()):
            self._all_is_well()

    @Slot()
    def _all_is_well(self) -> None:
        self._note("", "")

    @Slot(object)
    def _not_done(self, error: BaseException) -> None:
        """A quiet line: it will be tried again, and nobody has to do anything now."""
        if isinstance(error, (FitCheckError, OSError)):
            why = _("Today’s backup could not be made; it will be tried again. {reason}")
            self._note(_("not backed up"), why.format(reason=error))
            return
        happened = _("Today’s backup could not be made.")
        kept = _("Your book and every backup are there.")
        messages.tell(self._window, messages.of_error(error, happened, kept))

    @Slot(object)
    def _found_damage(self, found: Found) -> None:
        self._damaged = True
        text = [str(found.damage)]
        if found.offer is None:
            text.append(_("There is no backup that is whole. Copy the folder before you go on."))
        else:
            today = self._window.context.fitcheck.today()
            newest = _("The newest backup that is whole is from {moment}.")
            text.append(newest.format(moment=words.inside(found.offer, today)))
            text += words.would_be_missing(found.offer, today)
        self._note(_("book damaged"), " ".join(text))
        if ConfirmDialog.ask(
            self._window, _("Your book is damaged"), " ".join(text), _("Show the backups…")
        ):
            self.show()

    def _note(self, word: str, why: str) -> None:
        self._why = why
        self._window.foot.show_backup_note(word, why)
