"""The catalogues: `dev.py translate` brings them up to date, and `dev.py check` looks at them.

``resources/i18n/LANGUAGE.po`` is what translators edit, sorted and without line numbers, so that a
change of code changes few of its lines. The compiled ``.mo`` lies beside it, committed too: a fresh
clone, a wheel and a frozen build speak every language without another step.
"""

import argparse
import datetime as dt
import io
import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from devtools.environment import ROOT
from devtools.translation import sources, translated, written
from devtools.translation.sources import Found

FOLDER = ROOT / "resources" / "i18n"

_NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Stands where Babel would write when it was called."""

_CLOSE = 0.8
"""How alike an original must be to one that is gone, for its translation to be proposed."""

_HEADER = (
    "FitCheck in {name}.\n\nTexts are sorted; `python3 dev.py translate` keeps this file in order."
)
_MOMENTS = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Report-Msgid-Bugs-To|Last-Translator'
    r"|Language-Team|Generated-By|Project-Id-Version): .*\n",
    re.MULTILINE,
)


def main(arguments: list[str]) -> int:
    """Bring every catalogue up to date, or only look at them; the exit status."""
    parser = argparse.ArgumentParser(prog="translate")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--new", metavar="CODE")
    options = parser.parse_args(arguments)
    if options.check:
        wrong = check()
    else:
        if options.new:
            begin(options.new)
        update()
        wrong = check()
    for fault in wrong:
        print(fault)
    print(f"{len(wrong)} faults in the catalogues" if wrong else "the catalogues are complete")
    return 1 if wrong else 0


def begin(code: str, folder: Path = FOLDER) -> None:
    """An empty catalogue for another language, to be filled by :func:`update`."""
    try:
        Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        sys.exit(f"{code} is no code of a language; try one such as fr or pt_BR")
    path = folder / f"{code}.po"
    if path.exists():
        sys.exit(f"{path.name} is there already")
    _write(Catalog(locale=code), path)


def update(folder: Path = FOLDER, found: Iterable[Found] | None = None) -> None:
    """Give every catalogue the messages that there are now, and compile it.

    A translation whose message is gone is dropped, unless a new message is nearly the same: then
    it is proposed there, marked as fuzzy, which nobody sees until somebody has looked at it.
    """
    wanted = _wanted(sources.messages() if found is None else found)
    for path in sorted(folder.glob("*.po")):
        old = _read(path)
        new = Catalog(locale=path.stem)
        gone = {
            _key(message): message
            for message in old
            if message.id and _key(message) not in wanted and any(_strings(message))
        }
        for key, places in wanted.items():
            known = old.get(key[0]) if key[0] in old else None
            if known is not None and _key(known) == key:
                made = new.add(_id(key), known.string, user_comments=known.user_comments)
                made.flags |= {"fuzzy"} & known.flags
            else:
                made = new.add(_id(key))
                for close in get_close_matches(key[0], [text for text, _ in gone], 1, _CLOSE):
                    source = next(each for each in gone if each[0] == close)
                    if bool(source[1]) == bool(key[1]):
                        made.string = gone[source].string
                        made.flags.add("fuzzy")
            made.locations = [(place, 0) for place in places]
        _write(new, path)
        # Read again, so that a language of one plural form or of six has as many here as there.
        path.with_suffix(".mo").write_bytes(compiled(_read(path)))


def check(folder: Path = FOLDER, found: Iterable[Found] | None = None) -> list[str]:
    """All that is wrong with the sources' messages and with the catalogues in ``folder``."""
    wrong = sources.faults() if found is None else []
    wanted = _wanted(sources.messages() if found is None else found)
    for path in sorted(folder.glob("*.po")):
        wrong += [f"{path.name}: {fault}" for fault in written.faults(path)]
        try:
            catalogue = _read(path)
        except (PoFileError, LookupError, ValueError) as error:
            wrong.append(f"{path.name}: {error}")
            continue
        wrong += [f"{path.name}: {fault}" for fault in _faults(catalogue, wanted, path)]
        compiled_ = path.with_suffix(".mo")
        if not compiled_.exists() or compiled_.read_bytes() != compiled(catalogue):
            wrong.append(f"{compiled_.name} isn't what {path.name} says: python3 dev.py translate")
    return wrong


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it; always the same bytes for the same texts."""
    catalogue.creation_date = catalogue.revision_date = _NEVER
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


# ------------------------------------------------------------------- one by one

_Key = tuple[str, str]
"""A message and its plural, or nothing."""


def _faults(catalogue: Catalog, wanted: dict[_Key, list[str]], path: Path) -> Iterable[str]:
    locale = Locale.parse(path.stem)
    expected = Catalog(locale=path.stem)
    if catalogue.plural_expr != expected.plural_expr:
        yield f"its Plural-Forms aren't those of {locale.english_name}: {expected.plural_forms}"
    for text in catalogue.obsolete:
        yield f"obsolete: {_short(text if isinstance(text, str) else text[0])}"
    there = {_key(message): message for message in catalogue if message.id}
    for key in wanted:
        if key not in there:
            yield f"missing, though it is used in {wanted[key][0]}: {_short(key[0])}"
    for key, message in there.items():
        if key not in wanted:
            yield f"not used any more: {_short(key[0])}"
            continue
        if message.fuzzy:
            yield f"fuzzy, so look at it and take the mark away: {_short(key[0])}"
        template = any(place.endswith((".html", ".svg")) for place in wanted[key])
        texts = [text for text in key if text]
        strings = _strings(message)
        for fault in translated.faults(texts, strings, expected.num_plurals, template=template):
            yield f"{fault}: {_short(key[0])}"


def _wanted(found: Iterable[Found]) -> dict[_Key, list[str]]:
    """Every message with its places, both sorted. One with a plural serves without it as well."""
    places: dict[_Key, set[str]] = {}
    for each in found:
        places.setdefault((each.text, each.plural), set()).add(each.place)
    for key in [key for key in places if not key[1]]:
        for other in [other for other in places if other[0] == key[0] and other[1]]:
            places[other] |= places.pop(key)
    return {key: sorted(places[key]) for key in sorted(places)}


def _key(message: Message) -> _Key:
    return (message.id, "") if isinstance(message.id, str) else (message.id[0], message.id[1])


def _id(key: _Key) -> str | tuple[str, str]:
    return key if key[1] else key[0]


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ())


def _short(text: str) -> str:
    line = text.replace("\n", "⏎")
    return f"“{line if len(line) <= 90 else line[:89] + '…'}”"


# ------------------------------------------------------------------------ files


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def _write(catalogue: Catalog, path: Path) -> None:
    name = Locale.parse(path.stem).english_name
    catalogue.header_comment = "\n".join(
        f"# {line}".rstrip() for line in _HEADER.format(name=name).splitlines()
    )
    catalogue.fuzzy = False
    for message in catalogue:
        message.flags -= {"python-format", "python-brace-format"}  # the checks know better
    out = io.BytesIO()
    write_po(out, catalogue, width=100, sort_output=True, include_lineno=False)
    path.write_text(_MOMENTS.sub("", out.getvalue().decode()), encoding="utf-8", newline="\n")
