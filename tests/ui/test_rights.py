"""A person's data is given and erased from the window; who has been kept long is asked about."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.erasure import Erasure
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition
from fitcheck.exchange.demo import load_demo
from fitcheck.exchange.person_json import read_person
from fitcheck.rights import Rights
from fitcheck.services import FitCheck
from fitcheck.store.errors import StoreError
from tests.ui.conftest import TODAY, WhenAsked
from tests.ui.sessions import CANARY, Desk, told_by_any_widget, when_there
from ui.dialogs.erase import EraseDialog
from ui.dialogs.erased import ErasedDialog
from ui.dialogs.kept import KeptDialog
from ui.dialogs.prospect import EditProspectDialog
from ui.main_window import MainWindow
from ui.messages import MessageWindow


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No other test's temporary files are searched."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


@pytest.fixture
def ada(window: MainWindow, fitcheck: FitCheck) -> int:
    """The id of the chosen prospect, who has been assessed; her assessment is in hand."""
    other = replace(load_demo()[1], prospect=Prospect("Tom Other"))
    fitcheck.add_assessment(other)
    whole = replace(load_demo()[0], prospect=Prospect("Ada  Bell", "Bell Foundry"))
    window.open_assessment(fitcheck.add_assessment(whole))
    window.show_page("prospects")
    (line,) = fitcheck.prospects("ada")
    window.prospects.table.choose(window.prospects.model.row_of(line.id) or 0)
    return line.id


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What the system was asked to show."""
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    return shown


def chooses(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: folder)


def told(window: MainWindow) -> str:
    message = window.findChildren(MessageWindow)[-1].message
    return "\n".join((message.happened, message.kept, message.to_do))


