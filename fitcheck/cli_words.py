"""What the standard library's parser says, in the language in force.

It looks its words up in a catalogue of its own, which no Python ships. What is listed here stands
in FitCheck's; whatever another version of Python words otherwise stays English.
"""

from __future__ import annotations

import argparse

from fitcheck import i18n
from fitcheck.i18n import N_

WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)


def speak_plainly() -> None:
    """Let every parser that is made from now on look its words up where all others are."""
    for name in ("_", "ngettext"):
        setattr(argparse, name, getattr(i18n, name))
