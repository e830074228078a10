"""Every page and every dialog by keyboard and screen reader: no control without a name, none lost.

Tab comes by every control once, as one reads, and Shift+Tab goes the same way back. The order is
held against where the parts of a page stand: the next is never above in the same column, nor to
the left in the same line. Whether the words are good ones, a person has to say.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

import ui.dialogs
from fitcheck.crashes import Crash
from fitcheck.domain.assessment import DealBreakerState, Override, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import Colleague
from fitcheck.domain.erasure import Erasure, Searched
from fitcheck.domain.follow_up import FollowUp, Purpose
from fitcheck.domain.incoming_book import Choices
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.keeping import Kept
from fitcheck.domain.period import Opening, Period
from fitcheck.domain.plan import Expectation, Letter, Plan, Referral, Stage
from fitcheck.domain.policy import Action
from fitcheck.domain.profile import Paper
from fitcheck.domain.referral import Referred, Result
from fitcheck.domain.report import RecoverySheet
from fitcheck.errors import Fault
from fitcheck.exchange.demo import load_demo
from fitcheck.filled_form import FilledForm, ReadAnswer, Unread
from fitcheck.guide import Place
from fitcheck.library import load_bank
from fitcheck.services import FitCheck
from fitcheck.store.errors import KeyMissing
from tests.banks import small
from tests.store.conftest import FakeKeyring
from tests.ui import incoming_contacts
from tests.ui.conftest import TODAY
from tests.ui.incoming import INCOMING
from tests.ui.protected import PASSPHRASE, access_to, protected_book
from tests.ui.reach import astray, nameless
from tests.ui.test_their_form import make_form
from ui import messages
from ui.asked_follow_up import few_who_match
from ui.dialogs.about import AboutDialog
from ui.dialogs.backups import BackupsDialog
from ui.dialogs.bank import IncomingBankDialog
from ui.dialogs.calendar_file import CalendarDialog
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.contacts import ContactsDialog
from ui.dialogs.crash import CrashDialog, Standing
from ui.dialogs.deal_breakers import DealBreakersDialog
from ui.dialogs.erase import EraseDialog
from ui.dialogs.erased import ErasedDialog
from ui.dialogs.filled_form import FilledFormDialog
from ui.dialogs.find_question import FindQuestionDialog
from ui.dialogs.follow_up import FollowUpDialog, MoveDialog
from ui.dialogs.guide import GuideDialog
from ui.dialogs.hand_over import HandOverDialog
from ui.dialogs.incoming_book import IncomingBookDialog, TakenBookDialog
from ui.dialogs.kept import KeptDialog
from ui.dialogs.keys import KeysDialog
from ui.dialogs.known_prospect import KnownProspectDialog
from ui.dialogs.merge_with import MergeWithDialog
from ui.dialogs.override import OverrideDialog
from ui.dialogs.palette import PaletteDialog
from ui.dialogs.period import DecideDialog, ExtendDialog
from ui.dialogs.pocket_card import PocketCardDialog
from ui.dialogs.progress import ProgressDialog
from ui.dialogs.prospect import EditProspectDialog, NewProspectDialog
from ui.dialogs.protection import ChangePassphraseDialog, ProtectDialog
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.dialogs.referral import Known, ReferralDialog
from ui.dialogs.tour import TourDialog
from ui.dialogs.whole_book import BookPassphraseDialog, ExportBookDialog
from ui.front_window import FrontWindow
from ui.jobs import Job, Jobs
from ui.main_window import MainWindow
from ui.pages.beside import BesidePage
from ui.pages.colleagues import ColleaguesPage
from ui.pages.interview import InterviewPage
from ui.pages.plan import PlanPage
from ui.pages.rescue import RescuePage
from ui.pages.their_form import TheirForm
from ui.pages.unlock import UnlockPage
from ui.pages.way_back import WayBack
from ui.pages.welcome import WelcomePage
from ui.palette.entries import entries
from ui.plan.records import Records
from ui.plan.rows import TextRows
from ui.theme import make_theme

Make = Callable[[MainWindow], QDialog]

BANK = load_bank()
KEPT = Kept(1, "Ada Bell", dt.date(2024, 11, 1), dt.date(2026, 11, 1), own_day=False, ask=True)
THEIRS = BANK.form(Form.PROSPECT)
FILLED = FilledForm(
    assessment_id=1,
    prospect="Ada Bell",
    name="Ada",
    comment="Call me on Monday.",
    comment_is_new=True,
    answers=tuple(
        ReadAnswer(number, question, None if number % 2 else 1, 3)
        for number, question in enumerate(THEIRS[:10], start=1)
    ),
    unread=(
        Unread(Fault(THEIRS[10].id, "expected one box to be ticked, found 2"), 11, THEIRS[10]),
        Unread(Fault("comment", "expected at most 4,000 characters, found 5,000")),
    ),
    asked=12,
)
REFERRAL = Known(
    name="Ruth Feldman", referral_id=1, referred=Referred("Ruth", TODAY, Result.MET, TODAY)
)
ERASURE = Erasure(
    dt.datetime(2026, 11, 21, tzinfo=dt.UTC),
    "8e6276719ecf60058e99f99fc0ef7f3e",
    12,
    (Searched("book.db", 29), Searched("backups/damaged/book.db", 0, readable=False)),
)


def erase_somebody(window: MainWindow) -> QDialog:
    context = window.context
    return EraseDialog(window, context, context.fitcheck.add_prospect(Prospect("Ada Bell")))


DIALOGS: tuple[Make, ...] = (
    lambda w: IncomingBankDialog(w, w.context.fitcheck.banks.look_at(small().encode(), "f")),
    lambda w: AboutDialog(w, w.context.fitcheck),
    lambda w: TourDialog(w, w.context.theme),
    lambda w: BackupsDialog(w, w.context.fitcheck, w.context.jobs),
    lambda w: backed_up(w),
    lambda w: ConfirmDialog(w, "Close?", "Nothing is lost.", "Close"),
    lambda w: CrashDialog(w, Crash("A report", Path("crash-1.txt")), Standing.SAVED),
    lambda w: DealBreakersDialog(
        w, BANK.deal_breakers, {BANK.deal_breakers[1].id: DealBreakerState.CONFIRMED}
    ),
    lambda w: FilledFormDialog(w, FILLED),
    lambda w: FilledFormDialog(w, replace(FILLED, answers=(), unread=(), comment_is_new=False)),
    lambda w: FindQuestionDialog(w, BANK.form(Form.FULL)),
    lambda w: HandOverDialog(w, protected=True),
    lambda w: HandOverDialog(w, protected=False),
    lambda w: KeysDialog(w, w.helping.overview()),
    lambda w: GuideDialog(w, w.context.theme, Place("list.md")),
    lambda w: PaletteDialog(w, w.context, entries(w)),
    lambda w: IncomingBookDialog(w, INCOMING),
    lambda w: IncomingBookDialog(w, replace(INCOMING, prospects=(), differences=())),
    lambda w: TakenBookDialog(w, INCOMING, Choices(), print),
    lambda w: ContactsDialog(w, w.context, incoming_contacts.TABLE),
    lambda w: ContactsDialog(w, w.context, incoming_contacts.CARDS),
    lambda w: contacts_taken(w),
    lambda w: MergeWithDialog(w, "Ada Bell", lambda _text: w.context.fitcheck.prospects()),
    lambda w: KnownProspectDialog(w, "Ada Bell", "ada bell", "21 November 2026"),
    ExportBookDialog,
    lambda w: BookPassphraseDialog(w, w.context.jobs, Path("all.fitcheck")),
    lambda w: ProgressDialog(w, Endless(w), "Reading", "Nothing is changed.", lambda _r: None),
    lambda w: OverrideDialog(w, Recommendation.STAGE, None),
    lambda w: OverrideDialog(
        w, Recommendation.STAGE, Override(Action.DECLINE, "They were late.", TODAY)
    ),
    lambda w: ExtendDialog(w, "Ada Bell", Period((Opening(TODAY),)), TODAY),
    lambda w: DecideDialog(w, "Ada Bell", Recommendation.STAGE),
    lambda w: PocketCardDialog(w, w.context),
    lambda w: ReferralDialog(w, w.context.fitcheck, Known()),
    lambda w: ReferralDialog(w, w.context.fitcheck, REFERRAL),
    lambda w: FollowUpDialog(w, TODAY, lambda text: few_who_match(w.context, text)),
    lambda w: FollowUpDialog(w, TODAY, lambda _text: (), (1, "Ada Bell")),
    lambda w: MoveDialog(w, "Ada Bell", FollowUp(TODAY, Purpose.LOOK_IN), 1, TODAY),
    lambda w: CalendarDialog(w, 7, 2, one_prospect=True),
    erase_somebody,
    lambda w: ErasedDialog(w, w.context, ERASURE),
    lambda w: KeptDialog(w, w.context, (KEPT, replace(KEPT, name="Åsa Lind"))),
    NewProspectDialog,
    lambda w: EditProspectDialog(w, Prospect("Ada Bell"), KEPT),
    lambda w: ProtectDialog(w, w.context.fitcheck, w.context.jobs),
    lambda w: ChangePassphraseDialog(w, w.context.fitcheck, w.context.jobs),
    lambda w: RecoveryKeyDialog(
        w, RecoverySheet("AAAA-BBBB", dt.date(2026, 11, 21)), Paper.A4, w.context.jobs
    ),
    lambda w: messages.MessageWindow(messages.Message("It rains", details="cats, dogs"), w),
)


class Endless(Jobs):
    """Runs nothing, and so comes to no end: the dialog isn't over before it has been looked at."""

    def run_job(self, _operation: Any, success: Any, failure: Any, progress: Any = None) -> Job:
        return Job(success, failure, progress)


