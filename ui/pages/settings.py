"""The settings: who you are, what your documents look like, how much risk you like.

Everything is kept as it is typed; there is nothing to apply.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.policy import Appetite
from fitcheck.domain.profile import Paper
from fitcheck.errors import FitCheckError
from fitcheck.i18n import N_, _
from fitcheck.settings import Look, Preferences, describe
from reports import words
from ui import messages
from ui.context import Context
from ui.drafts import Draft
from ui.pages.page import Page
from ui.palette.offered import Offered
from ui.tab_order import in_order
from ui.theme import set_role, space
from ui.widgets.backups_section import BackupsSection
from ui.widgets.boundaries_section import BoundariesSection
from ui.widgets.brand_section import BrandSection
from ui.widgets.column import Column, scrolling
from ui.widgets.described_choice import DescribedChoice
from ui.widgets.keeping_section import KeepingSection
from ui.widgets.labels import label
from ui.widgets.language_section import LanguageSection
from ui.widgets.policy_section import PolicySection
from ui.widgets.profile_section import ProfileSection
from ui.widgets.protection_section import ProtectionSection
from ui.widgets.questions_section import QuestionsSection
from ui.widgets.text import key_text, paragraph

KEEP_AFTER = 500
"""Milliseconds after the last key at which what was typed is kept."""

_LOOKS = {
    Look.SYSTEM: N_("As the system"),
    Look.LIGHT: N_("Light"),
    Look.DARK: N_("Dark"),
    Look.CONTRAST: N_("High contrast, light"),
    Look.CONTRAST_DARK: N_("High contrast, dark"),
}


class SettingsPage(Page):
    """``look_changed`` says that the accent or the look is another now, and is kept."""

    look_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.profile = ProfileSection()
        self.brand = BrandSection()
        self.paper = DescribedChoice(
            _("Paper"), tuple((paper, words.paper_name(paper), "") for paper in Paper)
        )
        self.appetite = DescribedChoice(
            _("Appetite for risk"),
            tuple(
                (
                    appetite,
                    words.appetite_name(appetite),
                    _sentence(words.appetite_meaning(appetite)),
                )
                for appetite in (Appetite.CHOOSY, Appetite.BALANCED, Appetite.HUNGRY)
            ),
        )
        self.show_totals = QCheckBox(_("Show &totals while asking"))
        self.look = DescribedChoice(
            _("Look"), tuple((look, _(caption), "") for look, caption in _LOOKS.items())
        )
        self.language = LanguageSection(context)
        self.protection = ProtectionSection(context)
        self.backups = BackupsSection(context)
        self.policy = PolicySection(context, self.appetite)
        self.questions = QuestionsSection(context)
        self.boundaries = BoundariesSection(context)
        self.to_colleagues = QPushButton(_("Show your colleagues"))
        self.to_colleagues.setToolTip(key_text("Ctrl+7"))
        self.keeping = KeepingSection(context)
        self.state = label("", "quiet")
        self._sections: list[QWidget] = []
        self._titles: list[str] = []
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self.flush)
        self._lay_out()
        self.populate()
        self._connect()

    # The parts

    def _lay_out(self) -> None:
        inner = Column(space(5))
        column = inner.column
        column.setContentsMargins(space(8), 0, space(8), space(8))
        for title, note, part in (
            (_("You"), _(describe("profile")), self.profile),
            (_("Brand"), "", self.brand),
            (_("Protection"), "", self.protection),
            (_("Backups"), "", self.backups),
            (_("Paper"), _(describe("paper")), self.paper),
            (
                _("Questions"),
                _("FitCheck’s own, or yours. You can change every one of them."),
                self.questions,
            ),
            (_("Policy"), words.policy_note(), self.policy),
            (
                _("What I hold to with everyone"),
                _("Drafted into every working agreement, where each can still be changed."),
                self.boundaries,
            ),
            (
                _("Colleagues to refer to"),
                _("They have a page of their own, with whom you sent to them and what came of it."),
                _alone(self.to_colleagues),
            ),
            (_("What you keep about people"), _(describe("keep_years")), self.keeping),
            (_("While asking"), "", self._asking()),
            (_("Look"), _(describe("look")), self.look),
            (
                _("Language"),
                _("Documents may be in another: each has its own choice on its page."),
                self.language,
            ),
        ):
            section = _section(title, note, part)
            self._sections.append(section)
            self._titles.append(title)
            column.addWidget(section)
        column.addStretch(1)
        inner.setMaximumWidth(space(290))
        self.scroll_area = scrolling(inner)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._offered = Offered(
            self.scroll_area,
            list(zip(self._titles, self._sections, strict=True)),
            lambda: self.go.emit("settings"),
        )
        head = QHBoxLayout()
        head.setContentsMargins(space(8), space(6), space(8), 0)
        head.setSpacing(space(3))
        head.addWidget(label(_("Settings"), "title"))
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(4))
        layout.addLayout(head)
        layout.addWidget(self.scroll_area, 1)

    def _asking(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(1))
        column.addWidget(self.show_totals, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(paragraph(_(describe("show_totals")), "quiet"))
        return part

    def _connect(self) -> None:
        self.profile.edited.connect(self._edited)
        self.brand.changed.connect(self._chosen)
        for choice in (self.paper, self.appetite, self.look):
            choice.signals.chosen.connect(self._chosen)
        self.show_totals.clicked.connect(self._chosen)
        self.boundaries.saved.connect(self._saved)
        self.boundaries.rearranged.connect(self._in_order)
        self.to_colleagues.clicked.connect(self._show_colleagues)
        self.keeping.saved.connect(self._saved)
        self.questions.changed.connect(self._asked_otherwise)

    # Coming and going

    def headings(self) -> list[QAction]:
        return self._offered.headings

    def offers(self) -> list[QAction]:
        return [*self.actions(), *self._offered.buttons()]

    def enter(self) -> None:
        self.populate()
        self.state.setText("")
        self.profile.fields["name"].setFocus()
        self.questions.enter()
        self.policy.enter()

    def leave(self) -> bool:
        if not self.policy.may_leave():
            return False
        return self.let_go()

    def let_go(self) -> bool:
        self.policy.stop()
        self.boundaries.flush()
        # A disk that refuses doesn't lock anybody in: what failed is tried again with the next.
        self.flush()
        return True

    def place(self) -> dict[str, str]:
        return self.policy.place()

    def stand_at(self, place: Draft) -> None:
        self.policy.stand_at(place)

    def restyle(self) -> None:
        self.brand.restyle()
        self.policy.restyle()

    def populate(self) -> None:
        """Show what is kept; that is not editing it."""
        preferences = self.context.fitcheck.preferences
        self.profile.show_profile(preferences.profile)
        self.brand.show_profile(preferences.profile)
        with QSignalBlocker(self.show_totals):
            self.show_totals.setChecked(preferences.show_totals)
        self.paper.show_value(preferences.paper)
        self.appetite.show_value(preferences.appetite)
        self.look.show_value(preferences.look)
        self.language.populate()
        self.protection.populate()
        self.backups.populate()
        self.questions.populate()
        self.policy.populate()
        self.boundaries.populate()
        self.keeping.populate()
        self._in_order()

    def value(self) -> Preferences:
        """The preferences as they stand on the page."""
        kept = self.context.fitcheck.preferences
        return replace(
            kept,
            profile=self.brand.value(self.profile.value(kept.profile)),
            paper=self.paper.value,
            look=self.look.value,
            appetite=self.appetite.value,
            show_totals=self.show_totals.isChecked(),
        )

    # Keeping

    @Slot()
    def _edited(self) -> None:
        self._dirty = True
        self.state.setText(_("saving…"))
        self.brand.letterhead.show_profile(self.value().profile)
        self._timer.start()

    @Slot()
    def _chosen(self) -> None:
        """A choice is whole at once; only typing is waited for."""
        self._edited()
        self.flush()

    @Slot()
    def flush(self) -> bool:
        """Keep what was typed now, if it isn't yet; ``False`` where that failed."""
        self._timer.stop()
        if not self._dirty:
            return True
        before, now = self.context.fitcheck.preferences, self.value()
        try:
            self.context.fitcheck.save_preferences(now)
        except FitCheckError as error:
            self.state.setText(_("not saved"))
            happened = _("Your settings were not saved.")
            kept = _("They are in force until you close FitCheck, and will be saved with the next.")
            messages.tell(self.window(), messages.of_error(error, happened, kept))
            return False
        self._dirty = False
        self.state.setText(_("saved"))
        if (before.look, before.profile.accent) != (now.look, now.profile.accent):
            self.look_changed.emit()
        return True

    @Slot()
    def _asked_otherwise(self) -> None:
        """Other questions are in force, and with them other deal-breakers."""
        self.policy.populate()
        self._in_order()

    @Slot()
    def _in_order(self) -> None:
        in_order(*self._sections)

    @Slot()
    def _show_colleagues(self) -> None:
        self.go.emit("colleagues")

    @Slot()
    def _saved(self) -> None:
        self.state.setText(_("saved"))


def _section(title: str, note: str, part: QWidget) -> QFrame:
    card = QFrame()
    set_role(card, "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(space(6), space(5), space(6), space(5))
    layout.setSpacing(space(1))
    layout.addWidget(label(title, "heading"))
    if note:
        layout.addWidget(paragraph(note, "quiet"))
    layout.addSpacing(space(2))
    layout.addWidget(part)
    return card


def _alone(button: QPushButton) -> QWidget:
    """A button no wider than its words."""
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(button)
    row.addStretch(1)
    return part


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
