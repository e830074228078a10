"""F1 opens the guide at the page that belongs to what is shown, and one goes about in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFont, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QListWidget,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fitcheck import guide
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.guide import START, Place
from fitcheck.i18n import language
from fitcheck.services import FitCheck
from tests.ui.test_session_dialogs import our_dialogs
from ui import front_window, page_set
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.crash import CrashDialog
from ui.dialogs.guide import GuideDialog
from ui.dialogs.progress import ProgressDialog
from ui.dialogs.prospect import NewProspectDialog
from ui.front_window import FrontWindow
from ui.guide import topics
from ui.guide.asking import help_in_front
from ui.guide.dress import blocks
from ui.guide.sheet import GuideSheet
from ui.main_window import MainWindow
from ui.messages import MessageWindow
from ui.pages import rescue, unlock, welcome
from ui.theme import apply_theme, make_theme

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]

OF_WHAT_IS_BELOW: set[type[QDialog]] = {ConfirmDialog, MessageWindow, ProgressDialog, GuideDialog}
"""Dialogs without a subject of their own."""


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow) -> GuideDialog:
    """The guide, at the page of the list."""
    dialog = GuideDialog(window, window.context.theme, Place("list.md"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def shown(window: QWidget) -> GuideDialog:
    (dialog,) = window.findChildren(GuideDialog)
    return dialog


# The right page


def test_every_page_and_every_dialog_has_a_place_in_the_guide_that_there_is() -> None:
    assert topics.PAGES.keys() == set(page_set.NAMES)
    in_front = {welcome.WelcomePage, unlock.UnlockPage, rescue.RescuePage}
    kinds = our_dialogs() | in_front | {front_window.NotLockedPage}
    assert topics.WIDGETS.keys() == {kind.__name__ for kind in kinds - OF_WHAT_IS_BELOW}
    assert CrashDialog.__name__ in topics.WIDGETS
    for link in (*topics.PAGES.values(), *topics.WIDGETS.values()):
        place = Place.of(link)
        assert place.page in guide.contents(), link
        assert not place.heading or place.heading in guide.anchors(place.page), link


def test_f1_opens_it_at_what_is_shown_and_the_same_window_turns_to_the_next(
    window: MainWindow,
) -> None:
    QTest.keyClick(window.prospects.search, Qt.Key.Key_F1)
    dialog = shown(window)
    assert dialog.sheet.page == "list.md"
    assert not dialog.isModal()
    # Otherwise Qt would add the application's name, on some systems.
    assert dialog.windowTitle().endswith(QApplication.applicationDisplayName())
    window.show_page("settings")
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert shown(window) is dialog
    assert dialog.sheet.page == "settings.md"
    dialog.close()


def test_over_a_dialog_that_waits_it_opens_at_what_that_is_about(
    window: MainWindow, when_asked: WhenAsked
) -> None:
    seen: list[tuple[str, bool]] = []

    def ask(dialog: NewProspectDialog) -> None:
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_F1)
        there = shown(dialog)
        # It could be used though the dialog below waits.
        seen.append((there.sheet.page, there.isModal() and there.isVisible()))
        there.close()
        dialog.reject()

    when_asked(NewProspectDialog, ask)
    window.prospects.acts.new_prospect()
    assert seen == [("first-prospect.md", True)]


def test_a_message_is_about_what_lies_below_it(qtbot: QtBot, window: MainWindow) -> None:
    over = ConfirmDialog(NewProspectDialog(window), "Sure?", "Nothing is lost.", "Yes")
    qtbot.addWidget(over)
    assert topics.place_of(over) == Place("first-prospect.md", "begin")
    assert topics.place_of(ConfirmDialog(window, "", "", "")) == Place("list.md")
    assert topics.place_of(None) == Place(START)


def test_before_the_book_is_open_it_is_there_but_never_over_a_mere_cover(qtbot: QtBot) -> None:
    front = FrontWindow()
    qtbot.addWidget(front)
    help_in_front(front, make_theme)
    front.show_page(QWidget())
    front.show()

    def active() -> bool:
        front.activateWindow()
        return front.isActiveWindow()

    qtbot.waitUntil(active)
    QTest.keyClick(front, Qt.Key.Key_F1)
    assert front.findChildren(GuideDialog) == []
    front.show_page(front_window.NotLockedPage("It is full."))
    QTest.keyClick(front, Qt.Key.Key_F1)
    assert shown(front).sheet.page == "disk.md"


def test_it_stays_shut_while_the_interview_is_quiet(window: MainWindow, fitcheck: FitCheck) -> None:
    prospect = fitcheck.add_prospect(Prospect("Ada Bell"))
    window.open_assessment(fitcheck.begin_assessment(prospect, Form.EVENT))
    QTest.keyClick(window.pages["interview"], Qt.Key.Key_F1)
    assert window.findChildren(GuideDialog) == []


# Going about


def test_every_page_is_shown_with_its_headings_and_without_marks(opened: GuideDialog) -> None:
    for row, (page, title) in enumerate(guide.contents().items()):
        opened.pages.setCurrentRow(row)
        assert opened.pages.item(row).text() == title
        assert opened.sheet.page == page
        text = opened.sheet.toPlainText()
        assert "](" not in text, page
        assert "**" not in text, page
        assert text.splitlines()[0].strip("`") in guide.text(page).replace("`", "")


def test_in_german_all_of_it_is_german_and_a_place_is_found_by_its_number(
    window: MainWindow, qtbot: QtBot
) -> None:
    with language("de"):
        dialog = GuideDialog(window, window.context.theme, Place("protection.md", "lock-it"))
        qtbot.addWidget(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.show()
        sheet = dialog.sheet
        assert dialog.windowTitle() == "Handbuch – FitCheck"
        assert dialog.pages.currentItem().text() == "Das Buch schützen"
        assert sheet.textCursor().block().text() == "Sperren"
        assert sheet.verticalScrollBar().value() > 0
        assert _cut(dialog.pages) == []
        for page in guide.contents():
            dialog.go_to(Place(page))
            found = [b for b in blocks(sheet.document()) if b.blockFormat().headingLevel()]
            assert [guide.anchor(b.text()) for b in found] == list(guide.anchors(page))
            text = sheet.toPlainText()
            assert "](" not in text, page
            assert "**" not in text, page
            for link in set(_links(sheet)):
                place = Place.of(QUrl(link).toString(), page)
                found_there = not place.heading or guide.heading_number(place) is not None
                assert "://" in link or link.startswith("../..") or found_there, (page, link)
        dialog.field.setText("Schlüsselbund nichts")
        assert sheet.page in guide.search("Schlüsselbund nichts")
        assert dialog.places.text().startswith("1 von ")


def _cut(titles: QListWidget) -> list[str]:
    """The titles for which their lines leave too little room, beside the style's padding."""
    cut, wrapped = [], Qt.TextFlag.TextWordWrap
    for row in range(titles.count()):
        item, option = titles.item(row), QStyleOptionViewItem()
        titles.initViewItemOption(option)
        option.rect = titles.visualItemRect(item) & titles.viewport().rect().adjusted(0, 0, 0, 9999)
        option.text = item.text()
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
        part = QStyle.SubElement.SE_ItemViewItemText
        room = titles.style().subElementRect(part, option, titles)
        needed = titles.fontMetrics().boundingRect(0, 0, room.width(), 999, wrapped, item.text())
        if needed.height() > room.height() or needed.width() > room.width():
            cut.append(item.text())
    return cut


