"""Every dialog of the application is closed when the lock strikes, and so is every pop-up."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog, QDialog, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

import ui.dialogs
from fitcheck.crashes import Crash
from fitcheck.domain.book import Colleague
from fitcheck.domain.follow_up import Purpose
from fitcheck.domain.incoming_book import Choices
from fitcheck.exchange.demo import load_demo
from fitcheck.exchange.form_pdf import read_form
from fitcheck.filled_form import FilledForm
from tests.banks import small
from tests.exchange import vcards
from tests.exchange.books import exported
from tests.exchange.forms import blank, by_value_alone
from tests.ui import sessions
from tests.ui.incoming import INCOMING
from tests.ui.sessions import CANARY, Desk, told_by_any_widget, when_there
from tests.ui.test_reachable import ERASURE, KEPT
from ui import messages
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
from ui.dialogs.keeping import KeepingDialog
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
from ui.dialogs.recovery_key import RecoveryKeyDialog, show_recovery_key
from ui.dialogs.referral import ReferralDialog
from ui.dialogs.tour import TourDialog
from ui.dialogs.whole_book import BookPassphraseDialog, ExportBookDialog
from ui.drafts import Drafted
from ui.main_window import MainWindow
from ui.pages.colleagues import ColleaguesPage
from ui.pages.interview import InterviewPage
from ui.pages.report import ReportPage

pytestmark = pytest.mark.filterwarnings("ignore:This plugin")


def _keys(page: str, key: Qt.Key) -> Callable[[MainWindow], object]:
    def press(window: MainWindow) -> None:
        window.show_page(page)
        QTest.keyClick(window.pages[page], key)

    return press


def _find(window: MainWindow) -> None:
    window.show_page("interview")
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    page.find_question()


def _report(window: MainWindow) -> ReportPage:
    window.show_page("report")
    page = window.pages["report"]
    assert isinstance(page, ReportPage)
    limit = 1000
    while not page.save_button.isEnabled() and (limit := limit - 1):
        QTest.qWait(5)
    return page


def _protection(window: MainWindow, dialog: type[QDialog]) -> None:
    context = window.context
    if dialog is RecoveryKeyDialog:
        show_recovery_key(window, "ABCD-EFGH", context.fitcheck, context.jobs)
    elif dialog is ChangePassphraseDialog:
        ChangePassphraseDialog.ask(window, context.fitcheck, context.jobs)
    else:
        ProtectDialog.ask(window, context.fitcheck, context.jobs)


def _filled_form(window: MainWindow) -> FilledForm:
    fitcheck = window.context.fitcheck
    assert window.interview is not None
    printed = blank(fitcheck.their_forms.token(window.interview.id))
    return fitcheck.their_forms.match(read_form(by_value_alone({"my-ease": 3}, {}, printed)))


def _erased(window: MainWindow) -> None:
    ErasedDialog.offer(window, window.context, ERASURE)


def _move(window: MainWindow) -> None:
    fitcheck = window.context.fitcheck
    fitcheck.follow_ups.add(fitcheck.prospects()[0].id, fitcheck.today(), Purpose.LOOK_IN)
    window.show_page("agenda")
    window.following.agenda.move_chosen()


def _kept(window: MainWindow) -> None:
    KeptDialog.offer(window, window.context, (KEPT,), lambda _id: False)


def _refer(window: MainWindow) -> None:
    window.show_page("colleagues")
    page = window.pages["colleagues"]
    assert isinstance(page, ColleaguesPage)
    window.context.fitcheck.referring.add_colleague(Colleague("Ruth Feldman"))
    page.body.populate()
    page.body.refer()


def _plain_file(window: MainWindow) -> Path:
    return exported(window.context.fitcheck, window.context.fitcheck.folder.parent / "x").path


def _locked_file(window: MainWindow) -> Path:
    folder = window.context.fitcheck.folder.parent
    return exported(window.context.fitcheck, folder / "x", "as old as the hills").path


OPENERS: dict[type[QDialog], Callable[[MainWindow], object]] = {
    AboutDialog: lambda window: window.menus.about.trigger(),
    TourDialog: lambda window: window.menus.tour.trigger(),
    BackupsDialog: lambda window: window.menus.backups.trigger(),
    NewProspectDialog: lambda window: window.prospects.acts.new_prospect(),
    EditProspectDialog: lambda window: window.prospects.acts.edit_current(),
    ExtendDialog: lambda window: window.prospects.dates.ask_extension(),
    DecideDialog: lambda window: window.prospects.dates.ask_decision(),
    ReferralDialog: lambda window: _refer(window),
    FollowUpDialog: lambda window: window.prospects.dates.follow_ups.ask_new(),
    MoveDialog: _move,
    CalendarDialog: lambda window: CalendarDialog.ask(window, 7, 2),
    EraseDialog: lambda window: window.prospects.rights.ask_erase(),
    ErasedDialog: _erased,
    KeptDialog: _kept,
    OverrideDialog: _keys("verdict", Qt.Key.Key_O),
    DealBreakersDialog: _keys("interview", Qt.Key.Key_D),
    FindQuestionDialog: _find,
    HandOverDialog: _keys("interview", Qt.Key.Key_H),
    PocketCardDialog: lambda window: PocketCardDialog.offer(window, window.context),
    ConfirmDialog: lambda window: ConfirmDialog.ask(window, "Close?", CANARY, "Close"),
    CrashDialog: lambda window: CrashDialog.tell(window, Crash(CANARY, None), Standing.SAVED),
    KeysDialog: lambda window: window.helping.show_keys(),
    GuideDialog: lambda window: window.menus.guide.trigger(),
    PaletteDialog: lambda window: window.menus.anything.trigger(),
    ProtectDialog: lambda window: _protection(window, ProtectDialog),
    ChangePassphraseDialog: lambda window: _protection(window, ChangePassphraseDialog),
    RecoveryKeyDialog: lambda window: _protection(window, RecoveryKeyDialog),
    FilledFormDialog: lambda window: FilledFormDialog.ask(window, _filled_form(window)),
    messages.MessageWindow: lambda window: messages.tell(window, messages.Message(CANARY)),
    IncomingBankDialog: lambda window: IncomingBankDialog.ask(
        window, window.context.fitcheck.banks.look_at(small().encode(), "f")
    ),
    KnownProspectDialog: lambda window: KnownProspectDialog.ask(window, "A", CANARY, "today"),
    ExportBookDialog: lambda window: window.exchanging.export_book(),
    BookPassphraseDialog: lambda window: window.exchanging.import_book(_locked_file(window)),
    ProgressDialog: lambda window: window.exchanging.import_book(_plain_file(window)),
    IncomingBookDialog: lambda window: window.exchanging.import_book(_plain_file(window)),
    TakenBookDialog: lambda window: window.exchanging._show_taken(INCOMING, Choices()),
    MergeWithDialog: lambda window: MergeWithDialog.ask(window, CANARY, lambda _text: ()),
    ContactsDialog: lambda window: window.contacting.show(vcards.ANDROID, None),
    QFileDialog: lambda window: _report(window).save(),
    QPrintDialog: lambda window: _report(window).print_document(),
    QColorDialog: lambda window: window.settings.brand.accent.button.click(),
}
"""How each dialog is opened, in the application itself where that is possible."""

NOT_ASKED_AGAIN = {
    # No typing in them.
    *(BackupsDialog, ConfirmDialog, CrashDialog, ErasedDialog, FilledFormDialog, KeptDialog),
    *(
        AboutDialog,
        TourDialog,
        KeysDialog,
        PocketCardDialog,
        messages.MessageWindow,
        CalendarDialog,
    ),
    *(IncomingBankDialog, IncomingBookDialog, KnownProspectDialog, ProgressDialog, TakenBookDialog),
    # Whom one looked for is forgotten, and so is what.
    *(PaletteDialog, GuideDialog),
    # The dialog under it asks for it again.
    MergeWithDialog,
    # Nobody is to be half-way to erasing when the book is opened again.
    EraseDialog,
    # Secrets are never kept.
    *(ProtectDialog, ChangePassphraseDialog, RecoveryKeyDialog, HandOverDialog),
    *(ExportBookDialog, BookPassphraseDialog),
}


def our_dialogs() -> set[type[QDialog]]:
    """Every dialog class that ui/ defines for use."""
    modules = [
        importlib.import_module(f"ui.dialogs.{found.name}")
        for found in pkgutil.iter_modules(ui.dialogs.__path__)
    ]
    kinds = {
        kind
        for module in (*modules, messages)
        for name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, QDialog)
        and kind.__module__.startswith("ui.")
        and name[0] != "_"
        # What others are made of.
        and kind is not KeepingDialog
    }
    return kinds - {base for kind in kinds for base in kind.__bases__}


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desk]:
    yield from sessions.desk(qtbot, qapp, folder)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    """The window with a finished assessment in hand."""
    desk.fill()
    window = desk.unlock()
    window.open_assessment(window.context.fitcheck.add_assessment(load_demo()[0]))
    return window


def test_no_dialog_of_the_application_is_forgotten_here() -> None:
    assert our_dialogs() - OPENERS.keys() == set()


def test_a_dialog_with_typing_in_it_has_a_draft() -> None:
    without = {kind for kind in our_dialogs() if not hasattr(kind, "draft_name")}
    assert without == NOT_ASKED_AGAIN
    for kind in our_dialogs() - without:
        assert callable(vars(Drafted)["draft"])
        assert "draft" in inspect.signature(kind.ask).parameters  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", OPENERS, ids=lambda kind: kind.__name__)
def test_the_lock_closes_it(desk: Desk, window: MainWindow, kind: type[QDialog]) -> None:
    seen: list[bool] = []

    def strike(dialog: QDialog) -> None:
        desk.sleep()
        front = desk.session.front
        seen.append(not dialog.isVisible())
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        assert shown == [front]

    when_there(kind, strike)
    OPENERS[kind](window)
    del window
    desk.qtbot.waitUntil(lambda: bool(seen))
    desk.locked()
    assert seen == [True]
    assert not any(isinstance(widget, kind) for widget in QApplication.allWidgets())
    assert CANARY not in told_by_any_widget()
    if kind not in our_dialogs() - NOT_ASKED_AGAIN:
        assert desk.unlock().isVisible()


@pytest.mark.parametrize("kind", [kind for kind in OPENERS if hasattr(kind, "draft_name")])
def test_a_dialog_with_typing_in_it_opens_again(
    desk: Desk, window: MainWindow, kind: type[QDialog]
) -> None:
    when_there(kind, lambda _dialog: desk.sleep())
    if kind in {EditProspectDialog, NewProspectDialog, ExtendDialog, DecideDialog, FollowUpDialog}:
        window.show_page("prospects")
    OPENERS[kind](window)
    desk.locked()
    again: list[bool] = []

    def see(dialog: QDialog) -> None:
        again.append(True)
        dialog.done(0)

    when_there(kind, see)
    desk.unlock()
    desk.qtbot.waitUntil(lambda: again == [True])


def test_one_over_the_other_both_go(desk: Desk, window: MainWindow) -> None:
    def ask_more(dialog: NewProspectDialog) -> None:
        when_there(ConfirmDialog, lambda _dialog: desk.sleep())
        assert ConfirmDialog.ask(dialog, "Sure?", CANARY, "Yes") is False

    when_there(NewProspectDialog, ask_more)
    window.prospects.acts.new_prospect()
    del window
    desk.locked()
    assert not any(isinstance(w, QDialog) for w in QApplication.allWidgets())


def test_one_that_is_asked_because_another_was_called_off_goes_too(
    desk: Desk, window: MainWindow
) -> None:
    when_there(NewProspectDialog, lambda _dialog: desk.sleep())
    window.prospects.acts.new_prospect()
    assert ConfirmDialog.ask(window, "Really not?", CANARY, "Really") is False
    del window
    desk.locked()
    assert CANARY not in told_by_any_widget()


def test_one_that_nobody_deletes_doesnt_keep_the_book_open(desk: Desk, window: MainWindow) -> None:
    forgotten = NewProspectDialog(window)
    forgotten.contact.fields["name"].setText(CANARY)
    forgotten.show()
    desk.session.clearing.late.setInterval(20)
    desk.session.lock()
    del window
    desk.locked()
    desk.qtbot.waitUntil(lambda: CANARY not in told_by_any_widget())


def test_menus_and_lists_that_are_down_go_too(desk: Desk, window: MainWindow) -> None:
    window.show_page("prospects")
    window.prospects._show_menu(QPoint(5, 5))
    assert QApplication.activePopupWidget() is not None
    desk.session.lock()
    assert QApplication.activePopupWidget() is None
    del window
    desk.locked()
    assert not any(isinstance(w, QMenu) and w.isVisible() for w in QApplication.allWidgets())


def test_a_window_without_a_parent_goes_too(desk: Desk, window: MainWindow) -> None:
    told = messages.tell(None, messages.Message(CANARY))
    stray = QWidget()
    stray.show()
    assert told.isVisible()
    assert window.isVisible()
    desk.session.lock()
    assert not stray.isVisible()
    del window
    desk.locked()
    assert CANARY not in told_by_any_widget()
    stray.deleteLater()
