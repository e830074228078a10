"""The style sheet: the looks of every role and of every standard widget, in light and dark."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from ui.drawings import Drawings
from ui.theme import MONOSPACED, Theme, over

_MARKS = {
    "check": '<path d="M3.5 8.4 6.6 11.5 12.5 4.8"/>',
    "part": '<path d="M4 8h8"/>',
    "dot": '<circle cx="8" cy="8" r="2.6" fill="{colour}"/>',
    "down": '<path d="M4 6.2 8 10.2 12 6.2"/>',
    "up": '<path d="M4 9.8 8 5.8 12 9.8"/>',
    "right": '<path d="M6.2 4 10.2 8 6.2 12"/>',
}

_FIELDS = "QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox, QDateEdit, QTimeEdit, QComboBox"


class _Kit:
    """What every part of the sheet is made with: colours, and measures that follow the text."""

    def __init__(self, app: QApplication, theme: Theme, points: float) -> None:
        font = QFont(app.font())
        font.setPointSizeF(points)
        self.theme = theme
        self._em = QFontInfo(font).pixelSize()
        self._points = points

    def px(self, ems: float) -> str:
        return f"{max(1, round(ems * self._em))}px"

    def round(self, ems: float, edge: int = 1) -> str:
        """The radius that makes a circle of ``ems`` and its edge; any larger isn't drawn."""
        return f"{(max(1, round(ems * self._em)) + 2 * edge) // 2}px"

    def pt(self, times: float) -> str:
        return f"{self._points * times:.2f}pt"

    def mark(self, name: str, colour: str) -> str:
        """The mark in that colour, as the inside of a style sheet's ``url()``."""
        drawn = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" '
            f'stroke="{colour}" stroke-width="1.9" stroke-linecap="round" '
            f'stroke-linejoin="round">{_MARKS[name].format(colour=colour)}</svg>'
        )
        return Drawings.of_application().file(f"mark-{name}", colour, drawn).as_posix()


def style_sheet(app: QApplication, theme: Theme, points: float) -> str:
    """The style sheet of ``theme`` for text of ``points``."""
    kit = _Kit(app, theme, points)
    parts = [
        _text,
        _buttons,
        _navigation,
        _frames,
        _frame,
        _fields,
        _lists,
        _choices,
        _menu_bar,
        _rest,
    ]
    if theme.strong:
        parts.append(_strong)
    return "\n".join(part(kit) for part in parts)


def first_sheet(app: QApplication, theme: Theme, points: float) -> str:
    """As much of it as the first paint shows (:mod:`ui.frame`), for which no file is written."""
    kit = _Kit(app, theme, points)
    parts = (_text, _navigation, _frames, _menu_bar, _frame)
    return "\n".join(part(kit) for part in parts)


def _frame(k: _Kit) -> str:
    """The pages of :mod:`ui.frame`, which is shown before there is a sidebar."""
    t = k.theme
    return f"""
QLabel[role="page"] {{ font-weight: 500; }}
QLabel[role="shown-page"] {{ background: {t.accent_soft}; color: {t.accent};
    border-radius: {k.px(0.45)}; font-weight: 600; }}
"""


def _text(k: _Kit) -> str:
    t, px = k.theme, k.px
    return f"""
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog, QStackedWidget, QMessageBox {{ background: {t.window}; }}
QLabel {{ background: transparent; }}
QLabel[role="display"] {{ font-size: {k.pt(2.3)}; font-weight: 500; }}
QLabel[role="title"] {{ font-size: {k.pt(1.75)}; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {k.pt(1.18)}; font-weight: 600; }}
QLabel[role="body"] {{ font-size: {k.pt(1.0)}; }}
QLabel[role="quiet"] {{ color: {t.quiet}; }}
QLabel[role="key"] {{ font-family: "{MONOSPACED}"; font-size: {k.pt(1.9)}; font-weight: 500; }}
QLabel[role="warning"] {{ color: {t.warning}; }}
QLabel[role="badge"] {{ color: {t.accent}; font-weight: 700; }}
QLabel[role="keycap"] {{ color: {t.quiet}; background: {t.surface}; border: 1px solid {t.line};
    border-bottom-width: 2px; border-radius: {px(0.3)}; padding: 0 {px(0.38)};
    font-size: {k.pt(0.86)}; font-weight: 500; }}
QLabel:disabled {{ color: {t.faint}; }}
QLabel[role="asked-title"] {{ font-weight: 600; }}
QLabel[role="asked-title"]:disabled, QLabel[role="asked"]:disabled {{ color: {t.quiet}; }}
"""


