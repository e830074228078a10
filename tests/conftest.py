"""What holds for every test: none is skipped unnoticed, and none reaches for a network.

A skipped test is a failure where the whole product is to be shown: in CI, or with --no-skips.
Skips hide: a missing library or screen would turn a red run green. An expected failure (`xfail`)
isn't a skip; it says what it expects.

FitCheck never opens a network connection, so nothing that a test makes it do may either.

A test that tries many of a kind (kills, power cuts, bit flips, documents) says how many and what
was found by ``record_property("counted", "…")``; the run lists that before its summary line.
"""

import gc
import importlib
import os
import shutil
import socket
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage

# The tests read English, whatever the machine speaks.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

COUNTED = "counted"

_REACHING_OUT = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
_LOCAL = {getattr(socket, name) for name in ("AF_UNIX",) if hasattr(socket, name)}


def _no_network(
    event: str, arguments: tuple[object, ...], names: frozenset[str] = frozenset(_REACHING_OUT)
) -> None:
    # A hook outlives its module, whose names are gone by then.
    if event in names:
        if isinstance(arguments[0], socket.socket) and arguments[0].family in _LOCAL:
            return
        raise RuntimeError(f"the network is out of bounds: {event} {arguments!r}")


sys.addaudithook(_no_network)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips",
        action="store_true",
        default=os.environ.get("CI") == "true",
        help="turn every skipped test into a failure (the default where CI=true)",
    )


_MEMORY = Path("/dev/shm")
_ROOM = 2 << 30
"""Bytes: several times what the tests leave there while they run."""


def pytest_configure() -> None:
    """Have temporary folders in memory, where there is room: books are written thousands of times,
    and each write waits for the disk. What a disk does with it, the power-loss tests know."""
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.config.getoption("no_skips") and report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if collector.config.getoption("no_skips") and report.skipped:
        _fail(report)
    return report


_TESTS = Path(__file__).parent
_WITH_WINDOWS = _TESTS / "ui"
_windows = 0

# What these go through on their way, many times over, is covered by tests of its own, and to watch
# each of their steps makes them half as long again.
_UNWATCHED = frozenset(
    _TESTS / name
    for name in (
        *("core", "end_to_end", "exchange", "setup", "ui"),
        *("domain/test_recorded_judgements.py", "domain/test_reference_firmness.py"),
        *("domain/test_track_record_sklearn.py",),
        *("reports/test_any_bank.py", "reports/test_canaries.py", "reports/test_charts.py"),
        *("reports/test_hostile.py", "reports/test_layout.py", "reports/test_leaks.py"),
        *("reports/test_logo.py", "reports/test_pictures.py", "reports/test_printable.py"),
        *("reports/test_worker.py", "store/test_backup_kills.py", "store/test_bit_flips.py"),
        *("store/test_conversation.py", "store/test_faults.py", "store/test_interview.py"),
        *("store/test_kills.py", "store/test_migrating_interrupted.py"),
        *("store/test_power_loss.py", "store/test_power_loss_elsewhere.py"),
    )
)


def _unwatched(item: pytest.Item) -> bool:
    """Besides these, what Hypothesis draws: a branch that chance has found may be missed the next
    time, so each has a plain test that goes through it."""
    drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    return drawn or not _UNWATCHED.isdisjoint((item.path, *item.path.parents))


def pytest_collection_finish() -> None:
    watching = Coverage.current()
    if watching is not None:
        # What a module says once, as it is imported, is watched whoever comes to need it first.
        root = _TESTS.parent
        for watched in watching.get_option("run:include"):  # type: ignore[union-attr]
            for file in filter(lambda each: each.suffix == ".py", root.glob(str(watched))):
                importlib.import_module(".".join(file.relative_to(root).with_suffix("").parts))
    # What has been imported and collected by now stays to the end: to look through its 400,000
    # objects for garbage takes a third of a second each time, of which a lock of a book is one.
    gc.collect()
    gc.freeze()


# The last is of the tests: what has had everything read that is read once and kept.
_WORKED_OUT_ONCE = (
    *("fitcheck.domain.", "reports.render", "reports.standards"),
    "tests.reports.canaries",
)
_unseen = True


def _forget() -> None:
    """What is worked out once and kept may have been so unseen: let it be worked out again."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_WORKED_OUT_ONCE):
            for each in list(vars(module).values()):
                if callable(clear := getattr(each, "cache_clear", None)):
                    clear()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    global _unseen
    watching = Coverage.current()
    if watching is None:
        return (yield)
    if not _unwatched(item):
        if _unseen:
            _forget()
            _unseen = False
        return (yield)
    _unseen = True
    watching.stop()
    try:
        return (yield)
    finally:
        watching.start()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Where there are widgets, garbage is collected on their thread alone: ``ui/collecting.py``."""
    if _WITH_WINDOWS in item.path.parents:
        gc.disable()
    elif not gc.isenabled():
        gc.collect()
        gc.enable()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty book, closed, to be copied: making one costs some ten syncs and Alembic."""
    from fitcheck.store.book import Book

    folder = tmp_path_factory.mktemp("empty") / "data"
    Book.open(folder).close()
    return folder


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    global _windows
    if _WITH_WINDOWS in item.path.parents:
        _windows += 1
        # Now and then all of it, or what grows old would pile up.
        gc.collect(1 if _windows % 20 else 2)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counted = [
        f"{report.nodeid.partition('::')[2]}: {value}"
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, value in report.user_properties
        if name == COUNTED
    ]
    if counted:
        terminalreporter.write_sep("=", "counted")
        for line in sorted(counted):
            terminalreporter.write_line(line)


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"{reason}\n(with --no-skips a skipped test is a failure)"
