"""What may be wrong with a translation, told by the message and what was made of it alone.

Each rule is a fault that a reader would meet: a placeholder that isn't filled in (or raises), a
key's letter that is missing, a tag that swallows half a page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from string import Formatter

_PERCENT = re.compile(r"%(?:\((\w+)\)s|%)?")
_UNNAMED = re.compile(r"(?<![%\w])%[srd]\b")
_MNEMONIC = re.compile(r"&(?!\w+;)[^\s&]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENDING = re.compile(r"(…|:)\s*$")


def faults(
    texts: Sequence[str], translations: Sequence[str], forms: int, *, template: bool
) -> Iterator[str]:
    """What is wrong with ``translations`` of ``texts``: one, or a singular and its plural.

    ``forms`` is how many plural forms the language has; ``template``: Jinja fills in ``%(name)s``.
    """
    plural = len(texts) > 1
    if not all(translations) or not translations:
        yield "not translated" if not any(translations) else "a plural form is missing"
        return
    if len(translations) != (forms if plural else 1):
        yield f"{len(translations)} plural forms where there must be {forms if plural else 1}"
        return
    yield from _placeholders(texts, translations, template=template)
    for text in translations:
        yield from _shape(texts[0], text)


def _placeholders(
    texts: Sequence[str], translations: Sequence[str], *, template: bool
) -> Iterator[str]:
    # The form for one may leave the number out, or put it in.
    some, last = set[str]().union(*map(_fields, texts)), _fields(texts[-1])
    for number, text in enumerate(translations, start=1):
        try:
            here = _fields(text)
        except ValueError as error:
            yield f"its braces are broken: {error}"
            continue
        if template and (broken := _broken_percent(text)):
            yield broken
        needed = last if number == len(translations) else _fields(texts[0]) & last
        for name in sorted(needed - here):
            yield f"the placeholder {name} is missing"
        for name in sorted(here - some):
            yield f"the placeholder {name} is in no original"


def _fields(text: str) -> set[str]:
    """The placeholders ``{name}`` and ``%(name)s``, with how each is to be written out."""
    braces = {
        f"{{{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}"
        for _literal, name, form, conversion in Formatter().parse(text)
        if name is not None
    }
    named = {found[0] for found in _PERCENT.finditer(text) if found[1]}
    # By their order, which the standard library's words have: the first, the second, ...
    unnamed = {f"{found} ({number})" for number, found in enumerate(_UNNAMED.findall(text), 1)}
    return braces | named | unnamed


def _broken_percent(text: str) -> str:
    lone = [found for found in _PERCENT.finditer(text) if found[0] == "%"]
    return "a lone % in a text of a template, where it must be %%" if lone else ""


def _shape(text: str, translation: str) -> Iterator[str]:
    before, after = len(_MNEMONIC.findall(text)), len(_MNEMONIC.findall(translation))
    if before != after:
        yield f"{after} letters marked with & where there must be {before}"
    if Counter(_TAG.findall(text)) != Counter(_TAG.findall(translation)):
        yield "its HTML tags are others"
    for what, cut in (("begins", str.lstrip), ("ends", str.rstrip)):
        space, theirs = (len(each) - len(cut(each)) for each in (text, translation))
        if space != theirs:
            yield f"it {what} with {theirs} spaces where there must be {space}"
    ending, theirs_ = _ENDING.search(text), _ENDING.search(translation)
    if (ending and ending[1]) != (theirs_ and theirs_[1]):
        yield (
            f"it must end as the original does, with “{ending[1]}”"
            if ending
            else (f"it ends with “{theirs_[1]}”, and the original doesn’t" if theirs_ else "")
        )
