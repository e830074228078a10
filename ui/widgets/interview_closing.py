"""How an interview closes: what the gut says, then what it leans to and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from fitcheck.domain.assessment import Gut, NextStep
from fitcheck.domain.policy import Action
from fitcheck.i18n import N_, _
from reports.words import action_name, date_text
from ui import aloud
from ui.theme import set_role, space
from ui.widgets.centred import centred
from ui.widgets.column import Column
from ui.widgets.flow import FlowLayout
from ui.widgets.kept_field import KeptField
from ui.widgets.labels import label
from ui.widgets.text import paragraph, with_key

_WIDEST = 190
_BUTTON = 45
"""How wide the choices are, so that they stand as one column."""

_HUSHED, _GUT, _LEANING = range(3)


@dataclass(frozen=True)
class Ending:
    """One way on after a talk: its button, the step that it sets, and how many days ahead.

    ``meaning`` says what the button does. ``letter``: it goes on to the decline letter.
    """

    name: str
    step: str
    days: int
    meaning: str
    letter: bool = False


# The step's words may be printed for the prospect.
ENDINGS = (
    Ending(N_("Book a meeting"), N_("A meeting"), 7, N_("in a week")),
    Ending(N_("A small step"), N_("A small first step"), 14, N_("in two weeks")),
    Ending(
        N_("Part as friends"),
        N_("Keep in touch"),
        182,
        N_("with the decline letter, and a look again in half a year"),
        letter=True,
    ),
)


def next_step(ending: Ending, stood: NextStep, today: dt.date) -> NextStep:
    """The step that an ending sets; what was written already is kept, unless it all ends here."""
    ours = {_(one.step) for one in ENDINGS} | {""}
    if stood.what in ours or ending.letter:
        return NextStep(_(ending.step), today + dt.timedelta(days=ending.days))
    return NextStep(stood.what, stood.when or today + dt.timedelta(days=ending.days))


class ClosingCard(QWidget):
    """Three faces: nothing that isn't for their eyes, the gut feeling, and what comes next.

    ``gut_kept`` carries what the gut says as far as it was said; ``gut_said``: on from there.
    ``ending_chosen`` carries an :class:`Ending`, ``done`` leads on to the verdict, ``back`` to the
    questions, and ``quiet_asked`` says that quiet mode is to be ended, or begun.
    """

    gut_kept = Signal(object)
    gut_said = Signal()
    ending_chosen = Signal(object)
    done = Signal()
    back = Signal()
    quiet_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._gut: Gut | None = None
        self.words = KeptField(_("In a few words, if you like"), lines=1)
        self.words.kept.connect(self._words_kept)
        self.feelings = {action: QPushButton(action_name(action)) for action in Action}
        self.skip_button = _primary(_("Skip"))
        self.leaning = paragraph(role="title")
        self.endings = tuple(QPushButton(_(ending.name)) for ending in ENDINGS)
        self.next = paragraph(role="heading")
        self.done_button = _primary(_("To the verdict"))
        self.show_button = _primary(_("Go on"))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hushed_face())
        self._stack.addWidget(self._gut_face())
        self._stack.addWidget(self._leaning_face())
        self._connect()

    def _hushed_face(self) -> QWidget:
        face, layout = _face(_("That was the last question"))
        layout.addWidget(paragraph(_("Thank you for your time.")))
        layout.addWidget(with_key("F8", self.show_button), 0, Qt.AlignmentFlag.AlignLeft)
        return face

    def _gut_face(self) -> QWidget:
        face, layout = _face(_("Before you see the totals: what does your gut say?"))
        layout.addWidget(
            paragraph(
                _(
                    "It is kept beside the recommendation, for you alone, and changes nothing "
                    "in it."
                ),
                "quiet",
            )
        )
        layout.addSpacing(space(2))
        for number, button in enumerate(self.feelings.values(), start=1):
            button.setMinimumWidth(space(_BUTTON))
            layout.addWidget(with_key(str(number), button), 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(space(1))
        layout.addWidget(label(_("In a few words, if you like"), "quiet"))
        layout.addWidget(self.words)
        layout.addSpacing(space(1))
        layout.addWidget(with_key("Enter", self.skip_button), 0, Qt.AlignmentFlag.AlignLeft)
        return face

    def _leaning_face(self) -> QWidget:
        face, layout = _face("")
        layout.addWidget(self.leaning)
        layout.addSpacing(space(2))
        layout.addWidget(label(_("What comes next?"), "heading"))
        for number, (ending, button) in enumerate(zip(ENDINGS, self.endings, strict=True), start=1):
            button.setMinimumWidth(space(_BUTTON))
            button.setAccessibleDescription(_(ending.meaning))
            row = QWidget()
            flow = FlowLayout(row, gap=space(3))
            flow.addWidget(with_key(str(number), button))
            flow.addWidget(label(_(ending.meaning), "quiet"))
            layout.addWidget(row)
        layout.addSpacing(space(2))
        layout.addWidget(self.next)
        layout.addWidget(with_key("Enter", self.done_button), 0, Qt.AlignmentFlag.AlignLeft)
        return face

    def _connect(self) -> None:
        for action, button in self.feelings.items():
            button.clicked.connect(lambda _checked=False, action=action: self._felt(action))
        for ending, button in zip(ENDINGS, self.endings, strict=True):
            button.clicked.connect(lambda _checked=False, e=ending: self.ending_chosen.emit(e))
        self.words.left.connect(self.skip_button.setFocus)
        self.skip_button.clicked.connect(self._skip)
        self.done_button.clicked.connect(self.done)
        self.show_button.clicked.connect(self.quiet_asked)
        for number in range(len(ENDINGS)):
            self._add_key(str(number + 1), partial(self._choose, number))
        self._add_key("F8", self.quiet_asked.emit)
        self._add_key("Esc", self.back.emit)

    def _add_key(self, key: str, slot: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setAutoRepeat(False)
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)

    # Showing

    def show_hushed(self) -> None:
        """Show nothing that anybody may not read."""
        self.flush()
        self._show(_HUSHED, _("That was the last question"))

    def ask_gut(self, gut: Gut | None) -> None:
        """Ask what the gut says; what was written of it already stands there."""
        self._gut = gut
        self.words.show_text(gut.words if gut else "")
        self._show(_GUT, _("Before you see the totals: what does your gut say?"))

    def show_leaning(self, sentence: str, step: NextStep) -> None:
        """Say what it comes to so far, and what comes next."""
        self.leaning.setText(sentence)
        said = ""
        if step.what and step.when:
            said = _("Next: {what}, {date}").format(what=step.what, date=date_text(step.when))
        elif step.what:
            said = _("Next: {what}").format(what=step.what)
        self.next.setText(said)
        self.next.setVisible(bool(said))
        set_role(self.done_button, "primary")
        self._show(_LEANING, f"{sentence} {said or _('What comes next?')}")

    def name_way_on(self, text: str) -> None:
        """What the button says that leads on to the totals."""
        self.done_button.setText(text)

    def take_focus(self) -> None:
        buttons = (self.show_button, self.skip_button, self.done_button)
        buttons[self._stack.currentIndex()].setFocus()

    def flush(self) -> None:
        """Have what is being typed kept now."""
        self.words.flush()

    def _show(self, face: int, told: str) -> None:
        self._stack.setCurrentIndex(face)
        self.take_focus()
        # The focus comes to a button below: what it is about would go unheard.
        aloud.announce(self, told)

    # What is said

    def _choose(self, number: int) -> None:
        """The key of a choice, where there is one to make."""
        if self._stack.currentIndex() == _GUT:
            self._felt(tuple(self.feelings)[number])
        elif self._stack.currentIndex() == _LEANING:
            self.ending_chosen.emit(ENDINGS[number])

    def _words_kept(self, text: str) -> None:
        recommendation = self._gut.recommendation if self._gut else None
        self._keep(Gut(recommendation, text) if text or recommendation else None)

    def _felt(self, action: Action) -> None:
        self.flush()
        self._keep(Gut(action, self.words.toPlainText()))
        self.gut_said.emit()

    def _skip(self) -> None:
        self.flush()
        self.gut_said.emit()

    def _keep(self, gut: Gut | None) -> None:
        self._gut = gut
        self.gut_kept.emit(gut)


def _primary(text: str) -> QPushButton:
    made = QPushButton(text)
    set_role(made, "primary")
    return made


def _face(title: str) -> tuple[QWidget, QVBoxLayout]:
    """A face that scrolls where there is little room, and the column to fill it with."""
    inside = Column(gap=space(1.5))
    if title:
        inside.column.addWidget(paragraph(title, "title"))
    return centred(inside, space(_WIDEST)), inside.column
