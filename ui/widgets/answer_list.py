"""The five described answers: large rows that are chosen by key or by mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from fitcheck.domain.bank import LEVELS
from fitcheck.i18n import _
from ui.theme import Theme, space
from ui.widgets.labels import plain_tool_tip

_TEXT_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_BEYOND = 16777215


class AnswerRow(QRadioButton):
    """One described answer with the key that chooses it.

    To a screen reader it is a radio button. The chosen one has a tick, a thicker edge and stronger
    type beside its colour.
    """

    def __init__(self, level: int, theme: Theme) -> None:
        super().__init__()
        self.level = level
        self._theme = theme
        self._answer, self._whole = "", ""
        self._tight = False
        # Reached with the arrows from the list, which is the one stop of the Tab key.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def answer(self) -> str:
        return self._answer

    def show_answer(self, text: str, whole: str) -> None:
        """Show ``text``; ``whole`` is the described answer where ``text`` is its short form."""
        if (text, whole) == (self._answer, self._whole):
            return  # or every answer that is given has the whole page laid out anew
        self._answer, self._whole = text, whole
        name = _("{key}: {answer}").format(key=self.level + 1, answer=text)
        self.setAccessibleName(name if text else str(self.level + 1))
        self.setAccessibleDescription(whole if whole != text else "")
        key = _("Key: {key}").format(key=self.level + 1)
        tip = f"{whole}\n{key}" if whole != text else key
        self.setToolTip(plain_tool_tip(tip) if text else "")
        self.updateGeometry()
        self.update()

    def restyle(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_tight(self, tight: bool) -> None:
        """Take no more room than the text needs, or as much as it looks best with."""
        self._tight = tight
        self.updateGeometry()
        self.update()

    def show_chosen(self, chosen: bool) -> None:
        """Mark it as chosen, or not: none of them may be, which exclusive buttons don't allow."""
        self.setAutoExclusive(False)
        blocked = self.blockSignals(True)
        self.setChecked(chosen)
        self.blockSignals(blocked)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # An exclusive button makes itself a stop of the Tab key.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def nextCheckState(self) -> None:
        """Which answer is chosen is the assessment's to say, not the click's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            super().keyPressEvent(event)
        else:
            event.ignore()  # the list knows what the arrows and Return do

    # Looks

    def painted_font(self, bold: bool = False) -> QFont:
        """The type that the answer is set in; ``bold`` is the stronger one of the chosen."""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * (1.0 if self._tight else 1.12))
        font.setWeight(QFont.Weight.Medium if bold else QFont.Weight.Normal)
        return font

    def _measures(self) -> tuple[int, int, int]:
        """Padding, width of the key's column, width of the tick's column."""
        em = QFontMetrics(self.painted_font()).height()
        if self._tight:
            return round(em * 0.06), round(em * 1.6), round(em * 0.9)
        return round(em * 0.36), round(em * 2.0), round(em * 1.7)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        padding, left, right = self._measures()
        room = QRect(0, 0, max(1, width - left - right), _BEYOND)
        # Measured in the stronger type, so that choosing never makes a row grow.
        metrics = QFontMetrics(self.painted_font(bold=True))
        text = metrics.boundingRect(room, int(_TEXT_FLAGS), self._answer)
        return max(text.height(), metrics.height()) + 2 * padding + 2

    def sizeHint(self) -> QSize:
        return QSize(420, self.heightForWidth(420))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, chosen = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _padding, left, right = self._measures()
        active = self.hasFocus()
        edge = theme.focus if active else theme.accent if chosen else theme.outline
        if self.underMouse() and not (active or chosen):
            edge = theme.edge
        thick = theme.ring if active else 2.0 if chosen or theme.strong else 1.0
        painter.setPen(QPen(QColor(edge), thick))
        painter.setBrush(QColor(theme.accent_soft if chosen else theme.surface))
        inset = thick / 2 + 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, 7, 7)
        self._paint_key(painter, QRectF(0, 0, left, self.height()), chosen)
        painter.setFont(self.painted_font(bold=chosen))
        painter.setPen(QColor(theme.text))
        text = self.rect().adjusted(left, 0, -right, 0)
        painter.drawText(text, int(_TEXT_FLAGS), self._answer)
        if chosen:
            self._paint_tick(painter, self.width() - right / 2)
        painter.end()

    def _paint_key(self, painter: QPainter, room: QRectF, chosen: bool) -> None:
        theme = self._theme
        font = self.painted_font(bold=True)
        font.setPointSizeF(self.font().pointSizeF())
        side = QFontMetrics(font).height() * 1.15
        cap = QRectF(0, 0, side, side)
        cap.moveCenter(room.center())
        painter.setPen(QPen(QColor(theme.accent if chosen else theme.edge), 1.0))
        painter.setBrush(QColor(theme.accent if chosen else theme.window))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(font)
        painter.setPen(QColor(theme.on_accent if chosen else theme.text))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), str(self.level + 1))

    def _paint_tick(self, painter: QPainter, x: float) -> None:
        size = QFontMetrics(self.painted_font()).height() * 0.28
        y = self.height() / 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(QColor(self._theme.accent), 2.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(x - size, y),
                    QPointF(x - size * 0.25, y + size * 0.75),
                    QPointF(x + size, y - size * 0.75),
                ]
            )
        )


class AnswerList(QWidget):
    """The answers of one question, the worst first.

    ``chosen`` carries the level that was asked for; ``confirmed`` says that Return was pressed
    where there was nothing left to choose. Up and Down move among the rows.
    """

    chosen = Signal(int)
    confirmed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ringed = False
        self.rows = tuple(AnswerRow(level, theme) for level in range(LEVELS))
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(space(1.5))
        for row in self.rows:
            layout.addWidget(row)
            row.clicked.connect(self._clicked)
            # All that a screen reader does to a radio button is to check it, without a click.
            row.toggled.connect(self._clicked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.describe()

    @property
    def level(self) -> int | None:
        """The level that is marked as chosen."""
        return next((row.level for row in self.rows if row.isChecked()), None)

    def show_answers(self, question: str, texts: Sequence[str], whole: Sequence[str]) -> None:
        """Show five texts; ``whole`` are the described answers that they stand for.

        ``question`` is read out by a screen reader when the answers are reached.
        """
        self.setAccessibleName(question)
        for row, text, full in zip(self.rows, texts, whole, strict=True):
            row.show_answer(text, full)

    def describe(self, *more: str) -> None:
        """What a screen reader says after the question: ``more``, and what can be done."""
        told = _("Five described answers; the keys 1 to 5 choose one.")
        self.setAccessibleDescription(". ".join([*filter(None, more), told]))

    def hide_level(self) -> None:
        """Mark nothing, nor let the focus tell what was chosen."""
        if self._cursor() is not None:
            self.setFocus()
        self.show_level(None)

    def show_level(self, level: int | None) -> None:
        """Mark a level as chosen, or none."""
        for row in self.rows:
            row.show_chosen(row.level == level)
        if level is not None and (self.hasFocus() or self._cursor() is not None):
            self.rows[level].setFocus()

    def take_focus(self) -> None:
        """Stand at the chosen answer, or before the first where none is."""
        row = self.level
        (self.rows[row] if row is not None else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_tight(self, tight: bool) -> None:
        """Set the rows close to each other, or as far apart as looks best."""
        self._rows.setSpacing(space(0.5) if tight else space(1.5))
        for row in self.rows:
            row.set_tight(tight)
        self.updateGeometry()  # at once: who measures next doesn't wait for the layouts

    def restyle(self, theme: Theme) -> None:
        self._theme = theme
        for row in self.rows:
            row.restyle(theme)
        self.update()

    def _cursor(self) -> int | None:
        return next((row.level for row in self.rows if row.hasFocus()), None)

    @Slot()
    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, AnswerRow):
            self.chosen.emit(row.level)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self._cursor()
        if event.key() == Qt.Key.Key_Down:
            self.rows[0 if here is None else min(here + 1, LEVELS - 1)].setFocus()
        elif event.key() == Qt.Key.Key_Up:
            self.rows[LEVELS - 1 if here is None else max(here - 1, 0)].setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            if here is None or here == self.level:
                self.confirmed.emit()
            else:
                self.chosen.emit(here)
        else:
            super().keyPressEvent(event)

    # Neither hands the event on: Qt would paint all five rows anew, with each answer that is given.

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_tab = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        # A ring only for those who walk with Tab: who presses 1 to 5 needs none.
        self._show_ring(event.reason() in by_tab)
        if event.reason() is Qt.FocusReason.TabFocusReason and self.level is not None:
            self.rows[self.level].setFocus(Qt.FocusReason.TabFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._show_ring(False)

    def _show_ring(self, ringed: bool) -> None:
        if ringed is not self._ringed:
            self._ringed = ringed
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ringed and self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.focus), self._theme.ring))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
            painter.end()
