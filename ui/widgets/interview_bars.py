"""The line above the question, and the one below it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QPushButton, QWidget

from fitcheck.domain.bank import Form
from fitcheck.i18n import _
from fitcheck.interview import Interview
from reports.words import form_name
from ui import aloud
from ui.theme import set_role, space
from ui.widgets.chip import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.interview_clock import QuietClock
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.standing import (
    carried_here,
    confirming_words,
    open_questions,
    open_words,
    place_words,
    progress,
    theirs_words,
)
from ui.widgets.text import keycap


def quiet_button(text: str, tip: str = "", role: str = "plain") -> QPushButton:
    """A button that a click doesn't focus, so that the keys stay with the answers."""
    made = QPushButton(text)
    set_role(made, role)
    made.setToolTip(tip)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


class InterviewHead(QWidget):
    """Who is asked, how far one is, and what can be done with the whole.

    Where there is little room the buttons go into a menu, and the name is left to the window.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.name = ElidedLabel(role="heading")
        self.progress = label("", "heading")
        self.form = label("", "quiet")
        self.clock = QuietClock(clock)
        self.undo_button = quiet_button(_("Undo"), _("Backspace or Ctrl+Z"))
        self.redo_button = quiet_button(_("Redo"), _("Ctrl+Y or Ctrl+Shift+Z"))
        self.find_button = quiet_button(_("Find"), _("Ctrl+F or /: find a question by typing"))
        self.form_button = quiet_button("", _("Every answer is kept"))
        self.theirs_button = quiet_button("", _("H: hand the laptop over for their own form"))
        self.quiet_chip = Chip(_("Quiet"), _("F8: show nothing that is not for their eyes"))
        self.more_button = quiet_button(_("More"))
        self.more_button.setAccessibleDescription(_("Undo, find, the other form, quiet"))
        self.more_button.setMenu(QMenu(self.more_button))
        self.more_button.menu().aboutToShow.connect(self._fill_menu)
        self.more_button.hide()
        self.compact = False
        self._where, self._what = QWidget(), QWidget()
        where = QHBoxLayout(self._where)
        where.setContentsMargins(0, 0, 0, 0)
        where.setSpacing(space(3))
        where.addWidget(self.name, 1)
        for widget in (self.form, self.progress, self.clock):
            where.addWidget(widget)
        what = FlowLayout(self._what, gap=space(3))
        buttons = (self.undo_button, self.redo_button, self.find_button, self.form_button)
        self._buttons = (*buttons, self.theirs_button, self.quiet_chip)
        for button in (*self._buttons, self.more_button):
            what.addWidget(button)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(space(3))
        self._layout.addWidget(self._where, 1)
        self._layout.addWidget(self._what)

    def set_compact(self, compact: bool) -> None:
        """One short line: how far one is, the time, and the rest in a menu."""
        self.compact = compact
        self._show_parts()
        self._arrange()

    def _show_parts(self) -> None:
        quiet = self.quiet_chip.isChecked()
        for part in (self.name, self.form, *self._buttons):
            part.setHidden(self.compact)
        self.more_button.setVisible(self.compact)
        # One sees that it is quiet, and what the last key did; the time can wait.
        self.quiet_chip.setVisible(quiet or not self.compact)
        self.clock.setHidden(quiet and self.compact)

    @Slot()
    def _fill_menu(self) -> None:
        menu = self.more_button.menu()
        menu.clear()
        for button in self._buttons:
            action = menu.addAction(button.accessibleName() or button.text(), button.click)
            action.setEnabled(button.isEnabled())
            action.setCheckable(button.isCheckable())
            action.setChecked(button.isChecked())

    def minimumSizeHint(self) -> QSize:
        # As if in two lines already: else the window could never become too narrow for one.
        height = super().minimumSizeHint().height()
        return QSize(self._where.minimumSizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needed = self._where.minimumSizeHint().width() + self._what.sizeHint().width() + space(30)
        one_line = self.compact or self.width() >= needed
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if one_line else direction.TopToBottom)

    def show_interview(self, interview: Interview, *, quiet: bool = False) -> None:
        self.quiet_chip.show_chosen(quiet)
        self._show_parts()
        form = interview.assessment.form
        self.name.setText(interview.assessment.prospect.name)
        self.progress.setText(place_words(interview))
        self.form.setText(form_name(form))
        self.undo_button.setEnabled(interview.can_undo)
        self.redo_button.setEnabled(interview.can_redo)
        other = Form.EVENT if form is Form.FULL else Form.FULL
        count = len(interview.bank.form(other))
        text = _("Full form ({count})") if other is Form.FULL else _("Event form ({count})")
        self.form_button.setText(text.format(count=count))
        self.theirs_button.setText(theirs_words(interview))


class InterviewFoot(QWidget):
    """Back and on, what just happened, and the way to the verdict."""

    def __init__(self) -> None:
        super().__init__()
        self.back_button = quiet_button(_("Back"), _("Left arrow"), role="")
        self.next_button = quiet_button(
            _("Next"), _("Right arrow, or Enter once it is answered"), role=""
        )
        self.said = ElidedLabel(role="quiet")
        self.open = label("", "quiet")
        self._compact = False
        self.finish_button = quiet_button(_("Finish"), _("Ctrl+Enter"), role="")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        self._keys = (keycap("←"), keycap("→"), keycap("Ctrl+Enter"))
        layout.addWidget(self._keys[0])
        layout.addWidget(self.back_button)
        layout.addWidget(self.next_button)
        layout.addWidget(self._keys[1])
        layout.addSpacing(space(2))
        layout.addWidget(self.said, 1)
        layout.addWidget(self.open)
        layout.addWidget(self._keys[2])
        layout.addWidget(self.finish_button)

    def set_compact(self, compact: bool) -> None:
        """The buttons alone, and what just happened."""
        self._compact = compact
        for part in (*self._keys, self.open):
            part.setVisible(not compact)

    def tell(self, text: str) -> None:
        """Say what just happened, also to a screen reader, whose focus stays at the question."""
        self.said.setText(text)
        aloud.announce(self, text)

    def show_enough(self) -> None:
        """One knows enough: finishing comes next, though one may go on asking."""
        set_role(self.finish_button, "primary")
        set_role(self.next_button, "")
        (self.said if self._compact else self.open).setText(_("You know enough"))

    def show_interview(self, interview: Interview, *, quiet: bool = False) -> None:
        """With ``quiet`` it doesn't tell what has been answered."""
        number, total = progress(interview)
        count = open_questions(interview)
        last = number == total
        self.back_button.setEnabled(number > 1)
        self.next_button.setEnabled(not last)
        ended = interview.finished and not quiet
        self.finish_button.setText(_("To the verdict") if ended else _("Finish"))
        # At the last question, or with nothing left to ask, finishing is what comes next.
        finishing = last or (count == 0 and not quiet)
        set_role(self.finish_button, "primary" if finishing else "")
        set_role(self.next_button, "" if finishing else "primary")
        self.open.setText(open_words(count) if count and not quiet else "")
        answered = interview.answer(interview.question.id).value is not None
        if quiet:
            self.said.setText(_("→ goes on"))
        elif last and not interview.finished:
            self.said.setText(_("This is the last question. You can finish now."))
        elif carried_here(interview):
            self.said.setText(confirming_words(interview))
        elif answered:
            self.said.setText(_("Enter or → goes on"))
        else:
            self.said.setText(_("Enter or → passes on; it stays open"))
