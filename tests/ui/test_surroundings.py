"""A book in a folder that others write to: said in a banner, once, and nothing is stopped."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from tests.store.refusing import refusing
from ui.main_window import MainWindow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A book that a program synchronises."""
    return tmp_path / "Nextcloud" / "FitCheck"


def test_where_the_book_lies_is_said_until_it_has_been_read(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    (folder / "book (conflicted copy).db").touch()
    banner = window.surroundings.banner
    qtbot.waitUntil(banner.isVisible)
    assert "book (conflicted copy).db" in banner.what.text()
    assert "Nextcloud" in banner.more.text()
    assert QApplication.activeModalWidget() is None
    window.surroundings.read.click()
    assert not banner.isVisible()
    window.surroundings.look()
    assert not banner.isVisible()


def test_where_that_cannot_be_kept_it_is_said_again(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.surroundings.banner.isVisible)
    with refusing() as refusals:
        window.context.fitcheck._book._engine.dispose()
        refusals.at = 0
        window.surroundings.read.click()
    assert not window.surroundings.banner.isVisible()
    window.surroundings.look()
    assert window.surroundings.banner.isVisible()


def test_a_clock_that_is_behind_the_book_is_said(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    banner = window.surroundings.banner
    qtbot.waitUntil(banner.isVisible)
    window.surroundings.read.click()
    fitcheck = window.context.fitcheck
    fitcheck.add_prospect(Prospect("Ada"))
    earlier = dt.datetime.now(dt.UTC) - dt.timedelta(days=1000)
    monkeypatch.setattr(fitcheck._book, "_now", lambda: earlier)
    window.surroundings.look()
    assert banner.isVisible()
    assert "One of the two is wrong" in banner.what.text()
