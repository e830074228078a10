"""The one call through which every visible string goes.

The program speaks one language, which :func:`speak` chooses as it starts. A block may speak
another: a German document is written from an English window by rendering it inside
``with language("de"):``, and neither the window nor another thread notices.
"""

from __future__ import annotations

import gettext as _gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from fitcheck import packaged

SOURCE_LANGUAGE = "en"

_spoken = SOURCE_LANGUAGE
"""What the program speaks, in every thread: one that begins knows nothing of another's context."""

_current: ContextVar[str] = ContextVar("fitcheck_language")
"""What a block speaks instead."""


def _(message: str) -> str:
    """``message`` in the language in force; the English text itself where none is known."""
    return _catalogue(current_language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The singular or plural of a message, as the language in force counts."""
    return _catalogue(current_language()).ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools extract
    """Mark a string for translation where it is defined; ``_`` translates it where it is shown."""
    return message


def quoted(words: str) -> str:
    """``words`` between the quotation marks of the language in force."""
    return _("“{words}”").format(words=words)


def thousands(number: int) -> str:
    """``number`` with its thousands set apart as the language in force does."""
    return f"{number:,}".replace(",", _("1,000")[1:-3])


def decimal(number: float, places: int) -> str:
    """``number`` with so many decimals, set off as the language in force does."""
    return f"{number:.{places}f}".replace(".", _("0.5")[1:-1])


def languages() -> tuple[str, ...]:
    """The language codes that can be chosen, English first."""
    catalogues = [name[:-3] for name in packaged.names("i18n") if name.endswith(".mo")]
    return (SOURCE_LANGUAGE, *catalogues)


def language_name(code: str) -> str:
    """What a language calls itself, which whoever looks for theirs can read in any other."""
    return _catalogue(code).gettext(N_("English"))


def current_language() -> str:
    """The code of the language in force in this context."""
    return _current.get(_spoken)


def speak(code: str) -> None:
    """Let the program speak ``code`` from now on, wherever no block speaks another.

    What has been worded already stays as it is: the window is built anew.
    """
    global _spoken
    if code not in languages():
        raise ValueError(f"no catalogue for language {code!r}")
    _spoken = code


@contextmanager
def language(code: str) -> Iterator[None]:
    """Speak ``code`` (one of :func:`languages`) inside the ``with`` block."""
    if code not in languages():
        raise ValueError(f"no catalogue for language {code!r}")
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    if code == SOURCE_LANGUAGE:
        return _gettext.NullTranslations()
    return _gettext.GNUTranslations(io.BytesIO(packaged.read_bytes("i18n", f"{code}.mo")))