def contacts_taken(window: MainWindow) -> QDialog:
    dialog = ContactsDialog(window, window.context, incoming_contacts.CARDS)
    dialog.show_taken(incoming_contacts.taken())
    return dialog


def backed_up(window: MainWindow) -> QDialog:
    window.context.fitcheck.safekeeping.back_up()
    return BackupsDialog(window, window.context.fitcheck, window.context.jobs)


def amiss(where: str, root: QWidget) -> list[str]:
    """What is wrong with the names and with Tab's way in what is shown now."""
    QApplication.processEvents()
    return [f"{where}: {what}" for what in (*nameless(root), *astray(root))]


def settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.context.busy, timeout=30_000)
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    qtbot.waitUntil(lambda: not page.adviser.steps.running, timeout=30_000)


def test_every_page_with_nothing_in_hand(qtbot: QtBot, window: MainWindow) -> None:
    wrong = amiss("empty book", window)
    for name in ("prospects", "settings"):
        window.show_page(name)
        settled(qtbot, window)
        wrong += amiss(name, window)
    assert not wrong, "\n".join(wrong)


def test_every_page_of_a_conversation(qtbot: QtBot, window: MainWindow, fitcheck: FitCheck) -> None:
    whole = fitcheck.add_assessment(load_demo()[0])
    half = fitcheck.add_assessment(load_demo()[1], finished=False)
    window.prospects.enter()
    window.prospects.table.choose(0)
    wrong = amiss("a prospect", window)
    for assessment, state in ((half, "half"), (whole, "finished")):
        window.open_assessment(assessment)
        for name in window.pages:
            window.show_page(name)
            settled(qtbot, window)
            wrong += amiss(f"{name}, {state}", window)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("action", Action)
