"""Types a canary into every field of the application, then quits or waits to be killed.

A program of its own: ``python -m tests.end_to_end.typing_canaries --protected yes --end kill``.
The book lies where the system has it, so that whoever starts this chooses the home. The fields are
found by walking the widgets; one that was never typed into is named as missed. What was typed is
told as a line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QLocale
from PySide6.QtGui import QIntValidator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import Shiboken

from fitcheck.access import Access
from fitcheck.folders import data_folder
from fitcheck.inquiry import Pile
from tests.store.conftest import CHEAP, FakeKeyring
from tests.ui.sessions import when_there
from tests.ui.test_session_dialogs import OPENERS
from ui.app import make_application, make_window
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.follow_up import FollowUpDialog
from ui.dialogs.override import OverrideDialog
from ui.dialogs.period import DecideDialog, ExtendDialog
from ui.dialogs.prospect import EditProspectDialog, NewProspectDialog
from ui.front_window import FrontWindow
from ui.main_window import MainWindow
from ui.pages.colleagues import ColleaguesPage
from ui.pages.inquiry import InquiryPage
from ui.pages.interview import InterviewPage
from ui.pages.plan import PlanPage
from ui.pages.record import RecordPage
from ui.pages.report import ReportPage
from ui.pages.unlock import UnlockPage
from ui.pages.way_back import WayBack
from ui.pages.welcome import WelcomePage
from ui.session import Session
from ui.theme import make_theme

PASSPHRASE = "zq0000 horse battery"
Field = QLineEdit | QPlainTextEdit | QTextEdit
OF_A_PROSPECT = (EditProspectDialog, ExtendDialog, DecideDialog, FollowUpDialog)
ACCEPTED = (*OF_A_PROSPECT, OverrideDialog)
"""What is kept as it was typed; every other dialog is called off."""

PATIENCE = 120_000


def wait(done: Callable[[], bool], what: str) -> None:
    limit = QDeadlineTimer(PATIENCE)
    while not done():
        if limit.hasExpired():
            raise SystemExit(f"waited in vain for {what}")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def fields_in(root: QWidget) -> Iterator[Field]:
    """Every field for text, shown or not, but for those that take digits alone."""
    found: list[Field] = []
    found += root.findChildren(QLineEdit)
    found += root.findChildren(QPlainTextEdit)
    found += root.findChildren(QTextEdit)
    for field in filter(Shiboken.isValid, found):
        # What Qt makes inside of a spin box or a field for a day takes no text.
        inside = field.objectName().startswith("qt_")
        digits = isinstance(field, QLineEdit) and isinstance(field.validator(), QIntValidator)
        if not (inside or digits or field.isReadOnly()):
            yield field


def text_of(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


class Typist:
    """Gives each field a canary of its own, and remembers where."""

    def __init__(self) -> None:
        self.typed: dict[str, str] = {"zq0000": "the passphrase"}
        self.refused: list[str] = []
        self._places: set[str] = set()

    def fill(self, root: QWidget) -> int:
        """Type into every field that is shown and wasn't typed into; how many there were."""
        # There is no window manager to give the keys back after a dialog.
        root.window().activateWindow()
        wait(root.window().isActiveWindow, "the window takes the keys")
        count = 0
        # Anew after each: typing may bring fields and take some away.
        while field := next((f for f in fields_in(root) if self._open(f)), None):
            self._type(field)
            count += 1
        return count

    def _open(self, field: Field) -> bool:
        # By its place: behind an empty line that is typed into comes another one like it.
        return field.isVisible() and field.isEnabled() and place_of(field) not in self._places

    def _type(self, field: Field) -> None:
        canary = f"zq{len(self.typed):04}"
        place = place_of(field)
        self.typed[canary] = place
        self._places.add(place)
        field.setFocus()
        if isinstance(field, QLineEdit) and field.maxLength() < len(field.text()) + len(canary):
            field.selectAll()
        QTest.keyClicks(field, canary)
        if canary not in text_of(field):
            # What was shown anew in the middle of typing is typed over.
            field.selectAll()
            QTest.keyClicks(field, canary)
        if canary not in "".join(text_of(field).lower().split("-")):
            self.refused.append(place)
        QApplication.processEvents()

    def missed(self, root: QWidget) -> list[str]:
        """The fields under ``root`` that nothing was ever typed into."""
        return [place_of(field) for field in fields_in(root) if place_of(field) not in self._places]


def place_of(widget: QWidget) -> str:
    """Where a widget stands, from itself upwards."""
    names = [type(widget).__name__, widget.accessibleName()]
    above = widget.parentWidget()
    while above is not None:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join(name for name in names if name)


