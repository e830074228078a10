"""The look: one accent, warm neutrals, light or dark; every size follows from the font's.

In high contrast (``strong``) there is black and white and the accent, and an edge around all.

A widget says what it is by the dynamic property ``role`` (:func:`set_role`), and the style sheet
(:mod:`ui.style_sheet`) gives it its looks: a ``QLabel`` is "display" (the question that is said
aloud), "title", "heading", "body", "quiet" or "keycap"; a ``QPushButton`` "primary", "plain",
"danger" or "chip"; a ``QFrame`` "card", "selected-card" or "banner".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from fitcheck import packaged
from fitcheck.domain.profile import DEFAULT_ACCENT, is_accent
from fitcheck.look import Look
from reports.colours import TEXT_CONTRAST, contrast, legible, mix

FAMILY = "IBM Plex Sans"
MONOSPACED = "IBM Plex Mono"
"""For what is compared character by character: recovery keys."""

VISIBLE = 3.0
"""WCAG 2.2, criterion 1.4.11: the least contrast of an edge that one must see."""

STRONG = 7.0
"""Criterion 1.4.6: the least contrast of text where somebody asked for high contrast."""

_LEAST_POINTS = 10.0
_NATIVE_DARK = "fitcheck-native-dark"


@dataclass(frozen=True)
class Theme:
    """The colours in force, each as ``#rrggbb``.

    ``window`` lies under everything, ``surface`` is a card's or a field's ground, ``raised`` a
    menu's or a dialog's. ``text``, ``quiet``, ``accent``, ``good``, ``workable``, ``poor`` and
    ``warning`` are readable on all three and on ``accent_soft`` (WCAG 2.2 AA; AAA if ``strong``).
    """

    dark: bool
    strong: bool
    window: str
    surface: str
    raised: str
    text: str
    quiet: str
    line: str
    accent: str
    on_accent: str
    accent_soft: str
    focus: str
    good: str
    workable: str
    poor: str
    warning: str

    @cached_property
    def edge(self) -> str:
        """The outline of a field or a button, which one must see (:data:`VISIBLE`)."""
        if self.strong:
            return self.text
        return corrected(over(self.text, self.surface, 0.5), (self.surface, self.window), VISIBLE)

    @property
    def outline(self) -> str:
        """The outline of a card, which stands out by its ground as well."""
        return self.edge if self.strong else self.line

    @property
    def track(self) -> str:
        """What a bar of the accent, or of what it stands for, has still to go."""
        return self.accent_soft if self.strong else self.line

    @cached_property
    def hair(self) -> str:
        """The line between two rows."""
        return self.line if self.strong else over(self.line, self.surface, 0.55)

    @cached_property
    def faint(self) -> str:
        """What can't be used now; readable nevertheless in high contrast."""
        if self.strong:
            return corrected("#808080", (self.window, self.surface, self.raised), STRONG)
        return over(self.text, self.window, 0.45)

    @property
    def ring(self) -> float:
        """How thick the ring around what has the focus is."""
        return 4.0 if self.strong else 2.0


@dataclass(frozen=True)
class System:
    """What the system says of its look; who doesn't say is light and of ordinary contrast."""

    dark: bool = False
    strong: bool = False


def make_theme(accent: str = DEFAULT_ACCENT, dark: bool = False, strong: bool = False) -> Theme:
    """The theme for a brand's accent, lightened or darkened as far as reading it needs.

    An ``accent`` that isn't a ``#rrggbb`` colour is replaced by FitCheck's own.
    """
    least = STRONG if strong else TEXT_CONTRAST
    if strong:
        window = surface = raised = "#000000" if dark else "#ffffff"
        text, quiet, line = (
            ("#ffffff", "#d0d0d0", "#b0b0b0") if dark else ("#000000", "#333333", "#4d4d4d")
        )
    elif dark:
        window, surface, raised = "#161918", "#1f2322", "#272c2a"
        text, quiet, line = "#eeece7", "#b1b4ae", "#3a403d"
    else:
        window, surface, raised = "#f5f3ee", "#fefdfb", "#ffffff"
        text, quiet, line = "#1c211f", "#575d59", "#dcd8cf"
    if dark:
        marks = ("#79c797", "#e3b158", "#f0958b", "#eab65e")
    else:
        marks = ("#26704a", "#855608", "#a83a32", "#8a5200")
    grounds = (window, surface, raised)
    colour = corrected(accent if is_accent(accent) else DEFAULT_ACCENT, grounds, least)
    soft = over(colour, surface, 0.25 if strong else 0.18 if dark else 0.10)
    colour = corrected(colour, (*grounds, soft), least)
    good, workable, poor, warning = (corrected(mark, (*grounds, soft), least) for mark in marks)
    inks = ("#ffffff", "#000000" if strong else "#101413")
    return Theme(
        dark=dark,
        strong=strong,
        window=window,
        surface=surface,
        raised=raised,
        text=text,
        quiet=corrected(quiet, (*grounds, soft), least),
        line=line,
        accent=colour,
        on_accent=max(inks, key=lambda ink: contrast(ink, colour)),
        accent_soft=soft,
        focus=colour,
        good=good,
        workable=workable,
        poor=poor,
        warning=warning,
    )


