"""A file that the program is started with."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fitcheck import __main__ as program
from fitcheck.cli_parsers import parser
from fitcheck.whole_book import SUFFIX
from tests.ui import sessions
from tests.ui.sessions import Desk
from ui.bringing_in import BringingIn
from ui.importing import FileImport


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    yield from sessions.desk(qtbot, qapp, folder)


def test_a_book_that_stands_alone_is_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[dict[str, Any]] = []

    def paint_first(folder: Path, demonstration: bool, bring_in: Path | None) -> Any:
        assert not demonstration
        asked.append({"folder": folder, "bring_in": bring_in})
        return lambda _watch: 0

    monkeypatch.setattr("ui.app.paint_first", paint_first)
    monkeypatch.setattr(gc, "disable", lambda: None)  # for the rest of the tests
    data, file = ["--data", str(tmp_path)], f"My book{SUFFIX}"
    for given in ([*data, file], [f"--data={tmp_path}", file], [*data, "open", file]):
        assert program.main(given) == 0
        assert asked.pop()["bring_in"] == Path(file), given
    assert program._with_command(["a=b.fitcheck"]) == ["open", "a=b.fitcheck"]
    # From a desktop's menu there is no file.
    for given in ([*data, "open"], data):
        assert program.main(given) == 0
        assert asked.pop()["bring_in"] is None, given
    # Whatever else it is written behind, it stays what it is there.
    assert program.BOOK == SUFFIX
    for given in (["export", file], ["import", file]):
        assert program._with_command(given) == given
        assert parser().parse_args(given).command == given[0]


def test_it_is_read_once_the_book_is_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk.fill()
    read: list[Path] = []

    def take(_self: FileImport, file: Path) -> None:
        assert desk.session.window is not None  # not before the passphrase was typed
        read.append(file)

    monkeypatch.setattr(FileImport, "read", take)
    file = tmp_path / f"other{SUFFIX}"
    BringingIn(desk.session, file)
    desk.unlock()
    desk.qtbot.waitUntil(lambda: read == [file])
    # And not again whenever it was locked.
    desk.session.lock()
    desk.unlock()
    QApplication.processEvents()
    assert read == [file]
