"""From a click to the bytes of a document, and what the window feels of it.

Run by ``python3 dev.py bench paper``. "cold" starts a worker process and waits for its first
document; "warm" asks one that stands ready; "at hand" asks for a document that was foreseen.
"fresh" is the same content with the same style, but for every document the style sheets parsed and
the fonts read anew; "untuned" in addition has tables that find their own widths and share their
borders, as one would first write them. "cpu" is the processor's time of the same, which load on the
machine moves less.

"gap" is the largest pause of a timer of 10 ms in the window's event loop: with nothing to do, while
the worker makes a document, and (to compare) while a thread of the window's own process does.

Nothing here asserts a time: these machines are noisy, so ratios count, of figures taken by turns in
one run. performance.md has the goals.
"""

from __future__ import annotations

import argparse
import json
import operator
import os
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import PrivateFile, Report
from reports import render as tuned
from tests.bench._figures import hand
from tests.bench._figures import ratios as turn_by_turn
from tests.reports import people
from ui.press import Press
from ui.theme import apply_theme, make_theme

IN_PROCESS = ("tuned", "fresh", "untuned")
RUNS = 15
COLD_RUNS = 5

UNTUNED = "table { border-collapse: collapse !important; table-layout: auto !important; }"
"""How one would first write it. (One large grid for the answers would be dearer still.)"""

Took = dict[str, list[float]]


def numbered(number: int) -> PrivateFile:
    """The private file of a full assessment; each number's differs in a word."""
    whole = people.assessment()
    first = next(iter(whole.answers))
    answers = {**whole.answers, first: replace(whole.answers[first], note=f"Call {number}.")}
    return people.private(replace(whole, answers=answers))


