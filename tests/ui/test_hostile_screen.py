"""Whatever somebody writes is shown as they wrote it, wherever on the screen it comes up.

Qt guesses whether a label, a tool tip or a rich field holds markup; a guess would let a name draw a
picture from a file, or hide a sentence. So none may be left to guess what a person wrote.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from fitcheck.contacts import Plan
from fitcheck.domain.arrivals import arrivals
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.book import About, Colleague
from fitcheck.domain.contact import Contact, Contacts, Found, Left, Place, WhyLeft, one_line
from fitcheck.domain.duplicates import acquaintances
from fitcheck.domain.follow_up import Purpose
from fitcheck.domain.incoming_book import Choices
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.keeping import Kept
from fitcheck.domain.listed import Query
from fitcheck.domain.period import Opening, Period
from fitcheck.domain.policy import Action
from fitcheck.domain.referral import Referred, Result
from fitcheck.exchange.contact_table import Row, Table
from fitcheck.filled_form import FilledForm
from fitcheck.services import FitCheck
from tests.reports.hostile import HOSTILE
from tests.reports.hostile_fields import IN_NO_FILE, Planted, planted, turned, with_texts
from tests.ui.conftest import TODAY
from tests.ui.incoming import INCOMING
from ui import messages
from ui.dialogs.backups import BackupsDialog
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.contacts import ContactsDialog, Incoming
from ui.dialogs.erase import EraseDialog
from ui.dialogs.filled_form import FilledFormDialog
from ui.dialogs.find_question import FindQuestionDialog
from ui.dialogs.follow_up import FollowUpDialog, MoveDialog
from ui.dialogs.incoming_book import IncomingBookDialog, TakenBookDialog
from ui.dialogs.kept import KeptDialog
from ui.dialogs.override import OverrideDialog
from ui.dialogs.period import DecideDialog, ExtendDialog
from ui.dialogs.prospect import EditProspectDialog
from ui.dialogs.referral import Known, ReferralDialog
from ui.main_window import MainWindow
from ui.pages.beside import BesidePage

TYPED = tuple(text for text in HOSTILE if not IN_NO_FILE.search(text))
"""What can be typed: no key gives half a character."""

EVERY = 80
"""So many more of the texts in each book; there are eighty fields and more."""

PAGES = (
    *("prospects", "interview", "inquiry", "verdict", "plan", "report", "settings"),
    *("colleagues", "beside", "quarter", "agenda", "line"),
)


def guessed(texts: frozenset[str]) -> Iterator[str]:
    """What leaves it to Qt whether one of these texts is markup, or drops a part of it."""
    marked = [text for text in texts if "<" in text]
    mnemonic = [text for text in texts if "&" in text]

    def holds(said: str, among: list[str]) -> bool:
        return bool(said) and any(text in said for text in among)

    for widget in QApplication.allWidgets():
        name = f"{type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, QLabel):
            plain = widget.textFormat() is Qt.TextFormat.PlainText
            if not plain and holds(widget.text(), list(texts)):
                yield f"label {name}"
        if isinstance(widget, QTextEdit) and holds(widget.toHtml(), marked):
            yield f"rich field {name}"
        if isinstance(widget, QAbstractButton) and holds(widget.text(), mnemonic):
            yield f"button {name}: {widget.text()!r}"
        if isinstance(widget, QGroupBox) and holds(widget.title(), mnemonic):
            yield f"group {name}"
        tips = [widget.toolTip(), widget.whatsThis(), widget.statusTip()]
        if isinstance(widget, QAbstractItemView):
            tips += _tips_of(widget.model())
        for action in widget.findChildren(QAction):
            tips += [action.toolTip(), action.whatsThis(), action.statusTip()]
            if holds(action.text(), mnemonic):
                yield f"action of {name}"
        for tip in tips:
            # What is to be shown as it stands comes here with its marks escaped.
            if holds(tip, marked):
                yield f"tip of {name}"


def shown() -> Iterator[str]:
    """The text of every label and field."""
    for widget in QApplication.allWidgets():
        if isinstance(widget, (QLabel, QLineEdit, QAbstractButton)):
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()


def _tips_of(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is not None:
        for row in range(model.rowCount()):
            flat = isinstance(model, QAbstractListModel)
            for column in range(1 if flat else model.columnCount()):
                tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
                if isinstance(tip, str):
                    yield tip


def fill(fitcheck: FitCheck, of: Planted) -> int:
    """A book in which all of this is written; the id of its assessment."""
    texts = [text for text, _place in sorted(of.pairs)]
    preferences = replace(fitcheck.preferences, profile=of.profile)
    fitcheck.save_preferences(preferences)
    fitcheck.referring.add_colleague(Colleague(texts[0], texts[1], texts[2]))
    fitcheck.safekeeping.back_up()  # in which whoever is added now is missing
    assessment = replace(of.assessment, date=TODAY)
    fitcheck.add_assessment(replace(assessment, prospect=Prospect(*texts[6:12])))
    id_ = fitcheck.add_assessment(assessment)
    line, other = fitcheck.prospects()
    fitcheck.extend(line.id, TODAY + dt.timedelta(3), texts[3])
    fitcheck.decide(other.id, Action.STAGE, texts[6])
    fitcheck.outcomes.mark(other.id, frozenset(), texts[7])
    about = About(texts[0], texts[1], tuple(texts[2:4]), tuple(texts[4:6]))
    fitcheck.abouts.save(line.id, about).result()
    planned = fitcheck.follow_ups.add(line.id, TODAY, Purpose.LOOK_IN, texts[6])
    fitcheck.follow_ups.move(planned.ids, TODAY, dt.time(9), texts[7])
    for to, name in ((1, texts[0]), (None, texts[4])):
        heard = Referred(name, TODAY, Result.MET, TODAY, texts[5])
        fitcheck.referring.refer(line.id, to, heard)
    return id_


def dialogs(window: MainWindow, of: Planted) -> Iterator[QDialog]:
    """Every dialog that shows somebody's words."""
    text = [text for text, _place in sorted(of.pairs)]
    assert window.interview is not None
    bank = window.interview.bank
    form = FilledForm(1, text[0], text[1], text[2], True, (), (), 12)
    due = TODAY - dt.timedelta(9)
    kept = Kept(window.interview.prospect_id, text[0], TODAY, due, own_day=False, ask=True)
    yield ReferralDialog(window, window.context.fitcheck, Known())
    (sent, *_others) = window.context.fitcheck.referring.to_others()
    whose, referred = sent.prospect_id, sent.referred
    known = Known(whose, None, referred.name, sent.id, referred)
    yield ReferralDialog(window, window.context.fitcheck, known)
    about = About(text[0], text[1], tuple(text[2:4]))
    yield EditProspectDialog(window, Prospect(*text[:6]), kept, about)
    yield from contact_dialogs(window, text)
    (entry,) = window.context.fitcheck.follow_ups.page()
    yield MoveDialog(window, text[0], entry.follow_up, 1, TODAY)
    found = window.context.fitcheck.listing.page(Query()).lines
    yield FollowUpDialog(window, TODAY, lambda _text: found)
    yield FollowUpDialog(window, TODAY, lambda _text: found, (1, text[0]))
    yield EraseDialog(window, window.context, window.interview.prospect_id)
    yield KeptDialog(window, window.context, (kept, replace(kept, name=text[1])))
    incoming = with_texts(INCOMING, cycle(text), set())
    yield IncomingBookDialog(window, incoming)
    yield TakenBookDialog(window, incoming, Choices(), print)
    yield BackupsDialog(window, window.context.fitcheck, window.context.jobs)
    yield ConfirmDialog(window, text[0], text[1], "Add it")
    yield messages.MessageWindow(messages.Message(*text[:4]), window)
    yield FilledFormDialog(window, form)
    yield FindQuestionDialog(window, bank.form(Form.FULL))
    yield OverrideDialog(window, Recommendation.STAGE, of.assessment.override)
    yield ExtendDialog(window, text[0], Period((Opening(TODAY),)), TODAY)
    yield DecideDialog(window, text[0], Recommendation.STAGE)