def _links(sheet: GuideSheet) -> Iterator[str]:
    """Where the links of the shown page lead, as Qt has read them."""
    for block in blocks(sheet.document()):
        pieces = block.begin()
        while not pieces.atEnd():
            if pieces.fragment().charFormat().isAnchor():
                yield pieces.fragment().charFormat().anchorHref()
            pieces += 1


def test_links_lead_on_and_the_keys_back_and_forth_to_where_one_stood(opened: GuideDialog) -> None:
    sheet = opened.sheet
    assert not opened.back_button.isEnabled()
    sheet.verticalScrollBar().setValue(40)
    sheet.anchorClicked.emit(QUrl("follow-ups.md#in-your-calendar"))
    assert sheet.page == "follow-ups.md"
    there = sheet.verticalScrollBar().value()
    assert there > 0
    assert sheet.textCursor().block().text() == "In your calendar"
    QTest.keyClick(sheet, Qt.Key.Key_Left, ALT)
    assert (sheet.page, sheet.verticalScrollBar().value()) == ("list.md", 40)
    assert opened.on_button.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Right, ALT)
    assert (sheet.page, sheet.verticalScrollBar().value()) == ("follow-ups.md", there)
    current = opened.pages.currentItem()
    assert current.text() == guide.contents()["follow-ups.md"]


