"""The look: readable whatever the brand's colour, in light and dark, at every size of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.profile import DEFAULT_ACCENT
from fitcheck.settings import Look
from reports.colours import contrast
from ui.style_sheet import style_sheet
from ui.theme import (
    FAMILY,
    STRONG,
    System,
    apply_theme,
    asked_by,
    load_fonts,
    make_theme,
    set_role,
    space,
    theme_for,
    theme_of,
)
from ui.theme import VISIBLE as SEEN

READ = 4.5
_COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(accent=_COLOURS, dark=st.booleans(), strong=st.booleans())
def test_every_text_can_be_read_on_every_ground(accent: str, dark: bool, strong: bool) -> None:
    theme, least = make_theme(accent, dark, strong), STRONG if strong else READ
    for ground in (theme.window, theme.surface, theme.raised, theme.accent_soft):
        for ink in (theme.text, theme.quiet, theme.accent, theme.good, theme.workable):
            assert contrast(ink, ground) >= least, (ink, ground)
        for ink in (theme.poor, theme.warning):
            assert contrast(ink, ground) >= least, (ink, ground)
    assert contrast(theme.on_accent, theme.accent) >= least
    for bar in (theme.accent, theme.good, theme.workable, theme.poor):
        assert contrast(bar, theme.track) >= SEEN


@given(accent=_COLOURS, dark=st.booleans(), strong=st.booleans())
def test_edges_and_the_focus_can_be_seen(accent: str, dark: bool, strong: bool) -> None:
    theme = make_theme(accent, dark, strong)
    for ground in (theme.window, theme.surface):
        assert contrast(theme.edge, ground) >= SEEN
        assert contrast(theme.focus, ground) >= SEEN
        if strong:
            for ink in (theme.edge, theme.outline, theme.hair, theme.faint):
                assert contrast(ink, ground) >= STRONG


@settings(max_examples=15)  # each is a whole style sheet
@given(accent=_COLOURS, dark=st.booleans(), strong=st.booleans())
def test_whatever_the_style_sheet_puts_together_can_be_read_and_seen(
    accent: str, dark: bool, strong: bool
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = make_theme(accent, dark, strong)
    least = STRONG if strong else READ
    grounds = (theme.window, theme.surface, theme.raised)
    found = _RULES.findall(style_sheet(app, theme, 10.0))
    rules = [(names.strip(), inside) for names, inside in found]
    assert len(rules) > 100
    for names, inside in rules:
        said = dict(_SAID.findall(inside))
        ground = _only(said.get("background", ""))
        ink, ring = _only(said.get("color", "")), _only(said.get("border", ""))
        if ":disabled" in names and not strong:
            continue  # WCAG leaves out what can't be used now
        if ink:
            for under in (ground,) if ground else grounds:
                assert contrast(ink, under) >= least, (names, ink, under)
        if ":focus" in names:
            assert all(contrast(ring, under) >= SEEN for under in grounds if ring), names
        for drawn in _DRAWN.findall(inside):
            marked = (ground,) if ground else grounds
            assert all(contrast(f"#{drawn}", under) >= SEEN for under in marked), names
        if "placeholder-text-color" in inside:
            hint = inside.partition("placeholder-text-color:")[2]
            assert all(contrast(_only(hint), under) >= least for under in grounds)
    for state in ("", ":hover", ":pressed"):
        # These take the letters' colour from the rule of the button itself.
        said = dict(_SAID.findall(dict(rules)[f'QPushButton[role="primary"]{state}']))
        assert contrast(theme.on_accent, _only(said["background"])) >= least


_RULES = re.compile(r"([^{}]+?)\s*\{([^{}]*)\}")
_SAID = re.compile(r"(?:^|[\s;])(background|color|border):\s*([^;]+);")
_DRAWN = re.compile(r"image: url\([^)]*-([0-9a-f]{6})\.svg\)")


def _only(value: str) -> str:
    """The colour that a value of a style sheet names, if it names one."""
    found = re.search("#[0-9a-f]{6}", value)
    return found[0] if found else ""


def test_an_accent_that_reads_well_is_left_as_it_is() -> None:
    assert make_theme("#1f5f5b", dark=False).accent == "#1f5f5b"


def test_an_accent_that_is_none_becomes_the_default() -> None:
    assert make_theme("teal") == make_theme(DEFAULT_ACCENT)


def test_a_brand_keeps_its_hue_in_the_dark() -> None:
    before, after = QColor("#1f5f5b"), QColor(make_theme("#1f5f5b", dark=True).accent)
    assert abs(before.hslHueF() - after.hslHueF()) < 0.02


def test_light_and_dark_differ_and_are_what_they_say() -> None:
    light, dark = make_theme(dark=False), make_theme(dark=True)
    assert QColor(light.window).lightnessF() > 0.9
    assert QColor(dark.window).lightnessF() < 0.2


@pytest.mark.parametrize(
    ("look", "system", "dark", "strong"),
    [
        (Look.LIGHT, System(dark=True, strong=True), False, False),
        (Look.DARK, System(), True, False),
        (Look.CONTRAST, System(dark=True), False, True),
        (Look.CONTRAST_DARK, System(), True, True),
        (Look.SYSTEM, System(), False, False),
        (Look.SYSTEM, System(dark=True), True, False),
        (Look.SYSTEM, System(strong=True), False, True),
        (Look.SYSTEM, System(dark=True, strong=True), True, True),
    ],
)
def test_the_look_that_is_chosen_wins_over_the_system(
    look: Look, system: System, dark: bool, strong: bool
) -> None:
    assert theme_of(look, system=system) == make_theme(dark=dark, strong=strong)


class _Windows:
    """An application on Windows in a contrast theme, which calls it neither light nor dark."""

    def __init__(self, ground: str) -> None:
        self._ground, self._kept = QColor(ground), {}  # type: ignore[var-annotated]

    def styleHints(self) -> _Windows:
        return self

    def accessibility(self) -> _Windows:
        return self

    def contrastPreference(self) -> Qt.ContrastPreference:
        return Qt.ContrastPreference.HighContrast

    def colorScheme(self) -> Qt.ColorScheme:
        return Qt.ColorScheme.Unknown

    def palette(self) -> QPalette:
        return QPalette(self._ground)

    def property(self, name: str) -> object:
        return self._kept.get(name)

    def setProperty(self, name: str, value: object) -> None:
        self._kept[name] = value


def test_a_contrast_theme_of_the_system_is_followed_by_its_colours() -> None:
    for ground, dark in (("#000000", True), ("#ffffff", False)):
        app: Any = _Windows(ground)
        assert asked_by(app) == System(dark, strong=True)
        app._ground = QColor("#808080")  # our own palette by now
        assert theme_for(app, Look.SYSTEM) == make_theme(dark=dark, strong=True)


def test_this_system_tells_nothing_and_is_light(qapp: QApplication) -> None:
    assert asked_by(qapp) == System()


def test_the_bundled_type_is_used(qapp: QApplication) -> None:
    assert load_fonts() == FAMILY
    assert QFontInfo(qapp.font()).family() == FAMILY


@pytest.fixture
def _restored(qapp: QApplication) -> Iterator[None]:
    before = QFont(qapp.font())
    yield
    qapp.setFont(before)
    apply_theme(qapp, make_theme())


@pytest.mark.usefixtures("_restored")
def test_sizes_follow_the_text(qapp: QApplication, qtbot: QtBot) -> None:
    button, question = QPushButton("Proceed"), QLabel("Would you tell me?")
    for widget in (button, question):
        qtbot.addWidget(widget)
    set_role(question, "display")
    qapp.setFont(QFont(FAMILY, 11))
    apply_theme(qapp, make_theme())
    small, gap = button.sizeHint().height(), space(4)
    small_question = question.sizeHint().height()
    qapp.setFont(QFont(FAMILY, 22))
    apply_theme(qapp, make_theme())
    assert space(4) == pytest.approx(2 * gap, abs=1)
    assert button.sizeHint().height() == pytest.approx(2 * small, rel=0.12)
    assert question.sizeHint().height() == pytest.approx(2 * small_question, rel=0.12)


@pytest.mark.usefixtures("_restored")
def test_putting_it_on_again_doesnt_grow_the_text(qapp: QApplication) -> None:
    before = qapp.font().pointSizeF()
    for dark in (True, False, True):
        apply_theme(qapp, make_theme(dark=dark))
    assert qapp.font().pointSizeF() == before
    window = qapp.palette().color(QPalette.ColorRole.Window).name()
    assert window == make_theme(dark=True).window


def test_a_role_takes_effect_at_once(qtbot: QtBot) -> None:
    label = QLabel("What we heard")
    qtbot.addWidget(label)
    label.ensurePolished()
    plain = label.sizeHint().height()
    set_role(label, "display")
    assert label.sizeHint().height() > 1.5 * plain


@pytest.mark.usefixtures("_restored")
def test_the_ring_around_a_filled_button_stands_off_from_it(
    qapp: QApplication, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("To the plan", window)
    set_role(button, "primary")
    button.move(10, 10)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    for strong in (False, True):
        for dark in (False, True):
            theme = make_theme(dark=dark, strong=strong)
            apply_theme(qapp, theme)
            button.adjustSize()
            drawn = window.grab().toImage()
            row = 10 + button.height() // 2
            across = [drawn.pixelColor(x, row).name() for x in range(20)]
            # From the ground to the ring, the ground again, and the button.
            seen = [
                colour
                for at, colour in enumerate(across)
                if colour in (theme.window, theme.accent) and colour != across[at - 1]
            ]
            assert seen == [theme.window, theme.accent] * 2, (across, theme)
