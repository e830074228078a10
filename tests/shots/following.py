"""Pictures of follow-ups: who is due above the list, the agenda, its dialogs, and the line."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtWidgets import QDialog

from fitcheck.domain.follow_up import FollowUp, Move, Purpose
from fitcheck.domain.period import Decision
from fitcheck.domain.policy import Action
from fitcheck.exchange.demo import load_demo
from fitcheck.settings import Look
from tests.shots.camera import TODAY, Camera, settle
from ui.asked_follow_up import few_who_match
from ui.dialogs.calendar_file import CalendarDialog
from ui.dialogs.follow_up import FollowUpDialog, MoveDialog
from ui.main_window import MainWindow

_LINE = (
    (dt.date(2024, 11, 4), -2),
    (dt.date(2025, 4, 14), 0),
    (dt.date(2025, 12, 1), 1),
    (dt.date(2026, 9, 7), -1),
    (dt.date(2026, 11, 20), 0),
)
_PLANNED = (
    (-9, Purpose.CHECK_UP, "Did the first week’s report come on time?"),
    (-1, Purpose.LOOK_IN, "Their new budget is decided in November"),
    (0, Purpose.MARK_OUTCOME, ""),
    (0, Purpose.RE_ASSESS, "After the first stage"),
    (3, Purpose.CHECK_UP, "Ask for the bad first"),
    (12, Purpose.LOOK_IN, ""),
    (60, Purpose.CHECK_UP, ""),
    (200, Purpose.MARK_OUTCOME, "At the end of the engagement"),
)


def following_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """All of them in one look, over a book with prospects in it."""
    fitcheck = window.context.fitcheck
    window.resize(1280, 720)
    window.show_page("agenda")
    camera.take(window, f"agenda-empty-{look.value}")
    lines = fitcheck.prospects()
    for number, (ahead, purpose, reason) in enumerate(_PLANNED):
        day = TODAY + dt.timedelta(ahead)
        first = FollowUp(day - dt.timedelta(30), purpose, reason)
        moved = first.moved(Move(day - dt.timedelta(30), day, None, "they asked for more time"))
        planned = moved if ahead < 0 else FollowUp(day, purpose, reason, dt.time(14, 30))
        fitcheck._book.follow_ups.add(lines[number % len(lines)].id, [planned]).result()
    window.show_page("prospects")
    window.prospects.table.choose(2)
    camera.take(window, f"prospects-follow-ups-{look.value}")
    line = lines[-1]
    window.following.show_prospect(line.id)
    if fitcheck.period(line.id).decision is None:
        fitcheck.decide(line.id, Action.PROCEED, "As recommended")
    window.prospects.dates.follow_ups.decided(line.id, line.prospect.name)
    window.prospects.refresh()
    camera.take(window, f"prospects-offer-{look.value}")
    window.prospects.dates.follow_ups.refuse()
    window.show_page("agenda")
    camera.take(window, f"agenda-{look.value}")
    window.resize(760, 560)
    settle()
    camera.take(window, f"agenda-small-{look.value}")
    window.resize(1280, 720)
    entry = fitcheck.follow_ups.page()[0]
    search = lambda text: few_who_match(window.context, text)  # noqa: E731
    dialogs: tuple[tuple[QDialog, str], ...] = (
        (FollowUpDialog(window, TODAY, search), "follow-up"),
        (FollowUpDialog(window, TODAY, search, (line.id, line.prospect.name)), "follow-up-of"),
        (MoveDialog(window, entry.name, entry.follow_up, 1, TODAY), "follow-up-move"),
        (CalendarDialog(window, 8, 1, one_prospect=True), "calendar-file"),
    )
    for dialog, name in dialogs:
        dialog.show()
        dialog.activateWindow()
        settle()
        camera.take(dialog, f"{name}-{look.value}")
        dialog.close()
        dialog.deleteLater()
    settle()
    line_screens(window, camera, look)


def line_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """A line over three years: three assessments, a yes, two check-ups, one that isn't finished."""
    fitcheck = window.context.fitcheck
    whole = load_demo()[0]
    person = replace(whole.prospect, name="Petra Lindqvist")
    who = 0
    for number, (day, step) in enumerate(_LINE):
        answers = {
            id_: replace(answer, value=max(0, min(4, answer.value + (i % 3 == 0) * step)))
            if isinstance(answer.value, int)
            else answer
            for i, (id_, answer) in enumerate(whole.answers.items())
        }
        said = replace(whole.conversation, stop=("Reports on Fridays",), start=("A call a week",))
        made = replace(whole, date=day, prospect=person, answers=answers, conversation=said)
        added = fitcheck.add_assessment(made, number < 4, who or None)
        who = who or fitcheck.interview(added).prospect_id
        if number == 1:
            decided = Decision(dt.date(2025, 5, 2), Action.PROCEED)
            fitcheck._book.periods.take(who, decided).result()
    window.following.show_line(who)
    camera.take(window, f"line-{look.value}")
    body = window.following.line.body
    assert body is not None
    camera.take(body.inside, f"line-whole-{look.value}")
