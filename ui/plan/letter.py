"""What a decline letter says beside its thanks: a reason or none, a colleague, the open door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.book import Colleague
from fitcheck.domain.plan import Letter, Referral
from fitcheck.i18n import _
from reports.words import bank_text
from ui.plan.fields import DayEditor, Editor, TextEditor
from ui.tab_order import in_order
from ui.theme import space
from ui.widgets.labels import label
from ui.widgets.text import paragraph
from ui.widgets.unwheeled import unwheeled

OPEN_DOOR_DAYS = 182
"""How far ahead the day to look in again is preset."""


class _Reason(QWidget):
    """A reason behind its mark; a click on its words chooses it, too."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.radio = QRadioButton()
        self.radio.setAccessibleName(text)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(space(1))
        self.row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        said = paragraph(text)
        said.setContentsMargins(0, space(0.75), 0, 0)
        self.row.addWidget(said, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.click()


class Reasons(Editor):
    """The reasons that have been recorded, of which the letter gives one or none.

    Its value are the consultant's own, and the one that is chosen ("" for none). ``offered`` are
    all that may be chosen, in English where they were drafted.
    """

    def __init__(self) -> None:
        super().__init__()
        self._own: tuple[str, ...] = ()
        self._offered: tuple[str, ...] = ()
        self._chosen = ""
        self._listed: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._clicked)
        self.radios: list[QRadioButton] = []
        self._rows: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(space(0.5))
        self.gone = paragraph(
            _(
                "The reason that is chosen is none that is recorded any more. It stays until you "
                "choose another."
            ),
            "quiet",
        )
        self.new = TextEditor(_("A reason of your own"), hint=_("A reason of your own"))
        self.add_button = QPushButton(_("Add it"))
        self.add_button.setAccessibleName(_("Add the reason"))
        self.add_button.clicked.connect(self._add)
        self.new.left.connect(self._add)
        self.remove_button = QPushButton(_("Remove the chosen one"))
        self.remove_button.clicked.connect(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1.5))
        layout.addLayout(self._list)
        layout.addWidget(self.gone)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addWidget(self.new, 1)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(row)
        self._show()

    @property
    def offered(self) -> tuple[str, ...]:
        """What can be chosen beside no reason at all, in order."""
        chosen = (self._chosen,) if self._chosen else ()
        return tuple(dict.fromkeys([*self._offered, *chosen]))

    def value(self) -> tuple[tuple[str, ...], str]:
        return self._own, self._chosen

    def show_reasons(self, own: tuple[str, ...], offered: Sequence[str], chosen: str) -> None:
        before = self._listed, self._own, self._chosen
        self._own, self._offered, self._chosen = own, tuple(offered), chosen
        if before != (("", *self.offered), own, chosen):
            self._show()

    def entrance(self) -> QWidget:
        return next(radio for radio in self.radios if radio.isChecked())

    def _show(self) -> None:
        focused = any(radio.hasFocus() for radio in self.radios)
        for radio in self.radios:
            self._group.removeButton(radio)
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.radios, self._rows = [], []
        self._listed = ("", *self.offered)
        for number, reason in enumerate(self._listed):
            self._add_row(number, reason)
        self.gone.setVisible(bool(self._chosen) and self._chosen not in self._offered)
        self._show_remove()
        in_order(*self._rows, self.new, self.add_button, self.remove_button)
        self.rearranged.emit()
        if focused:
            self.entrance().setFocus()

    def _add_row(self, number: int, reason: str) -> None:
        text = bank_text(reason) if reason else _("Give no reason")
        row = _Reason(text)
        row.radio.setChecked(reason == self._chosen)
        self._group.addButton(row.radio, number)
        self.radios.append(row.radio)
        self._rows.append(row)
        self._list.addWidget(row)
        row.show()  # at once: the focus may be on its way to it

    @Slot(int)
    def _clicked(self, number: int) -> None:
        self._chosen = self._listed[number]
        self._show_remove()
        self.kept.emit()

    @Slot()
    def _add(self) -> None:
        """Record what is written; choosing it is another thing."""
        reason = self.new.value()
        if reason:
            self.new.show_value("")
            self._own = tuple(dict.fromkeys([*self._own, reason]))
            self.kept.emit()
            self.new.entrance().setFocus()

    @Slot()
    def _remove(self) -> None:
        """Take the one that is chosen out; what the answers give can't be."""
        self._own = tuple(each for each in self._own if each != self._chosen)
        self._chosen = ""
        self.kept.emit()
        self.entrance().setFocus()

    def _show_remove(self) -> None:
        self.remove_button.setVisible(self._chosen in self._own)


