"""Noting that a prospect was sent to a colleague, and what came of it (I6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.book import Colleague
from fitcheck.domain.referral import Referred, Result
from fitcheck.i18n import _
from fitcheck.referral_words import result_name
from fitcheck.services import FitCheck
from ui.dialogs.button_row import button_row
from ui.dialogs.fitting import fit
from ui.dialogs.keeping import KeepingDialog
from ui.drafts import Draft
from ui.plan.fields import EARLIEST
from ui.referring import DIALOG
from ui.theme import space
from ui.widgets.day_edit import DayEdit
from ui.widgets.labels import titled
from ui.widgets.prospect_picker import ProspectPicker
from ui.widgets.text import paragraph

_LONGEST = 200


@dataclass(frozen=True)
class Known:
    """What is known before anything is asked; ``referral_id`` is that of one to be mended.

    ``name`` is to whom, where that is nobody of the book.
    """

    prospect_id: int | None = None
    colleague_id: int | None = None
    name: str = field(default="", repr=False)
    referral_id: int | None = None
    referred: Referred | None = None


@dataclass(frozen=True)
class Asked:
    """The referral as it is to be kept."""

    prospect_id: int
    colleague_id: int | None
    referred: Referred


class ReferralDialog(KeepingDialog):
    """Who, to whom, when, and what came of it."""

    draft_name = DIALOG

    def __init__(self, parent: QWidget | None, fitcheck: FitCheck, known: Known) -> None:
        super().__init__(parent)
        self._known = known
        self._colleagues = fitcheck.referring.colleagues()
        self.picker = ProspectPicker(fitcheck) if known.prospect_id is None else None
        self.to = QComboBox()
        self.name = QLineEdit()
        self.hint = paragraph("", "warning")
        self.day = DayEdit(_("The day of the referral"), fitcheck.today(), EARLIEST)
        self.came = QComboBox()
        self.result_on = DayEdit(_("The day on which you heard"), fitcheck.today(), EARLIEST)
        self.heard_caption = titled(_("&Heard on"), self.result_on)
        self.words = QPlainTextEdit()
        self.keep_button = QPushButton(_("Save") if known.referral_id else _("Note it"))
        self.cancel_button = QPushButton(_("Cancel"))
        title = _("The referral") if known.referral_id else _("Refer to a colleague")
        if known.prospect_id is not None:
            person = fitcheck.prospect(known.prospect_id)
            title = _("Refer {name} to a colleague").format(name=person.name)
            if known.referral_id:
                title = _("The referral of {name}").format(name=person.name)
        self.setWindowTitle(title)
        self._fill(known, self._colleagues)
        self._lay_out(title)
        self._connect()
        self._changed()
        self._fit()
        first: QWidget = self.picker or (self.came if known.referral_id else self.to)
        first.setFocus()

    # The parts

    def _fill(self, known: Known, colleagues: Mapping[int, Colleague]) -> None:
        self.to.setAccessibleName(_("To whom"))
        for id_, each in colleagues.items():
            good_at = " ".join(each.good_at.split())
            self.to.addItem(f"{each.name} ({good_at})" if good_at else each.name, id_)
        self.to.addItem(_("Somebody else"), None)
        self.to.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.to.setMinimumContentsLength(20)
        self.name.setMaxLength(_LONGEST)
        self.name.setAccessibleName(_("Their name"))
        self.name.setPlaceholderText(_("Their name"))
        for result in Result:
            self.came.addItem(result_name(result), result.value)
        self.came.setAccessibleName(_("What came of it"))
        self.words.setAccessibleName(_("What there is to say of it"))
        self.words.setPlaceholderText(_("What you would like to know of it in a year"))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(4 * self.fontMetrics().lineSpacing() + space(3))
        referred = known.referred
        self.name.setText(referred.name if referred else known.name)
        # Nobody is chosen beforehand: Enter must not send anybody to whoever comes first.
        self.to.setPlaceholderText(_("Choose a colleague"))
        self.to.setCurrentIndex(-1)
        if known.colleague_id is not None:
            self._choose_colleague(known.colleague_id)
        elif self.name.text() or not colleagues:
            self._choose_outside()
        if referred is not None:
            self.day.show_day(referred.day)
            self.came.setCurrentIndex(list(Result).index(referred.result))
            self.words.setPlainText(referred.words)
            if referred.result_on is not None:
                self.result_on.show_day(referred.result_on)

    def _lay_out(self, title: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(3))
        layout.addWidget(paragraph(title, "title"))
        if self.picker is not None:
            layout.addWidget(titled(_("&Whom you referred"), self.picker))
            layout.addWidget(self.picker)
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(1))
        grid.addWidget(titled(_("&To"), self.to), 0, 0)
        grid.addWidget(titled(_("&On"), self.day), 0, 1)
        grid.addWidget(self.to, 1, 0)
        grid.addWidget(self.day, 1, 1)
        grid.addWidget(self.name, 2, 0)
        grid.addWidget(self.hint, 3, 0, 1, 2)
        grid.setRowMinimumHeight(4, space(1))
        grid.addWidget(titled(_("What &came of it"), self.came), 5, 0)
        grid.addWidget(self.heard_caption, 5, 1)
        grid.addWidget(self.came, 6, 0)
        grid.addWidget(self.result_on, 6, 1)
        grid.setColumnStretch(0, 1)
        layout.addLayout(grid)
        layout.addWidget(titled(_("&In your own words"), self.words))
        layout.addWidget(self.words, 1)
        layout.addWidget(self.fault)
        layout.addLayout(button_row(self, self.keep_button, self.cancel_button))
        order: list[QWidget] = [self.to, self.day, self.name, self.came, self.result_on]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        QWidget.setTabOrder(self.result_on, self.words)

    def _connect(self) -> None:
        if self.picker is not None:
            self.picker.chosen.connect(self._changed)
        self.to.currentIndexChanged.connect(self._to_changed)
        self.name.textChanged.connect(self._changed)
        self.day.dateChanged.connect(self._changed)
        self.came.currentIndexChanged.connect(self._changed)
        self.keep_button.clicked.connect(self.accept)

    def _fit(self) -> None:
        fit(self, max(space(165), self.width() if self.isVisible() else 0))

    # What stands in it

    def _choose_colleague(self, colleague_id: int) -> None:
        self.to.setCurrentIndex(self.to.findData(colleague_id))

    def _choose_outside(self) -> None:
        self.to.setCurrentIndex(self.to.count() - 1)

    @property
    def _outside(self) -> bool:
        """Whether it is somebody who isn't in the book."""
        return self.to.currentIndex() == self.to.count() - 1

    @property
    def _colleague_id(self) -> int | None:
        found: int | None = self.to.currentData()
        return found

    @property
    def _prospect_id(self) -> int | None:
        if self._known.prospect_id is not None or self.picker is None:
            return self._known.prospect_id
        return self.picker.prospect_id

    def _name(self) -> str:
        """Whom it was to, as they were called then where that is known."""
        to = self._colleague_id
        if to is None:
            return self.name.text().strip() if self._outside else ""
        known = self._known
        if known.referred is not None and known.colleague_id == to:
            return known.referred.name
        return self._colleagues[to].name

    def complete(self) -> bool:
        """Whether it says who was sent to whom."""
        return self._prospect_id is not None and bool(self._name())

    def value(self) -> Asked:
        """What is asked to be kept, once it is complete."""
        assert self._prospect_id is not None
        result = Result(self.came.currentData())
        heard = None if result is Result.NOT_HEARD else self.result_on.day
        words = self.words.toPlainText().strip()
        referred = Referred(self._name(), self.day.day, result, heard, words)
        return Asked(self._prospect_id, self._colleague_id, referred)

    def accept(self) -> None:
        # However it was asked for: half of it is nothing.
        if self.complete():
            super().accept()

    @Slot()
    def _to_changed(self) -> None:
        self._changed()
        if self._outside:
            self.name.setFocus()

    @Slot()
    def _changed(self) -> None:
        to = self._colleague_id
        heard = Result(self.came.currentData()) is not Result.NOT_HEARD
        self.name.setVisible(self._outside)
        self.heard_caption.setVisible(heard)
        self.result_on.setVisible(heard)
        self.result_on.setMinimumDate(self.day.date())
        asked = to is not None and self._colleagues[to].consent_on is None
        said = ""
        if asked and to is not None:
            said = _("No consent is noted. Ask {name} before you name them.").format(
                name=self._colleagues[to].name
            )
        self.hint.setText(said)
        self.hint.setVisible(bool(said))
        self.keep_button.setEnabled(self.complete())
        if self.isVisible():
            self._fit()

    # Over a lock

    def draft(self) -> dict[str, str]:
        """What is filled in, to be kept over a lock."""
        prospect, to, of = self._prospect_id, self._colleague_id, self._known.referral_id
        return {
            "referral": "" if of is None else str(of),
            "asked": "picked" if self.picker is not None else "",
            "search": self.picker.search.text() if self.picker is not None else "",
            "prospect": "" if prospect is None else str(prospect),
            "to": ("outside" if self._outside else "") if to is None else str(to),
            "name": self.name.text(),
            "day": self.day.day.isoformat(),
            "result": self.came.currentData(),
            "result_on": self.result_on.day.isoformat(),
            "words": self.words.toPlainText(),
        }

    def show_draft(self, draft: Draft) -> None:
        """Fill in what was kept."""
        if not draft:
            return
        if self.picker is not None:
            self.picker.search.setText(draft.get("search", ""))
            if draft.get("prospect", "").isdecimal():
                self.picker.choose(int(draft["prospect"]))
        self.name.setText(draft.get("name", ""))
        to = draft.get("to", "")
        if to.isdecimal() and int(to) in self._colleagues:
            self._choose_colleague(int(to))
        elif to == "outside":
            self._choose_outside()
        for place, day in (("day", self.day), ("result_on", self.result_on)):
            with suppress(ValueError):
                day.show_day(dt.date.fromisoformat(draft.get(place, "")))
        self.came.setCurrentIndex(max(self.came.findData(draft.get("result", "")), 0))
        self.words.setPlainText(draft.get("words", ""))

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        fitcheck: FitCheck,
        known: Known,
        draft: Draft | None = None,
        keep: Callable[[Asked], object] = lambda _asked: None,
    ) -> Asked | None:
        """The referral, once ``keep`` has, or ``None`` where it was called off."""
        dialog = cls(parent, fitcheck, known)
        return dialog.answer(dialog.value, draft, keep)
