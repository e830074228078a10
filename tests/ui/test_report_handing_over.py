"""The report page: finding, choosing by key, mailing, and what is held back."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import About
from fitcheck.domain.plan import Plan
from fitcheck.domain.private_texts import Kind, Place
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition, ProspectEdition, Report
from fitcheck.interview import Interview
from fitcheck.services import FitCheck
from reports.gate_words import place_name
from reports.mail_words import Mailed, mail_text
from reports.pages import find_text, page_texts
from reports.render import render
from tests.ui.conftest import TODAY
from tests.ui.reach import astray, nameless
from ui.app import make_context
from ui.context import Context
from ui.mailing import mail_address
from ui.main_window import MainWindow
from ui.messages import MessageWindow
from ui.pages.report import ReportPage
from ui.places import show_place
from ui.press import InThisProcess, Press

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
NOTE = "He blamed his assistant twice and never once looked at her figures"


def says(*texts: str) -> bytes:
    """A document with such a text on each page, in a type that every reader has."""
    pages = [
        f"BT /F 12 Tf 72 700 Td ({text}) Tj ET".replace("\n", ") Tj 0 -20 Td (").encode()
        for text in texts
    ]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content))
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj %s endobj\n" % (number, each))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


class Printed:
    """What the documents say, whatever they are made of."""

    def __init__(self) -> None:
        self.pages: tuple[str, ...] = ("The stage is set", "A second stage\nand no third Stage")

    def __call__(self, _report: Report, _paper: Paper) -> bytes:
        return says(*self.pages)


@pytest.fixture
def interview(fitcheck: FitCheck) -> Interview:
    prospect = Prospect("Petra Lindqvist", email="petra@lindqvist.example")
    interview = fitcheck.interview(
        fitcheck.begin_assessment(fitcheck.add_prospect(prospect), Form.EVENT)
    )
    for question in interview.questions:
        interview.set_value(question.id, 4)
    interview.finish()
    return interview


@pytest.fixture
def printed() -> Printed:
    return Printed()


@pytest.fixture
def page(qtbot: QtBot, context: Context, interview: Interview, printed: Printed) -> ReportPage:
    context.press = Press(lambda: InThisProcess(printed))
    page = ReportPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 660)
    page.set_interview(interview)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def show(qtbot: QtBot, page: ReportPage, edition: Edition) -> None:
    """The pages of that edition, drawn; or why they are held back."""
    page.enter()
    page.chips[edition].click()
    qtbot.waitUntil(lambda: not page.context.busy)
    qtbot.waitUntil(lambda: page.held_back.isVisible() or page.view.drawn)


# Looking


def test_each_edition_has_its_key(qtbot: QtBot, page: ReportPage) -> None:
    page.enter()
    qtbot.waitUntil(lambda: page.view.isVisible() and page.view.drawn)
    for key, edition in (
        (Key.Key_2, Edition.PROSPECT),
        (Key.Key_3, Edition.DECLINE),
        (Key.Key_4, Edition.FORM),
        (Key.Key_1, Edition.PRIVATE),
    ):
        QTest.keyClick(page.view, key)
        assert [e for e, chip in page.chips.items() if chip.isChecked()] == [edition]
        qtbot.waitUntil(lambda: page.view.isVisible() and page.view.drawn)
    # What is typed into a field is typed there.
    QTest.keyClick(page.view, Key.Key_F, CONTROL)
    QTest.keyClicks(page.find_bar.line, "23")
    assert page.find_bar.line.text() == "23"
    assert page.chips[Edition.PRIVATE].isChecked()


def test_a_page_number_can_be_typed(qtbot: QtBot, page: ReportPage, printed: Printed) -> None:
    printed.pages = tuple(f"This is page {number}" for number in range(1, 8))
    show(qtbot, page, Edition.PRIVATE)
    QTest.keyClick(page.view, Key.Key_G, CONTROL)
    field = page.bar.page_field
    assert field.hasFocus()
    QTest.keyClicks(field, "5")
    QTest.keyClick(field, Key.Key_Return)
    assert page.view.page == 4
    assert (field.text(), page.bar.page_label.text()) == ("5", "of 7")
    QTest.keyClick(page.view, Key.Key_G, CONTROL)
    QTest.keyClicks(field, "99")
    QTest.keyClick(field, Key.Key_Return)
    assert field.text() == "7"
    # Leaving the field takes one nowhere.
    QTest.keyClick(page.view, Key.Key_Home)
    field.setFocus()
    page.view.setFocus()
    assert page.view.page == 0


def test_a_whole_page_fits_and_goes_on_fitting(qtbot: QtBot, page: ReportPage) -> None:
    show(qtbot, page, Edition.PRIVATE)
    wide = page.view.zoom
    QTest.keyClick(page.view, Key.Key_9, CONTROL)
    whole = page.view.zoom
    assert whole < wide
    assert page.view.views[0].height() <= page.view.viewport().height()
    assert page.view.place()["fit"] == "page"
    page.resize(1100, 500)
    assert page.view.zoom < whole
    QTest.mouseClick(page.bar.width_button, LEFT)
    assert page.view.zoom == pytest.approx(wide)
    page.view.stand_at({"fit": "page"})
    page.resize(1100, 660)
    assert page.view.zoom == pytest.approx(whole, rel=0.05)


def test_a_text_is_found_step_by_step_and_marked(qtbot: QtBot, page: ReportPage) -> None:
    show(qtbot, page, Edition.PRIVATE)
    QTest.keyClick(page.view, Key.Key_F, CONTROL)
    line, count = page.find_bar.line, page.find_bar.count_label
    assert line.hasFocus()
    QTest.keyClicks(line, "stage")
    qtbot.waitUntil(lambda: count.text() == "1 of 3")
    first, second = (view.marks for view in page.view.views)
    assert [chosen for _box, chosen in first] == [True]
    assert [chosen for _box, chosen in second] == [False, False]
    box = first[0][0]
    assert 0 < box.left() < box.right() < 1
    assert 0 < box.top() < box.bottom() < 1
    QTest.keyClick(line, Key.Key_Return)
    assert count.text() == "2 of 3"
    assert page.view.page == 1
    QTest.keyClick(line, Key.Key_F3)
    QTest.keyClick(line, Key.Key_F3)
    assert count.text() == "1 of 3"
    QTest.keyClick(line, Key.Key_Return, SHIFT)
    assert count.text() == "3 of 3"
    QTest.mouseClick(page.find_bar.back_button, LEFT)
    QTest.mouseClick(page.find_bar.on_button, LEFT)
    assert count.text() == "3 of 3"
    line.setText("nowhere")
    qtbot.waitUntil(lambda: count.text() == "Not found")
    assert not page.find_bar.on_button.isEnabled()
    assert page.view.views[0].marks == []
    QTest.keyClick(line, Key.Key_Escape)
    assert not page.find_bar.isVisible()
    assert page.view.hasFocus()


def test_what_is_looked_for_is_looked_for_in_the_next_document_too(
    qtbot: QtBot, page: ReportPage, printed: Printed
) -> None:
    show(qtbot, page, Edition.PRIVATE)
    page.find_in_it()
    page.find_bar.line.setText("stage")
    qtbot.waitUntil(lambda: page.find_bar.count_label.text() == "1 of 3")
    printed.pages = ("One stage",)
    show(qtbot, page, Edition.FORM)
    page.find_in_it()
    page.find_bar.line.setText("Stage ")
    qtbot.waitUntil(lambda: page.find_bar.count_label.text() == "1 of 1")


def test_the_search_of_the_book_stays_elsewhere(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, interview: Interview
) -> None:
    fitcheck.save_preferences(fitcheck.preferences)  # which is written after the interview
    window.open_assessment(interview.id)
    window.show_page("report")
    page = window.pages["report"]
    assert isinstance(page, ReportPage)
    qtbot.waitUntil(lambda: page.view.isVisible() and page.view.drawn)
    QTest.keyClick(page.view, Key.Key_F, CONTROL)
    assert window.page_name == "report"
    assert page.find_bar.isVisible()


def test_the_overview_of_the_keys_has_them(window: MainWindow) -> None:
    [report] = [rows for title, rows in window.helping.overview() if title == "Report"]
    keys = dict(report)
    assert {"Mail", "Print", "Save", "Fit page", "Go to a page", "Private file"} <= set(keys)
    assert keys["Find in the document"] == ("Ctrl+F",)


def test_hits_have_a_box_for_each_line() -> None:
    pdf = says("first", "we begin to-\nday")
    assert find_text(pdf, "nothing") == []
    [hit] = find_text(pdf, "FIRST")
    assert (hit.page, len(hit.boxes)) == (0, 1)
    left, top, right, bottom = hit.boxes[0]
    assert 70 < left < right < 120
    assert 120 < top < bottom < 150  # from the upper edge of the page
    assert page_texts(pdf)[0].strip() == "first"


# Mailing


class Desktop:
    def __init__(self) -> None:
        self.opened: list[QUrl] = []
        self.answers = True

    def open(self, address: QUrl) -> bool:
        self.opened.append(address)
        return self.answers


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desktop:
    desktop = Desktop()
    monkeypatch.setattr(QDesktopServices, "openUrl", desktop.open)
    chosen = str(tmp_path / "chosen.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (chosen, ""))
    return desktop


def test_mail_saves_the_file_shows_its_folder_and_begins_a_mail(
    qtbot: QtBot, page: ReportPage, desktop: Desktop, tmp_path: Path
) -> None:
    show(qtbot, page, Edition.PROSPECT)
    QTest.keyClick(page.view, Key.Key_E, CONTROL)
    assert (tmp_path / "chosen.pdf").read_bytes().startswith(b"%PDF")
    folder, address = desktop.opened
    assert Path(folder.toLocalFile()) == tmp_path
    parts = urlsplit(address.toString(QUrl.ComponentFormattingOption.FullyEncoded))
    assert (parts.scheme, parts.path) == ("mailto", "petra@lindqvist.example")
    asked = parse_qs(parts.query)
    assert asked["subject"]
    [body] = asked["body"]
    assert body.startswith("Dear Petra Lindqvist,\r\n\r\nThank you for our conversation.")
    assert "attachment" not in parts.query
    [told] = page.findChildren(MessageWindow)
    assert str(tmp_path / "chosen.pdf") in told.message.kept
    assert "can’t attach it" in told.message.to_do
    told.close()


def test_without_a_mail_program_it_is_said_and_the_file_is_saved(
    qtbot: QtBot, page: ReportPage, desktop: Desktop, tmp_path: Path
) -> None:
    desktop.answers = False
    show(qtbot, page, Edition.DECLINE)
    QTest.mouseClick(page.bar.mail_button, LEFT)
    [told] = page.findChildren(MessageWindow)
    assert told.message.happened == "No mail program has answered."
    assert (tmp_path / "chosen.pdf").exists()
    told.close()


@pytest.mark.usefixtures("desktop")
def test_where_the_folder_cant_be_shown_the_mail_is_begun_all_the_same(
    qtbot: QtBot, page: ReportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: url.scheme() == "mailto")
    show(qtbot, page, Edition.FORM)
    page.mail()
    [told] = page.findChildren(MessageWindow)
    assert told.message.to_do.startswith("Attach the file to the mail")
    told.close()


def test_the_private_file_is_never_mailed(
    qtbot: QtBot, page: ReportPage, desktop: Desktop, tmp_path: Path
) -> None:
    show(qtbot, page, Edition.PRIVATE)
    assert not page.bar.mail_button.isVisible()
    QTest.keyClick(page.view, Key.Key_E, CONTROL)
    assert desktop.opened == []
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    "address", ["", "a@b.example?bcc=c@d.example", "a@b.example\r\nBcc: c@d.example", "ä ö&body=x"]
)
def test_no_address_and_no_text_can_add_a_header(address: str) -> None:
    made = mail_address(address, "a&bcc=x", "b\r\nBcc: x&cc=y")
    assert made.isValid()
    query = urlsplit(made.toString(QUrl.ComponentFormattingOption.FullyEncoded)).query
    assert set(parse_qs(query)) == {"subject", "body"}


def test_the_mails_text_names_the_document_in_its_own_tone(
    fitcheck: FitCheck, interview: Interview
) -> None:
    fitcheck.save_preferences(
        replace(
            fitcheck.preferences, profile=replace(fitcheck.preferences.profile, name="Ines Marlow")
        )
    )
    bodies = set()
    for edition in (Edition.PROSPECT, Edition.DECLINE, Edition.FORM):
        report = fitcheck.report(interview, edition)
        assert isinstance(report, Mailed)
        subject, body = mail_text(report, "Petra")
        assert subject
        assert body.startswith("Dear Petra,\n\n")
        assert body.endswith("Kind regards\nInes Marlow")
        bodies.add(body)
    assert len(bodies) == 3


# Held back


@pytest.mark.usefixtures("desktop")
def test_a_document_that_repeats_a_note_is_held_back_until_it_is_let_pass(
    qtbot: QtBot,
    page: ReportPage,
    interview: Interview,
    fitcheck: FitCheck,
    printed: Printed,
    tmp_path: Path,
) -> None:
    question = interview.question
    interview.set_note(question.id, f"{NOTE}. Ask her")
    printed.pages = ("Prepared for Petra", NOTE.replace(" never", "\nnever"))
    show(qtbot, page, Edition.PROSPECT)
    assert page.held_back.isVisible()
    texts = " ".join(each.text() for each in page.held_back.findChildren(QLabel))
    assert question.say in texts
    assert NOTE in texts
    assert "On page 2" in texts
    # Not by any way out.
    for button in (page.bar.save_button, page.bar.print_button, page.bar.mail_button):
        assert not button.isEnabled()
    for key in (Key.Key_S, Key.Key_P, Key.Key_E, Key.Key_F):
        QTest.keyClick(page.held_back.edit_button, key, CONTROL)
    assert not page.out.save_to(tmp_path / "leak.pdf")
    assert not page.out.print_on(QPrinter())
    assert list(tmp_path.glob("*.pdf")) == []
    assert not page.find_bar.isVisible()
    assert (nameless(page), astray(page)) == ([], [])
    QTest.keyClick(page.held_back.release_button, Key.Key_Space)
    qtbot.waitUntil(lambda: page.view.isVisible() and page.view.drawn)
    [release] = interview.assessment.releases
    assert (release.date, release.edition, release.words) == (TODAY, "prospect", (NOTE,))
    assert page.bar.save_button.isEnabled()
    # Kept in the book, and not one word more than that.
    again = fitcheck.interview(interview.id)
    fitcheck.save_preferences(fitcheck.preferences)  # which is written after it
    again = fitcheck.interview(interview.id)
    assert again.assessment.releases == (release,)
    printed.pages = ("Prepared for Petra", f"{NOTE} Ask her")
    page.context.press = Press(lambda: InThisProcess(printed))
    interview.set_field("in_their_words", "anything")
    show(qtbot, page, Edition.PROSPECT)
    assert page.held_back.isVisible()


def test_what_was_noted_beside_all_assessments_holds_it_back_too(
    qtbot: QtBot, page: ReportPage, interview: Interview, fitcheck: FitCheck, printed: Printed
) -> None:
    printed.pages = ("Prepared for Petra", NOTE)
    show(qtbot, page, Edition.PROSPECT)
    assert page.view.isVisible()
    fitcheck._book.abouts.save(interview.prospect_id, About(notes=f"{NOTE}.")).result()
    page.enter()
    qtbot.waitUntil(lambda: page.held_back.isVisible())
    texts = " ".join(each.text() for each in page.held_back.findChildren(QLabel))
    assert "Your notes on them" in texts
    with qtbot.waitSignal(page.go) as gone:
        page.held_back.look_buttons[0].click()
    assert gone.args == ["prospects"]


def test_a_note_written_after_the_document_was_made_holds_it_back_too(
    qtbot: QtBot, page: ReportPage, interview: Interview, printed: Printed
) -> None:
    printed.pages = (NOTE,)
    show(qtbot, page, Edition.DECLINE)
    assert page.view.isVisible()
    interview.set_note(interview.question.id, NOTE)
    page.enter()
    qtbot.waitUntil(lambda: page.held_back.isVisible())
    # The private file holds every note, and is for nobody else.
    show(qtbot, page, Edition.PRIVATE)
    assert page.view.isVisible()


def test_edit_leads_to_where_it_is_written_and_to_where_it_is_private(
    qtbot: QtBot, page: ReportPage, interview: Interview, printed: Printed
) -> None:
    other = interview.questions[3]
    interview.set_note(other.id, NOTE)
    printed.pages = (NOTE,)
    show(qtbot, page, Edition.PROSPECT)
    with qtbot.waitSignal(page.go) as went:
        QTest.mouseClick(page.held_back.edit_button, LEFT)
    assert went.args in (["plan"], ["interview"])
    with qtbot.waitSignal(page.go, check_params_cb=lambda name: name == "interview"):
        QTest.mouseClick(page.held_back.look_buttons[0], LEFT)
    assert interview.question.id == other.id


def test_every_private_place_has_a_name_and_a_page(
    window: MainWindow, interview: Interview
) -> None:
    for kind in Kind:
        place = Place(kind, interview.question.id if kind in (Kind.NOTE, Kind.QUOTE) else "")
        assert "{" not in place_name(place, interview.bank)
        assert show_place(interview, place) in window.pages


def test_the_real_document_of_a_plan_that_repeats_a_note_is_held_back(
    qtbot: QtBot, fitcheck: FitCheck, interview: Interview
) -> None:
    interview.set_note(interview.question.id, f"{NOTE}.")
    interview.set_field("plan", Plan(conditions=(f"We agree that {NOTE}, to be shown.",)))
    context = make_context(fitcheck, render)
    page = ReportPage(context)
    qtbot.addWidget(page)
    page.set_interview(interview)
    page.show()
    page.chips[Edition.PROSPECT].click()
    qtbot.waitUntil(lambda: page.held_back.isVisible(), timeout=60_000)
    report = fitcheck.report(interview, Edition.PROSPECT)
    assert isinstance(report, ProspectEdition)
    with pypdfium2.PdfDocument(render(report, Paper.A4)) as document:
        assert "assistant" in "".join(p.get_textpage().get_text_range() for p in document)
    context.close()


def test_nothing_private_stays_in_the_widget_once_it_is_gone(
    qtbot: QtBot, page: ReportPage, interview: Interview, printed: Printed
) -> None:
    interview.set_note(interview.question.id, NOTE)
    printed.pages = (NOTE,)
    show(qtbot, page, Edition.PROSPECT)
    show(qtbot, page, Edition.FORM)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert [x for x in page.held_back.findChildren(QLabel) if NOTE in x.text()] == []
