"""The report: the real pages of the PDF, to be looked at, saved, printed and mailed."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.gate import release
from fitcheck.domain.private_texts import Place
from fitcheck.domain.report import Edition
from fitcheck.i18n import _
from fitcheck.interview import Interview
from fitcheck.speaking import for_documents
from reports.words import edition_name
from ui import messages
from ui.context import Context
from ui.document_making import DocumentMaking, Wanted
from ui.drafts import Draft
from ui.finding import Finder
from ui.outgoing import Document, Outgoing
from ui.pages.finding import FindingPage
from ui.places import page_of_plan, show_place
from ui.referring import Referrals
from ui.theme import set_role, space
from ui.widgets.document_bar import DocumentBar
from ui.widgets.empty_state import EmptyState
from ui.widgets.find_bar import FindBar
from ui.widgets.held_back import HeldBack
from ui.widgets.labels import label
from ui.widgets.letter_offer import LetterOffer
from ui.widgets.making import Making
from ui.widgets.not_finished import NotFinished
from ui.widgets.pdf_view import Pages, PdfView
from ui.widgets.standing import totals_shown

EDITION_KEYS = {
    Edition.PRIVATE: "1",
    Edition.PROSPECT: "2",
    Edition.DECLINE: "3",
    Edition.FORM: "4",
}


class ReportPage(FindingPage):
    """Shows one edition at a time of what the interview in hand comes to."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._interview: Interview | None = None
        self._edition = Edition.PRIVATE
        self._document = DocumentMaking(context, self)
        self.out = Outgoing(self)
        self.out.given = self._given
        self.referrals = Referrals(context, self)
        self.offer = LetterOffer(self.referrals)
        self.bar = DocumentBar(EDITION_KEYS)
        self.private_banner = QFrame()
        self.find_bar = FindBar()
        self.view = PdfView(context.jobs)
        self.finder = Finder(self.find_bar, self.view, context.jobs)
        self.making = Making()
        self.again_button = QPushButton(_("Make it"))
        set_role(self.again_button, "primary")
        self.held_back = HeldBack()
        self._not_finished = NotFinished()
        # What others know the page by.
        self.chips, self.save_button = self.bar.chips, self.bar.save_button
        self._lay_out()
        self._connect()

    # Building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(space(6), space(3), space(6), space(2))
        column.setSpacing(space(2))
        column.addWidget(self.bar)
        set_role(self.private_banner, "banner")
        inside = QHBoxLayout(self.private_banner)
        inside.setContentsMargins(space(4), space(1.5), space(4), space(1.5))
        inside.addWidget(label(_("Private – don’t hand over"), "heading"))
        inside.addStretch(1)
        column.addWidget(self.private_banner)
        column.addWidget(self.offer)
        column.addWidget(self.find_bar)
        self.find_bar.hide()
        room = QWidget()
        self._stack = QStackedLayout(room)
        self._not_made = EmptyState(
            _("No document yet"),
            _("It was not made. Nothing of the assessment is lost."),
            self.again_button,
        )
        for part in (self.view, self.making, self._not_made, self.held_back, self._not_finished):
            self._stack.addWidget(part)
        column.addWidget(room, 1)

    def _connect(self) -> None:
        bar = self.bar
        for chip in bar.chips.values():
            chip.clicked.connect(self._edition_clicked)
        bar.previous_button.clicked.connect(self._previous_page)
        bar.next_button.clicked.connect(self._next_page)
        bar.page_asked.connect(self.view.go_to_page)
        bar.language.chosen.connect(self._write_in)
        self.view.moved.connect(self._moved)
        self._document.begun.connect(self._show_making)
        self._document.done.connect(self._done)
        self._document.failed.connect(self._failed)
        self.making.cancelled.connect(self.cancel)
        self.again_button.clicked.connect(self._make)
        self.held_back.edit.connect(self._edit)
        self.held_back.look.connect(self._look)
        self.held_back.release.connect(self._release)
        self._not_finished.back.connect(self._to_questions)
        self._not_finished.finish.connect(self.finish_asked)
        for button, name, keys, slot in (
            (bar.save_button, _("Save"), ("Ctrl+S",), self.save),
            (bar.print_button, _("Print"), ("Ctrl+P",), self.print_document),
            (bar.mail_button, _("Mail"), ("Ctrl+E",), self.mail),
            (bar.find_button, _("Find in the document"), ("Ctrl+F",), self.find_in_it),
            (None, _("Next place found"), ("F3",), self.finder.go_on),
            (None, _("Previous place found"), ("Shift+F3",), self.finder.go_back),
            (None, _("Go to a page"), ("Ctrl+G",), self._type_page),
            (None, _("Language of the document"), ("L",), bar.language.go_on),
            (bar.in_button, _("Larger"), ("Ctrl++", "Ctrl+="), self.view.zoom_in),
            (bar.out_button, _("Smaller"), ("Ctrl+-",), self.view.zoom_out),
            (bar.width_button, _("Fit width"), ("Ctrl+0",), self.view.fit_width),
            (bar.page_button, _("Fit page"), ("Ctrl+9",), self.view.fit_page),
        ):
            self.add_key(name, keys, slot)
            if button is not None:
                button.clicked.connect(slot)
        for edition, key in EDITION_KEYS.items():
            action = self.add_key(edition_name(edition), (key,), self._edition_keyed)
            action.setData(edition.value)

    def find_here(self) -> None:
        self.find_in_it()

    # Page

    def set_interview(self, interview: Interview | None) -> None:
        self._drop()
        self._interview = interview
        self._edition = Edition.PRIVATE
        if self.isVisible():
            self._show_edition()

    def enter(self) -> None:
        self._show_edition()

    def leave(self) -> bool:
        if self._document.under_way:
            self._drop()
        return True

    def place(self) -> dict[str, str]:
        return {"edition": self._edition.value, **self.view.place()}

    def stand_at(self, place: Draft) -> None:
        self._edition = next((e for e in Edition if e.value == place.get("edition")), self._edition)
        self.view.stand_at(place)

    def resume(self, dialog: str, draft: Draft) -> None:
        self.referrals.resume(dialog, draft)

    def _drop(self) -> None:
        """Let go of the document and of whatever is being made."""
        self._document.drop()
        self.out.document = None
        self.offer.withdraw()
        self.view.clear()
        self.held_back.clear()
        self.finder.set_document(b"")

    def _show_edition(self) -> None:
        """Show the edition that is chosen, made anew if anything in it has changed."""
        self.bar.show_edition(self._edition)
        interview = self._interview
        if interview is None or not totals_shown(
            finished=interview.finished,
            preferred=self.context.fitcheck.preferences.show_totals,
            peeking=False,
        ):
            self._drop()
            self._show(self._not_finished)
            self._not_finished.take_focus()
            return
        self.bar.language.show_language(for_documents(interview.language))
        self.private_banner.setVisible(self._edition is Edition.PRIVATE)
        if self._wanted() != self._document.made:
            self._make()
        elif not self._document.under_way:
            self._show_made()

    def _wanted(self) -> Wanted | None:
        if self._interview is None:
            return None
        fitcheck = self.context.fitcheck
        report = fitcheck.report(self._interview, self._edition)
        beside = fitcheck.rights.private_beside(self._interview.prospect_id)
        paper, language = fitcheck.preferences.paper, for_documents(self._interview.language)
        return Wanted(report, paper, language, self._interview.assessment, beside)

    def _show(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self.bar.setVisible(widget is not self._not_finished)
        if widget is self.view:
            self.bar.show_document()
        else:
            self.bar.show_nothing()
            self.find_bar.hide()
        if widget is self._not_finished:
            self.private_banner.hide()

    # Making

    @Slot()
    def _make(self) -> None:
        self._drop()
        # What lies at hand takes a moment, too, in which there is nothing to save or print.
        self.bar.show_nothing()
        wanted, interview = self._wanted(), self._interview
        if wanted is not None and interview is not None:
            self._document.make(wanted, self._edition, interview.bank)

    @Slot()
    def _show_making(self) -> None:
        self._show(self.making)
        self.making.take_focus()

    @Slot(object)
    def _done(self, pages: Pages) -> None:
        made, held = self._document.made, self._document.held
        assert made is not None
        assert self._interview is not None
        if held:
            self.held_back.show_repeats(held, self._interview.bank)
        else:
            self.out.document = Document(
                made.report, made.paper, made.language, pages.pdf, len(pages.sizes)
            )
            self.view.show_pages(pages)
            self.finder.set_document(pages.pdf)
        self._show_made()

    def _show_made(self) -> None:
        """Show what was made: the pages, or why they are held back."""
        if self._document.held:
            self._show(self.held_back)
            self.held_back.take_focus()
        else:
            self._show(self.view)
            self.view.setFocus()

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self._show_not_made()
        happened = _("The document could not be made.")
        kept = _("The assessment is kept, with every answer.")
        messages.tell(self, messages.of_error(error, happened, kept))

    @Slot()
    def cancel(self) -> None:
        """Stop making the document; it can be made again."""
        self._document.cancel()
        self._drop()
        self._show_not_made()

    def _show_not_made(self) -> None:
        self._show(self._not_made)
        self.again_button.setFocus()

    # Held back

    @Slot()
    def _edit(self) -> None:
        self.go.emit(page_of_plan())

    @Slot(object)
    def _look(self, place: Place) -> None:
        if self._interview is not None:
            self.go.emit(show_place(self._interview, place))

    @Slot()
    def _release(self) -> None:
        """Let exactly these words pass from now on, and record it."""
        interview = self._interview
        if interview is None or not self._document.held:
            return
        record = release(self._document.held, self._edition, self.context.fitcheck.today())
        interview.set_field("releases", (*interview.assessment.releases, record))
        self._show_edition()

    # Looking

    @Slot(str)
    def _write_in(self, code: str) -> None:
        """Have the documents of this assessment in another language from now on."""
        if self._interview is not None:
            self._interview.language = code
            self._interview.save_place()
            self._show_edition()

    @Slot()
    def _edition_clicked(self) -> None:
        chip = self.sender()
        self._show_other(next(each for each, other in self.chips.items() if other is chip))

    @Slot()
    def _edition_keyed(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        # As little as a click: where there are no documents yet, there is none to choose.
        if self.bar.isVisible():
            self._show_other(Edition(action.data()))

    def _show_other(self, edition: Edition) -> None:
        self._edition = edition
        self._show_edition()

    @Slot(int, float)
    def _moved(self, page: int, zoom: float) -> None:
        self.bar.show_place(page, len(self.view.views), zoom)

    @Slot()
    def _previous_page(self) -> None:
        self.view.go_to_page(self.view.page - 1)

    @Slot()
    def _next_page(self) -> None:
        self.view.go_to_page(self.view.page + 1)

    @Slot()
    def _type_page(self) -> None:
        if self.bar.page_field.isEnabled():
            self.bar.page_field.setFocus()
            self.bar.page_field.selectAll()

    @Slot()
    def find_in_it(self) -> None:
        """Look for a text in the document that is shown."""
        if self.out.document is not None:
            self.find_bar.begin()

    # Handing over

    @Slot()
    def save(self) -> None:
        """Ask where to, and save the document there."""
        self.out.save()

    @Slot()
    def print_document(self) -> None:
        """Ask for a printer, and print the document on it."""
        self.out.print()

    @Slot()
    def mail(self) -> None:
        """Save the document, show where, and have the mail program begin a mail."""
        if self._interview is not None:
            self.out.mail_to(self.context.fitcheck.prospect(self._interview.prospect_id))

    def _given(self, document: Document) -> None:
        if self._interview is not None:
            self.offer.given_out(document.report, self._interview.prospect_id)

    @Slot()
    def _to_questions(self) -> None:
        self.go.emit("interview" if self._interview else "prospects")
