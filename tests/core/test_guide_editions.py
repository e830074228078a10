"""The guide in German says what the English one does, page by page and line by line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PIL import Image

from fitcheck import guide, packaged
from fitcheck.guide import START, Place
from fitcheck.i18n import language
from tests.core.guide_editions import Words, faults, figures, keys, label

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "guide"
GERMAN = FOLDER / "de"
PAGES = sorted(path.name for path in FOLDER.glob("*.md"))

OTHERWISE = frozenset({("first-prospect.md", "Event")})
"""Words on a page that are the interface's by chance only."""


def english(page: str) -> Sequence[str]:
    with language("en"):
        return guide.anchors(page)


def german(page: str) -> Sequence[str]:
    with language("de"):
        return guide.anchors(page)


@pytest.fixture(scope="module")
def words() -> Words:
    """What the interface says, by what it says in English, without what marks its letters."""
    found: dict[str, set[str]] = {}
    with packaged.path("i18n", "de.po").open("rb") as file:
        for message in read_po(file, locale="de"):
            texts = (message.id,) if isinstance(message.id, str) else message.id
            given = message.string or ""
            strings = (given,) if isinstance(given, str) else given
            for text, string in zip(texts, strings, strict=True):
                if text:
                    found.setdefault(label(text), set()).add(label(string))
    return {text: frozenset(each) for text, each in found.items()}


def test_every_page_is_there_and_none_that_isnt_in_english() -> None:
    there = {path.name for path in GERMAN.glob("*.md")}
    assert sorted(set(PAGES) - there) == [], "these are missing in German"
    assert sorted(there - set(PAGES)) == []


def test_every_page_says_the_same_in_the_same_order(words: Words) -> None:
    wrong: list[str] = []
    for path in sorted(GERMAN.glob("*.md")):
        source = (FOLDER / path.name).read_text(encoding="utf-8")
        known = {text: each for text, each in words.items() if (path.name, text) not in OTHERWISE}
        translated = path.read_text(encoding="utf-8")
        wrong += faults(path.name, source, translated, known, english, german)
    assert not wrong, "\n" + "\n".join(wrong)


def test_its_pictures_are_those_of_the_english_pages_and_small() -> None:
    ours = {path.name for path in (FOLDER / "pictures").iterdir()}
    assert {path.name for path in (GERMAN / "pictures").iterdir()} == ours
    for name in ours:
        assert (GERMAN / "pictures" / name).stat().st_size <= 80_000, name
        with Image.open(GERMAN / "pictures" / name) as picture:
            assert (picture.format, picture.mode) == ("PNG", "P")
            assert picture.width >= 450, name


def test_it_is_read_in_the_language_in_force_and_in_english_where_there_is_none() -> None:
    with language("de"):
        contents = guide.contents()
        assert guide.text("languages.md").startswith("# Sprachen\n")
        assert guide.picture("list.png") == (GERMAN / "pictures" / "list.png").read_bytes()
        assert guide.text("worked-example.json").startswith("# worked-example.json\n\n```\n{")
        found = guide.search("wiederherstellungsSCHLÜSSEL")
    assert list(contents) == list(guide.contents())
    assert contents["languages.md"] == "Sprachen"
    assert "protection.md" in found
    assert guide.text("languages.md").startswith("# Languages\n")
    assert guide.search("Wiederherstellungsschlüssel") == {}
    # A page that a language lacks.
    there, folder = packaged.guide_folder(), GERMAN / "no-such-page.md"
    assert not folder.exists()
    with language("de"), pytest.raises(FileNotFoundError):
        guide.text("no-such-page.md")
    assert there == FOLDER


def test_a_place_is_found_by_its_english_name_and_by_its_own() -> None:
    place = Place("languages.md", "a-document")
    assert guide.heading_number(place) == 2
    with language("de"):
        assert guide.heading_number(place) == 2
        own = guide.anchors("languages.md")[2]
        assert own != "a-document"
        assert guide.heading_number(Place("languages.md", own)) == 2
        assert guide.heading_number(Place("languages.md", "no-such-heading")) is None
        assert guide.heading_number(Place("languages.md")) is None
    assert guide.heading_number(Place("languages.md", own)) is None
    # Data lies once, outside of the folder of a language.
    assert Place.of("../worked-example.json", START) == Place("worked-example.json")


