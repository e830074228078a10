"""Own questions in the window: out as a file, in again after a preview, and chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form, Reference
from fitcheck.library import CURRENT_BANK, load_bank
from fitcheck.services import FitCheck
from fitcheck.store.errors import StoreError
from tests.banks import IN_FORCE, own, small
from tests.ui.test_importing import drop, mime
from ui.dialogs.bank import IncomingBankDialog
from ui.dialogs.prospect import NewProspectDialog
from ui.main_window import MainWindow
from ui.messages import MessageWindow
from ui.widgets.questions_section import QuestionsSection

K = Qt.Key
SOON = 30_000
MINE = Reference("mine", "1.0.0")
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]


@pytest.fixture
def section(window: MainWindow) -> QuestionsSection:
    window.show_page("settings")
    return window.settings.questions


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(
        own("1.0.0", ("What have you already tried", "So what have you tried")), encoding="utf-8"
    )
    return file


def press(widget: QWidget) -> None:
    widget.setFocus()
    QTest.keyClick(widget, K.Key_Space)


def chosen(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Let a dialog of files answer with this one."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_more: (str(file), ""))


def message(window: MainWindow) -> MessageWindow | None:
    return next((each for each in window.findChildren(MessageWindow) if each.isVisible()), None)


def test_a_book_without_own_questions_says_what_is_in_force(section: QuestionsSection) -> None:
    assert section.in_force.text() == (
        f"In force for new assessments: FitCheck’s questions ({CURRENT_BANK}), "
        "36 questions for you, 12 for the prospect."
    )
    assert not section.choosing.isVisible()


def test_questions_go_out_and_come_in_changed_and_are_used(
    section: QuestionsSection,
    fitcheck: FitCheck,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    when_asked: WhenAsked,
    qtbot: QtBot,
) -> None:
    file = tmp_path / "core.toml"
    chosen(monkeypatch, file)
    press(section.export_button)
    text = file.read_text(encoding="utf-8")
    assert text.endswith(IN_FORCE)
    told = message(window)
    assert told is not None
    assert str(file) in told.message.kept
    told.accept()

    changed = text.replace('id = "core"', 'id = "mine"').replace("weight = 2", "weight = 1", 1)
    changed = changed.replace(f'version = "{CURRENT_BANK.version}"', f'version = "{MINE.version}"')
    file.write_text(changed, encoding="utf-8")
    seen: list[str] = []

    def answer(dialog: IncomingBankDialog) -> None:
        seen.append(dialog.changes.toPlainText())
        QTest.keyClick(dialog, K.Key_Return)

    when_asked(IncomingBankDialog, answer)
    press(section.import_button)
    qtbot.waitUntil(lambda: fitcheck.banks.in_force.reference == MINE, timeout=SOON)
    assert seen == ["Changed questions\n  opener: weight"]
    assert section.told.text() == "New assessments now begin with mine 1.0.0."
    assert section.in_force.text().startswith("In force for new assessments: mine 1.0.0, 36")
    assert section.bank.currentText() == "mine 1.0.0, of 21 November 2026"


def test_bringing_in_alone_changes_nothing_and_the_list_goes_back_and_forth(
    section: QuestionsSection,
    fitcheck: FitCheck,
    mine: Path,
    when_asked: WhenAsked,
    qtbot: QtBot,
) -> None:
    when_asked(IncomingBankDialog, lambda dialog: press(dialog.keep))
    section.exchange.read(mine)
    qtbot.waitUntil(lambda: len(fitcheck.banks.choices) == 2, timeout=SOON)
    qtbot.waitUntil(section.choosing.isVisible, timeout=SOON)
    assert fitcheck.banks.in_force == load_bank()
    section.bank.setFocus()
    QTest.keyClick(section.bank, K.Key_Down)
    qtbot.waitUntil(lambda: fitcheck.banks.in_force.reference == MINE, timeout=SOON)
    QTest.keyClick(section.bank, K.Key_Up)
    qtbot.waitUntil(lambda: fitcheck.banks.in_force == load_bank(), timeout=SOON)
    assert "FitCheck’s questions" in section.told.text()


def test_what_is_left_changes_nothing(
    section: QuestionsSection,
    fitcheck: FitCheck,
    mine: Path,
    when_asked: WhenAsked,
    qtbot: QtBot,
) -> None:
    asked: list[QWidget] = []

    def leave(dialog: IncomingBankDialog) -> None:
        asked.append(dialog)
        QTest.keyClick(dialog, K.Key_Escape)

    when_asked(IncomingBankDialog, leave)
    section.exchange.read(mine)
    qtbot.waitUntil(lambda: bool(asked), timeout=SOON)
    assert len(fitcheck.banks.choices) == 1


def test_what_is_there_already_is_offered_for_use_alone(
    section: QuestionsSection, fitcheck: FitCheck, mine: Path, qtbot: QtBot
) -> None:
    banks = fitcheck.banks
    banks.take(banks.look_at(mine.read_bytes(), "mine.toml"))
    there = IncomingBankDialog(section, banks.look_at(mine.read_bytes(), "mine.toml"))
    in_force = IncomingBankDialog(section, banks.look_at(IN_FORCE.encode(), "core.toml"))
    for dialog in (there, in_force):
        qtbot.addWidget(dialog)
        dialog.show()
    assert there.accessibleName() == "mine 1.0.0 is in your book"
    assert (there.keep.isVisible(), there.use.isVisible()) == (False, True)
    assert (in_force.keep.isVisible(), in_force.use.isVisible()) == (False, False)
    assert not in_force.changes.isVisible()


def test_every_fault_is_listed_with_its_line_and_can_be_copied(
    section: QuestionsSection, window: MainWindow, mine: Path, qtbot: QtBot
) -> None:
    text = mine.read_text(encoding="utf-8").replace("weight = 3", "weight = 9", 2)
    mine.write_text(text, encoding="utf-8")
    section.exchange.read(mine)
    qtbot.waitUntil(lambda: message(window) is not None, timeout=SOON)
    told = message(window)
    assert told is not None
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line == "weight = 9"]
    expected = "\n".join(
        f"mine.toml:{line}: questions[{name}].weight: 1 or 2 or 3, found 9"
        for line, name in zip(lines, ("outcome", "disagreement"), strict=True)
    )
    assert "2 faults" in told.message.to_do
    (listed,) = told.findChildren(QPlainTextEdit)
    assert listed.toPlainText() == expected
    press(next(b for b in told.findChildren(QPushButton) if "Copy" in b.text()))
    assert QGuiApplication.clipboard().text() == expected
    told.accept()


def test_a_file_that_cannot_be_read_or_written_is_told(
    section: QuestionsSection,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    section.exchange.read(tmp_path / "none.toml")
    qtbot.waitUntil(lambda: message(window) is not None, timeout=SOON)
    told = message(window)
    assert told is not None
    assert told.message.kept == "Nothing in your book was changed."
    told.accept()
    chosen(monkeypatch, tmp_path / "no folder" / "out.toml")
    press(section.export_button)
    told = message(window)
    assert told is not None
    assert told.message.happened == "The questions were not exported."
    told.accept()


def test_a_dropped_file_is_shown_wherever_one_is_and_said_to_be_in(
    window: MainWindow, fitcheck: FitCheck, mine: Path, when_asked: WhenAsked, qtbot: QtBot
) -> None:
    window.show_page("prospects")
    when_asked(IncomingBankDialog, lambda dialog: press(dialog.use))
    assert drop(window, mime(mine))
    qtbot.waitUntil(lambda: message(window) is not None, timeout=SOON)
    told = message(window)
    assert told is not None
    assert told.message.happened == "New assessments now begin with mine 1.0.0."
    told.accept()
    assert window.page_name == "prospects"
    assert fitcheck.banks.in_force.reference == MINE


def test_the_policys_deal_breakers_follow_the_questions_in_force(
    section: QuestionsSection, window: MainWindow, fitcheck: FitCheck
) -> None:
    bank = fitcheck.banks.take(fitcheck.banks.look_at(small().encode(), "small.toml"))
    section.exchange.use(bank.reference)
    assert window.settings.policy.deal_breakers.value == bank.deal_breakers
    assert not window.settings.policy.dirty


def test_a_choice_that_cannot_be_saved_is_told_and_is_in_force(
    section: QuestionsSection,
    window: MainWindow,
    fitcheck: FitCheck,
    mine: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bank = fitcheck.banks.take(fitcheck.banks.look_at(mine.read_bytes(), "mine.toml"))

    def refused(*_args: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(fitcheck._book, "save_preferences", refused)
    section.exchange.use(bank.reference)
    told = message(window)
    assert told is not None
    assert told.message.happened == "Your settings were not saved."
    told.accept()
    assert fitcheck.banks.in_force == bank
    monkeypatch.undo()
    fitcheck.save_preferences(fitcheck.preferences)


def test_a_new_prospect_is_offered_the_forms_of_the_questions_in_force(
    window: MainWindow, fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    bank = fitcheck.banks.take(fitcheck.banks.look_at(small().encode(), "small.toml"))
    fitcheck.banks.use(bank.reference)
    said: list[str] = []

    def look(dialog: NewProspectDialog) -> None:
        said.extend(card.radio.accessibleDescription() for card in dialog.form._cards)
        dialog.reject()

    when_asked(NewProspectDialog, look)
    window.show_page("prospects")
    window.prospects.acts.new_prospect()
    assert said == [
        "4 questions, for a first meeting.",
        "1 question with short answers, for a talk in passing.",
    ]


def test_odd_questions_are_asked_on_every_page(
    window: MainWindow, fitcheck: FitCheck, qtbot: QtBot
) -> None:
    bank = fitcheck.banks.take(fitcheck.banks.look_at(small().encode(), "small.toml"))
    fitcheck.banks.use(bank.reference)
    prospect = fitcheck.add_prospect(Prospect("Ada Bell"))
    window.in_hand.take(fitcheck.begin_assessment(prospect, Form.FULL))
    interview = window.interview
    assert interview is not None
    for question in bank.form(Form.FULL):
        assert interview.question == question
        interview.set_value(question.id, 1)
        interview.step(1)
    for page in ("inquiry", "verdict", "plan", "report"):
        window.show_page(page)
        qtbot.waitUntil(lambda: not window.context.busy, timeout=SOON)
        assert window.page_name == page
    assert interview.judgement.axes
