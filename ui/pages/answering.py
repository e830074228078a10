"""A page that keeps what is said in the interview in hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot

from fitcheck.domain.assessment import Mark
from fitcheck.domain.bank import Evidence
from fitcheck.domain.history import Change
from fitcheck.interview import Interview
from ui.context import Context
from ui.pages.keyed import KeyedPage


def _now() -> dt.time:
    return dt.datetime.now().astimezone().time()


class _Painted(QObject):
    """Does something once what has been changed is painted."""

    _LAST = Qt.EventPriority.LowEventPriority.value - 1
    """Behind the painting, which comes behind everything else; a timer's turn may come before."""

    def __init__(self, then: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._then = then

    def wait(self) -> None:
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), self._LAST)

    def customEvent(self, event: QEvent) -> None:
        self._then()


class AnsweringPage(KeyedPage):
    """Its slots keep what the widgets say, and have everything shown as it stands then.

    ``now`` tells the time of day.
    """

    now = staticmethod(_now)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._interview: Interview | None = None
        self._painted = _Painted(context.fitcheck.go_on, self)

    def refresh(self) -> None:
        """Show everything as it stands now."""
        raise NotImplementedError

    def flush(self) -> None:
        """Have what is being typed anywhere kept now."""
        raise NotImplementedError

    def travelled(self, change: Change, interview: Interview, *, undone: bool) -> None:
        """A change has been taken back, or made again: show where, and say so."""
        raise NotImplementedError

    def say_kept(self) -> None:
        """An answer has been kept, whether that can be seen or not."""

    @Slot(str, object)
    def set_value(self, question_id: str, value: int | Mark) -> None:
        self._do(lambda interview: interview.set_value(question_id, value))
        self.say_kept()

    @Slot(str, object)
    def set_evidence(self, question_id: str, evidence: Evidence) -> None:
        self._do(lambda interview: interview.set_evidence(question_id, evidence))
        self.say_kept()

    @Slot(str, str)
    def set_note(self, question_id: str, note: str) -> None:
        self._do(lambda interview: interview.set_note(question_id, note))

    @Slot(str, str)
    def set_quote(self, question_id: str, quote: str) -> None:
        self._do(lambda interview: interview.set_quote(question_id, quote))

    @Slot(str, object)
    def set_field(self, key: str, value: object) -> None:
        def change(interview: Interview) -> None:
            if key == "restatement" and value != interview.assessment.conversation.restatement:
                # What they confirmed was another text; it must be said back again.
                interview.confirm_restatement(None)
            interview.set_field(key, value)

        self._do(change)

    @Slot(bool)
    def confirm(self, confirmed: bool) -> None:
        on = self.context.fitcheck.today() if confirmed else None
        self._do(lambda interview: interview.confirm_restatement(on, self.now()))

    def paint_first(self) -> None:
        """Have what is about to change seen before it is written: the disk is nobody's hurry."""
        self.context.fitcheck.hold_back()
        self._painted.wait()

    def _do(self, change: Callable[[Interview], None]) -> None:
        if self._interview:
            self.paint_first()
            change(self._interview)
            self.refresh()

    @Slot()
    def undo(self) -> None:
        self._travel(Interview.undo, undone=True)

    @Slot()
    def redo(self) -> None:
        self._travel(Interview.redo, undone=False)

    def _travel(self, way: Callable[[Interview], Change | None], *, undone: bool) -> None:
        self.flush()
        self.paint_first()
        if self._interview and (change := way(self._interview)):
            self.travelled(change, self._interview, undone=undone)
