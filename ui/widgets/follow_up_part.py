"""The follow-ups of the chosen prospect, beside the book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.follow_up import Entry, Standing
from fitcheck.i18n import _, ngettext
from reports.follow_up_words import done_text, line_text
from ui.theme import set_role, space
from ui.widgets.labels import label
from ui.widgets.text import paragraph

_SHOWN = 5
_DONE_SHOWN = 2


class FollowUpPart(QWidget):
    """Signals what is to be done about the follow-ups of the prospect that is shown."""

    new_asked = Signal()
    offer_asked = Signal()
    line_asked = Signal()
    check_up_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.late = paragraph(role="warning")
        self.coming = paragraph()
        self.past = paragraph(role="quiet")
        self.new_button = QPushButton(_("New follow-up…"))
        self.new_button.setToolTip(_("Ctrl+Shift+D"))
        self.offer_button = QPushButton(_("Plan the usual ones…"))
        self.offer_button.setToolTip(_("What is usual after such a decision (Ctrl+Shift+P)"))
        self.check_up_button = QPushButton(_("Check up"))
        self.check_up_button.setToolTip(
            _("Begin with all that the last one found, by the inquiry (Ctrl+Shift+U)")
        )
        self.line_button = QPushButton(_("Over the years"))
        self.line_button.setToolTip(_("Ctrl+Shift+L"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, space(3), 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(label(_("Follow-ups"), "heading"))
        for part in (self.late, self.coming, self.past):
            layout.addWidget(part)
        layout.addSpacing(space(1))
        for button, signal in (
            (self.new_button, self.new_asked),
            (self.offer_button, self.offer_asked),
            (self.check_up_button, self.check_up_asked),
            (self.line_button, self.line_asked),
        ):
            button.clicked.connect(signal)
            if button is not self.new_button:
                set_role(button, "line")
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_entries(self, entries: Sequence[Entry], today: dt.date, *, offered: bool) -> None:
        """Show these, and whether there are others that are usual after what was decided."""
        follow_ups = [entry.follow_up for entry in entries]
        late = [f for f in follow_ups if f.standing(today) in (Standing.OVERDUE, Standing.DUE)]
        ahead = [f for f in follow_ups if f.standing(today) in (Standing.COMING, Standing.LATER)]
        done = sorted(
            (f for f in follow_ups if f.done_on is not None), key=lambda f: f.done_on or today
        )
        lines = [line_text(each, today) for each in ahead[:_SHOWN]]
        if (more := len(ahead) - _SHOWN) > 0:
            lines.append(ngettext("{count} more", "{count} more", more).format(count=more))
        if not (late or ahead):
            lines = [_("None planned.")]
        past = [done_text(each, today) for each in done[::-1][:_DONE_SHOWN]]
        for part, said in (
            (self.late, [line_text(each, today) for each in late]),
            (self.coming, lines),
            (self.past, past),
        ):
            part.setText("\n".join(said))
            part.setVisible(bool(said))
        self.offer_button.setVisible(offered)
