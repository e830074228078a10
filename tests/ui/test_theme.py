"""The look: readable whatever the brand's colour, in light and dark, at every size of text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from fitcheck.domain.profile import DEFAULT_ACCENT
from fitcheck.settings import Look
from reports.colours import contrast
from ui.theme import FAMILY, apply_theme, is_dark, load_fonts, make_theme, set_role, space
from ui.theme import VISIBLE as SEEN

READ = 4.5
_COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(accent=_COLOURS, dark=st.booleans())
def test_every_text_can_be_read_on_every_ground(accent: str, dark: bool) -> None:
    theme = make_theme(accent, dark)
    for ground in (theme.window, theme.surface, theme.raised, theme.accent_soft):
        for ink in (theme.text, theme.quiet, theme.accent, theme.good, theme.workable):
            assert contrast(ink, ground) >= READ, (ink, ground)
        for ink in (theme.poor, theme.warning):
            assert contrast(ink, ground) >= READ, (ink, ground)
    assert contrast(theme.on_accent, theme.accent) >= READ


@given(accent=_COLOURS, dark=st.booleans())
def test_edges_and_the_focus_can_be_seen(accent: str, dark: bool) -> None:
    theme = make_theme(accent, dark)
    for ground in (theme.window, theme.surface):
        assert contrast(theme.edge, ground) >= SEEN
        assert contrast(theme.focus, ground) >= SEEN


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


def test_the_look_that_is_chosen_wins_over_the_system(qapp: QApplication) -> None:
    assert is_dark(qapp, Look.DARK)
    assert not is_dark(qapp, Look.LIGHT)


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