class ReferralEditor(Editor):
    """Someone to refer to: picked from the book of colleagues, or written here."""

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self._colleagues: list[Colleague] = []
        self.who = QComboBox()
        self.who.setAccessibleName(_("Whom to refer to"))
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        unwheeled(self.who)
        self.name = TextEditor(_("Their name"))
        self.contact = TextEditor(_("How to reach them"))
        self.why = TextEditor(_("Why they may serve better"))
        self.consent = DayEditor(
            _("They agreed to be named"), _("They agreed to be named on"), today
        )
        self.hint = paragraph(role="warning")
        self.fields = QWidget()
        self._lay_out()
        self.who.activated.connect(self._picked)
        for part in (self.name, self.contact, self.why, self.consent):
            part.kept.connect(self._edited)
            part.left.connect(self.left)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addWidget(self.who, 0, Qt.AlignmentFlag.AlignLeft)
        inside = QVBoxLayout(self.fields)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(space(0.5))
        row = QHBoxLayout()
        row.setSpacing(space(3))
        for caption, part in ((_("Name"), self.name), (_("How to reach them"), self.contact)):
            column = QVBoxLayout()
            column.setSpacing(space(0.5))
            column.addWidget(label(caption, "quiet"))
            column.addWidget(part)
            column.addStretch(1)
            row.addLayout(column, 1)
        inside.addLayout(row)
        inside.addSpacing(space(1))
        inside.addWidget(label(_("Why they may serve better"), "quiet"))
        inside.addWidget(self.why)
        inside.addSpacing(space(1))
        inside.addWidget(self.consent)
        inside.addWidget(self.hint)
        layout.addWidget(self.fields)

    def show_colleagues(self, colleagues: Mapping[int, Colleague]) -> None:
        """Offer these; what is chosen stays so."""
        listed = list(colleagues.values())
        if self.who.count() and listed == self._colleagues:
            return
        stands = self.value()
        self._colleagues = listed
        self.who.clear()
        self.who.addItem(_("Nobody"))
        for each in self._colleagues:
            good_at = " ".join(each.good_at.split())
            self.who.addItem(f"{each.name} ({good_at})" if good_at else each.name)
        self.who.addItem(_("Somebody else"))
        self._show_who(stands)

    def value(self) -> Referral | None:
        name = self.name.value()
        if not name:
            return None
        return Referral(name, self.contact.value(), self.why.value(), self.consent.value())

    def show_value(self, value: Referral | None) -> None:
        if value != self.value():
            shown = value or Referral("")
            self.name.show_value(shown.name)
            self.contact.show_value(shown.contact)
            self.why.show_value(shown.why)
            self.consent.show_value(shown.consent_on)
            self._show_who(value)
        self._show_hint()

    def flush(self) -> None:
        for part in (self.name, self.contact, self.why, self.consent):
            part.flush()

    def entrance(self) -> QWidget:
        return self.who

    def _show_who(self, value: Referral | None) -> None:
        names = [each.name for each in self._colleagues]
        row = 0
        if value is not None:
            row = names.index(value.name) + 1 if value.name in names else len(names) + 1
        self.who.setCurrentIndex(row)
        self.fields.setVisible(row > 0)

    @Slot(int)
    def _picked(self, row: int) -> None:
        if row == 0:
            self.show_value(None)
        elif row <= len(self._colleagues):
            one = self._colleagues[row - 1]
            self.show_value(Referral(one.name, one.contact, one.good_at, one.consent_on))
        else:
            self.show_value(None)
            self.who.setCurrentIndex(row)
            self.fields.show()
            self.name.entrance().setFocus()
        self._show_hint()
        self.kept.emit()

    @Slot()
    def _edited(self) -> None:
        self._show_hint()
        self.kept.emit()

    def _show_hint(self) -> None:
        """Say what is to be done before somebody is named."""
        name, said = self.name.value(), ""
        if not name and (self.contact.value() or self.why.value()):
            said = _("Kept once there is a name.")
        elif name and self.consent.value() is None:
            said = _("No consent is noted. Ask {name} before you name them.").format(name=name)
        self.hint.setText(said)
        self.hint.setVisible(bool(said))


class LetterEditor(Editor):
    """All of the letter. Its value is the letter, and the consultant's own reasons."""

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.reasons = Reasons()
        self.referral = ReferralEditor(today)
        self.door = DayEditor(
            _("Look in again"),
            _("Look in again on"),
            today + dt.timedelta(days=OPEN_DOOR_DAYS),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        for heading, part in (
            (_("The reason that the letter gives"), self.reasons),
            (_("Somebody who may serve them better"), self.referral),
            (_("The open door"), self.door),
        ):
            layout.addWidget(label(heading, "asked-title"))
            layout.addWidget(part)
            layout.addSpacing(space(2))
            part.kept.connect(self.kept)
            part.left.connect(self.left)
        self.reasons.rearranged.connect(self._rearranged)

    @Slot()
    def _rearranged(self) -> None:
        in_order(self.reasons, self.referral, self.door)
        self.rearranged.emit()

    def value(self) -> tuple[Letter, tuple[str, ...]]:
        own, reason = self.reasons.value()
        return Letter(reason, self.referral.value(), self.door.value()), own

    def show_letter(self, letter: Letter, own: tuple[str, ...], offered: Sequence[str]) -> None:
        self.reasons.show_reasons(own, offered, letter.reason)
        self.referral.show_value(letter.referral)
        self.door.show_value(letter.revisit_on)

    def flush(self) -> None:
        self.referral.flush()
        self.door.flush()

    def entrance(self) -> QWidget:
        return self.reasons.entrance()
