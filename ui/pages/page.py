"""What every page of the window has in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from fitcheck.interview import Interview
from ui.context import Context
from ui.drafts import Draft


class Page(QWidget):
    """A page of the window.

    ``go`` asks the window to show another page by its name ("prospects", "interview", "inquiry",
    "verdict", "plan", "report", "agenda", "colleagues", "record", "line", "beside", "quarter",
    "settings"). ``open_assessment`` asks it to open an assessment by
    its id and to show the interview, or the verdict where it is finished. ``hand_over`` asks for
    the prospect's own form of an assessment to be handed over. ``finish_asked`` wants the questions
    finished, with all that comes before the totals, and then to be shown again.
    """

    go = Signal(str)
    open_assessment = Signal(int)
    hand_over = Signal(int)
    finish_asked = Signal()

    keys_repeat = True
    """Whether the page's keys go on acting while they are held."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def add_key(self, name: str, keys: tuple[str, ...], slot: Callable[[], object]) -> QAction:
        """An action of the page, by its keys, as long as the focus is somewhere on the page."""
        action = QAction(name, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setAutoRepeat(self.keys_repeat)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def headings(self) -> list[QAction]:
        """What leads to a part of the page, from any other."""
        return []

    def offers(self) -> list[QAction]:
        """What can be done on the page, now or once it is shown."""
        return self.actions()

    def enter(self) -> None:
        """The page is about to be shown: refresh what may have changed and take the focus."""

    def leave(self) -> bool:
        """The page is about to be left or the window closed: keep what is being typed.

        ``False`` keeps the page where it is.
        """
        return True

    def let_go(self) -> bool:
        """The book is about to be locked: as :meth:`leave`, but nobody can be asked anything.

        What isn't kept belongs into :meth:`place`, which has been asked for already.
        """
        return self.leave()

    def set_interview(self, interview: Interview | None) -> None:
        """Another assessment is in hand (or none); pages that don't show one ignore it."""

    def place(self) -> dict[str, str]:
        """Where one stands on the page, and what is being looked for, to be kept over a lock."""
        return {}

    def stand_at(self, place: Draft) -> None:
        """Stand there again, as far as it is still there; the interview is in hand already."""

    def resume(self, dialog: str, draft: Draft) -> None:
        """Open the dialog of this name again, with what was being typed in it."""

    def restyle(self) -> None:
        """The look has changed: redraw what the style sheet does not reach, such as charts."""
