"""Kills a program at any moment of its day, and looks at what is left of the book.

A parent that has imported everything and opened nothing forks one child after the other (where
there is no forking, it starts them). Each lives through a day (:mod:`tests.store.day`) on a copy of
a small book and tells through a pipe what is done; at a moment drawn by lot it is killed. The
moment is one in time, or one soon after something was told, or the n-th time that something is
asked of the system, before, after or in the middle of it.

What must be there is known exactly: a *twin* lived through the same day undisturbed, and all rows
of all tables were noted after each of its commits. :class:`Judge` opens what was killed.

Run as ``python -m tests.store.killing --kills 300``; it prints what it found as JSON.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.store.controls import CONTROLS
from tests.store.day import Sitting, acts, foreseen, live, prepare
from tests.store.dying import Calls
from tests.store.judging import Judge, Twin, live_as_twin
from tests.store.power_loss import memory_folder

ROOT = Path(__file__).parents[2]
FORKING = hasattr(os, "fork")
MORNING = "morning"
DAYS = 12
"""Days that are lived through again and again; each has a twin."""

BY_TIME, SOON, IN_A_CALL = "at a moment", "soon after something was told", "in a system call"
WAYS = (BY_TIME, SOON, IN_A_CALL)
SOON_IS = 0.004
"""Seconds: about as long as an act takes."""
PATIENCE = 60


@dataclass(frozen=True)
class Moment:
    """When to kill: after so many tellings and seconds, or in that call to the system."""

    way: str
    told: int = 0
    seconds: float = 0.0
    call: int = 0
    part: str = ""


def drawn(rng: random.Random, twin: Twin, way: str) -> Moment:
    if way == BY_TIME:
        return Moment(way, seconds=rng.uniform(0, twin.seconds))
    if way == SOON:
        return Moment(way, rng.randrange(len(twin.told)), rng.uniform(0, SOON_IS))
    return Moment(way, call=rng.randint(1, twin.calls), part=rng.choice(Calls.PARTS))


@dataclass
class Report:
    """What came of it. ``kills`` by way; ``faults`` name kill by kill what was wrong.

    ``survived``: the day was over before the moment came. ``whole_step``: something more was there
    than had been told. ``played_back``: there was a journal to be played back.
    """

    kills: Counter[str] = field(default_factory=Counter)
    survived: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    whole_step: int = 0
    played_back: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        ways = ", ".join(f"{count} {way}" for way, count in self.kills.items())
        return (
            f"{sum(self.kills.values())} kills ({ways}; {self.played_back} journals played back, "
            f"{self.whole_step} steps more than told, whole): {len(self.faults)} faults"
        )

    def take(self, twin: Twin, moment: Moment, told: list[str], found: dict[str, Any]) -> None:
        self.kills[moment.way] += 1
        self.acts[_act(twin.day, told)] += 1
        self.whole_step += found["more"]
        self.played_back += found["journal"]
        self.faults += [f"day {twin.day} {moment}: {fault}" for fault in found["faults"]]


def _act(day: int, told: list[str]) -> str:
    """What was going on."""
    order, done = acts(day), len([line for line in told if line.startswith("done")])
    if not told:
        return "open"
    return order[done].__name__ if done < len(order) else "close"


# A child


def in_child(work: Callable[[], None]) -> int:
    """Do ``work`` in a forked child; its number."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        except BaseException as error:  # the parent is told by the status, a person by the trace
            sys.excepthook(type(error), error, error.__traceback__)
        finally:
            sys.stdout.flush()
            os._exit(status)
    return child


def answered(work: Callable[[], Any]) -> Any:
    """What ``work`` returns when it is done in a child, so that nothing is opened here."""
    if not FORKING:
        return work()
    here, there = os.pipe()

    def tell() -> None:
        with os.fdopen(there, "w", encoding="utf-8") as pipe:
            json.dump(work(), pipe)

    child = in_child(tell)
    os.close(there)
    with os.fdopen(here, encoding="utf-8") as pipe:
        said = pipe.read()
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        raise RuntimeError("a child that nobody killed has died")
    return json.loads(said)


def spend_the_day(folder: Path, day: int, moment: Moment, control: str, told: int) -> None:
    """The life of a child; ``told`` is where it tells."""
    if hasattr(signal, "alarm"):
        signal.alarm(PATIENCE)  # nobody waits for ever for one that hangs
    with ExitStack() as stack:
        stack.enter_context(foreseen(day))
        stack.enter_context(CONTROLS[control]() if control else nullcontext())
        if moment.call:
            stack.enter_context(Calls(moment.call, moment.part))
        live(Sitting(folder, lambda words: _say(told, words), day))


