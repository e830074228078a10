"""The prospect's own form (I22), full screen, in the hands of the one who is asked.

While it is shown the book is closed. There is no menu, no action and no shortcut on this page, only
what is to be seen on it; whichever way it ends, it ends before the lock.
"""

from __future__ import annotations

from concurrent.futures import Future

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.assessment import Mark
from fitcheck.domain.bank import LEVELS, Question
from fitcheck.domain.profile import Profile
from fitcheck.handing_over import HandOver
from fitcheck.i18n import _, ngettext
from fitcheck.saving import SaveState
from reports.their_form_words import takes_about
from reports.words import bank_text
from ui.theme import Theme, set_role, space
from ui.widgets.empty_state import EmptyState
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import label
from ui.widgets.save_mark import SaveRelay
from ui.widgets.their_question import TheirQuestion, enlarged

_WELCOME, _QUESTION, _THANKS = range(3)
"""The faces of the page, in the order of its stack."""

_AGAIN = 5_000
"""Milliseconds until answers that the disk has refused are written again."""

_ROOM = ((1.5, 200), (1.25, 160))
"""How much larger than the application's text all else is, and the height that it needs."""

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class TheirForm(QWidget):
    """A welcome, one question at a time, and thanks.

    ``ended``: it is to be handed back; nothing more can be answered then.
    """

    ended = Signal()

    def __init__(self, theme: Theme, form: HandOver) -> None:
        super().__init__()
        self._form = form
        self._number = self._first_open()
        self._over = False
        self._buttons: list[QPushButton] = []
        self.setAccessibleName(_("Your own form"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.begin_button = self._button(_("Begin"), "primary")
        self.back_button = self._button(_("Back"))
        self.skip_button = self._button(_("I’d rather not say"), "plain")
        self.next_button = self._button(_("Next"), "primary")
        self.again_button = self._button(_("Back to the questions"))
        self.done_button = self._button(_("I’m done"), "primary")
        self.progress = label("", "heading")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, len(form.questions))
        self.bar.setAccessibleName(_("How far you are"))
        self.left_out = label("", "quiet")
        self.trouble = fault_line()
        self._relay = SaveRelay()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN)
        texts = [
            (bank_text(question.say), tuple(map(bank_text, question.levels)))
            for question in form.questions
        ]
        self.question = TheirQuestion(theme, texts)
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_welcome()

    # Building

    def _button(self, text: str, role: str = "") -> QPushButton:
        made = QPushButton(text)
        set_role(made, role)
        self._buttons.append(made)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        return made

    def _lay_out(self) -> None:
        profile = self._form.profile
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(_letterhead(profile))
        head.addStretch(1)
        head.addWidget(self.progress)
        thanks = _("That was all. Please hand the laptop back now.")
        self.faces = (
            EmptyState(_("How do you see it?"), welcome_words(self._form), self.begin_button),
            EmptyState(_("Thank you"), thanks, self.again_button, self.done_button),
        )
        self.stack.addWidget(self.faces[0])
        self.stack.addWidget(self._question_face())
        self.stack.addWidget(self.faces[1])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(4), space(8), space(4))
        layout.setSpacing(space(2))
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.trouble)

    def _question_face(self) -> QWidget:
        face = QWidget()
        column = QVBoxLayout(face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        column.addWidget(self.question, 1)
        foot = QHBoxLayout()
        foot.setSpacing(space(3))
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.left_out)
        foot.addWidget(self.skip_button)
        foot.addWidget(self.next_button)
        column.addLayout(foot)
        return face

    def _connect(self) -> None:
        self.begin_button.clicked.connect(self._begin)
        self.back_button.clicked.connect(self._back)
        self.skip_button.clicked.connect(self._skip)
        self.next_button.clicked.connect(self._go_on)
        self.again_button.clicked.connect(self._begin)
        self.done_button.clicked.connect(self.end)
        self.question.answers.chosen.connect(self._choose)
        self.question.answers.confirmed.connect(self._go_on)
        self._relay.heard.connect(self._told)
        self._again.timeout.connect(self._save)

    # Where one is

    def take_focus(self) -> None:
        """Stand where the next key should go."""
        face = self.stack.currentIndex()
        if face == _WELCOME:
            self.begin_button.setFocus()
        elif face == _QUESTION:
            self.question.answers.take_focus()
        else:
            self.done_button.setFocus()

    @property
    def asked(self) -> Question:
        """The question that is shown, or was last."""
        return self._form.questions[self._number]

    def _first_open(self) -> int:
        questions = self._form.questions
        still = (n for n, question in enumerate(questions) if question.id not in self._form.values)
        return next(still, 0)

    def _show_face(self, face: int) -> None:
        self.stack.setCurrentIndex(face)
        asking = face == _QUESTION
        for part in (self.progress, self.bar):
            part.setVisible(asking)
        self.take_focus()

    def _show_welcome(self) -> None:
        self._show_face(_WELCOME)

    def _show_question(self) -> None:
        total = len(self._form.questions)
        text = _("{number} of {total}").format(number=self._number + 1, total=total)
        self.progress.setText(text)
        self.bar.setValue(self._number + 1)
        self.back_button.setEnabled(self._number > 0)
        self.question.show_question(self._number)
        self._show_answer()
        self._show_face(_QUESTION)

    def _show_answer(self) -> None:
        value = self._form.values.get(self.asked.id)
        self.question.answers.show_level(value if isinstance(value, int) else None)
        left_out = value is Mark.UNKNOWN
        self.left_out.setText(_("You left this one out.") if left_out else "")
        self.next_button.setEnabled(value is not None)

    # Answering

    @Slot(int)
    def _choose(self, level: int) -> None:
        self._keep(level)

    @Slot()
    def _skip(self) -> None:
        self._keep(Mark.UNKNOWN)
        self._go_on()

    def _keep(self, value: int | Mark) -> None:
        if self.stack.currentIndex() == _QUESTION and not self._over:
            self._watch(self._form.keep(self.asked.id, value))
            self._show_answer()

    @Slot()
    def _save(self) -> None:
        if not self._over:
            self._watch(self._form.save())

    def _watch(self, written: Future[None]) -> None:
        # Not this page: it may have gone by the time that a slow disk answers.
        listen = self._relay.listen

        def done(written: Future[None]) -> None:
            error = written.exception()
            listen(SaveState.FAILED if error else SaveState.SAVED, error)

        written.add_done_callback(done)

    @Slot(object, object)
    def _told(self, state: SaveState, _error: BaseException | None) -> None:
        """Say plainly that the disk refuses: not why, which is no business of the prospect's."""
        if state is SaveState.SAVED:
            self._again.stop()
            said = ""
        else:
            self._again.start()
            said = _(
                "Your answers can’t be written to the disk just now. They are kept all the same, "
                "and it is tried again: please go on, and leave the laptop switched on."
            )
        if said != self.trouble.text():
            tell(self.trouble, said)

    # Moving about

    @Slot()
    def _begin(self) -> None:
        self._show_question()

    @Slot()
    def _go_on(self) -> None:
        if self.asked.id not in self._form.values:
            return
        if self._number + 1 < len(self._form.questions):
            self._number += 1
            self._show_question()
        else:
            self._show_face(_THANKS)

    @Slot()
    def _back(self) -> None:
        if self._number > 0:
            self._number -= 1
            self._show_question()

    @Slot()
    def end(self) -> None:
        """Hand it back, from wherever one is. May be repeated."""
        if not self._over:
            self._over = True
            self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page's own keys; whatever else is pressed leads nowhere."""
        if event.isAutoRepeat() or event.modifiers() not in _PLAIN:
            return
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton) and focused.isEnabled():
                focused.click()
        elif self.stack.currentIndex() == _QUESTION:
            self._question_key(key)

    def _question_key(self, key: int) -> None:
        levels = [Qt.Key.Key_1 + level for level in range(LEVELS)]
        if key in levels:
            self._choose(levels.index(key))
        elif key == Qt.Key.Key_0:
            self._skip()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self._go_on()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace):
            self._back()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            # From a button back among the answers.
            self.question.answers.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        times = next((size for size, least in _ROOM if event.size().height() >= space(least)), 1.0)
        for face in self.faces:
            face.heading.setFont(enlarged(1.75 * times, QFont.Weight.DemiBold))
            face.text.setFont(enlarged(times))
            for part in (face.heading, face.text):
                part.setMaximumWidth(space(150 * times))
        for button in self._buttons:
            button.setFont(enlarged(times if times < 1.3 else 1.3, QFont.Weight.DemiBold))
        # The layout has its new room only once this has returned, unless it is told.
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.question.fit()


def welcome_words(form: HandOver) -> str:
    """Who asks, what for, how long it takes, and that nothing has to be answered."""
    count = len(form.questions)
    who = form.profile.name or form.profile.business
    asks = (
        _("{who} would like to know how you see working together.").format(who=who)
        if who
        else _("You are asked how you see working together.")
    )
    how = ngettext(
        "There is {count} question with five answers: take the one that comes closest. You may "
        "leave it out.",
        "There are {count} questions with five answers each: take the one that comes closest. You "
        "may leave any of them out.",
        count,
    ).format(count=count)
    takes = takes_about(count)
    where = (
        _("Your answers stay on this laptop, and {who} will read them.").format(who=who)
        if who
        else _("Your answers stay on this laptop, and whoever handed it to you will read them.")
    )
    return f"{asks}\n\n{how} {takes}\n\n{where}"


def _letterhead(profile: Profile) -> QWidget:
    """Whose form it is: the logo, or else the name."""
    made: QLabel = label(profile.business or profile.name, "heading")
    picture = QPixmap()
    if profile.logo and picture.loadFromData(profile.logo):
        made.setAccessibleName(profile.business or profile.name or _("Logo"))
        made.setPixmap(
            picture.scaled(
                space(80),
                space(10),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
    return made