def contact_dialogs(window: MainWindow, text: list[str]) -> Iterator[QDialog]:
    """Contacts on their way in, each step."""
    context, words = window.context, cycle(filter(None, map(one_line, text)))
    book = {1: Prospect(next(words), next(words), role=next(words))}
    people = [
        Contact(next(words), next(words), note=next(words), tags=(next(words),)),
        Contact(book[1].name, book[1].organisation, role=next(words), links=(next(words),)),
    ]
    found = tuple(Found(each, Place(n, n)) for n, each in enumerate(people, start=1))
    left = (Left(next(words), WhyLeft.NO_PLACE, (Place(1, 2),)),)
    plan = Plan(Contacts(found, left, 2), arrivals(found, acquaintances(book.items())), book)
    steps = ContactsDialog(window, context, Incoming(Path("x.vcf"), b"", plan=plan))
    steps.people.table.selectRow(1)
    yield steps
    over = ContactsDialog(window, context, Incoming(Path("x.vcf"), b"", plan=plan))
    over.show_taken(context.fitcheck.contacts.outlook(plan, plan.boldly))
    yield over
    cells = [next(words) for _cell in range(3)]
    table = Table("utf-8", False, ",", tuple(cells), (Row(Place(1, 2), tuple(cells)),), ())
    yield ContactsDialog(window, context, Incoming(Path("x.csv"), b"", table))


