"""Reads the tables and the sums of the guide's page “How FitCheck judges” from its Markdown."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
TEXT = (GUIDE / "how-fitcheck-judges.md").read_text(encoding="utf-8")

TABLE = re.compile(r"^\|.*\|$(?:\n^\|.*\|$)+", re.MULTILINE)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?")


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def last_place(text: str) -> float:
    """What one unit of the last printed digit is worth."""
    return 10.0 ** -len(text.partition(".")[2])


def says(text: str, value: float) -> bool:
    """Whether ``text`` is ``value`` rounded to the digits that it has."""
    return abs(number(text) - value) <= 0.5 * last_place(text) + 1e-9


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("`", "") for cell in line.strip("|").split("|"))


def tables(page: str = TEXT) -> dict[str, Table]:
    """The tables of the page, named by the first cell of their headers."""
    found: dict[str, Table] = {}
    for match in TABLE.finditer(page):
        header, _rule, *rows = match.group().splitlines()
        name = _cells(header)[0]
        assert name not in found, f"two tables begin with {name!r}"
        found[name] = Table(_cells(header), tuple(_cells(row) for row in rows))
    return found


def sums(page: str = TEXT) -> Iterator[tuple[str, list[str]]]:
    """The example's sums: what is worked out, and each side of its equals signs.

    A line that is indented goes on with the one before.
    """
    for match in FENCE.finditer(page):
        if match.group(1) == "example":
            for line in match.group(2).replace("\n    ", " ").splitlines():
                name, *sides = (part.strip() for part in line.split(" = "))
                yield name, sides


_OPERATIONS: Mapping[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def worked_out(side: str) -> float:
    """What a sum of printed numbers comes to."""

    def value(node: ast.AST) -> float:
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                return _OPERATIONS[type(op)](value(left), value(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -value(operand)
            case ast.Constant(value=int() | float() as constant):
                return float(constant)
        raise ValueError(side)

    plain = side.replace("×", "*").replace("−", "-").replace("^", "**")
    return value(ast.parse(plain, mode="eval").body)