def _buttons(k: _Kit) -> str:
    t, px = k.theme, k.px
    return f"""
QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
    border-radius: {px(0.45)}; padding: {px(0.42)} {px(0.95)}; min-height: {px(1.35)};
    font-weight: 500; }}
QPushButton:hover {{ background: {t.accent_soft}; }}
QPushButton:pressed {{ background: {over(t.accent, t.surface, 0.22)}; }}
QPushButton:focus {{ border: 2px solid {t.focus}; padding: {px(0.42 - 0.07)} {px(0.95 - 0.07)}; }}
QPushButton:disabled {{ color: {t.faint}; border-color: {t.line};
    background: {t.window}; }}
QPushButton[role="primary"] {{ background: {t.accent}; color: {t.on_accent};
    border: 1px solid {t.accent}; font-weight: 600; }}
QPushButton[role="primary"]:hover {{ background: {over(t.accent, t.text, 0.88)}; }}
QPushButton[role="primary"]:pressed {{ background: {over(t.accent, t.text, 0.76)}; }}
QPushButton[role="primary"]:focus {{ border: 3px solid {t.focus};
    background-clip: padding; padding: {px(0.42 - 0.14)} {px(0.95 - 0.14)}; }}
QPushButton[role="primary"]:disabled {{ background: {t.window if t.strong else t.line};
    border-color: {t.line}; color: {t.quiet}; }}
QPushButton[role="plain"] {{ background: transparent; border: 1px solid transparent;
    color: {t.accent}; padding: {px(0.42)} {px(0.6)}; }}
QPushButton[role="plain"]:hover {{ background: {t.accent_soft}; }}
QPushButton[role="plain"]:focus {{ border: 2px solid {t.focus};
    padding: {px(0.42 - 0.07)} {px(0.6 - 0.07)}; }}
QPushButton[role="plain"]:disabled {{ color: {t.faint}; }}
QPushButton[role="cross"] {{ background: transparent; border: 1px solid transparent;
    color: {t.quiet}; padding: {px(0.3)}; min-width: {px(1.2)}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[role="cross"]:hover:enabled {{ color: {t.poor}; background: {t.accent_soft}; }}
QPushButton[role="line"] {{ background: transparent; border: 2px solid transparent;
    border-radius: {px(0.3)}; color: {t.accent}; padding: 0 {px(0.1)}; min-height: {px(1.5)};
    text-align: left; }}
QPushButton[role="line"]:hover {{ background: {t.accent_soft}; }}
QPushButton[role="line"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[role="danger"] {{ color: {t.poor}; border: 1px solid {t.poor};
    background: {t.surface}; }}
QPushButton[role="danger"]:hover {{ background: {over(t.poor, t.surface, 0.12)}; }}
QPushButton[role="danger"]:focus {{ border: 2px solid {t.poor}; }}
QPushButton[role="chip"] {{ border-radius: {px(0.86)}; padding: {px(0.2)} {px(0.85)};
    border: 1px solid {t.line}; color: {t.quiet}; background: {t.surface}; }}
QPushButton[role="chip"]:hover {{ color: {t.text}; border-color: {t.edge}; }}
QPushButton[role="chip"]:checked {{ color: {t.accent}; background: {t.accent_soft};
    border: 1px solid {t.accent}; font-weight: 600; }}
QPushButton[role="chip"]:focus {{ border: 2px solid {t.focus};
    padding: {px(0.13)} {px(0.78)}; }}
QToolButton {{ background: transparent; border: 2px solid transparent;
    border-radius: {px(0.4)}; padding: {px(0.25)}; }}
QToolButton:hover {{ background: {t.accent_soft}; }}
QToolButton:checked {{ background: {t.accent_soft}; color: {t.accent}; }}
QToolButton:focus {{ border: 2px solid {t.focus}; }}
QToolButton::menu-indicator {{ image: none; }}
"""


