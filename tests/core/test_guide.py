"""The guide is whole: every page in its contents, every link and picture where it leads to."""

from __future__ import annotations

import fnmatch
import re
import sysconfig
import tomllib
from pathlib import Path

import pytest
from PIL import Image

import resources
from fitcheck import guide, packaged
from fitcheck.guide import Place

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "guide"
LINK = re.compile(r"(!?)\[([^]]*)\]\(([^)]+)\)")
HEAVIEST = 80_000

PAGES = sorted(path.name for path in FOLDER.glob("*.md") if path.name != guide.START)


def links(page: str) -> list[tuple[str, str]]:
    """The links of a page but not its pictures: words and where they lead."""
    found = LINK.findall(guide.text(page))
    return [(words, to) for mark, words, to in found if not mark]


def test_every_page_is_in_the_contents_once() -> None:
    assert sorted(guide.contents()) == PAGES
    titles = guide.contents().values()
    assert len(set(titles)) == len(PAGES)
    entries = re.findall(r"^\d+\. ", guide.text(guide.START), re.MULTILINE)
    assert len(entries) == len(PAGES)


def test_every_link_leads_to_a_page_and_a_heading_that_there_are() -> None:
    count = 0
    for page in (guide.START, *PAGES):
        for _words, to in links(page):
            if to.startswith(("https://", "../")):
                assert to.startswith("https://") or (FOLDER / to).is_file(), (page, to)
                continue
            place = Place.of(to, page)
            assert guide.text(place.page), (page, to)
            assert not place.heading or place.heading in guide.anchors(place.page), (page, to)
            count += 1
    assert count > 60


def test_every_picture_is_shown_and_says_what_it_shows_and_is_small() -> None:
    shown: list[str] = []
    for page in PAGES:
        for mark, words, to in LINK.findall(guide.text(page)):
            if mark:
                folder, _slash, name = to.partition("/")
                assert folder == "pictures", (page, to)
                assert len(words.split()) >= 4, (page, to, "what is it?")
                shown.append(name)
    there = sorted(path.name for path in (FOLDER / "pictures").iterdir())
    assert sorted(set(shown)) == there
    assert len(there) >= 10
    for name in there:
        data = guide.picture(name)
        assert len(data) <= HEAVIEST, name
        with Image.open(FOLDER / "pictures" / name) as picture:
            assert picture.format == "PNG"
            assert picture.width >= 450


def test_a_wheel_takes_along_all_of_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    files = project["tool"]["setuptools"]["data-files"]
    for path in FOLDER.rglob("*"):
        if path.is_file():
            within = path.relative_to(FOLDER).parent.as_posix()
            target = "share/fitcheck/guide" + ("" if within == "." else f"/{within}")
            name = path.relative_to(ROOT).as_posix()
            assert any(fnmatch.fnmatch(name, glob) for glob in files[target]), name


def test_it_is_read_where_it_was_written_or_where_a_wheel_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert packaged.guide_folder() == FOLDER
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "lib" / "r" / "x.py"))
    monkeypatch.setattr(sysconfig, "get_path", lambda _name: str(tmp_path))
    packaged.guide_folder.cache_clear()
    try:
        assert packaged.guide_folder() == tmp_path / "share" / "fitcheck" / "guide"
    finally:
        packaged.guide_folder.cache_clear()


def test_nothing_outside_of_it_is_read() -> None:
    for name in ("../threats.md", "/etc/hostname", "pictures/../keys.md", "no-such-page.md"):
        with pytest.raises(FileNotFoundError):
            guide.text(name)
    with pytest.raises(FileNotFoundError):
        guide.picture("../keys.md")


def test_a_file_of_data_is_a_page_that_shows_it() -> None:
    text = guide.text("worked-example.json")
    assert text.startswith("# worked-example.json\n\n```\n{")


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("When it doesn't open", "when-it-doesnt-open"),
        ("`[[facets]]`: what they are", "facets-what-they-are"),
        ("Opened, extended, decided", "opened-extended-decided"),
        ("The [plan](plan.md)", "the-plan"),
    ],
)
def test_headings_are_called_as_other_readers_call_them(heading: str, name: str) -> None:
    assert guide.anchor(heading) == name


def test_a_search_finds_the_pages_that_hold_every_word() -> None:
    found = guide.search("recovery KEY")
    assert "protection.md" in found
    assert found["protection.md"] > 1
    assert set(found) < set(guide.contents())
    assert guide.search("xyzzy") == {}
    assert guide.search(" ") == {}
    # In words, and not in what marks them up.
    assert guide.search("protection.md") == {}
