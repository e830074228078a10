"""What one thing of a plan is written in: a text, a day, one of a few.

All of them keep themselves, as :class:`ui.widgets.kept_field.KeptField` does: half a second after
the last key, and on being left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.theme import set_role, space
from ui.widgets.day_edit import DayEdit
from ui.widgets.kept_field import KEEP_AFTER, KeptField
from ui.widgets.unwheeled import unwheeled

EARLIEST = dt.date(2000, 1, 1)
"""No day of a plan lies before."""

_MOST_LINES = 12
"""A text is shown as high as it is, up to so many lines; then it scrolls."""

_TRAVELLING = (Qt.Key.Key_Z, Qt.Key.Key_Y)


class Editor(QWidget):
    """``kept`` says that :meth:`value` is to be kept; ``left`` that the person is done with it.

    ``rearranged``: something came into it or went, and Tab's way is to be laid anew.
    """

    kept = Signal()
    left = Signal()
    rearranged = Signal()

    def value(self) -> Any:
        """What stands in it, kept or not."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show ``value``, which is not editing it; what is the same stays untouched."""
        raise NotImplementedError

    def flush(self) -> None:
        """Have what is being typed kept now."""

    def entrance(self) -> QWidget:
        """Where the focus goes when it is to be edited."""
        raise NotImplementedError


class GrowingField(KeptField):
    """A text as high as what is written in it.

    What is typed is undone by the page, with everything else that was written: Ctrl+Z in it is the
    page's, or one would find one's way back in two places.
    """

    def __init__(self, name: str, *, lines: int = 1, hint: str = "") -> None:
        super().__init__(name, lines=lines, hint=hint)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._height = 0
        self._stands = ""
        self._grow()

    def show_text(self, text: str) -> None:
        super().show_text(text)
        self._stands = self.written()
        self._outline()

    def flush(self) -> None:
        # Qt says of a look, too, that the text has changed, and blanks around it say nothing.
        self._dirty = self._dirty and self.written() != self._stands
        self._stands = self.written()
        self._outline()
        super().flush()

    def _outline(self) -> None:
        """What is written shows where the field is; an empty one has to be seen itself."""
        set_role(self, "growing" if self._stands else "")

    def written(self) -> str:
        return self.toPlainText().strip()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    @Slot()
    def _grow(self) -> None:
        line = self.fontMetrics().lineSpacing()
        document, height = self.document(), 0.0
        block = document.begin()
        while block.isValid() and height <= _MOST_LINES * line:
            height += document.documentLayout().blockBoundingRect(block).height()
            block = block.next()
        rows = min(max(height, self._lines * line), _MOST_LINES * line)
        # The style sheet's padding and border, above and below.
        needed = round(rows) + 2 * (space(1.5) + 2)
        if needed != self._height:
            self._height = needed
            self.setFixedHeight(needed)
            # A layout that is about to give it its width doesn't look at it again by itself.
            QTimer.singleShot(0, self, self.updateGeometry)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.verticalScrollBar().maximum() > 0 and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # so that it goes on to the page, which scrolls

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and event.key() in _TRAVELLING
        ):
            event.ignore()
            return True
        return super().event(event)


class TextEditor(Editor):
    """A text of its own."""

    def __init__(self, name: str, *, lines: int = 1, hint: str = "") -> None:
        super().__init__()
        self.field = GrowingField(name, lines=lines, hint=hint)
        self.field.kept.connect(self.kept)
        self.field.left.connect(self.left)
        _only(self, self.field)

    def value(self) -> str:
        return self.field.written()

    def show_value(self, value: str) -> None:
        # Else a space at the end, which isn't kept, would go while one goes on typing.
        if value != self.value():
            self.field.show_text(value)

    def flush(self) -> None:
        self.field.flush()

    def entrance(self) -> QWidget:
        return self.field


class DayEditor(Editor):
    """A day, or none; ``preset`` is what is offered when one is wanted."""

    def __init__(self, name: str, caption: str, preset: dt.date) -> None:
        super().__init__()
        self.dated = QCheckBox(caption)
        self.dated.setAccessibleName(name)
        self.day = DayEdit(_("Date: {name}").format(name=name), preset, EARLIEST)
        unwheeled(self.day)
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self.flush)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        row.addWidget(self.dated)
        row.addWidget(self.day)
        row.addStretch(1)
        self.day.setEnabled(False)
        self.dated.clicked.connect(self._ticked)
        self.day.dateChanged.connect(self._edited)
        self.day.editingFinished.connect(self.flush)

    def value(self) -> dt.date | None:
        return self.day.day if self.dated.isChecked() else None

    def show_value(self, value: dt.date | None) -> None:
        if value == self.value():
            return
        self.dated.setChecked(value is not None)
        self.day.setEnabled(value is not None)
        if value is not None:
            blocked = self.day.blockSignals(True)
            self.day.show_day(value)
            self.day.blockSignals(blocked)

    @Slot()
    def flush(self) -> None:
        self._timer.stop()
        if self._dirty:
            self._dirty = False
            self.kept.emit()

    def entrance(self) -> QWidget:
        return self.dated

    @Slot()
    def _ticked(self) -> None:
        self.day.setEnabled(self.dated.isChecked())
        self._dirty = True
        self.flush()

    @Slot()
    def _edited(self) -> None:
        self._dirty = True
        self._timer.start()


class SureDayEditor(DayEditor):
    """A day that there always is."""

    def __init__(self, name: str, preset: dt.date) -> None:
        super().__init__(name, "", preset)
        self.dated.hide()
        self.dated.setChecked(True)
        self.day.setEnabled(True)
        self.day.setAccessibleName(name)

    def entrance(self) -> QWidget:
        return self.day


class ChoiceEditor(Editor):
    """One of a few values, by their captions."""

    def __init__(self, name: str, captions: Mapping[Any, str]) -> None:
        super().__init__()
        self._values = list(captions)
        self.box = QComboBox()
        self.box.setAccessibleName(name)
        self.box.addItems(list(captions.values()))
        unwheeled(self.box)
        self.box.activated.connect(self.kept)
        _only(self, self.box)

    def value(self) -> Any:
        return self._values[self.box.currentIndex()]

    def show_value(self, value: Any) -> None:
        self.box.setCurrentIndex(self._values.index(value))

    def entrance(self) -> QWidget:
        return self.box


def _only(editor: QWidget, inside: QWidget) -> None:
    layout = QVBoxLayout(editor)
    layout.setContentsMargins(0, 0, 0, 0)
    # At the top even before the layout has heard how high a text has become.
    layout.addWidget(inside, 0, Qt.AlignmentFlag.AlignTop)