def _navigation(k: _Kit) -> str:
    t, px = k.theme, k.px
    return f"""
QFrame[role="sidebar"] {{ background: {t.surface}; border: none;
    border-right: 1px solid {t.line}; }}
QPushButton[role="nav"] {{ text-align: left; background: transparent; color: {t.text};
    border: 2px solid transparent; border-radius: {px(0.45)}; padding: {px(0.4)} {px(0.6)};
    font-weight: 500; min-height: 0; }}
QPushButton[role="nav"]:hover {{ background: {t.accent_soft}; }}
QPushButton[role="nav"]:checked {{ background: {t.accent_soft}; color: {t.accent};
    font-weight: 600; }}
QPushButton[role="nav"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[role="nav"]:disabled {{ color: {t.faint};
    background: transparent; }}
"""


def _frames(k: _Kit) -> str:
    t, px = k.theme, k.px
    return f"""
QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.line};
    border-radius: {px(0.65)}; padding: 1px; }}
QFrame[role="selected-card"] {{ background: {t.accent_soft}; border: 2px solid {t.accent};
    border-radius: {px(0.65)}; }}
QFrame[role="card"]:focus, QFrame[role="selected-card"]:focus {{
    border: 2px solid {t.focus}; padding: 0; }}
QFrame[role="banner"] {{ background: {over(t.warning, t.surface, 0.13)};
    border: 1px solid {over(t.warning, t.surface, 0.55)}; border-radius: {px(0.5)}; }}
QFrame[role="rule"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent; }}
QSplitter::handle {{ background: transparent; }}
QStatusBar {{ background: {t.window}; color: {t.quiet}; }}
QStatusBar::item {{ border: none; }}
"""


def _fields(k: _Kit) -> str:
    t, px = k.theme, k.px
    states = {
        state: ", ".join(f"{name}:{state}" for name in _FIELDS.split(", "))
        for state in ("focus", "disabled", "hover")
    }
    return f"""
{_FIELDS} {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
    border-radius: {px(0.4)}; padding: {px(0.36)} {px(0.55)};
    selection-background-color: {t.accent}; selection-color: {t.on_accent};
    placeholder-text-color: {t.quiet}; }}
QLineEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit {{ min-height: {px(1.4)}; }}
{states["hover"]} {{ border-color: {t.accent}; }}
{states["focus"]} {{ border: 2px solid {t.focus};
    padding: {px(0.36 - 0.07)} {px(0.55 - 0.07)}; }}
{states["disabled"]} {{ color: {t.faint}; background: {t.window};
    border-color: {t.line}; }}
QPlainTextEdit[role="growing"] {{ border-color: {t.line}; }}
QPlainTextEdit[role="growing"]:hover {{ border-color: {t.accent}; }}
QPlainTextEdit[role="growing"]:focus {{ border-color: {t.focus}; }}
QLineEdit[role="key"] {{ font-family: "{MONOSPACED}"; font-weight: 500; }}
QLineEdit[invalid="true"] {{ border: 2px solid {t.poor};
    padding: {px(0.36 - 0.07)} {px(0.55 - 0.07)}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {px(1.9)};
    subcontrol-position: center right; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url({k.mark("down", t.quiet)});
    width: {px(1.05)}; height: {px(1.05)}; }}
QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.edge};
    padding: {px(0.2)}; outline: none; selection-background-color: {t.accent_soft};
    selection-color: {t.text}; }}
QSpinBox::up-button, QSpinBox::down-button, QTimeEdit::up-button,
QTimeEdit::down-button {{ border: none; width: {px(1.6)}; }}
QSpinBox::up-arrow, QTimeEdit::up-arrow {{ image: url({k.mark("up", t.quiet)});
    width: {px(0.8)}; }}
QSpinBox::down-arrow, QTimeEdit::down-arrow {{ image: url({k.mark("down", t.quiet)});
    width: {px(0.8)}; }}
"""


