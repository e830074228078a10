"""Marking what came of a decision: whose turn it is, four marks, and words of one's own.

The odds of the decision are not shown here: whoever marks an outcome isn't to be swayed by them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.forecast import Engagement
from fitcheck.domain.outcome import Occasion, Sign
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _, ngettext
from fitcheck.outcomes import MOST_SHOWN
from reports import words
from reports.record_words import occasion_name
from ui import messages
from ui.context import Context
from ui.drafts import Draft
from ui.record.marks_form import Marks, MarksForm, kept_marks
from ui.theme import set_role, space
from ui.widgets.chip import Chip
from ui.widgets.column import scrolling
from ui.widgets.empty_state import EmptyState
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.key_tip import name_key
from ui.widgets.text import paragraph

_SEARCH_AFTER = 150
"""Milliseconds after the last key."""

_ROOMY = 200
"""How wide it must be, in units of ``space``, for the list to stand beside the marks."""

_ANY = 16777215
"""Qt's own bound of a widget's size."""

_NOBODY_DUE, _SOMEBODY, _NOBODY_AT_ALL = range(3)


class MarkingPart(QWidget):
    """``changed``: an outcome was marked, or one was taken back."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._listed: tuple[Engagement, ...] = ()
        self._current: Engagement | None = None
        self._begun: dict[int, Marks] = {}
        self._undo: tuple[int, int] | None = None
        self._showing = False
        self._everybody = False
        self.due_chip = Chip(_("Due"), _("Those whose outcome is to be marked (A)"))
        self.all_chip = Chip(_("All engagements"), _("Everybody who was not declined (A)"))
        self.search_field = QLineEdit()
        self.people = QListWidget()
        self.form = MarksForm()
        self.told = fault_line()
        self.undo_button = QPushButton(_("Undo"))
        self.show_all_button = QPushButton(_("Show all engagements"))
        name_key(self.show_all_button, "A")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_AFTER)
        self._lay_out()
        self._connect()

    # The parts

    def _lay_out(self) -> None:
        self.search_field.setPlaceholderText(_("Search by name"))
        self.search_field.setAccessibleName(_("Search all engagements"))
        self.search_field.setClearButtonEnabled(True)
        self.people.setAccessibleName(_("Engagements"))
        self.people.setWordWrap(True)
        set_role(self.undo_button, "plain")
        self.undo_button.setToolTip(_("Ctrl+Z"))
        self.undo_button.hide()
        self._left = left = QWidget()
        left.setMinimumWidth(space(30))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        chips = QHBoxLayout()
        chips.setSpacing(space(2))
        chips.addWidget(self.due_chip)
        chips.addWidget(self.all_chip)
        chips.addStretch(1)
        column.addLayout(chips)
        column.addWidget(self.search_field)
        column.addWidget(self.people, 1)
        self.more = paragraph(role="quiet")
        column.addWidget(self.more)
        self._right = QWidget()
        self._faces = QStackedLayout(self._right)
        self._faces.addWidget(
            EmptyState(
                _("Nothing to mark today"),
                _(
                    "Ninety days after you decide to go ahead with somebody, and again after a "
                    "year, FitCheck asks here what came of it. What has ended before can be "
                    "marked at once."
                ),
                self.show_all_button,
            )
        )
        self._faces.addWidget(scrolling(self.form))
        self._faces.addWidget(
            EmptyState(
                _("Nothing that could be marked yet"),
                _(
                    "As soon as you have decided to proceed with somebody, or to stage the work, "
                    "they stand here. Whoever was declined has no outcome."
                ),
            )
        )
        self._columns = columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        columns.setSpacing(space(5))
        columns.addWidget(left, 1)
        columns.addWidget(self._right, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addLayout(columns, 1)
        layout.addLayout(self._foot())

    def make_room(self, width: int) -> None:
        """The list beside the marks where there is room for both, else above them."""
        beside = width >= space(_ROOMY)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(across if beside else down)
        self._left.setMaximumWidth(space(82) if beside else _ANY)
        self._left.setMaximumHeight(_ANY if beside else space(50))

    def _foot(self) -> QHBoxLayout:
        """What was kept last, with the way back; it stays when the next one is shown."""
        foot = QHBoxLayout()
        foot.setSpacing(space(1))
        self.told.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self.undo_button)
        foot.addWidget(self.told, 1)
        return foot

    def _connect(self) -> None:
        self.due_chip.clicked.connect(lambda: self.show_everybody(everybody=False))
        self.all_chip.clicked.connect(lambda: self.show_everybody(everybody=True))
        self.show_all_button.clicked.connect(lambda: self.show_everybody(everybody=True))
        self.search_field.textChanged.connect(lambda _text: self._timer.start())
        self._timer.timeout.connect(self.populate)
        self.people.currentRowChanged.connect(self._row_changed)
        self.form.edited.connect(self._edited)
        self.form.occasion_asked.connect(lambda of: self._choose_occasion(Occasion(of)))
        self.form.keep_asked.connect(self.keep)
        self.undo_button.clicked.connect(self.undo)

    # What is shown

    @Slot()
    def populate(self) -> None:
        """Show what the book holds now; who is chosen stays chosen."""
        self._timer.stop()
        outcomes = self._context.fitcheck.outcomes
        chosen = self._current.prospect_id if self._current else None
        if self._everybody:
            self._listed = outcomes.running(self.search_field.text())
        else:
            self._listed = outcomes.to_mark()
        self.due_chip.show_chosen(not self._everybody)
        self.all_chip.show_chosen(self._everybody)
        self.search_field.setVisible(self._everybody)
        self.more.setText(_("The first {count} are shown.").format(count=MOST_SHOWN))
        self.more.setVisible(len(self._listed) == MOST_SHOWN)
        self._showing = True
        self.people.clear()
        for engagement in self._listed:
            item = QListWidgetItem(self._line(engagement), self.people)
            item.setSizeHint(QSize(0, 2 * self.fontMetrics().lineSpacing() + space(4)))
        self._showing = False
        ids = [each.prospect_id for each in self._listed]
        self.people.setCurrentRow(ids.index(chosen) if chosen in ids else 0 if ids else -1)
        self._row_changed(self.people.currentRow())

    def show_nobody(self) -> None:
        """Nothing of anybody stays here until it is populated."""
        self.forget()
        self._listed = ()
        self.search_field.clear()
        self._timer.stop()
        self.people.clear()
        self.form.clear()
        self._row_changed(-1)

    def _line(self, engagement: Engagement) -> str:
        outcomes = self._context.fitcheck.outcomes
        if outcomes.is_due(engagement):
            state = occasion_name(outcomes.occasion(engagement))
        else:
            state = _("Marked") if engagement.outcomes else _("Not due yet")
        return f"{engagement.name}\n{state} · {words.date_text(engagement.decided_on)}"

    @Slot(int)
    def _row_changed(self, row: int) -> None:
        if self._showing:
            return
        there = 0 <= row < len(self._listed)
        self._left.setVisible(there or self._everybody)
        if not there:
            self._current = None
            anybody = self._everybody and not self.search_field.text()
            self._faces.setCurrentIndex(_NOBODY_AT_ALL if anybody else _NOBODY_DUE)
            self.show_all_button.setVisible(not self._everybody)
            return
        self._current = engagement = self._listed[row]
        self._faces.setCurrentIndex(_SOMEBODY)
        self.form.show_engagement(engagement)
        self.form.show_marks(self._begun.get(engagement.prospect_id) or self._kept(engagement))

    def _kept(self, engagement: Engagement) -> Marks:
        """The marks to begin with, of the occasion whose turn it is."""
        return kept_marks(engagement, self._context.fitcheck.outcomes.occasion(engagement))

    # What can be done

    @Slot()
    def _edited(self) -> None:
        if self._current is None:
            return
        marks = self.form.marks()
        if marks == kept_marks(self._current, marks.occasion):
            self._begun.pop(self._current.prospect_id, None)
        else:
            self._begun[self._current.prospect_id] = marks

    def _choose_occasion(self, occasion: Occasion) -> None:
        engagement = self._current
        if engagement is None:
            return
        marks = kept_marks(engagement, occasion)
        if engagement.prospect_id in self._begun:
            # What was begun goes along: it was only the occasion that was wrong.
            marks = replace(self.form.marks(), occasion=occasion)
            self._begun[engagement.prospect_id] = marks
        self.form.show_marks(marks)

    def next_occasion(self) -> None:
        """The other occasion than the one that is chosen."""
        if self._current is not None:
            chosen = self.form.marks().occasion
            self._choose_occasion(next(each for each in Occasion if each is not chosen))

    def toggle(self, number: int) -> None:
        """Set or clear the mark of that number, from 0."""
        if self._current is not None:
            self.form.toggle(number)

    def show_everybody(self, *, everybody: bool) -> None:
        """List all engagements, or those that are due."""
        self._everybody = everybody
        self.populate()
        (self.search_field if everybody else self.people).setFocus()

    @property
    def everybody(self) -> bool:
        return self._everybody

    def choose(self, prospect_id: int) -> None:
        """Make somebody the chosen one, due or not. Raises ``NoOutcome`` where they have none."""
        engagement = self._context.fitcheck.outcomes.engagement(prospect_id)
        if engagement.step_id not in {each.step_id for each in self._listed}:
            self._everybody = True
            self.search_field.setText(engagement.name)
        self._current = engagement
        self.populate()

    @Slot()
    def keep(self) -> None:
        """Keep the marks that are chosen."""
        engagement = self._current
        if engagement is None:
            return
        marks, outcomes = self.form.marks(), self._context.fitcheck.outcomes
        try:
            id_ = outcomes.mark(engagement.prospect_id, marks.signs, marks.words, marks.occasion)
        except FitCheckError as error:
            happened = _("The marks of {name} were not kept.").format(name=engagement.name)
            kept = _("They are on the screen still. You can try again.")
            messages.tell(self.window(), messages.of_error(error, happened, kept))
            return
        self._begun.pop(engagement.prospect_id, None)
        self._undo = (id_, engagement.prospect_id)
        self._say(_("The marks of {name} are kept.").format(name=engagement.name))
        self.undo_button.show()
        self._after()

    @Slot()
    def undo(self) -> None:
        """Take back what was kept last."""
        if self._undo is None:
            return
        id_, prospect_id = self._undo
        try:
            self._context.fitcheck.outcomes.take_back(id_)
        except FitCheckError as error:
            happened = _("The marks were not taken back.")
            messages.tell(self.window(), messages.of_error(error, happened))
            return
        except KeyError:  # the prospect was erased meanwhile
            pass
        self._undo = None
        self.undo_button.hide()
        self._say(_("The marks were taken back."))
        engagement = next((e for e in self._listed if e.prospect_id == prospect_id), None)
        self._current = engagement or self._current
        self._after()

    def _after(self) -> None:
        self.populate()
        self.changed.emit()
        # Where the one whose turn it was is no longer listed, the next one's marks come first.
        if self._current is not None:
            self.form.take_focus()
        else:
            self.people.setFocus()

    def _say(self, text: str) -> None:
        tell(self.told, text, "quiet")

    @property
    def unkept(self) -> str:
        """What to say of marks that aren't kept yet; empty where all are."""
        number = len(self._begun)
        if not number:
            return ""
        return ngettext(
            "The marks of {count} engagement are not kept yet.",
            "The marks of {count} engagements are not kept yet.",
            number,
        ).format(count=number)

    def forget(self) -> None:
        """Drop what isn't kept, and the way back from what is: the page is left."""
        self._begun.clear()
        self._undo = None
        self.undo_button.hide()
        self._say("")

    def take_focus(self) -> None:
        if self._current is not None and not self._everybody:
            self.form.take_focus()
        elif self._everybody:
            self.search_field.setFocus()
        else:
            self.show_all_button.setFocus()

    def out_of_field(self) -> None:
        """To where letters and figures are keys."""
        if self._current is not None:
            self.take_focus_of_marks()
        else:
            self.people.setFocus()

    def take_focus_of_marks(self) -> None:
        self.form.take_focus()

    # Over a lock

    def place(self) -> dict[str, str]:
        begun = {
            str(id_): [marks.occasion.value, sorted(marks.signs), marks.words]
            for id_, marks in self._begun.items()
        }
        return {
            "prospect": str(self._current.prospect_id) if self._current else "",
            "everybody": "yes" if self._everybody else "",
            "search": self.search_field.text(),
            "begun": json.dumps(begun) if begun else "",
        }

    def stand_at(self, place: Draft) -> None:
        self._everybody = bool(place.get("everybody"))
        self.search_field.setText(place.get("search", ""))
        begun: Mapping[str, tuple[str, list[str], str]] = json.loads(place.get("begun") or "{}")
        self._begun = {
            int(id_): Marks(Occasion(occasion), frozenset(map(Sign, signs)), text)
            for id_, (occasion, signs, text) in begun.items()
        }
        self.populate()
        ids = [str(each.prospect_id) for each in self._listed]
        if place.get("prospect") in ids:
            self.people.setCurrentRow(ids.index(place["prospect"]))
