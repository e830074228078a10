"""Who the consultant is, as every document says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from fitcheck.domain.profile import Profile
from fitcheck.i18n import N_, _
from ui.theme import space
from ui.widgets.labels import titled

_FIELDS = (
    ("name", N_("Your &name"), 0, 0),
    ("business", N_("&Business"), 0, 1),
    ("email", N_("E-&mail"), 1, 0),
    ("phone", N_("Phon&e"), 1, 1),
    ("website", N_("&Website"), 2, 0),
)


class ProfileSection(QWidget):
    """``edited`` says that something is being typed."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit] = {}
        self.address = QPlainTextEdit()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(1))
        for name, caption, row, column in _FIELDS:
            field = QLineEdit()
            field.setMaxLength(200)
            field.textEdited.connect(self._typed)
            self.fields[name] = field
            _add_field(grid, _(caption), field, row, column)
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(4 * self.address.fontMetrics().lineSpacing() + space(3))
        self.address.textChanged.connect(self._typed)
        _add_field(grid, _("&Address"), self.address, 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def show_profile(self, profile: Profile) -> None:
        """Show what is kept; that is not editing it."""
        for name, field in self.fields.items():
            field.setText(getattr(profile, name))
        with QSignalBlocker(self.address):
            self.address.setPlainText(profile.address)

    def value(self, kept: Profile) -> Profile:
        """``kept`` with what is typed here."""
        texts: dict[str, Any] = {name: field.text().strip() for name, field in self.fields.items()}
        return replace(kept, **texts, address=self.address.toPlainText().strip())

    @Slot()
    def _typed(self) -> None:
        self.edited.emit()


def _add_field(grid: QGridLayout, caption: str, field: QWidget, row: int, column: int) -> None:
    field.setAccessibleName(caption.replace("&", ""))
    title = titled(caption, field)
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(title, row * 3, column)
    grid.addWidget(field, row * 3 + 1, column, top)
    grid.setRowMinimumHeight(row * 3 + 2, space(2))
