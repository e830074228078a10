"""The report: the real pages of the PDF, to be looked at, saved and printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition, Report
from fitcheck.i18n import _
from fitcheck.interview import Interview
from reports.words import edition_name, whole_percent
from ui import messages
from ui.context import Context
from ui.drafts import Draft
from ui.jobs import Job
from ui.pages.page import Page
from ui.press import Ticket
from ui.theme import set_role, space
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import FlowLayout
from ui.widgets.interview_bars import quiet_button
from ui.widgets.labels import label
from ui.widgets.not_finished import NotFinished
from ui.widgets.pdf_output import choose_file, choose_printer, print_pages, write_whole
from ui.widgets.pdf_view import Pages, PdfView
from ui.widgets.standing import totals_shown


class ReportPage(Page):
    """Shows one edition at a time of what the interview in hand comes to."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._interview: Interview | None = None
        self._edition = Edition.PRIVATE
        self._job: Job | None = None
        self._ticket: Ticket | None = None
        self._made: tuple[Report, Paper] | None = None
        self._pdf = b""
        self.chips = {edition: Chip(edition_name(edition)) for edition in Edition}
        self.private_banner = QFrame()
        self.view = PdfView(context.jobs)
        self.progress = QProgressBar()
        # Busy rather than a share: laying a document out is one step that can't say how far it is.
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Making the document"))
        self.cancel_button = QPushButton(_("Cancel"))
        self.again_button = QPushButton(_("Make it"))
        set_role(self.again_button, "primary")
        self.previous_button = quiet_button("‹", _("Page up"))
        self.previous_button.setAccessibleName(_("Previous page"))
        self.next_button = quiet_button("›", _("Page down"))
        self.next_button.setAccessibleName(_("Next page"))
        self.page_label = label("", "quiet")
        self.out_button = quiet_button("−", _("Ctrl+−"))
        self.out_button.setAccessibleName(_("Smaller"))
        self.in_button = quiet_button("+", _("Ctrl++"))
        self.in_button.setAccessibleName(_("Larger"))
        self.zoom_label = label("", "quiet")
        self.fit_button = quiet_button(_("Fit width"), _("Ctrl+0"))
        self.print_button = quiet_button(_("Print…"), _("Ctrl+P"), role="")
        self.save_button = quiet_button(_("Save…"), _("Ctrl+S"), role="primary")
        self._not_finished = NotFinished()
        self._lay_out()
        self._connect()

    # Building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(space(6), space(3), space(6), space(2))
        column.setSpacing(space(2))
        self._bar = QWidget()
        bar = FlowLayout(self._bar, gap=space(2))
        for chip in self.chips.values():
            bar.addWidget(chip)
        bar.addWidget(_group(self.previous_button, self.page_label, self.next_button))
        bar.addWidget(_group(self.out_button, self.zoom_label, self.in_button, self.fit_button))
        bar.addWidget(_group(self.print_button, self.save_button))
        column.addWidget(self._bar)
        set_role(self.private_banner, "banner")
        inside = QHBoxLayout(self.private_banner)
        inside.setContentsMargins(space(4), space(1.5), space(4), space(1.5))
        inside.addWidget(label(_("Private – don’t hand over"), "heading"))
        inside.addStretch(1)
        column.addWidget(self.private_banner)
        room = QWidget()
        self._stack = QStackedLayout(room)
        self._stack.addWidget(self.view)
        self._working = self._make_working()
        self._not_made = EmptyState(
            _("No document yet"),
            _("It was not made. Nothing of the assessment is lost."),
            self.again_button,
        )
        self._stack.addWidget(self._working)
        self._stack.addWidget(self._not_made)
        self._stack.addWidget(self._not_finished)
        column.addWidget(room, 1)

    def _make_working(self) -> QWidget:
        working = QWidget()
        column = QVBoxLayout(working)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        inner = QVBoxLayout()
        inner.setSpacing(space(3))
        inner.addWidget(label(_("Making the document…"), "heading"))
        self.progress.setFixedWidth(space(80))
        inner.addWidget(self.progress)
        inner.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(inner)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        return working

    def _connect(self) -> None:
        for chip in self.chips.values():
            chip.clicked.connect(self._edition_clicked)
        self.previous_button.clicked.connect(self._previous_page)
        self.next_button.clicked.connect(self._next_page)
        self.view.moved.connect(self._moved)
        self.cancel_button.clicked.connect(self.cancel)
        self.again_button.clicked.connect(self._make)
        self._not_finished.back.connect(self._to_questions)
        self._not_finished.finish.connect(self.finish_asked)
        slots: tuple[tuple[QPushButton, tuple[str, ...], Callable[[], object]], ...] = (
            (self.out_button, ("Ctrl+-",), self.view.zoom_out),
            (self.in_button, ("Ctrl++", "Ctrl+="), self.view.zoom_in),
            (self.fit_button, ("Ctrl+0",), self.view.fit_width),
            (self.print_button, ("Ctrl+P",), self.print_document),
            (self.save_button, ("Ctrl+S",), self.save),
        )
        for button, keys, slot in slots:
            button.clicked.connect(slot)
            action = QAction(button.accessibleName() or button.text(), self)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(slot)
            self.addAction(action)

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
        if self._making:
            self._drop()
        return True

    def place(self) -> dict[str, str]:
        return {"edition": self._edition.value, **self.view.place()}

    def stand_at(self, place: Draft) -> None:
        self._edition = next((e for e in Edition if e.value == place.get("edition")), self._edition)
        self.view.stand_at(place)

    def _drop(self) -> None:
        """Let go of the document and of whatever is being made."""
        if self._job is not None:
            self._job.cancel()
        if self._ticket is not None:
            # It is made all the same: whoever goes away comes back, as a rule.
            self._ticket.forget()
        self._job = self._ticket = None
        self._made = None
        self._pdf = b""
        self.view.clear()

    @property
    def _making(self) -> bool:
        return self._job is not None or self._ticket is not None

    def _show_edition(self) -> None:
        """Show the edition that is chosen, made anew if anything in it has changed."""
        for edition, chip in self.chips.items():
            chip.show_chosen(edition is self._edition)
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
        self.private_banner.setVisible(self._edition is Edition.PRIVATE)
        if self._wanted() != self._made:
            self._make()
        elif not self._making:
            self._show(self.view)
            self.view.setFocus()

    def _wanted(self) -> tuple[Report, Paper] | None:
        if self._interview is None:
            return None
        fitcheck = self.context.fitcheck
        return fitcheck.report(self._interview, self._edition), fitcheck.preferences.paper

    def _show(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self._bar.setVisible(widget is not self._not_finished)
        shown = widget is self.view
        for button in (self.print_button, self.save_button, self.in_button, self.out_button):
            button.setEnabled(shown)
        self.fit_button.setEnabled(shown)
        if not shown:
            self.page_label.clear()
            self.zoom_label.clear()
            self.previous_button.setEnabled(False)
            self.next_button.setEnabled(False)
        if widget is self._not_finished:
            self.private_banner.hide()

    # Making

    @Slot()
    def _make(self) -> None:
        self._drop()
        wanted = self._wanted()
        if wanted is None:
            return

        def made(pdf: bytes) -> None:
            self._ticket = None
            self._look_at(wanted, pdf)

        pdf = self.context.press.at_hand(*wanted)
        if pdf is not None:
            made(pdf)
            return
        self._show(self._working)
        self.cancel_button.setFocus()
        self._ticket = self.context.press.make(*wanted, made, self._failed)

    def _look_at(self, wanted: tuple[Report, Paper], pdf: bytes) -> None:
        """Find out what the pages are like, and show them."""

        def operation() -> Pages:
            from reports.pages import page_sizes

            return Pages(pdf, tuple(page_sizes(pdf)))

        def success(pages: Pages) -> None:
            self._job = None
            self._made = wanted
            self._pdf = pages.pdf
            self._show(self.view)
            self.view.show_pages(pages)
            self.view.setFocus()

        self._job = self.context.jobs.run_job(operation, success, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._job = self._ticket = None
        self._show_not_made()
        happened = _("The document could not be made.")
        kept = _("The assessment is kept, with every answer.")
        messages.tell(self, messages.of_error(error, happened, kept))

    @Slot()
    def cancel(self) -> None:
        """Stop making the document; it can be made again."""
        if self._ticket is not None:
            self.context.press.cancel(self._ticket)
        self._drop()
        self._show_not_made()

    def _show_not_made(self) -> None:
        self._show(self._not_made)
        self.again_button.setFocus()

    # Looking

    @Slot()
    def _edition_clicked(self) -> None:
        chip = self.sender()
        self._edition = next(edition for edition, other in self.chips.items() if other is chip)
        self._show_edition()

    @Slot(int, float)
    def _moved(self, page: int, zoom: float) -> None:
        count = len(self.view.views)
        self.page_label.setText(_("{page} of {count}").format(page=page + 1, count=count))
        self.zoom_label.setText(_("{zoom}%").format(zoom=whole_percent(zoom)))
        self.previous_button.setEnabled(page > 0)
        self.next_button.setEnabled(page < count - 1)

    @Slot()
    def _previous_page(self) -> None:
        self.view.go_to_page(self.view.page - 1)

    @Slot()
    def _next_page(self) -> None:
        self.view.go_to_page(self.view.page + 1)

    # Handing over

    @Slot()
    def save(self) -> None:
        """Ask where to, and save the document there."""
        from reports.render import suggested_file_name

        if self._made is not None:
            path = choose_file(self, _("Save the document"), suggested_file_name(self._made[0]))
            if path is not None:
                self.save_to(path)

    def save_to(self, path: Path) -> bool:
        """Save the document that is shown as ``path``; ``False`` where it failed, and was said."""
        try:
            write_whole(path, self._pdf)
        except OSError as error:
            message = messages.of_error(
                error,
                _("The document was not saved as {path}.").format(path=path),
                _("What was there before is as it was."),
                _("Choose another folder or name, or free some space."),
            )
            messages.tell(self, message)
            return False
        return True

    @Slot()
    def print_document(self) -> None:
        """Ask for a printer, and print the document on it."""
        if self._made is not None:
            printer = choose_printer(self, self._made[1], len(self.view.views))
            if printer is not None:
                self.print_on(printer)

    def print_on(self, printer: QPrinter) -> bool:
        """Print the document that is shown; ``False`` where it failed, and was said."""
        try:
            print_pages(self._pdf, printer)
        except Exception as error:  # whatever it is, the person must hear of it
            messages.tell(self, messages.of_error(error, _("The document was not printed.")))
            return False
        return True

    @Slot()
    def _to_questions(self) -> None:
        self.go.emit("interview" if self._interview else "prospects")


def _group(*widgets: QWidget) -> QWidget:
    """Controls that stay together where a line breaks."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(space(2), 0, space(2), 0)
    row.setSpacing(space(1))
    for widget in widgets:
        row.addWidget(widget)
    return group
