"""A backup takes the book's place: from closing the book until it is open again.

The window has gone by then, for nothing in it would be true any more.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fitcheck.i18n import _
from fitcheck.safekeeping import people_erased_again
from fitcheck.services import FitCheck
from fitcheck.store.backup import Copy
from fitcheck.store.restoring import Restored
from ui import backup_words as words
from ui import messages
from ui.front_window import FrontWindow
from ui.jobs import Jobs
from ui.theme import space
from ui.widgets.centred import centred
from ui.widgets.column import Column
from ui.widgets.text import paragraph
from ui.widgets.working import Working


class RestoringPage(QWidget):
    """What stands in the window for the second or two that it takes."""

    def __init__(self) -> None:
        super().__init__()
        inside = Column(space(4))
        self.working = Working()
        inside.column.addWidget(paragraph(_("The backup takes the book’s place"), "title"))
        inside.column.addWidget(paragraph(_("The book until now is kept among the backups.")))
        inside.column.addWidget(self.working)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(centred(inside, space(110)))
        self.working.show_busy(True, _("Reading it from end to end…"))


class Restoring(QObject):
    """One restoring at a time. The session has closed the window, but not the book, when it calls
    :meth:`begin`.
    """

    over = Signal()
    """The book is closed; which one it is now, :attr:`told` says."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._copy: Copy | None = None
        self._told: messages.Message | None = None
        self._today = dt.date.min

    @property
    def under_way(self) -> bool:
        return self._copy is not None

    def prepare(self, copy: Copy) -> None:
        """This one is to be restored as soon as the window has gone."""
        self._copy = copy

    def begin(self, fitcheck: FitCheck, front: FrontWindow) -> None:
        """Restore it in a job, which closes ``fitcheck`` in any case."""
        copy = self._copy
        assert copy is not None
        front.show_page(RestoringPage())
        self._today = fitcheck.today()
        self._jobs.run_job(
            lambda: fitcheck.safekeeping.restore(copy), self._restored, self._not_restored
        )

    def _restored(self, restored: Restored) -> None:
        moment = words.moment_text(restored.copy.made, self._today)
        self._end(restored_message(restored, moment))

    def _not_restored(self, error: BaseException) -> None:
        happened = _("The backup was not restored.")
        self._end(messages.of_error(error, happened, _("Your book is as it was.")))

    def _end(self, told: messages.Message) -> None:
        self._copy = None
        self.keep_told(told)
        self.over.emit()

    def keep_told(self, told: messages.Message | None) -> None:
        """To be said as soon as a book is open."""
        self._told = told

    def take_told(self) -> messages.Message | None:
        """What to say once the book is open again; it is said once."""
        told, self._told = self._told, None
        return told


def restored_message(restored: Restored, moment: str) -> messages.Message:
    """That it is done, what was kept, and what is to be said of people who were erased."""
    kept = ""
    if restored.kept is not None:
        kept = _("The book until then is kept among the backups: {name}.").format(
            name=restored.kept.name
        )
    return messages.Message(
        _("Your book is what it was in the backup: {moment}.").format(moment=moment),
        kept,
        " ".join(people_erased_again(restored)),
    )
