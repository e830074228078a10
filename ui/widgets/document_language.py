"""In which language a document is written: a button that names it, with a menu of the others."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from fitcheck.i18n import _, language_name, languages
from fitcheck.speaking import for_documents


class DocumentLanguage(QPushButton):
    """``chosen`` says what a person chose; :meth:`show_language` is not choosing.

    ``key`` is what leads to the next language, where there is such a key.
    """

    chosen = Signal(str)

    def __init__(self, key: str = "") -> None:
        super().__init__()
        self.code = for_documents("")
        what = _("Language of the document")
        self.setToolTip(f"{what} ({key})" if key else what)
        menu = QMenu(self)
        self._group = QActionGroup(self)
        for code in languages():
            action = menu.addAction(language_name(code))
            action.setCheckable(True)
            action.setData(code)
            self._group.addAction(action)
        menu.triggered.connect(lambda action: self._choose(action.data()))
        self.setMenu(menu)
        self.show_language(self.code)

    def show_language(self, code: str) -> None:
        """Name the language that stands."""
        self.code = code
        self.setText(language_name(code))
        self.setAccessibleName(
            _("Language of the document: {language}").format(language=language_name(code))
        )
        for action in self._group.actions():
            action.setChecked(action.data() == code)

    @Slot()
    def go_on(self) -> None:
        """Choose the next language."""
        codes = languages()
        self._choose(codes[(codes.index(self.code) + 1) % len(codes)])

    def _choose(self, code: str) -> None:
        if code != self.code:
            self.show_language(code)
            self.chosen.emit(code)
