"""Who is erased is gone: from every table, page and backup; the proof finds what is not."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import shutil
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import false, literal, select
from sqlalchemy.exc import IntegrityError

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import Colleague
from fitcheck.domain.erasure import Erasure, Searched
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Summary
from fitcheck.domain.policy import Action
from fitcheck.services import FitCheck
from fitcheck.store import tables
from fitcheck.store.backup import Reason
from fitcheck.store.book import Book
from fitcheck.store.engine import writing
from fitcheck.store.erasing import carry_over, erase_from, forget, tombstones
from fitcheck.store.errors import StoreError
from fitcheck.store.searching import PIECE, of_prospect, pieces, texts_of
from tests.store.conftest import contents, key_of
from tests.store.later import later, put_bank, put_later
from tests.store.pages import deciphered
from tests.store.test_schemas import FIXTURES, SCHEMAS, copied

COME = (
    tables.about,
    tables.tag,
    tables.follow_up,
    tables.forecast,
    tables.outcome,
    tables.referral,
)
"""What came of somebody; moves go with their follow-up."""

DAY = dt.date(2026, 11, 22)
CANARY = "quetzalcoatlus"


@pytest.fixture
def folder(place: Path) -> Path:
    """In memory, where there is such a place: what is written here needn't survive anything."""
    return place / "data"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files in which no other test has any."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def laden(folder: Path) -> tuple[FitCheck, int]:
    """A book in which somebody has said a lot, between others who have, too; their id."""
    fitcheck = FitCheck.open(folder, lambda: DAY)
    ids = [fitcheck.add_prospect(Prospect(name)) for name in ("Before", f"Ms {CANARY}", "After")]
    for round_ in range(4):
        for id_ in ids:
            words = CANARY if id_ == ids[1] else "plesiosaurus"
            interview = fitcheck.interview(fitcheck.begin_assessment(id_, Form.FULL))
            interview.set_field("their_agenda", f"{words} agenda {round_}")
            for number, question in enumerate(interview.questions[:6]):
                interview.set_note(question.id, f"{words} {number} " * (1 + 40 * number))
            interview.undo()
    fitcheck.their_forms.token(fitcheck.assessments(ids[1])[0].id)
    fitcheck.extend(ids[1], dt.date(2027, 1, 1), f"because of the {CANARY}")
    colleague = fitcheck.referring.add_colleague(Colleague("Åsa Plesiosaurus"))
    for number, id_ in enumerate(ids):
        fitcheck.decide(id_, Action.PROCEED)
        words = CANARY if id_ == ids[1] else "plesiosaurus"
        what = later(f"{words} {words}", number + 1)
        sent = [replace(each, name="Åsa Plesiosaurus") for each in what.referrals]
        put_later(fitcheck._book, id_, replace(what, referrals=tuple(sent)), colleague)
    return fitcheck, ids[1]


def copy_of(folder: Path, name: str) -> Path:
    """A backup of a book at rest."""
    made = folder / "backups" / name
    made.mkdir(parents=True)
    for file in ("book.db", "book.key"):
        shutil.copy(folder / file, made)
    return made / "book.db"


def test_no_page_of_the_book_or_of_its_backups_holds_a_word_of_theirs(folder: Path) -> None:
    fitcheck, id_ = laden(folder)
    fitcheck.close()
    backup = copy_of(folder, "2026-11-22T000000Z-schema-5")
    key = key_of(folder).reveal()
    for store in (folder / "book.db", backup):
        assert CANARY.encode() in deciphered(store, key), "the search can find it"
    fitcheck = FitCheck.open(folder, lambda: DAY)
    erasure = fitcheck.rights.erase(id_)
    for store in (folder / "book.db", backup):
        pages = deciphered(store, key)
        assert CANARY.encode() not in pages
        assert CANARY[:8].encode() not in pages
        assert b"plesiosaurus" in pages
    assert erasure.nothing_found
    assert erasure.texts > 50
    places = {place.place: place for place in erasure.places}
    assert {"book.db", "book.key", "backups/2026-11-22T000000Z-schema-5/book.db"} <= set(places)
    assert places["book.db"].pages == (folder / "book.db").stat().st_size // 4096
    assert CANARY not in repr(erasure)
    names = [line.prospect.name for line in fitcheck.prospects()]
    assert sorted(names) == ["After", "Before"]
    with pytest.raises(KeyError):
        fitcheck.rights.person(id_)
    with pytest.raises(KeyError):
        fitcheck.rights.erase(id_)
    fitcheck.close()
    reopened = FitCheck.open(folder, lambda: DAY)
    assert len(reopened.prospects()) == 2
    reopened.close()


