"""Screenshots of the twelve-minute inquiry on a small laptop's screen, and of the pocket card."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog

from fitcheck.domain.bank import Form
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import CardSheet, pocket_card
from fitcheck.inquiry import Inquiry, Pile
from fitcheck.library import load_bank
from fitcheck.settings import Look
from tests.shots.camera import Camera, render_document, settle
from ui.dialogs.find_question import FindQuestionDialog
from ui.dialogs.pocket_card import PocketCardDialog
from ui.main_window import MainWindow

SMALL = (1280, 720)

_SAID = (
    (Pile.STOP, "Sending a junior where the partner was promised"),
    (Pile.STOP, "Invoices for extras that nobody had announced"),
    (Pile.KEEP, "A page a week on what was done and what comes next, even when it was little"),
    (Pile.START, "Saying early when a date is in danger"),
)


def inquiry_screens(app: QApplication, camera: Camera, look: Look) -> None:
    """The inquiry at its beginning, and near its end with something in every list."""
    from tests.shots.__main__ import begin, open_book, open_known, open_window

    with open_book(look) as fitcheck, open_window(app, fitcheck) as window:
        window.resize(*SMALL)
        begun = begin(fitcheck, 14, Form.FULL)
        open_known(window, begun)
        camera.take(window, f"interview-small-{look.value}")
        window.show_page("inquiry")
        camera.take(window, f"inquiry-{look.value}")
        assert window.interview is not None
        inquiry = Inquiry(window.interview)
        for part_seconds in (130, 70, 200, 40, 75, 100):
            inquiry.spend(part_seconds)
            inquiry.step(1)
        for pile, words in _SAID:
            inquiry.write(words)
            inquiry.put(pile)
        inquiry.write("They rang before I had to ask. I’d tell anyone about that.")
        window.pages["inquiry"].enter()
        settle()
        camera.take(window, f"inquiry-later-{look.value}")
        quiet = FindQuestionDialog(window, window.interview.questions, quiet=True)
        for dialog, name in ((quiet, "inquiry-find"), (_card(window), "pocket-card")):
            dialog.show()
            camera.take(dialog, f"{name}-{look.value}")
            dialog.close()
            dialog.deleteLater()


def _card(window: MainWindow) -> QDialog:
    return PocketCardDialog(window, window.context)


def card_pages(camera: Camera) -> None:
    """The front of the pocket card on each sheet."""
    for sheet in CardSheet:
        card = pocket_card(load_bank(), sheet)
        camera.take_page(render_document(card, Paper.A4), f"pocket-card-{sheet.value}")
    letter = render_document(pocket_card(load_bank(), CardSheet.FOUR_UP), Paper.LETTER)
    camera.take_page(letter, "pocket-card-four-up-letter")
