"""A list of sentences, a field each: typed one under the other, as on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.plan import MOST_ROWS
from fitcheck.i18n import _
from ui.plan.fields import Editor, GrowingField
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets.labels import label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowField(GrowingField):
    """Enter goes on to the next line, Backspace in an empty one takes it away, Alt+Up moves it."""

    entered = Signal()
    emptied = Signal()
    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        elif key == Qt.Key.Key_Backspace and not self.toPlainText():
            self.emptied.emit()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        plain_enter = event.key() in _ENTER and not event.modifiers()
        return not plain_enter and super()._leaves(event)


class _Row(QWidget):
    """A line with its mark, and a cross for the mouse; by keys, emptying a line takes it away."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.field = RowField(name, hint=hint)
        self.cross = QPushButton("×")
        self.cross.setAccessibleName(_("Remove"))
        self.cross.setToolTip(_("Remove"))
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self.cross, "cross")
        self.cross.setFixedWidth(space(6))
        self.mark = label("•", "quiet")
        self.mark.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.mark.setFixedWidth(space(3))
        self.mark.setContentsMargins(0, space(1.5) + 2, 0, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(self.mark)
        # At the top even before the layout has heard how high the text has become.
        layout.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)


class TextRows(Editor):
    """Sentences under each other, with an empty line at the end for another one.

    ``name`` names the list, ``hint`` stands in the empty line. Lines without words aren't kept.
    """

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self._name, self._hint = name, hint
        self.rows: list[_Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(space(1))
        self._tidy()

    def value(self) -> tuple[str, ...]:
        return tuple(text for row in self.rows if (text := row.field.written()))

    def show_value(self, value: tuple[str, ...]) -> None:
        if value != self.value():
            while len(self.rows) < len(value):
                self._insert(len(self.rows))
            for row, text in zip(self.rows, value, strict=False):
                row.field.show_text(text)
            for row in self.rows[len(value) :]:
                row.field.show_text("")
        self._tidy()

    def flush(self) -> None:
        for row in list(self.rows):
            row.field.flush()

    def entrance(self) -> QWidget:
        return self.rows[0].field

    # The lines

    def _insert(self, at: int) -> _Row:
        row = _Row(self._name, self._hint)
        field = row.field
        field.kept.connect(self.kept)
        field.left.connect(self.left)
        field.entered.connect(lambda: self._next(row))
        field.emptied.connect(lambda: self._drop_and_go_up(row))
        field.moved.connect(lambda by: self._move(row, by))
        row.cross.clicked.connect(lambda: self._remove(row))
        self.rows.insert(at, row)
        self._layout.insertWidget(at, row)
        row.show()  # at once: the focus may be on its way to it
        return row

    def _tidy(self) -> None:
        """Take empty lines away but for the one in hand and the last, and name all of them."""
        before = list(self.rows)
        for row in self.rows[:-1]:
            if not row.field.toPlainText().strip() and not row.field.hasFocus():
                self._drop(row)
        full = len(self.value()) >= MOST_ROWS
        if not self.rows or (self.rows[-1].field.written() and not full):
            self._insert(len(self.rows))
        for number, row in enumerate(self.rows, start=1):
            blank = not row.field.written()
            last = blank and row is self.rows[-1]
            name = _("{name}, line {number}").format(name=self._name, number=number)
            row.field.setAccessibleName(self._hint if last else name)
            row.field.setPlaceholderText(self._hint if last else "")
            row.mark.setText("+" if last else "•")
            row.cross.setEnabled(not last)
            row.cross.setText("" if last else "×")
        if self.rows != before:
            in_order(*self.rows)
            self.rearranged.emit()

    def _drop(self, row: _Row) -> None:
        self.rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _next(self, row: _Row) -> None:
        """On to an empty line: the one at the end, or a new one right here."""
        row.field.flush()
        if row not in self.rows or not row.field.written():
            return
        self._tidy()
        at = self.rows.index(row) + 1
        if at < len(self.rows) - 1 and len(self.value()) < MOST_ROWS:
            self._insert(at)
            in_order(*self.rows)
            self.rearranged.emit()
        if at < len(self.rows):
            self.rows[at].field.setFocus()

    def _drop_and_go_up(self, row: _Row) -> None:
        at = self.rows.index(row)
        row.field.flush()
        if row not in self.rows:
            return
        if at:
            above = self.rows[at - 1].field
            above.setFocus()
            above.moveCursor(above.textCursor().MoveOperation.End)
        elif len(self.rows) > 1:
            self.rows[1].field.setFocus()
        self._tidy()

    def _move(self, row: _Row, by: int) -> None:
        row.field.flush()
        texts, at = list(self.value()), self.rows.index(row)
        if at < len(texts) and 0 <= at + by < len(texts):
            texts.insert(at + by, texts.pop(at))
            self.show_value(tuple(texts))
            self.rows[at + by].field.setFocus()
            self.kept.emit()

    def _remove(self, row: _Row) -> None:
        row.field.flush()
        if row in self.rows:
            at = self.rows.index(row)
            focused = row.field.hasFocus()
            self._drop(row)
            self._tidy()
            if focused:
                self.rows[min(at, len(self.rows) - 1)].field.setFocus()
            self.kept.emit()
