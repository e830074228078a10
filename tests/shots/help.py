"""The palette, the guide, the about page and the tour."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from fitcheck.guide import Place
from fitcheck.i18n import _
from fitcheck.settings import Look
from tests.shots.camera import Camera, settle, wait
from ui.dialogs.about import AboutDialog
from ui.dialogs.guide import GuideDialog
from ui.dialogs.palette import PaletteDialog
from ui.dialogs.tour import TourDialog
from ui.main_window import MainWindow
from ui.palette.entries import entries


def help_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """Over the demonstration's prospects, with one of them in hand."""
    window.show_page("prospects")
    palette = PaletteDialog(window, window.context, entries(window), page=window.page_name)
    _take(palette, camera, f"palette-{look.value}")
    for text, name in (("mar", "mixed"), ("pro", "words"), ("verd", "off")):
        typed = PaletteDialog(window, window.context, entries(window), page=window.page_name)
        typed.field.setText(text)
        _wait_for(typed)
        _take(typed, camera, f"palette-{name}-{look.value}")

    for page in ("list", "keys", "own-questions"):
        guide = GuideDialog(window, window.context.theme, Place(f"{page}.md"))
        guide.resize(1100, 700)
        _take(guide, camera, f"guide-{page}-{look.value}")
    _take(AboutDialog(window, window.context.fitcheck), camera, f"about-{look.value}")
    for card in range(3):
        tour = TourDialog(window, window.context.theme)
        for _step in range(card):
            tour.next_button.click()
        _take(tour, camera, f"tour-{card + 1}-{look.value}")
    searched = GuideDialog(window, window.context.theme, Place("how-fitcheck-judges.md"))
    searched.field.setText(_("Recovery key: {key}").partition(":")[0])
    _take(searched, camera, f"guide-search-{look.value}")


def _wait_for(palette: PaletteDialog) -> None:
    wait(lambda: not palette.busy, "who fits")


def _take(dialog: QDialog, camera: Camera, name: str) -> None:
    dialog.show()
    camera.take(dialog, name)
    dialog.close()
    dialog.deleteLater()
    settle()