def fill_all(typist: Typist, root: QWidget, keep: Callable[[], object]) -> None:
    """The same for what is shown, and for whatever an "Add" button brings."""
    typist.fill(root)
    pressed: set[str] = set()
    while button := next((b for b in _adding(root) if _named(b) not in pressed), None):
        pressed.add(_named(button))
        button.click()
        QApplication.processEvents()
        typist.fill(root)
    # And for whatever another choice brings.
    for box in filter(QWidget.isVisible, root.findChildren(QComboBox)):
        for index in range(box.count()):
            if Shiboken.isValid(box) and typist.missed(root):
                box.setCurrentIndex(index)
                box.activated.emit(index)
                QApplication.processEvents()
                typist.fill(root)
    # What is kept may get another name, such as a line that was the empty one.
    keep()
    while typist.fill(root):
        keep()


def _adding(root: QWidget) -> Iterator[QAbstractButton]:
    for button in root.findChildren(QAbstractButton):
        adds = button.text().replace("&", "").startswith("Add ")
        if adds and button.isVisible() and button.isEnabled():
            yield button


def _named(button: QAbstractButton) -> str:
    """By name and place, since a press may bring another button like it."""
    return f"{button.text()} < {place_of(button)}"


# The way through the application


def new_prospect(window: MainWindow, typist: Typist) -> None:
    def fill(dialog: NewProspectDialog) -> None:
        typist.fill(dialog)
        dialog.accept()

    when_there(NewProspectDialog, fill)
    window.prospects.acts.new_prospect()


def interview(window: MainWindow, typist: Typist) -> None:
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    assert window.page_name == "interview"
    typist.fill(window)
    page.begin()
    page.card.open_note()
    page.card.open_quote()
    QApplication.processEvents()
    typist.fill(window)
    page.body.flush()
    assert window.interview is not None
    for question in window.interview.questions:
        window.interview.set_value(question.id, 3)
    page.refresh()


def inquiry(window: MainWindow, typist: Typist) -> None:
    window.show_page("inquiry")
    page = window.pages["inquiry"]
    assert isinstance(page, InquiryPage)
    typist.fill(window)
    page._put(Pile.KEEP)
    QTest.keyClicks(page.body.words, "zq0000")  # which stays half-typed


def close_interview(window: MainWindow, typist: Typist) -> None:
    window.show_page("interview")
    page = window.pages["interview"]
    assert isinstance(page, InterviewPage)
    page._finish_key()
    QApplication.processEvents()
    typist.fill(window)
    page.closing.skip_button.click()
    wait(lambda: window.page_name == "verdict", "the verdict")


def plan(window: MainWindow, typist: Typist) -> None:
    window.show_page("plan")
    page = window.pages["plan"]
    assert isinstance(page, PlanPage)
    wait(lambda: page.sheet is not None, "the plan")
    assert page.sheet is not None
    page.sheet.show_more(True)
    QApplication.processEvents()
    fill_all(typist, page, page._flush)


def report(window: MainWindow, typist: Typist) -> None:
    window.show_page("report")
    page = window.pages["report"]
    assert isinstance(page, ReportPage)
    wait(page.save_button.isEnabled, "the report")
    page.find_in_it()
    QApplication.processEvents()
    typist.fill(window)


def settings(window: MainWindow, typist: Typist) -> None:
    window.show_page("settings")
    QApplication.processEvents()
    fill_all(typist, window.settings, window.settings.boundaries.flush)
    window.settings.flush()
    if window.settings.policy.save_button.isEnabled():
        window.settings.policy.save_button.click()
    if window.settings.policy.dirty:
        when_there(ConfirmDialog, lambda dialog: dialog.accept())
    window.show_page("prospects")
    wait(lambda: window.page_name == "prospects", "the list")


def years(window: MainWindow, typist: Typist) -> None:
    """What came after the dialogs: a colleague, a decision, a follow-up."""
    for name in ("line", "beside", "agenda", "colleagues", "quarter"):
        window.show_page(name)
        QApplication.processEvents()
        typist.fill(window)
    window.show_page("colleagues")
    colleagues = window.pages["colleagues"]
    assert isinstance(colleagues, ColleaguesPage)
    colleagues.body.search.clear()
    colleagues.body.populate()
    QApplication.processEvents()
    typist.fill(window)
    window.show_page("record")
    page = window.pages["record"]
    assert isinstance(page, RecordPage)
    page.marking.show_everybody(everybody=True)
    QApplication.processEvents()
    typist.fill(window)
    page.marking.keep()
    window.show_page("prospects")
    wait(lambda: window.page_name == "prospects", "the list")
    window.prospects.bulk.ask_tags()
    QApplication.processEvents()
    typist.fill(window)


