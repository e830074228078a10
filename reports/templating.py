"""The one Jinja environment: everything escaped, everything defined, words through gettext."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from fitcheck.i18n import _, ngettext
from reports.printable import printable

_TEMPLATE = re.compile(r"(charts/)?\w+\.(css|html|svg)")

_ENDLESS = re.compile(r"\S{120,}")
_PIECE = re.compile(r"\S{40}(?=\S)")
LONG = 1200
"""Characters: a third of a page."""

_MAY_BREAK = "\u200b"


def source(name: str) -> str:
    """A template's text, read so that it is found in a checkout, a wheel and a frozen build."""
    if not _TEMPLATE.fullmatch(name):
        raise ValueError(f"no name of a template: {name!r}")
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


def apart(text: str) -> str:
    """``text``, marked off where it runs from right to left in a line of other texts and dates."""
    return f"\u2068{text}\u2069" if direction(text) == "rtl" else text


def is_long(texts: str | Iterable[str]) -> bool:
    """Whether the texts fill so much of a page that they are better broken than kept together."""
    together = texts if isinstance(texts, str) else "\n".join(texts)
    return len(together) + 80 * together.count("\n") > LONG


def coordinate(value: float) -> Markup:
    """``value`` as charts write it, to a hundredth of a unit; nothing in it is to be escaped."""
    return Markup(f"{value:.2f}")


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
    env.globals["n"] = coordinate
    env.filters |= {"apart": apart, "breakable": breakable, "dir": direction, "is_long": is_long}
    return env


def fill(template: str, context: dict[str, Any]) -> str:
    """The template of that name under ``reports/templates``, filled in, of what can be printed."""
    return printable(environment().get_template(template).render(context))
