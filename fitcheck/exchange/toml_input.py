"""A TOML file that came from elsewhere: bounded before it is parsed, which can take long."""

from __future__ import annotations

import re
from collections.abc import Callable

from fitcheck.errors import Fault
from fitcheck.i18n import _, thousands

NAMES_LIMIT = 50
"""Names in one key, with dots between them."""

# What isn't closed goes on to the end of its line; possessive, so that nothing is gone through
# twice.
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?')


def faults_within(
    text: str, file: str, size_limit: int, lint: Callable[[str, str], list[Fault]]
) -> list[Fault]:
    """The faults that ``lint`` finds in ``text``; one for what it isn't even shown.

    ``size_limit`` is in characters.
    """
    if len(text) > size_limit:
        return [
            Fault(file, _("expected at most {most} characters").format(most=thousands(size_limit)))
        ]
    for number, line in enumerate(_QUOTED.sub('""', text).split("\n"), start=1):
        if line.partition("#")[0].count(".") > NAMES_LIMIT:
            told = _("expected at most {most} names in a key").format(most=NAMES_LIMIT)
            return [Fault(f"{file}:{number}", told)]
    try:
        return lint(text, file)
    except (RecursionError, ValueError):
        # Nested too deeply, or a number with thousands of digits.
        return [Fault(f"{file}:1", _("TOML that can be read"))]
