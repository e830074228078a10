"""Reads a page of ``docs/contributing`` as what it asks of a reader: commands and changes.

The last file that is named before a block of code, in backquotes, is the one that the block is
about. A block called ``diff`` changes that file: its lines with a minus, and those with nothing
before them, must stand there one after the other, in one place; ``@@`` begins another place. A
block called ``sh`` holds commands. Any other is the whole of a new file, or of a part that the
test knows what to do with.
"""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
PAGES = {path.stem: path for path in sorted((ROOT / "docs" / "contributing").glob("*.md"))}

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"`((?:[\w.-]+/)*[\w.-]+\.[a-z]+|(?:[\w.-]+/)+)`")
_LINK = re.compile(r"\]\(([^)#:]+)(?:#([^)]*))?\)")
_COMMAND = re.compile(r"python3 (dev\.py [^`\n#]*)")


@dataclass(frozen=True)
class Block:
    """A block of code of a page, and the file that it is about; ``place`` is page and line."""

    kind: str
    text: str
    file: str
    place: str


def blocks(page: Path) -> list[Block]:
    """The blocks of code in a page, in their order."""
    text = page.read_text(encoding="utf-8")
    found, before = list[Block](), 0
    for match in _FENCE.finditer(text):
        named = _NAMED.findall(text[before : match.start()])
        place = f"{page.name}:{text.count(chr(10), 0, match.start()) + 1}"
        found.append(Block(match[1], match[2], named[-1] if named else "", place))
        before = match.end()
    return found


def commands(page: Path) -> list[list[str]]:
    """Every command of ``dev.py`` in a page, in its text as well, without the name before it."""
    text = page.read_text(encoding="utf-8")
    return [shlex.split(each)[1:] for each in _COMMAND.findall(text)]


def shell(page: Path) -> list[list[str]]:
    """The lines of the page's commands, those of ``dev.py`` and others."""
    return [
        shlex.split(line, comments=True)
        for block in blocks(page)
        if block.kind == "sh"
        for line in block.text.splitlines()
    ]


def named(page: Path) -> set[str]:
    """Every file and folder that a page names in its text."""
    return set(_NAMED.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))))


def links(page: Path) -> set[Path]:
    """Every file that a page leads to."""
    found = _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    return {(page.parent / target).resolve() for target, _heading in found}


def follow(page: Path, root: Path) -> None:
    """Do in ``root`` what the page says: copy, write and change files. No command is run."""
    for block in blocks(page):
        if block.kind == "diff":
            _change(block, root / block.file)
        elif block.kind == "sh":
            for line in block.text.splitlines():
                if line.startswith("cp "):
                    _cp, source, target = shlex.split(line)
                    shutil.copy(root / source, root / target)
        elif block.kind in ("python", "svg", "html"):
            file = root / block.file
            assert not file.exists(), f"{block.place}: {block.file} is there already"
            file.write_text(block.text, encoding="utf-8")


def _change(block: Block, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for hunk in re.split(r"^@@\n", block.text, flags=re.MULTILINE):
        lines = hunk.splitlines()
        assert all(line[:1] in ("", " ", "+", "-") for line in lines), block.place
        before, after = (
            "".join(f"{line[1:]}\n" for line in lines if line[:1] != other) for other in "+-"
        )
        times = f"\n{text}".count(f"\n{before}")
        found = f"these lines stand {times} times in {block.file}"
        assert times == 1, f"{block.place}: {found}:\n{before}"
        text = f"\n{text}".replace(f"\n{before}", f"\n{after}")[1:]
    file.write_text(text, encoding="utf-8")
