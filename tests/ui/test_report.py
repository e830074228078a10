"""The report page: real pages of a real PDF, saved and printed as they are shown."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition, PrivateFile, ProspectEdition, Report
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from reports.render import render
from tests.ui.conftest import render_empty_sheet
from ui.context import Context
from ui.messages import MessageWindow
from ui.pages.report import ReportPage
from ui.press import InThisProcess, Press
from ui.widgets.pdf_output import print_pages, write_whole

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SLOW = 60_000
"""Milliseconds: the first document of a run loads the fonts."""


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect_id = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    interview = fitcheck.interview(fitcheck.begin_assessment(prospect_id, Form.EVENT))
    for question in interview.questions:
        interview.set_value(question.id, 4)
    interview.set_note(interview.question.id, "for my eyes only")
    interview.finish()
    return interview


class Recorder:
    """Renders sheets of plain paper and remembers what it was asked for."""

    def __init__(self, render_empty: Callable[[Report, Paper], bytes]) -> None:
        self._render = render_empty
        self.asked: list[tuple[Report, Paper]] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.error: Exception | None = None

    def __call__(self, report: Report, paper: Paper) -> bytes:
        self.asked.append((report, paper))
        self.may_go_on.wait(30)
        if self.error:
            raise self.error
        return self._render(report, paper)


@pytest.fixture
def recorder(context: Context) -> Iterator[Recorder]:
    recorder = Recorder(render_empty_sheet)
    context.press = Press(lambda: InThisProcess(recorder))
    yield recorder
    recorder.may_go_on.set()
    context.press.close()


@pytest.fixture
def page(qtbot: QtBot, context: Context, interview: Interview) -> ReportPage:
    page = ReportPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 660)
    page.set_interview(interview)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def shown(page: ReportPage) -> bool:
    return page.view.isVisible() and page.view.drawn


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(sheet.get_textpage().get_text_range() for sheet in document)


def test_real_pages_appear_and_the_saved_file_can_be_read(
    page: ReportPage, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    context.press = Press(lambda: InThisProcess(render))
    page.enter()
    assert page.making.progress.isVisible()
    qtbot.waitUntil(lambda: shown(page), timeout=SLOW)
    assert page.private_banner.isVisible()
    sheet = page.view.views[0].image
    assert sheet is not None
    small = sheet.scaled(80, 120)
    colours = {small.pixelColor(x, y).name() for x in range(80) for y in range(120)}
    assert len(colours) > 10, "the first page is blank"
    file = tmp_path / "file.pdf"
    assert page.out.save_to(file)
    assert "for my eyes only" in text_of(file.read_bytes())

    QTest.mouseClick(page.chips[Edition.PROSPECT], LEFT)
    qtbot.waitUntil(lambda: shown(page), timeout=SLOW)
    assert not page.private_banner.isVisible()
    assert page.out.save_to(file)
    read = text_of(file.read_bytes())
    assert "Petra Lindqvist" in read
    assert "for my eyes only" not in read


def test_it_is_made_again_only_if_something_changed(
    page: ReportPage, recorder: Recorder, interview: Interview, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    page.enter()
    qtbot.waitUntil(lambda: shown(page))
    page.leave()
    page.enter()
    assert shown(page)
    assert len(recorder.asked) == 1
    interview.set_note(interview.question.id, "another note")
    page.enter()
    qtbot.waitUntil(lambda: shown(page) and len(recorder.asked) == 2)
    fitcheck.save_preferences(replace(fitcheck.preferences, paper=Paper.LETTER))
    page.enter()
    qtbot.waitUntil(lambda: shown(page) and len(recorder.asked) == 3)
    assert recorder.asked[2][1] is Paper.LETTER


def test_the_chooser_names_the_edition_in_hand(
    page: ReportPage, recorder: Recorder, qtbot: QtBot
) -> None:
    page.enter()
    qtbot.waitUntil(lambda: shown(page))
    assert isinstance(recorder.asked[-1][0], PrivateFile)
    assert page.chips[Edition.PRIVATE].text().startswith("✓")
    QTest.mouseClick(page.chips[Edition.PROSPECT], LEFT)
    qtbot.waitUntil(lambda: shown(page))
    assert isinstance(recorder.asked[-1][0], ProspectEdition)
    assert page.chips[Edition.PROSPECT].text().startswith("✓")
    assert not page.chips[Edition.PRIVATE].isChecked()


def test_making_it_can_be_cancelled_and_begun_again(
    page: ReportPage, recorder: Recorder, qtbot: QtBot
) -> None:
    recorder.may_go_on.clear()
    page.enter()
    qtbot.waitUntil(lambda: len(recorder.asked) == 1)
    QTest.keyClick(page.making.cancel_button, Key.Key_Space)
    assert page.again_button.isVisible()
    assert not page.save_button.isEnabled()
    recorder.may_go_on.set()
    QTest.mouseClick(page.again_button, LEFT)
    qtbot.waitUntil(lambda: shown(page))
    assert len(recorder.asked) == 2


def test_leaving_while_it_is_made_lets_it_be_made_and_coming_back_finds_it(
    page: ReportPage, recorder: Recorder, qtbot: QtBot
) -> None:
    recorder.may_go_on.clear()
    page.enter()
    qtbot.waitUntil(lambda: len(recorder.asked) == 1)
    assert page.leave()
    recorder.may_go_on.set()
    page.enter()
    qtbot.waitUntil(lambda: shown(page))
    assert len(recorder.asked) == 1


def test_a_failure_is_told_and_can_be_tried_again(
    page: ReportPage, recorder: Recorder, qtbot: QtBot
) -> None:
    recorder.error = OSError(28, "No space left on device")
    page.enter()
    qtbot.waitUntil(lambda: bool(page.findChildren(MessageWindow)))
    told = page.findChildren(MessageWindow)[0]
    assert told.message.happened == "The document could not be made."
    assert "No space left on device" in told.message.to_do
    told.close()
    recorder.error = None
    QTest.mouseClick(page.again_button, LEFT)
    qtbot.waitUntil(lambda: shown(page))
    assert page.save_button.isEnabled()


def test_it_waits_until_the_questions_are_finished(
    page: ReportPage, recorder: Recorder, interview: Interview, qtbot: QtBot
) -> None:
    interview.reopen()
    page.enter()
    assert recorder.asked == []
    assert not page.save_button.isVisible()
    with qtbot.waitSignal(page.finish_asked):
        QTest.mouseClick(page._not_finished.finish_button, LEFT)
    assert not interview.finished, "the gut comes first, which the window leads to"
    interview.finish()
    page.enter()
    qtbot.waitUntil(lambda: shown(page))


# Looking


def test_zoom_by_keys_and_back_to_the_width(page: ReportPage, qtbot: QtBot) -> None:
    page.enter()
    qtbot.waitUntil(lambda: shown(page))
    fitted = page.view.zoom
    QTest.keyClick(page.view, Key.Key_Minus, CONTROL)
    assert page.view.zoom == pytest.approx(fitted / 1.25)
    QTest.keyClick(page.view, Key.Key_Plus, CONTROL)
    QTest.keyClick(page.view, Key.Key_Plus, CONTROL)
    assert page.view.zoom == pytest.approx(fitted * 1.25)
    qtbot.waitUntil(lambda: shown(page))
    image = page.view.views[0].image
    assert image is not None
    ratio = page.view.devicePixelRatioF()
    assert image.width() == pytest.approx(page.view.views[0].width() * ratio, abs=2)
    QTest.keyClick(page.view, Key.Key_0, CONTROL)
    assert page.view.zoom == pytest.approx(fitted)
    assert page.bar.zoom_label.text() == f"{round(fitted * 100)}%"


def where(page: ReportPage) -> tuple[str, str]:
    return page.bar.page_field.text(), page.bar.page_label.text()


def test_pages_are_reached_by_keys_and_buttons(
    page: ReportPage, context: Context, qtbot: QtBot
) -> None:
    context.press = Press(lambda: InThisProcess(lambda _report, _paper: _sheets(5)))
    page.enter()
    qtbot.waitUntil(lambda: shown(page))
    assert where(page) == ("1", "of 5")
    QTest.keyClick(page.view, Key.Key_PageDown)
    QTest.mouseClick(page.bar.next_button, LEFT)
    assert where(page) == ("3", "of 5")
    qtbot.waitUntil(lambda: shown(page))
    QTest.keyClick(page.view, Key.Key_End)
    assert where(page) == ("5", "of 5")
    assert not page.bar.next_button.isEnabled()
    QTest.mouseClick(page.bar.previous_button, LEFT)
    QTest.keyClick(page.view, Key.Key_PageUp)
    assert where(page) == ("3", "of 5")
    QTest.keyClick(page.view, Key.Key_Home)
    assert where(page) == ("1", "of 5")


# Handing over


def test_save_proposes_a_sensible_name(
    page: ReportPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proposed: list[str] = []

    def choose(_parent: object, _title: str, name: str, _filter: str) -> tuple[str, str]:
        proposed.append(name)
        return str(tmp_path / "chosen.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.enter()
    qtbot.waitUntil(lambda: shown(page))
    QTest.keyClick(QApplication.focusWidget() or page, Key.Key_S, CONTROL)
    assert "petra-lindqvist" in Path(proposed[0]).name
    assert (tmp_path / "chosen.pdf").read_bytes().startswith(b"%PDF")


def test_a_save_that_fails_is_told_and_leaves_the_old_file(
    page: ReportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.enter()
    qtbot.waitUntil(lambda: shown(page))
    missing = tmp_path / "nowhere" / "file.pdf"
    assert not page.out.save_to(missing)
    told = page.findChildren(MessageWindow)[0]
    assert str(missing) in told.message.happened
    told.close()


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.pdf"
    file.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
    monkeypatch.undo()
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_printing_covers_the_sheet_with_the_pages_that_were_chosen(tmp_path: Path) -> None:
    printed = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(printed))
    printer.setResolution(150)
    printer.setFromTo(2, 3)
    print_pages(_sheets(4), printer)
    with pypdfium2.PdfDocument(printed.read_bytes()) as document:
        assert len(document) == 2
        pictures = [o for o in document[0].get_objects() if o.type == 3]
        left, bottom, right, top = pictures[0].get_bounds()
        width, height = document[0].get_size()
        assert (left, bottom) == pytest.approx((0, 0), abs=3)
        assert (right, top) == pytest.approx((width, height), abs=3)


@pytest.mark.qt_log_ignore("QPainter::begin", "propagateSizeHints", extend=True)
def test_a_printer_that_refuses_is_told(page: ReportPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.enter()
    qtbot.waitUntil(lambda: shown(page))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    assert not page.out.print_on(printer)
    told = page.findChildren(MessageWindow)[0]
    assert told.message.happened == "The document was not printed."
    told.close()


def _sheets(count: int) -> bytes:
    """A document of empty A4 pages."""
    import io

    document = pypdfium2.PdfDocument.new()
    for _sheet in range(count):
        document.new_page(595, 842)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()
