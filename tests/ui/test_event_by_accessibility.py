"""The event form from its opening to its ending, by what a screen reader is told and can do.

Everything is found by its role and its name, pressed by its action, and read as text. Nothing of
the window's own parts is used, so whoever hears the screen can do what is done here.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.services import FitCheck
from reports.words import bank_text
from ui.main_window import MainWindow

Role = QAccessible.Role


def heard(within: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """What a screen reader can come to: whatever isn't hidden, in the order of the tree."""
    for number in range(within.childCount()):
        part = within.child(number)
        if not part.isValid() or part.state().invisible:
            continue
        yield part
        yield from heard(part)


def named(part: QAccessibleInterface) -> str:
    return part.text(QAccessible.Text.Name)


class Listener:
    """Someone who hears the window and acts by what is heard."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self._window = window

    def parts(self) -> list[QAccessibleInterface]:
        QApplication.processEvents()
        root = QAccessible.queryAccessibleInterface(self._window)
        assert root is not None
        return list(heard(root))

    def find(self, role: Role, name: str) -> QAccessibleInterface:
        found = [each for each in self.parts() if each.role() == role and named(each) == name]
        assert len(found) == 1, f"{len(found)} times {role.name} “{name}”"
        return found[0]

    def answers(self) -> list[QAccessibleInterface]:
        return [each for each in self.parts() if each.role() == Role.RadioButton]

    def says(self) -> list[str]:
        """Every name that is told."""
        return [name for each in self.parts() if (name := named(each))]

    def hears(self, words: str) -> None:
        """Wait until it is told; a button that is pressed this way is down for a moment."""
        self._qtbot.waitUntil(lambda: words in " ".join(self.says()))

    def press(self, name: str) -> None:
        act(self.find(Role.Button, name))


def act(part: QAccessibleInterface) -> None:
    """What a screen reader does on “activate”."""
    assert not part.state().disabled, f"“{named(part)}” is disabled"
    actions = part.actionInterface()
    assert actions is not None
    for action in (QAccessibleActionInterface.pressAction(), "Toggle", "Check"):
        if action in actions.actionNames():
            actions.doAction(action)
            return
    raise AssertionError(f"“{named(part)}” knows only {actions.actionNames()}")


def test_twelve_questions_answered_and_ended_by_a_screen_reader(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
) -> None:
    prospect = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    window.open_assessment(fitcheck.begin_assessment(prospect, Form.EVENT))
    listener = Listener(qtbot, window)
    listener.hears("Before the questions: agree on how you talk")
    listener.press("To the questions")
    interview = window.interview
    assert interview is not None
    assert len(interview.questions) == 12
    for number, question in enumerate(interview.questions):
        listener.hears(bank_text(question.say))
        answers = listener.answers()
        assert [named(each)[:3] for each in answers] == ["1: ", "2: ", "3: ", "4: ", "5: "]
        assert all(len(named(each)) > 3 for each in answers)
        act(answers[3])
        assert interview.answer(question.id).value == 3
        if number + 1 < len(interview.questions):
            listener.press("Next")
    listener.press("Finish")
    listener.hears("Thank you for your time.")
    listener.press("Go on")
    listener.hears("Before you see the totals: what does your gut say?")
    listener.press("Skip")
    listener.hears("Leaning to")
    listener.press("Book a meeting")
    listener.hears("Next: A meeting, 28 November 2026")
    listener.press("To the verdict")
    qtbot.waitUntil(lambda: window.page_name == "verdict")
    assert interview.finished


def test_what_is_chosen_is_told_once_it_is_not_quiet(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
) -> None:
    prospect = fitcheck.add_prospect(Prospect("Petra Lindqvist"))
    window.open_assessment(fitcheck.begin_assessment(prospect, Form.FULL))
    listener = Listener(qtbot, window)
    listener.press("To the questions")
    qtbot.waitUntil(lambda: len(listener.answers()) == 5)
    act(listener.answers()[4])
    act(listener.answers()[1])
    interview = window.interview
    assert interview is not None
    assert interview.answer(interview.question.id).value == 1
    chosen = [False, True, False, False, False]
    qtbot.waitUntil(lambda: [bool(each.state().checked) for each in listener.answers()] == chosen)
