"""Beside the question: what to ask next, and whether one knows enough. It advises, never leads."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fitcheck.i18n import _, quoted
from ui.theme import set_role, space
from ui.widgets.asking import AHEAD, Advice, Asking
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label, plain_tool_tip, rule
from ui.widgets.text import keycap

KEY = "G"
"""Goes to what is to be asked next."""

_NARROW = 72
"""The width, in units of ``space``, for which room for lines is kept."""


class AskCard(QFrame):
    """How firm things are, the question to ask next with its reason, and the two after it.

    ``question_asked`` carries the id of a question to go to, ``deal_breaker_asked`` that of a
    suspected deal-breaker to clear.
    """

    question_asked = Signal(str)
    deal_breaker_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._advice: Advice | None = None
        self.heading = label("", "heading")
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setToolTip(_("The key {key} goes there").format(key=KEY))
        self.title = _Lines("asked-title", 1)
        self.say = _Lines("asked", 3)
        self.reason = _Lines("asked", 2)
        self.others = tuple(ElidedButton() for _number in range(AHEAD - 1))
        self.firm = _Lines("asked", 1)
        self._lay_out()
        self.button.clicked.connect(self.go)
        for button in self.others:
            button.clicked.connect(self._other)
        self.clear()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(1))
        # Above all else: once one knows enough, that is what matters most.
        layout.addWidget(self.firm)
        layout.addWidget(rule())
        layout.addSpacing(space(1))
        head, go = QWidget(), QWidget()
        row = QHBoxLayout(go)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(1))
        row.addWidget(keycap(KEY))
        row.addWidget(self.button)
        # Longer words than English has take a second line.
        flow = FlowLayout(head, gap=space(1), to_the_right=1)
        flow.addWidget(self.heading)
        flow.addWidget(go)
        layout.addWidget(head)
        for part in (self.title, self.say, self.reason, *self.others):
            layout.addWidget(part)

    # Showing

    def show_advice(self, advice: Advice) -> None:
        """Show what was found for the answers as they stand."""
        self._advice = advice
        self._mark(fresh=True)
        first, *others = advice.asking or (None,)
        self.heading.setText(_("If you ask on") if advice.enough else _("Ask next"))
        self.title.setText(first.title if first else "")
        self.say.setText(quoted(first.say) if first else _("Every question has its answer."))
        self.reason.setText(first.reason if first else "")
        self._show_button(first)
        for button, asking in zip(self.others, [*others, None, None], strict=False):
            _show_other(button, asking)
        self.firm.setText(advice.firm)
        set_role(self.firm, "heading" if advice.enough else "asked")
        self.setAccessibleName(self.heading.text())
        parts = (advice.firm, self.title.text(), self.say.text(), self.reason.text())
        self.setAccessibleDescription("\n".join(part for part in parts if part))

    def show_outdated(self) -> None:
        """Keep what is shown, marked as found for earlier answers, until there is more to show."""
        self._mark(fresh=False)

    def clear(self) -> None:
        """Show nothing of any assessment: it is still being worked out."""
        self._advice = None
        self.heading.setText(_("Ask next"))
        self._show_button(None)
        for part in (self.title, self.say, self.reason):
            part.clear()
        for button in self.others:
            _show_other(button, None)
        self.firm.setText(_("Working it out…"))
        self._mark(fresh=False)

    @property
    def outdated(self) -> bool:
        """Whether what is shown isn't of the answers as they stand."""
        return not self.firm.isEnabled()

    @Slot()
    def go(self) -> None:
        """Ask to go to what is to be asked next, if there is anything."""
        asking = self._advice.asking[0] if self._advice and self._advice.asking else None
        if asking is not None and not asking.here:
            self._ask(asking)

    # Parts

    def _mark(self, *, fresh: bool) -> None:
        # Labels only: a button that is disabled would lose the focus.
        for part in (self.title, self.say, self.reason, self.firm):
            part.setEnabled(fresh)
        if not fresh:
            self.setAccessibleDescription(_("Being worked out anew for the latest answer."))

    def _show_button(self, asking: Asking | None) -> None:
        self.button.setEnabled(asking is not None and not asking.here)
        if asking is None:
            text, name = _("Go there"), _("Nothing is left to ask")
        elif asking.deal_breaker:
            text, name = _("Clear it…"), _("Go to the suspected deal-breaker")
        elif asking.here:
            text, name = _("You are here"), _("The question in hand is the one to ask")
        elif asking.elsewhere:
            text, name = _("Full form"), _("Go to {title}, in the full form")
        else:
            text, name = _("Go there"), _("Go to {title}")
        self.button.setText(text)
        self.button.setAccessibleName(name.format(title=asking.title if asking else ""))

    @Slot()
    def _other(self) -> None:
        clicked = self.sender()
        if self._advice is not None:
            for button, asking in zip(self.others, self._advice.asking[1:], strict=False):
                if button is clicked:
                    self._ask(asking)

    def _ask(self, asking: Asking) -> None:
        if asking.deal_breaker:
            self.deal_breaker_asked.emit(asking.deal_breaker)
        else:
            self.question_asked.emit(asking.question)


class _Lines(QLabel):
    """Plain text that wraps, with room for ``least`` lines throughout, so that nothing jumps."""

    def __init__(self, role: str, least: int) -> None:
        super().__init__()
        self._least = least
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_role(self, role)

    def heightForWidth(self, width: int) -> int:
        return max(super().heightForWidth(width), self._room(width))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self._room(self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(space(10), self._room(self.width()))

    def _room(self, width: int) -> int:
        # Where the card is wide, fewer lines hold as much.
        lines = round(self._least * min(1.0, space(_NARROW) / max(width, 1)))
        return max(1, lines) * self.fontMetrics().lineSpacing()


class ElidedButton(QPushButton):
    """A quiet button whose text ends in "…" where there is no room; its name is the whole of it."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        set_role(self, "line")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        self._whole = text
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        # The style sheet's padding and border are what a button without text is wide.
        room = self.width() - space(4)
        metrics = self.fontMetrics()
        text = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, max(room, 0))
        if text != self.text():
            self.setText(text)


def _show_other(button: ElidedButton, asking: Asking | None) -> None:
    """One of the questions after the first; the room is kept where there is none."""
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
    button.setVisible(asking is not None)
    if asking is None:
        button.setAccessibleName(_("Nothing more to ask"))
    else:
        title = _("{title} · again").format(title=asking.title) if asking.again else asking.title
        button.show_text(title)
        button.setAccessibleName(_("Go to {title}").format(title=title))
        button.setAccessibleDescription(f"{asking.say}\n{asking.reason}")
        button.setToolTip(plain_tool_tip(asking.say))
