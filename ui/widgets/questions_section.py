"""The settings' section on questions: which bank is in force, out as a file and in again."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.banks import BankChoice
from fitcheck.i18n import _
from reports.bank_words import bank_name, size_text
from reports.words import date_text
from ui import messages
from ui.banking import BankExchange
from ui.context import Context
from ui.theme import space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import titled
from ui.widgets.text import paragraph
from ui.widgets.unwheeled import unwheeled


class QuestionsSection(QWidget):
    """``changed`` says that other questions are in force now."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.exchange = BankExchange(self, context)
        self.in_force = paragraph()
        self.bank = QComboBox()
        self.bank.setAccessibleName(_("Questions of new assessments"))
        self.bank.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        unwheeled(self.bank)
        self.choosing = QWidget()
        self.export_button = QPushButton(_("E&xport these questions…"))
        self.import_button = QPushButton(_("&Import questions…"))
        self.told = fault_line()
        self._choices: tuple[BankChoice, ...] = ()
        self._lay_out()
        self.bank.activated.connect(self._chosen)
        self.export_button.clicked.connect(self._export)
        self.import_button.clicked.connect(self.exchange.choose)
        self.exchange.taken.connect(self._taken)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        layout.addWidget(self.in_force)
        row = QHBoxLayout(self.choosing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(2))
        caption = titled(_("&Questions of new assessments"), self.bank)
        row.addWidget(caption)
        row.addWidget(self.bank)
        row.addStretch(1)
        layout.addWidget(self.choosing)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=space(3))
        flow.addWidget(self.export_button)
        flow.addWidget(self.import_button)
        layout.addWidget(buttons)
        layout.addWidget(self.told)
        layout.addWidget(
            paragraph(
                _(
                    "An exported file can be edited with any editor: its first lines say how. "
                    "What is wrong with it is told line by line when it is imported. Past "
                    "assessments keep the questions that they were asked with."
                ),
                "quiet",
            )
        )

    def populate(self) -> None:
        """Show what is in force, and what else there is."""
        banks = self._context.fitcheck.banks
        now = banks.in_force
        self._choices = banks.choices
        self.in_force.setText(
            _("In force for new assessments: {name}, {size}.").format(
                name=bank_name(now.reference), size=size_text(now)
            )
        )
        with QSignalBlocker(self.bank):
            self.bank.clear()
            self.bank.addItems([_caption(each) for each in self._choices])
            references = [each.bank.reference for each in self._choices]
            self.bank.setCurrentIndex(references.index(now.reference))
        self.choosing.setVisible(len(self._choices) > 1)

    def enter(self) -> None:
        """What was told on an earlier visit is old."""
        tell(self.told, "")

    @Slot(int)
    def _chosen(self, row: int) -> None:
        reference = self._choices[row].bank.reference
        if reference != self._context.fitcheck.banks.in_force.reference:
            self.exchange.use(reference)

    @Slot()
    def _export(self) -> None:
        self.exchange.export(self._context.fitcheck.banks.in_force.reference)

    @Slot(str)
    def _taken(self, told: str) -> None:
        self.populate()
        tell(self.told, told, "quiet")
        if not self.isVisible():  # the file was dropped on another page
            messages.tell(self.window(), messages.Message(told))
        self.changed.emit()


def _caption(choice: BankChoice) -> str:
    name = bank_name(choice.bank.reference)
    if choice.made_on is None:
        return name
    return _("{name}, of {date}").format(name=name, date=date_text(choice.made_on))