class TestGiving:
    def test_both_files_are_written_told_and_shown_and_none_is_written_over(
        self,
        qtbot: QtBot,
        window: MainWindow,
        ada: int,
        opened: list[QUrl],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        chooses(monkeypatch, str(tmp_path))
        for _time in range(2):
            window.prospects.rights.give_action.trigger()
            qtbot.waitUntil(lambda: not window.context.jobs.busy)
        stem = f"ada-bell-what-i-keep-about-you-{TODAY.isoformat()}"
        for name in (stem, f"{stem}-2"):
            assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
            person = read_person((tmp_path / f"{name}.json").read_bytes())
            assert person.prospect.name == "Ada  Bell"
            assert len(person.assessments) == 1
        assert f"{stem}-2.pdf" in told(window)
        assert opened == [QUrl.fromLocalFile(str(tmp_path))] * 2
        assert window.prospects.details.keeping.give_button.isEnabled()

    def test_a_folder_that_takes_nothing_is_told(
        self, qtbot: QtBot, window: MainWindow, ada: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        chooses(monkeypatch, "")
        window.prospects.rights.give_action.trigger()
        assert not window.context.jobs.busy
        chooses(monkeypatch, "/nowhere to be found")
        window.prospects.details.keeping.give_button.click()
        qtbot.waitUntil(lambda: not window.context.jobs.busy)
        assert "was not written to" in told(window)
        assert window.prospects.details.keeping.give_button.isEnabled()


class TestErasing:
    def test_whoever_is_named_goes_and_the_proof_is_shown(
        self, qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, ada: int, when_asked: WhenAsked
    ) -> None:
        interview = window.interview
        assert interview is not None
        report = fitcheck.report(interview, Edition.PRIVATE)
        window.context.press.make(report, Paper.A4, lambda _pdf: None, lambda _error: None)
        qtbot.waitUntil(lambda: window.context.press.at_hand(report, Paper.A4) is not None)
        window.prospects.search.setText("Ada")
        seen: list[str] = []

        def see(dialog: ErasedDialog) -> None:
            texts = [dialog.places.item(row).text() for row in range(dialog.places.count())]
            seen.extend(texts)
            assert dialog.folder_button.isHidden()
            dialog.close_button.click()

        def erase(dialog: EraseDialog) -> None:
            assert "1 assessment with" in "".join(dialog._what_goes())
            for text, enough in (("", False), ("Ada Bel", False), ("ada bell", True)):
                dialog.typed.setText(text)
                assert dialog.erase_button.isEnabled() is enough
            when_asked(ErasedDialog, see)
            dialog.erase_button.click()
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            assert dialog.isVisible(), "what has begun is seen to its end"

        when_asked(EraseDialog, erase)
        window.prospects.rights.erase_action.trigger()
        assert any(text.startswith("book.db,") for text in seen)
        assert all(text.endswith(": nothing") for text in seen)
        assert [line.prospect.name for line in fitcheck.prospects()] == ["Tom Other"]
        assert window.interview is None
        assert window.windowTitle() == "FitCheck"
        assert window.context.press.at_hand(report, Paper.A4) is None
        assert window.prospects.search.text() == ""
        assert window.prospects.model.rowCount() == 1
        assert "assessment" not in window.place()
        for page in ("interview", "verdict", "plan", "report"):
            window.show_page(page)
            assert window.page_name == "prospects"

    def test_what_an_open_interview_would_still_write_reaches_nobody(
        self, window: MainWindow, fitcheck: FitCheck, ada: int
    ) -> None:
        assert window.interview is not None
        interview = fitcheck.interview(window.interview.id)  # nobody listens to this one
        window.let_go_of(ada)
        fitcheck.rights.erase(ada)
        again = fitcheck.add_assessment(replace(load_demo()[2], prospect=Prospect("New")))
        assert again > interview.id
        interview.set_note(interview.question.id, "of somebody who has gone")
        fitcheck.save_preferences(fitcheck.preferences)  # which is written after that
        assert isinstance(interview.failure, KeyError)

    def test_it_can_be_called_off(
        self, window: MainWindow, fitcheck: FitCheck, ada: int, when_asked: WhenAsked
    ) -> None:
        when_asked(EraseDialog, lambda dialog: dialog.cancel_button.click())
        window.prospects.details.keeping.erase_button.click()
        assert len(fitcheck.prospects()) == 2
        assert window.interview is not None

    @pytest.mark.parametrize("gone", [False, True], ids=["nobody erased", "half-way"])
    def test_what_went_wrong_is_told(
        self,
        qtbot: QtBot,
        window: MainWindow,
        fitcheck: FitCheck,
        ada: int,
        when_asked: WhenAsked,
        monkeypatch: pytest.MonkeyPatch,
        gone: bool,
    ) -> None:
        erase: Callable[[Rights, int], object] = Rights.erase

        def full(rights: Rights, id_: int) -> None:
            if gone:
                erase(rights, id_)
            raise StoreError("The disk is full.")

        monkeypatch.setattr(Rights, "erase", full)

        def try_it(dialog: EraseDialog) -> None:
            dialog.typed.setText("Ada Bell")
            dialog.erase_button.click()
            qtbot.waitUntil(lambda: bool(window.findChildren(MessageWindow)))
            assert dialog.isVisible() is not gone
            dialog.done(0)

        when_asked(EraseDialog, try_it)
        window.prospects.rights.erase_action.trigger()
        expected = "not yet from every page" if gone else "Nobody was erased."
        assert expected in told(window)
        assert "The disk is full." in told(window)


def test_a_lock_lets_what_has_begun_be_finished(
    qtbot: QtBot, qapp: QApplication, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(qtbot, qapp, folder)
    desk.fill()
    may_go_on, erase = Event(), Rights.erase

    def slow(rights: Rights, id_: int) -> Erasure:
        may_go_on.wait(20)
        return erase(rights, id_)

    monkeypatch.setattr(Rights, "erase", slow)
    window = desk.unlock()

    def strike(dialog: EraseDialog) -> None:
        dialog.typed.setText(f"Ada {CANARY}")
        dialog.erase_button.click()
        desk.sleep()
        assert not dialog.isVisible()
        may_go_on.set()

    when_there(EraseDialog, strike)
    window.prospects.rights.ask_erase()
    del window
    desk.locked()
    assert CANARY not in told_by_any_widget()
    assert desk.unlock().context.fitcheck.prospects() == ()
    desk.session.close()


class TestKeeping:
    def test_whoever_has_been_kept_long_is_asked_about(
        self, qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, ada: int, when_asked: WhenAsked
    ) -> None:
        page = window.prospects
        (tom,) = fitcheck.prospects("tom")
        page.rights.look()
        assert page.rights.reminder.isHidden()
        third = fitcheck.add_prospect(Prospect("Third"))
        for id_ in (ada, tom.id, third):
            fitcheck.rights.keep_until(id_, TODAY)
        page.enter()
        qtbot.waitUntil(page.rights.reminder.isVisible)
        assert page.rights.reminder.text().startswith("3 people have been kept")
        day = dt.date(2030, 1, 1)

        def decide(dialog: KeptDialog) -> None:
            first, second, _third = dialog.rows
            first.keep_button.click()
            assert first.said.text() == "Kept for another year."
            assert first.ways.isHidden()
            second.day.show_day(day)
            second.until_button.click()
            assert second.said.text() == "Kept until 1 January 2030."
            dialog.close_button.click()

        first, second, third_ = (each.prospect_id for each in fitcheck.rights.to_be_asked())
        when_asked(KeptDialog, decide)
        page.rights.reminder.click()
        assert [each.prospect_id for each in fitcheck.rights.to_be_asked()] == [third_]
        assert fitcheck.rights.person(first).keeping.kept_on == TODAY
        assert fitcheck.rights.kept(second).until == day
        assert page.rights.reminder.text().startswith("1 person has been kept")

    def test_they_can_be_erased_from_there(
        self, window: MainWindow, fitcheck: FitCheck, ada: int, when_asked: WhenAsked
    ) -> None:
        fitcheck.rights.keep_until(ada, TODAY)

        def erase(dialog: EraseDialog) -> None:
            when_asked(ErasedDialog, lambda proof: proof.close_button.click())
            dialog.typed.setText("Ada Bell")
            dialog.erase_button.click()

        def choose(dialog: KeptDialog) -> None:
            when_asked(EraseDialog, erase)
            (row,) = dialog.rows
            row.erase_button.click()
            assert row.said.text() == "Erased."
            dialog.close_button.click()

        when_asked(KeptDialog, choose)
        window.prospects.rights.show_kept()
        assert [line.prospect.name for line in fitcheck.prospects()] == ["Tom Other"]
        assert window.prospects.rights.reminder.isHidden()

    def test_a_day_of_their_own_is_set_where_they_are_edited(
        self, window: MainWindow, fitcheck: FitCheck, ada: int, when_asked: WhenAsked
    ) -> None:
        usual = fitcheck.rights.kept(ada).until
        part = window.prospects.details.keeping
        assert "2 years after the last change" in part.line.text()

        def own_day(dialog: EditProspectDialog) -> None:
            assert dialog.keep.until is None
            dialog.keep.own_day.click()
            dialog.keep.day.show_day(dt.date(2031, 5, 6))
            draft = dialog.draft()
            dialog.keep.own_day.click()
            dialog.show_draft(draft)
            dialog.accept()

        changed = fitcheck.prospects("ada")[0].changed
        when_asked(EditProspectDialog, own_day)
        window.prospects.acts.edit_current()
        assert fitcheck.rights.kept(ada).until == dt.date(2031, 5, 6)
        assert fitcheck.prospects("ada")[0].changed == changed, "that alone is no change"
        assert "6 May 2031, a day that you chose" in part.line.text()
        when_asked(
            EditProspectDialog, lambda dialog: (dialog.keep.own_day.click(), dialog.accept())
        )
        window.prospects.acts.edit_current()
        assert fitcheck.rights.kept(ada).until == usual

    def test_the_years_are_a_setting(
        self, window: MainWindow, fitcheck: FitCheck, ada: int
    ) -> None:
        window.show_page("settings")
        section = window.settings.keeping
        assert section.years.value() == 2
        section.years.setValue(5)
        assert fitcheck.preferences.keep_years == 5
        assert window.settings.state.text() == "saved"
        window.show_page("prospects")
        assert "5 years after the last change" in window.prospects.details.keeping.line.text()
