"""The language of the window, chosen in the settings."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fitcheck import speaking
from fitcheck.i18n import _, language_name, languages
from ui import messages
from ui.context import Context
from ui.speaking import of_window
from ui.widgets.described_choice import DescribedChoice


class LanguageSection(QWidget):
    """``chosen``: the window is to speak this language from now on."""

    chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._folder = context.fitcheck.folder
        self.choice = DescribedChoice(
            _("Language"),
            (
                ("", _("As the system"), ""),
                *((each, language_name(each), "") for each in languages()),
            ),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.choice)
        self.choice.signals.chosen.connect(self._choose)

    def populate(self) -> None:
        """Show what is chosen."""
        self.choice.show_value(speaking.chosen(self._folder))

    @Slot(object)
    def _choose(self, code: str) -> None:
        try:
            speaking.choose(self._folder, code)
        except OSError as error:
            happened = _("The language was not changed.")
            messages.tell(self.window(), messages.of_error(error, happened))
            self.populate()
            return
        self.chosen.emit(of_window(self._folder))
