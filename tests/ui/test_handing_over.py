"""The laptop in the prospect's hands: nothing leads back but the lock, and no answer is lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Mark, Prospect
from fitcheck.domain.bank import Form
from fitcheck.handing_over import HandOver
from fitcheck.library import load_bank
from fitcheck.store import sealed
from fitcheck.store.errors import DiskRefused
from tests.ui import sessions
from tests.ui.keyboard import press_in
from tests.ui.protected import PASSPHRASE
from tests.ui.sessions import CANARY, Desk, told_by_any_widget, when_there
from tests.ui.test_session_idle import pass_time
from ui import messages
from ui.dialogs.hand_over import HandOverDialog
from ui.front_window import FrontWindow
from ui.handing_over import IDLE
from ui.main_window import MainWindow
from ui.pages.interview import InterviewPage
from ui.pages.their_form import TheirForm
from ui.pages.unlock import UnlockPage
from ui.pages.way_back import WayBack

IDS = [question.id for question in load_bank().form(Form.PROSPECT)]
PIN = "4711"
EVENTS = 10_000
MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.MetaModifier,
)
KEYS = tuple(
    key
    for key in Qt.Key
    if Qt.Key.Key_Space.value <= key.value <= Qt.Key.Key_AsciiTilde.value
    or Qt.Key.Key_Escape.value <= key.value <= Qt.Key.Key_PageDown.value
    or Qt.Key.Key_F1.value <= key.value <= Qt.Key.Key_F12.value
)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    yield from sessions.desk(qtbot, qapp, folder)


@pytest.fixture
def begun(desk: Desk) -> int:
    """A protected book, open, with an assessment in hand that has candid words in it."""
    begun = desk.fill()
    take_in_hand(desk.unlock(), begun)
    return begun


def take_in_hand(window: MainWindow, assessment_id: int) -> None:
    window.open_assessment(assessment_id)
    assert window.interview is not None
    window.interview.set_note(window.interview.question.id, f"{CANARY} hums")
    window.interview.set_quote(window.interview.question.id, f"{CANARY} said so")
    window.show_page("interview")


def hand_over(desk: Desk, assessment_id: int, pin: str = "") -> TheirForm:
    """The form, as soon as it fills the screen."""
    desk.session.hand_over(assessment_id, pin)
    desk.qtbot.waitUntil(lambda: isinstance(front_page(desk), TheirForm))
    desk.session.watch._timer.stop()
    return their_form(desk)


def front_page(desk: Desk) -> QWidget | None:
    return desk.session.front.page if desk.session.front else None


def front_of(desk: Desk) -> FrontWindow:
    assert desk.session.front is not None
    return desk.session.front


def their_form(desk: Desk) -> TheirForm:
    page = front_page(desk)
    assert isinstance(page, TheirForm)
    return page


def values(desk: Desk, assessment_id: int) -> list[int | Mark | None]:
    """What the open book holds of their answers."""
    interview = desk.window.context.fitcheck.interview(assessment_id)
    return [interview.answer(id_).value for id_ in IDS]


# The way there and back


def test_h_on_the_interview_hands_over_and_the_answers_come_back(desk: Desk, begun: int) -> None:
    page = desk.window.pages["interview"]
    assert isinstance(page, InterviewPage)
    assert page.body.head.theirs_button.text() == "Hand over…"
    page.begin()

    when_there(HandOverDialog, lambda card: QTest.keyClick(card, Qt.Key.Key_Return))
    QTest.keyClick(page, Qt.Key.Key_H)
    del page
    desk.qtbot.waitUntil(lambda: isinstance(front_page(desk), TheirForm))
    form = their_form(desk)
    assert front_of(desk).isFullScreen()
    press_in(form, Qt.Key.Key_Return)
    for _question in IDS:
        press_in(form, Qt.Key.Key_4, Qt.Key.Key_Return)
    press_in(form, Qt.Key.Key_Return)
    desk.locked()
    assert not front_of(desk).isFullScreen()
    window = desk.unlock()
    assert window.page_name == "interview"
    assert values(desk, begun) == [3] * 12
    again = window.pages["interview"]
    assert isinstance(again, InterviewPage)
    assert again.body.head.theirs_button.text() == "Their side: 12 of 12"
    assert window.interview is not None
    assert f"{CANARY} hums" in window.interview.answer(window.interview.question.id).note
    # Both sides of a facet: the verdict has something to compare.
    assert not window.interview.judgement.gaps
    mine = next(q for q in window.interview.questions if q.facet.id == "ease")
    window.interview.set_value(mine.id, 0)
    assert [gap.facet.id for gap in window.interview.judgement.gaps] == ["ease"]
    window.interview.undo()
    window.interview.undo()
    assert window.interview.answer(IDS[-1]).value is None


def test_the_list_hands_over_the_latest_assessment(desk: Desk, begun: int) -> None:
    window = desk.window
    window.show_page("prospects")
    when_there(HandOverDialog, lambda card: card.go_button.click())
    QTest.keyClick(
        window,
        Qt.Key.Key_H,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    del window
    desk.qtbot.waitUntil(lambda: isinstance(front_page(desk), TheirForm))
    assert their_form(desk)._form.assessment_id == begun


def test_without_an_assessment_the_list_begins_one_first(desk: Desk) -> None:
    desk.fill()
    window = desk.unlock()
    window.context.fitcheck.add_prospect(Prospect("Bea"))
    window.prospects.refresh()
    window.prospects.table.choose(0)
    assert window.prospects.current() is not None
    window.prospects.acts.hand_over_current()
    assert window.page_name == "interview"
    assert window.interview is not None
    assert window.interview.assessment.prospect.name == "Bea"


def test_calling_the_card_off_leaves_everything_as_it_is(desk: Desk, begun: int) -> None:
    window = desk.window
    when_there(HandOverDialog, lambda card: card.cancel_button.click())
    window.pages["interview"].hand_over.emit(begun)
    assert desk.session.window is window
    assert window.isVisible()
    assert desk.session.front is None


def test_an_unprotected_book_comes_back_by_the_pin_alone(desk: Desk, folder: Path) -> None:
    begun = desk.fill(protect=False)
    desk.session.start()
    take_in_hand(desk.opened(), begun)

    def choose(card: HandOverDialog) -> None:
        for first, second, amiss in (("47", "47", True), (PIN, "4712", True), (PIN, PIN, False)):
            card.pin.line.setText(first)
            card.again.line.setText(second)
            card.go_button.click()
            assert bool(card.fault.text()) is amiss or not card.isVisible()

    when_there(HandOverDialog, choose)
    desk.window.pages["interview"].hand_over.emit(begun)
    desk.qtbot.waitUntil(lambda: isinstance(front_page(desk), TheirForm))
    form = their_form(desk)
    press_in(form, Qt.Key.Key_Return, Qt.Key.Key_2)
    front_of(desk).close()
    gate = front_page(desk)
    assert isinstance(gate, WayBack)
    assert desk.session.window is None
    assert desk.session._fitcheck is None
    assert CANARY not in told_by_any_widget()
    assert PIN not in told_by_any_widget()
    for wrong in ("", "4712", PASSPHRASE):
        gate.pin.line.setText(wrong)
        QTest.keyClick(gate.pin.line, Qt.Key.Key_Return)
        assert gate.fault.text() == "That isn’t the PIN."
        assert desk.session.window is None
    QTest.keyClicks(gate.pin.line, PIN)
    QTest.keyClick(gate.pin.line, Qt.Key.Key_Return)
    desk.opened()
    assert values(desk, begun)[0] == 1
    assert not sealed.there(folder)


# Nothing leads out of it


def test_no_action_and_no_shortcut_is_left_in_the_application(desk: Desk, begun: int) -> None:
    assert any(widget.actions() for widget in QApplication.allWidgets())
    hand_over(desk, begun)
    for widget in QApplication.allWidgets():
        assert widget.actions() == []
        assert widget.findChildren(QAction) == []
        assert widget.findChildren(QShortcut) == []
        assert not widget.acceptDrops()
    assert CANARY not in told_by_any_widget()
    assert front_of(desk).windowTitle() == "FitCheck"


def test_the_book_is_closed_meanwhile(desk: Desk, begun: int) -> None:
    hand_over(desk, begun)
    assert desk.session.window is None
    assert desk.session._fitcheck is None
    # Nobody has it open: it could be opened by whoever has the passphrase, and by nobody else.
    desk.access.unlock(PASSPHRASE).close()


def test_ten_thousand_random_events_lead_nowhere(desk: Desk, begun: int) -> None:
    hand_over(desk, begun)
    front = front_of(desk)
    chance = random.Random(22)
    ended = 0
    for number in range(EVENTS):
        _anything(front, chance)
        page = front_page(desk)
        assert desk.session.window is None
        assert desk.session._fitcheck is None
        assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [front]
        assert isinstance(page, (TheirForm, UnlockPage))
        if number % 500 == 0 or isinstance(page, UnlockPage):
            QApplication.processEvents()
            assert CANARY not in told_by_any_widget()
        if isinstance(page, UnlockPage):
            ended += 1
            _as_if_handed_over_again(desk)
    # It was walked to its end and closed, and so the way out was among what was tried.
    assert ended > 3
    front.close()
    desk.locked()
    desk.unlock()
    assert any(value is not None for value in values(desk, begun))


def _as_if_handed_over_again(desk: Desk) -> None:
    """The form over the book that is closed already."""
    before = desk.session.handing._form
    assert before is not None
    desk.session.handing._form = HandOver(
        before._folder,
        before.public,
        before.assessment_id,
        before.questions,
        before.values,
        before.profile,
    )
    desk.session.handing.under_way = True
    desk.session.handing.show_form(front_of(desk), desk.session.ways_in.theme)


def _anything(front: FrontWindow, chance: random.Random) -> None:
    """One thing that somebody could do to the window."""
    here = QPoint(chance.randrange(front.width()), chance.randrange(front.height()))
    below = front.childAt(here) or front
    inside = below.mapFrom(front, here) if below is not front else here
    act = chance.randrange(100)
    if act < 60:
        press_in(front, chance.choice(KEYS), modifier=chance.choice(MODIFIERS))
    elif act < 80:
        button = chance.choice(
            (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
        )
        QTest.mouseClick(below, button, pos=inside)
    elif act < 84:
        QTest.mouseDClick(below, Qt.MouseButton.LeftButton, pos=inside)
    elif act < 89:
        QTest.mousePress(below, Qt.MouseButton.LeftButton, pos=inside)
        QTest.mouseMove(below, inside + QPoint(90, 40))
        QTest.mouseRelease(below, Qt.MouseButton.LeftButton, pos=inside + QPoint(90, 40))
    elif act < 93:
        reason = chance.choice((QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard))
        asked = QContextMenuEvent(reason, inside, below.mapToGlobal(inside))
        QApplication.sendEvent(below, asked)
    elif act < 96:
        _drop(below, inside)
    elif act < 99:
        none = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
        turn = QPoint(0, chance.choice((-120, 120)))
        phase = Qt.ScrollPhase.NoScrollPhase
        where = QPointF(inside)
        QApplication.sendEvent(
            below, QWheelEvent(where, QPointF(here), turn, turn, *none, phase, False)
        )
    elif chance.random() < 0.2:
        front.close()
    else:
        QApplication.sendEvent(front, QEvent(QEvent.Type.WindowDeactivate))


def _drop(target: QWidget, where: QPoint) -> None:
    """Something that is dragged in from elsewhere."""
    data = QMimeData()
    data.setText("file:///book.db")
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(target, QDragEnterEvent(where, copy, data, left, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(where), copy, data, left, none))


# However it ends


@pytest.mark.parametrize("end", ["done", "close", "idle", "sleep"])
def test_whichever_way_it_ends_it_locks_and_keeps_what_was_answered(
    desk: Desk, begun: int, end: str
) -> None:
    form = hand_over(desk, begun)
    press_in(form, Qt.Key.Key_Return, Qt.Key.Key_1, Qt.Key.Key_Right, Qt.Key.Key_0, Qt.Key.Key_5)
    if end == "done":
        form.end()
    elif end == "close":
        front_of(desk).close()
    elif end == "idle":
        pass_time(desk, IDLE)
    else:
        desk.sleep()
    desk.locked()
    assert front_of(desk).isVisible()
    desk.unlock()
    assert values(desk, begun)[:4] == [0, Mark.UNKNOWN, 4, None]


def test_it_ends_after_two_minutes_without_a_touch_and_not_before(desk: Desk, begun: int) -> None:
    form = hand_over(desk, begun)
    native = front_of(desk).windowHandle()
    assert native is not None
    assert IDLE == 120
    for _again in range(3):
        pass_time(desk, 119)
        QTest.keyClick(native, Qt.Key.Key_Shift)
    pass_time(desk, 119)
    assert front_page(desk) is form
    pass_time(desk, 1)
    desk.locked()


def test_the_usual_wait_is_back_afterwards(desk: Desk, begun: int) -> None:
    hand_over(desk, begun).end()
    desk.locked()
    window = desk.unlock()
    desk.session.watch._timer.stop()
    pass_time(desk, 130)
    assert desk.session.window is window


def test_a_program_that_was_killed_has_the_answers_the_next_time(
    qtbot: QtBot, qapp: QApplication, desk: Desk, begun: int, folder: Path
) -> None:
    form = hand_over(desk, begun)
    press_in(form, Qt.Key.Key_Return, Qt.Key.Key_3, Qt.Key.Key_Right, Qt.Key.Key_2)
    form._form.close()
    desk.session.doorbell.close()
    # Nothing of the first session is used any more, as if it had died here.
    for again in sessions.desk(qtbot, qapp, folder):
        again.unlock()
        assert values(again, begun)[:3] == [2, 1, None]
        assert not sealed.there(folder)


def test_where_a_write_fails_nothing_is_handed_over(
    desk: Desk, begun: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.window

    def refuse(_drafts: dict[str, str]) -> None:
        raise DiskRefused(desk.access._folder, "no space left")

    monkeypatch.setattr(window.context.fitcheck, "save_drafts", refuse)
    told: list[str] = []

    def read(message: messages.MessageWindow) -> None:
        told.append(message.message.happened)
        message.accept()

    when_there(messages.MessageWindow, read)
    desk.session.hand_over(begun, "")
    desk.qtbot.waitUntil(lambda: bool(told))
    assert told == ["The laptop can’t be handed over now."]
    assert desk.session.window is window
    assert window.isVisible()
    assert not desk.session.handing.under_way
    monkeypatch.undo()
    desk.session.lock()
    del window
    desk.locked()


def test_answers_that_cant_be_read_are_said_once_the_book_is_open(
    desk: Desk, begun: int, folder: Path
) -> None:
    form = hand_over(desk, begun)
    press_in(form, Qt.Key.Key_Return, Qt.Key.Key_3)
    form.end()
    desk.locked()
    desk.session.handing.give_up()  # a program that begins anew has only the file
    (folder / sealed.SEALED_FILE).write_bytes(b"something else")
    told: list[str] = []

    def read(message: messages.MessageWindow) -> None:
        told.append(message.message.happened)
        message.accept()

    when_there(messages.MessageWindow, read)
    desk.unlock()
    desk.qtbot.waitUntil(lambda: bool(told))
    assert told == ["The prospect’s answers are not in the book."]
    assert values(desk, begun) == [None] * 12


def test_a_second_start_brings_the_form_forward_and_leaves_it_full_screen(
    desk: Desk, begun: int
) -> None:
    form = hand_over(desk, begun)
    front_of(desk).showMinimized()
    desk.session.come_forward()
    assert front_page(desk) is form
    assert front_of(desk).isFullScreen()
    assert not front_of(desk).isMinimized()
