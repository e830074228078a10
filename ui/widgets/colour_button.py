"""A colour, chosen from a dialog or written as ``#rrggbb``."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from fitcheck.domain.profile import is_accent
from fitcheck.i18n import _
from ui.theme import space


class ColourButton(QWidget):
    """``changed`` gives a colour that a person chose; half-written ones are never given."""

    changed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._colour = "#000000"
        self.button = QPushButton(_("Choose…"))
        self.button.setAccessibleName(_("{name}: choose").format(name=name))
        self.field = QLineEdit()
        self.field.setMaxLength(7)
        self.field.setFixedWidth(space(26))
        self.field.setAccessibleName(_("{name} as #rrggbb").format(name=name))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addWidget(self.button)
        layout.addWidget(self.field)
        layout.addStretch(1)
        self.button.clicked.connect(self._choose)
        self.field.textEdited.connect(self._written)

    @property
    def colour(self) -> str:
        return self._colour

    def show_colour(self, colour: str) -> None:
        """Show ``colour`` as what stands; that is no change by a person."""
        self._colour = colour
        if self.field.text().lower() != colour:
            self.field.setText(colour)
        self._mark(valid=True)
        size, ratio = QSize(space(5), space(5)), self.devicePixelRatioF()
        swatch = QPixmap(size * ratio)
        swatch.setDevicePixelRatio(ratio)
        swatch.fill(QColor(colour))
        painter = QPainter(swatch)
        painter.setPen(self.palette().dark().color())
        painter.drawRect(QRect(QPoint(), size).adjusted(0, 0, -1, -1))
        painter.end()
        self.button.setIcon(QIcon(swatch))
        self.button.setIconSize(size)

    @Slot()
    def _choose(self) -> None:
        chosen = QColorDialog.getColor(QColor(self._colour), self, self._name)
        if chosen.isValid():
            self.show_colour(chosen.name())
            self.changed.emit(chosen.name())

    @Slot(str)
    def _written(self, text: str) -> None:
        colour = text.strip().lower()
        if not colour.startswith("#"):
            colour = f"#{colour}"
        if is_accent(colour):
            self.show_colour(colour)
            self.changed.emit(colour)
        else:
            self._mark(valid=False)

    def _mark(self, *, valid: bool) -> None:
        self.field.setProperty("invalid", not valid)
        self.field.setToolTip("" if valid else _("A colour looks like #1f5f5b"))
        self.field.style().polish(self.field)
