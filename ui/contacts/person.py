"""One contact: whom it may be, and field by field what merging does. Ours stays unless one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from fitcheck.contact_words import field_words, in_common
from fitcheck.contacts import Plan, Said, addition
from fitcheck.domain.arrivals import Arrival, Choice, Handling
from fitcheck.domain.assessment import Prospect
from fitcheck.domain.contact import as_prospect
from fitcheck.domain.duplicates import Match, MergedField, Merging, merge_preview, merged
from fitcheck.i18n import _
from ui.contacts.people_model import who
from ui.theme import space
from ui.widgets.column import Column, scrolling
from ui.widgets.labels import ElidedLabel, label, titled
from ui.widgets.text import box_beside, paragraph

_MOST = 5
"""Of those whom a contact may be; they come in the order of likeness."""

_LONGEST = 300


class PersonPane(QWidget):
    """``decided``: something else becomes of the contact that is shown.

    ``somebody_asked``: it is to be merged with somebody who is still to be found.
    """

    decided = Signal(object)
    somebody_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._at = 0
        self._choice = Choice(Handling.ADD)
        self.name = ElidedLabel("", "heading")
        self.decision = QComboBox()
        self.decision.setAccessibleName(_("Decision"))
        self.decision.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        title = titled(_("&Decision"), self.decision)
        self.why = paragraph("", "quiet")
        self.area = scrolling(Column())
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("Field by field"))
        self.boxes: dict[str, QCheckBox] = {}
        self._more = Column()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1.5))
        layout.addWidget(self.name)
        layout.addWidget(title)
        layout.addWidget(self.decision)
        layout.addWidget(self.why)
        layout.addWidget(self.area, 1)
        self.decision.activated.connect(self._decide)

    def show_contact(self, plan: Plan, at: int, choice: Choice) -> None:
        """Show one contact with what becomes of it."""
        same_person = self._plan is plan and self._at == at
        before, self._choice = self._choice, choice
        self._plan, self._at = plan, at
        self.name.setText(plan.contacts.found[at].contact.name)
        offered = _decisions(plan, plan.arrivals[at], choice)
        if not same_person or len(offered) != self.decision.count():
            self.decision.clear()
            for words, each in offered:
                self.decision.addItem(words, each)
        for index, (_words, each) in enumerate(offered):
            if each and (each.handling, each.into) == (choice.handling, choice.into):
                self.decision.setCurrentIndex(index)
        why = _why(plan.arrivals[at], choice)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        if same_person and (before.handling, before.into) == (choice.handling, choice.into):
            # It may be one of these boxes that says so: it stays, and so does the focus.
            for name, box in self.boxes.items():
                box.blockSignals(True)
                box.setChecked(name in choice.theirs)
                box.blockSignals(False)
            self._show_more()
        else:
            self._show_fields()

    @Slot(int)
    def _decide(self, index: int) -> None:
        choice = self.decision.itemData(index)
        if choice is None:
            self.somebody_asked.emit()
        else:
            self.decided.emit(choice)

    # Field by field

    def _show_fields(self) -> None:
        assert self._plan is not None
        inside = Column(space(1))
        inside.column.setContentsMargins(0, space(1), space(2), 0)
        self.boxes = {}
        contact = self._plan.contacts.found[self._at].contact
        for each in merge_preview(self._ours(), contact):
            self._show_field(inside, each)
        self._more = Column(space(1))
        inside.column.addWidget(self._more)
        inside.column.addStretch(1)
        self._show_more()
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)

    def _show_more(self) -> None:
        """Show what goes elsewhere than into the fields."""
        assert self._plan is not None
        while (item := self._more.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        contact = self._plan.contacts.found[self._at].contact
        after = merged(self._ours(), contact, self._choice.theirs)
        more = addition(after, [contact], Said())
        for caption, lines in (
            (_("Into the notes"), more.notes),
            (_("Tags"), (", ".join(more.tags),)),
            (_("Links"), more.links),
        ):
            text = "\n".join(lines)
            if text:
                self._line(self._more, caption, text)

    def _ours(self) -> Prospect:
        """What is there already of whom the contact is merged with."""
        assert self._plan is not None
        choice = self._choice
        if choice.into is not None and choice.handling is Handling.MERGE:
            return self._plan.book[choice.into]
        if choice.into is not None and choice.handling is Handling.JOIN:
            return as_prospect(self._plan.contacts.found[choice.into].contact)
        return Prospect("")

    def _show_field(self, inside: Column, each: MergedField) -> None:
        ours = each.ours.strip()
        caption = field_words(each.name)
        caption = f"{caption[:1].upper()}{caption[1:]}"
        merging = self._choice.handling in (Handling.MERGE, Handling.JOIN)
        if not merging:
            if each.theirs:
                self._line(inside, caption, each.theirs)
            return
        match each.merging:
            case Merging.STAYS if ours:
                self._line(inside, caption, ours)
            case Merging.FILLS:
                text = _("{words} (new)").format(words=_short(each.theirs))
                self._line(inside, caption, text)
            case Merging.DIFFERS:
                self._line(inside, caption, ours)
                if self._choice.handling is Handling.MERGE:
                    self._offer(inside, each)
                else:
                    text = _("“{words}” of this card is left").format(words=_short(each.theirs))
                    inside.column.addWidget(paragraph(text, "quiet"))
            case _:
                pass

    def _line(self, inside: Column, caption: str, text: str) -> None:
        inside.column.addSpacing(space(1))
        inside.column.addWidget(label(caption, "quiet"))
        inside.column.addWidget(paragraph(_short(text)))

    def _offer(self, inside: Column, each: MergedField) -> None:
        text = _("Take “{words}” instead").format(words=_short(each.theirs))
        box, row = box_beside(text)
        box.setChecked(each.name in self._choice.theirs)
        inside.column.addLayout(row)
        box.toggled.connect(lambda on, name=each.name: self._take(name, on))
        self.boxes[each.name] = box

    def _take(self, name: str, on: bool) -> None:
        theirs = self._choice.theirs
        self._choice = replace(self._choice, theirs=theirs | {name} if on else theirs - {name})
        self.decided.emit(self._choice)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _decisions(plan: Plan, arrival: Arrival, choice: Choice) -> list[tuple[str, Choice | None]]:
    """What can become of a contact; ``None`` where it is still to be said with whom."""
    found = plan.contacts.found
    made: list[tuple[str, Choice | None]] = [(_("Add as somebody new"), Choice(Handling.ADD))]
    known = [match.key for match in arrival.in_book[:_MOST]]
    if choice.handling is Handling.MERGE and choice.into is not None and choice.into not in known:
        known.append(choice.into)
    for id_ in known:
        words = _("Merge with {who}").format(who=who(plan.book[id_]))
        made.append((words, Choice(Handling.MERGE, id_)))
    for match in arrival.in_file[:_MOST]:
        words = _("The same as {who}, line {line}").format(
            who=who(as_prospect(found[match.key].contact)), line=found[match.key].place.line
        )
        made.append((words, Choice(Handling.JOIN, match.key)))
    somebody = (_("Merge with somebody else…"), None)
    return [*made, somebody, (_("Leave out"), Choice(Handling.LEAVE))]


def _why(arrival: Arrival, choice: Choice) -> str:
    """What the contact has in common with whom it is, or may be."""
    matches: Sequence[Match[int]] = arrival.in_book or arrival.in_file
    if choice.handling is Handling.JOIN:
        matches = arrival.in_file
    chosen = [match for match in matches if match.key == choice.into]
    shown = chosen if choice.into is not None else [*matches][:1]
    if not shown:
        return ""
    common = _(" and ").join(map(in_common, shown[0].by))
    return _("In common: {what}.").format(what=common)
