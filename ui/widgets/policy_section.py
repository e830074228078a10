"""The settings' section on policy: what is in force, what is being made, what it would change.

Unlike the rest of the settings it isn't kept as it is typed: saving makes a version that stays for
ever, so a person says when.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.policy import Appetite, Policy, parse_policy
from fitcheck.domain.policy_text import write_policy
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.policies import PolicyTrial, faults_of, rules_alike
from fitcheck.settings import describe
from reports.policy_words import deal_breaker_at, fault_sentence, place_of, policy_name
from reports.words import date_text
from ui import messages
from ui.context import Context
from ui.dialogs.confirm import ConfirmDialog
from ui.drafts import Draft
from ui.theme import set_role, space
from ui.widgets.bars_editor import BarsEditor
from ui.widgets.deal_breaker_editor import DealBreakerEditor
from ui.widgets.described_choice import DescribedChoice
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label, rule
from ui.widgets.policy_changes import PolicyChanges
from ui.widgets.policy_map import PolicyMap
from ui.widgets.text import paragraph

_DRAFT = "policy"
_ROOMY = 170
"""From so many steps of width on, the map stands beside the bars."""


class PolicySection(QWidget):
    """Edits a draft of a policy. ``saved`` says that another policy is in force now."""

    saved = Signal()

    def __init__(self, context: Context, appetite: DescribedChoice[Appetite]) -> None:
        super().__init__()
        self.context = context
        self.appetite = appetite
        self.in_force = paragraph()
        self.bars = BarsEditor()
        self.map = PolicyMap()
        self.deal_breakers = DealBreakerEditor(context.fitcheck.policies.new_deal_breaker)
        self.changes = PolicyChanges()
        self.summary = paragraph("", "heading")
        self.not_ready = fault_line()
        self.save_button = QPushButton()
        set_role(self.save_button, "primary")
        self.discard_button = QPushButton(_("Discard the changes"))
        self.default_button = QPushButton(_("Fill in the default policy"))
        self.own_button = QPushButton(_("Fill in your own policy"))
        self.what_saving_does = paragraph("", "quiet")
        self.told = fault_line()
        self._draft = self._base = context.fitcheck.policies.in_force
        self._trial: PolicyTrial | None = None
        self._lay_out()
        self._connect()

    # The parts

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        layout.addWidget(self.in_force)
        layout.addWidget(_headed(_("Appetite for risk"), _(describe("appetite")), self.appetite))
        layout.addWidget(rule())
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(space(8))
        left = QVBoxLayout()
        left.setSpacing(space(4))
        left.addWidget(self.bars)
        # Beside the map, so that both are in sight while a bar is moved.
        left.addWidget(self.changes)
        left.addStretch(1)
        self._beside.addLayout(left, 1)
        self._beside.addWidget(self.map, 1)
        layout.addLayout(self._beside)
        layout.addWidget(rule())
        note = _(
            "Your non-negotiables. A confirmed one means “decline”; a suspected one holds "
            "“proceed” back until its question has been asked."
        )
        layout.addWidget(_headed(_("Deal-breakers"), note, self.deal_breakers))
        layout.addWidget(rule())
        layout.addWidget(self.summary)
        layout.addWidget(self.not_ready)
        buttons = QWidget()
        row = FlowLayout(buttons, gap=space(3))
        for button in (
            self.save_button,
            self.discard_button,
            self.default_button,
            self.own_button,
        ):
            row.addWidget(button)
        layout.addWidget(buttons)
        layout.addWidget(self.what_saving_does)
        layout.addWidget(self.told)

    def _connect(self) -> None:
        self.bars.changed.connect(self._edited)
        self.deal_breakers.changed.connect(self._edited)
        self.appetite.signals.chosen.connect(self._appetite_chosen)
        self.map.chosen.connect(self._draw)
        self.changes.judged.connect(self.map.offer)
        self.changes.told.connect(self.summary.setText)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.default_button.clicked.connect(self._fill_in_default)
        self.own_button.clicked.connect(self._fill_in_own)

    # Coming and going

    @property
    def draft(self) -> Policy:
        """What is being made; its name is still that of what it was made from."""
        return self._draft

    @property
    def dirty(self) -> bool:
        """Whether something would be lost."""
        return not rules_alike(self._draft, self._base)

    def populate(self) -> None:
        """Show what is in force, or go on with the draft there is."""
        fitcheck = self.context.fitcheck
        reference = fitcheck.policies.in_force.reference
        made_on = fitcheck.policies.made_on(reference)
        text = _("In force for new assessments: {policy}.").format(policy=policy_name(reference))
        if made_on is not None:
            saved = _("It was saved on {date}.").format(date=date_text(made_on))
            text = f"{text} {saved}"
        self.in_force.setText(text)
        if not self.dirty:
            self._base = fitcheck.policies.in_force
            self._show(self._base)

    def enter(self) -> None:
        """Look at the past assessments as they are now, and draw the map."""
        tell(self.told, "")
        self._trial = self.context.fitcheck.policies.trial()
        self.map.begin()
        self._refresh()

    def stop(self) -> None:
        """Let go of everything that was read."""
        self.changes.stop()
        self._trial = None

    def may_leave(self) -> bool:
        """Whether the page may be left: what isn't saved is discarded only if a person says so."""
        if not self.dirty:
            return True
        if not ConfirmDialog.ask(
            self.window(),
            _("Leave without saving your policy?"),
            _("What you have changed is in force nowhere yet, and would be lost."),
            _("Discard the changes"),
        ):
            return False
        self.discard()
        return True

    def place(self) -> dict[str, str]:
        """The draft, to be kept over a lock."""
        return {_DRAFT: write_policy(self._draft)} if self.dirty else {}

    def stand_at(self, place: Draft) -> None:
        if _DRAFT in place:
            self._show(parse_policy(place[_DRAFT]))

    def restyle(self) -> None:
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        beside = event.size().width() >= space(_ROOMY)
        self._beside.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    # Editing

    def _show(self, policy: Policy) -> None:
        fitcheck = self.context.fitcheck
        self._draft = policy
        self.bars.show_policy(policy)
        default = fitcheck.policies.deal_breakers(replace(policy, deal_breakers=None))
        self.deal_breakers.show_value(fitcheck.policies.deal_breakers(policy), default)
        self._refresh()

    @Slot()
    def _edited(self) -> None:
        fitcheck = self.context.fitcheck
        written = self.deal_breakers.value
        default = fitcheck.policies.deal_breakers(replace(self._draft, deal_breakers=None))
        own = None if written == default else written
        self._draft = replace(self.bars.changed_in(self._draft), deal_breakers=own)
        tell(self.told, "")
        self._refresh()

    @Slot()
    def _appetite_chosen(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        """Bring everything that follows from the draft up to date."""
        sound = self._show_faults()
        self._show_buttons(sound)
        if self._trial is None:
            return  # nobody looks
        if sound:
            self._draw()
            self.changes.try_out(self._trial, self._draft, self.appetite.value)
        else:
            self.changes.wait_for_mending()

    def _show_faults(self) -> bool:
        """Say what is wrong where it can be mended; whether nothing is."""
        faults = faults_of(self._draft)
        said = {place_of(fault): fault_sentence(fault, self._draft) for fault in faults}
        about = {fault: deal_breaker_at(fault) for fault in faults}
        self.bars.show_faults(said)
        self.deal_breakers.show_faults(
            {key: fault_sentence(fault, self._draft) for fault, key in about.items() if key}
        )
        if not faults:
            not_ready = ""
        elif any(about.values()):
            not_ready = _("A deal-breaker isn’t ready: it needs a statement and its question.")
        else:
            not_ready = next(iter(said.values()))
        if self.not_ready.text() != not_ready:
            tell(self.not_ready, not_ready)
        return not faults

    def _show_buttons(self, sound: bool) -> None:
        fitcheck = self.context.fitcheck
        becomes = fitcheck.policies.saved_as(self._draft)
        default, own = fitcheck.policies.default, fitcheck.policies.newest
        if becomes == default.reference:
            save = _("Go back to the default policy")
            does = _("New assessments begin with the default policy again.")
        elif own is not None and becomes == own.reference:
            save = _("Use version {version} again").format(version=becomes.version)
            does = _("New assessments begin with your own policy again.")
        else:
            save = _("Save as version {version}").format(version=becomes.version)
            does = _("New assessments begin with it.")
        stays = _("Past judgements stay as they were, under the policy that judged them.")
        self.save_button.setText(save)
        self.save_button.setEnabled(sound and self.dirty)
        self.discard_button.setEnabled(self.dirty)
        self.what_saving_does.setText(f"{does} {stays}" if self.dirty else stays)
        self.default_button.setVisible(not rules_alike(self._draft, default))
        self.own_button.setVisible(own is not None and not rules_alike(self._draft, own))

    @Slot()
    def _draw(self) -> None:
        if self._trial is not None and not self.not_ready.text():
            judgement = self._trial.judgement(
                self.map.assessment_id, self._draft, self.appetite.value
            )
            self.map.draw(judgement, self._draft, self.context.theme)

    # What can be done

    @Slot()
    def save(self) -> None:
        """Put the draft in force, or say why that failed and keep it here."""
        fitcheck = self.context.fitcheck
        try:
            policy = fitcheck.policies.save(self._draft)
        except FitCheckError as error:
            happened = _("Your policy was not saved.")
            kept = _("It stands here still, and the one before it stays in force.")
            messages.tell(self.window(), messages.of_error(error, happened, kept))
            return
        self._draft = self._base = policy
        self.populate()
        name = policy_name(policy.reference)
        tell(self.told, _("New assessments now begin with {policy}.").format(policy=name), "quiet")
        self.saved.emit()

    @Slot()
    def discard(self) -> None:
        """Show what is in force again."""
        tell(self.told, "")
        self._base = self.context.fitcheck.policies.in_force
        self._show(self._base)

    @Slot()
    def _fill_in_default(self) -> None:
        self._show(self.context.fitcheck.policies.default)

    @Slot()
    def _fill_in_own(self) -> None:
        own = self.context.fitcheck.policies.newest
        if own is not None:
            self._show(own)


def _headed(heading: str, note: str, part: QWidget) -> QWidget:
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space(2))
    row = QHBoxLayout()
    row.addWidget(label(heading, "heading"), 1)
    layout.addLayout(row)
    if note:
        layout.addWidget(paragraph(note, "quiet"))
    layout.addWidget(part, 1)
    return whole
