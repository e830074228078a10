"""The look of the window: as the preferences ask for it, or the system does."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.look import Look
from ui import messages
from ui.theme import apply_theme, theme_for

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Restyling(QObject):
    """Puts on another look whenever one is chosen in the menus, or the system changes its own."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        for look, action in window.menus.looks.items():
            action.triggered.connect(partial(self._choose, look))
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self.restyle)
        hints.accessibility().contrastPreferenceChanged.connect(self.restyle)
        window.menus.show_look(window.context.fitcheck.preferences.look)

    def _choose(self, look: Look, _checked: bool = False) -> None:
        window, fitcheck = self._window, self._window.context.fitcheck
        try:
            fitcheck.save_preferences(replace(fitcheck.preferences, look=look))
        except FitCheckError as error:
            happened = _("The look was changed, but not saved.")
            messages.tell(window, messages.of_error(error, happened))
        if "settings" in window.pages.made:
            window.settings.populate()
        self.restyle()

    @Slot()
    def restyle(self) -> None:
        """Put on the look that the preferences and the system ask for."""
        window = self._window
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        preferences = window.context.fitcheck.preferences
        window.menus.show_look(preferences.look)
        theme = theme_for(app, preferences.look, preferences.profile.accent)
        if theme == window.context.theme:
            return
        window.context.theme = theme
        apply_theme(app, theme)
        window.sidebar.restyle(theme)
        window.help_key.restyle()
        for page in window.pages.made.values():
            page.restyle()
