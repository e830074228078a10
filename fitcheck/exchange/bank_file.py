"""A bank as the file that is given away to be edited: as it is kept, with a word on how."""

from __future__ import annotations

SCHEMA = "bank-file-1.json"
"""Describes the file's data to editors that know JSON Schemas."""

_MARK = "# A bank of questions of FitCheck's, to be edited with any editor."

_HEAD = f"""{_MARK}
#
# Give it an id of your own and, whenever you change it, a higher version: what was judged by a
# version stays judged by it. "fitcheck bank --lint FILE" names every fault with its line; "Import"
# in the settings, or "fitcheck bank --import FILE", brings it into the book. The guide's page "Own
# questions" explains every key.
#
# Its schema is {SCHEMA}, which "fitcheck bank --schema FILE" writes. Editors that check TOML
# as you type look for a line such as this one, without the "# " before it:
# #:schema ./{SCHEMA}

"""


def written_bank(text: str) -> str:
    """``text`` below those lines, unless it has them already."""
    return text if text.startswith(_MARK) else _HEAD + text
