"""What the fields of the prospect's form are called: ``reports/`` writes, ``exchange/`` reads them.

The names say which question and which answer, and nothing of whom the form is about.
"""

from __future__ import annotations

NAME = "name"
"""Their name, if they want to give it."""

COMMENT = "comment"
"""Whatever else they want to say."""

TOKEN = "form"
"""Hidden: what tells whose form it is."""

NAME_LIMIT = 200
COMMENT_LIMIT = 4_000
"""How many characters a viewer lets them type."""

TOKEN_LENGTH = 16
TOKEN_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without the characters that are taken for each other: 0 and O, 1, I and L."""


def box_name(question_id: str, level: int) -> str:
    """The box beside a described answer, such as ``my-ease.3``: counted from 1, as people do.

    To a PDF the point means that box ``3`` is part of the field ``my-ease``.
    """
    return f"{question_id}.{level + 1}"


def in_groups(token: str) -> str:
    """A token as it is printed: four characters at a time."""
    return " ".join(token[start : start + 4] for start in range(0, len(token), 4))
