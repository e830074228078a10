"""The window before its book is open: painted at once, with what stands there whatever is in it.

It is the window that the book is then opened in, with its place, its look, its menus' titles, the
names of the pages and the head of the list; nobody is shown it in place of something. All of it is
made of a few light parts, for it is painted before anything large is imported (decision 32): Qt's
own large namespace ``Qt`` is a tenth of a bare window's start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.page_names import AFTER_THE_PERSON, NEED_ASSESSMENT, PAGES
from ui.room import open_within
from ui.theme import space

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.widgets.prospect_table import ProspectTable

ROOMY = 230
"""How wide the list's page must be, in units of ``space``, to show the details beside the list."""

DETAILS = 72
"""How wide these are at least, in the same measure."""

_COMPACT = 40
"""A sidebar that is less wide, in units of ``space``, shows pictures and no words."""


class Frame(QMainWindow):
    """``painted``: for the first time, and the event loop has come back from it.

    ``table`` is the list of the book, once that stands in the frame.
    """

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table: ProspectTable | None = None
        self._first_paint = True

    def show_frame(self, sidebar: int = 0) -> None:
        """Show what is there without a book, until ``setCentralWidget`` replaces it.

        ``sidebar`` is how wide that was the last time.
        """
        self.setWindowTitle("FitCheck")
        whole = QWidget()
        columns = QHBoxLayout(whole)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        self._sidebar = _sidebar(sidebar or space(59))
        columns.addWidget(self._sidebar)
        self._book = QWidget()
        self._ground = _ground()
        row = QHBoxLayout(self._book)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(4))
        row.addWidget(self._ground)
        columns.addWidget(_page(self._book), 1)
        for title in (_("&File"), _("&Prospect"), _("&Go"), _("&View"), _("&Help")):
            self.menuBar().addMenu(title)
        self.setCentralWidget(whole)

    def show_list(self, table: ProspectTable) -> None:
        """Let the list stand in the frame, on the ground that was left for it."""
        row = self._book.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(0, table, 1)
        # Of the chosen one more is shown beside the list, where there is room.
        self._ground.setFixedWidth(space(DETAILS))
        self._ground.setVisible(self.width() - self._sidebar.width() >= space(ROOMY))
        self.table = table
        table.setFocus()

    def stand_where(self, kept: str) -> None:
        """Stand where it stood when :meth:`saveGeometry` said so; else as meant, or as it is."""
        if not self.isVisible():
            open_within(self)
        if kept:
            from PySide6.QtCore import QByteArray

            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._first_paint:
            self._first_paint = False
            QTimer.singleShot(0, self, self.painted.emit)


def _label(text: str, role: str) -> QLabel:
    made = QLabel(text)
    made.setProperty("role", role)
    return made


def _sidebar(width: int) -> QFrame:
    """The names of the pages, as and where :mod:`ui.widgets.sidebar` has them."""
    made = QFrame()
    made.setProperty("role", "sidebar")
    made.setFixedWidth(width)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(space(3), space(5), space(3), space(4))
    layout.setSpacing(space(1))
    if width < space(_COMPACT):
        return made
    brand = _label("FitCheck", "heading")
    brand.setFixedHeight(space(7))
    brand.setIndent(space(12.5))
    layout.addWidget(brand)
    layout.addSpacing(space(6))
    em = space(4)
    height = max(made.fontMetrics().height(), space(5.5)) + 2 * round(0.4 * em) + 4
    for name, caption in PAGES.items():
        if name == NEED_ASSESSMENT[0]:
            layout.addSpacing(space(6))
            layout.addLayout(_person())
        if name == AFTER_THE_PERSON:
            layout.addSpacing(space(6))
        if name == "settings":
            layout.addStretch(1)
        page = _label(_(caption), "shown-page" if name == "prospects" else "page")
        page.setFixedHeight(height)
        page.setIndent(round(0.6 * em) + 2 + space(5.5) + 4)
        page.setEnabled(name not in NEED_ASSESSMENT)
        layout.addWidget(page)
    return made


def _person() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(space(3), 0, space(2.5), space(1.5))
    column.setSpacing(0)
    column.addWidget(_label(_("In hand"), "quiet"))
    nobody = _label(_("Nobody yet"), "heading")
    nobody.setEnabled(False)
    column.addWidget(nobody)
    return column


def _page(book: QWidget) -> QWidget:
    """The head of the list and the ground of the search, above the list."""
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(space(8), space(6), space(8), space(14.5))
    layout.setSpacing(space(4))
    title = _label(_("Prospects"), "title")
    title.setFixedHeight(space(9.25))
    layout.addWidget(title)
    search = _ground()
    search.setFixedSize(space(105), space(10))
    layout.addWidget(search)
    layout.addWidget(book, 1)
    return page


def _ground() -> QFrame:
    made = QFrame()
    made.setProperty("role", "card")
    return made
