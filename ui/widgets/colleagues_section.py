"""The consultant's own book of colleagues to refer to (I6), with their consent to be named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.book import Colleague
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui import messages
from ui.context import Context
from ui.dialogs.confirm import ConfirmDialog
from ui.plan.faults import fault_in
from ui.plan.fields import DayEditor, Editor, TextEditor
from ui.plan.records import Card, Kind, Part
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets.fault_line import announce, tell
from ui.widgets.labels import label
from ui.widgets.text import paragraph


class ColleaguesSection(QWidget):
    """A card for each, kept as it is typed; ``saved`` says that it has.

    ``rearranged``: one came or went, and Tab's way is to be laid anew.
    """

    saved = Signal()
    rearranged = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._kind = _kind(context.fitcheck.today())
        self._removed: Colleague | None = None
        self._ids: dict[Card, int] = {}
        self.cards: list[Card] = []
        self.nobody = paragraph(_("Nobody yet."), "quiet")
        self.add_button = QPushButton(_("Add a colleague"))
        self.removed_label = label("", "quiet")
        self.undo_button = QPushButton(_("Put them back"))
        set_role(self.undo_button, "plain")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(space(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addWidget(self.nobody)
        layout.addLayout(self._cards)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addWidget(self.add_button)
        row.addWidget(self.removed_label)
        row.addWidget(self.undo_button)
        row.addStretch(1)
        layout.addLayout(row)
        self.add_button.clicked.connect(self.add)
        self.undo_button.clicked.connect(self._put_back)
        self._offer_back(None)

    def populate(self) -> None:
        """Show what is kept, in the order of the names; what was begun without a name stays."""
        colleagues = self._context.fitcheck.colleagues()
        standing = {self._ids[card]: card for card in self.cards if card in self._ids}
        begun = [card for card in self.cards if card not in self._ids and not card.blank]
        for card in self.cards:
            if self._ids.get(card) not in colleagues and card not in begun:
                self._drop(card)
        self.cards = []
        for id_, colleague in colleagues.items():
            card = standing.get(id_) or self._make()
            self._ids[card] = id_
            card.show_value(colleague)
            self.cards.append(card)
        self.cards += begun
        self._arrange()

    def flush(self) -> None:
        for card in list(self.cards):
            card.flush()

    def leave(self) -> None:
        """Keep what is being typed; what was removed stays so."""
        self.flush()
        self._offer_back(None)

    # The cards

    @Slot()
    def add(self) -> None:
        """Add an empty one, to be written."""
        card = self._make()
        self.cards.append(card)
        self._arrange()
        card.parts["name"].entrance().setFocus()

    def _make(self) -> Card:
        card = Card(self._kind)
        card.up.hide()
        card.down.hide()
        card.kept.connect(lambda: self._kept(card))
        card.remove_asked.connect(lambda: self._remove(card))
        return card

    def _drop(self, card: Card) -> None:
        self._ids.pop(card, None)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _arrange(self) -> None:
        for at, card in enumerate(self.cards):
            if self._cards.indexOf(card) != at:
                self._cards.insertWidget(at, card)
                card.show()  # at once: the focus may be on its way to it
            card.show_number(at + 1, len(self.cards))
        self.nobody.setVisible(not self.cards)
        in_order(*self.cards, self.add_button, self.undo_button)
        self.rearranged.emit()

    # Keeping

    def _kept(self, card: Card) -> None:
        colleague = card.value()
        if colleague is None:
            return
        if fault := fault_in(colleague):
            tell(card.fault, fault)
            return
        fitcheck, id_ = self._context.fitcheck, self._ids.get(card)

        def keep() -> None:
            if id_ is None:
                self._ids[card] = fitcheck.add_colleague(colleague)
            else:
                fitcheck.edit_colleague(id_, colleague)

        if id_ is None or fitcheck.colleagues().get(id_) != colleague:
            self._try(keep)

    def _remove(self, card: Card) -> None:
        card.flush()
        id_, colleague = self._ids.get(card), card.value()
        if id_ is not None and colleague is not None:
            sure = ConfirmDialog.ask(
                self.window(),
                _("Remove {name} from your colleagues?").format(name=colleague.name),
                _("A plan or a letter that names them goes on naming them."),
                _("Remove them"),
            )
            if not sure or not self._try(lambda: self._context.fitcheck.remove_colleague(id_)):
                return
            self._offer_back(colleague)
        self.cards.remove(card)
        self._drop(card)
        self._arrange()
        (self.undo_button if id_ is not None else self.add_button).setFocus()

    @Slot()
    def _put_back(self) -> None:
        colleague = self._removed
        if colleague is not None and self._try(
            lambda: self._context.fitcheck.add_colleague(colleague)
        ):
            self._offer_back(None)
            self.populate()
            self.add_button.setFocus()

    def _offer_back(self, colleague: Colleague | None) -> None:
        self._removed = colleague
        said = _("{name} was removed.").format(name=colleague.name) if colleague else ""
        self.removed_label.setText(said)
        for part in (self.removed_label, self.undo_button):
            part.setVisible(colleague is not None)
        if said:
            announce(self, said)

    def _try(self, write: Callable[[], object]) -> bool:
        """Write it, or say that it isn't written."""
        try:
            write()
        except FitCheckError as error:
            happened = _("The book of your colleagues was not changed.")
            kept = _("What is on the screen is there still, and will be saved with the next.")
            messages.tell(self.window(), messages.of_error(error, happened, kept))
            return False
        self.saved.emit()
        return True


def _kind(today: dt.date) -> Kind:
    def text(caption: str) -> Editor:
        return TextEditor(caption)

    def consent(caption: str) -> Editor:
        return DayEditor(caption, _("on"), today)

    return Kind(
        make=Colleague,
        lines=(
            (Part("name", _("Name"), text), Part("contact", _("How to reach them"), text)),
            (
                Part("good_at", _("What they are good at"), text),
                Part("consent_on", _("They agreed to be named"), consent),
            ),
        ),
        needed=("name",),
        missing=_("Kept once there is a name."),
        title=lambda number: _("Colleague {number}").format(number=number),
        add=_("Add a colleague"),
    )
