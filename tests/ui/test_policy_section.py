"""Policy in the settings: live on the map and over the past, saved as a version, asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import DealBreakerState, Prospect
from fitcheck.domain.bank import JUDGED_AXES, Axis, Form, Reference
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.policy import Appetite, Bar
from fitcheck.exchange.demo import load_demo
from fitcheck.library import load_bank, load_policy
from fitcheck.services import FitCheck
from fitcheck.store.errors import DiskRefused
from reports.words import policy_note
from tests.ui import sessions
from tests.ui.protected import TODAY, nameless
from tests.ui.sessions import Desk
from ui import messages
from ui.context import Context
from ui.dialogs.confirm import ConfirmDialog
from ui.main_window import MainWindow
from ui.widgets.bars_editor import GAP
from ui.widgets.policy_line import PolicyLine
from ui.widgets.policy_section import PolicySection

Key = Qt.Key
WhenAsked = Callable[[type[QWidget], Callable[[Any], Any]], None]
TRUST_MEASURED = "bars.trust.measurable"
STRICT = replace(load_policy(), bars=dict.fromkeys(JUDGED_AXES, Bar(0.95, 0.95)))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """A book with the demonstration's assessments, and their ids."""
    folder = tmp_path_factory.mktemp("policy") / "book"
    fitcheck = FitCheck.open(folder, lambda: TODAY)
    ids = [fitcheck.add_assessment(assessment) for assessment in load_demo()]
    fitcheck.close()
    return folder, ids


@pytest.fixture
def to_copy(demo: tuple[Path, list[int]]) -> Path:
    return demo[0]


@pytest.fixture
def past(demo: tuple[Path, list[int]]) -> list[int]:
    """The demonstration's assessments, in the book."""
    return demo[1]


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> MainWindow:
    """The whole window; what a test leaves unsaved is dropped, or closing it would ask."""
    window = MainWindow(context)
    window.resize(1280, 800)
    qtbot.addWidget(window, before_close_func=lambda _window: window.settings.policy.discard())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def section(qtbot: QtBot, window: MainWindow, past: list[int]) -> PolicySection:
    assert past
    window.show_page("settings")
    section = window.settings.policy
    tried_out(qtbot, section)
    return section


def tried_out(qtbot: QtBot, section: PolicySection) -> None:
    """Wait until all of the past has been judged by the draft."""
    qtbot.waitUntil(lambda: not section.changes.running)


def type_percent(section: PolicySection, place: str, percent: int) -> None:
    spin = section.bars.fields[place].spin
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, str(percent))


def make_strict(qtbot: QtBot, section: PolicySection) -> None:
    for place in section.bars.fields:
        if place != GAP:
            type_percent(section, place, 95)
    tried_out(qtbot, section)


def lines(section: PolicySection) -> list[str]:
    widget = section.changes.list
    return [widget.item(row).text() for row in range(widget.count())]


def picture(section: PolicySection) -> QImage:
    return section.map.chart.grab().toImage()


def test_it_shows_what_is_in_force_and_that_it_is_policy(
    section: PolicySection, window: MainWindow
) -> None:
    assert section.in_force.text() == (
        "In force for new assessments: the default policy, version 1.0.0."
    )
    shown = {place: field.spin.value() for place, field in section.bars.fields.items()}
    assert shown == {
        "bars.trust.preference": 50,
        "bars.trust.measurable": 65,
        "bars.chemistry.preference": 65,
        "bars.chemistry.measurable": 50,
        "bars.gap": 20,
    }
    assert section.deal_breakers.value == load_bank().deal_breakers
    assert any(text.text() == policy_note() for text in window.settings.findChildren(QLabel))
    assert not section.save_button.isEnabled()
    assert not section.dirty
    assert section.changes.sentence.text() == "None of 8 recommendations would change."
    assert nameless(section) == []


def test_a_bar_that_moves_moves_on_the_map_and_over_the_past(
    qtbot: QtBot, section: PolicySection
) -> None:
    before = picture(section)
    make_strict(qtbot, section)
    assert picture(section) != before
    assert section.map.chart.accessibleName() == "Fit map"
    assert section.changes.sentence.text() == "4 of 8 recommendations would change."
    assert section.summary.text() == section.changes.sentence.text()
    trial = {change.name: change for change in section.changes.found}
    assert len(lines(section)) == len(trial) == 4
    for change, line in zip(section.changes.found, lines(section), strict=True):
        assert line.startswith(change.name)
    assert any(line.endswith("Proceed → Stage the work") for line in lines(section))
    section.discard()
    tried_out(qtbot, section)
    assert picture(section) == before
    assert lines(section) == []
    assert section.changes.list.isHidden()


