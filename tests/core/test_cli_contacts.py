"""``fitcheck import`` of contacts: as a script would use it, on a book that was made before."""

from __future__ import annotations

from pathlib import Path

import pytest

from fitcheck.cli import main
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.book import About
from fitcheck.services import FitCheck
from tests.core.test_cli_import import run, with_book
from tests.exchange import tables, vcards


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of a book that is closed and has Ada Gump in it."""
    with_book(
        tmp_path / "book", lambda f: f.add_prospect(Prospect("Ada Gump", email="ada@gump.example"))
    )
    return tmp_path / "book"


def names(folder: Path) -> list[str]:
    return with_book(folder, lambda f: sorted(line.prospect.name for line in f.prospects()))


def about(folder: Path, name: str) -> About:
    def read(fitcheck: FitCheck) -> About:
        (id_,) = [line.id for line in fitcheck.prospects() if line.prospect.name == name]
        return fitcheck.abouts.about(id_)

    return with_book(folder, read)


def command(folder: Path, data: bytes, name: str, *more: str) -> int:
    file = folder.parent / name
    file.write_bytes(data)
    return main(["--data", str(folder), "import", str(file), *more])


def test_cards_come_from_standard_input_and_end_with_a_list(folder: Path) -> None:
    done = run(folder, vcards.ANDROID)
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode().splitlines()
    assert said[0] == "2 contacts in the file: 2 added, 0 merged, 0 left."
    assert any(line.strip().startswith("PHOTO (line ") for line in said)
    assert names(folder) == ["Ada Gump", "Bo", "Jörg Grün"]
    assert about(folder, "Bo").source == ""


def test_a_table_says_where_people_come_from(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(folder, tables.HUBSPOT, "hubspot.csv", "--tag", "warm", "--tag", "2026") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "2 contacts in the file: 1 added, 1 merged, 0 left."
    assert about(folder, "Bo") == About("hubspot", tags=("2026", "warm"))
    assert about(folder, "Ada Gump") == About(tags=("2026", "warm"))
    assert command(folder, vcards.ANDROID, "phone.vcf", "--source", "My phone") == 0
    assert about(folder, "Jörg Grün").source == "My phone"


def test_nothing_is_taken_where_it_is_only_asked_what_would_be(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(folder, tables.LINKEDIN, "l.csv", "--dry-run") == 0
    dry = capsys.readouterr().out
    # No address in this file: Ada Gump may be the one who is here, or not.
    assert dry.splitlines()[0] == "2 contacts in the file: 2 added, 0 merged, 0 left."
    assert names(folder) == ["Ada Gump"]
    assert command(folder, tables.LINKEDIN, "l.csv", "--together") == 0
    assert "1 added, 1 merged, 0 left" in capsys.readouterr().out
    assert names(folder) == ["Ada Gump", "Bo Else, MBA"]


def test_columns_are_mapped_by_heading_or_number(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapped = ("--map", "url=note", "--map", "7=met_at", "--map", "Position=left_out")
    assert command(folder, tables.LINKEDIN, "l.csv", "--together", *mapped) == 0
    assert "Position (line 5): The column was not chosen." in capsys.readouterr().out
    ada = with_book(folder, lambda f: f.prospects("gump")[0].prospect)
    assert (ada.met_at, ada.role) == ("02 Jan 2024", "")
    assert about(folder, "Ada Gump").notes == "https://www.linkedin.com/in/ada-gump"


def test_every_fault_is_a_line_and_nothing_is_taken(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = ("--map", "Urls=note", "--map", "8=role", "--map", "url", "--map", "1=sign")
    assert command(folder, tables.LINKEDIN, "l.csv", *wrong) == 2
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert said.out == ""
    assert [line.split(":")[0] for line in lines] == [
        "--map Urls=note",
        "--map 8=role",
        "--map url",
        "--map url",
        "--map 1=sign",
    ]
    assert "a number up to 7 or one of: First Name" in lines[0]
    assert command(folder, b"1,2\n3,4\n", "l.csv", "--map", "3=name") == 2
    assert "a number up to 2" in capsys.readouterr().err
    assert command(folder, vcards.ANDROID, "a.vcf", "--map", "1=name") == 2
    assert "only for a table" in capsys.readouterr().err
    assert command(folder, b"nothing of the kind", "a.vcf") == 2
    assert capsys.readouterr().err
    for option in (("--map", "1=name"), ("--tag", "x"), ("--source", ""), ("--dry-run",)):
        assert command(folder, b"%PDF-1.7", "a.pdf", *option) == 2
        assert "for contacts" in capsys.readouterr().err
    assert names(folder) == ["Ada Gump"]


def test_a_file_named_as_a_card_that_is_none_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(folder, b"\0\1\2", "a.vcf") == 2
    assert capsys.readouterr().err.startswith("vCard: expected BEGIN:VCARD")
