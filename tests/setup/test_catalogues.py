"""What `dev.py check` and `dev.py translate` say of the catalogues, each fault by a bad example."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from devtools.translation import catalogue, sources, translated
from devtools.translation.sources import Found

BAD_TRANSLATIONS = (
    (["Save"], [""], "not translated"),
    (["One file", "{count} files"], ["Eine Datei", ""], "a plural form is missing"),
    (["One file", "{count} files"], ["{count} Dateien"], "1 plural forms where there must be 2"),
    (["Hello {name}"], ["Hallo"], "the placeholder {name} is missing"),
    (["Hello {name}"], ["Hallo {Name}"], "the placeholder {Name} is in no original"),
    (["{share:.1f} of it"], ["{share} davon"], "the placeholder {share:.1f} is missing"),
    (["Hello {name}"], ["Hallo {name"], "its braces are broken"),
    (["One file", "{count} files"], ["Eine", "Dateien"], "the placeholder {count} is missing"),
    (["%(name)s agrees"], ["Das passt"], "the placeholder %(name)s is missing"),
    (["not with %s"], ["nicht damit"], "the placeholder %s (1) is missing"),
    (["not with %s"], ["nicht mit %d"], "the placeholder %d (1) is in no original"),
    (["&Save"], ["Sichern"], "0 letters marked with & where there must be 1"),
    (["Save && go"], ["Sichern &und weiter"], "1 letters marked with & where there must be 0"),
    (["<b>Now</b>"], ["<b>Jetzt<b>"], "its HTML tags are others"),
    ([" and "], [" und"], "it ends with 0 spaces where there must be 1"),
    (["\nOn"], ["An"], "it begins with 0 spaces where there must be 1"),
    (["Open…"], ["Öffnen"], "it must end as the original does, with “…”"),
    (["Name"], ["Name:"], "it ends with “:”, and the original doesn’t"),
)

GOOD_TRANSLATIONS = (
    (["One file", "{count} files"], ["Eine Datei", "{count} Dateien"]),
    (["One file", "{count} files"], ["{count} Datei", "{count} Dateien"]),
    (["{a} before {b}"], ["{b} nach {a}"]),
    (["&Save && go"], ["S&ichern && weiter"]),
    (["A &amp; B"], ["A &amp; B"]),
    (["{number}%"], ["{number}\u00a0%"]),
)


def test_every_fault_of_a_translation_is_named() -> None:
    for texts, translations, fault in BAD_TRANSLATIONS:
        found = list(translated.faults(texts, translations, 2, template=False))
        assert any(fault in each for each in found), (texts, translations, found)
    for texts, translations in GOOD_TRANSLATIONS:
        assert list(translated.faults(texts, translations, 2, template=False)) == []


def test_a_lone_per_cent_sign_breaks_a_template_and_nothing_else() -> None:
    texts, translations = ["%(n)s%% sure"], ["zu %(n)s % sicher"]
    assert list(translated.faults(texts, translations, 2, template=True)) == [
        "a lone % in a text of a template, where it must be %%"
    ]
    assert list(translated.faults(texts, translations, 2, template=False)) == []


BAD_CODE = {
    'def f(): return _(f"{x} files")': "something other than a whole text in quotes",
    'def f(): return _("Hello " + name)': "something other than a whole text in quotes",
    'def f(): return _("%s files" % x)': "something other than a whole text in quotes",
    'def f(): return _("{x} files".format(x=x))': "something other than a whole text in quotes",
    'def f(): return _("on" if x else "off")': "something other than a whole text in quotes",
    'def f(): return _(x or "off")': "something other than a whole text in quotes",
    'def f(): return ngettext("one", many, 3)': "something other than a whole text in quotes",
    "NAME = N_(other)": "something other than a whole text in quotes",
    'NAME = _("Save")': "as the module is imported",
    'def f(x=_("Save")): return x': "as the module is imported",
    'def f(): return _("")': "of an empty text",
    'def f(x): return f"“{x}”"': "English quotation marks",
}


def test_what_babel_would_pass_over_in_silence_is_named() -> None:
    for code, fault in BAD_CODE.items():
        found = list(sources.code_faults(code, "x.py"))
        assert len(found) == 1, (code, found)
        assert found[0].startswith("x.py:1: ")
        assert fault in found[0]
    good = 'NAMES = {1: N_("a")}\ndef f(x): return _(NAMES[x]) + _("b {x}").format(x=_(g("c")))\n'
    assert list(sources.code_faults(good, "x.py")) == []
    for template in ('{{ _("a" ~ b) }}', '{{ _("a" if b else "c") }}', '{{ _("a"|upper) }}'):
        assert len(list(sources.template_faults(template, "x.html"))) == 1, template
    assert list(sources.template_faults('{{ _("a") }}{{ _(b.c) }}', "x.html")) == []


def _catalogue(folder: Path, found: list[Found], translations: dict[str, str]) -> Path:
    catalogue.begin("de", folder)
    catalogue.update(folder, found)
    path = folder / "de.po"
    text = path.read_text("utf-8")
    for original, translation in translations.items():
        before = f'msgid "{original}"\nmsgstr ""'
        assert before in text
        text = text.replace(before, f'msgid "{original}"\nmsgstr "{translation}"')
    path.write_text(text, "utf-8")
    catalogue.update(folder, found)
    return path


FOUND = [Found("Save", "", "ui/a.py"), Found("Open the book", "", "ui/a.py")]
WORDS = {"Save": "Sichern", "Open the book": "Das Buch öffnen"}


def test_a_whole_catalogue_has_no_fault_and_speaks(tmp_path: Path) -> None:
    path = _catalogue(tmp_path, FOUND, WORDS)
    assert catalogue.check(tmp_path, FOUND) == []
    before = path.read_bytes()
    catalogue.update(tmp_path, FOUND)
    assert path.read_bytes() == before, "bringing it up to date twice changes nothing"


def test_a_message_that_is_missing_or_not_used_any_more_is_named(tmp_path: Path) -> None:
    _catalogue(tmp_path, FOUND, WORDS)
    more = [*FOUND[1:], Found("Close", "", "ui/b.py")]
    assert catalogue.check(tmp_path, more) == [
        "de.po: missing, though it is used in ui/b.py: “Close”",
        "de.po: not used any more: “Save”",
    ]


def test_obsolete_and_fuzzy_entries_and_a_stale_compilation_are_named(tmp_path: Path) -> None:
    path = _catalogue(tmp_path, FOUND, WORDS)
    text = path.read_text("utf-8").replace('#: ui/a.py\nmsgid "Save"', '#, fuzzy\nmsgid "Save"')
    path.write_text(text + '\n#~ msgid "Gone"\n#~ msgstr "Weg"\n', "utf-8")
    faults = catalogue.check(tmp_path, FOUND)
    assert faults == [
        "de.po: obsolete: “Gone”",
        "de.po: fuzzy, so look at it and take the mark away: “Save”",
        "de.mo isn't what de.po says: python3 dev.py translate",
    ]


def test_a_catalogue_that_counts_wrongly_or_is_no_catalogue_is_named(tmp_path: Path) -> None:
    path = _catalogue(tmp_path, FOUND, WORDS)
    text = path.read_text("utf-8")
    path.write_text(text.replace("(n != 1)", "(n > 1)"), "utf-8")
    assert "its Plural-Forms aren't those of German" in catalogue.check(tmp_path, FOUND)[0]
    path.write_text(f"{text}\nrubbish\n", "utf-8")
    assert catalogue.check(tmp_path, FOUND)[0].startswith("de.po: ")


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('msgstr "Sichern"', 'msgstr "Sichern', "isn’t closed, or is none of a catalogue: msgstr"),
        ('msgstr "Sichern"', 'msgstr Sichern"', "isn’t closed, or is none of a catalogue: msgstr"),
        ('msgid "Save"', 'msgctxt "x"\nmsgid "Save"', "a context, by which nothing is looked up"),
        ('"Language: de\\n"', '"Language: fr\\n"', "its heading lacks “Language: de”"),
        ("charset=utf-8", "charset=nonsense", "its heading lacks “charset=utf-8”"),
        ("charset=utf-8", "charset=latin1", "its heading lacks “charset=utf-8”"),
        ('"Plural-Forms: ', '"Plurals: ', "its heading lacks “Plural-Forms:”"),
        ("\n\n#: ui", '\n\nmsgid "Save"\nmsgstr "Weg"\n\n#: ui', "translated 2 times: “Save”"),
    ],
)
def test_a_catalogue_that_babel_would_mend_in_silence_is_named(
    tmp_path: Path, right: str, wrong: str, fault: str
) -> None:
    path = _catalogue(tmp_path, FOUND, WORDS)
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    assert any(fault in each for each in catalogue.check(tmp_path, FOUND))


def test_a_catalogue_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = _catalogue(tmp_path, FOUND, WORDS)
    path.write_bytes(path.read_text("utf-8").encode("latin-1"))
    assert "de.po: it isn’t UTF-8" in "\n".join(catalogue.check(tmp_path, FOUND))


def test_a_new_wording_keeps_its_translation_as_a_proposal(tmp_path: Path) -> None:
    path = _catalogue(tmp_path, FOUND, WORDS)
    reworded = [FOUND[0], Found("Open this book", "", "ui/a.py")]
    catalogue.update(tmp_path, reworded)
    assert '#, fuzzy\nmsgid "Open this book"\nmsgstr "Das Buch öffnen"' in path.read_text("utf-8")
    assert any("fuzzy" in fault for fault in catalogue.check(tmp_path, reworded))


def test_another_language_begins_with_one_command(tmp_path: Path) -> None:
    catalogue.begin("ar", tmp_path)
    found = [*FOUND, Found("{count} page", "{count} pages", "ui/a.py")]
    catalogue.update(tmp_path, found)
    assert catalogue.check(tmp_path, found) == [
        "ar.po: not translated: “Open the book”",
        "ar.po: not translated: “Save”",
        "ar.po: not translated: “{count} page”",
    ]
    for code in ("ar", "klingon"):
        with pytest.raises(SystemExit):
            catalogue.begin(code, tmp_path)


def test_every_text_of_the_program_is_translated_and_compiled() -> None:
    assert catalogue.check() == []


def test_german_quotes_as_german_does() -> None:
    with (catalogue.FOLDER / "de.po").open("rb") as file:
        german = read_po(file, "de")
    for message in german:
        words = str(message.string)
        assert "”" not in words
        assert words.count("„") == words.count("“"), words
