"""The window in a language: its words, Qt's own words, its dates and numbers, its direction.

The language is the program's, dates and numbers are those of that language in the system's region,
and paper is the region's.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from fitcheck.domain.profile import Paper
from fitcheck.errors import FitCheckError
from fitcheck.i18n import SOURCE_LANGUAGE, current_language, speak
from fitcheck.speaking import paper_of, to_speak

if TYPE_CHECKING:
    from fitcheck.services import FitCheck


_translators: list[QTranslator] = []
_own: list[QLocale] = []
"""The system's, as it was before another was set; there at most once."""


def of_window(folder: Path) -> str:
    """The language of the window over the book in ``folder``."""
    return to_speak(folder, QLocale.system().uiLanguages())


def speak_in(app: QApplication, code: str) -> None:
    """Speak ``code`` from now on; what is shown already is to be built anew."""
    speak(code)
    if not _own:
        _own.append(_set())
    locale = locale_of(code, _own[0])
    QLocale.setDefault(locale)
    speak_qt(app)
    app.setLayoutDirection(QLocale(code).textDirection())


def locale_of(code: str, own: QLocale) -> QLocale:
    """How that language writes dates and numbers where the system is set to ``own``."""
    language = QLocale(code).language()
    if own.language() is QLocale.Language.C:
        # Set to no region at all: as British as the texts are, or as the language's own country.
        british = QLocale(language, QLocale.Country.UnitedKingdom)
        return british if code == SOURCE_LANGUAGE else QLocale(language)
    return own if own.language() is language else QLocale(language, own.territory())


def _set() -> QLocale:
    """What the system is set to.

    Qt goes by ``LANGUAGE`` for its language, but writes dates as a system without a region does.
    """
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_TIME", "LANG"))
    region = next((name for name in names if name), "").partition(".")[0]
    asked_there = sys.platform not in ("win32", "darwin")
    if asked_there and region in ("", "C", "POSIX") and QLocale() == QLocale.system():
        return QLocale.c()
    return QLocale()


def speak_qt(app: QApplication) -> None:
    """Let Qt's own words (in its colour and file dialogs) follow the language in force."""
    while _translators:
        app.removeTranslator(_translators.pop())
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(current_language()), "qtbase", "_", folder):
        app.installTranslator(translator)
        _translators.append(translator)


def paper_here(locale: QLocale | None = None) -> Paper:
    """What is printed on in the system's region."""
    return paper_of(QLocale.territoryToCode((locale or QLocale.system()).territory()))


def print_as_here(fitcheck: FitCheck) -> None:
    """Lay documents of a new book out for the paper of the system's region."""
    paper = paper_here()
    if paper is not fitcheck.preferences.paper:
        # It can be chosen in the settings all the same.
        with suppress(FitCheckError):
            fitcheck.save_preferences(replace(fitcheck.preferences, paper=paper))
