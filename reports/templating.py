"""The one Jinja environment: everything escaped, everything defined, words through gettext."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from fitcheck.i18n import _, ngettext

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What HTML and XML can't hold: controls, lone surrogates and non-characters."""

_ENDLESS = re.compile(r"\S{120,}")
_PIECE = re.compile(r"\S{40}(?=\S)")
_MAY_BREAK = "\u200b"


def source(name: str) -> str:
    """A template's text, read so that it is found in a checkout, a wheel and a frozen build."""
    return files("reports").joinpath("templates", *name.split("/")).read_text(encoding="utf-8")


def breakable(value: Any) -> Any:
    """``value``; in a text, an endless word may break (at no width) after each 40 characters.

    WeasyPrint's time grows with the square of a text in which it finds no place to break.
    """
    if type(value) is not str:
        return value
    return _ENDLESS.sub(lambda word: _PIECE.sub(rf"\g<0>{_MAY_BREAK}", word[0]), value)


def direction(text: str) -> str:
    """``rtl`` where the first letter that has a direction runs from right to left, else ``ltr``.

    It is what ``dir="auto"`` means, which WeasyPrint doesn't know.
    """
    strong = (unicodedata.bidirectional(character) for character in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


@cache
def environment() -> Environment:
    """The environment of every document and chart.

    Whatever isn't ``Markup`` is escaped; a name that the context lacks raises ``UndefinedError``.
    ``_()`` in a template answers in the language in force when it is *rendered*.
    """
    env = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=breakable,
    )
    env.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters |= {"breakable": breakable, "dir": direction}
    return env


def fill(template: str, context: dict[str, Any]) -> str:
    """The template of that name under ``reports/templates``, filled in.

    A character that no document can hold becomes U+FFFD.
    """
    return _UNPRINTABLE.sub("\ufffd", environment().get_template(template).render(context))
