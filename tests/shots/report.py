"""Screenshots of the report page on a small laptop's screen: pages, a place found, held back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from fitcheck.domain.plan import Plan
from fitcheck.domain.report import Edition
from fitcheck.exchange.demo import load_demo
from fitcheck.settings import Look
from tests.shots.camera import Camera, settle, wait
from ui.main_window import MainWindow
from ui.pages.report import ReportPage

SMALL = (1280, 720)

_NOTE = "Her finance lead decides everything here, and she does not know that I noticed it."


def report_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """The report page of a finished assessment, and of one whose plan repeats a note."""
    fitcheck = window.context.fitcheck
    page = window.pages["report"]
    assert isinstance(page, ReportPage)
    window.resize(*SMALL)
    whole = load_demo()[0]
    window.open_assessment(fitcheck.add_assessment(whole))
    window.show_page("report")
    page.stand_at({})
    for edition in (Edition.PRIVATE, Edition.PROSPECT):
        page.chips[edition].click()
        wait(lambda: not window.context.busy and page.view.drawn, "the report")
        camera.take(window, f"report-{edition.value}-{look.value}")
    page.view.fit_page()
    page.find_in_it()
    page.find_bar.line.setText("stage")
    wait(lambda: not window.context.busy and page.view.drawn, "what is found")
    camera.take(window, f"report-found-{look.value}")
    page.find_bar.close_button.click()
    page.view.fit_width()
    question = next(iter(whole.answers))
    leaky = replace(
        whole,
        answers={**whole.answers, question: replace(whole.answers[question], note=_NOTE)},
        plan=replace(Plan(), conditions=(f"We talk before each stage. {_NOTE}",)),
    )
    window.open_assessment(fitcheck.add_assessment(leaky))
    window.show_page("report")
    page.chips[Edition.PROSPECT].click()
    wait(lambda: not window.context.busy, "what holds it back")
    assert page.held_back.isVisible()
    camera.take(window, f"report-held-back-{look.value}")
    settle()


def main() -> None:
    """These pictures alone: ``python -m tests.shots.report DIR``."""
    import sys
    from pathlib import Path

    from tests.shots.__main__ import open_book, open_window
    from ui.app import make_application

    app = make_application(["fitcheck"])
    assert isinstance(app, QApplication)
    for look in (Look.LIGHT, Look.DARK):
        with open_book(look) as fitcheck, open_window(app, fitcheck) as window:
            report_screens(window, Camera(Path(sys.argv[1])), look)


if __name__ == "__main__":
    main()
