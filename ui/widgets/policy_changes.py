"""Which past recommendations another policy would change, found out in slices.

Judging a thousand assessments takes seconds, so it is done a few milliseconds at a time between
whatever else the window has to do, and begun anew with every change.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QVBoxLayout, QWidget

from fitcheck.domain.book import PolicyChange
from fitcheck.domain.policy import Appetite, Policy
from fitcheck.domain.steps import Steps
from fitcheck.i18n import _
from fitcheck.policies import PolicyTrial
from reports.policy_words import change_line, changes_sentence
from ui.steps import IdleSteps
from ui.theme import space
from ui.widgets.text import paragraph

BLINK = 0.15
"""Seconds for which what was found before stands still, so that a quick answer doesn't flicker."""

FRAME = 0.016
"""Seconds at least between two states that are shown; more often nobody could see."""

_ROWS = 6


class PolicyChanges(QWidget):
    """A sentence, and whose recommendation would change from what to what.

    ``judged`` carries each assessment that was judged, ``told`` the sentence, and ``finished``
    says that all have been judged.
    """

    judged = Signal(object)
    told = Signal(str)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sentence = paragraph("", "heading")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Recommendations that would change"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addWidget(self.sentence)
        layout.addWidget(self.list)
        self._total = self._done = 0
        self._found: list[PolicyChange] = []
        self._steps = IdleSteps(self)
        self._steps.done.connect(self._all_judged)
        self._show_list()

    @property
    def found(self) -> tuple[PolicyChange, ...]:
        """The changes found so far."""
        return tuple(self._found)

    @property
    def running(self) -> bool:
        return self._steps.running

    def try_out(self, trial: PolicyTrial, draft: Policy, appetite: Appetite) -> None:
        """Begin to judge the past by ``draft``, in place of what was under way."""
        self._total, self._done = len(trial.ids), 0
        self._found = []
        self._steps.run(self._judge(trial.changes(draft, appetite)))

    def wait_for_mending(self) -> None:
        """Nothing can be tried out while the draft has faults."""
        self.stop()
        self._found = []
        self.list.clear()
        self._show_list()
        self._say(_("This can be tried out as soon as it is complete."))

    def stop(self) -> None:
        """Judge no more."""
        self._steps.cancel()

    def _judge(self, changes: Iterator[PolicyChange]) -> Steps[None]:
        show_at = monotonic() + BLINK
        for change in changes:
            self._done += 1
            if change.changes:
                self._found.append(change)
            self.judged.emit(change)
            if monotonic() > show_at:
                self._show()
                show_at = monotonic() + FRAME
            yield

    @Slot()
    def _all_judged(self) -> None:
        self._show()
        self.finished.emit()

    def _show(self) -> None:
        if self.running:
            looking = _("Looking at past assessments: {done} of {total}…")
            self._say(looking.format(done=self._done, total=self._total))
        else:
            self._say(changes_sentence(len(self._found), self._total))
        lines = list(map(change_line, self._found))
        for row, line in enumerate(lines[: self.list.count()]):
            if self.list.item(row).text() != line:
                self.list.item(row).setText(line)
        while self.list.count() > len(lines):
            self.list.takeItem(self.list.count() - 1)
        self.list.addItems(lines[self.list.count() :])
        self._show_list()

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.told.emit(sentence)

    def _show_list(self) -> None:
        """As high as what is in it, up to a few rows."""
        rows = min(self.list.count(), _ROWS)
        self.list.setVisible(rows > 0)
        if rows:
            # The longest lines, those with a remark, take a second one.
            longer = sum(1 for change in self._found[:rows] if change.decided)
            height = rows * self.list.sizeHintForRow(rows - 1)
            second = longer * self.list.fontMetrics().lineSpacing()
            self.list.setFixedHeight(height + second + space(2))
