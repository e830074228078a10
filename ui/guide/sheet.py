"""One page of the guide after the other, with the way back, and what is looked for marked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QImage,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from fitcheck import guide
from fitcheck.guide import Place
from fitcheck.i18n import _
from ui.guide.dress import blocks, dress
from ui.theme import Theme, space
from ui.widgets.labels import plain_tool_tip

_WIDEST = 215
"""How wide a line of the guide may be, in units of ``space``."""

_MARGIN = 6
"""Round the text, in the same measure."""

_PICTURES = "pictures/"


@dataclass
class _Visit:
    place: Place
    scrolled: int = 0


class GuideSheet(QTextBrowser):
    """``turned`` says that another page is shown, ``found`` which of how many places is marked."""

    turned = Signal(str)
    found = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._visits: list[_Visit] = []
        self._at = -1
        self._wanted = ""
        self._hits: list[QTextCursor] = []
        self._chosen = 0
        self._has_pictures = False
        self._room_made_for = 0
        self._stood = 0
        self._shown: QTextDocument | None = None
        # Room that came and went with it would make the pictures larger and smaller in turn.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # Where a link leads is decided here, and nothing is ever fetched.
        self.setOpenLinks(False)
        self.setAccessibleName(_("Page of the guide"))
        self.ensurePolished()
        self.anchorClicked.connect(self._follow)
        self.highlighted.connect(self._tell_address)

    # Going about

    @property
    def page(self) -> str:
        """The page that is shown."""
        return self._visits[self._at].place.page if self._visits else ""

    @property
    def may_go_back(self) -> bool:
        return self._at > 0

    @property
    def may_go_on(self) -> bool:
        return self._at < len(self._visits) - 1

    def go_to(self, place: Place) -> None:
        """Show a page; what was gone back from is forgotten."""
        self._leave()
        self._visits = [*self._visits[: self._at + 1], _Visit(place)]
        self._at += 1
        self._show(place)
        self._stand(place)

    @Slot()
    def go_back(self) -> None:
        """To the page that was shown before, where one stood on it."""
        if self.may_go_back:
            self._walk(-1)

    @Slot()
    def go_on(self) -> None:
        """To the page that was gone back from."""
        if self.may_go_on:
            self._walk(1)

    def _walk(self, by: int) -> None:
        self._leave()
        self._at += by
        visit = self._visits[self._at]
        self._show(visit.place)
        self.verticalScrollBar().setValue(visit.scrolled)

    def _leave(self) -> None:
        if self._visits:
            self._visits[self._at].scrolled = self.verticalScrollBar().value()

    def _show(self, place: Place) -> None:
        # A document of its own: dressing one that is shown would lay it out at every step.
        before, document = self._shown, QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(space(_MARGIN))
        self._has_pictures = f"]({_PICTURES}" in guide.text(place.page)
        self._room_made_for = self._room()
        document.setMarkdown(
            guide.text(place.page), QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        )
        dress(document, self._theme)
        self.setDocument(document)
        self._shown = document
        if before is not None:
            before.deleteLater()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        # Laid out to its end, or one couldn't scroll there yet.
        document.documentLayout().documentSize()
        self._look()
        self.turned.emit(place.page)

    def _stand(self, place: Place) -> None:
        """Scroll so that the place's heading is at the top."""
        number = guide.heading_number(place)
        headings = (b for b in blocks(self.document()) if b.blockFormat().headingLevel())
        block = None if number is None else next(islice(headings, number, None), None)
        top = 0.0
        if block is not None:
            top = self.document().documentLayout().blockBoundingRect(block).top()
            self.setTextCursor(QTextCursor(block))
        self.verticalScrollBar().setValue(int(top) - space(3))
        self._stood = self.verticalScrollBar().value()

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        if url.scheme():
            # The browser of the system, and only because it was clicked on.
            QDesktopServices.openUrl(url)
            return
        place = Place.of(url.toString(), self.page)
        try:
            guide.text(place.page)
        except OSError:
            return  # a document of the sources, which isn't part of the guide
        self.go_to(place)

    @Slot(QUrl)
    def _tell_address(self, url: QUrl) -> None:
        self.setToolTip(plain_tool_tip(url.toString()) if url.scheme() else "")

    def restyle(self, theme: Theme) -> None:
        """Wear another look, where one stands."""
        self._theme = theme
        self._show_again()

    def _show_again(self) -> None:
        self._leave()
        visit = self._visits[self._at]
        stands_still = visit.scrolled == self._stood
        self._show(visit.place)
        if stands_still:  # the heading may be higher up now, or lower down
            self._stand(visit.place)
        else:
            self.verticalScrollBar().setValue(visit.scrolled)

    # Looking for words

    def look_for(self, wanted: str) -> None:
        """Mark every place where ``wanted`` stands, and show the first."""
        self._wanted = wanted
        self._look()
        self._step(0)

    @Slot()
    def next_place(self) -> None:
        self._step(1)

    @Slot()
    def previous_place(self) -> None:
        self._step(-1)

    def _look(self) -> None:
        words = self._wanted.split()
        whole = " ".join(words)
        self._hits = self._places(whole)
        if not self._hits and len(words) > 1:
            hits = [hit for word in words for hit in self._places(word)]
            self._hits = sorted(hits, key=QTextCursor.selectionStart)
        self._chosen = 0
        self._mark()

    def _places(self, wanted: str) -> list[QTextCursor]:
        places: list[QTextCursor] = []
        document = self.document()
        cursor = QTextCursor(document)
        while wanted and not (cursor := document.find(wanted, cursor)).isNull():
            places.append(QTextCursor(cursor))
        return places

    def _step(self, by: int) -> None:
        if self._hits:
            self._chosen = (self._chosen + by) % len(self._hits)
            place = QTextCursor(self._hits[self._chosen])
            place.setPosition(place.selectionStart())
            self.setTextCursor(place)
            self.ensureCursorVisible()
        self._mark()

    def _mark(self) -> None:
        marks = []
        for number, hit in enumerate(self._hits):
            mark = QTextEdit.ExtraSelection()
            ground = self._theme.accent if number == self._chosen else self._theme.accent_soft
            ink = self._theme.on_accent if number == self._chosen else self._theme.text
            mark.format.setBackground(QColor(ground))
            mark.format.setForeground(QColor(ink))
            mark.cursor = hit
            marks.append(mark)
        self.setExtraSelections(marks)
        self.found.emit(self._chosen + 1 if self._hits else 0, len(self._hits))

    # Room and pictures

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        name = url if isinstance(url, str) else url.toString()
        if kind != QTextDocument.ResourceType.ImageResource.value or not name.startswith(_PICTURES):
            return None  # nothing else is part of a page
        try:
            picture = QImage.fromData(guide.picture(name.removeprefix(_PICTURES)))
        except OSError:
            return None
        ratio = self.devicePixelRatioF()
        width = round(min(picture.width(), self._room()) * ratio)
        if width < picture.width():
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaledToWidth(width, smooth)
        picture.setDevicePixelRatio(picture.width() / (width / ratio))
        return picture

    def _room(self) -> int:
        """How wide a picture may be."""
        return max(self.viewport().width() - 2 * space(_MARGIN) - space(2), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        spare = max(0, self.width() - space(_WIDEST))
        margins = self.viewportMargins()
        if margins.left() != spare // 2:
            self.setViewportMargins(spare // 2, 0, spare - spare // 2, 0)
        super().resizeEvent(event)
        if self._has_pictures and self._room_made_for != self._room():
            self._show_again()