def test_no_row_and_no_word_of_what_came_of_them_is_left(folder: Path) -> None:
    """Of the others it is; and what they share with those is no trace of them."""
    fitcheck, id_ = laden(folder)
    other = later("plesiosaurus plesiosaurus")
    erasure = fitcheck.rights.erase(id_)
    assert erasure.nothing_found
    with fitcheck._book.vault.engine.begin() as connection:
        for table in COME:
            owners = {row.prospect_id for row in connection.execute(select(table))}
            assert owners == {1, 3}, table.name
        moves = connection.execute(select(tables.follow_up_move)).all()
        assert len(moves) == 2 * len(other.follow_ups[0].moves)
        index = connection.exec_driver_sql("SELECT block FROM said_index_data").scalars().all()
    assert not any(CANARY[:3].encode() in block for block in index)
    assert any(b"ple" in block for block in index), "the search can find it"
    assert list(fitcheck.referring.colleagues().values()) == [Colleague("Åsa Plesiosaurus")]
    fitcheck.close()


def test_a_bank_is_searched_for_what_is_longer_than_a_word(folder: Path) -> None:
    fitcheck, _ = laden(folder)
    ids = [fitcheck.add_prospect(Prospect(name)) for name in ("Tried", "What have you already tr")]
    put_bank(fitcheck._book)
    places = [fitcheck.rights.erase(id_).places for id_ in ids]
    found = [{place.place: place.found for place in each}["book.db"] for each in places]
    assert found == [(), ("bank",)]
    fitcheck.close()


def test_a_tag_that_only_they_had_is_looked_for(folder: Path) -> None:
    fitcheck, id_ = laden(folder)
    with fitcheck._book.vault.engine.begin() as connection:
        wanted = texts_of(connection, id_)
    assert not {"Zebra", "zebra"} & wanted, "others have it, too"
    assert set(pieces(f"tag {CANARY} {CANARY}")) <= wanted
    assert not set(pieces("Åsa Plesiosaurus")) & wanted
    assert not {"paid_on_time", "would_work_again"} & wanted
    fitcheck.close()


def test_what_somebody_else_s_entry_says_of_them_is_named(folder: Path) -> None:
    fitcheck, id_ = laden(folder)
    other = fitcheck.add_prospect(Prospect("Other", met_at=f"sent by Ms {CANARY}"))
    (folder / "notes.log").write_text(f"Ms {CANARY}", encoding="utf-16")
    erasure = fitcheck.rights.erase(id_)
    (backup,) = fitcheck.safekeeping.copies()
    found = {place.place: place.found for place in erasure.places if place.found}
    # Their row, and what the list makes of it to be sorted and searched.
    everywhere = ("line", "prospect", "said", "said_index")
    assert found == {
        f"backups/{backup.name}/book.db": everywhere,
        "book.db": everywhere,
        "notes.log": ("notes.log",),
    }
    assert not erasure.nothing_found
    assert fitcheck.rights.person(other).prospect.met_at == f"sent by Ms {CANARY}"
    fitcheck.close()


@pytest.mark.parametrize(
    "planted",
    [
        CANARY.encode(),
        f"ein {CANARY} war da".encode("utf-16-be"),
        b'{"name": "Stra\\u00dfenbau"}',
        base64.b64encode(f"x{CANARY}".encode()),
        base64.encodebytes(f"{'.' * 50}{CANARY}".encode()),
        b"%PDF-1.7 stream" + zlib.compress(f"BT ({CANARY}) Tj".encode()) + b"endstream",
        gzip.compress(CANARY.encode()),
    ],
    ids=["utf-8", "utf-16", "escaped", "base64", "base64 in lines", "deflated", "gzip"],
)
def test_what_lies_about_is_found_however_it_is_packed(
    temporary: Path, book: Book, folder: Path, planted: bytes
) -> None:
    id_ = book.add_prospect(Prospect(f"Ms {CANARY}", "Straßenbau")).result()
    (folder / "logs").mkdir()
    (folder / "logs" / "crash.txt").write_bytes(planted)
    (temporary / "fitcheck-worker-1").mkdir()
    (temporary / "fitcheck-worker-1" / "page").write_bytes(planted)
    (temporary / "of somebody else").write_bytes(planted)
    (temporary / f"fitcheck-{CANARY}").touch()
    erasure = book.people.erase(id_, DAY)
    assert [place.place for place in erasure.places if place.found] == [
        "logs/crash.txt",
        "(temporary)/(…)",
        "(temporary)/fitcheck-worker-1/page",
    ]


