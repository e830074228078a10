"""Which page of the guide belongs to what is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fitcheck.guide import START, Place

PAGES = {
    "prospects": "list.md",
    "interview": "first-prospect.md#ask",
    "verdict": "first-prospect.md#decide",
    "plan": "plan.md",
    "report": "documents.md",
    "inquiry": "inquiry.md",
    "agenda": "follow-ups.md#what-is-due",
    "colleagues": "colleagues.md",
    "record": "track-record.md",
    "line": "follow-ups.md#over-the-years",
    "beside": "comparing.md#side-by-side",
    "quarter": "comparing.md#the-quarter",
    "settings": "settings.md",
}
"""The pages of the window by their names."""

WIDGETS = {
    # What stands before the book.
    "WelcomePage": "protection.md#protect-it",
    "UnlockPage": "protection.md#unlock-it",
    "RescuePage": "damaged-book.md#when-it-doesnt-open",
    "NotLockedPage": "disk.md",
    # Dialogs.
    "TourDialog": "first-prospect.md",
    "AboutDialog": "your-data.md",
    "BackupsDialog": "your-data.md#backups",
    "IncomingBankDialog": "own-questions.md",
    "CalendarDialog": "follow-ups.md#in-your-calendar",
    "ContactsDialog": "contacts.md",
    "MergeWithDialog": "contacts.md#who-is-coming",
    "CrashDialog": "your-data.md#when-fitcheck-itself-goes-wrong",
    "DealBreakersDialog": "first-prospect.md#ask",
    "EraseDialog": "people.md#erase-them",
    "ErasedDialog": "people.md#erase-them",
    "KeptDialog": "people.md#for-how-long",
    "FilledFormDialog": "their-own-form.md#by-mail-or-on-paper",
    "FindQuestionDialog": "first-prospect.md#ask",
    "FollowUpDialog": "follow-ups.md#planning-one",
    "MoveDialog": "follow-ups.md#what-is-due",
    "HandOverDialog": "their-own-form.md#hand-the-laptop-over",
    "KeysDialog": "keys.md",
    "PaletteDialog": "keys.md",
    "OverrideDialog": "first-prospect.md#decide",
    "ExtendDialog": "dates.md#opened-extended-decided",
    "DecideDialog": "dates.md#opened-extended-decided",
    "PocketCardDialog": "inquiry.md#the-pocket-card",
    "NewProspectDialog": "first-prospect.md#begin",
    "EditProspectDialog": "contacts.md#what-is-known-of-somebody-beside-the-contact",
    "KnownProspectDialog": "moving.md#a-single-assessment",
    "ProtectDialog": "protection.md#protect-it",
    "ChangePassphraseDialog": "protection.md#change-it",
    "RecoveryKeyDialog": "protection.md#protect-it",
    "ReferralDialog": "colleagues.md#referrals-and-what-came-of-them",
    "ExportBookDialog": "moving.md#the-whole-book-in-one-file",
    "BookPassphraseDialog": "moving.md#bringing-it-in",
    "IncomingBookDialog": "moving.md#bringing-it-in",
    "TakenBookDialog": "moving.md#bringing-it-in",
}
"""Dialogs, and what stands before the book, by the names of their classes."""


def place_of(widget: QWidget | None) -> Place:
    """The page for a dialog, or for whatever it was opened over; the contents for want of any."""
    from ui.main_window import MainWindow

    while widget is not None:
        if isinstance(widget, MainWindow):
            return Place.of(PAGES[widget.page_name])
        topic = WIDGETS.get(type(widget).__name__)
        if topic is not None:
            return Place.of(topic)
        widget = widget.parentWidget()
    return Place(START)