def theme_of(look: Look, accent: str = DEFAULT_ACCENT, system: System = System()) -> Theme:
    """The theme of ``look``, or what ``system`` asks for where the look is to follow it."""
    if look is Look.SYSTEM:
        return make_theme(accent, system.dark, system.strong)
    return make_theme(
        accent,
        look in (Look.DARK, Look.CONTRAST_DARK),
        look in (Look.CONTRAST, Look.CONTRAST_DARK),
    )


def theme_for(app: QApplication, look: Look, accent: str = DEFAULT_ACCENT) -> Theme:
    """The theme of ``look`` on this machine, as it is now."""
    return theme_of(look, accent, asked_by(app) if look is Look.SYSTEM else System())


def asked_by(app: QApplication) -> System:
    """What the system asks for."""
    from PySide6.QtCore import Qt  # large, and mostly not needed for a first paint

    hints = app.styleHints()
    strong = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    if strong and hints.colorScheme() is Qt.ColorScheme.Unknown:
        # Windows in a contrast theme calls it neither light nor dark: its colours tell. They are
        # those that the application began with, before any palette of ours.
        dark = _native_dark(app)
    return System(dark, strong)


def over(colour: str, ground: str, share: float) -> str:
    """``share`` (0 to 1) of ``colour`` laid over ``ground``."""
    return mix(ground, colour, share)


def corrected(colour: str, grounds: tuple[str, ...], least: float = TEXT_CONTRAST) -> str:
    """``colour``, made darker or lighter as far as ``least`` contrast with every ground needs.

    Its hue and saturation stay, so that a brand stays itself on a dark ground, too; paper has
    :func:`reports.colours.legible`.
    """

    def clear(shade: str) -> bool:
        return all(contrast(shade, ground) >= least for ground in grounds)

    made = QColor(colour)
    hue, saturation, lightness = made.hslHueF(), made.hslSaturationF(), made.lightnessF()
    step = 0.01 if QColor(grounds[0]).lightnessF() < 0.5 else -0.01
    while not clear(colour) and 0.0 < lightness + step < 1.0:
        lightness += step
        colour = QColor.fromHslF(max(hue, 0.0), saturation, lightness).name()
    return colour if clear(colour) else legible(colour, grounds[0], least)


# Putting it on


def load_fonts(*families: str) -> str:
    """Make the bundled type usable and return the family to use; needs a QGuiApplication."""
    for family in families or (FAMILY, MONOSPACED):
        if not QFontDatabase.hasFamily(family):
            for name in packaged.names("fonts"):
                if name.startswith(f"{family.replace(' ', '')}-") and name.endswith(".ttf"):
                    QFontDatabase.addApplicationFontFromData(packaged.read_bytes("fonts", name))
    return FAMILY if QFontDatabase.hasFamily(FAMILY) else QFont().family()


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole application this look; may be called again at any time.

    The size of the text is the system's (or what ``app.setFont`` said); all else follows from it.
    """
    from ui.style_sheet import style_sheet

    load_fonts()
    points = _prepare(app, theme)
    app.setStyleSheet(style_sheet(app, theme, points))


def apply_first(app: QApplication, theme: Theme) -> None:
    """As much of this look as the first paint shows."""
    from ui.style_sheet import first_sheet

    app.setStyleSheet(first_sheet(app, theme, _prepare(app, theme)))


def _prepare(app: QApplication, theme: Theme) -> float:
    """All but the style sheet; how large the text is, in points."""
    _native_dark(app)
    points = max(_LEAST_POINTS, QFontInfo(app.font()).pointSizeF())
    font = QFont(load_fonts(FAMILY))
    font.setPointSizeF(points)
    app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setFont(font)
    return points


def _native_dark(app: QApplication) -> bool:
    """Whether the application's own palette was dark before it was given one of ours."""
    if app.property(_NATIVE_DARK) is None:
        app.setProperty(_NATIVE_DARK, app.palette().window().color().lightnessF() < 0.5)
    return bool(app.property(_NATIVE_DARK))


def palette(theme: Theme) -> QPalette:
    """The palette for what the style sheet doesn't reach: native parts, painted delegates."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for key, colour in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.window,
        role.Text: theme.text,
        role.PlaceholderText: theme.quiet,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.poor,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.window,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.edge,
        role.Shadow: theme.line,
    }.items():
        made.setColor(key, QColor(colour))
    faint = QColor(theme.faint)
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, key, faint)
    made.setColor(group.Disabled, role.Highlight, QColor(theme.line))
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give ``widget`` the looks of ``role``, at once even where it is already on the screen."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def space(steps: float = 1.0) -> int:
    """``steps`` quarters of the text's height in pixels: the measure of every gap and margin.

    4 is a comfortable gap between things that belong together, 8 between things that don't.
    """
    return round(steps * 0.25 * QFontInfo(QApplication.font()).pixelSize())
