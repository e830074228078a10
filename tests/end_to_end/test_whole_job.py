"""From Ctrl+N to the prospect's edition in hand, offscreen and on a real (virtual) screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.services import FitCheck
from tests.end_to_end import driver
from ui.app import make_window

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240
"""Seconds that the whole job may take on a busy machine."""

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def pdf_text(file: Path) -> str:
    """The text of every page, with its line breaks as blanks."""
    document = pypdfium2.PdfDocument(file)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def expect_edition(file: Path) -> None:
    """The prospect's edition of what the driver typed, and nothing private."""
    text = pdf_text(file)
    assert driver.NAME in text
    assert driver.ORGANISATION in text
    assert driver.WORDS in text
    for private in ("Chemistry", "chemistry", "Private", "odds", "%"):
        assert private not in text, private


def test_by_keys_from_an_empty_book_to_the_edition(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    fitcheck = FitCheck.open(tmp_path / "book")
    window = make_window(qapp, fitcheck)
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    out = tmp_path / "edition.pdf"
    driver.whole_job(window, out)
    expect_edition(out)
    assert window.close()
    again = FitCheck.open(tmp_path / "book")
    (line,) = again.prospects()
    again.close()
    assert line.prospect.name == driver.NAME
    assert line.latest is not None
    assert line.latest.finished


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual X screen of its own; missing Xvfb is a failure, never a skip."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        pytest.fail(
            "Xvfb is missing: `python3 dev.py setup` installs it (Debian: apt install xvfb)"
        )
    reading, writing = os.pipe()
    # Xvfb takes a free number itself, and tells it once it listens.
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            pytest.fail(f"Xvfb ended with status {server.wait()}")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is an X server: Linux only")
def test_the_same_on_a_real_screen(display: str, tmp_path: Path) -> None:
    out, picture = tmp_path / "edition.pdf", tmp_path / "screen.png"
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("QT_", "WAYLAND"))},
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "HOME": str(tmp_path),
    }
    script = [sys.executable, str(Path(driver.__file__))]
    paths = ["--data", tmp_path / "book", "--out", out, "--picture", picture]
    done = subprocess.run(
        [*script, *map(str, paths)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "platform xcb" in done.stdout
    expect_edition(out)
    expect_drawn(picture)


def expect_drawn(picture: Path) -> None:
    """The screen shows a window with much on it, not one flat colour."""
    with Image.open(picture) as image:
        assert image.width > 800
        colours = image.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 200
    assert max(count for count, _colour in colours) < 0.9 * image.width * image.height