def test_only_a_click_opens_the_browser_and_nothing_leads_out_of_the_guide(
    opened: GuideDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()))
    opened.go_to(Place("own-questions.md"))
    assert asked == []
    opened.sheet.anchorClicked.emit(QUrl("https://toml.io"))
    assert asked == ["https://toml.io"]
    opened.sheet.anchorClicked.emit(QUrl("../threats.md"))
    assert (opened.sheet.page, len(asked)) == ("own-questions.md", 1)
    kind = QTextDocument.ResourceType
    for address in ("file:///etc/hostname", "https://toml.io/logo.png", "pictures/none.png"):
        assert opened.sheet.loadResource(kind.ImageResource.value, QUrl(address)) is None
    assert opened.sheet.loadResource(kind.StyleSheetResource.value, QUrl("pictures/x")) is None


def test_what_is_looked_for_is_found_on_every_page_and_marked_place_by_place(
    opened: GuideDialog,
) -> None:
    QTest.keyClick(opened.sheet, Qt.Key.Key_F, CONTROL)
    assert opened.focusWidget() is opened.field
    QTest.keyClicks(opened.field, "recovery key")
    pages = [opened.pages.item(row).text() for row in range(opened.pages.count())]
    assert 1 < len(pages) < len(guide.contents())
    assert opened.sheet.page in guide.search("recovery key")
    opened.sheet.go_to(Place("protection.md"))
    marks = opened.sheet.extraSelections()
    assert len(marks) > 2
    begun = opened.places.text()
    QTest.keyClick(opened.field, Qt.Key.Key_Return)
    QTest.keyClick(opened.sheet, Qt.Key.Key_F3)
    assert opened.places.text() == f"3 of {len(marks)}"
    QTest.keyClick(opened.sheet, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert opened.places.text() == f"2 of {len(marks)}"
    assert begun == f"1 of {len(marks)}"
    opened.field.setText("xyzzy")
    assert (opened.pages.count(), opened.places.text()) == (0, "Not found")
    opened.field.clear()
    assert opened.pages.count() == len(guide.contents())
    assert opened.sheet.extraSelections() == []


def _fits(sheet: GuideSheet) -> bool:
    fits = sheet.document().size().width() <= sheet.viewport().width()
    return fits and sheet.horizontalScrollBar().maximum() == 0


def test_no_page_has_to_be_scrolled_sideways_at_any_size_of_window_or_text(
    qtbot: QtBot, qapp: QApplication
) -> None:
    usual = QFont(qapp.font())
    pictures = next(page for page in guide.contents() if "](pictures/" in guide.text(page))
    tables = "how-fitcheck-judges.md"
    try:
        for times, widths in ((1, (0, 1100, 700)), (2, (1280, 1100))):
            large = QFont(usual)
            large.setPointSizeF(times * usual.pointSizeF())
            qapp.setFont(large)
            apply_theme(qapp, make_theme())
            for page in (pictures, tables):
                dialog = GuideDialog(None, make_theme(), Place(page))
                qtbot.addWidget(dialog)
                dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
                dialog.show()
                for width in widths:
                    dialog.resize(width or dialog.width(), 600)
                    # Qt lays out what isn't in sight a little later.
                    qtbot.waitUntil(partial(_fits, dialog.sheet))
    finally:
        qapp.setFont(usual)
        apply_theme(qapp, make_theme())


def test_another_look_is_worn_at_once(window: MainWindow, opened: GuideDialog) -> None:
    dark = make_theme(dark=True)
    opened.go_to(Place("keys.md"))
    opened.restyle(dark)
    html = opened.sheet.toHtml()
    assert dark.line in html
    assert window.context.theme.line not in html
