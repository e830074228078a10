"""Contacts on their way in, for dialogs that are looked at without a file."""

from __future__ import annotations

from pathlib import Path

from fitcheck.contacts import Plan, Taken
from fitcheck.domain.arrivals import arrivals
from fitcheck.domain.arrived import unkept
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import Contact, Contacts, Found, Left, Place, WhyLeft
from fitcheck.domain.duplicates import acquaintances
from fitcheck.exchange.contact_table import read_table
from tests.exchange.tables import OUTLOOK_GERMAN
from ui.dialogs.contacts import Incoming

BOOK = {
    1: Prospect("Ada Gump", "Gump Works", "Head of sales", "ada@gump.example", "030 1234567"),
    2: Prospect("Jo Field", "Field & Daughters"),
}
PEOPLE = (
    Contact("Zoë Brontë", "Brontë SARL", "Directrice", ("zoe@bronte.example",)),
    Contact(
        "Gump, Ada",
        "Gump Works Ltd",
        "Chief executive",
        ("ada@gump.example", "ada@home.example"),
        ("+49 30 1234567",),
        note="Met at the spring fair; wants to talk in May.",
        tags=("Fair", "warm"),
        links=("https://gump.example",),
    ),
    Contact("Jo Field", "Fieldwork"),
    Contact("Zoe Bronte", "Brontë SARL", "CEO", phones=("+33 1 99 00 12 34",)),
    Contact("Bo Else", "Elsewhere", emails=("bo@else.example",)),
)
LEFT = (
    Left("PHOTO", WhyLeft.MEDIA, tuple(Place(n, 20 * n) for n in range(1, 6))),
    Left("ADR", WhyLeft.NO_PLACE, (Place(2, 44),)),
    Left("", WhyLeft.NO_NAME, (Place(6, 120),)),
)


def plan(guessed: int = 0) -> Plan:
    """Five people, of whom two are known or may be, and two are one."""
    found = tuple(Found(each, Place(n, 20 * n)) for n, each in enumerate(PEOPLE, start=1))
    coming = arrivals(found, acquaintances(BOOK.items()))
    return Plan(Contacts(found, LEFT, guessed), coming, BOOK)


def taken() -> Taken:
    made = plan()
    result = made.comes_to(made.proposed)
    return Taken(result, (), LEFT, tuple(unkept(result)))


CARDS = Incoming(Path("spring-fair.vcf"), b"", plan=plan())
TABLE = Incoming(Path("Kontakte.csv"), OUTLOOK_GERMAN, table=read_table(OUTLOOK_GERMAN))
