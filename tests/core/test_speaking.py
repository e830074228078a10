"""In which language the program speaks, and in which it writes a document."""

import threading
from pathlib import Path

import pytest

from fitcheck import i18n, speaking
from fitcheck.__main__ import main
from fitcheck.exchange.demo import load_demo
from fitcheck.i18n import _, current_language, language, quoted, speak
from fitcheck.place import InquiryPlace, parse_language, parse_place, place_text
from fitcheck.services import FitCheck
from reports.pages import page_texts


@pytest.fixture(autouse=True)
def _english_again() -> object:
    yield
    speak("en")


def test_the_language_of_the_program_holds_in_every_thread_and_a_block_in_its_own() -> None:
    heard: list[str] = []
    with language("de"):
        assert _("Settings") == "Einstellungen"
        other = threading.Thread(target=lambda: heard.append(_("Settings")))
        other.start()
        other.join()
    assert heard == ["Settings"]
    speak("de")
    other = threading.Thread(target=lambda: heard.append(_("Settings")))
    other.start()
    other.join()
    assert heard == ["Settings", "Einstellungen"]
    with language("en"):
        assert _("Settings") == "Settings"
    for wrong in (speak, lambda code: language(code).__enter__()):
        with pytest.raises(ValueError, match="no catalogue"):
            wrong("xx")


def test_what_is_quoted_stands_between_the_marks_of_the_language() -> None:
    assert quoted("so {be} it") == "“so {be} it”"
    with language("de"):
        assert quoted("so {be} it") == "„so {be} it“"


def test_languages_call_themselves_by_their_own_names() -> None:
    assert [i18n.language_name(code) for code in i18n.languages()] == ["English", "Deutsch"]


def test_the_first_language_of_the_system_that_is_known_is_spoken() -> None:
    for wanted, spoken in (
        (["de-AT", "en"], "de"),
        (["de_CH.UTF-8"], "de"),
        (["fr-FR", "de"], "de"),
        (["en-GB", "de"], "en"),
        (["C", "de"], "en"),
        (["ja"], "en"),
        ([], "en"),
    ):
        assert speaking.best(wanted) == spoken, wanted


def test_what_was_chosen_wins_over_the_system_and_rubbish_is_nothing(tmp_path: Path) -> None:
    assert speaking.to_speak(tmp_path, ["de"]) == "de"
    speaking.choose(tmp_path, "en")
    assert speaking.to_speak(tmp_path, ["de"]) == "en"
    speaking.choose(tmp_path, "")
    speaking.choose(tmp_path, "")
    assert list(tmp_path.iterdir()) == []
    for rubbish in (b"xx\n", b"\xff\xfe", b""):
        (tmp_path / speaking.FILE).write_bytes(rubbish)
        assert speaking.chosen(tmp_path) == ""


def test_the_place_of_an_assessment_holds_the_language_of_its_documents() -> None:
    place = InquiryPlace("p", {"a": 2.0}, "words")
    text = place_text("opener", place, 7.0, "de")
    assert parse_language(text) == "de"
    assert parse_place(text) == ("opener", place, 7.0)
    for other in ("opener", 'opener {"language":3}', "opener {", "opener []"):
        assert parse_language(other) == ""
    with language("de"):
        assert speaking.for_documents("") == speaking.for_documents("xx") == "de"
    assert speaking.for_documents("de") == "de"


def test_the_command_line_speaks_and_writes_what_was_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FITCHECK_DATA", str(tmp_path / "elsewhere"))
    book, out = tmp_path / "book", tmp_path / "out.pdf"
    fitcheck = FitCheck.open(book)
    number = fitcheck.add_assessment(load_demo()[0])
    fitcheck.close()
    speaking.choose(book, "de")
    assert main(["--data", str(book), "report", "--edition", "private", "-o", str(out)]) == 2
    assert "Nennen Sie" in capsys.readouterr().err
    made = ["--data", str(book), "report", "--assessment", str(number), "--edition", "decline"]
    assert main([*made, "-o", str(out)]) == 0
    assert _of(out, "Nach unserem Gespräch")
    assert main([*made, "-o", str(out), "--lang", "en"]) == 0
    assert not _of(out, "Nach unserem Gespräch")
    fitcheck = FitCheck.open(book)
    interview = fitcheck.interview(number)
    interview.language = "en"
    interview.save_place()
    fitcheck.close()
    assert main([*made, "-o", str(out)]) == 0
    assert not _of(out, "Nach unserem Gespräch"), "what was chosen for the assessment wins"
    assert current_language() == "de"


def _of(pdf: Path, word: str) -> bool:
    return any(word in page for page in page_texts(pdf.read_bytes()))
