"""What is to be translated: gathered from the code, the templates and the shipped banks.

Babel reads the first two. A bank's texts are their own messages (decision 5). What Babel can't see
and would pass over in silence, such as a message put together from parts, is named as a fault.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import BinaryIO

from babel.messages.extract import extract
from jinja2 import Environment, nodes

from devtools.environment import ROOT
from fitcheck.domain.bank import Bank

CODE = ("fitcheck", "reports", "ui")
TEMPLATES = ROOT / "reports" / "templates"
KEYWORDS = ("_", "N_", "ngettext")

_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}
_FUNCTIONS = ("label", "paragraph")
"""Those of ours whose names are methods elsewhere."""

_SHOWN = frozenset(
    {
        *("setText", "setTitle", "setWindowTitle", "setToolTip", "setStatusTip", "setWhatsThis"),
        *("setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setLabelText"),
        *("setPrefix", "setSuffix", "setSpecialValueText", "addAction", "addMenu", "addItem"),
        *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox"),
        *("QAction", "QMenu", "announce"),
        *_FUNCTIONS,
    }
)
"""Whatever takes words that people read, as the first of its arguments."""

_OURS = "FitCheck"
_WORD = re.compile(r"[^\W\d_]{2}")
_HIDDEN = re.compile(
    r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<(style|script)\b.*?</\1>|&\w+;", re.DOTALL
)
_NAMING = re.compile(r'\b(alt|title|aria-label|placeholder)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_TEXT = re.compile(r"[^\n]*\S[^\n]*")

_TEXTS = frozenset(
    {"name", "say", "why", "condition", "levels", "short", "say_after_start", "text", "ask"}
)
"""The fields of a bank's parts that people read."""


@dataclass(frozen=True)
class Found:
    """A message and where it stands; ``plural`` is empty where it has none."""

    text: str
    plural: str
    place: str


def messages(root: Path = ROOT) -> list[Found]:
    """Every message under ``root``, once for each file that has it."""
    found = [*_of_code(root), *_of_templates(root), *_of_banks()]
    return list(dict.fromkeys(found))


def faults(root: Path = ROOT) -> list[str]:
    """What stands where a message belongs but is none: place and reason, a line each."""
    return [
        *(
            fault
            for path in _python_files(root)
            for fault in code_faults(path.read_text(encoding="utf-8"), _place(path, root))
        ),
        *(
            fault
            for path in _template_files(root)
            for fault in template_faults(path.read_text(encoding="utf-8"), _place(path, root))
        ),
    ]


# -------------------------------------------------------------------- messages


def _of_code(root: Path) -> Iterator[Found]:
    keywords: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext": (1, 2)}
    for path in _python_files(root):
        with path.open("rb") as file:
            yield from _extracted("python", file, keywords, {}, _place(path, root))


def _of_templates(root: Path) -> Iterator[Found]:
    keywords: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}
    for path in _template_files(root):
        with path.open("rb") as file:
            yield from _extracted("jinja2", file, keywords, _OPTIONS, _place(path, root))


def _extracted(
    method: str,
    file: BinaryIO,
    keywords: Mapping[str, tuple[int, ...] | None],
    options: Mapping[str, str],
    place: str,
) -> Iterator[Found]:
    for _line, message, _comments, _context in extract(method, file, keywords, options=options):
        text, plural = (message, "") if isinstance(message, str) else (message[0], message[1])
        yield Found(text, plural, place)


def _of_banks() -> Iterator[Found]:
    from fitcheck import packaged
    from fitcheck.domain.bank import parse_bank

    for name in packaged.names("banks"):
        if name != "words.toml":
            bank = parse_bank(packaged.read_text("banks", name))
            for text in bank_texts(bank):
                yield Found(text, "", f"resources/banks/{name}")


def bank_texts(bank: Bank) -> list[str]:
    """Everything in a bank that people read, in its order."""
    parts = (*bank.facets, *bank.questions, *bank.inquiry, *bank.deal_breakers)
    texts = (text for part in parts for text in _texts(part))
    return list(dict.fromkeys(text for text in texts if text))


