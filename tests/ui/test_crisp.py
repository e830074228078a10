"""Icons, pictures and charts are drawn for the screen's scale, and nothing moves by itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractAnimation, QEvent, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from fitcheck import packaged
from ui.icons import icon, nav_icon, program_icon
from ui.theme import make_theme
from ui.widgets.busy_bar import BusyBar
from ui.widgets.chart_view import ChartView
from ui.widgets.colour_button import ColourButton
from ui.widgets.picture import Picture

SCALES = (1.0, 1.5, 2.0)
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.usefixtures("qapp")
def test_every_icon_is_drawn_for_the_scale_and_not_enlarged() -> None:
    names = [name.removesuffix(".svg") for name in packaged.names("icons")]
    assert len(names) > 15
    for name in names:
        drawn = icon(name, "#1f5f5b")
        for scale in SCALES:
            picture = drawn.pixmap(QSize(20, 20), scale)
            assert picture.size() == QSize(20, 20) * scale
            assert picture.devicePixelRatio() == scale
            # What it is at that many pixels on an ordinary screen, to the last of them.
            plain = drawn.pixmap(picture.size(), 1.0).toImage()
            assert _same(picture.toImage(), plain), (name, scale)


@pytest.mark.usefixtures("qapp")
def test_an_icon_has_its_colour_where_it_is_chosen_and_where_it_is_disabled() -> None:
    theme = make_theme()
    made = nav_icon("plus", theme)
    for mode, state, colour in (
        (QIcon.Mode.Normal, QIcon.State.Off, theme.text),
        (QIcon.Mode.Normal, QIcon.State.On, theme.accent),
        (QIcon.Mode.Disabled, QIcon.State.Off, theme.faint),
    ):
        # The plus is a cross: its middle is full ink.
        ink = made.pixmap(QSize(48, 48), 1.0, mode, state).toImage().pixelColor(24, 24)
        assert ink.name() == colour


def test_a_picture_is_drawn_anew_on_a_screen_of_another_scale(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = Picture(32, program_icon())
    qtbot.addWidget(picture)
    assert picture.pixmap().size() == QSize(32, 32)
    shown: list[QPixmap] = []
    monkeypatch.setattr(picture, "setPixmap", shown.append)
    monkeypatch.setattr(picture, "devicePixelRatioF", lambda: 2.0)
    QApplication.sendEvent(picture, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert [each.size() for each in shown] == [QSize(64, 64)]
    assert shown[0].deviceIndependentSize().toSize() == QSize(32, 32)


def test_the_swatch_of_a_colour_has_the_scale_of_the_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = ColourButton("Accent colour")
    qtbot.addWidget(button)
    monkeypatch.setattr(button, "devicePixelRatioF", lambda: 2.0)
    button.show_colour("#aa3311")
    size = button.button.iconSize()
    assert button.button.icon().pixmap(size, 2.0).size() == size * 2


def test_a_chart_is_drawn_in_the_pixels_of_the_screen(qtbot: QtBot) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    view.show_chart(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">'
        '<path d="M 3 4 L 87 71" stroke="#000000" stroke-width="3"/></svg>',
        "A line",
        "It rises.",
    )
    view.resize(90, 90)
    image = QImage(180, 180, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setDevicePixelRatio(2.0)
    view.render(image)
    image.setDevicePixelRatio(1.0)
    enlarged = image.scaled(90, 90).scaled(180, 180)
    assert not _same(image, enlarged)
    assert image != QPixmap(image).scaled(45, 45).scaled(180, 180).toImage()


def test_nothing_in_the_window_moves_by_itself() -> None:
    """What moves nothing needs no setting that stops it; whoever animates has to add one."""
    moving = {
        *("QPropertyAnimation", "QVariantAnimation", "QSequentialAnimationGroup", "QTimeLine"),
        *("QParallelAnimationGroup", "QAbstractAnimation", "QMovie", "QScroller"),
        "QGraphicsOpacityEffect",
    }
    with_bars = set()
    files = sorted((ROOT / "ui").rglob("*.py"))
    assert len(files) > 100
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = {each.name for each in node.names}
                assert not moving & names, file
                if "QProgressBar" in names:
                    with_bars.add(file.name)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in ("setAnimated", "setAnimationEnabled"), file
    # These have a share to show, always: without one, Qt's own runs to and fro.
    assert with_bars == {"busy_bar.py", "progress.py", "their_form.py"}


def test_a_bar_that_cant_say_how_far_it_is_stands_still(qtbot: QtBot) -> None:
    def moved_by(bar: QProgressBar) -> list[QAbstractAnimation]:
        qtbot.addWidget(bar)
        bar.resize(120, 8)
        bar.show()
        bar.grab()
        return bar.findChildren(QAbstractAnimation)

    plain = QProgressBar()
    plain.setRange(0, 0)
    assert moved_by(plain)
    busy = BusyBar()
    assert not moved_by(busy)
    assert busy.maximum() == 0
    striped = busy.grab().toImage()
    assert len({striped.pixel(x, 4) for x in range(120)}) > 2
    busy.setRange(0, 100)
    assert busy.grab().toImage() != striped
    assert not moved_by(busy)


def _same(one: QImage, other: QImage) -> bool:
    kind = QImage.Format.Format_ARGB32
    plain = []
    for image in (one, other):
        made = image.convertToFormat(kind)
        made.setDevicePixelRatio(1.0)
        plain.append(made)
    return plain[0] == plain[1]
