"""Screenshots of every screen, light and dark, in every language: ``python -m tests.shots``.

The key screens are taken in high contrast and at larger scales as well; ``--look``, ``--scale``
and ``--only`` take just those of them.

The real pages over the demonstration's prospects, in a throw-away book, on a fixed day. Without
``--out``, the two pictures that the README shows go to ``docs/pictures``, those of the guide to
``docs/guide/pictures``, smaller, and all of them to ``shots``. ``--guide`` makes the guide's alone.
What is in German goes to a folder ``de`` in there, and that of the guide to ``docs/guide/de``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from fitcheck.domain.assessment import DealBreakerState, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import Edition
from fitcheck.exchange.demo import load_demo
from fitcheck.i18n import languages
from fitcheck.services import FitCheck
from fitcheck.settings import Look
from fitcheck.store.book import Book
from tests.shots.book import book_screens
from tests.shots.camera import ROOT, TODAY, Camera, guide_folder, render_document, settle, wait
from tests.shots.contacts import contact_screens
from tests.shots.crash import crash_dialog
from tests.shots.documents import document_pages
from tests.shots.exchanging import exchange_screens
from tests.shots.following import following_screens
from tests.shots.handing_over import hand_over_screens
from tests.shots.help import help_screens
from tests.shots.inquiry import card_pages, inquiry_screens
from tests.shots.interview import interview_screens
from tests.shots.keeping import keeping_screens
from tests.shots.looks import KEY, MATRIX, SCALES, key_screens, take_at
from tests.shots.others import other_screens
from tests.shots.plan import plan_screens
from tests.shots.protection import SHEET, protection_screens
from tests.shots.questions import questions_screens
from tests.shots.record import record_screens
from tests.shots.report import report_screens
from tests.shots.rights import rights_screens
from tests.shots.saving import saving_screens
from ui.app import make_application, make_window
from ui.dialogs.keys import KeysDialog
from ui.dialogs.period import DecideDialog, ExtendDialog
from ui.dialogs.prospect import NewProspectDialog
from ui.main_window import MainWindow
from ui.speaking import speak_in
from ui.steps import IdleSteps
from ui.widgets.verdict_sheet import VerdictSheet

SIZE = (1280, 800)
_LARGEST = 3

PROFILE = Profile(
    name="Ines Calder",
    business="Calder Consulting",
    email="ines@calder.example",
    phone="+44 20 7946 0991",
    website="calder.example",
    address="12 Lark Rise\nBath BA1 5TT",
)


@contextmanager
def open_book(look: Look) -> Iterator[FitCheck]:
    """An empty throw-away book whose clock goes on by half a day with every write."""
    hours = iter(range(0, 100_000, 11))

    def now() -> dt.datetime:
        begin = dt.datetime(2026, 11, 12, 8, 30, tzinfo=dt.UTC)
        return begin + dt.timedelta(hours=next(hours) / 2)

    with tempfile.TemporaryDirectory(prefix="fitcheck-shots-") as folder:
        fitcheck = FitCheck(Book.open(Path(folder), now), lambda: TODAY)
        fitcheck.save_preferences(replace(fitcheck.preferences, profile=PROFILE, look=look))
        try:
            yield fitcheck
        finally:
            fitcheck.close()


@contextmanager
def open_window(app: QApplication, fitcheck: FitCheck) -> Iterator[MainWindow]:
    window = make_window(app, fitcheck)
    window.resize(*SIZE)
    window.show()
    settle()
    try:
        yield window
    finally:
        window.context.close()
        window.hide()
        window.deleteLater()
        settle()


def begin(fitcheck: FitCheck, answers: int, form: Form) -> int:
    """An interview in the middle: the first demonstration's answers, as far as ``answers``."""
    whole = load_demo()[0]
    kept = dict(list(whole.answers.items())[:answers])
    person = Prospect(
        "Mara Lindqvist", "Lindqvist & Daughters", "Owner", met_at="Chamber breakfast"
    )
    begun = replace(
        whole, form=form, answers=kept, prospect=person, override=None, deal_breakers={}
    )
    return fitcheck.add_assessment(begun, finished=False)


