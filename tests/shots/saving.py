"""A disk that is full, and a book in a folder that a program synchronises."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from fitcheck.domain.bank import Form
from fitcheck.i18n import _
from fitcheck.settings import Look
from fitcheck.store.whereabouts import Whereabouts
from fitcheck.surroundings import sentences
from tests.shots.camera import Camera, settle, wait
from tests.store.refusing import refusing
from ui.dialogs.prospect import NewProspectDialog

SMALL = (1280, 720)


def saving_screens(app: QApplication, camera: Camera, look: Look) -> None:
    """What is said, on the interview and in a dialog, on a window that is not large."""
    from tests.shots.__main__ import begin, open_book, open_known, open_window

    with (
        refusing() as refusals,
        open_book(look) as fitcheck,
        open_window(app, fitcheck) as window,
    ):
        window.resize(*SMALL)
        open_known(window, begin(fitcheck, 14, Form.FULL))
        assert window.interview is not None
        refusals.at = 0
        window.interview.set_note("opener", "Asks twice before they answer once.")
        wait(lambda: window.save_mark.text() == _("not saved"), "the disk to refuse")
        camera.take(window, f"not-saved-{look.value}")
        dialog = NewProspectDialog(window)
        dialog.write = lambda: fitcheck.save_drafts({"name": "Ada"})
        dialog.contact.fields["name"].setText("Ada Bell")
        dialog.show()
        dialog.accept()
        camera.take(dialog, f"not-saved-dialog-{look.value}")
        dialog.reject()
        dialog.deleteLater()
        refusals.at = None
        window.saving.again.click()
        wait(lambda: window.save_mark.text() == _("saved"), "the disk to take it")
        first, *rest = sentences(Whereabouts("cifs", "Dropbox", ("book (conflicted copy).db",)))
        window.show_page("prospects")
        window.surroundings.banner.say(first, "\n\n".join(rest))
        settle()
        camera.take(window, f"whereabouts-{look.value}")