def test_the_slider_and_the_figure_are_one(section: PolicySection) -> None:
    field = section.bars.fields[TRUST_MEASURED]
    field.slider.setFocus()
    QTest.keyClick(field.slider, Key.Key_PageUp)
    assert (field.spin.value(), section.draft.bars[Axis.TRUST].measurable) == (70, 0.70)
    field.spin.setFocus()
    QTest.keyClick(field.spin, Key.Key_Down)
    assert (field.slider.value(), section.draft.bars[Axis.TRUST].measurable) == (69, 0.69)


def test_what_nobody_touched_keeps_its_last_digit(window: MainWindow, fitcheck: FitCheck) -> None:
    fine = replace(load_policy(), bars={axis: Bar(0.625, 0.5) for axis in JUDGED_AXES})
    fitcheck.policies.save(fine)
    window.show_page("settings")
    section = window.settings.policy
    type_percent(section, GAP, 10)
    assert section.draft.bars == fine.bars
    assert section.draft.gap == 0.10
    section.discard()


def test_the_wheel_scrolls_the_page_and_moves_no_bar(section: PolicySection) -> None:
    field = section.bars.fields[TRUST_MEASURED]
    section.save_button.setFocus()
    for part in (field.slider, field.spin, section.map.whose):
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(part.mapToGlobal(QPoint(5, 5))),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(part, event)
    assert not section.dirty
    assert section.map.assessment_id is None


def test_the_map_is_that_of_whomever_one_chooses(qtbot: QtBot, section: PolicySection) -> None:
    assert section.map.whose.count() == 9
    assert section.map.sentence.text().startswith("Too early to say.")
    before = picture(section)
    names = [section.map.whose.itemText(row) for row in range(section.map.whose.count())]
    proceeds = next(row for row, name in enumerate(names) if load_demo()[0].prospect.name in name)
    section.map.whose.setCurrentIndex(proceeds)
    assert picture(section) != before
    assert section.map.sentence.text().startswith("Proceed.")
    make_strict(qtbot, section)
    assert section.map.sentence.text().startswith("Stage the work.")


def test_the_appetite_is_tried_out_too_and_kept_at_once(
    qtbot: QtBot, section: PolicySection, fitcheck: FitCheck
) -> None:
    for bar in ("bars.chemistry.preference", TRUST_MEASURED):
        type_percent(section, bar, 80 if "chemistry" in bar else 90)
    tried_out(qtbot, section)
    assert lines(section) == []
    radio = section.appetite.radio(Appetite.CHOOSY)
    radio.setFocus()
    QTest.keyClick(radio, Key.Key_Space)
    tried_out(qtbot, section)
    assert len(lines(section)) == 3
    assert fitcheck.preferences.appetite is Appetite.CHOOSY
    assert not fitcheck.policies.newest


def test_saving_makes_a_version_and_leaves_the_past_alone(
    qtbot: QtBot, section: PolicySection, fitcheck: FitCheck, past: list[int]
) -> None:
    before = [fitcheck.interview(id_).judgement for id_ in past]
    make_strict(qtbot, section)
    assert section.save_button.text() == "Save as version 1.0.0"
    section.save_button.setFocus()
    QTest.keyClick(section.save_button, Key.Key_Space)
    assert fitcheck.policies.in_force.reference == Reference("own", "1.0.0")
    assert fitcheck.policies.in_force.bars == STRICT.bars
    assert section.in_force.text() == (
        "In force for new assessments: your own policy, version 1.0.0. "
        "It was saved on 21 November 2026."
    )
    assert not section.dirty
    assert "your own policy, version 1.0.0" in section.told.text()
    assert [fitcheck.interview(id_).judgement for id_ in past] == before
    new = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("New")), Form.FULL)
    assert fitcheck.interview(new).policy == fitcheck.policies.in_force
    type_percent(section, GAP, 10)
    assert section.save_button.text() == "Save as version 2.0.0"
    section.discard()


def test_one_can_go_back_to_the_default_and_to_ones_own(
    section: PolicySection, fitcheck: FitCheck
) -> None:
    assert section.default_button.isHidden()
    assert section.own_button.isHidden()
    own = fitcheck.policies.save(STRICT)
    section.discard()
    section.default_button.click()
    assert fitcheck.policies.in_force == own, "only filled in so far"
    assert section.save_button.text() == "Go back to the default policy"
    section.save_button.click()
    assert fitcheck.policies.in_force == load_policy()
    section.own_button.click()
    assert section.save_button.text() == "Use version 1.0.0 again"
    section.save_button.click()
    assert fitcheck.policies.in_force == own