def screens(app: QApplication, camera: Camera, look: Look) -> None:
    """Every screen in one look."""

    def named(name: str) -> str:
        return f"{name}-{look.value}"

    with open_book(look) as fitcheck, open_window(app, fitcheck) as window:
        camera.take(window, named("prospects-empty"))
        for assessment in load_demo():
            fitcheck.add_assessment(assessment)
        open_one = begin(fitcheck, 14, Form.FULL)
        window.prospects.enter()
        camera.take(window, named("prospects"))
        window.prospects.search.setText("nobody of that name")
        window.prospects.refresh()
        camera.take(window, named("prospects-nobody"))
        window.prospects.clear_search()
        dialogs: tuple[tuple[QDialog, str], ...] = (
            (NewProspectDialog(window), "new-prospect"),
            (KeysDialog(window, window.helping.overview()), "keys"),
            (crash_dialog(window), "crash"),
        )
        for dialog, name in dialogs:
            dialog.show()
            camera.take(dialog, named(name))
            dialog.close()
            dialog.deleteLater()
        settle()
        window.activateWindow()
        open_known(window, open_one)
        camera.take(window, named("interview"))
        fitcheck.save_preferences(replace(fitcheck.preferences, show_totals=True))
        open_known(window, open_one)
        camera.take(window, named("interview-totals"))
        fitcheck.save_preferences(replace(fitcheck.preferences, show_totals=False))
        window.open_assessment(begin(fitcheck, 0, Form.FULL))
        settle()
        camera.take(window, named("interview-opening"))
        open_known(window, begin(fitcheck, 5, Form.EVENT))
        camera.take(window, named("interview-event-quiet"))
        QTest.keyClick(window.pages["interview"], Qt.Key.Key_F8)
        settle()
        camera.take(window, named("interview-event"))
        for key, name in ((Qt.Key.Key_Return, "gut"), (Qt.Key.Key_1, "leaning")):
            control = Qt.KeyboardModifier.ControlModifier
            plain = Qt.KeyboardModifier.NoModifier
            focused = QApplication.focusWidget() or window
            QTest.keyClick(focused, key, control if name == "gut" else plain)
            settle()
            camera.take(window, named(f"interview-{name}"))
        suspicious = begin(fitcheck, 14, Form.FULL)
        fitcheck.interview(suspicious).set_deal_breaker("no-budget", DealBreakerState.SUSPECTED)
        open_known(window, suspicious)
        camera.take(window, named("interview-suspected"))
        for name, finished in finished_ones(fitcheck).items():
            open_known(window, finished)
            camera.take(window, named(f"verdict-{name}"))
            # What has to be scrolled to in the window, all at once.
            sheet = window.findChild(VerdictSheet)
            assert sheet is not None
            camera.take(sheet, named(f"verdict-{name}-whole"))
        window.show_page("report")
        wait(lambda: not window.context.busy, "the report")
        camera.take(window, named("report"))
        report_screens(window, camera, look)
        exchange_screens(window, camera, look)
        contact_screens(window, camera, look)
        window.resize(*SIZE)
        window.show_page("settings")
        camera.take(window, named("settings"))
        window.settings.scroll_area.ensureWidgetVisible(window.settings.look)
        camera.take(window, named("settings-end"))
        questions_screens(camera, window, named)
        date_screens(camera, window, look)
        rights_screens(window, camera, look)
        following_screens(window, camera, look)
        book_screens(window, camera, look)
        help_screens(window, camera, look)


def date_screens(camera: Camera, window: MainWindow, look: Look) -> None:
    """What is due, more time, a decision, and what moved since the last assessment."""
    fitcheck, page = window.context.fitcheck, window.prospects
    due, again = finished_ones(fitcheck)["stage"], finished_ones(fitcheck)["proceed"]
    line = next(each for each in fitcheck.prospects() if each.latest and each.latest.id == due)
    fitcheck.extend(line.id, TODAY, "their budget round")
    window.show_page("prospects")
    page.table.choose(page.model.row_of(line.id) or 0)
    camera.take(window, f"prospects-due-{look.value}")
    name, period = line.prospect.name, fitcheck.period(line.id)
    dialogs: tuple[tuple[QDialog, str], ...] = (
        (ExtendDialog(window, name, period, TODAY), "extend"),
        (DecideDialog(window, name, Recommendation.STAGE), "decide"),
    )
    for dialog, called in dialogs:
        dialog.show()
        camera.take(dialog, f"{called}-{look.value}")
        dialog.close()
        dialog.deleteLater()
    settle()
    begun = fitcheck.assess_again(fitcheck.interview(again).prospect_id)
    interview = fitcheck.interview(begun)
    for question in interview.questions[::7]:
        interview.set_value(question.id, 1)
    interview.finish()
    fitcheck.save_preferences(fitcheck.preferences)  # which is written after the finish
    open_known(window, begun)
    sheet = window.findChild(VerdictSheet)
    assert sheet is not None
    assert sheet.moved is not None
    camera.take(sheet.moved, f"verdict-moved-{look.value}")


def open_known(window: MainWindow, assessment_id: int) -> None:
    """Show an assessment, and wait for what the window finds out about it in idle time."""
    window.open_assessment(assessment_id)
    steps = window.findChildren(IdleSteps)
    wait(lambda: not any(part.running for part in steps), "how firm it is")


def finished_ones(fitcheck: FitCheck) -> dict[str, int]:
    """One finished assessment for each recommendation, by its name."""
    found: dict[str, int] = {}
    for line in fitcheck.prospects():
        latest = line.latest
        if latest and latest.finished and latest.summary:
            found.setdefault(latest.summary.recommendation.value, latest.id)
    return found


