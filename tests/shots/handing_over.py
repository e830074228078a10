"""The pictures of handing the laptop over: the card before it, the form, and the way back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.profile import Profile
from fitcheck.exchange.form_pdf import read_form
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from tests.exchange.forms import IDS, blank, by_value_alone
from tests.shots.camera import TODAY, Camera, settle
from ui.dialogs.filled_form import FilledFormDialog
from ui.dialogs.hand_over import HandOverDialog
from ui.front_window import FrontWindow
from ui.pages.their_form import TheirForm
from ui.pages.way_back import WayBack
from ui.theme import Theme, apply_theme, theme_of

SIZE = (1280, 720)
"""The smallest screen that the form has to fit on without scrolling."""


def hand_over_screens(app: QApplication, camera: Camera, look: Look, profile: Profile) -> None:
    """All of them in one look, the question once more with text of twice the size."""
    theme = theme_of(look, profile.accent)
    apply_theme(app, theme)

    def named(name: str) -> str:
        return f"{name}-{look.value}"

    _cards(camera, named)
    with tempfile.TemporaryDirectory(prefix="fitcheck-shots-") as folder:
        fitcheck = FitCheck.open(Path(folder), lambda: TODAY)
        fitcheck.save_preferences(replace(fitcheck.preferences, profile=profile))
        begun = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Mara")), Form.FULL)
        _came_back(camera, named, fitcheck, begun)
        _form(camera, named, theme, fitcheck, begun)
        font = app.font()
        twice = QFont(font)
        twice.setPointSizeF(font.pointSizeF() * 2)
        app.setFont(twice)
        apply_theme(app, theme)
        _large(camera, named, theme, fitcheck, begun)
        app.setFont(font)
        apply_theme(app, theme)
        fitcheck.close()


def _came_back(camera: Camera, named: Callable[[str], str], fitcheck: FitCheck, begun: int) -> None:
    """The form that came back as a PDF: one answer is another than before, one can’t be read."""
    interview = fitcheck.interview(begun)
    interview.set_value(IDS[0], 1)
    texts = {"name": "Mara", "comment": "Could Jonas join us? He knows the warehouse by heart."}
    once = by_value_alone(dict.fromkeys(IDS, 3), texts, blank(fitcheck.their_forms.token(begun)))
    form = fitcheck.their_forms.match(read_form(by_value_alone({IDS[2]: 0}, {}, once)), interview)
    parent = QWidget()
    dialog = FilledFormDialog(parent, form)
    dialog.show()
    dialog.activateWindow()
    camera.take(dialog, named("filled-form"))
    dialog.close()
    interview.undo()


def _cards(camera: Camera, named: Callable[[str], str]) -> None:
    parent = QWidget()
    for protected, name in ((True, "hand-over"), (False, "hand-over-with-a-pin")):
        dialog = HandOverDialog(parent, protected=protected)
        dialog.show()
        dialog.activateWindow()
        camera.take(dialog, named(name))
        dialog.done(0)
        dialog.deleteLater()
    parent.deleteLater()


def _shown(page: TheirForm | WayBack) -> FrontWindow:
    front = FrontWindow()
    front.resize(*SIZE)
    front.show_page(page)
    front.show()
    front.activateWindow()
    page.take_focus()
    settle()
    return front


def _gone(front: FrontWindow) -> None:
    front.hide()
    front.deleteLater()
    settle()


def _form(
    camera: Camera, named: Callable[[str], str], theme: Theme, fitcheck: FitCheck, begun: int
) -> None:
    form = fitcheck.their_forms.hand_over(begun)
    page = TheirForm(theme, form)
    front = _shown(page)
    camera.take(front, named("their-form-welcome"))
    page.begin_button.click()
    page.next_button.click()
    camera.take(front, named("their-form-first"))
    for level in (3, 4, 2):
        page.question.answers.rows[level].click()
        page.next_button.click()
    page.question.answers.rows[1].click()
    camera.take(front, named("their-form-question"))
    for _question in form.questions[3:]:
        page.skip_button.click()
    camera.take(front, named("their-form-thanks"))
    page.again_button.click()
    camera.take(front, named("their-form-left-out"))
    _gone(front)
    form.close()
    front = _shown(WayBack("0000"))
    camera.take(front, named("hand-over-back"))
    _gone(front)


def _large(
    camera: Camera, named: Callable[[str], str], theme: Theme, fitcheck: FitCheck, begun: int
) -> None:
    form = fitcheck.their_forms.hand_over(begun)
    page = TheirForm(theme, form)
    front = _shown(page)
    camera.take(front, named("their-form-welcome-200"))
    page.begin_button.click()
    page.question.answers.rows[3].click()
    camera.take(front, named("their-form-question-200"))
    _gone(front)
    form.close()
