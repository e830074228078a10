"""The window: leads from page to page, and does nothing else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fitcheck.errors import FitCheckError
from ui.frame import Frame
from ui.theme import space

# The window is painted before its book is open, and before all that is only wanted then is
# imported: each method imports what it needs of that.
if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from fitcheck.interview import Interview
    from ui.context import Context
    from ui.drafts import Draft
    from ui.pages.beside import BesidePage
    from ui.pages.interview import InterviewPage
    from ui.pages.line import LinePage
    from ui.pages.page import Page
    from ui.pages.prospects import ProspectsPage
    from ui.pages.record import RecordPage
    from ui.pages.settings import SettingsPage

_ROOMY = 300
"""How wide the window must be, in units of ``space``, for the sidebar to show words."""

_LOW = 140
"""How high it must be, in the same measure, for a line at its foot."""

WARM_AFTER = 1_000
"""Milliseconds from the first paint of an open book until the render worker is started."""


class MainWindow(Frame):
    """Shows the book of ``context``, or no more than its frame until :meth:`open_book`.

    ``demonstration`` says at the foot that nothing is kept, and never asks for a passphrase.

    ``lock_asked``: a protected book is to be locked now; who made the window does that.
    ``hand_over_asked``: likewise, and the prospect's own form of that assessment to be shown; with
    the PIN that leads back where there is no passphrase.
    ``restore_asked``: likewise, and this backup to take the book's place.
    ``placed``: where it stands has been kept for the next time.
    ``language_asked``: it is to be built anew, over the same open book, in this language.
    """

    lock_asked = Signal()
    hand_over_asked = Signal(int, str)
    restore_asked = Signal(object)
    placed = Signal()
    language_asked = Signal(str)

    def __init__(self, context: Context | None, demonstration: bool = False) -> None:
        super().__init__()
        self.page_name = ""
        self.closed = False
        self._demonstration = demonstration
        self._open = self._shown = False
        if context is not None:
            self.open_book(context)

    def open_book(self, context: Context) -> None:
        """Make all that shows the book, in place of the frame; to be called once."""
        from ui.contacting import Contacting
        from ui.exchanging import Exchanging
        from ui.following import Following
        from ui.foreseeing import Foreseer
        from ui.guide.asking import HelpKey
        from ui.helping import Helping
        from ui.importing import FileImport
        from ui.in_hand import InHand
        from ui.keeping import Keeping
        from ui.menus import Menus
        from ui.page_set import PageSet
        from ui.palette.opening import Palette
        from ui.protecting import Protecting
        from ui.record.due import DueMarks
        from ui.restyling import Restyling
        from ui.saving import Saving
        from ui.surroundings import SurroundingsBanner
        from ui.widgets.foot import Foot
        from ui.widgets.sidebar import Sidebar

        demonstration = self._demonstration
        self.context = context
        self.in_hand = InHand(self)
        self.protecting = Protecting(self)
        self.pages = PageSet(context, self._page_made, self, self.table)
        self.stack = self.pages.stack
        self._right = QVBoxLayout()
        self.sidebar = Sidebar(context.theme)
        self.foot = Foot(demonstration)
        self.save_mark = self.foot.save_mark
        self.saving = Saving(self.save_mark, self)
        self.surroundings = SurroundingsBanner(context.fitcheck, self)
        self.prospects = cast("ProspectsPage", self.pages["prospects"])
        self.menus = Menus(self.prospects.actions_of_prospect, self.prospects.actions_of_list)
        self.foreseer = Foreseer(context, self)
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.setInterval(WARM_AFTER)
        self._warming.timeout.connect(self._warm_press)
        self.importing = FileImport(self)
        self.exchanging = Exchanging(self)
        self.contacting = Contacting(self)
        self.keeping = Keeping(self)
        self.following = Following(self)
        self.command_palette = Palette(self)
        self.help_key = HelpKey(self)
        self.helping = Helping(self)
        self.restyling = Restyling(self)
        self._open = True
        self._lay_out()
        # A throw-away book has nothing to keep from anybody.
        self.menus.lock.setEnabled(not demonstration)
        self.menus.backups.setEnabled(not demonstration)
        self._connect()
        self.due_marks = DueMarks(self)
        self._show_person()
        self._restore_place()
        self._stand_in_size(self.size().width(), self.size().height())
        self.show_page("prospects")

    # The parts

    def _lay_out(self) -> None:
        self.setMenuBar(self.menus)
        right = self._right
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        whole = QWidget()
        columns = QHBoxLayout(whole)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.sidebar)
        # While it is empty: PySide keeps a reference to whatever is in a layout that is put into
        # another, and to a part that leaves it again (the foot) one that points to freed memory.
        columns.addLayout(right, 1)
        right.addWidget(self.stack, 1)
        right.addWidget(self.surroundings.banner)
        right.addWidget(self.saving.banner)
        right.addWidget(self.foot)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        menus = self.menus
        menus.new_prospect.triggered.connect(self.prospects.acts.new_prospect)
        menus.search.triggered.connect(self._search)
        menus.settings.triggered.connect(self._show_settings)
        menus.lock.triggered.connect(self.protecting.lock_now)
        menus.import_form.triggered.connect(self.importing.choose)
        self.importing.agreed.connect(self.in_hand.take_form)
        self.importing.added.connect(self.in_hand.take)
        self.importing.book_found.connect(self.exchanging.import_book)
        self.importing.bank_found.connect(self._read_bank)
        self.importing.contacts_found.connect(self.contacting.read)
        self.exchanging.brought_in.connect(self._brought_in)
        self.contacting.brought_in.connect(self._brought_in)
        menus.import_contacts.triggered.connect(self.contacting.choose)
        self.prospects.contacts_button.clicked.connect(self.contacting.choose)
        menus.paste_contacts.triggered.connect(self.contacting.paste)
        menus.undo_contacts.triggered.connect(self.contacting.undo)
        menus.export_book.triggered.connect(self.exchanging.export_book)
        menus.export_list.triggered.connect(self.exchanging.export_list)
        self.prospects.bulk.export_asked.connect(self.exchanging.export_chosen)
        menus.card.triggered.connect(self._pocket_card)
        menus.backups.triggered.connect(self.keeping.show)
        menus.quit.triggered.connect(self.close)
        for name, action in menus.go.items():
            action.triggered.connect(lambda _checked=False, name=name: self.show_page(name))
        self.sidebar.chosen.connect(self.show_page)
        self.foot.protect_asked.connect(self.protecting.protect)
        self.saving.saved.connect(self._saved)
        self.foot.backups_asked.connect(self.keeping.show)
        self.prospects.acts.open_inquiry.connect(self.in_hand.take_for_inquiry)
        self.prospects.acts.open_line.connect(self._show_line)
        self.prospects.acts.open_beside.connect(self._show_beside)
        self.prospects.rights.let_go_of.connect(self.let_go_of)
        self.in_hand.changed.connect(self._show_person)

    def _page_made(self, name: str, page: Page) -> None:
        """A page is there from now on."""
        page.go.connect(self.show_page)
        page.open_assessment.connect(self.in_hand.take)
        page.hand_over.connect(self.protecting.hand_over)
        page.finish_asked.connect(partial(self._finish, name))
        if name == "settings":
            self.settings.backups.asked.connect(self.keeping.show)
            self.settings.look_changed.connect(self.restyling.restyle)
            self.settings.language.chosen.connect(self.language_asked)
        elif name == "record":
            self.record.changed.connect(self.due_marks.look)
        elif name == "interview":
            self._asking.letter_asked.connect(self._show_letter)
        elif name in ("agenda", "line"):
            self.following.page_made(name)
        if self.interview is not None:
            page.set_interview(self.interview)

    @Slot(object)
    def _read_bank(self, file: Path) -> None:
        self.settings.questions.exchange.read(file)

    @property
    def settings(self) -> SettingsPage:
        return cast("SettingsPage", self.pages["settings"])

    @property
    def record(self) -> RecordPage:
        return cast("RecordPage", self.pages["record"])

    @property
    def _asking(self) -> InterviewPage:
        return cast("InterviewPage", self.pages["interview"])

    # Going about

    def hushed(self) -> bool:
        """Whether the prospect reads along, and names must stay away; the page then says so."""
        return self.page_name == "interview" and self._asking.hushed()

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Show a page by its name, if the one that is shown lets itself be left."""
        from ui.tab_order import at_the_end
        from ui.widgets.sidebar import WITH_ASSESSMENT

        if name in WITH_ASSESSMENT and self.interview is None:
            return
        if name != self.page_name and self.leave():
            self.page_name = name
            self.stack.setCurrentWidget(self.pages[name])
            self.pages[name].enter()
            # Tab comes to what lies below a page after all of the page.
            below = (self.surroundings.banner, self.saving.banner, self.foot)
            at_the_end(*(part for part in below if self._right.indexOf(part) >= 0))
        self.sidebar.show_page(self.page_name)
        self.protecting.show()
        self._foresee()

    def show_anew(self, name: str) -> None:
        """Show a page, the one that is shown, too, as if one came to it; nothing else is left."""
        self.page_name = ""
        self.show_page(name)

    def open_assessment(self, assessment_id: int) -> None:
        """Take an assessment in hand: its interview, or its verdict where it is finished."""
        self.in_hand.take(assessment_id)

    @property
    def interview(self) -> Interview | None:
        """That of the assessment in hand."""
        return self.in_hand.interview

    @Slot(int)
    def let_go_of(self, prospect_id: int) -> None:
        """A prospect is about to be erased: nothing of theirs stays in hand, or at hand."""
        from ui.covering import forget_what_was_copied

        self.in_hand.let_go_of(prospect_id)
        self.context.fitcheck.contacts.forget(prospect_id)
        self.prospects.bulk.forget()
        self.foreseer.look(None)
        self.context.press.forget()
        forget_what_was_copied()

    def leave(self) -> bool:
        """Whether the page that is shown lets itself be left, which it has been then."""
        return not self.page_name or self.pages[self.page_name].leave()

    @Slot()
    def _show_person(self) -> None:
        name = self.interview.assessment.prospect.name if self.interview else ""
        self.sidebar.set_person(name)
        self.menus.set_in_hand(bool(name))
        self.setWindowTitle(f"{name} – FitCheck" if name else "FitCheck")

    def _finish(self, then: str) -> None:
        """The one way to the totals, whichever page was asked for: it passes the gut."""
        self.show_page("interview")
        if self.page_name == "interview":
            self._asking.finish(then)

    @Slot()
    def _brought_in(self) -> None:
        """Show what the book holds now; the assessment in hand may have gone on elsewhere."""
        page, interview = self.page_name, self.interview
        if "settings" in self.pages.made:
            self.settings.populate()
        self.restyling.restyle()
        if interview is not None:
            self.open_assessment(interview.id)
            self.show_page(page)
        else:
            self.pages[page].enter()

    @Slot()
    def _search(self) -> None:
        self.show_page("prospects")
        if self.page_name == "prospects":
            self.prospects.focus_search()

    @Slot(int)
    def _show_line(self, prospect_id: int) -> None:
        cast("LinePage", self.pages["line"]).show_prospect(prospect_id)
        self.show_page("line")

    @Slot(object)
    def _show_beside(self, prospect_ids: tuple[int, ...]) -> None:
        cast("BesidePage", self.pages["beside"]).show_prospects(prospect_ids)
        self.show_page("beside")

    @Slot()
    def _show_letter(self) -> None:
        from fitcheck.domain.report import Edition

        self.pages["report"].stand_at({"edition": Edition.DECLINE.value})
        self.show_page("report")

    @Slot()
    def _show_settings(self) -> None:
        self.show_page("settings")

    # Over a lock

    def place(self) -> dict[str, str]:
        """The page, the assessment in hand and where one stands on each page."""
        from ui.drafts import under

        place = {"page": self.page_name}
        if self.interview is not None:
            place["assessment"] = str(self.interview.id)
        for name, page in self.pages.made.items():
            place |= under(name, page.place())
        return place

    def stand_at(self, place: Draft) -> None:
        """Go to where :meth:`place` was asked, as far as all of that is still there."""
        from ui.drafts import part_of

        assessment = place.get("assessment", "")
        if assessment.isdecimal():
            with suppress(KeyError):
                self.open_assessment(int(assessment))
        for name in self.pages:
            if there := part_of(place, name):
                self.pages[name].stand_at(there)
        if place.get("page") in self.pages:
            self.show_page(place["page"])

    def resume(self, drafts: Draft) -> None:
        """Open the dialog again that was open, with what was being typed in it."""
        from ui.drafts import dialog_in

        if dialog := dialog_in(drafts):
            name, draft = dialog
            if name == self.contacting.draft_name:
                self.contacting.resume(draft)
            else:
                self.pages[self.page_name].resume(name, draft)

    def let_go(self) -> bool:
        """Keep what is being typed; ``False`` where the page that is shown can't."""
        return not self.page_name or self.pages[self.page_name].let_go()

    def take_up(self) -> None:
        """Go on where :meth:`let_go` left off."""
        self.pages[self.page_name].enter()

    @Slot()
    def _pocket_card(self) -> None:
        from ui.dialogs.pocket_card import PocketCardDialog  # few starts need it

        PocketCardDialog.offer(self, self.context)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # A dialog that may have protected the book has gone.
        if self._open and event.type() == event.Type.ActivationChange and self.isActiveWindow():
            self.protecting.show()

    @Slot()
    def _saved(self) -> None:
        if self.closed:
            # It was waited for as the book was closed, and is heard of only now.
            return
        # The list may have been read while the last write was still under way.
        if self.page_name == "prospects":
            self.prospects.refresh()
        self._foresee()

    def _foresee(self) -> None:
        """Have the documents made ahead, unless one is in the midst of asking."""
        from ui.widgets.sidebar import UNDER

        asking = self.page_name == "interview" or self.page_name in UNDER
        interview = self.interview
        ended = interview is not None and (interview.finished or not asking)
        self.foreseer.look(interview if ended and not self.closed else None)

    # Coming back and closing

    def _restore_place(self) -> None:
        from ui.sizes import Sizes

        Sizes.of_application().load(self.context.fitcheck.preferences.dialogs)
        self.stand_where(self.context.fitcheck.preferences.window)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._open and not self._shown:
            self._shown = True
            # Loading what makes documents must not hold up the first look at the book.
            self._warming.start()

    @Slot()
    def _warm_press(self) -> None:
        if not self.closed:
            self.context.press.warm()
            self.surroundings.look()
            self.pages.make_ahead()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._open:
            self._stand_in_size(event.size().width(), event.size().height())

    def _stand_in_size(self, width: int, height: int) -> None:
        # Where text is large or the window small, the room belongs to the page.
        self.sidebar.set_compact(width < space(_ROOMY))
        low = height < space(_LOW)
        self.foot.stand(self._right, self.menus, beside_menus=low)

    def closeEvent(self, event: QCloseEvent) -> None:
        from PySide6.QtCore import Qt

        if self.closed:
            return
        if not self._open:
            self.closed = True
            return
        if not self.leave() or not self.saving.may_close(self.context.fitcheck):
            event.ignore()
            return
        self.pages.stop()
        self.keep_geometry()
        self.setCursor(Qt.CursorShape.WaitCursor)
        self.context.close()
        self.context.fitcheck.close()
        self.closed = True
        self._foresee()
        event.accept()

    def keep_geometry(self) -> None:
        """Have the window open where it stands now the next time."""
        from ui.sizes import Sizes

        place = bytes(self.saveGeometry().toBase64().data()).decode()
        fitcheck, sizes = self.context.fitcheck, Sizes.of_application().text()
        # Not worth holding anybody up for: the window then opens where it did the last time.
        with suppress(FitCheckError):
            preferences = replace(fitcheck.preferences, window=place, dialogs=sizes)
            fitcheck.save_preferences(preferences)
        self.placed.emit()