def documents(camera: Camera) -> None:
    """The first page of every edition of a finished assessment, for each paper."""
    with open_book(Look.LIGHT) as fitcheck:
        interview = fitcheck.interview(fitcheck.add_assessment(load_demo()[0]))
        for edition, name in (
            (Edition.PRIVATE, "private-file"),
            (Edition.PROSPECT, "prospect-edition"),
        ):
            report = fitcheck.report(interview, edition)
            camera.take_page(render_document(report, Paper.A4), f"{name}-1")
            camera.take_page(render_document(report, Paper.LETTER), f"{name}-letter-1")
    camera.take_page(render_document(SHEET, Paper.A4), "recovery-sheet")
    camera.take_page(render_document(SHEET, Paper.LETTER), "recovery-sheet-letter")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev.py shots", description=__doc__)
    parser.add_argument("--out", type=_folder, metavar="DIR", help="where to write all of them")
    parser.add_argument("--lang", choices=languages(), help="only in this language")
    parser.add_argument("--guide", action="store_true", help="only the pictures of the guide")
    looks = [look.value for look in Look if look is not Look.SYSTEM]
    for name, known, read in (
        ("--look", looks, _one_of(looks)),
        ("--scale", SCALES, _factor),
        ("--only", KEY, _one_of(KEY)),
    ):
        words = f"the key screens only: {', '.join(known)}"
        parser.add_argument(name, type=_listed(read), metavar=name[2:].upper(), help=words)
    options = parser.parse_args(arguments)
    key_only = options.look or options.scale or options.only
    if options.guide and key_only:
        parser.error("--guide takes other pictures than --look, --scale and --only")
    spoken = [options.lang] if options.lang else languages()
    if options.out is None and not options.guide:
        own = ROOT / "shots" / ".gitignore"
        own.parent.mkdir(exist_ok=True)
        own.write_text("*\n", encoding="utf-8")
    if options.guide:
        for code in filter(lambda each: guide_folder(each).is_dir(), spoken):
            pictures(_application(code), Camera(options.out, guide=True), (Look.LIGHT,))
    elif key_only:
        chosen = [Look(look) for look in options.look or looks]
        for code in spoken:
            for scale in options.scale or ("1",):
                _key_screens(scale, chosen, options.only or KEY, options.out, code)
    else:
        everything(options.out, spoken)
    return 0


def everything(out: Path | None, spoken: Sequence[str]) -> None:
    """Every screen and document, and the key screens in the other looks and scales."""
    for code in spoken:
        pictures(_application(code), Camera(out), (Look.LIGHT, Look.DARK))
    for code in spoken:
        for looks, scale in MATRIX:
            take_at(scale, looks, KEY, out, code)


def _key_screens(
    scale: str, looks: Sequence[Look], only: Sequence[str], out: Path | None, code: str
) -> None:
    """By this process, if it has that scale, or by one that is given it."""
    if scale == os.environ.get("QT_SCALE_FACTOR", "1"):
        key_screens(_application(code), Camera(out), looks, only)
    else:
        take_at(scale, looks, only, out, code)


# ------------------------------------------------------------------ what may be asked for


def _listed(read: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    """What stands between commas, each read by itself."""
    return lambda text: tuple(read(part.strip()) for part in text.split(","))


def _one_of(known: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise argparse.ArgumentTypeError(f"“{text}” is none of {', '.join(known)}")
        return text

    return read


def _factor(text: str) -> str:
    """How much larger, as Qt takes it; beyond that no page has room, or the picture no memory."""
    try:
        factor = float(text)
    except ValueError:
        factor = 0.0
    if not 1 <= factor <= _LARGEST:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no factor from 1 to {_LARGEST}, such as {', '.join(SCALES)}"
        )
    return f"{factor:g}"


def _folder(text: str) -> Path:
    path = Path(text).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise argparse.ArgumentTypeError(f"{text} can’t be written to: {reason}") from None
    return path


def _application(code: str) -> QApplication:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    app = make_application(["fitcheck"])
    speak_in(app, code)
    return app


def pictures(app: QApplication, camera: Camera, looks: tuple[Look, ...]) -> None:
    """All of them in the language that is spoken now; of documents only with every look."""
    for look in looks:
        screens(app, camera, look)
        protection_screens(app, camera, look)
        keeping_screens(app, camera, look)
        hand_over_screens(app, camera, look, PROFILE)
        saving_screens(app, camera, look)
        inquiry_screens(app, camera, look)
        interview_screens(app, camera, look)
        plan_screens(app, camera, look)
        other_screens(app, camera, look)
        record_screens(app, camera, look)
    if len(looks) > 1:
        documents(camera)
        card_pages(camera)
        document_pages(camera)


if __name__ == "__main__":
    sys.exit(main())
