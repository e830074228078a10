"""How a page of the guide looks: Qt reads the Markdown, and this gives it the program's type."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from ui.theme import MONOSPACED, Theme, space

_SIZES = {1: 1.9, 2: 1.35, 3: 1.12}
"""Of headings, beside the text's."""

_LINE = 132
"""The height of a line, in hundredths of the type's."""

_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """Every paragraph, heading and cell, one after the other."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def dress(document: QTextDocument, theme: Theme) -> None:
    """Give ``document``, which was read from Markdown, the looks of ``theme``."""
    points = document.defaultFont().pointSizeF()
    for block in blocks(document):
        _block(QTextCursor(block), block, theme, points)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _table(frame, theme)


def _block(cursor: QTextCursor, block: QTextBlock, theme: Theme, points: float) -> None:
    shape = block.blockFormat()
    level = shape.headingLevel()
    code = _code(block)
    in_table = cursor.currentTable() is not None
    if level:
        shape.setTopMargin(space(2 if level == 1 else 6))
        shape.setBottomMargin(space(2))
        letters = QTextCharFormat()
        letters.setFontPointSize(points * _SIZES.get(level, 1.0))
        letters.setFontWeight(QFont.Weight.DemiBold)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)
    elif code is not None:
        shape.setBackground(QBrush(QColor(theme.window)))
        shape.setLeftMargin(space(3))
        shape.setRightMargin(space(3))
        shape.setNonBreakableLines(False)
        if _code(block.next()) != code:
            shape.setBottomMargin(space(3))
    elif not in_table:
        if _PICTURE not in block.text():
            shape.setLineHeight(_LINE, _PROPORTIONAL)
        shape.setTopMargin(0)
        shape.setBottomMargin(space(3 if block.textList() is None else 1))
    cursor.setBlockFormat(shape)
    _letters(block, theme)


def _code(block: QTextBlock) -> str | None:
    """The language of a line of code, "" where none is said; None for all else."""
    shape = block.blockFormat()
    fence, language = (
        shape.property(mark.value)
        for mark in (QTextFormat.Property.BlockCodeFence, QTextFormat.Property.BlockCodeLanguage)
    )
    return str(language or "") if fence or language is not None else None


def _letters(block: QTextBlock, theme: Theme) -> None:
    """Type for code, and the accent for links, wherever they are in a paragraph."""
    changes = []
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        shape, letters = piece.charFormat(), QTextCharFormat()
        if shape.isAnchor():
            letters.setForeground(QBrush(QColor(theme.accent)))
            letters.setFontUnderline(True)
        if "monospace" in (shape.fontFamilies() or ()):
            letters.setFontFamilies([MONOSPACED])
            letters.setFontFixedPitch(False)
        if shape.fontWeight() > QFont.Weight.DemiBold:
            letters.setFontWeight(QFont.Weight.DemiBold)  # the boldest that is shipped
        if letters.propertyCount():
            changes.append((piece.position(), piece.length(), letters))
        pieces += 1
    for start, length, letters in changes:
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)


def _table(table: QTextTable, theme: Theme) -> None:
    shape = QTextTableFormat()
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QBrush(QColor(theme.line)))
    shape.setBorderCollapse(True)
    shape.setCellPadding(space(1.5))
    shape.setCellSpacing(0)
    shape.setTopMargin(space(1))
    shape.setBottomMargin(space(4))
    # Columns are rounded up, and a pixel too many would be a bar to scroll sideways.
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 99.5))
    shape.setHeaderRowCount(1)
    table.setFormat(shape)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        letters = cell.format()
        letters.setBackground(QBrush(QColor(theme.window)))
        cell.setFormat(letters)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(bold)