def test_a_key_file_says_nothing_of_anybody_whatever_its_words(book: Book, folder: Path) -> None:
    id_ = book.add_prospect(Prospect("Ada", "format")).result()
    (folder / "backups" / "odd").mkdir(parents=True)
    (folder / "backups" / "odd" / "book.key").write_text("the format of a letter")
    assert b"format" in (folder / "book.key").read_bytes()
    erasure = book.people.erase(id_, DAY)
    assert [place.place for place in erasure.places if place.found] == ["backups/odd/book.key"]


def test_a_backup_is_made_before_and_forgets_them_too(folder: Path) -> None:
    fitcheck, id_ = laden(folder)
    erasure = fitcheck.rights.erase(id_)
    (backup,) = fitcheck.safekeeping.copies()
    fitcheck.close()
    assert backup.reason is Reason.ERASURE
    assert f"backups/{backup.name}/book.db" in {place.place for place in erasure.places}
    pages = deciphered(backup.store, key_of(folder).reveal())
    assert CANARY.encode() not in pages
    assert b"plesiosaurus" in pages
    assert erasure.nothing_found


def test_where_no_backup_can_be_made_nobody_is_erased(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitcheck, id_ = laden(folder)

    def full(_reason: Reason) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(fitcheck._book.backups, "make", full)
    with pytest.raises(StoreError, match="full"):
        fitcheck.rights.erase(id_)
    assert fitcheck.rights.person(id_).prospect.name == f"Ms {CANARY}"
    fitcheck.close()


def test_an_erasure_that_a_crash_cut_short_is_finished(book: Book, folder: Path) -> None:
    id_ = book.add_prospect(Prospect(f"Ms {CANARY}")).result()
    backup = copy_of(folder, "old")
    key = key_of(folder).reveal()
    assert not book.people.unfinished()
    book._writer.write(lambda connection: forget(connection, id_, DAY)).result()
    assert book.people.unfinished()
    assert CANARY.encode() in deciphered(backup, key)
    book.close()
    fitcheck = FitCheck.open(folder, lambda: DAY)
    fitcheck.rights.finish_erasing()
    fitcheck.rights.finish_erasing()
    assert not fitcheck._book.people.unfinished()
    fitcheck.close()
    for store in (folder / "book.db", backup):
        assert CANARY.encode() not in deciphered(store, key)


def test_a_backup_that_cannot_be_read_is_named(folder: Path) -> None:
    fitcheck, id_ = laden(folder)
    damaged = folder / "backups" / "old" / "book.db"
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"\1" * 8192)
    erasure = fitcheck.rights.erase(id_)
    (unread,) = (place for place in erasure.places if not place.readable)
    assert unread == Searched("backups/old/book.db", 0, readable=False)
    assert not erasure.nothing_found
    fitcheck.close()


def test_every_table_that_can_hold_a_persons_words_goes_with_them() -> None:
    """Red: a new table. Let it lead to the prospect by keys that cascade, or say it is nobody's."""
    nobodys = {"policy", "bank", "colleague", "preference", "erased", "spent_id"}
    for name, table in tables.metadata.tables.items():
        belongs = str(of_prospect(table, 1)) != str(false())
        assert belongs is (name not in nobodys), name
        for key in table.foreign_keys:
            # To whom somebody was sent stays when the colleague goes; it is the prospect's.
            kept = (name, key.column.table.name) == ("referral", "colleague")
            assert key.ondelete == ("SET NULL" if kept else "CASCADE"), name


def test_the_search_is_for_every_text_of_theirs(
    book: Book, whole: Assessment, summary: Callable[[Recommendation], Summary]
) -> None:
    id_ = book.add_prospect(whole.prospect).result()
    book.add_assessment(id_, whole, summary(Recommendation.STAGE)).result()
    with book.vault.engine.begin() as connection:
        wanted = texts_of(connection, id_)
    for text in ("Zoë Ångström", "zoë ångström", "a note", "something is off", "two offers"):
        assert set(pieces(text)) <= wanted
    assert not {"observed", "2026-11-21", "09:05", "09:05:00"} & wanted