def test_a_bar_below_the_gap_is_said_at_its_field_and_cannot_be_saved(
    qtbot: QtBot, section: PolicySection
) -> None:
    type_percent(section, "bars.trust.preference", 15)
    told = section.bars.faults["bars.trust.preference"]
    assert told.isVisible()
    assert told.text() == (
        "A bar can’t be lower than the gap (20%): raise the bar or lower the gap."
    )
    assert not section.save_button.isEnabled()
    assert not section.changes.running
    assert section.changes.sentence.text() == "This can be tried out as soon as it is complete."
    type_percent(section, GAP, 15)
    assert not told.isVisible()
    assert section.not_ready.isHidden()
    assert section.save_button.isEnabled()
    tried_out(qtbot, section)
    assert "would change" in section.changes.sentence.text()
    section.discard()


def test_a_disk_that_refuses_loses_no_draft(
    section: PolicySection,
    window: MainWindow,
    fitcheck: FitCheck,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def refuse(_draft: object) -> None:
        raise DiskRefused(tmp_path, "no space left")

    monkeypatch.setattr(fitcheck.policies, "save", refuse)
    type_percent(section, GAP, 15)
    section.save_button.click()
    told = window.findChild(messages.MessageWindow)
    assert told is not None
    assert told.message.happened == "Your policy was not saved."
    told.accept()
    assert section.draft.gap == 0.15
    assert section.save_button.isEnabled()
    section.discard()


class TestDealBreakers:
    def test_one_is_written_and_asked_about_from_then_on(
        self, section: PolicySection, fitcheck: FitCheck
    ) -> None:
        editor = section.deal_breakers
        editor.add_button.click()
        assert editor.text.hasFocus()
        assert not section.save_button.isEnabled()
        assert editor.text_fault.text() == "Say what rules the work out."
        QTest.keyClicks(editor.text, "They want it yesterday.")
        assert editor.text_fault.isHidden()
        assert editor.ask_fault.text() == "Add the question that clears or confirms it."
        assert editor.list.currentItem().text() == "They want it yesterday. (not ready)"
        QTest.keyClicks(editor.ask, "By when,  and why?")
        assert editor.list.currentItem().text() == "They want it yesterday."
        section.save_button.click()
        written = fitcheck.policies.deal_breakers(fitcheck.policies.in_force)
        assert written[:-1] == load_bank().deal_breakers
        assert (written[-1].text, written[-1].ask) == (
            "They want it yesterday.",
            "By when, and why?",
        )
        new = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("New")), Form.FULL)
        interview = fitcheck.interview(new)
        interview.set_deal_breaker(written[-1].id, DealBreakerState.CONFIRMED)
        assert interview.judgement.recommendation is Recommendation.DECLINE

    def test_editing_keeps_the_id_and_undo_takes_a_whole_typing_back(
        self, section: PolicySection
    ) -> None:
        editor = section.deal_breakers
        first = editor.value[0]
        editor.list.setFocus()
        editor.text.setFocus()
        editor.text.selectAll()
        QTest.keyClicks(editor.text, "They sign nothing.")
        assert editor.value[0] == replace(first, text="They sign nothing.")
        assert section.save_button.isEnabled()
        editor.list.setFocus()
        QTest.keyClick(editor.list, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert editor.value == load_bank().deal_breakers
        assert section.draft.deal_breakers is None
        assert not section.dirty
        assert not editor.undo_button.isEnabled()

    def test_order_removal_and_restoring_by_keyboard(self, section: PolicySection) -> None:
        editor, bank = section.deal_breakers, load_bank().deal_breakers
        editor.list.setFocus()
        QTest.keyClick(editor.list, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert editor.value[:2] == (bank[1], bank[0])
        assert editor.list.currentRow() == 1
        QTest.keyClick(editor.list, Key.Key_Delete)
        assert editor.value == (bank[1], *bank[2:])
        QTest.keyClick(editor.list, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert editor.value[:2] == (bank[1], bank[0])
        QTest.keyClick(editor.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert editor.value == bank
        QTest.keyClick(editor.list, Key.Key_Delete)
        editor.restore_button.click()
        assert editor.value == bank
        assert not section.dirty

    def test_the_last_one_stays(self, section: PolicySection) -> None:
        editor = section.deal_breakers
        for _ in range(len(editor.value) + 2):
            editor.remove()
        assert len(editor.value) == 1
        assert not editor.remove_button.isEnabled()
        section.discard()

    def test_taking_one_out_is_tried_out_over_the_past(
        self, qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
    ) -> None:
        first = load_bank().deal_breakers[0]
        demo = replace(load_demo()[0], deal_breakers={first.id: DealBreakerState.CONFIRMED})
        fitcheck.add_assessment(demo)
        window.show_page("settings")
        section = window.settings.policy
        section.deal_breakers.remove_button.click()
        tried_out(qtbot, section)
        (change,) = section.changes.found
        assert (change.then, change.now) == (Recommendation.DECLINE, Recommendation.PROCEED)
        assert section.changes.sentence.text() == "1 of 9 recommendations would change."
        section.discard()

    def test_a_question_that_is_too_long_is_said(self, section: PolicySection) -> None:
        editor = section.deal_breakers
        editor.ask.setPlainText("Really? " * 40)
        assert editor.ask_fault.text() == "This is too long: at most 240 characters."
        assert not section.save_button.isEnabled()
        section.discard()
        assert editor.ask_fault.isHidden()


class TestLeaving:
    def test_it_asks_and_can_be_called_off(
        self, section: PolicySection, window: MainWindow, when_asked: WhenAsked
    ) -> None:
        type_percent(section, GAP, 15)
        when_asked(ConfirmDialog, lambda dialog: dialog.leave_it.click())
        window.show_page("prospects")
        assert window.page_name == "settings"
        assert section.draft.gap == 0.15
        when_asked(ConfirmDialog, lambda dialog: dialog.do_it.click())
        window.show_page("prospects")
        assert window.page_name == "prospects"
        assert not section.dirty
        assert not section.changes.running

    def test_without_changes_nothing_is_asked(
        self, section: PolicySection, window: MainWindow
    ) -> None:
        window.show_page("prospects")
        assert window.page_name == "prospects"
        assert not section.dirty

    def test_a_look_that_is_chosen_meanwhile_loses_no_draft(
        self, section: PolicySection, window: MainWindow
    ) -> None:
        before = picture(section)
        type_percent(section, GAP, 15)
        window.menus.looks[next(look for look in window.menus.looks if look == "dark")].trigger()
        assert section.draft.gap == 0.15
        assert section.bars.fields[GAP].spin.value() == 15
        assert picture(section) != before
        section.discard()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Any:
    yield from sessions.desk(qtbot, qapp, folder)


def test_a_draft_outlives_the_lock_and_nothing_is_asked(desk: Desk) -> None:
    desk.fill()
    window = desk.unlock()
    window.show_page("settings")
    section = window.settings.policy
    type_percent(section, GAP, 15)
    section.deal_breakers.add_button.click()
    QTest.keyClicks(section.deal_breakers.text, "They want it yesterday.")
    del section, window
    desk.session.lock()
    desk.locked()
    window = desk.unlock()
    assert window.page_name == "settings"
    section = window.settings.policy
    assert section.draft.gap == 0.15
    assert section.bars.fields[GAP].spin.value() == 15
    assert section.deal_breakers.value[-1].text == "They want it yesterday."
    assert not section.save_button.isEnabled()
    assert window.context.fitcheck.policies.newest is None
    section.discard()


class TestTheVerdictsLine:
    def line(self, qtbot: QtBot, context: Context, fitcheck: FitCheck, id_: int) -> PolicyLine:
        line = PolicyLine(context, fitcheck.interview(id_))
        qtbot.addWidget(line)
        return line

    def test_it_names_the_policy_that_judged(
        self, qtbot: QtBot, context: Context, fitcheck: FitCheck, past: list[int]
    ) -> None:
        line = self.line(qtbot, context, fitcheck, past[0])
        assert line.judged_by.text() == (
            "Judged by the default policy, version 1.0.0, with this appetite for risk: Balanced."
        )
        assert line.today.text() == ""

    def test_it_says_what_todays_would_make_of_it(
        self, qtbot: QtBot, context: Context, fitcheck: FitCheck, past: list[int]
    ) -> None:
        fitcheck.policies.save(STRICT)
        line = self.line(qtbot, context, fitcheck, past[0])
        assert "default policy, version 1.0.0" in line.judged_by.text()
        assert line.today.text() == (
            "By today’s rules (your own policy, version 1.0.0; appetite for risk: Balanced) "
            "it would come to: Stage the work. This judgement stays as it was."
        )
        declined = self.line(qtbot, context, fitcheck, past[4])
        assert declined.today.text().endswith("it would come to the same.")

    def test_it_stands_on_the_verdict(
        self, window: MainWindow, fitcheck: FitCheck, past: list[int]
    ) -> None:
        fitcheck.policies.save(STRICT)
        window.open_assessment(past[0])
        line = window.findChild(PolicyLine)
        assert line is not None
        assert line.isVisible()
        assert line.today.isVisible()
