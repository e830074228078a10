"""A section of the plan page: its name, whose it is, what it is written in, and what moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.plan.fields import Editor
from ui.theme import set_role, space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import label, rule
from ui.widgets.text import paragraph


class PlanPart(QWidget):
    """``kept`` says that what stands in the editor is to be kept, by the part's key.

    ``draft_asked``: the draft is to be in force again; ``mine_asked``: what was written stays, and
    what the draft says by now has been seen. ``above`` and ``below`` are lines of the sheet's own.
    """

    kept = Signal(str)
    left = Signal()
    rearranged = Signal()
    draft_asked = Signal(str)
    mine_asked = Signal(str)

    def __init__(self, key: str, title: str, note: str, editor: Editor) -> None:
        super().__init__()
        self.key = key
        self.editor = editor
        self.setAccessibleName(title)
        self.state = label("", "quiet")
        self.back_button = QPushButton(_("Back to the draft"))
        self.back_button.setAccessibleName(_("{section}: back to the draft").format(section=title))
        set_role(self.back_button, "plain")
        self.above = paragraph()
        self.below = paragraph(role="quiet")
        self.fault = fault_line()
        self.notice = QFrame()
        self.otherwise = paragraph()
        self.use_button = QPushButton(_("Use the draft"))
        self.keep_button = QPushButton(_("Keep mine"))
        for button in (self.use_button, self.keep_button):
            button.setAccessibleName(f"{title}: {button.text()}")
        self._lay_out(title, note)
        editor.kept.connect(self._kept)
        editor.left.connect(self.left)
        editor.rearranged.connect(self.rearranged)
        self.back_button.clicked.connect(self._draft)
        self.use_button.clicked.connect(self._draft)
        self.keep_button.clicked.connect(self._mine)
        self.show_state("", written=False)
        self.show_otherwise(None)
        self.say()

    def _lay_out(self, title: str, note: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addWidget(rule())
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(label(title, "heading"))
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(self.back_button)
        layout.addLayout(head)
        if note:
            layout.addWidget(paragraph(note, "quiet"))
        layout.addWidget(self.above)
        layout.addWidget(self.editor)
        layout.addWidget(self.fault)
        layout.addWidget(self.below)
        set_role(self.notice, "banner")
        inside = QVBoxLayout(self.notice)
        inside.setContentsMargins(space(4), space(3), space(4), space(3))
        inside.setSpacing(space(2))
        inside.addWidget(self.otherwise)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addWidget(self.use_button)
        row.addWidget(self.keep_button)
        row.addStretch(1)
        inside.addLayout(row)
        layout.addWidget(self.notice)

    def show_state(self, state: str, *, written: bool) -> None:
        """Say whose it is; what was written can be given back to the draft."""
        self.state.setText(state)
        # A button that goes away must not take the focus with it to just anywhere.
        if self.back_button.hasFocus() and not written:
            self.editor.entrance().setFocus()
        self.back_button.setVisible(written)

    def show_otherwise(self, lines: Sequence[str] | None) -> None:
        """Say what the draft would now say; ``None`` where it says what it said."""
        if lines is not None:
            said = [_("The answers have changed. The draft would now say:"), *lines]
            if not lines:
                said = [_("The answers have changed. The draft would now leave this out.")]
            self.otherwise.setText("\n".join(said))
        elif self.use_button.hasFocus() or self.keep_button.hasFocus():
            self.editor.entrance().setFocus()
        self.notice.setVisible(lines is not None)

    def say(self, above: str = "", below: str = "") -> None:
        """Show the sheet's own lines, where there are any."""
        for line, text in ((self.above, above), (self.below, below)):
            line.setText(text)
            line.setVisible(bool(text))

    def tell(self, fault: str) -> None:
        """Say why what stands there isn't kept; "" where it is."""
        if self.fault.text() != fault:
            tell(self.fault, fault)

    def way(self) -> tuple[QWidget, ...]:
        """What Tab is to go through, as it is read."""
        return (self.back_button, self.editor, self.use_button, self.keep_button)

    @Slot()
    def _kept(self) -> None:
        self.kept.emit(self.key)

    @Slot()
    def _draft(self) -> None:
        self.draft_asked.emit(self.key)

    @Slot()
    def _mine(self) -> None:
        self.mine_asked.emit(self.key)