def _lists(k: _Kit) -> str:
    t, px = k.theme, k.px
    return f"""
QTableView, QListView, QTreeView {{ background: {t.surface}; border: 2px solid {t.line};
    border-radius: {px(0.65)}; gridline-color: transparent; outline: none;
    alternate-background-color: {t.surface}; selection-background-color: {t.accent_soft};
    selection-color: {t.text}; }}
QTableView:focus, QListView:focus, QTreeView:focus {{ border: 2px solid {t.focus}; }}
QTableView::item, QListView::item, QTreeView::item {{ padding: {px(0.3)} {px(0.6)};
    border: none; border-bottom: 1px solid {t.hair}; }}
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {{
    background: {t.accent_soft}; color: {t.text}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: {t.surface}; color: {t.quiet}; border: none;
    border-bottom: 1px solid {t.line}; padding: {px(0.5)} {px(0.75)}; font-weight: 500;
    text-align: left; }}
QHeaderView::section:first {{ border-top-left-radius: {px(0.6)}; }}
QHeaderView::section:last {{ border-top-right-radius: {px(0.6)}; }}
QHeaderView::section:hover {{ color: {t.text}; }}
QHeaderView::up-arrow {{ image: url({k.mark("up", t.quiet)}); width: {px(0.9)};
    subcontrol-position: center right; }}
QHeaderView::down-arrow {{ image: url({k.mark("down", t.quiet)}); width: {px(0.9)};
    subcontrol-position: center right; }}
QTableCornerButton::section {{ background: {t.surface}; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {px(0.75)}; margin: {px(0.12)}; }}
QScrollBar:horizontal {{ background: transparent; height: {px(0.75)}; margin: {px(0.12)}; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: {px(0.24)}; }}
QScrollBar::handle:hover {{ background: {t.quiet}; }}
QScrollBar::handle:vertical {{ min-height: {px(2.2)}; }}
QScrollBar::handle:horizontal {{ min-width: {px(2.2)}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; }}
"""


def _choices(k: _Kit) -> str:
    t, px = k.theme, k.px
    return f"""
QCheckBox, QRadioButton {{ spacing: {px(0.6)}; padding: {px(0.2)}; background: transparent;
    border: 2px solid transparent; border-radius: {px(0.4)}; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {t.focus}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.faint}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(1.05)}; height: {px(1.05)};
    border: 1px solid {t.edge}; background: {t.surface}; }}
QCheckBox::indicator {{ border-radius: {px(0.26)}; }}
QRadioButton::indicator {{ border-radius: {k.round(1.05)}; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {t.accent}; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
    image: url({k.mark("check", t.on_accent)}); }}
QCheckBox::indicator:indeterminate {{ background: {t.accent}; border-color: {t.accent};
    image: url({k.mark("part", t.on_accent)}); }}
QRadioButton::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
    image: url({k.mark("dot", t.on_accent)}); }}
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {t.quiet}; padding: {px(0.5)} {px(0.9)};
    border: 2px solid transparent; border-bottom: 3px solid transparent; font-weight: 500; }}
QTabBar::tab:hover {{ color: {t.text}; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom: 3px solid {t.accent}; }}
QTabBar::tab:focus {{ border: 2px solid {t.focus}; border-bottom: 3px solid {t.accent};
    border-radius: {px(0.3)}; }}
"""


def _menu_bar(k: _Kit) -> str:
    t, px = k.theme, k.px
    return f"""
QMenuBar {{ background: {t.window}; padding: {px(0.1)} {px(0.3)}; }}
QMenuBar::item {{ background: transparent; padding: {px(0.3)} {px(0.65)};
    border-radius: {px(0.3)}; }}
QMenuBar::item:selected {{ background: {t.accent_soft}; }}
"""


def _rest(k: _Kit) -> str:
    t, px = k.theme, k.px
    return f"""
QMenu {{ background: {t.raised}; border: 1px solid {t.edge}; padding: {px(0.35)}; }}
QMenu::item {{ padding: {px(0.4)} {px(1.6)} {px(0.4)} {px(0.7)}; border-radius: {px(0.3)}; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QMenu::item:disabled {{ color: {t.faint}; }}
QMenu::item:checked {{ font-weight: 600; color: {t.accent}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {px(0.35)} {px(0.5)}; }}
QMenu::right-arrow {{ image: url({k.mark("right", t.quiet)}); width: {px(0.9)}; }}
QToolTip {{ background: {t.text}; color: {t.window}; border: none;
    padding: {px(0.35)} {px(0.55)}; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: {px(0.25)};
    max-height: {px(0.5)}; min-height: {px(0.5)}; text-align: center; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: {px(0.25)}; }}
QSlider::groove:horizontal {{ background: {t.line}; height: {px(0.3)};
    border-radius: {px(0.15)}; }}
QSlider::sub-page:horizontal {{ background: {t.accent}; height: {px(0.3)};
    border-radius: {px(0.15)}; }}
QSlider::handle:horizontal {{ background: {t.surface}; border: 2px solid {t.accent};
    width: {px(0.85)}; height: {px(0.85)}; margin: -{px(0.4)} 0; border-radius: {px(0.5)}; }}
QSlider:focus {{ border: 2px solid {t.focus}; border-radius: {px(0.3)}; }}
QGroupBox {{ border: 1px solid {t.line}; border-radius: {px(0.5)}; margin-top: {px(1.0)};
    padding-top: {px(0.6)}; font-weight: 600; }}
QGroupBox::title {{ subcontrol-origin: margin; left: {px(0.7)}; }}
"""


