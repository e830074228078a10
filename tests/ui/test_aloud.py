"""What a screen reader is told by itself: questions, what a key did, and how a talk closes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.services import FitCheck
from reports.words import bank_text
from ui import aloud
from ui.main_window import MainWindow
from ui.widgets.described_choice import DescribedChoice

Key = Qt.Key


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is announced, in order."""
    told: list[str] = []

    def announce(widget: QWidget, text: str) -> None:
        assert widget.isVisible()
        told.append(text)

    monkeypatch.setattr(aloud, "announce", announce)
    return told


def press(*keys: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)


def test_each_question_and_each_key_is_told(
    window: MainWindow, fitcheck: FitCheck, said: list[str]
) -> None:
    prospect = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    window.open_assessment(fitcheck.begin_assessment(prospect, Form.FULL))
    interview = window.interview
    assert interview is not None
    press(Key.Key_Return)
    said.clear()
    press(Key.Key_4)
    assert said.pop() == "4 of 5, Observed"
    press(Key.Key_E)
    assert said.pop() == "4 of 5, Reported"
    press(Key.Key_Right)
    assert said.pop() == f"2 of 36. {bank_text(interview.question.say)}"
    press(Key.Key_U)
    assert said.pop() == "Don’t know yet"
    press(Key.Key_Backspace)
    assert said.pop().startswith("Undone: the answer on")
    press(Key.Key_F8, Key.Key_3)
    assert said.pop() == "Kept. → goes on", "not what was chosen: it is quiet"


def test_what_the_close_asks_and_says_is_told(
    window: MainWindow, fitcheck: FitCheck, said: list[str]
) -> None:
    prospect = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    window.open_assessment(fitcheck.begin_assessment(prospect, Form.EVENT))
    press(Key.Key_Return, Key.Key_3)
    press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert said.pop() == "That was the last question"
    press(Key.Key_F8)
    assert said.pop() == "Before you see the totals: what does your gut say?"
    press(Key.Key_Return)
    assert said.pop().endswith("What comes next?")
    press(Key.Key_1)
    assert said.pop().endswith("Next: A meeting, 28 November 2026")


def test_every_arrow_goes_from_choice_to_choice(qtbot: QtBot) -> None:
    choice = DescribedChoice("Form", [("full", "Full", ""), ("event", "Event", "")])
    qtbot.addWidget(choice)
    with qtbot.waitActive(choice):
        choice.show()
        choice.activateWindow()
    chosen: list[object] = []
    choice.signals.chosen.connect(chosen.append)
    choice.radio("full").setFocus()
    press(Key.Key_Down, Key.Key_Up, Key.Key_Right, Key.Key_Left)
    assert chosen == ["event", "full", "event", "full"]
    assert choice.radio("full").hasFocus()
    press(Key.Key_A)
    assert choice.value == "full"
