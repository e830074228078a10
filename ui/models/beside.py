"""Prospects side by side as a table: a row for each thing compared, a column for each prospect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, assert_never

from PySide6.QtCore import QAbstractTableModel, QDate, QModelIndex, QPersistentModelIndex, Qt

from fitcheck.comparing import Column, SideBySide
from fitcheck.comparison_words import about_name
from fitcheck.domain.bank import Question, Side
from fitcheck.domain.beside import (
    AnswerRow,
    AxisRow,
    DealBreakerRow,
    FindingRow,
    OddsRow,
    Row,
)
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.moved import Given
from fitcheck.domain.posterior import Posterior
from fitcheck.i18n import _
from reports import words
from ui.models.prospects import day_text
from ui.widgets.labels import plain_tool_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What the delegate asks for beside the text."""

    CELL = Qt.ItemDataRole.UserRole
    SECTION = Qt.ItemDataRole.UserRole + 1
    DIFFERS = Qt.ItemDataRole.UserRole + 2
    MORE = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True)
class Cell:
    """``text`` says all of it. ``share`` is drawn as a bar, ``axis`` as a range on one scale.

    ``more`` is what is said in smaller words: the evidence of an answer, say.
    """

    text: str
    more: str = ""
    share: float | None = None
    axis: Posterior | None = None

    @property
    def spoken(self) -> str:
        return f"{self.text} ({self.more})" if self.more else self.text


@dataclass(frozen=True)
class Line:
    """A row as it is shown. A section has no cells; ``differs`` is ``None`` where nobody asks."""

    caption: str
    more: str = ""
    cells: tuple[Cell, ...] = ()
    differs: bool | None = None

    @property
    def section(self) -> bool:
        return not self.cells


def lines_of(side_by_side: SideBySide, *, only_differing: bool) -> list[Line]:
    """Every line, sections without any line left out."""
    table, columns = side_by_side.table, side_by_side.columns
    assert table is not None
    lines = [Line(_("Assessed"), "", tuple(map(_assessed, columns)))]
    title = ""
    for row in table.differing if only_differing else table.rows:
        if (section := _section(row)) != title:
            title = section
            lines.append(Line(title))
        lines.append(_line(row, columns))
    return lines


def _assessed(column: Column) -> Cell:
    assessment = column.judged.assessment
    day = QDate(assessment.date.year, assessment.date.month, assessment.date.day)
    return Cell(day_text(day), words.form_name(assessment.form))


def _section(row: Row) -> str:
    match row:
        case FindingRow():
            return _("What it came to")
        case OddsRow():
            return _("The odds of a match")
        case AxisRow():
            return _("What they rest on, with ranges")
        case DealBreakerRow():
            return _("Deal-breakers")
        case AnswerRow(question=question) if question.side is Side.PROSPECT:
            return words.their_side()
        case AnswerRow():
            return _("Answers, with their evidence")
        case _:
            assert_never(row)


def _line(row: Row, columns: Sequence[Column]) -> Line:
    match row:
        case FindingRow():
            found = tuple(
                Cell(
                    words.recommendation_name(value)
                    if isinstance(value, Recommendation)
                    else words.stance_name(value)
                )
                for value in row.values
            )
            return Line(about_name(row.about), "", found, row.differs)
        case OddsRow():
            odds = tuple(
                Cell(_("Not known yet"))
                if column.judged.judgement.recommendation is Recommendation.UNDECIDED
                else Cell(words.percent(share), share=share)
                for share, column in zip(row.values, columns, strict=True)
            )
            return Line(words.match_name(row.match), "", odds, row.differs)
        case AxisRow():
            ends = _("From {low} to {high}.").format(
                low=words.axis_ends(row.axis)[0], high=words.axis_ends(row.axis)[1]
            )
            apart = _("Two ranges lie apart: hardly chance.") if row.apart else ""
            ranges = tuple(Cell(words.range_text(each), axis=each) for each in row.values)
            more = " ".join(part for part in (ends, apart) if part)
            return Line(words.axis_name(row.axis), more, ranges, row.differs)
        case DealBreakerRow():
            states = tuple(
                Cell(words.deal_breaker_state_name(state) if state else _("Not asked about"))
                for state in row.values
            )
            return Line(words.bank_text(row.text), "", states, row.differs)
        case AnswerRow():
            question = row.question
            given = tuple(map(_given, row.asked, row.values))
            return Line(words.bank_text(question.facet.name), "", given, row.differs)
        case _:
            assert_never(row)


def _given(asked: Question, given: Given) -> Cell:
    evidence = words.evidence_name(given.evidence) if given.evidence else ""
    return Cell(words.answer_text(asked, given.value), evidence)


class BesideModel(QAbstractTableModel):
    """The names stand above, what is compared at the left."""

    def __init__(self) -> None:
        super().__init__()
        self.names: tuple[str, ...] = ()
        self.lines: list[Line] = []

    def show_lines(self, names: tuple[str, ...], lines: list[Line]) -> None:
        self.beginResetModel()
        self.names, self.lines = names, lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.names)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.lines[index.row()].section:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if line.section:
            return None
        cell = line.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell.spoken
            case Qt.ItemDataRole.ToolTipRole:
                name = self.names[index.column()]
                return plain_tool_tip(f"{name}, {line.caption}:\n{cell.spoken}")
            case Role.CELL:
                return cell
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        if across:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.names[section]
            if role == Qt.ItemDataRole.ToolTipRole:
                return plain_tool_tip(self.names[section])
            return None
        line = self.lines[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.caption
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tool_tip(f"{line.caption}\n{line.more}".strip())
            case Role.SECTION:
                return line.section
            case Role.DIFFERS:
                return line.differs
            case Role.MORE:
                return line.more
            case _:
                return None