@given(st.text(min_size=1), st.integers(0, 200), st.text(max_size=5))
def test_any_two_dozen_characters_in_a_row_hold_a_piece(
    seed: str, length: int, before: str
) -> None:
    text = before + (seed * length)[:length]
    wanted = set(pieces(text))
    plain = all(character >= " " and character not in '"\\' for character in text)
    if plain:
        for start in range(len(text) - 2 * PIECE + 2):
            assert any(piece in text[start : start + 2 * PIECE - 1] for piece in wanted)
    assert all(piece in text for piece in wanted)


class TestTombstones:
    @pytest.mark.parametrize("kept_as", SCHEMAS, ids=lambda kept_as: kept_as.name)
    def test_an_older_backup_forgets_who_was_erased(self, kept_as: Path, tmp_path: Path) -> None:
        """The book goes on from each schema; the backup stays what it was."""
        folder = copied(kept_as, tmp_path / "data", "open.key")
        backup = copy_of(folder, "old")
        key = key_of(folder)
        assert "Ångström".encode() in deciphered(backup, key.reveal())
        fitcheck = FitCheck.open(folder, lambda: DAY)
        (zoe,) = fitcheck.prospects("zoë")
        erasure = fitcheck.rights.erase(zoe.id)
        fitcheck.close()
        assert "Ångström".encode() not in deciphered(backup, key.reveal())
        assert b"Second" in deciphered(backup, key.reveal())
        assert erasure.nothing_found

    def test_an_id_is_never_given_again(self, book: Book, folder: Path, blank: Assessment) -> None:
        first = book.add_prospect(Prospect("First")).result()
        assessment = book.add_assessment(first, blank).result()
        erasure = book.people.erase(first, DAY)
        again = book.add_prospect(Prospect("Again")).result()
        assert again > first
        assert book.add_assessment(again, blank).result() > assessment
        for table, id_ in ((tables.prospect, first), (tables.assessment, assessment)):
            others = [column for column in table.columns if column.name != "id"]
            copying = table.insert().from_select(
                ["id", *(column.name for column in others)], select(literal(id_), *others)
            )
            with (
                pytest.raises(IntegrityError, match="never given again"),
                writing(book.vault.engine).begin() as connection,
            ):
                connection.execute(copying)
        book.people.sweep()
        book.close()
        assert erase_from(folder / "book.db", key_of(folder), [erasure.tombstone]) == 0
        book = Book.open(folder)
        assert book.prospect(again) == Prospect("Again")
        book.close()

    def test_where_nobody_is_found_no_byte_changes(self, book: Book, folder: Path) -> None:
        book.add_prospect(Prospect("First")).result()
        book.close()
        before = contents(folder)
        assert erase_from(folder / "book.db", key_of(folder), ["0" * 32, "f" * 32]) == 0
        assert contents(folder) == before

    def test_they_are_carried_over_and_stay(self, book: Book) -> None:
        first = book.people.erase(book.add_prospect(Prospect("First")).result(), DAY).tombstone
        wanted = {first: DAY, "f" * 32: dt.date(2026, 1, 1)}
        with writing(book.vault.engine).begin() as connection:
            carry_over(connection, {})
            carry_over(connection, wanted)
        with book.vault.engine.begin() as connection:
            assert tombstones(connection) == wanted
        for tampering in ("DELETE FROM erased", "UPDATE erased SET uid = 'x'"):
            with (
                pytest.raises(IntegrityError, match="never taken back"),
                writing(book.vault.engine).begin() as connection,
            ):
                connection.exec_driver_sql(tampering)

    def test_a_file_that_is_no_copy_of_this_book_is_refused(self, book: Book, folder: Path) -> None:
        book.close()
        foreign = FIXTURES / "schema-5" / "book.db"
        with pytest.raises(StoreError):
            erase_from(foreign, key_of(folder), ["0" * 32])


def test_a_place_that_was_not_searched_proves_nothing() -> None:
    whole = Erasure(dt.datetime(2026, 11, 22, tzinfo=dt.UTC), "f" * 32, 3, (Searched("a", 1),))
    assert whole.nothing_found
    assert not replace(whole, places=(Searched("a", 0, readable=False),)).nothing_found
    assert not replace(whole, places=(Searched("a", 1, ("prospect",)),)).nothing_found
