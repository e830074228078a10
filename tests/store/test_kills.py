"""kill -9 in the middle of a full and of an event form: what was saved is there, at its place.

300 kills at random (``python3 dev.py soak kills`` does 5,000) go through everything that writes.
The inquiry is killed in test_inquiry.py, the prospect's own form in test_handing_over.py, the store
under all of them in test_durability.py.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.services import FitCheck
from tests.store.conducting import DAY, step
from tests.store.killing import Report

ROOT = Path(__file__).parents[2]


def begin(folder: Path, form: Form) -> None:
    fitcheck = FitCheck.open(folder, lambda: DAY)
    assert fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada")), form) == 1
    fitcheck.close()


def killed_after(folder: Path, done: int, lines: int) -> int:
    """Go on with the interview in a process of its own, kill that, and tell how much it saved."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.store.conducting", str(folder), str(done)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    read = [child.stdout.readline() for _line in range(lines)]
    child.send_signal(signal.SIGKILL)
    rest, errors = child.communicate()
    assert (child.returncode, errors) == (-signal.SIGKILL, "")
    told = [*read, *rest.splitlines()]
    assert [int(line.split()[1]) for line in told] == list(range(done, done + len(told)))
    return done + len(told)


@pytest.mark.parametrize("form", [Form.FULL, Form.EVENT])
def test_what_was_saved_is_there_and_one_stands_where_one_stood(tmp_path: Path, form: Form) -> None:
    """Against the same steps done by a process that nobody killed, one step after the other."""
    folder, undisturbed = tmp_path / "killed", tmp_path / "undisturbed"
    begin(folder, form)
    begin(undisturbed, form)
    kept, done = FitCheck.open(undisturbed, lambda: DAY), 0
    beside = kept.interview(1)
    for lines in (1, 4, 13, 46):
        acknowledged = killed_after(folder, done, lines)
        fitcheck = FitCheck.open(folder, lambda: DAY)
        stored = fitcheck._book.load(1)
        again = fitcheck.interview(1)
        # A step that was on its way may have been saved too, but only whole.
        reached = round(again.spent) // 3
        assert reached - acknowledged in (0, 1)
        while done < reached:
            step(beside, done)
            done += 1
        kept.save_drafts({})
        assert stored == kept._book.load(1)
        assert stored.assessment.form is form
        assert (again.question, again.spent) == (beside.question, beside.spent)
        assert (again.can_undo, again.can_redo) == (beside.can_undo, beside.can_redo)
        fitcheck.close()
    assert beside.question is not beside.questions[0]
    assert sum(beside.answer(question.id).value is not None for question in beside.questions) > 5
    kept.close()


def killing(*options: str) -> dict[str, Report]:
    """What came of many kills, by control; done by a process that has opened nothing."""
    command = [sys.executable, "-m", "tests.store.killing", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name: Report(**report) for name, report in json.loads(done.stdout).items()}


def test_killed_anywhere_in_a_day_nothing_that_was_told_is_lost(
    record_property: Callable[[str, object], None],
) -> None:
    """300 kills in the midst of interviews, plans, dates, backups, erasures, changed passphrases,
    locks and hand-overs; and of stores that are less careful, which must be found out."""
    reports = killing("--kills", "300", "--controls", "24")
    found = reports.pop("")
    record_property("counted", str(found))
    assert found.faults == []
    assert sum(found.kills.values()) == 300
    assert len(found.kills) == 3
    assert {"answer", "answer_in_haste", "back_up", "erase", "hand_over"} < set(found.acts)
    assert found.played_back > 5
    assert found.whole_step > 30
    assert {name: caught(report) for name, report in reports.items()} == {
        "says so too early": True,
        "in two halves": True,
        "without a journal": True,
    }


def caught(report: Report) -> bool:
    """Whether it was found out by what it is guilty of."""
    guilty = ("lost", "half a step", "corrupt")
    return any(fault.partition(": ")[2].endswith(guilty) for fault in report.faults)


def test_programs_that_were_started_and_not_forked_are_killed_as_well() -> None:
    found = killing("--kills", "4", "--spawned")[""]
    assert (found.faults, sum(found.kills.values())) == ([], 4)
