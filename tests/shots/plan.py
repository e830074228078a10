"""Screenshots of the plan page for each recommendation, and of the settings that it draws on."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QApplication

from fitcheck.domain.book import Colleague
from fitcheck.domain.plan import Section
from fitcheck.exchange.demo import load_demo
from fitcheck.settings import Look
from tests.shots.camera import Camera, settle
from ui.main_window import MainWindow
from ui.pages.plan import PlanPage

SMALL = (1280, 720)
COLLEAGUES = (
    Colleague(
        "Ruth Feldman",
        "ruth@feldman-boards.example",
        "Boards, and questions that nobody likes to be asked",
        dt.date(2026, 10, 2),
    ),
    Colleague("Tomás Reyes", "+44 20 7946 0177", "Rooms, colours, and people who disagree on them"),
)
BOUNDARIES = (
    "I am not to be reached at weekends, and I don’t reach for you.",
    "What I am told in confidence stays with me, whoever asks.",
)


def plan_screens(app: QApplication, camera: Camera, look: Look) -> None:
    """What is seen first, and the whole of it, for each recommendation."""
    from tests.shots.__main__ import finished_ones, open_book, open_window

    with open_book(look) as fitcheck, open_window(app, fitcheck) as window:
        window.resize(*SMALL)
        for assessment in load_demo():
            fitcheck.add_assessment(assessment)
        for name, assessment_id in finished_ones(fitcheck).items():
            window.open_assessment(assessment_id)
            page = _plan(window)
            camera.take(window, f"plan-{name}-{look.value}")
            assert page.sheet is not None
            camera.take(page.sheet, f"plan-{name}-whole-{look.value}")
        _moved(window, camera, look)
        page = _plan(window)
        assert page.sheet is not None
        page.sheet.show_more(True)
        camera.take(page.sheet, f"plan-more-{look.value}")
        for colleague in COLLEAGUES:
            fitcheck.referring.add_colleague(colleague)
        settings = window.settings
        window.show_page("settings")
        settings.boundaries.rows.show_value(BOUNDARIES)
        settle()
        settings.scroll_area.ensureWidgetVisible(settings.to_colleagues)
        camera.take(window, f"settings-colleagues-{look.value}")


def _moved(window: MainWindow, camera: Camera, look: Look) -> None:
    """A section that was written, and whose draft says something else by now."""
    page, interview = _plan(window), window.interview
    assert page.sheet is not None
    assert interview is not None
    written = page.sheet.parts[Section.CONDITIONS].editor
    written.show_value(("We begin on line 2, and on no other, until Easter.",))
    written.kept.emit()
    low = next(q for q in interview.questions if q.condition and interview.answer(q.id).level == 4)
    interview.set_value(low.id, 1)
    page.enter()
    settle()
    page._area.ensureWidgetVisible(page.sheet.parts[Section.CONDITIONS].notice)
    camera.take(window, f"plan-moved-{look.value}")


def _plan(window: MainWindow) -> PlanPage:
    window.show_page("plan")
    settle()
    page = window.pages["plan"]
    assert isinstance(page, PlanPage)
    return page
