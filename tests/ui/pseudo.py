"""A language that nobody speaks: every text longer by half, accented and in brackets.

What stays as it was has not gone through the catalogue; what is cut would be cut in another one.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fitcheck import i18n

CODE = "pseudo"
OPEN, CLOSE = "⟦", "⟧"

_KEPT = re.compile(r"\{[^{}]*\}|%\(\w+\)s|%%|</?[a-zA-Z][^<>]*>|&\w+;|&.|\*\.\w+")
_WORD = re.compile(r"[A-Za-z’]+")
_ACCENTED = str.maketrans("aeiouAEIOUcnsy", "äéïôûÄÉÏÔÛçñšÿ")


def pseudo(text: str) -> str:
    """``text`` in that language: as many words, each placeholder, tag and marked letter kept."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    inside, at = "", start
    for kept in _KEPT.finditer(text, start, end):
        inside += _longer(text[at : kept.start()]) + kept[0]
        at = kept.end()
    inside += _longer(text[at:end])
    return f"{text[:start]}{OPEN}{inside}{CLOSE}{text[end:]}" if inside else text


def _longer(text: str) -> str:
    def longer(word: re.Match[str]) -> str:
        return word[0].translate(_ACCENTED) + "o" * (len(word[0]) * 2 // 5)

    return _WORD.sub(longer, text)


class _Pseudo(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)


@contextmanager
def spoken(app: QApplication) -> Iterator[None]:
    """Speak it, from right to left."""
    real, codes = i18n._catalogue, i18n.languages()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_catalogue", lambda code: _Pseudo() if code == CODE else real(code))
        patch.setattr(i18n, "languages", lambda: (*codes, CODE))
        i18n.speak(CODE)
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        try:
            yield
        finally:
            app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            i18n.speak(i18n.SOURCE_LANGUAGE)
