"""Pictures of the colleagues with their referrals, prospects side by side, and a quarter."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QDialog

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.book import About, Colleague
from fitcheck.domain.policy import Action
from fitcheck.domain.quarter import Quarter
from fitcheck.domain.referral import Referred, Result
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from tests.shots.camera import TODAY, Camera, settle, wait
from ui.dialogs.referral import Known, ReferralDialog
from ui.main_window import MainWindow
from ui.pages.beside import BesidePage
from ui.pages.colleagues import ColleaguesPage
from ui.pages.quarter import QuarterPage

COLLEAGUES = (
    Colleague(
        "Ruth Feldman",
        "ruth@feldman.example, +44 117 496 0142",
        "Boards that have stopped talking to each other; succession in family firms",
        dt.date(2026, 10, 2),
    ),
    Colleague("Tom Reyes", "tom@reyes.example", "Production lines, measured to the minute"),
    Colleague("Aleksandra Wiśniewska-Montgomery", "", "Brand and taste", dt.date(2025, 3, 30)),
)

WORDS = "Two days a week since May. She thanked me for being straight with her."


def referred(fitcheck: FitCheck) -> None:
    """Colleagues, and prospects who were sent to them."""
    ids = [fitcheck.referring.add_colleague(each) for each in COLLEAGUES]
    ruth, tom = COLLEAGUES[0].name, COLLEAGUES[1].name
    days = [dt.date(2026, month, 9) for month in (2, 6, 9, 11)]
    made = (
        ("Ada Bell", ids[0], Referred(ruth, days[0], Result.WORKING, dt.date(2026, 5, 4), WORDS)),
        ("Bram van den Berg", ids[0], Referred(ruth, days[1], Result.MET, days[1])),
        ("Zoë Ångström", ids[0], Referred(ruth, days[3])),
        ("Carlos Prieto", ids[1], Referred(tom, days[2], Result.NOTHING, TODAY, "Too far away.")),
        ("Ada Bell", None, Referred("Ingrid Moe", days[2])),
    )
    names = {name for name, *_rest in made}
    people = {name: fitcheck.add_prospect(Prospect(name)) for name in sorted(names)}
    for name, colleague, one in made:
        fitcheck.referring.refer(people[name], colleague, one)


def colleague_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """The page of colleagues, empty and filled, the dialog, and a prospect's referrals."""
    fitcheck = window.context.fitcheck
    window.show_page("colleagues")
    camera.take(window, f"colleagues-empty-{look.value}")
    referred(fitcheck)
    page = window.pages["colleagues"]
    assert isinstance(page, ColleaguesPage)
    page.enter()
    page.body.list.setCurrentRow(1)
    camera.take(window, f"colleagues-{look.value}")
    page.body.list.setCurrentRow(2)
    camera.take(window, f"colleagues-unasked-{look.value}")
    page.body.list.setCurrentRow(3)
    camera.take(window, f"colleagues-others-{look.value}")
    page.body.add()
    camera.take(window, f"colleagues-new-{look.value}")
    (*_rest, line) = fitcheck.referring.to_colleague(1)
    mended = Known(line.prospect_id, 1, line.referred.name, line.id, line.referred)
    dialogs: tuple[tuple[QDialog, str], ...] = (
        (ReferralDialog(window, fitcheck, Known(None, 2)), "referral"),
        (ReferralDialog(window, fitcheck, mended), "referral-mend"),
    )
    for dialog, name in dialogs:
        dialog.show()
        dialog.activateWindow()
        settle()
        camera.take(dialog, f"{name}-{look.value}")
        dialog.close()
        dialog.deleteLater()
    window.show_page("prospects")
    camera.take(window, f"prospects-referred-{look.value}")


def beside_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """Two, and five with a long name, of which one isn't finished."""
    fitcheck = window.context.fitcheck
    demo = list(load_demo())
    long = replace(demo[4].prospect, name="Maximiliane von Hohenstein-Wittgenstein-Berleburg")
    demo[4:5] = [replace(demo[4], prospect=long)]
    ids = []
    for at, assessment in enumerate(demo[:6]):
        added = fitcheck.add_assessment(assessment, finished=at != 3)
        ids.append(fitcheck.interview(added).prospect_id)
    page = window.pages["beside"]
    assert isinstance(page, BesidePage)
    page.show_prospects(ids[:2])
    window.show_page("beside")
    camera.take(window, f"beside-two-{look.value}")
    page.show_prospects(ids)
    camera.take(window, f"beside-{look.value}")
    page.body.only_differing.setChecked(True)
    page.body.table.choose(4)
    page.body.table.scrollToBottom()
    camera.take(window, f"beside-differing-{look.value}")
    page.show_prospects(ids[3:4])
    camera.take(window, f"beside-empty-{look.value}")


def quarter_screens(window: MainWindow, camera: Camera, look: Look) -> None:
    """A quarter with events and sources, and one in which nothing happened."""
    fitcheck = window.context.fitcheck
    events = ("Chamber breakfast", "Spring fair, Bristol", "Chamber breakfast", "", "By chance")
    sources = ("Ruth Feldman", "", "The website", "Ruth Feldman", "A talk that I gave")
    for at in range(23):
        person = Prospect(f"Person {at}", met_at=events[at % 5])
        id_ = fitcheck.add_prospect(person)
        fitcheck.abouts.save(id_, About(source=sources[at % 4])).result()
        if at % 3:
            fitcheck.decide(id_, list(Action)[at % 7 % 3], "because")
    page = window.pages["quarter"]
    assert isinstance(page, QuarterPage)
    window.show_page("quarter")
    wait(lambda: page.body.sheet is not None, "the quarter")
    camera.take(window, f"quarter-{look.value}")
    page.body.show_quarter(Quarter(2025, 1))
    wait(lambda: page.body.sheet is not None, "the quarter")
    camera.take(window, f"quarter-nothing-{look.value}")


def other_screens(app: QApplication, camera: Camera, look: Look) -> None:
    """All of them in one look, over a book of their own."""
    from tests.shots.__main__ import open_book, open_window

    with open_book(look) as fitcheck, open_window(app, fitcheck) as window:
        window.resize(1280, 720)
        colleague_screens(window, camera, look)
        beside_screens(window, camera, look)
        quarter_screens(window, camera, look)
