"""The line of everything in a TOML text, however it is written."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from fitcheck import packaged
from fitcheck.domain.toml_lines import KeyPath, lines_of

RARE = '''# a remark with [brackets], "quotes and = signs
"quoted key" = 1
a.b . c = [ # another ]
  "x # no remark",
  """several
lines ["] of it""", \'\'\'and
these ' ones\'\'\', 1979-05-27 07:32:00,
  [1, [2]], { p = 1, q = { r = [ 3 ] }, s = {} },
]
empty = []
last = """ends with quotes"""""

[table]
\'literal key\' = "escaped \\" quote"
[table.inner] # a remark
k = \'it is [\'
[[many]]
n = 1
[[many.deep]]
x = 1
[[many.deep]]
x = 2

[[many]]
n = 2
[many.single]
y = """
[no header]
z = 3
"""
after = true
'''

EXPECTED: dict[KeyPath, int] = {
    ("quoted key",): 2,
    ("a",): 3,
    ("a", "b"): 3,
    ("a", "b", "c"): 3,
    ("a", "b", "c", 0): 4,
    ("a", "b", "c", 1): 5,
    ("a", "b", "c", 2): 6,
    ("a", "b", "c", 3): 7,
    ("a", "b", "c", 4): 8,
    ("a", "b", "c", 4, 0): 8,
    ("a", "b", "c", 4, 1): 8,
    ("a", "b", "c", 4, 1, 0): 8,
    ("a", "b", "c", 5): 8,
    ("a", "b", "c", 5, "p"): 8,
    ("a", "b", "c", 5, "q"): 8,
    ("a", "b", "c", 5, "q", "r"): 8,
    ("a", "b", "c", 5, "q", "r", 0): 8,
    ("a", "b", "c", 5, "s"): 8,
    ("empty",): 10,
    ("last",): 11,
    ("table",): 13,
    ("table", "literal key"): 14,
    ("table", "inner"): 15,
    ("table", "inner", "k"): 16,
    ("many",): 17,
    ("many", 0): 17,
    ("many", 0, "n"): 18,
    ("many", 0, "deep"): 19,
    ("many", 0, "deep", 0): 19,
    ("many", 0, "deep", 0, "x"): 20,
    ("many", 0, "deep", 1): 21,
    ("many", 0, "deep", 1, "x"): 22,
    ("many", 1): 24,
    ("many", 1, "n"): 25,
    ("many", 1, "single"): 26,
    ("many", 1, "single", "y"): 27,
    ("many", 1, "single", "after"): 31,
}


def paths(value: Any, path: KeyPath = ()) -> set[KeyPath]:
    """The path of everything in a value."""
    found = {path} if path else set()
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in inner:
            found |= paths(each, (*path, key))
    return found


def test_every_notation_is_followed() -> None:
    assert lines_of(RARE) == EXPECTED
    assert set(EXPECTED) == paths(tomllib.loads(RARE))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_everything_in_the_shipped_bank_is_found_where_it_stands(end: str) -> None:
    text = packaged.read_text("banks", "core-1.0.0.toml").replace("\n", end)
    data = tomllib.loads(text)
    found = lines_of(text)
    assert set(found) == paths(data)
    rows = text.split("\n")
    for index, question in enumerate(data["questions"]):
        assert question["say"] in rows[found["questions", index, "say"] - 1]
        for level, answer in enumerate(question["levels"]):
            assert answer in rows[found["questions", index, "levels", level] - 1]


COUNT = 1_000


def value(chance: Random, depth: int = 0) -> str:
    """A value in any notation, with what looks like TOML inside its strings."""
    odd = "".join(chance.choices("ab#[]{}=,. ", k=chance.randrange(8)))
    kind = chance.randrange(6 if depth > 3 else 9)
    inner = [value(chance, depth + 1) for _ in range(chance.randrange(4))] if kind > 5 else []
    match kind:
        case 0:
            return str(chance.randrange(-9, 10))
        case 1:
            return f'"{odd}\\\\\\""'
        case 2:
            return f"'{odd}\\'"
        case 3:
            return f'"""{odd}\n[x] = "" {odd}"""'
        case 4:
            return f"'''{odd}\n'' {odd}'''"
        case 5:
            return "1979-05-27 07:32:00"
        case 6:
            return f"[ {', '.join(inner)} ]"
        case 7:
            return "[ # ] [\n" + "".join(f"  {each}, # ,\n" for each in inner) + "]"
        case _:
            return f"{{ {', '.join(f'k{n} = {each}' for n, each in enumerate(inner))} }}"


def test_nothing_is_missed_and_nothing_made_up(
    record_property: Callable[[str, object], None],
) -> None:
    chance = Random("lines")
    for _ in range(COUNT):
        top, inside = ([value(chance) for _ in range(chance.randrange(4))] for _ in range(2))
        text = "".join(f"t{n} = {each} # = [\n" for n, each in enumerate(top)) + "[[q]]\n"
        text += "".join(f"x{n} = {each}\n" for n, each in enumerate(inside)) + "[[q]]\n"
        assert set(lines_of(text)) == paths(tomllib.loads(text)), text
    record_property("counted", f"{COUNT:,} texts of TOML with every line found")
