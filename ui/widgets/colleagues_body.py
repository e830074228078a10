"""The page of colleagues: the book at the left, the chosen one with their referrals beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.book import Colleague
from fitcheck.domain.referral import ReferralLine
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _, ngettext
from fitcheck.referring import RemovedColleague
from ui import messages
from ui.context import Context
from ui.drafts import Draft, part_of, under
from ui.plan.faults import fault_in
from ui.plan.fields import TextEditor
from ui.referring import Referrals
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets.colleague_card import colleague_card, show_colleague
from ui.widgets.colleague_list import ColleagueList, Row
from ui.widgets.column import Column, scrolling
from ui.widgets.empty_state import EmptyState
from ui.widgets.fault_line import tell
from ui.widgets.key_tip import name_key
from ui.widgets.labels import label
from ui.widgets.referral_list import ReferralList
from ui.widgets.search_field import SearchField
from ui.widgets.text import paragraph
from ui.widgets.undo_strip import Done, UndoStrip

_LIST_SHARE, _CARD_SHARE = 2, 3
_TEXTS = ("name", "contact", "good_at")


class ColleaguesBody(QWidget):
    """Keeps what is typed half a second after the last key, and whenever somebody else is shown."""

    def __init__(self, context: Context, referrals: Referrals) -> None:
        super().__init__()
        self._context = context
        self._referrals = referrals
        self._begun: dict[str, str] | None = None
        self._shown: Row | None = None
        self.list = ColleagueList(context)
        self.search = SearchField(self.list)
        self.search.setPlaceholderText(_("Search by name or what they are good at"))
        self.search.setAccessibleName(_("Search the colleagues"))
        self.card = colleague_card(context.fitcheck.today())
        self.others = paragraph(
            _(
                "Referrals to people who aren’t in this book, or no longer are. What came of "
                "them can be noted all the same."
            )
        )
        self.asked = paragraph(
            _(
                "They haven’t agreed to be named yet. Ask them before you give out a letter "
                "with their name in it, and note the day."
            ),
            "warning",
        )
        self.referrals = ReferralList()
        self.nobody = paragraph(_("You have sent nobody to them yet."), "quiet")
        self.refer_button = QPushButton(_("&Note a referral…"))
        self.refer_button.setToolTip(_("Whom you sent to them, and what came of it (Ctrl+R)"))
        self.add_button = QPushButton(_("&Add a colleague"))
        self.first_button = QPushButton(_("&Add a colleague"))
        for button in (self.add_button, self.first_button):
            name_key(button, "Ctrl+Shift+C")
        self.strip = UndoStrip()
        self.count = label("", "quiet")
        self.state = label("", "quiet")
        self.views = QStackedWidget()
        self._lay_out()
        self._connect()

    # The parts

    def _lay_out(self) -> None:
        set_role(self.add_button, "primary")
        set_role(self.first_button, "primary")
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(label(_("Colleagues to refer to"), "title"))
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.add_button)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(3))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        book = QWidget()
        row = QHBoxLayout(book)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(4))
        row.addWidget(left, _LIST_SHARE)
        row.addWidget(self._chosen(), _CARD_SHARE)
        self.views.addWidget(book)
        self.views.addWidget(
            EmptyState(
                _("Nobody to refer to yet"),
                _(
                    "Saying no is easier when you know somebody who serves them better. Note whom "
                    "you trust, what they are good at, and the day on which they agreed to be "
                    "named. A decline letter can then name them, and what came of it is kept here."
                ),
                self.first_button,
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(6), space(8), space(4))
        layout.setSpacing(space(4))
        layout.addLayout(head)
        layout.addWidget(self.views, 1)
        layout.addWidget(self.strip)

    def _chosen(self) -> QWidget:
        inner = Column(space(2))
        column = inner.column
        column.setContentsMargins(0, 0, space(2), space(4))
        column.addWidget(self.card)
        column.addWidget(self.others)
        column.addWidget(self.asked)
        column.addSpacing(space(3))
        head = QHBoxLayout()
        head.addWidget(label(_("Referred to them"), "heading"))
        head.addStretch(1)
        head.addWidget(self.refer_button)
        column.addLayout(head)
        column.addWidget(self.nobody)
        column.addWidget(self.referrals)
        column.addStretch(1)
        self._area = scrolling(inner)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self._area

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._write)
        self.list.removed.connect(self.remove)
        self.card.kept.connect(self._kept)
        self.card.rearranged.connect(self._in_order)
        self.card.remove_asked.connect(self.remove)
        self.add_button.clicked.connect(self.add)
        self.first_button.clicked.connect(self.add)
        self.strip.changed.connect(self._undone)
        self.refer_button.clicked.connect(self.refer)
        self.referrals.opened.connect(self._referrals.mend)
        self.referrals.removed.connect(self._remove_referral)
        self._referrals.changed.connect(self._recount)

    def _in_order(self) -> None:
        in_order(
            self.add_button,
            self.search,
            self.list,
            self.card,
            self.refer_button,
            self.referrals,
            self.first_button,
            self.strip,
        )

    # Coming and going

    def enter(self) -> None:
        self.state.setText("")
        self.strip.forget()
        self.populate()
        if self.views.currentIndex() == 0:
            self.list.setFocus()
        else:
            self.first_button.setFocus()

    def populate(self, current: int | None = None) -> None:
        """Show what is kept, in the order of the names, and whoever was begun before them."""
        fitcheck, stood = self._context.fitcheck, self._shown
        if current is None and stood is not None:
            current = stood.id
        colleagues, counts = fitcheck.referring.colleagues(), fitcheck.referring.counts()
        rows = [Row(id_, each, counts.get(id_, 0)) for id_, each in colleagues.items()]
        if self._begun is not None:
            rows.insert(0, Row(None, Colleague("")))
        if counts.get(None):
            rows.append(Row(None, Colleague(""), counts[None], others=True))
        self.list.show_rows(rows, self.search.text(), current)
        self.views.setCurrentIndex(0 if rows else 1)
        self.add_button.setVisible(bool(rows))
        number = len(colleagues)
        self.count.setText(
            ngettext("{count} colleague", "{count} colleagues", number).format(count=number)
            if number
            else ""
        )
        self._show(self.list.current())

    def flush(self) -> None:
        """Keep what is being typed; what has no name yet stays as it is, to be gone on with."""
        self.card.flush()
        shown = self._shown
        if shown is not None and shown.id is None and not shown.others:
            self._begun = None if self.card.blank else self._typed()

    def _typed(self) -> dict[str, str]:
        return {
            name: part.value()
            for name, part in self.card.parts.items()
            if isinstance(part, TextEditor)
        }

    def place(self) -> dict[str, str]:
        self.card.flush()
        shown = self._shown
        begun = self._begun
        if shown is not None and shown.id is None and not shown.others and not self.card.blank:
            begun = self._typed()
        return {
            "search": self.search.text(),
            "colleague": str(shown.id) if shown is not None and shown.id else "",
            **under("begun", begun or {}),
        }

    def stand_at(self, place: Draft) -> None:
        if begun := part_of(place, "begun"):
            self._begun = begun
        self.search.setText(place.get("search", ""))
        wanted = place.get("colleague", "")
        self.populate(int(wanted) if wanted.isdecimal() else None)

    # Who is shown

    @Slot()
    def _search(self) -> None:
        self.flush()
        self.populate()

    @Slot()
    def _choose(self) -> None:
        self.flush()
        row = self.list.current()
        if self._begun is None and any(r.id is None and not r.others for r in self.list.rows()):
            # It was begun and left empty.
            self.populate(row.id if row is not None else None)
        else:
            self._show(row)

    def _show(self, row: Row | None) -> None:
        self._shown = row
        others = row is not None and row.others
        self.card.setVisible(row is not None and not others)
        self.others.setVisible(others)
        colleague = Colleague("") if row is None else row.colleague
        if row is not None and row.id is None and not others and self._begun is not None:
            name, contact, good_at = (self._begun.get(part, "") for part in _TEXTS)
            colleague = Colleague(name, contact, good_at)
        show_colleague(self.card, colleague, self._context.fitcheck.today())
        self.referrals.names_both = others
        self._show_referrals()
        self._in_order()

    def _show_referrals(self) -> None:
        row, referring = self._shown, self._context.fitcheck.referring
        lines: tuple[ReferralLine, ...] = ()
        if row is not None and row.others:
            lines = referring.to_others()
        elif row is not None and row.id is not None:
            lines = referring.to_colleague(row.id)
        self.referrals.show_lines(lines)
        self.nobody.setVisible(not lines)
        self.refer_button.setEnabled(row is not None and (row.others or row.id is not None))
        self.asked.setVisible(row is not None and bool(row.asked))

    @Slot()
    def _recount(self) -> None:
        """A referral came, changed or went."""
        shown = self._shown
        self.populate(shown.id if shown is not None else None)

    @Slot()
    def _write(self) -> None:
        if not self.card.isHidden():
            self.card.parts["name"].entrance().setFocus()
        else:
            self.referrals.setFocus()

    # Keeping

    @Slot()
    def add(self) -> None:
        """Begin an empty one, to be written."""
        self.flush()
        self.search.clear()
        self._begun = self._begun or {}
        self._shown = None
        self.populate()
        self.list.setCurrentRow(0)
        self._show(self.list.current())
        self.card.parts["name"].entrance().setFocus()

    @Slot()
    def _kept(self) -> None:
        shown, colleague = self._shown, self.card.value()
        if colleague is None or not colleague.name or shown is None or shown.others:
            return
        if fault := fault_in(colleague):
            tell(self.card.fault, fault)
            return
        fitcheck = self._context.fitcheck
        if shown.id is None:
            added: list[int] = []
            if self._try(lambda: added.append(fitcheck.referring.add_colleague(colleague))):
                self._begun = None
                self.list.became(added[0], colleague)
                self._shown = self.list.current()
        elif fitcheck.referring.colleagues().get(shown.id) != colleague:
            self._try(partial(fitcheck.referring.edit_colleague, shown.id, colleague))
        self._say_again()

    def _say_again(self) -> None:
        """Let the list and the mark say what is kept, with everybody where they stand."""
        fitcheck = self._context.fitcheck
        self.list.refresh(fitcheck.referring.colleagues(), fitcheck.referring.counts())
        self._shown = self.list.current()
        self._show_referrals()

    @Slot()
    def remove(self) -> None:
        """Remove the one who is shown; it can be undone, with the referrals that were theirs."""
        self.card.flush()
        shown = self._shown
        if shown is None or shown.others:
            return
        if shown.id is None:
            self._begun, self._shown = None, None
            self.card.show_value(Colleague(""))
        elif not self._removed(shown.id):
            return
        self.populate()
        self._entrance().setFocus()

    def _removed(self, colleague_id: int) -> bool:
        referring = self._context.fitcheck.referring
        gone: list[RemovedColleague] = []

        def undo() -> Callable[[], object]:
            back = referring.put_colleague_back(gone[0])
            return lambda: referring.remove_colleague(back)

        if not self._try(lambda: gone.append(referring.remove_colleague(colleague_id))):
            return False
        self._shown = None
        said = _("{name} was removed from your colleagues.").format(name=gone[0].colleague.name)
        self.strip.offer(Done(said, undo))
        return True

    @Slot()
    def _undone(self) -> None:
        self.populate()
        self._entrance().setFocus()

    def _entrance(self) -> QWidget:
        return self.list if self.views.currentIndex() == 0 else self.first_button

    # Referrals

    @Slot()
    def refer(self) -> None:
        """Ask who was sent to the one who is shown."""
        self.flush()
        shown = self._shown
        if self.refer_button.isEnabled() and shown is not None:
            self._referrals.note(None, shown.id)

    @Slot(object)
    def _remove_referral(self, line: ReferralLine) -> None:
        self._referrals.remove(line, self.strip)

    def _try(self, write: Callable[[], object]) -> bool:
        """Write it, or say that it isn't written."""
        try:
            write()
        except FitCheckError as error:
            happened = _("The book of your colleagues was not changed.")
            kept = _("What is on the screen is there still, and will be saved with the next.")
            messages.tell(self.window(), messages.of_error(error, happened, kept))
            return False
        self.state.setText(_("saved"))
        return True
