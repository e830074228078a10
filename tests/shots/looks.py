"""The key screens in a look and at a scale of the screen, at 1280 × 720 points."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from fitcheck.domain.bank import Form
from fitcheck.exchange.demo import load_demo
from fitcheck.settings import Look
from tests.shots.camera import ROOT, Camera, settle, wait
from ui.dialogs.prospect import NewProspectDialog
from ui.main_window import MainWindow

SIZE = (1280, 720)
KEY = ("list", "prospect", "interview", "verdict", "plan", "report", "record", "settings")
SCALES = ("1", "1.5", "2")

MATRIX: tuple[tuple[tuple[Look, ...], str], ...] = (
    ((Look.CONTRAST, Look.CONTRAST_DARK), "1"),
    ((Look.LIGHT, Look.DARK, Look.CONTRAST), "1.5"),
    ((Look.LIGHT, Look.DARK, Look.CONTRAST), "2"),
)
"""Looks and scales of the key screens that are taken besides every screen in light and dark."""


def key_screens(
    app: QApplication, camera: Camera, looks: Sequence[Look], only: Collection[str] = KEY
) -> None:
    """Those of :data:`KEY` that ``only`` names, at the scale that this process has."""
    from tests.shots.__main__ import open_book, open_window

    for look in looks:
        with open_book(look) as fitcheck, open_window(app, fitcheck) as window:
            window.resize(*SIZE)
            for assessment in load_demo():
                fitcheck.add_assessment(assessment)
            window.prospects.enter()
            percent = round(100 * window.devicePixelRatioF())
            for name, show in _SHOWN.items():
                if name in only:
                    show(window, camera, f"key-{name}-{look.value}-{percent}")


def take_at(
    scale: str, looks: Sequence[Look], only: Collection[str], out: Path | None, code: str
) -> None:
    """The key screens by a process of their own: Qt takes its scale when it starts."""
    command = [sys.executable, "-m", "tests.shots", "--scale", scale, "--lang", code]
    command += ["--look", ",".join(looks), "--only", ",".join(only)]
    command += ["--out", str(out)] if out else []
    variables = {**os.environ, "QT_SCALE_FACTOR": scale}
    subprocess.run(command, cwd=ROOT, env=variables, check=True)


def _list(window: MainWindow, camera: Camera, name: str) -> None:
    window.prospects.table.choose(1)
    camera.take(window, name)


def _prospect(window: MainWindow, camera: Camera, name: str) -> None:
    dialog = NewProspectDialog(window)
    dialog.show()
    camera.take(dialog, name)
    dialog.close()
    dialog.deleteLater()
    settle()
    window.activateWindow()


def _interview(window: MainWindow, camera: Camera, name: str) -> None:
    from tests.shots.__main__ import begin, open_known

    open_known(window, begin(window.context.fitcheck, 14, Form.FULL))
    camera.take(window, name)


def _verdict(window: MainWindow, camera: Camera, name: str) -> None:
    _finished(window)
    camera.take(window, name)


def _plan(window: MainWindow, camera: Camera, name: str) -> None:
    _finished(window)
    window.show_page("plan")
    camera.take(window, name)


def _report(window: MainWindow, camera: Camera, name: str) -> None:
    _finished(window)
    window.show_page("report")
    wait(lambda: not window.context.busy, "the report")
    camera.take(window, name)


def _record(window: MainWindow, camera: Camera, name: str) -> None:
    window.show_page("record")
    camera.take(window, name)


def _settings(window: MainWindow, camera: Camera, name: str) -> None:
    window.show_page("settings")
    camera.take(window, name)
    window.settings.scroll_area.ensureWidgetVisible(window.settings.look)
    camera.take(window, f"{name}-look")


def _finished(window: MainWindow) -> None:
    from tests.shots.__main__ import finished_ones, open_known

    open_known(window, next(iter(finished_ones(window.context.fitcheck).values())))


_SHOWN: dict[str, Callable[[MainWindow, Camera, str], None]] = dict(
    zip(
        KEY,
        (_list, _prospect, _interview, _verdict, _plan, _report, _record, _settings),
        strict=True,
    )
)
