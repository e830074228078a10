"""The judgement at the speed of the hand: 200 answers of full forms, in the window and by itself.

Run by ``python3 dev.py bench judgement``. "key.paint" is from a key that answers to the window
having been painted, with the totals shown: posterior, odds, recommendation and map; "key.advice"
from the same key until what to ask next and whether one knows enough stand there, found in idle
time. The parts are measured by themselves, in the order in which they are needed. Nothing here
asserts a time: these machines are noisy. performance.md has the goals.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fitcheck.domain.assessment import Answer, Assessment, Prospect
from fitcheck.domain.bank import LEVELS, Evidence, Form
from fitcheck.domain.firmness import firming
from fitcheck.domain.flips import flips, to_proceed
from fitcheck.domain.judgement import judge
from fitcheck.exchange.demo import load_demo
from fitcheck.library import load_bank, load_policy
from fitcheck.services import FitCheck
from reports.charts import fit_map
from tests.bench._figures import hand
from ui.app import make_context
from ui.pages.interview import InterviewPage
from ui.theme import apply_theme, make_theme
from ui.widgets.chart_view import chart_colours

ANSWERS = 200
GOALS = {"key.paint": (16.0, 33.0), "key.advice": (100.0, None)}
"""Milliseconds: the median, and the worst."""

_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)

Took = dict[str, list[float]]


@contextmanager
def timed(took: Took, part: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    took.setdefault(part, []).append((time.perf_counter() - start) * 1000)


def in_the_window(took: Took, chance: random.Random) -> None:
    """Answer full forms by keys, in the real page over a book on the disk."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, make_theme())
    with tempfile.TemporaryDirectory() as folder:
        fitcheck = FitCheck.open(Path(folder) / "book", lambda: dt.date(2026, 11, 22))
        fitcheck.save_preferences(replace(fitcheck.preferences, show_totals=True))
        page = InterviewPage(make_context(fitcheck))
        page.resize(1280, 720)
        page.show()
        while len(took.get("key.paint", ())) < ANSWERS:
            _one_form(page, fitcheck, took, chance)
        page.set_interview(None)
        fitcheck.close()


def _one_form(page: InterviewPage, fitcheck: FitCheck, took: Took, chance: random.Random) -> None:
    prospect = fitcheck.add_prospect(Prospect("Nobody"))
    interview = fitcheck.interview(fitcheck.begin_assessment(prospect, Form.FULL))
    page.set_interview(interview)
    page.enter()
    for question in interview.questions:
        interview.go_to(question.id)
        page.enter()
        page.begin()  # past what to agree on beforehand
        _settle(lambda: interview.firmness is not None)
        QApplication.processEvents()  # whoever answers has the question painted before them
        start = time.perf_counter()
        QTest.keyClick(page.card, chance.choice(_KEYS))
        QApplication.sendPostedEvents()  # layout and paint, but no timer: nothing of idle time
        took.setdefault("key.paint", []).append((time.perf_counter() - start) * 1000)
        assert interview.answer(question.id).level is not None
        _settle(lambda: interview.firmness is not None)
        QApplication.sendPostedEvents()
        took.setdefault("key.advice", []).append((time.perf_counter() - start) * 1000)


def _settle(done: Callable[[], bool]) -> None:
    while not done():
        QApplication.processEvents()


def by_parts(took: Took, chance: random.Random) -> None:
    """The parts of the same work, by themselves."""
    bank, policy = load_bank(), load_policy()
    colours = chart_colours(make_theme(), make_theme().window)
    while len(took.get("judgement", ())) < ANSWERS:
        assessment = replace(
            load_demo()[0], answers={}, deal_breakers={}, override=None, form=Form.FULL
        )
        for question in bank.form(Form.FULL):
            tag = chance.choice(list(Evidence))
            answer = Answer(question.id, chance.randrange(LEVELS), tag)
            assessment = replace(assessment, answers={**assessment.answers, question.id: answer})
            with timed(took, "judgement"):
                judgement = judge(assessment, bank, policy)
            with timed(took, "map.svg"):
                fit_map(judgement, policy, colours)
            _firming(took, assessment)
            with timed(took, "flips"):
                flips(assessment, bank, policy)
            with timed(took, "to_proceed"):
                to_proceed(assessment, bank, policy)


def _firming(took: Took, assessment: Assessment) -> None:
    bank, policy = load_bank(), load_policy()
    steps = firming(assessment, bank, policy)
    with timed(took, "firmness"):
        while True:
            start = time.perf_counter()
            ended = next(steps, assessment) is assessment  # a step says nothing, the end does
            took.setdefault("firmness.step", []).append((time.perf_counter() - start) * 1000)
            if ended:
                return


def main() -> None:
    """Print the milliseconds of each part, as a table and as JSON."""
    took: Took = {}
    chance = random.Random(20261121)
    in_the_window(took, chance)
    by_parts(took, chance)
    figures = {
        part: {
            "runs": len(values),
            "median": statistics.median(values),
            "p95": statistics.quantiles(values, n=20)[-1],
            "worst": max(values),
        }
        for part, values in took.items()
    }
    print(f"{'milliseconds':14}{'runs':>8}{'median':>10}{'p95':>10}{'worst':>10}  goal")
    for part, row in figures.items():
        goal = GOALS.get(part)
        said = f"  {goal[0]:g} median" + (f", {goal[1]:g} worst" if goal[1] else "") if goal else ""
        print(
            f"{part:14}{row['runs']:8d}{row['median']:10.2f}{row['p95']:10.2f}{row['worst']:10.2f}"
            + said
        )
    print(json.dumps({"figures": {f"judgement.{part}": row for part, row in figures.items()}}))
    hand("answer.key_to_paint_ms_median", took["key.paint"])
    hand("answer.key_to_paint_ms_worst", took["key.paint"], max(took["key.paint"]))
    # From the key, as one waits for it, with all that comes before; and by itself.
    hand("answer.firmness_ms_median", took["key.advice"])
    hand("answer.firmness_alone_ms_median", took["firmness"])


if __name__ == "__main__":
    main()
