"""The line of everything in a TOML text, however it is written."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


values = st.recursive(
    st.one_of(
        st.integers(-9, 9).map(str),
        st.text("ab#[]{}=,.'\\ ", max_size=8).map(lambda s: '"' + s.replace("\\", "\\\\") + '"'),
        st.text('ab#[]{}=,." ', max_size=8).map(lambda s: f"'{s}'"),
        st.text("ab#[]=,.' \n", max_size=8).map(lambda s: f'"""{s}"""'),
        st.just("1979-05-27 07:32:00"),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda each: f"[ {', '.join(each)} ]"),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: "[\n" + ",\n".join(each) + "\n]"),
        st.lists(inner, max_size=3).map(
            lambda each: "{ " + ", ".join(f"k{n} = {one}" for n, one in enumerate(each)) + " }"
        ),
    ),
    max_leaves=6,
)


@given(st.lists(values, max_size=4), st.lists(values, max_size=3))
def test_nothing_is_missed_and_nothing_made_up(top: list[str], inside: list[str]) -> None:
    text = "".join(f"t{n} = {value} # = [\n" for n, value in enumerate(top))
    text += "[[q]]\n" + "".join(f"x{n} = {value}\n" for n, value in enumerate(inside)) + "[[q]]\n"
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # a line break within an inline table
        return
    assert set(lines_of(text)) == paths(data)