TEXT = """# The list

Press **Ctrl+Shift+Enter** or Page Up, and 1,200 of 0.5 stay: see [the end](#the-end).

![The list of all the prospects](pictures/list.png)

- **Settings (Ctrl+9) › Language** holds `mine.toml`
  for “Contents”.

| key | 5 |
|---|---|
| Enter · W | 6 |

## The end
"""
SAME = """# Die Liste

Mit **Strg+Umschalt+Eingabe** oder Bild auf bleiben 1.200 von 0,5: siehe [das Ende](#das-ende).

![Die Liste aller Interessenten](pictures/list.png)

- **Einstellungen (Strg+9) › Sprache** enthält
  `mine.toml` für „Inhalt“.

| Taste | 5 |
|---|---|
| Eingabe · W | 6 |

## Das Ende
"""
FAULTS = (
    ("Strg+Umschalt+Eingabe", "Strg+Eingabe", "de/x.md:3: the key is missing: Ctrl+Shift+Enter"),
    ("Bild auf", "Page Down", "de/x.md:3: the key isn’t in the English: Page Down"),
    ("1.200", "1,200", "de/x.md:3: the figure is missing: 1200"),
    ("0,5", "0,6", "de/x.md:3: the figure isn’t in the English: 0.6"),
    ("Eingabe ·", "Entf ·", "de/x.md:12: the key is missing: Enter"),
    ("· W", "· V", "de/x.md:12: the key is missing: W"),
    ("| 5", "| 6", "de/x.md:10: the figure is missing: 5"),
    ("#das-ende", "#the-end", "de/x.md:3: the link is missing: #the-end"),
    ("#das-ende", "#die-liste", "de/x.md:3: the link is missing: #the-end"),
    ("pictures/list", "pictures/lists", "de/x.md:5: the picture is missing: pictures/list.png"),
    ("Einstellungen", "Optionen", "de/x.md:7: “Settings” is called “Einstellungen”"),
    ("Inhalt", "Verzeichnis", "de/x.md:7: “Contents” is called “Inhalt”"),
    ("mine.toml", "meine.toml", "de/x.md:7: the code is missing: mine.toml"),
    ("„Inhalt“", "“Inhalt”", "de/x.md:7: quotation marks are"),
    ("für „", "für „„", "de/x.md:7: a quotation mark has no other"),
    ("1.200 von", "1.200 % von", "de/x.md:3: before % is a space"),
    ("Mit **", "Mit — **", "de/x.md:3: a dash is"),
    ("## Das", "### Das", "de/x.md:14: heading 3, where line 14 of the English is: heading 2"),
    ("- **", "1. **", "de/x.md:7: numbered item, 0 in, where line 7"),
    ("\n## Das Ende\n", "", "de/x.md:12: 1 blocks too few"),
    ("## Das Ende", "## Die Liste", "de/x.md: “#die-liste” means two headings"),
    ("# Die Liste", "# The end", "de/x.md: “#the-end” means two headings"),
)


def headings(text: str) -> Sequence[str]:
    return [guide.anchor(line.lstrip("# ")) for line in text.splitlines() if line[:1] == "#"]


def test_every_fault_is_named_with_its_line(words: Words) -> None:
    def found(other: str) -> list[str]:
        ours, theirs = headings(TEXT), headings(other)
        return list(faults("x.md", TEXT, other, words, lambda _: ours, lambda _: theirs))

    assert found(SAME) == []
    for old, new, fault in FAULTS:
        assert old in SAME
        wrong = found(SAME.replace(old, new))
        assert any(each.startswith(fault) for each in wrong), (old, new, wrong)


def test_figures_and_keys_are_read_in_both_languages() -> None:
    assert figures("0.375 of 12,000, 1 to 5, 3.5", "en") == ["0.375", "12000", "1", "5", "3.5"]
    assert figures("0,375 von 12.000, 1 bis 5, 3,5", "de") == ["0.375", "12000", "1", "5", "3.5"]
    assert keys("Ctrl+Shift+Delete, Alt+←, Ctrl+1, Ctrl++, F8 and Backspace") == keys(
        "Strg+Umschalt+Entf, Alt+←, Strg+1, Strg++, F8 und Rücktaste"
    )