def test_the_plan_with_every_section_written_and_the_draft_moved(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, action: Action
) -> None:
    fitcheck.referring.add_colleague(Colleague("Ruth Feldman"))
    plan = Plan(
        reasons=("A reason of my own",),
        letter=Letter("Another", Referral("Tom Reyes")),
        expectations=(Expectation("This"),),
        scope="In writing",
        drafted={"scope": "", "conditions": ["Before"], "stages": []},
        stages=(Stage("One"), Stage("Two")),
    )
    decided = Override(action, "because", TODAY)
    filled = replace(load_demo()[0], plan=plan, override=decided)
    window.open_assessment(fitcheck.add_assessment(filled))
    window.show_page("plan")
    page = window.pages["plan"]
    assert isinstance(page, PlanPage)
    assert page.sheet is not None
    wrong = amiss(f"plan, {action}", window)
    page.sheet.show_more(True)
    dissent, promises = (page.sheet.parts[key].editor for key in ("dissent", "promises"))
    assert isinstance(dissent, Records)
    dissent.add()
    assert isinstance(promises, TextRows)
    promises.rows[0].field.entered.emit()
    settled(qtbot, window)
    wrong += amiss(f"plan, {action}, everything", window)
    assert not wrong, "\n".join(wrong)


def test_the_settings_with_what_is_held_to(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("settings")
    window.settings.boundaries.rows.show_value(("No calls after seven.",))
    settled(qtbot, window)
    assert amiss("settings", window) == []


def test_colleagues_with_referrals(window: MainWindow, fitcheck: FitCheck) -> None:
    window.show_page("colleagues")
    wrong = amiss("nobody yet", window)
    for name in ("Ruth Feldman", "Åsa Lind"):
        fitcheck.referring.add_colleague(Colleague(name))
    ada = fitcheck.add_prospect(Prospect("Ada Bell"))
    for colleague in (1, None):
        fitcheck.referring.refer(ada, colleague, Referred("Ruth Feldman", TODAY))
    window.show_page("prospects")
    wrong += amiss("referrals of a prospect", window)
    window.show_page("colleagues")
    wrong += amiss("colleagues", window)
    page = window.pages["colleagues"]
    assert isinstance(page, ColleaguesPage)
    page.body.add()
    wrong += amiss("one that is begun", window)
    page.body.list.setCurrentRow(3)
    wrong += amiss("others", window)
    assert not wrong, "\n".join(wrong)


def test_side_by_side_and_the_quarter(qtbot: QtBot, window: MainWindow, fitcheck: FitCheck) -> None:
    added = [fitcheck.add_assessment(each) for each in load_demo()[:3]]
    beside = window.pages["beside"]
    assert isinstance(beside, BesidePage)
    beside.show_prospects([fitcheck.interview(each).prospect_id for each in added])
    window.show_page("beside")
    wrong = amiss("side by side", window)
    beside.body.remove(1)
    wrong += amiss("one taken out", window)
    window.show_page("quarter")
    settled(qtbot, window)
    wrong += amiss("quarter", window)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("form", [Form.FULL, Form.EVENT])
def test_a_conversation_from_its_opening_to_its_close(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck, form: Form
) -> None:
    prospect = fitcheck.add_prospect(Prospect("Ada Bell"))
    window.open_assessment(fitcheck.begin_assessment(prospect, form))
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    wrong = amiss("opening", window)
    page.begin()
    for quiet in (page.quiet, not page.quiet):
        assert page.quiet is quiet
        settled(qtbot, window)
        wrong += amiss(f"asking, quiet {quiet}", window)
        page.card.choose(3)
        page.card.open_note()
        page.card.open_quote()
        wrong += amiss(f"answered, quiet {quiet}", window)
        page.body.head.quiet_chip.click()
    assert window.interview is not None
    for question in window.interview.questions:
        window.interview.set_value(question.id, 3)
    page.refresh()
    for quiet in (True, False):
        page._keep_quiet(quiet)
        page._finish_key()
        wrong += amiss(f"closing, quiet {quiet}", window)
    page.closing.skip_button.click()
    settled(qtbot, window)
    wrong += amiss("after the gut feeling", window)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("number", range(len(DIALOGS)))
def test_every_dialog(qtbot: QtBot, window: MainWindow, number: int) -> None:
    dialog = DIALOGS[number](window)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    settled(qtbot, window)
    assert amiss(type(dialog).__name__, dialog) == []
    dialog.done(0)


def test_no_dialog_is_left_out(qtbot: QtBot, window: MainWindow) -> None:
    there = set()
    for module in pkgutil.iter_modules(ui.dialogs.__path__):
        members = vars(importlib.import_module(f"ui.dialogs.{module.name}")).values()
        there |= {
            each
            for each in members
            if inspect.isclass(each) and issubclass(each, QDialog) and each.__name__[0] not in "_Q"
        }
    made = [make(window) for make in DIALOGS]
    for dialog in made:
        qtbot.addWidget(dialog)
    inherited = {base for each in there for base in each.__mro__[1:]}
    assert there - inherited - {type(dialog) for dialog in made} == set()


def front(
    qtbot: QtBot, page: WelcomePage | UnlockPage | RescuePage | TheirForm | WayBack
) -> FrontWindow:
    window = FrontWindow()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show_page(page)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page.take_focus()
    return window


def test_welcome(qtbot: QtBot, window: MainWindow, fitcheck: FitCheck) -> None:
    page = WelcomePage(make_theme(), window.context.jobs, fitcheck)
    assert amiss("welcome", front(qtbot, page)) == []


def test_unlock(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    access = access_to(tmp_path / "locked", FakeKeyring())
    protected_book(access)
    page = UnlockPage(make_theme(), window.context.jobs, access)
    shown = front(qtbot, page)
    wrong = amiss("passphrase", shown)
    page.passphrase.line.setText("not it")
    wrong += amiss("typed", shown)
    page.to_recovery.click()
    wrong += amiss("recovery key", shown)
    page._show_way(page._renewing)
    wrong += amiss("a new passphrase", shown)
    assert not wrong, "\n".join(wrong)


def test_a_book_that_does_not_open(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    access = access_to(folder, FakeKeyring())
    protected_book(access)
    fitcheck = access.unlock(PASSPHRASE)
    fitcheck.safekeeping.back_up()
    fitcheck.close()
    (folder / "book.db").write_bytes(b"")
    (folder / "book.key").unlink()
    page = RescuePage(window.context.jobs, access, folder, KeyMissing(folder / "book.key"))
    shown = front(qtbot, page)
    qtbot.waitUntil(page.secret.go_button.isEnabled)
    wrong = amiss("a lost key", shown)
    page.secret.other_way.click()
    wrong += amiss("a lost key, recovery", shown)
    page.secret.other_way.click()
    page.secret.passphrase.line.setText(PASSPHRASE)
    page.secret.go_button.click()
    qtbot.waitUntil(page.restore_button.isVisible)
    wrong += amiss("damaged", shown)
    page.drop()
    assert not wrong, "\n".join(wrong)


def test_their_own_form_and_the_way_back(qtbot: QtBot, folder: Path) -> None:
    form = make_form(folder)
    page = TheirForm(make_theme(), form)
    shown = front(qtbot, page)
    wrong = amiss("their welcome", shown)
    page.begin_button.click()
    wrong += amiss("their first question", shown)
    page.question.answers.rows[2].click()
    page.next_button.click()
    page.question.answers.rows[1].click()
    wrong += amiss("their second question", shown)
    for _question in form.questions[1:]:
        page.skip_button.click()
    wrong += amiss("their end", shown)
    form.close()
    wrong += amiss("the way back", front(qtbot, WayBack("0000")))
    assert not wrong, "\n".join(wrong)


def test_the_settings_of_a_protected_book(
    qtbot: QtBot, window: MainWindow, fitcheck: FitCheck
) -> None:
    fitcheck.protect(PASSPHRASE)
    window.show_page("settings")
    settled(qtbot, window)
    qtbot.waitUntil(lambda: not window.context.jobs.busy)
    assert amiss("protected", window) == []