def untuned(report: Report, paper: Paper, undone: str = UNTUNED) -> bytes:
    """The same content by WeasyPrint as it comes: nothing shared, nothing laid out with care."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from reports.embedded import EmbeddedOnly
    from reports.templating import source

    fonts, fetcher = FontConfiguration(), EmbeddedOnly()
    sheets = [
        CSS(string=source("house.css"), url_fetcher=fetcher, font_config=fonts),
        tuned._brand_style(report.profile.accent, paper),
        CSS(string=undone, font_config=fonts),
    ]
    html = tuned._html(report, "en")
    made: bytes = HTML(string=html, base_url=None, url_fetcher=fetcher).write_pdf(
        stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1"
    )
    return made


def timed(took: Took, part: str, work: Callable[[], object]) -> None:
    start, worked = time.perf_counter(), time.thread_time()
    work()
    took.setdefault(part, []).append((time.perf_counter() - start) * 1000)
    if part in IN_PROCESS:
        spent = (time.thread_time() - worked) * 1000
        took.setdefault(f"cpu.{part}", []).append(spent)


class Gaps(QObject):
    """The largest pause of a timer of 10 ms, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.largest = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        self.largest = 0.0
        self._clock.start()
        self._timer.start()

    def end(self) -> float:
        self._timer.stop()
        return self.largest

    def _tick(self) -> None:
        self.largest = max(self.largest, self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()


def cold(took: Took) -> None:
    for number in range(COLD_RUNS):
        report, press = numbered(number), Press()
        timed(took, "cold", partial(press.render, report, Paper.A4))
        press.close()


def by_turns(took: Took, runs: int) -> None:
    """The worker, this process tuned and untuned, and what lies at hand, one after the other."""
    press = Press()
    reports = [numbered(number) for number in range(runs + 1)]
    press.render(reports[-1], Paper.A4)
    tuned.render(reports[-1], Paper.A4)
    untuned(reports[-1], Paper.A4)
    for report in reports[:runs]:
        timed(took, "warm", partial(press.render, report, Paper.A4))
        timed(took, "tuned", partial(tuned.render, report, Paper.A4))
        timed(took, "fresh", partial(untuned, report, Paper.A4, ""))
        timed(took, "untuned", partial(untuned, report, Paper.A4))
    press.close()


def at_hand(took: Took, runs: int) -> None:
    """What was foreseen, from the click: the report is made anew, as the page does."""
    press = Press()
    press.foresee([(numbered(number), Paper.A4) for number in range(4)])
    while press.working:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
    for turn in range(runs):
        report = numbered(turn % 4)
        timed(took, "at.hand", partial(_find, press, report))
    press.close()


def _find(press: Press, report: Report) -> None:
    assert press.at_hand(report, Paper.A4) is not None


def gaps(took: Took, runs: int) -> None:
    """The largest gap while idle, while the worker renders, and while a thread does."""
    timer = Gaps()
    press = Press()
    reports = [numbered(number) for number in range(runs + 1)]
    press.render(reports[-1], Paper.A4)
    tuned.render(reports[-1], Paper.A4)
    for report in reports[:runs]:
        start = time.monotonic()
        made: list[bytes] = []
        timer.begin()
        press.make(report, Paper.A4, made.append, _raise)
        _loop_while(partial(operator.not_, made))
        took.setdefault("gap.worker", []).append(timer.end())
        until = 2 * time.monotonic() - start
        timer.begin()
        _loop_while(partial(_before, until))
        took.setdefault("gap.idle", []).append(timer.end())
        thread = threading.Thread(target=tuned.render, args=(report, Paper.A4))
        timer.begin()
        thread.start()
        _loop_while(thread.is_alive)
        took.setdefault("gap.thread", []).append(timer.end())
    press.close()


def _before(moment: float) -> bool:
    return time.monotonic() < moment


def _loop_while(going_on: Callable[[], bool]) -> None:
    """Run the event loop as the window does: asleep until something is due."""
    while going_on():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def _raise(error: BaseException) -> None:
    raise error


def main() -> None:
    """Print the milliseconds of each part and the ratios, as a table and as JSON."""
    parser = argparse.ArgumentParser(prog="bench paper", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    runs = parser.parse_args().runs
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, make_theme())
    took: Took = {}
    cold(took)
    by_turns(took, runs)
    at_hand(took, runs)
    gaps(took, runs)
    report(took)


def report(took: Took) -> None:
    figures = {
        part: {
            "runs": len(values),
            "median": statistics.median(values),
            "min": min(values),
            "max": max(values),
        }
        for part, values in took.items()
    }
    print(f"{'milliseconds':14}{'runs':>6}{'median':>10}{'min':>10}{'max':>10}")
    for part, row in figures.items():
        values = "".join(f"{row[name]:10.2f}" for name in ("median", "min", "max"))
        print(f"{part:14}{row['runs']:6.0f}{values}")
    medians = {part: row["median"] for part, row in figures.items()}

    def ratio_of(part: str, other: str) -> float:
        return statistics.median(turn_by_turn(took[part], took[other]))

    ratios = {
        "warm / untuned": (ratio_of("warm", "untuned"), "<= 0.70"),
        "tuned / untuned": (ratio_of("tuned", "untuned"), ""),
        "warm / fresh": (ratio_of("warm", "fresh"), ""),
        "cpu tuned / fresh": (ratio_of("cpu.tuned", "cpu.fresh"), ""),
        "cpu tuned / untuned": (ratio_of("cpu.tuned", "cpu.untuned"), ""),
        "cold / warm": (medians["cold"] / medians["warm"], ""),
        "gap worker / idle": (ratio_of("gap.worker", "gap.idle"), "<= 1.5"),
        "gap thread / idle": (ratio_of("gap.thread", "gap.idle"), ""),
    }
    for name, (ratio, goal) in ratios.items():
        print(f"{name:24}{ratio:8.2f}  {goal and f'goal {goal}'}")
    print(f"{'at hand, median ms':24}{medians['at.hand']:8.2f}  goal <= 100")
    told = {name: ratio for name, (ratio, _goal) in ratios.items()}
    print(json.dumps({"figures": {"paper": {**figures, "ratios": told}}}))
    hand("paper.click_to_ready_ms_median", took["at.hand"])
    hand("paper.warm_over_untuned", turn_by_turn(took["warm"], took["untuned"]))
    hand("paper.ui_gap_over_idle", turn_by_turn(took["gap.worker"], took["gap.idle"]))


if __name__ == "__main__":
    main()
