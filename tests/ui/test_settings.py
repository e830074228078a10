"""The settings: kept as they are typed, never by being shown."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QColorDialog, QFileDialog
from pytestqt.qtbot import QtBot

from fitcheck.domain.policy import Appetite
from fitcheck.domain.profile import LOGO_LIMIT, Paper, Profile
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from fitcheck.store.errors import DiskRefused
from ui import messages
from ui.main_window import MainWindow
from ui.pages.settings import SettingsPage


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    window.show_page("settings")
    return window.settings


def _png(colour: str = "#aa3322") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 30), colour).save(buffer, "PNG")
    return buffer.getvalue()


def test_what_is_typed_is_kept_soon_after_the_last_key(
    qtbot: QtBot, page: SettingsPage, fitcheck: FitCheck
) -> None:
    field = page.profile.fields["name"]
    assert field.hasFocus()
    QTest.keyClicks(field, "Ines Calder")
    assert page.state.text() == "saving…"
    assert fitcheck.preferences.profile.name == ""
    qtbot.waitUntil(lambda: fitcheck.preferences.profile.name == "Ines Calder")
    assert page.state.text() == "saved"


def test_every_field_is_kept_when_the_page_is_left(
    page: SettingsPage, window: MainWindow, fitcheck: FitCheck
) -> None:
    texts: dict[str, Any] = {
        "name": "Ines Calder",
        "business": "Calder & Co",
        "email": "ines@calder.example",
        "phone": "+44 20 7946 0991",
        "website": "calder.example",
    }
    for name, text in texts.items():
        QTest.keyClicks(page.profile.fields[name], text)
    QTest.keyClicks(page.profile.address, "12 Lark Rise")
    QTest.keyClick(page.profile.address, Qt.Key.Key_Return)
    QTest.keyClicks(page.profile.address, "Bath")
    window.show_page("prospects")
    expected = replace(Profile(address="12 Lark Rise\nBath"), **texts)
    assert fitcheck.preferences.profile == expected


def test_all_of_it_is_there_again_after_a_restart(
    page: SettingsPage, window: MainWindow, folder: Path
) -> None:
    QTest.keyClicks(page.profile.fields["name"], "Ines Calder")
    QTest.mouseClick(page.paper.radio(Paper.LETTER), Qt.MouseButton.LeftButton)
    kept = page.value()
    assert window.close()
    again = FitCheck.open(folder)
    assert replace(again.preferences, window="") == replace(kept, window="")
    assert again.preferences.paper is Paper.LETTER
    again.close()


def test_showing_the_page_is_not_editing_it(
    window: MainWindow,
    fitcheck: FitCheck,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    profile = Profile(
        "Ines", "Calder", "i@c.example", "1", "c.example", "Bath\n", "#aa3322", _png()
    )
    fitcheck.save_preferences(
        replace(
            fitcheck.preferences,
            profile=profile,
            paper=Paper.LETTER,
            look=Look.LIGHT,
            appetite=Appetite.HUNGRY,
            show_totals=True,
        )
    )
    saved: list[object] = []
    monkeypatch.setattr(fitcheck, "save_preferences", saved.append)
    window.show_page("settings")
    window.settings.populate()
    assert not window.settings._timer.isActive()
    window.show_page("prospects")
    assert saved == []
    assert window.settings.appetite.value is Appetite.HUNGRY
    monkeypatch.undo()


def test_choices_are_kept_at_once(page: SettingsPage, fitcheck: FitCheck) -> None:
    for radio in (page.appetite.radio(Appetite.CHOOSY), page.paper.radio(Paper.LETTER)):
        radio.setFocus()
        QTest.keyClick(radio, Qt.Key.Key_Space)
    page.show_totals.setFocus()
    QTest.keyClick(page.show_totals, Qt.Key.Key_Space)
    preferences = fitcheck.preferences
    assert preferences.appetite is Appetite.CHOOSY
    assert preferences.paper is Paper.LETTER
    assert preferences.show_totals is True


def test_a_look_is_put_on_at_once(page: SettingsPage, window: MainWindow) -> None:
    radio = page.look.radio(Look.DARK)
    radio.setFocus()
    QTest.keyClick(radio, Qt.Key.Key_Space)
    assert window.context.theme.dark
    assert window.menus.looks[Look.DARK].isChecked()
    QTest.keyClick(radio, Qt.Key.Key_Left)
    assert page.look.value is Look.LIGHT
    assert not window.context.theme.dark


def test_an_accent_is_taken_when_it_is_whole(
    page: SettingsPage, window: MainWindow, fitcheck: FitCheck
) -> None:
    field = page.brand.accent.field
    field.clear()
    QTest.keyClicks(field, "#7a1f3")
    assert field.property("invalid") is True
    assert fitcheck.preferences.profile.accent == Profile().accent
    QTest.keyClicks(field, "d")
    assert fitcheck.preferences.profile.accent == "#7a1f3d"
    assert field.property("invalid") is False
    assert QColor(window.context.theme.accent).hslHueF() == pytest.approx(
        QColor("#7a1f3d").hslHueF(), abs=0.02
    )


def test_a_half_written_accent_is_forgotten(
    page: SettingsPage, window: MainWindow, fitcheck: FitCheck
) -> None:
    page.brand.accent.field.clear()
    QTest.keyClicks(page.brand.accent.field, "#12")
    window.show_page("prospects")
    window.show_page("settings")
    assert page.brand.accent.field.text() == Profile().accent
    assert fitcheck.preferences.profile.accent == Profile().accent


def test_an_accent_can_be_picked(
    page: SettingsPage, fitcheck: FitCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_arguments: QColor("#123456"))
    page.brand.accent.button.click()
    assert fitcheck.preferences.profile.accent == "#123456"
    assert page.brand.accent.field.text() == "#123456"


def test_a_logo_is_taken_shown_and_removed(
    page: SettingsPage, fitcheck: FitCheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(_png())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(file), ""))
    page.brand.choose_logo.click()
    assert fitcheck.preferences.profile.logo == _png()
    picture = page.brand.letterhead.grab().toImage()
    seen = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    assert "#aa3322" in seen
    page.brand.remove_logo.click()
    assert fitcheck.preferences.profile.logo == b""
    assert not page.brand.remove_logo.isVisible()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"GIF89a....", "neither a PNG nor a JPEG"),
        (b"\x89PNG\r\n\x1a\n and then nothing of the kind", "damaged"),
        (_png() + bytes(LOGO_LIMIT), "too large"),
        (None, "can't be read"),
    ],
)
def test_a_logo_that_wont_do_is_refused_by_name(
    page: SettingsPage, fitcheck: FitCheck, tmp_path: Path, content: bytes | None, fault: str
) -> None:
    file = tmp_path / "mark.png"
    if content is not None:
        file.write_bytes(content)
    page.brand.take_logo(file)
    assert page.brand.logo_fault.isVisible()
    assert "mark.png" in page.brand.logo_fault.text()
    assert fault in page.brand.logo_fault.text()
    assert fitcheck.preferences.profile.logo == b""


def test_a_disk_that_refuses_is_named_and_locks_nobody_in(
    page: SettingsPage,
    window: MainWindow,
    fitcheck: FitCheck,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def refuse(_preferences: object) -> None:
        raise DiskRefused(tmp_path, "no space left")

    monkeypatch.setattr(fitcheck, "save_preferences", refuse)
    QTest.keyClicks(page.profile.fields["name"], "Ines")
    window.show_page("prospects")
    assert window.page_name == "prospects"
    told = window.findChild(messages.MessageWindow)
    assert told is not None
    assert "no space left" in told.message.to_do
    told.accept()
    monkeypatch.undo()


def test_what_is_held_to_outlives_the_rest_of_the_settings(
    window: MainWindow, page: SettingsPage, fitcheck: FitCheck
) -> None:
    rows = page.boundaries.rows
    rows.rows[0].field.setFocus()
    QTest.keyClicks(rows.rows[0].field, "No calls after seven.")
    QTest.keyClick(rows.rows[0].field, Qt.Key.Key_Return)
    for row in rows.rows[1:]:
        QTest.keyClick(row.field, Qt.Key.Key_Escape)
    name = page.profile.fields["name"]
    name.setFocus()
    QTest.keyClicks(name, "Ines")
    page.to_colleagues.click()
    assert window.page_name == "colleagues"
    profile = fitcheck.preferences.profile
    assert (profile.name, profile.boundaries) == ("Ines", ("No calls after seven.",))
    window.show_page("settings")
    assert rows.value() == ("No calls after seven.",)
