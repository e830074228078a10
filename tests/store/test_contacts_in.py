"""Contacts come into the book all at once or not at all, and go again as they came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from fitcheck.contacts import PlanOutdated, Said, Taken, is_contacts
from fitcheck.domain.arrivals import Choice, Handling
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import About
from fitcheck.domain.contact import Contact, Contacts, Found, Place
from fitcheck.domain.follow_up import Purpose
from fitcheck.domain.period import Opening, planned
from fitcheck.exchange.contact_table import read_table
from fitcheck.exchange.contacts_csv import contacts_in, proposal
from fitcheck.exchange.vcard import is_vcard, read_vcards
from fitcheck.services import FitCheck
from fitcheck.store import intakes, lines, tables
from fitcheck.store.backup import Reason
from fitcheck.store.book import Book
from tests.exchange import tables as exported
from tests.exchange import vcards
from tests.store.conftest import DAY

ADA = Prospect("Ada Gump", "Gump Works", email="ada@gump.example")
PEOPLE = (
    Contact(
        "Gump, Ada",
        role="Owner",
        emails=("ADA@gump.example", "ada@home.example"),
        note="Likes tea.",
        tags=("Fair",),
        links=("https://gump.example",),
    ),
    Contact("Cy New", "New Inc", phones=("030 1234567", "0171 7654321"), tags=("hot", "Fair")),
    Contact("Bo Else", "Elsewhere"),
)


@pytest.fixture
def fitcheck(book: Book) -> Iterator[FitCheck]:
    opened = FitCheck(book, lambda: DAY)
    yield opened
    opened.close()


def of(*people: Contact) -> Contacts:
    places = [Place(number, 10 * number) for number in range(1, len(people) + 1)]
    return Contacts(tuple(map(Found, people, places)), ())


def take(fitcheck: FitCheck, contacts: Contacts, said: Said = Said()) -> Taken:  # noqa: B008
    plan = fitcheck.contacts.plan(contacts)
    return fitcheck.contacts.take(plan, plan.proposed, said)


def by_name(fitcheck: FitCheck) -> dict[str, int]:
    return {line.prospect.name: line.id for line in fitcheck.prospects()}


def rows(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the uids, which are drawn by lot."""

    def read(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
        return {
            table.name: sorted(
                (
                    tuple(row)
                    for row in connection.execute(
                        select(*(c for c in table.c if c.name not in ("uid", "id")))
                    )
                ),
                key=repr,
            )
            for table in tables.metadata.sorted_tables
            # Ids that were given once are not given again.
            if table.name not in ("spent_id", "assessment_uid")
        }

    return book.between_writes(read).result()


def test_people_come_with_all_that_is_known_of_them(fitcheck: FitCheck) -> None:
    ada = fitcheck.add_prospect(ADA)
    fitcheck.abouts.save(ada, About("A friend", "Met in May.", (), ("fair",))).result()
    taken = take(fitcheck, of(*PEOPLE), Said("Spring fair", ("2026",)))
    assert (taken.added, taken.merged, taken.not_taken) == (2, 1, 0)
    assert taken.gained == {ada: ("notes", "tags", "links")}
    assert fitcheck.prospect(ada) == replace(ADA, role="Owner")
    assert fitcheck.abouts.about(ada) == About(
        "A friend",
        "Met in May.\nLikes tea.\nE-mail: ada@home.example",
        ("https://gump.example",),
        ("2026", "fair"),
    )
    cy = by_name(fitcheck)["Cy New"]
    assert fitcheck.prospect(cy) == Prospect("Cy New", "New Inc", phone="030 1234567")
    assert fitcheck.abouts.about(cy) == About(
        "Spring fair", "Phone: 0171 7654321", (), ("2026", "Fair", "hot")
    )
    assert fitcheck.period(cy).steps == (planned(DAY),)


def test_newcomers_are_what_adding_them_one_by_one_makes(fitcheck: FitCheck, book: Book) -> None:
    take(fitcheck, of(*PEOPLE[1:]))
    at_once = rows(book)

    def refresh(connection: Connection) -> None:
        for id_ in connection.scalars(select(tables.prospect.c.id)).all():
            lines.refresh(connection, id_)

    book.between_writes(refresh).result()
    assert rows(book) == at_once
    alone = fitcheck.add_prospect(Prospect("Somebody"))
    uids = book.between_writes(
        lambda each: each.scalars(select(tables.keeping.c.uid)).all()
    ).result()
    assert len({*uids}) == alone == 3
    assert [line.prospect.name for line in fitcheck.prospects("else")] == ["Bo Else"]
    assert fitcheck.abouts.tags() == {"Fair": 1, "hot": 1}


def test_a_second_import_of_the_same_changes_nothing(fitcheck: FitCheck, book: Book) -> None:
    take(fitcheck, of(*PEOPLE))
    before = rows(book)
    again = take(fitcheck, of(*PEOPLE))
    # “Bo Else” of elsewhere and “Cy New” of New Inc are the same by name and organisation.
    assert (again.added, again.merged) == (0, 3)
    assert {*again.gained.values()} == {()}
    assert rows(book) == before
    assert len(fitcheck.contacts.take_back().removed) == 3, "the first import is the last one"


def test_a_failing_write_leaves_nothing(
    fitcheck: FitCheck, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitcheck.add_prospect(ADA)
    before = rows(book)

    def fail(*_arguments: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(lines, "begin", fail)
    with pytest.raises(OSError, match="full"):
        take(fitcheck, of(*PEOPLE))
    assert rows(book) == before
    assert not fitcheck.contacts.can_take_back


class CalledOff(Exception):  # noqa: N818
    pass


@pytest.mark.parametrize("after", [0.0, 0.3, 0.9, 1.0])
def test_it_can_be_called_off_until_the_end(fitcheck: FitCheck, book: Book, after: float) -> None:
    many = of(*PEOPLE, *(Contact(f"Person {n} of many") for n in range(450)))
    fitcheck.add_prospect(ADA)
    before = rows(book)

    def report(done: float) -> None:
        if done >= after:
            raise CalledOff

    plan = fitcheck.contacts.plan(many)
    with pytest.raises(CalledOff):
        fitcheck.contacts.take(plan, plan.proposed, report=report)
    assert rows(book) == before


def test_a_plan_that_is_no_longer_true_takes_nothing(fitcheck: FitCheck, book: Book) -> None:
    ada = fitcheck.add_prospect(ADA)
    plan = fitcheck.contacts.plan(of(*PEOPLE))
    fitcheck.edit_prospect(ada, replace(ADA, role="Head"))
    before = rows(book)
    with pytest.raises(PlanOutdated):
        fitcheck.contacts.take(plan, plan.proposed)
    fitcheck.rights.erase(ada)
    with pytest.raises(PlanOutdated):
        fitcheck.contacts.take(plan, plan.proposed)
    assert [each[0] for each in before["prospect"]] == ["Ada Gump"]
    assert not by_name(fitcheck)


def test_an_import_of_several_makes_a_backup_first(fitcheck: FitCheck, book: Book) -> None:
    def made() -> int:
        return sum(each.reason is Reason.IMPORT for each in book.backups.all())

    take(fitcheck, of(PEOPLE[0]))
    assert made() == 0
    take(fitcheck, of(*PEOPLE[1:]))
    assert made() == 1


# Taking it back


def test_all_of_it_is_taken_back(fitcheck: FitCheck, book: Book) -> None:
    ada = fitcheck.add_prospect(ADA)
    fitcheck.abouts.save(ada, About("A friend", "Met in May.", (), ("fair",))).result()
    before = rows(book)
    take(fitcheck, of(*PEOPLE), Said("Spring fair", ("2026",)))
    done = fitcheck.contacts.take_back()
    assert (len(done.removed), done.put_back, done.stay) == (2, (ada,), {})
    assert rows(book) == before
    assert not fitcheck.contacts.can_take_back
    with pytest.raises(LookupError):
        fitcheck.contacts.take_back()


def test_an_import_that_is_taken_back_can_be_called_off(fitcheck: FitCheck, book: Book) -> None:
    take(fitcheck, of(*PEOPLE))
    before = rows(book)

    def report(_done: float) -> None:
        raise CalledOff

    with pytest.raises(CalledOff):
        fitcheck.contacts.take_back(report)
    assert rows(book) == before
    assert len(fitcheck.contacts.take_back().removed) == 3


def test_who_was_worked_with_since_stays(fitcheck: FitCheck) -> None:
    ada = fitcheck.add_prospect(ADA)
    bo = fitcheck.add_prospect(Prospect("Bo Else", "Elsewhere"))
    more = [Contact(f"Person {n} of many") for n in range(6)]
    take(fitcheck, of(PEOPLE[0], PEOPLE[1], replace(PEOPLE[2], role="Head"), *more))
    ids = by_name(fitcheck)
    edited, assessed, tagged, extended, kept, planned_for = (ids[each.name] for each in more)
    fitcheck.follow_ups.add(planned_for, DAY + dt.timedelta(9), Purpose.LOOK_IN, "They asked.")
    fitcheck.edit_prospect(edited, Prospect("Somebody else"))
    fitcheck.begin_assessment(assessed, Form.EVENT)
    fitcheck.abouts.tag([tagged], ["hot"], []).result()
    fitcheck.extend(extended, DAY + dt.timedelta(40), "they were ill")
    fitcheck.rights.keep_until(kept, DAY + dt.timedelta(400))
    # Of the two who were merged, one has an assessment, which has nothing to do with the merge.
    fitcheck.begin_assessment(ada, Form.EVENT)
    fitcheck.edit_prospect(bo, Prospect("Bo Else", "Elsewhere", "Director"))
    done = fitcheck.contacts.take_back()
    assert done.removed == (ids["Cy New"],)
    assert done.put_back == (ada,)
    assert {*done.stay} == {edited, assessed, tagged, extended, kept, planned_for, bo}
    assert done.stay[edited] == "Somebody else"
    assert fitcheck.prospect(ada) == ADA
    assert fitcheck.prospects()[0].id == bo


def test_who_is_erased_is_not_kept_in_mind(fitcheck: FitCheck) -> None:
    ada = fitcheck.add_prospect(ADA)
    take(fitcheck, of(*PEOPLE))
    cy = by_name(fitcheck)["Cy New"]
    for id_ in (ada, cy):
        fitcheck.contacts.forget(id_)
        fitcheck.rights.erase(id_)
    done = fitcheck.contacts.take_back()
    assert (len(done.removed), done.put_back, done.stay) == (1, (), {})
    assert not by_name(fitcheck)


def test_whoever_went_otherwise_is_left_out(fitcheck: FitCheck) -> None:
    fitcheck.add_prospect(ADA)
    take(fitcheck, of(*PEOPLE))
    for id_ in by_name(fitcheck).values():
        fitcheck.rights.erase(id_)
    done = fitcheck.contacts.take_back()
    assert (done.removed, done.put_back, done.stay) == ((), (), {})


def test_when_nobody_of_an_import_is_left_there_is_none_to_take_back(fitcheck: FitCheck) -> None:
    take(fitcheck, of(PEOPLE[1]))
    fitcheck.contacts.forget(by_name(fitcheck)["Cy New"])
    assert not fitcheck.contacts.can_take_back
    fitcheck.contacts.forget(1)


# Files of real programs, through to the book

FILES = {
    # By how many people they hold, counted by hand.
    "vcards": {
        "ANDROID": 2, "IPHONE": 2, "OUTLOOK": 1, "GOOGLE": 2, "FOUR": 2, "JAPANESE": 1, "AGENT": 2,
    },
    "tables": {
        "GOOGLE": 3, "GOOGLE_OLD": 1, "HUBSPOT": 2, "LINKEDIN": 2, "OUTLOOK": 2,
        "OUTLOOK_GERMAN": 1, "OWN_GERMAN": 4,
    },
}  # fmt: skip


def contacts_in_file(data: bytes) -> Contacts:
    if is_vcard(data):
        return read_vcards(data)
    table = read_table(data)
    return contacts_in(table, proposal(table))


@pytest.mark.parametrize(
    ("kind", "name", "total"),
    [(kind, name, total) for kind, files in FILES.items() for name, total in files.items()],
)
def test_everybody_in_a_file_is_added_merged_or_left(
    fitcheck: FitCheck, kind: str, name: str, total: int
) -> None:
    data: bytes = getattr({"vcards": vcards, "tables": exported}[kind], name)
    assert is_contacts(data)
    plan = fitcheck.contacts.plan(contacts_in_file(data))
    taken = fitcheck.contacts.take(plan, plan.proposed)
    assert taken.added + taken.merged + taken.not_taken == total
    assert len(fitcheck.prospects()) == taken.added
    # Once more, with the first of them left: nobody is there twice.
    plan = fitcheck.contacts.plan(contacts_in_file(data))
    choices = [Choice(Handling.LEAVE), *plan.boldly[1:]]
    again = fitcheck.contacts.take(plan, choices)
    assert again.added + again.merged + again.not_taken == total
    assert (again.added, len(again.left_out)) == (0, 1)
    assert len(fitcheck.prospects()) == taken.added


def test_files_of_other_kinds_are_no_contacts() -> None:
    for data in (
        b"",
        b"%PDF-1.7",
        b'{"format": "fitcheck/assessment"}',
        b"[1, 2]",
        b"just a letter to somebody, with commas, and more\nName, it said\n",
        b"\x00\x01\x02",
        b"id,amount\n1,2\n",
    ):
        assert not is_contacts(data)
    assert is_contacts(b"a,b\n1,2\n", "people.CSV")
    assert not is_contacts(b"{}", "people.csv")
    long = b"Name,E-mail\n" + b"Ada,ada@gump.example\n" * 5_000
    assert is_contacts(long)
    assert is_contacts(b"Name;E-mail\n" + b"x" * 100_000)


def test_a_plan_says_what_would_come_of_it(fitcheck: FitCheck, book: Book) -> None:
    fitcheck.add_prospect(Prospect("Cy New", "Elsewhere Ltd"))
    before = rows(book)
    plan = fitcheck.contacts.plan(of(*PEOPLE))
    outlook = fitcheck.contacts.outlook(plan, plan.boldly)
    assert (outlook.added, outlook.merged) == (2, 1)
    assert [each.name for each in outlook.unkept] == ["organisation"]
    assert fitcheck.contacts.outlook(plan, plan.proposed).added == 3
    assert rows(book) == before


def test_a_note_without_room_is_in_what_came_of_it(fitcheck: FitCheck) -> None:
    note = "x" * 30_000
    twice = of(replace(PEOPLE[1], note=note), replace(PEOPLE[1], note=note.replace("x", "y")))
    plan = fitcheck.contacts.plan(twice)
    assert plan.proposed[1] == Choice(Handling.JOIN, 0)
    taken = fitcheck.contacts.take(plan, plan.proposed)
    assert taken.too_long == (("Cy New", "y" * 30_000),)


def test_the_rows_of_one_prospect_do_not_move_while_others_are_read() -> None:
    assert [len(each) for each in intakes._portions(range(450))] == [200, 200, 50]
    assert Opening(DAY) != planned(DAY)
