"""The laptop in the prospect's hands: from closing the book until whoever handed it over is back.

docs/decisions/0010-handing-over.md says why it is done so.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from fitcheck.access import Access
from fitcheck.errors import FitCheckError
from fitcheck.handing_over import HandOver
from fitcheck.i18n import _, current_language
from fitcheck.services import FitCheck
from fitcheck.speaking import for_documents
from fitcheck.store.errors import AnswersUnreadable
from fitcheck.store.rescue import AMISS
from ui import messages
from ui.front_window import FrontWindow
from ui.speaking import speak_in
from ui.theme import Theme

IDLE = 120.0
"""Seconds without a key, a touch or the mouse after which the form ends by itself."""


class HandingOver(QObject):
    """One hand-over after the other. The session closes the book between :meth:`prepare` and
    :meth:`show_form`, and locks when it is ``back``.
    """

    back = Signal()
    """The form has come to its end, and the passphrase is to be asked for."""
    opened = Signal(object)
    """A book without a passphrase is open again: its FitCheck."""
    failed = Signal(object)
    """The book is damaged or has gone: why it doesn't open."""

    def __init__(self, access: Access, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._form: HandOver | None = None
        self._pin = ""
        self._own = current_language()
        self._front: FrontWindow | None = None
        self._place = QByteArray()
        self.under_way = False

    def prepare(self, fitcheck: FitCheck, assessment_id: int, pin: str) -> None:
        """Make the form ready; raises ``FitCheckError`` where that isn't possible."""
        self._form = fitcheck.their_forms.hand_over(assessment_id)
        self._pin = pin
        self.under_way = True

    def give_up(self) -> None:
        """It isn't handed over after all. May be repeated."""
        if self._form is not None:
            self._form.close()
        self._form = None
        self._pin = ""
        self.under_way = False

    def refused(self, window: QWidget, error: BaseException) -> None:
        """It can't be handed over: say why, over the window that is still open."""
        self.give_up()
        happened = _("The laptop can’t be handed over now.")
        messages.tell(window, messages.of_error(error, happened, _("Your book is still open.")))

    def show_form(self, front: FrontWindow, theme: Theme) -> None:
        """Let the form fill the screen; the book is closed."""
        assert self._form is not None
        from ui.pages.their_form import TheirForm  # few starts need it

        self._own = current_language()
        # The form fills the screen, and nothing else is to be read meanwhile.
        _speak(for_documents(self._form.language))
        for action in front.actions():  # nothing leads out of the form
            front.removeAction(action)
            action.setParent(None)
        page = TheirForm(theme, self._form)
        page.ended.connect(self.end)
        self._front, self._place = front, front.saveGeometry()
        front.show_page(page)
        front.showFullScreen()
        front.raise_()
        front.activateWindow()
        page.take_focus()

    @Slot()
    def end(self) -> None:
        """Have it handed back: nothing more can be answered. May be repeated."""
        front, form = self._front, self._form
        if front is None or form is None:
            return
        self._front = None
        self.under_way = False
        _speak(self._own)
        form.close()
        front.showNormal()
        front.restoreGeometry(self._place)
        if not self._pin:
            self.back.emit()
            return
        from ui.pages.way_back import WayBack  # few starts need it

        page = WayBack(self._pin)
        page.returned.connect(self._returned)
        front.show_page(page)
        page.take_focus()

    @Slot()
    def _returned(self) -> None:
        try:
            fitcheck = self._access.open()
        except FitCheckError as error:
            if isinstance(error, AMISS):
                self.failed.emit(error)
                return
            happened = _("The book could not be opened.")
            messages.tell(None, messages.of_error(error, happened, _("Nothing was changed.")))
            return
        self.opened.emit(fitcheck)

    def take(self, fitcheck: FitCheck) -> messages.Message | None:
        """Have what was answered taken into the open book; what to say if that went wrong."""
        form, self._form = self._form, None
        self._pin = ""
        try:
            fitcheck.their_forms.take_answers(form)
        except FitCheckError as error:
            # Where the sealed file has them too, it is tried again at the next opening.
            self._form = None if isinstance(error, AnswersUnreadable) else form
            return messages.of_error(error, _("The prospect’s answers are not in the book."))
        return None


def _speak(code: str) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and code != current_language():
        speak_in(app, code)
