"""Conducts the interview of assessment 1 until it is killed, and tells each step that is saved.

Run by test_kills.py as ``python -m tests.store.conducting FOLDER STEPS_DONE``.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from threading import Event

from fitcheck.domain.assessment import DealBreakerState
from fitcheck.domain.bank import Evidence
from fitcheck.interview import Interview, SaveState
from fitcheck.services import FitCheck

DAY = dt.date(2026, 11, 21)


def step(interview: Interview, number: int) -> None:
    """One thing that a consultant does, and one write; the same whenever it is done again."""
    question = interview.question
    stood = interview.answer(question.id)
    interview.spend(3)
    part = number % 9
    if part == 0:
        interview.set_value(question.id, 0 if stood.level is None else (stood.level + 1) % 5)
    elif part == 1:
        other = [evidence for evidence in Evidence if evidence is not stood.evidence]
        interview.set_evidence(question.id, other[number % len(other)])
    elif part == 2:
        interview.set_note(question.id, f"noted {number}")
    elif part == 3:
        interview.set_quote(question.id, f"said {number}")
    elif part == 4:
        interview.undo()
    elif part == 5:
        interview.redo()
    elif part == 6:
        state = list(DealBreakerState)[number // 9 % len(DealBreakerState)]
        interview.set_deal_breaker(interview.bank.deal_breakers[0].id, state)
    elif part == 7:
        interview.set_field("their_agenda", f"agreed {number}")
    elif not interview.step(1):
        interview.go_to(interview.questions[0].id)


def main(folder: Path, done: int) -> None:
    saved = Event()

    def listen(state: SaveState, _error: BaseException | None) -> None:
        if state is SaveState.SAVED:
            saved.set()

    interview = FitCheck.open(folder, lambda: DAY).interview(1, listen)
    for number in range(done, done + 10_000):
        saved.clear()
        step(interview, number)
        saved.wait()
        print(f"saved {number}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
