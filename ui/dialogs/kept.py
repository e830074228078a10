"""Whoever has been kept for as long as was meant: kept on, until another day, or erased."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.keeping import Kept, years_later
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _, ngettext
from reports.keeping_words import overdue_sentence
from reports.words import date_text
from ui import messages
from ui.context import Context
from ui.theme import set_role, space
from ui.widgets.column import Column, scrolling
from ui.widgets.day_edit import DayEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.text import paragraph

MOST_SHOWN = 40
"""How many are shown at once; the others are asked about when these are done."""


class KeptRow(QFrame):
    """One of them; what was decided takes the place of the ways to decide."""

    def __init__(
        self, context: Context, kept: Kept, erase: Callable[[int], bool], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._kept = kept
        self._erase = erase
        set_role(self, "card")
        today = context.fitcheck.today()
        self.said = paragraph(overdue_sentence(kept), "quiet")
        self.keep_button = QPushButton(_("Keep for another year"))
        self.keep_button.setAccessibleName(_("Keep {name} for another year").format(name=kept.name))
        self.day = DayEdit(
            _("Keep {name} until").format(name=kept.name), years_later(today, 1), today
        )
        self.until_button = QPushButton(_("Keep until this day"))
        self.until_button.setAccessibleName(_("Keep {name} until this day").format(name=kept.name))
        self.erase_button = QPushButton(_("Erase…"))
        self.erase_button.setAccessibleName(_("Erase {name}").format(name=kept.name))
        set_role(self.erase_button, "danger")
        self.ways = QWidget()
        # Words may be longer than the line.
        row = FlowLayout(self.ways, gap=space(2), to_the_right=3)
        for widget in (self.keep_button, self.day, self.until_button, self.erase_button):
            row.addWidget(widget)
        for button in (self.keep_button, self.until_button, self.erase_button):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(1))
        layout.addWidget(ElidedLabel(kept.name, "heading"))
        layout.addWidget(self.said)
        layout.addWidget(self.ways)
        self.keep_button.clicked.connect(self._keep)
        self.until_button.clicked.connect(self._keep_until)
        self.erase_button.clicked.connect(self._ask_erase)

    @Slot()
    def _keep(self) -> None:
        rights = self._context.fitcheck.rights
        self._do(lambda: rights.still_keep(self._kept.prospect_id), _("Kept for another year."))

    @Slot()
    def _keep_until(self) -> None:
        rights, day = self._context.fitcheck.rights, self.day.day
        said = _("Kept until {day}.").format(day=date_text(day))
        self._do(lambda: rights.keep_until(self._kept.prospect_id, day), said)

    @Slot()
    def _ask_erase(self) -> None:
        if self._erase(self._kept.prospect_id):
            self._over(_("Erased."))

    def _do(self, step: Callable[[], object], said: str) -> None:
        try:
            step()
        except FitCheckError as error:
            happened = _("It was not kept.")
            kept = _("Everything is as it was, and you will be asked again.")
            messages.tell(self.window(), messages.of_error(error, happened, kept))
            return
        self._over(said)

    def _over(self, said: str) -> None:
        self.said.setText(said)
        self.ways.hide()
        self.window().setFocus()


class KeptDialog(QDialog):
    """One after the other; whatever isn't decided is asked again the next time.

    ``erase`` asks whether to erase a prospect, does it, and says whether they are gone.
    """

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        asked: Sequence[Kept],
        erase: Callable[[int], bool] = lambda _prospect_id: False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Kept for long"))
        inner = Column(space(3))
        self.rows = [KeptRow(context, kept, erase, inner) for kept in asked[:MOST_SHOWN]]
        for row in self.rows:
            inner.column.addWidget(row)
        inner.column.addStretch(1)
        area = scrolling(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.close_button = QPushButton(_("Close"))
        set_role(self.close_button, "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(label(_("Do you still need this?"), "title"))
        layout.addWidget(
            paragraph(
                _(
                    "You have kept what you know about these people for as long as you meant to. "
                    "Nothing is erased unless you say so; whoever you leave as they are, you will "
                    "be asked about again."
                )
            )
        )
        layout.addWidget(area, 1)
        if more := len(asked) - len(self.rows):
            text = ngettext("{count} more after these.", "{count} more after these.", more)
            layout.addWidget(label(text.format(count=more), "quiet"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout.addLayout(foot)
        self.setMinimumSize(space(150), space(70))
        self.resize(space(185), space(min(145, 62 + 30 * len(self.rows))))
        self.close_button.setFocus()

    @classmethod
    def offer(
        cls,
        parent: QWidget | None,
        context: Context,
        asked: Sequence[Kept],
        erase: Callable[[int], bool],
    ) -> None:
        """Show it until it is closed."""
        dialog = cls(parent, context, asked, erase)
        dialog.exec()
        dialog.deleteLater()