def dialogs(window: MainWindow, typist: Typist) -> list[str]:
    """Every dialog, Qt's own for files, printing and colours among them; what never came."""
    seen: set[type[QDialog]] = {NewProspectDialog}  # that was filled in already
    for kind, opener in OPENERS.items():
        if kind in seen:
            continue

        def fill(dialog: QDialog, kind: type[QDialog] = kind) -> None:
            seen.add(kind)
            typist.fill(dialog)
            if kind in ACCEPTED:
                dialog.accept()
            else:
                dialog.done(0)

        window.activateWindow()
        wait(window.isActiveWindow, "the window takes the keys")
        when_there(kind, fill)
        if kind in OF_A_PROSPECT:
            window.show_page("prospects")
        opener(window)
        wait(partial(_gone, kind, seen), kind.__name__)
    return [kind.__name__ for kind in OPENERS if kind not in seen]


def _gone(kind: type[QDialog], seen: set[type[QDialog]]) -> bool:
    """Whether a dialog has been there and is no longer."""
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    return kind in seen and not any(isinstance(each, kind) for each in shown)


def fronts(window: MainWindow, typist: Typist, access: Access) -> list[str]:
    """What stands before a book; nothing of it is acted upon. What was missed."""
    context, missed = window.context, []
    theme = make_theme()
    for page in (
        WelcomePage(theme, context.jobs, context.fitcheck),
        UnlockPage(theme, context.jobs, access),
        WayBack("0000"),
    ):
        front = FrontWindow()
        front.show_page(page)
        front.show()
        QApplication.processEvents()
        typist.fill(front)
        if isinstance(page, UnlockPage):
            page.to_recovery.click()
            typist.fill(front)
            page._show_way(page._renewing)
            typist.fill(front)
        if isinstance(page, WelcomePage):
            for button in front.findChildren(QAbstractButton):
                if button.isVisible() and not typist.missed(front):
                    break
                if button.isVisible() and button.isCheckable():
                    button.click()
                    typist.fill(front)
        missed += typist.missed(front)
        front.hide()
        front.deleteLater()
    QApplication.processEvents()
    return missed


def whole(window: MainWindow, typist: Typist, access: Access) -> list[str]:
    """Every page and every dialog; what was missed."""
    missed = fronts(window, typist, access)
    window.activateWindow()
    new_prospect(window, typist)
    interview(window, typist)
    inquiry(window, typist)
    close_interview(window, typist)
    plan(window, typist)
    report(window, typist)
    settings(window, typist)
    typist.fill(window)
    wait(lambda: not window.prospects.finder.busy, "the search")
    window.prospects.clear_search()
    missed += dialogs(window, typist)
    years(window, typist)
    # What was exported to open those of an import is somebody's own file, and theirs to delete.
    (window.context.fitcheck.folder.parent / "x").unlink()
    return missed + typist.missed(window)


def short(window: MainWindow, typist: Typist) -> list[str]:
    """One more prospect, an interview and a document."""
    new_prospect(window, typist)
    interview(window, typist)
    close_interview(window, typist)
    report(window, typist)
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--protected", action="store_true")
    parser.add_argument("--short", action="store_true", help="a part of it, in the same book")
    parser.add_argument("--end", choices=["quit", "kill"], required=True)
    options = parser.parse_args()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    app = make_application(["fitcheck"])
    folder, typist = data_folder(), Typist()
    access = Access(folder, FakeKeyring(), cost=CHEAP)
    fitcheck = access.open()
    if options.protected:
        fitcheck.protect(PASSPHRASE)
    fitcheck.close()
    session = Session(app, folder, access, lambda opened: make_window(app, opened))
    session.start()
    if options.protected:
        wait(lambda: session.front is not None, "the lock")
        page = session.front.page if session.front else None
        assert isinstance(page, UnlockPage)
        QTest.keyClicks(page.passphrase.line, PASSPHRASE)
        page.unlock_button.click()
    wait(lambda: session.window is not None, "the window")
    window = session.window
    assert window is not None
    window.activateWindow()
    missed = short(window, typist) if options.short else whole(window, typist, access)
    # Whatever lies about at the end does so in the middle of a sentence.
    window.show_page("interview")
    told = {"typed": typist.typed, "missed": missed, "refused": typist.refused}
    print(json.dumps(told), flush=True)
    if options.end == "kill":
        wait(lambda: False, "the end")
    window.context.fitcheck.safekeeping.back_up()
    assert window.close()
    session.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
