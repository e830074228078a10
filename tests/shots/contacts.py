"""Contacts on their way in: each step."""

from __future__ import annotations

from pathlib import Path

from fitcheck.domain.book import About
from fitcheck.exchange.contact_table import read_table
from fitcheck.settings import Look
from tests.exchange.tables import GOOGLE
from tests.shots.camera import Camera, settle
from tests.ui.incoming_contacts import CARDS, TABLE, plan, taken
from ui.dialogs.contacts import ContactsDialog, Incoming
from ui.dialogs.prospect import EditProspectDialog, NewProspectDialog
from ui.main_window import MainWindow
from ui.theme import space


def contact_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """Each step of the dialog, as it is first seen."""
    context = window.context
    google = Incoming(Path("contacts.csv"), GOOGLE, table=read_table(GOOGLE))
    merging = ContactsDialog(window, context, CARDS)
    merging.people.table.selectRow(1)
    guessed = ContactsDialog(window, context, Incoming(Path("old.vcf"), b"", plan=plan(3)))
    guessed.people.table.selectRow(3)
    over = ContactsDialog(window, context, CARDS)
    over.show_taken(taken())
    window.show_page("prospects")
    (line, *_others) = context.fitcheck.prospects()
    about = About(
        "Jo Field, at the spring fair",
        "Wants to talk in May.\nE-mail: home@northbeam.example",
        ("https://northbeam.example/about/the-people", "www.northbeam.example"),
        ("Fair", "warm"),
    )
    context.fitcheck.abouts.save(line.id, about).result()
    window.prospects.refresh()
    camera.take(window, f"prospects-about-{look.value}")
    kept = context.fitcheck.rights.kept(line.id)
    for dialog, name in (
        (ContactsDialog(window, context, google), "contacts-columns"),
        (ContactsDialog(window, context, TABLE), "contacts-columns-guessed"),
        (merging, "contacts-people"),
        (guessed, "contacts-people-guessed"),
        (over, "contacts-taken"),
        (EditProspectDialog(window, line.prospect, kept, about), "contacts-edit-prospect"),
        (NewProspectDialog(window), "contacts-new-prospect"),
    ):
        dialog.show()
        if isinstance(dialog, ContactsDialog):
            dialog.resize(space(300), space(195))
        camera.take(dialog, f"{name}-{look.value}")
        dialog.close()
        dialog.deleteLater()
    settle()
