"""The window in German and in a language of longer words that runs from right to left; a document
in another language than the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from fitcheck import i18n, speaking
from fitcheck.access import Access
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form, Question
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report
from fitcheck.exchange.demo import load_demo
from fitcheck.i18n import current_language
from fitcheck.services import FitCheck
from reports.words import bank_text
from tests.ui import cut, pseudo
from tests.ui.conftest import render_empty_sheet
from tests.ui.sessions import Desk, desk
from tests.ui.test_interview_small_screen import settled
from tests.ui.test_reachable import DIALOGS
from ui import speaking as window_language
from ui.app import make_context
from ui.main_window import MainWindow
from ui.pages.interview import InterviewPage
from ui.pages.plan import PlanPage
from ui.pages.report import ReportPage
from ui.pages.their_form import TheirForm
from ui.pages.unlock import UnlockPage
from ui.press import Press
from ui.theme import apply_theme, make_theme

NAMES = {"FitCheck", "English", "Deutsch", "Mara Lindqvist", "Tom Ashdown"}
HALF, WHOLE = load_demo()[1], load_demo()[0]


@contextmanager
def german(app: QApplication) -> Iterator[None]:
    window_language.speak_in(app, "de")
    try:
        yield
    finally:
        window_language.speak_in(app, "en")


@pytest.fixture(autouse=True)
def _english_again(qapp: QApplication) -> Iterator[None]:
    yield
    if current_language() != "en":
        window_language.speak_in(qapp, "en")


def every_page(window: MainWindow, fitcheck: FitCheck) -> Iterator[str]:
    """Each page with an interview that is under way, and with a finished one."""
    ids = [fitcheck.add_assessment(HALF, finished=False), fitcheck.add_assessment(WHOLE)]
    window.prospects.enter()
    window.prospects.table.choose(0)
    for assessment in ids:
        window.open_assessment(assessment)
        for name in window.pages:
            window.show_page(name)
            settled()
            yield f"{name} of {assessment}"


def every_dialog(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Each dialog, and the page that asks for the passphrase."""
    for make in DIALOGS:
        dialog = make(window)
        dialog.show()
        settled()
        yield type(dialog).__name__, dialog
        dialog.done(0)
        dialog.deleteLater()
    page = UnlockPage(make_theme(), window.context.jobs, Access(window.context.fitcheck.folder))
    page.resize(1280, 720)
    for way in (page._locked, page._recovering, page._renewing):
        page._show_way(way)
        page.show()
        settled()
        yield "UnlockPage", page
    Shiboken.delete(page)


@pytest.mark.parametrize("spoken", [german, pseudo.spoken], ids=["German", "pseudo"])
def test_no_page_and_no_dialog_cuts_a_longer_language_and_every_text_is_translated(
    qapp: QApplication,
    fitcheck: FitCheck,
    spoken: Callable[[QApplication], AbstractContextManager[None]],
) -> None:
    apply_theme(qapp, make_theme())
    wrong, untranslated = [], set()
    with spoken(qapp):
        window = MainWindow(make_context(fitcheck, render_empty_sheet))
        try:
            window.resize(1280, 720)
            window.show()
            for name, dialog in every_dialog(window):
                wrong += [f"{name}: {what}" for what in cut.cut(dialog)]
                wrong += [f"{name}: {what}" for what in cut.marked_twice(dialog)]
                if dialog.size().expandedTo(window.size()) != window.size():
                    wrong.append(f"{name} is larger than the window: {dialog.size().toTuple()}")
            for where in every_page(window, fitcheck):
                wrong += [f"{where}: {what}" for what in cut.cut(window)]
                wrong += [f"{where}: {what}" for what in cut.marked_twice(window)]
                if spoken is pseudo.spoken:
                    untranslated |= {
                        text
                        for text in cut.texts(window)
                        if pseudo.OPEN not in text and sum(map(str.isalpha, text)) > 1
                    }
        finally:
            window.close()
            Shiboken.delete(window)
    assert not wrong, "\n".join(dict.fromkeys(wrong))
    told = {WHOLE.prospect.role, WHOLE.prospect.organisation, WHOLE.prospect.met_at}
    words = {text for text in untranslated if not any(part and part in text for part in told)}
    assert words <= NAMES | {WHOLE.prospect.email}


def test_the_interview_is_in_sight_in_german_with_all_its_answers(
    qapp: QApplication, fitcheck: FitCheck
) -> None:
    """At 1280 by 720, as in English: the questions with the longest texts."""
    apply_theme(qapp, make_theme())
    with german(qapp):
        window = MainWindow(make_context(fitcheck, render_empty_sheet))
        window.resize(1280, 720)
        window.show()
        prospect = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
        window.open_assessment(fitcheck.begin_assessment(prospect, Form.FULL))
        page = window.pages["interview"]
        assert isinstance(page, InterviewPage)
        page.begin()
        interview = window.interview
        assert interview is not None
        hidden = []
        by_length = sorted(interview.questions, key=lambda each: -_length(each))
        for number, question in enumerate(by_length[:8]):
            interview.set_value(question.id, number % 5)
            interview.go_to(question.id)
            page.enter()
            settled()
            for part in (page.card.say, *page.card.answers.rows):
                if part.visibleRegion().boundingRect() != part.rect():
                    hidden.append(question.id)
        said = page.card.say.text()
        window.close()
        Shiboken.delete(window)
    assert dict.fromkeys(hidden) == {}
    assert said not in {question.say for question in interview.questions}


