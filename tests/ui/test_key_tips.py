"""Whoever goes by mouse learns the key: every button that has one says so in its tool tip."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.follow_up import Purpose
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from ui.main_window import MainWindow
from ui.pages.page import Page
from ui.widgets.key_tip import name_key

AS_WRITTEN = {"del": "delete", "return": "enter", "pgup": "page up", "pgdown": "page down"}
"""Keys that tips write out."""


def said(text: str) -> str:
    return text.replace("&", "").removeprefix("✓ ").removesuffix("…").strip().casefold()


def named(key: str, tip: str) -> bool:
    """Whether a tool tip names the key, as a word of its own."""
    forms = {key.casefold()}
    for short, written in AS_WRITTEN.items():
        forms |= {form.replace(short, written) for form in set(forms)}
    words = re.escape
    return any(re.search(rf"(?<![\w+]){words(form)}(?![\w+])", tip.casefold()) for form in forms)


def keys_of(actions: list[QAction]) -> dict[str, set[str]]:
    """Every key by what its action says."""
    found: dict[str, set[str]] = {}
    for action in actions:
        native = QKeySequence.SequenceFormat.NativeText
        keys = {key.toString(native) for key in action.shortcuts()}
        found.setdefault(said(action.text()), set()).update(keys)
    return {name: keys for name, keys in found.items() if keys}


def shown(page: Page) -> Iterator[QAbstractButton]:
    yield from (button for button in page.findChildren(QAbstractButton) if button.isVisible())


def beside_a_keycap(page: Page) -> Iterator[tuple[str, QAbstractButton]]:
    for cap in page.findChildren(QLabel):
        row = cap.parentWidget()
        if cap.isVisible() and cap.property("role") == "keycap" and row is not None:
            button = row.findChild(QAbstractButton)
            if button is not None and len(row.children()) == 3:  # the layout, the cap, the button
                yield cap.text(), button


def test_every_button_with_a_key_names_it_on_every_page(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
) -> None:
    finished = fitcheck.add_assessment(load_demo()[0])
    half = fitcheck.add_assessment(load_demo()[1], finished=False)
    someone = fitcheck.add_prospect(Prospect("Ada Bell"))
    fitcheck.follow_ups.add(someone, fitcheck.today(), Purpose.LOOK_IN)
    of_menus = keys_of([a for menu in window.menus.findChildren(QMenu) for a in menu.actions()])
    looked_at, wrong = 0, []
    for assessment in (half, finished):
        window.open_assessment(assessment)
        for name in window.pages:
            window.show_page(name)
            QApplication.processEvents()
            page = window.pages[name]
            keys = {**of_menus, **keys_of(page.actions())}
            expected = [
                (key, button) for button in shown(page) for key in keys.get(said(button.text()), ())
            ]
            by_button: dict[QAbstractButton, list[str]] = {}
            for key, button in [*expected, *beside_a_keycap(page)]:
                by_button.setdefault(button, []).append(key)
            looked_at += len(by_button)
            wrong += [
                f"{name}: {button.text()!r} says {button.toolTip()!r}, has {some}"
                for button, some in by_button.items()
                if not any(named(key, button.toolTip()) for key in some)
            ]
    assert not wrong, "\n".join(wrong)
    assert looked_at > 60
    qtbot.waitUntil(lambda: not window.context.busy)


@pytest.mark.parametrize(
    ("text", "tip", "key", "becomes"),
    [
        ("&Find…", "", "Ctrl+F", "Find (Ctrl+F)"),
        ("Why?", "Why this is asked", "W", "Why this is asked (W)"),
        ("", "", "Del", "Del"),
    ],
)
def test_the_tip_says_what_the_button_does_and_then_its_key(
    qtbot: QtBot, text: str, tip: str, key: str, becomes: str
) -> None:
    button = QPushButton(text)
    qtbot.addWidget(button)
    button.setToolTip(tip)
    name_key(button, key)
    assert button.toolTip() == becomes
