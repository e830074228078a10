"""Screenshots of each step of the interview on a small laptop's screen, also with large text.

Every step is named ``step-…``: as it opens, quiet where that looks otherwise, and all of it with
text at 200 %.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDialog

from fitcheck.domain.bank import Form
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from tests.shots.camera import Camera, settle
from tests.shots.inquiry import SMALL
from ui.dialogs.deal_breakers import DealBreakersDialog
from ui.dialogs.find_question import FindQuestionDialog
from ui.dialogs.override import OverrideDialog
from ui.main_window import MainWindow
from ui.pages.interview import InterviewPage
from ui.theme import apply_theme, theme_of

Take = Callable[[str], None]


@contextmanager
def text_at(app: QApplication, scale: int, look: Look) -> Iterator[None]:
    """Text so many times as large, and as it was afterwards."""
    font = app.font()
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * scale)
    app.setFont(large)
    apply_theme(app, theme_of(look))
    try:
        yield
    finally:
        app.setFont(font)
        apply_theme(app, theme_of(look))


def interview_screens(app: QApplication, camera: Camera, look: Look) -> None:
    """Every step, with text as usual and twice as large."""
    from tests.shots.__main__ import open_book, open_window

    for scale in (1, 2):
        ending = f"{'-200' if scale == 2 else ''}-{look.value}"
        with (
            text_at(app, scale, look),
            open_book(look) as fitcheck,
            open_window(app, fitcheck) as window,
        ):
            window.resize(*SMALL)

            def take(name: str, window: MainWindow = window, ending: str = ending) -> None:
                camera.take(window, f"step-{name}{ending}")

            _full_form(window, take)
            _dialogs(window, camera, ending)
            _event_form(window, take)
            _again(fitcheck, window, take)


def _page(window: MainWindow) -> InterviewPage:
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    return page


def _full_form(window: MainWindow, take: Take) -> None:
    from tests.shots.__main__ import begin, open_known

    page = _page(window)
    window.open_assessment(begin(window.context.fitcheck, 0, Form.FULL))
    settle()
    take("opening")
    open_known(window, begin(window.context.fitcheck, 4, Form.FULL))
    take("question")
    interview = window.interview
    assert interview is not None
    longest = max(interview.questions, key=lambda question: len(question.say))
    interview.go_to(longest.id)
    interview.set_value(longest.id, 3)
    page.enter()
    take("longest")
    page.card.toggle_why()
    take("why")
    page.card.toggle_why()
    page.card.open_note()
    page.card.note.insertPlainText("She named three suppliers, and what each of them taught her.")
    settle()
    take("note")
    page.card.take_focus()
    page._toggle_quiet()
    take("quiet")
    page._toggle_quiet()
    page.peek(True)
    take("peek")
    page.peek(False)
    open_known(window, begin(window.context.fitcheck, 36, Form.FULL))
    take("enough")


def _dialogs(window: MainWindow, camera: Camera, ending: str) -> None:
    interview = window.interview
    assert interview is not None
    recommendation = interview.judgement.recommendation
    dialogs: tuple[tuple[QDialog, str], ...] = (
        (FindQuestionDialog(window, interview.questions), "find"),
        (DealBreakersDialog(window, interview.bank.deal_breakers, {}), "deal-breakers"),
        (OverrideDialog(window, recommendation, None), "override"),
    )
    for dialog, name in dialogs:
        dialog.show()
        camera.take(dialog, f"step-{name}{ending}")
        dialog.close()
        dialog.deleteLater()
    settle()


def _event_form(window: MainWindow, take: Take) -> None:
    from tests.shots.__main__ import begin, open_known

    page = _page(window)
    open_known(window, begin(window.context.fitcheck, 11, Form.EVENT))
    take("event-quiet")
    page._toggle_quiet()
    take("event")
    page._toggle_quiet()
    page.finish("verdict")
    take("end-quiet")
    page._toggle_quiet()
    take("gut")
    page.closing.skip_button.click()
    take("leaning")
    page.closing.endings[0].click()
    take("next-step")
    window.show_page("verdict")
    take("verdict")
    assert window.interview is not None
    window.interview.reopen()
    window.pages["verdict"].enter()
    take("not-finished")


def _again(fitcheck: FitCheck, window: MainWindow, take: Take) -> None:
    from tests.shots.__main__ import begin, open_known

    first = fitcheck.interview(begin(fitcheck, 36, Form.FULL))
    first.finish()
    begun = fitcheck.assess_again(first.prospect_id)
    open_known(window, begun)
    assert window.interview is not None
    for question in window.interview.questions[:5]:
        window.interview.set_value(question.id, window.interview.answer(question.id).value)
    window.interview.go_to(window.interview.questions[6].id)
    _page(window).begin()
    _page(window).enter()
    take("carried-over")