def _texts(part: object) -> Iterator[str]:
    for field in fields(part):  # type: ignore[arg-type]
        if field.name in _TEXTS:
            value = getattr(part, field.name)
            yield from value if isinstance(value, tuple) else (value or "",)


# ---------------------------------------------------------------------- faults


def code_faults(source: str, place: str) -> Iterator[str]:
    """Messages that aren't whole literals, words that are chosen as a module is imported, and
    quotation marks of one language round whatever is quoted.
    """
    tree = ast.parse(source)
    late = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for part in (function.body if isinstance(function.body, list) else [function.body])
        for node in ast.walk(part)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(map(_has_quotes, node.values)):
            yield f"{place}:{node.lineno}: English quotation marks in an f-string: see quoted()"
        if isinstance(node, ast.Call) and (words := _unmarked(node)):
            yield f"{place}:{node.lineno}: “{words}” is shown, and no catalogue has it: see _()"
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name, at = node.func.id, f"{place}:{node.lineno}"
        if name not in KEYWORDS:
            continue
        if name != "N_" and id(node) not in late:
            yield f"{at}: {name}() as the module is imported: mark it with N_(), and call _() later"
        texts = node.args[:2] if name == "ngettext" else node.args[:1]
        for text in texts:
            if isinstance(text, ast.Constant):
                if text.value == "":
                    yield f"{at}: {name}() of an empty text, which is the catalogue's header"
            elif name != "_" or _is_put_together(text):
                yield f"{at}: {name}() of something other than a whole text in quotes"


def _has_quotes(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and any(mark in str(part.value) for mark in "“”")


def _unmarked(call: ast.Call) -> str:
    """Words of English that a widget is given past every catalogue."""
    if isinstance(call.func, ast.Attribute):
        shown = call.func.attr in _SHOWN and call.func.attr not in _FUNCTIONS
    else:
        shown = isinstance(call.func, ast.Name) and call.func.id in _SHOWN
    if not shown or not call.args:
        return ""
    first = call.args[0]
    parts = first.values if isinstance(first, ast.JoinedStr) else [first]
    texts = (part.value for part in parts if isinstance(part, ast.Constant))
    words = (text.strip() for text in texts if isinstance(text, str) and _WORD.search(text))
    return next((text for text in words if text != "FitCheck"), "")


def _is_put_together(text: ast.expr) -> bool:
    """Whether words that no catalogue holds are made up here: joined, filled in or chosen."""
    if isinstance(text, ast.JoinedStr | ast.BinOp):
        return True
    if isinstance(text, ast.IfExp | ast.BoolOp):
        choices = [text.body, text.orelse] if isinstance(text, ast.IfExp) else text.values
        return any(isinstance(each, ast.Constant) or _is_put_together(each) for each in choices)
    called = text.func if isinstance(text, ast.Call) else None
    return (
        isinstance(called, ast.Attribute)
        and isinstance(called.value, ast.Constant)
        and isinstance(called.value.value, str)
    )


def template_faults(source: str, place: str) -> Iterator[str]:
    """The same for a template, and words that stand in it as they are."""
    shown = _HIDDEN.sub(lambda found: "\n" * found[0].count("\n"), source)
    named = ((found.start(2), found[2]) for found in _NAMING.finditer(shown))
    spaces = _TAG.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), shown)
    for at, words in (*((f.start(), f[0]) for f in _TEXT.finditer(spaces)), *named):
        if _WORD.search(words.replace(_OURS, "")):
            line = shown.count("\n", 0, at) + 1
            yield f"{place}:{line}: “{words.strip()}” is printed, and no catalogue has it: see _()"
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in KEYWORDS:
            continue
        texts = call.args[:2] if call.node.name == "ngettext" else call.args[:1]
        wrong = nodes.Concat | nodes.BinExpr | nodes.CondExpr | nodes.Filter
        if any(isinstance(text, wrong) for text in texts):
            yield f"{place}:{call.lineno}: {call.node.name}() of something other than a whole text"


# ----------------------------------------------------------------------- files


def _python_files(root: Path) -> Iterable[Path]:
    return sorted(path for folder in CODE for path in (root / folder).rglob("*.py"))


def _template_files(root: Path) -> Iterable[Path]:
    folder = root / "reports" / "templates"
    return sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".svg"))


def _place(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
