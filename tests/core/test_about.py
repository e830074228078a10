"""Every part that ships is named with its version, its licence and the text of that."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from fitcheck import about
from fitcheck.about import Part


@pytest.fixture(scope="module")
def parts() -> dict[str, Part]:
    return {part.name.casefold(): part for part in about.parts()}


def test_whatever_fitcheck_asks_for_is_there_and_what_that_asks_for(parts: dict[str, Part]) -> None:
    for name in ("weasyprint", "sqlalchemy", "pyside6_essentials", "shiboken6", "ibm plex"):
        assert name in parts
    assert "fitcheck" not in parts
    assert "pytest" not in parts
    assert parts["weasyprint"].version == version("weasyprint")
    assert all(part.licence for part in parts.values())
    texts = [part.name for part in parts.values() if part.text()]
    assert len(texts) > len(parts) * 0.8
    assert "SIL OPEN FONT LICENSE" in parts["ibm plex"].text()


def test_the_versions_that_matter_are_said(parts: dict[str, Part]) -> None:
    said = dict(about.versions(tuple(parts.values())))
    assert list(said) == ["FitCheck", "Python", "SQLCipher", "WeasyPrint"]
    assert all(each[0].isdigit() for each in said.values())


def test_the_built_program_reads_the_folder_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "licences" / "python" / "weasyprint_70.0"
    place.mkdir(parents=True)
    (place / "LICENSE").write_text("Do as you like.\n", encoding="utf-8")
    table = "FitCheck: licences\n====\n\nEach lies below.\n\npython/weasyprint_70.0\n    BSD\n"
    (tmp_path / "licences" / "README.txt").write_text(table, encoding="utf-8")
    program = tmp_path / "FitCheck" / "FitCheck"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    (part,) = about.parts()
    assert (part.name, part.version, part.licence) == ("weasyprint", "70.0", "BSD")
    assert part.text() == "Do as you like."


def test_a_program_without_that_folder_still_names_what_it_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "a" / "b"))
    assert "IBM Plex" in [part.name for part in about.parts()]