def _length(question: Question) -> int:
    with i18n.language("de"):
        return sum(len(bank_text(text)) for text in (question.say, *question.levels))


@pytest.fixture
def at_desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    yield from desk(qtbot, qapp, tmp_path / "book")


def test_the_language_is_chosen_in_the_settings_and_the_window_speaks_it_at_once(
    at_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    at_desk.fill(protect=False)
    at_desk.session.start()
    window = at_desk.opened()
    window.show_page("settings")
    assert QLocale().dateFormat(QLocale.FormatType.ShortFormat).startswith("dd/MM")
    window.settings.language.choice.radio("de").click()
    qtbot.waitUntil(lambda: at_desk.session.window not in (None, window))
    again = at_desk.opened()
    assert again.page_name == "settings"
    assert speaking.chosen(tmp_path / "book") == "de"
    assert "Einstellungen" in {each.text() for each in again.settings.findChildren(QLabel)}
    assert QLocale().dateFormat(QLocale.FormatType.ShortFormat) == "dd.MM.yy"
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_a_language_that_cannot_be_kept_is_not_spoken(
    window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("ui.messages.tell", lambda _parent, message: told.append(message.happened))
    (folder / speaking.FILE).mkdir()
    window.show_page("settings")
    asked: list[str] = []
    window.language_asked.connect(asked.append)
    window.settings.language.choice.radio("de").click()
    assert told == ["The language was not changed."]
    assert asked == []
    assert window.settings.language.choice.value == ""


class Asked:
    """A worker that remembers in which language it was asked for what."""

    alive = True

    def __init__(self) -> None:
        self.languages: list[str] = []

    def render(self, report: Report, paper: Paper, language: str) -> bytes:
        self.languages.append(language)
        return render_empty_sheet(report, paper)

    def end(self) -> None:
        """There is nothing to end."""


def test_a_german_document_comes_out_of_an_english_window_and_is_remembered(
    window: MainWindow, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    asked = Asked()
    window.context.press = Press(lambda: asked)
    number = fitcheck.add_assessment(WHOLE)
    window.open_assessment(number)
    window.show_page("report")
    page = window.pages["report"]
    assert isinstance(page, ReportPage)
    qtbot.waitUntil(lambda: page.out.document is not None)
    assert page.bar.language.text() == "English"
    QTest.keyClick(page.view, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: page.out.document is not None and page.out.document.language == "de")
    assert asked.languages == ["en", "de"]
    assert page.bar.language.text() == "Deutsch"
    assert page.bar.language.accessibleName() == "Language of the document: Deutsch"
    assert page.bar.save_button.text() == "Save…", "the window stays English"
    assert fitcheck.interview(number).language == "de"
    window.show_page("plan")
    plan = window.pages["plan"]
    assert isinstance(plan, PlanPage)
    assert plan.sheet is not None
    promises = plan.sheet.parts["promises"].editor.value()
    assert promises[0].startswith("Pünktlich."), "the plan is drafted in the documents' language"
    plan.sheet.parts["promises"].kept.emit("promises")
    assert window.interview is not None
    assert window.interview.assessment.plan.promises == WHOLE.plan.promises, "nothing was written"


def test_the_prospects_own_form_speaks_the_language_of_the_documents(
    at_desk: Desk, qtbot: QtBot
) -> None:
    number = at_desk.fill(protect=False)
    at_desk.session.start()
    window = at_desk.opened()
    interview = window.context.fitcheck.interview(number)
    interview.language = "de"
    interview.save_place()
    window.hand_over_asked.emit(number, "1234")
    front = at_desk.session
    qtbot.waitUntil(lambda: front.front is not None and isinstance(front.front.page, TheirForm))
    assert front.front is not None
    form = front.front.page
    assert isinstance(form, TheirForm)
    assert form.begin_button.text() == "Beginnen"
    form.begin_button.click()
    assert form.asked.say != form.question.accessibleName()
    assert form.stack.currentIndex() == 1
    form.end()
    assert current_language() == "en"


def test_paper_and_dates_are_those_of_the_region() -> None:
    here = window_language.paper_here
    for territory, paper in (("US", Paper.LETTER), ("CA", Paper.LETTER), ("DE", Paper.A4)):
        code = QLocale.codeToTerritory(territory)
        assert here(QLocale(QLocale.Language.English, code)) is paper
    assert here(QLocale.c()) is Paper.A4
    british = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    assert window_language.locale_of("en", british) == british
    assert window_language.locale_of("en", QLocale.c()) == british
    assert window_language.locale_of("de", QLocale.c()).name() == "de_DE"
    assert window_language.locale_of("de", british).language() is QLocale.Language.German


def test_who_says_a_language_and_no_region_gets_that_languages_dates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = QLocale()
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    try:
        QLocale.setDefault(QLocale.system())
        own = window_language._set()
        shown = window_language.locale_of("de", own).toString(
            QDate(2026, 11, 2), QLocale.FormatType.ShortFormat
        )
    finally:
        QLocale.setDefault(before)
    assert shown == "02.11.26"


def test_the_pseudo_language_keeps_what_has_to_be_kept() -> None:
    for text in ("&Save {name:.1f} as <b>it</b> &amp; %(is)s 100%%", " and ", "Tables (*.csv)"):
        made = pseudo.pseudo(text)
        assert made != text
        assert made.count(" ") == text.count(" ")
        for kept in ("{name:.1f}", "<b>", "</b>", "&amp;", "%(is)s", "%%", "&S", "*.csv"):
            assert (kept in made) is (kept in text)
    assert pseudo.CODE not in i18n.languages()
