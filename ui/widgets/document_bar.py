"""The line above a document: which edition, where it goes, which page, how large."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.report import Edition
from fitcheck.i18n import _
from reports.words import edition_name, whole_percent
from ui.theme import set_role, space
from ui.widgets.chip import Chip
from ui.widgets.document_language import DocumentLanguage
from ui.widgets.flow import FlowLayout
from ui.widgets.interview_bars import quiet_button
from ui.widgets.labels import label


class DocumentBar(QWidget):
    """Shows and asks; who makes it connects the buttons. ``page_asked``: a page, from nought."""

    page_asked = Signal(int)

    def __init__(self, keys: Mapping[Edition, str]) -> None:
        super().__init__()
        self.chips = {
            edition: Chip(edition_name(edition), _("Key: {key}").format(key=keys[edition]))
            for edition in Edition
        }
        self.language = DocumentLanguage(_("L"))
        set_role(self.language, "plain")
        self.language.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.mail_button = quiet_button(_("Mail…"), _("Ctrl+E"), role="")
        self.print_button = quiet_button(_("Print…"), _("Ctrl+P"), role="")
        self.save_button = quiet_button(_("Save…"), _("Ctrl+S"), role="primary")
        self.previous_button = _sign("‹", _("Previous page"), _("Page up"))
        self.page_field = QLineEdit()
        self.page_field.setValidator(QIntValidator(0, 99_999, self.page_field))
        self.page_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page_field.setFixedWidth(space(12))
        self._page = 0
        self.page_field.setAccessibleName(_("Page"))
        self.page_field.setToolTip(_("Ctrl+G: type a page number"))
        self.page_label = label("", "quiet")
        self.next_button = _sign("›", _("Next page"), _("Page down"))
        self.out_button = _sign("−", _("Smaller"), _("Ctrl+−"))
        self.zoom_label = label("", "quiet")
        self.in_button = _sign("+", _("Larger"), _("Ctrl++"))
        self.width_button = quiet_button(_("Fit width"), _("Ctrl+0"))
        self.page_button = quiet_button(_("Fit page"), _("Ctrl+9"))
        self.find_button = quiet_button(_("Find"), _("Ctrl+F"))
        self._lay_out()
        self.page_field.editingFinished.connect(self._page_typed)
        self.show_nothing()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1.5))
        first, second = QWidget(), QWidget()
        what = FlowLayout(first, gap=space(2), to_the_right=len(self.chips))
        for chip in self.chips.values():
            what.addWidget(chip)
        what.addWidget(_group(self.mail_button, self.print_button, self.save_button))
        where = FlowLayout(second, gap=space(4))
        where.addWidget(
            _group(self.previous_button, self.page_field, self.page_label, self.next_button)
        )
        where.addWidget(_group(self.out_button, self.zoom_label, self.in_button))
        where.addWidget(_group(self.width_button, self.page_button, self.find_button))
        where.addWidget(self.language)
        column.addWidget(first)
        column.addWidget(second)

    def show_edition(self, edition: Edition) -> None:
        """Mark the edition that is shown; the private file is for nobody to be mailed to."""
        for each, chip in self.chips.items():
            chip.show_chosen(each is edition)
        self.mail_button.setVisible(edition is not Edition.PRIVATE)

    def show_place(self, page: int, count: int, zoom: float) -> None:
        """Show where in the document one is: the page from nought, and the zoom."""
        self._page = page
        self.page_field.setText(str(page + 1))
        self.page_label.setText(_("of {count}").format(count=count))
        self.zoom_label.setText(_("{zoom}%").format(zoom=whole_percent(zoom)))
        self.previous_button.setEnabled(page > 0)
        self.next_button.setEnabled(page < count - 1)

    def show_document(self) -> None:
        """There is a document, and everything can be done with it."""
        for widget in self._of_document():
            widget.setEnabled(True)

    def show_nothing(self) -> None:
        """There is no document to do anything with."""
        for widget in self._of_document():
            widget.setEnabled(False)
        self.page_field.clear()
        self.page_label.clear()
        self.zoom_label.clear()

    def _of_document(self) -> tuple[QWidget, ...]:
        return (
            *(self.mail_button, self.print_button, self.save_button),
            *(self.previous_button, self.page_field, self.next_button),
            *(self.out_button, self.in_button, self.width_button, self.page_button),
            self.find_button,
        )

    @Slot()
    def _page_typed(self) -> None:
        typed = self.page_field.text()
        self.page_field.setText(str(self._page + 1))
        # Leaving the field is no wish to be taken anywhere.
        if typed and int(typed) - 1 != self._page:
            self.page_asked.emit(int(typed) - 1)


def _sign(sign: str, name: str, key: str) -> QPushButton:
    made = quiet_button(sign, f"{name} ({key})")
    made.setAccessibleName(name)
    return made


def _group(*widgets: QWidget) -> QWidget:
    """Controls that stay together where a line breaks."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(space(1))
    for widget in widgets:
        row.addWidget(widget)
    return group
