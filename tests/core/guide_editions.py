"""Holds a page of the guide in another language against the English one, block by block.

Both are read as the same row of blocks: headings, paragraphs, items, rows of tables, code. What is
said may differ; what may not is what kind of block stands where, and in each the figures, the keys,
the links and pictures, the code, and the words of the interface, which the catalogue knows. A fault
names the page and its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Words = Mapping[str, frozenset[str]]
"""What the interface says in the other language, by what it says in English."""

Anchors = Callable[[str], Sequence[str]]
"""What the headings of a page are called, in one language."""

_ITEM = re.compile(r"( *)(?:[-*]|(\d+)\.) +")
_FENCE = re.compile(r"```(\w*)$")
_LINK = re.compile(r"(!?)\[([^]]*)\]\(([^)]+)\)")
_SPAN = re.compile(r"`([^`]*)`")
_NUMBER = re.compile(r"(?<!Pos)\d+(?:[.,\u00a0\u202f]\d+)*")
_THOUSANDS = {
    "en": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"),
    "de": re.compile(r"[1-9]\d{0,2}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?"),
}
_PHRASE = re.compile(r"\*\*(.+?)\*\*|(?<!\*)\*([^*]+)\*(?!\*)|“([^“”]+)”|\"([^\"]+)\"")
_WITH_KEYS = re.compile(r" *\([^()]*\)$")

_KEYS = {
    "Strg": "Ctrl",
    "Umschalt": "Shift",
    "Eingabe": "Enter",
    "Entf": "Delete",
    "Rücktaste": "Backspace",
    "Bild auf": "Page Up",
    "Bild ab": "Page Down",
    "Pos1": "Home",
    "Ende": "End",
}
"""Keys as the German interface calls them; all others are called the same."""

_LAST = r"[A-Z0-9](?!\w)|F\d+|[↑↓←→,/+−-]"
_COMBINED = re.compile(
    rf"(?:(?:Ctrl|Shift|Alt|Strg|Umschalt)\+)+(?:{_LAST}|\w+(?: (?:Up|Down|auf|ab)\b)?)"
)
_NAMED = re.compile(r"\b(?:F\d{1,2}|Esc|Page (?:Up|Down)|Bild (?:auf|ab)|Backspace|Rücktaste)\b")


_NAMES = "|".join(("Alt", "Esc", r"F\d+", *_KEYS.values()))
_ANY = re.compile(rf"\b(?:{_NAMES})\b|(?<!\w)[A-Z](?!\w)|[↑↓←→?/+]")


@dataclass(frozen=True)
class Block:
    """A piece of a page, the line at which it begins, and what kind it is of."""

    line: int
    kind: str
    text: str

    @property
    def is_code(self) -> bool:
        return self.kind.startswith("code")


def blocks(page: str) -> list[Block]:
    """The page, piece by piece; a row of a table is one, and so is an item of a list."""
    found: list[Block] = []
    lines = enumerate(page.splitlines(), start=1)
    goes_on = False
    for number, line in lines:
        fence, item = _FENCE.match(line), _ITEM.match(line)
        if fence:
            inside = []
            for _number, each in lines:
                if each == "```":
                    break
                inside.append(each)
            found.append(Block(number, f"code {fence[1]}", "\n".join(inside)))
            goes_on = False
        elif not line.strip():
            goes_on = False
        elif line.startswith("#"):
            found.append(Block(number, f"heading {len(line) - len(line.lstrip('#'))}", line))
            goes_on = False
        elif line.startswith("|"):
            found.append(Block(number, f"row of {line.count('|') - 1}", line))
        elif line.startswith(">"):
            found.append(Block(number, "quotation", line))
        elif item:
            kind = "numbered" if item[2] else "marked"
            found.append(Block(number, f"{kind} item, {len(item[1])} in", line[item.end() :]))
            goes_on = True
        elif goes_on:
            last = found.pop()
            found.append(Block(last.line, last.kind, f"{last.text}\n{line.strip()}"))
        else:
            kind = "code indented" if line.startswith("    ") else "paragraph"
            found.append(Block(number, kind, line.strip()))
            goes_on = True
    return found


def faults(
    name: str, english: str, other: str, words: Words, anchors: Anchors, others: Anchors
) -> Iterator[str]:
    """What is wrong with a page, ``other``, that says in German what ``english`` does."""
    source, theirs = blocks(english), blocks(other)
    for ours, block, column in zip(source, theirs, _key_columns(source), strict=False):
        place = f"de/{name}:{block.line}"
        if ours.kind != block.kind:
            yield f"{place}: {block.kind}, where line {ours.line} of the English is: {ours.kind}"
            return
        pairs = _links(name, ours, block, anchors, others)
        pressed = _pressed(ours, block, column)
        for found in (_figures(ours, block), pairs, _spans(ours, block), pressed):
            yield from (f"{place}: {fault}" for fault in found)
        if not block.is_code:
            told = (_interface(ours, block, words), _typography(block))
            yield from (f"{place}: {fault}" for each in told for fault in each)
    more = len(theirs) - len(source)
    if more:
        yield f"de/{name}:{theirs[-1].line}: {abs(more)} blocks too {'many' if more > 0 else 'few'}"
    own, known = others(name), anchors(name)
    for number, anchor in enumerate(own):
        if own.count(anchor) > 1 or (anchor in known and known.index(anchor) != number):
            yield f"de/{name}: “#{anchor}” means two headings"


def _differences(what: str, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    missing, added = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    for each in missing.elements():
        yield f"{what} is missing: {each}"
    for each in added.elements():
        yield f"{what} isn’t in the English: {each}"


def figures(text: str, language: str) -> list[str]:
    """The figures of a text as English writes them in code: ``0.5``, ``12000``."""

    def plain(found: str) -> str:
        if _THOUSANDS[language].fullmatch(found):
            found = re.sub(r"[.\u00a0\u202f]" if language == "de" else ",", "", found)
        return found.replace(",", ".")

    whole = _LINK.sub(r"\2", text)
    return [plain(each) for each in _NUMBER.findall(whole)]


def _figures(ours: Block, theirs: Block) -> Iterator[str]:
    if ours.kind.startswith("row"):
        for one, other in zip(ours.text.split("|"), theirs.text.split("|"), strict=True):
            yield from _differences("the figure", figures(one, "en"), figures(other, "de"))
    else:
        in_german, in_english = figures(theirs.text, "de"), figures(ours.text, "en")
        yield from _differences("the figure", in_english, in_german)


def _spans(ours: Block, theirs: Block) -> Iterator[str]:
    def code(block: Block) -> list[str]:
        if block.kind in ("code text", "code example"):
            return []  # what the program says, and sums: figures alone
        spans = [block.text] if block.is_code else _SPAN.findall(" ".join(block.text.split()))
        return [_bare(each) for each in spans]

    yield from _differences("the code", code(ours), code(theirs))


def _bare(code: str) -> str:
    """Code without what is said of it in words: remarks, and names such as ``THAT-FOLDER``."""
    lines = [re.split(r"\s{2,}(?=#|[^\W\d_])", line)[0] for line in code.splitlines()]
    named = re.sub(r"\b[A-Z]+-[A-Z]+\b", "SO-NAMED", "\n".join(lines))
    return re.sub(r"(?<=\d),(?=\d)", ".", named)


def _links(name: str, ours: Block, theirs: Block, english: Anchors, own: Anchors) -> Iterator[str]:
    def leads(to: str) -> str:
        page, _mark, heading = to.partition("#")
        if to.startswith("https://"):
            return to
        if page.startswith("../"):
            return page[3:]  # what lies beside the folder of the language
        if not heading:
            return page
        known, here = english(page or name), own(page or name)
        if heading in here:
            # One for one; where they aren't, that is told of the headings themselves.
            heading = known[here.index(heading)] if here.index(heading) < len(known) else heading
        else:
            heading = f"{heading}, where there is no such heading"
        return f"{page}#{heading}"

    found = [(mark, to) for mark, _words, to in _LINK.findall(ours.text)]
    there = [(mark, leads(to)) for mark, _words, to in _LINK.findall(theirs.text)]
    for what, sign in (("the link", ""), ("the picture", "!")):
        lead = (
            [to for mark, to in found if mark == sign],
            [to for mark, to in there if mark == sign],
        )
        yield from _differences(what, *lead)


def _interface(ours: Block, theirs: Block, words: Words) -> Iterator[str]:
    said = _plain(theirs.text)
    for phrase in phrases(ours.text):
        as_key = {name for name, key in _KEYS.items() if key == phrase}
        known = words.get(phrase, frozenset())
        if known and not any(each in said for each in known | as_key):
            yield f"“{phrase}” is called {' or '.join(f'“{each}”' for each in sorted(known))}"


def phrases(text: str) -> Iterator[str]:
    """What a text prints in bold or slanting, or between quotation marks, as a label has it.

    The way through a menu is more than one.
    """
    for found in _PHRASE.findall(" ".join(_SPAN.sub("", _LINK.sub(r"\2", text)).split())):
        whole = next(filter(None, found))
        for part in dict.fromkeys((whole, *re.split(r" [›→] |, ", whole))):
            yield label(_WITH_KEYS.sub("", part))


def label(text: str) -> str:
    """A text of the interface without what isn't said of it."""
    return _plain(text).strip("„“”").rstrip("….:, ").strip()


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[*`&]", "", _LINK.sub(r"\2", text)).replace("'", "’").split())


def _key_columns(page: Sequence[Block]) -> Iterator[int | None]:
    """For each block the cell that names keys, where it is a row of a table with such a column."""
    column, before = None, ""
    for block in page:
        if block.kind != before:
            cells = [cell.strip() for cell in block.text.split("|")]
            column = cells.index("key") if block.kind.startswith("row") and "key" in cells else None
        before = block.kind
        yield column


def _pressed(ours: Block, theirs: Block, column: int | None) -> Iterator[str]:
    if column is None:
        yield from _differences("the key", keys(ours.text), keys(theirs.text))
        return
    # Nothing else is named there, so a letter is a key, and so is the name of any.
    cells = [" ".join(each.text.split("|")[column].split()) for each in (ours, theirs)]
    for german, english in _KEYS.items():
        cells[1] = re.sub(rf"\b{german}\b", english, cells[1])
    pressed = [_ANY.findall(re.sub(r"\*.+?\*", "", cell)) for cell in cells]
    yield from _differences("the key", *pressed)


def keys(text: str) -> list[str]:
    """The keys that can't be anything else, as English calls them, in either language."""
    plain = " ".join(re.sub(r"\*\*|`", "", text).split())
    named = _NAMED.findall(_COMBINED.sub("", plain))
    # The letter of a button is another one in another language.
    combined = [re.sub(r"^Alt\+[A-Z]$", "Alt+letter", each) for each in _COMBINED.findall(plain)]
    pressed = [each.split("+") for each in (*combined, *named)]
    return ["+".join(_KEYS.get(part, part) for part in each) for each in pressed]


def _typography(block: Block) -> Iterator[str]:
    text = _SPAN.sub("x", _LINK.sub(r"\2", block.text))
    if re.search(r"[\"”]|'", text):
        yield "quotation marks are „ “ and ‚ ‘, and an apostrophe is ’"
    if text.count("„") != text.count("“"):
        yield "a quotation mark has no other: „ “"
    if re.search(r"\d(?: |)%", text):
        yield "before % is a space that doesn’t break"
    if re.search(r"—|\w–\s|\s-\s", text):
        yield "a dash is – with a space on both sides"
