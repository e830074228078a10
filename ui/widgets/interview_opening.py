"""The card that opens an interview: what to agree on beforehand, in words to be said (I23)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import N_, _
from fitcheck.interview import Interview
from ui.theme import set_role, space
from ui.widgets.column import Column, scrolling
from ui.widgets.kept_field import KeptField
from ui.widgets.labels import label
from ui.widgets.text import paragraph, with_key

# What is agreed on, what to say about it, and the field that keeps what was said, if any.
_PARTS: tuple[tuple[str, str, str], ...] = (
    (
        N_("Why we talk"),
        N_("“I’d like us both to find out whether we should work together.”"),
        "",
    ),
    (
        N_("Their agenda"),
        N_("“What would you like to have from this conversation?”"),
        "their_agenda",
    ),
    (
        N_("My agenda"),
        N_("“I’d like to understand what you need and how you like to work.”"),
        "my_agenda",
    ),
    (N_("Time"), N_("“How long have you got? Shall we keep to that?”"), "time_agreed"),
    (
        N_("How it may end"),
        N_(
            "“At the end we may agree on a next step, or find that we are not right for each "
            "other. Either of us may say no, and a no is fine.”"
        ),
        "",
    ),
    (
        N_("Notes"),
        N_("“I take notes, they stay on this laptop, and you may see them.”"),
        "",
    ),
)

_WIDEST = 210


class OpeningCard(QWidget):
    """``begun``: on to the questions. ``field_kept`` carries a field and its new value.

    There is nothing on it that isn't meant to be said aloud, so it may be seen by anybody.
    """

    begun = Signal()
    field_kept = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.fields = {key: KeptField(_(heading), lines=1) for heading, _say, key in _PARTS if key}
        self.begin_button = QPushButton(_("To the questions"))
        set_role(self.begin_button, "primary")
        self._lay_out()
        for key, field in self.fields.items():
            field.kept.connect(lambda text, key=key: self.field_kept.emit(key, text))
            field.left.connect(self._left)
        self.begin_button.clicked.connect(self.begun)

    def _lay_out(self) -> None:
        whole = Column(gap=space(1))
        whole.setMaximumWidth(space(_WIDEST))
        column = whole.column
        column.addWidget(paragraph(_("Before the questions: agree on how you talk"), "title"))
        for heading, say, key in _PARTS:
            column.addSpacing(space(2.5))
            column.addWidget(label(_(heading), "quiet"))
            column.addWidget(paragraph(_(say), "heading"))
            if key:
                column.addWidget(self.fields[key])
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(3))
        self.area = scrolling(whole)
        layout.addWidget(self.area, 1)
        layout.addWidget(with_key("Enter", self.begin_button), 0, Qt.AlignmentFlag.AlignLeft)

    def show_interview(self, interview: Interview) -> None:
        """Show what was agreed; filling the form is not editing it."""
        for key, field in self.fields.items():
            field.show_text(getattr(interview.assessment.conversation, key))

    def flush(self) -> None:
        """Have what is being typed kept now."""
        for field in self.fields.values():
            field.flush()

    def take_focus(self) -> None:
        self.area.verticalScrollBar().setValue(0)
        self.begin_button.setFocus()

    @Slot()
    def _left(self) -> None:
        """From a field Enter leads to the next one, and from the last to the button."""
        order = [*self.fields.values(), self.begin_button]
        at = order.index(self.sender())  # type: ignore[arg-type]
        order[at + 1].setFocus()