def look(qtbot: QtBot, window: MainWindow, of: Planted) -> set[tuple[str, str]]:
    """Go everywhere, and be told nothing by guess; the texts that came up, and where."""
    texts = frozenset(text for text, _place in of.pairs)
    seen: set[tuple[str, str]] = set()
    wrong: list[str] = []

    def see(where: str) -> None:
        QApplication.processEvents()
        wrong.extend(f"{where}: {what}" for what in guessed(texts))
        told = "\n".join(shown())
        seen.update((text, where) for text in texts if text in told)

    assert window.interview is not None
    beside = window.pages["beside"]
    assert isinstance(beside, BesidePage)
    beside.show_prospects([line.id for line in window.context.fitcheck.prospects()])
    window.following.line.show_prospect(window.interview.prospect_id)
    for page in PAGES:
        window.show_page(page)
        qtbot.waitUntil(lambda: not window.context.busy)
        see(page)
    window.show_page("record")
    window.record.marking.show_everybody(everybody=True)
    for face in ("mark", "record", "cases"):
        window.record.show_face(face)
        see("record")
    window.show_page("interview")
    for id_ in of.assessment.answers:
        window.interview.go_to(id_)
        window.pages["interview"].enter()
        see("interview")
    for dialog in dialogs(window, of):
        dialog.show()
        qtbot.waitUntil(lambda: not window.context.busy)
        see(type(dialog).__name__)
        dialog.done(0)
        dialog.deleteLater()
    assert wrong == []
    return seen


@pytest.mark.parametrize("start", range(0, len(TYPED), EVERY))
def test_no_text_is_left_to_a_guess(
    qtbot: QtBot,
    window: MainWindow,
    fitcheck: FitCheck,
    start: int,
    record_property: Callable[[str, object], None],
) -> None:
    of = planted(turned(start, TYPED))
    window.open_assessment(fill(fitcheck, of))
    seen = look(qtbot, window, of)
    places = {place for _text, place in seen}
    assert len(places) > 10
    assert len({text for text, _place in seen}) > 60
    record_property("counted", f"{len(seen)} hostile texts × pages and dialogs")


@pytest.mark.usefixtures("qapp")
def test_the_controls_are_caught(tmp_path: Path) -> None:
    text = f'<img src="{tmp_path.as_uri()}/x.png">&b'
    texts = frozenset([text])
    makers: tuple[Callable[[], QWidget], ...] = (
        lambda: QLabel(text),
        lambda: QPushButton(text),
        lambda: _with_tip(text),
        lambda: _with_action(text),
    )
    assert list(guessed(texts)) == []
    for make in makers:
        widget = make()
        assert len(list(guessed(texts))) == 1
        Shiboken.delete(widget)


def _with_tip(text: str) -> QWidget:
    made = QWidget()
    made.setToolTip(text)
    return made


def _with_action(text: str) -> QWidget:
    made = QWidget()
    made.addAction(QAction(text, made))
    return made