def _strong(k: _Kit) -> str:
    """What high contrast adds: an edge around every control, and a thick ring for the focus."""
    t, px = k.theme, k.px
    roles = ("primary", "plain", "cross", "line", "nav", "danger", "chip")
    buttons = ["QPushButton", *(f'QPushButton[role="{role}"]' for role in roles), "QToolButton"]
    choices = ["QCheckBox", "QRadioButton"]

    def each(names: list[str], state: str = "") -> str:
        return ", ".join(f"{name}{state}" for name in names)

    ring = f"{t.ring:.0f}px solid {t.focus}"
    fields, views = _FIELDS.split(", "), ["QTableView", "QListView", "QTreeView"]
    return f"""
{each(buttons)} {{ border: 2px solid {t.edge}; }}
QPushButton[role="danger"] {{ border: 2px solid {t.poor}; }}
{each(buttons, ":checked")} {{ border: 3px solid {t.accent}; }}
{each([name for name in buttons if "primary" not in name], ":focus")} {{ border: {ring};
    background: {t.accent_soft}; }}
QPushButton[role="primary"]:focus {{ border: {ring};
    background: {t.accent}; }}
{each(buttons, ":disabled")} {{ border: 1px dashed {t.faint}; color: {t.faint};
    background: {t.window}; }}
QPushButton[role="cross"]:disabled {{ border: 2px solid transparent; }}
{_FIELDS}, QPlainTextEdit[role="growing"] {{ border: 2px solid {t.edge};
    padding: {px(0.36 - 0.07)} {px(0.55 - 0.07)}; }}
{each(fields, ":disabled")} {{ border: 1px dashed {t.faint}; color: {t.faint}; }}
{each(fields, ":focus")}, QPlainTextEdit[role="growing"]:focus {{ border: {ring};
    padding: {px(0.36 - 0.22)} {px(0.55 - 0.22)}; }}
{each(views)} {{ border: 2px solid {t.edge}; margin: 2px; }}
{each(views, ":focus")} {{ border: {ring}; margin: 0; }}
{each(choices, ":focus")} {{ border: {ring}; padding: {px(0.06)}; }}
QTabBar::tab:focus, QSlider:focus {{ border: {ring}; }}
QCheckBox::indicator, QRadioButton::indicator {{ border: 2px solid {t.edge}; }}
QRadioButton::indicator {{ border-radius: {k.round(1.05, edge=2)}; }}
QFrame[role="card"], QFrame[role="banner"], QGroupBox {{ border: 2px solid {t.edge}; }}
QFrame[role="selected-card"] {{ border: 4px solid {t.accent}; }}
QFrame[role="card"]:focus, QFrame[role="selected-card"]:focus {{ border: {ring}; }}
QFrame[role="banner"] {{ background: {t.surface}; border: 3px solid {t.warning}; }}
QFrame[role="sidebar"] {{ border-right: 2px solid {t.edge}; }}
QHeaderView::section {{ border-bottom: 2px solid {t.edge}; color: {t.text}; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {t.text}; color: {t.window}; }}
QMenu {{ border: 2px solid {t.edge}; }}
QToolTip {{ border: 2px solid {t.window}; }}
QScrollBar:vertical, QScrollBar:horizontal {{ background: {t.window}; }}
QProgressBar, QSlider::groove:horizontal {{ background: {t.surface};
    border: 1px solid {t.edge}; }}
QProgressBar {{ min-height: {px(0.65)}; max-height: {px(0.65)}; }}
"""