def _say(told: int, words: str) -> None:
    os.write(told, f"{words}\n".encode())


def begin(folder: Path, day: int, moment: Moment, control: str, spawned: bool) -> Running:
    if spawned:
        life = [str(folder), str(day), json.dumps(asdict(moment)), control]
        command = [sys.executable, "-m", "tests.store.killing", "--child", *life]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert process.stdout
        with process.stdout:
            return Running(os.dup(process.stdout.fileno()), process.kill, process.wait)
    here, there = os.pipe()
    child = in_child(lambda: spend_the_day(folder, day, moment, control, there))
    os.close(there)
    return Running(
        here,
        lambda: os.kill(child, signal.SIGKILL),
        lambda: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]),
    )


@dataclass(frozen=True)
class Running:
    """A child: where it tells, how to kill it, and its status once it is dead."""

    told: int
    kill: Callable[[], object]
    wait: Callable[[], int]

    def killed(self, moment: Moment) -> tuple[list[str], int]:
        """Kill it at ``moment``; all that it told, and its status."""
        said = b""
        if moment.way != BY_TIME:
            while said.count(b"\n") < moment.told or moment.call:
                more = os.read(self.told, 4096)
                said += more
                if not more:
                    break
        self._wait(moment.seconds)
        if not moment.call:
            self.kill()
        while more := os.read(self.told, 4096):
            said += more
        os.close(self.told)
        # A line that was cut off was not told.
        return said.decode().split("\n")[:-1], self.wait()

    def _wait(self, seconds: float) -> None:
        """As long, or until the child is at its end."""
        until = time.perf_counter() + seconds
        if not hasattr(select, "poll"):
            time.sleep(seconds)
            return
        poll = select.poll()
        poll.register(self.told, 0)
        while (left := until - time.perf_counter()) > 0 and not poll.poll(left * 1000):
            pass


# The parent


@dataclass(frozen=True)
class Ready:
    """The book of the morning, and the twins of all days."""

    place: Path
    twins: list[Twin]

    @classmethod
    @contextmanager
    def made(cls) -> Iterator[Ready]:
        gc.collect()
        gc.freeze()  # or every child would copy all pages by looking through them
        with memory_folder() as place:
            answered(lambda: prepare(place / MORNING))
            lives = [partial(live_as_twin, place / MORNING, place, day) for day in range(DAYS)]
            yield cls(place, [Twin.of(answered(life)) for life in lives])

    def kill(self, count: int, seed: int, control: str = "", spawned: bool = False) -> Report:
        """Kill ``count`` children, one after the other, and judge what each leaves."""
        began, report, rng = os.times(), Report(), random.Random(seed)
        ways = (IN_A_CALL,) if control else WAYS if FORKING else (BY_TIME, SOON)
        for number in range(1, 100 * count):
            if report.kills.total() == count:
                break
            twin = self.twins[number % DAYS]
            moment = drawn(rng, twin, ways[number // DAYS % len(ways)])
            folder = self.place / str(number)
            shutil.copytree(self.place / MORNING, folder)
            told, status = begin(folder, twin.day, moment, control, spawned).killed(moment)
            if status == 0:
                report.survived += 1
            elif status != (-signal.SIGKILL if os.name == "posix" else 1):
                report.faults.append(f"{number} {moment}: ended with {status} after {told[-1:]}")
            else:
                report.take(twin, moment, told, answered(Judge(twin, folder, told).judge))
            shutil.rmtree(folder)
        report.seconds = sum(os.times()[:4]) - sum(began[:4])
        return report


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.store.killing")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--controls", type=int, default=0, help="as many of each control")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--spawned", action="store_true", default=not FORKING)
    parser.add_argument("--child", nargs=4, metavar=("FOLDER", "DAY", "MOMENT", "CONTROL"))
    options = parser.parse_args()
    if options.child:
        folder, day, moment, control = options.child
        spend_the_day(Path(folder), int(day), Moment(**json.loads(moment)), control, 1)
        return 0
    with Ready.made() as ready:
        reports = {"": ready.kill(options.kills, options.seed, spawned=options.spawned)}
        for control in CONTROLS if options.controls else ():
            reports[control] = ready.kill(options.controls, options.seed, control)
    print(json.dumps({name: vars(report) for name, report in reports.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
