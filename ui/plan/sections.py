"""What each section of the plan is called, and what it is written in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from fitcheck.domain.assessment import Dissent, NextStep
from fitcheck.domain.bank import Bank, Problem
from fitcheck.domain.drafting import REASSESS_AFTER
from fitcheck.domain.plan import Cases, Expectation, Measure, Risk, RiskKind, Roles, Section, Stage
from fitcheck.i18n import N_, _
from reports.plan_words import risk_kind_name, section_name
from reports.words import problem_name
from ui.plan.arrangement import Beside, Key
from ui.plan.asked_again import AskedAgain
from ui.plan.fields import ChoiceEditor, DayEditor, Editor, SureDayEditor, TextEditor
from ui.plan.letter import LetterEditor
from ui.plan.part import PlanPart
from ui.plan.records import Kind, Part, Records
from ui.plan.rows import TextRows
from ui.tab_order import in_order
from ui.theme import space
from ui.widgets.labels import label

_NEXT_STEP_DAYS = 7
_NARROW = 130

_BESIDE = {
    Beside.LETTER: N_("The letter"),
    Beside.LISTS: N_("Keep, stop, start"),
    Beside.DISSENT: N_("Advice that they didn’t take"),
    Beside.NEXT_STEP: N_("Next step"),
}

_NOTES: dict[Key, str] = {
    Section.CONDITIONS: N_("What the low answers ask you two to agree on beforehand."),
    Section.ROLES: N_("As they read it: “you” is the prospect, “I” is you."),
    Section.EXPECTATIONS: N_("What they expect, what is realistic, and what you agreed on."),
    Section.PROMISES: N_("Six things that you can be held to."),
    Section.SCOPE: N_("How extra work comes about, and who pays for it."),
    Section.BOUNDARIES: N_("What you hold to with everyone is written once, in the settings."),
    Section.CASES: N_("Both are for them to know before they say yes."),
    Section.STAGES: N_(
        "Small steps, each with a test that both of you can see. The prospect’s edition shows the "
        "first one whole and only outlines the rest."
    ),
    Section.RISKS: N_("For your eyes alone. A is the task, B is how the two of you get along."),
    Beside.LETTER: N_("Beside its thanks, and what you heard once they have confirmed it."),
    Beside.LISTS: N_("What came of the inquiry, or of what they told you. For your eyes alone."),
    Beside.DISSENT: N_("Where they chose otherwise: you let them, and stay where you stood."),
}


def part_title(key: Key) -> str:
    return _(_BESIDE[key]) if isinstance(key, Beside) else section_name(key)


def make_part(key: Key, bank: Bank, today: dt.date) -> PlanPart:
    """The part of the page for a section, with nothing in it yet."""
    note = _(_NOTES[key]) if key in _NOTES else ""
    return PlanPart(key, part_title(key), note, _makers(bank, today)[key]())


class Group(Editor):
    """A few things that go together, side by side where there is room."""

    def __init__(self, make: Callable[..., Any], parts: Mapping[str, tuple[str, Editor]]) -> None:
        super().__init__()
        self._make = make
        self.parts = {name: editor for name, (_caption, editor) in parts.items()}
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(space(4))
        for caption, editor in parts.values():
            inside = QWidget()
            column = QVBoxLayout(inside)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(space(0.5))
            if caption:
                column.addWidget(label(caption, "asked-title"))
            column.addWidget(editor)
            column.addStretch(1)
            self._row.addWidget(inside, 1)
            editor.kept.connect(self.kept)
            editor.left.connect(self.left)
            editor.rearranged.connect(self._rearranged)

    @Slot()
    def _rearranged(self) -> None:
        in_order(*self.parts.values())
        self.rearranged.emit()

    def value(self) -> Any:
        return self._make(**{name: editor.value() for name, editor in self.parts.items()})

    def show_value(self, value: Any) -> None:
        get = value.get if isinstance(value, Mapping) else lambda name: getattr(value, name)
        for name, editor in self.parts.items():
            editor.show_value(get(name))

    def flush(self) -> None:
        for editor in self.parts.values():
            editor.flush()

    def entrance(self) -> QWidget:
        return next(iter(self.parts.values())).entrance()

    def make_room(self, width: int) -> None:
        direction = QBoxLayout.Direction
        beside = width >= space(_NARROW)
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)


def _makers(bank: Bank, today: dt.date) -> dict[Key, Callable[[], Editor]]:
    def named(section: Section) -> str:
        return section_name(section)

    return {
        Section.CONDITIONS: lambda: TextRows(named(Section.CONDITIONS), _("Add a condition")),
        Section.PROMISES: lambda: TextRows(named(Section.PROMISES), _("Add a promise")),
        Section.BOUNDARIES: lambda: TextRows(named(Section.BOUNDARIES), _("Add what you hold to")),
        Section.ROLES: _roles,
        Section.CASES: _cases,
        Section.SCOPE: lambda: TextEditor(named(Section.SCOPE), lines=2),
        Section.DISAGREEMENT: lambda: TextEditor(named(Section.DISAGREEMENT), lines=2),
        Section.SIGNS_OFF: lambda: TextEditor(named(Section.SIGNS_OFF)),
        Section.EXPECTATIONS: lambda: Records(_expectation()),
        Section.MEASURES: lambda: Records(_measure()),
        Section.STAGES: lambda: Records(_stage(bank)),
        Section.RISKS: lambda: Records(_risk()),
        Section.REASSESS_ON: lambda: DayEditor(
            named(Section.REASSESS_ON), _("on"), today + REASSESS_AFTER
        ),
        Beside.LETTER: lambda: LetterEditor(today),
        Beside.DISSENT: lambda: Records(_dissent(today)),
        Beside.LISTS: _lists,
        Beside.NEXT_STEP: lambda: _next_step(today),
    }


def _text(*, lines: int = 1) -> Callable[[str], Editor]:
    return lambda caption: TextEditor(caption, lines=lines)


def _roles() -> Editor:
    captions = {
        "yours": _("You decide"),
        "mine": _("I decide"),
        "ours": _("We decide together"),
    }
    return Group(Roles, {n: (c, TextRows(c, _("Add one"))) for n, c in captions.items()})


def _cases() -> Editor:
    captions = {"best": _("The best case"), "worst": _("The worst case")}
    return Group(Cases, {n: (c, TextEditor(c, lines=2)) for n, c in captions.items()})


def _lists() -> Editor:
    captions = {"keep": _("Keep doing"), "stop": _("Stop doing"), "start": _("Start doing")}
    return Group(dict, {n: (c, TextRows(c, _("Add one"))) for n, c in captions.items()})


def _next_step(today: dt.date) -> Editor:
    when = today + dt.timedelta(days=_NEXT_STEP_DAYS)
    return Group(
        NextStep,
        {
            "what": (_("What happens next"), TextEditor(_("Next step"))),
            "when": (_("When"), DayEditor(_("The next step has a date"), _("on"), when)),
        },
    )


def _expectation() -> Kind:
    return Kind(
        make=Expectation,
        lines=(
            (
                Part("expected", _("Expected"), _text()),
                Part("realistic", _("Realistic"), _text()),
                Part("agreed", _("Agreed"), _text()),
            ),
        ),
        needed=("expected",),
        missing=_("Kept once it says what they expect."),
        title=lambda number: _("Expectation {number}").format(number=number),
        add=_("Add an expectation"),
    )


def _measure() -> Kind:
    return Kind(
        make=Measure,
        lines=(
            (
                Part("what", _("What is measured"), _text(), 3),
                Part("baseline", _("Today"), _text(), 2),
                Part("target", _("Target"), _text(), 2),
                Part("by", _("By"), _text(), 2),
            ),
        ),
        needed=("what",),
        missing=_("Kept once it says what is measured."),
        title=lambda number: _("Measure {number}").format(number=number),
        add=_("Add a measure"),
    )


def _stage(bank: Bank) -> Kind:
    return Kind(
        make=Stage,
        lines=(
            (Part("goal", _("Goal"), _text()),),
            (Part("deliverable", _("What they get"), _text()),),
            (Part("time_box", _("Time box"), _text()), Part("cap", _("Cap"), _text())),
            (Part("exit_test", _("To go on, this must be seen"), _text()),),
            (Part("asks", _("Asked again"), lambda name: AskedAgain(name, bank)),),
        ),
        needed=("goal",),
        missing=_("Kept once it says what the goal is."),
        title=lambda number: _("Stage {number}").format(number=number),
        add=_("Add a stage"),
    )


def _risk() -> Kind:
    problems = {problem: problem_name(problem) for problem in Problem}
    kinds = {kind: risk_kind_name(kind) for kind in RiskKind}
    return Kind(
        make=Risk,
        lines=(
            (Part("what", _("What may go wrong"), _text()),),
            (
                Part("problem", _("Problem"), lambda name: ChoiceEditor(name, problems)),
                Part("kind", _("Kind"), lambda name: ChoiceEditor(name, kinds)),
            ),
            (Part("response", _("What you mean to do about it"), _text()),),
        ),
        needed=("what",),
        missing=_("Kept once it says what may go wrong."),
        title=lambda number: _("Risk {number}").format(number=number),
        add=_("Add a risk"),
    )


def _dissent(today: dt.date) -> Kind:
    return Kind(
        make=Dissent,
        lines=(
            (
                Part("advised", _("What you advised"), _text()),
                Part("why", _("Why"), _text()),
                Part("chosen", _("What they chose"), _text()),
            ),
            (Part("date", _("Date"), lambda name: SureDayEditor(name, today)),),
        ),
        needed=("advised", "why", "chosen"),
        missing=_("Kept once it says what you advised, why, and what they chose."),
        title=lambda number: _("Advice {number}").format(number=number),
        add=_("Add advice that they didn’t take"),
    )
