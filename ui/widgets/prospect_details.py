"""Beside the book: who is chosen, how to reach them, and what was assessed so far."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from fitcheck.domain.bank import Form
from fitcheck.domain.listed import AssessmentLine, ProspectLine
from fitcheck.i18n import _
from reports.list_words import form_text, recommendation_text
from ui.models.prospects import day_text
from ui.theme import set_role, space
from ui.widgets.about_part import AboutPart
from ui.widgets.column import Column, scrolling
from ui.widgets.keeping_part import KeepingPart
from ui.widgets.key_tip import name_key
from ui.widgets.labels import label
from ui.widgets.period_part import PeriodPart
from ui.widgets.referrals_part import ReferralsPart
from ui.widgets.text import paragraph

_ID = Qt.ItemDataRole.UserRole


class AssessmentList(QListWidget):
    """A prospect's assessments, newest first; Enter or a double click opens one."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Assessments"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(self._open)

    def show_lines(self, lines: tuple[AssessmentLine, ...], show_totals: bool) -> None:
        self.clear()
        for line in lines:
            day = QDate(line.date.year, line.date.month, line.date.day)
            what = f"{day_text(day)} · {form_text(line.form)}"
            item = QListWidgetItem(f"{what}\n{recommendation_text(line, show_totals)}")
            item.setData(_ID, line.id)
            self.addItem(item)
        if lines:
            self.setCurrentRow(0)
        rows = min(max(len(lines), 1), 4)
        height = self.sizeHintForRow(0) if lines else 0
        self.setFixedHeight(rows * height + 2 * self.frameWidth() + space(1))
        self.setVisible(bool(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._open(item)
            return
        super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_ID))


class ProspectDetails(QFrame):
    """Signals what is to be done with the prospect that is shown."""

    open_assessment = Signal(int)
    new_assessment = Signal(Form)
    again_asked = Signal()
    tags_asked = Signal()
    edit = Signal()

    def needed(self) -> int:
        """How wide it has to be for its longest word or button."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        return self._inner.minimumSizeHint().width() + bar + 2 * space(1.5)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self.setAccessibleName(_("The chosen prospect"))
        self._inner = inner = Column(space(1))
        self._scroll = scroll = scrolling(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2, 2, 2, 2)
        whole.addWidget(scroll)
        layout = inner.column
        layout.setContentsMargins(space(5), space(4.5), space(5), space(4.5))
        self._name = paragraph("", "heading")
        self._role = paragraph("", "quiet")
        self._facts: dict[str, tuple[QLabel, QLabel]] = {}
        layout.addWidget(self._name)
        layout.addWidget(self._role)
        layout.addSpacing(space(3))
        for name, caption in (
            ("email", _("E-mail")),
            ("phone", _("Phone")),
            ("met_at", _("Where you met")),
        ):
            title, fact = label(caption, "quiet"), paragraph()
            fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts[name] = (title, fact)
            layout.addWidget(title)
            layout.addWidget(fact)
        self.tags = paragraph()
        self.tags_button = QPushButton(_("Tags…"))
        self.tags_button.setToolTip(_("Add tags and take them away (Ctrl+Shift+T)"))
        set_role(self.tags_button, "plain")
        self.tags_button.clicked.connect(self.tags_asked)
        layout.addWidget(label(_("Tags"), "quiet"))
        layout.addWidget(self.tags)
        layout.addWidget(self.tags_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.about = AboutPart()
        layout.addWidget(self.about)
        self.edit_button = QPushButton(_("Edit prospect…"))
        set_role(self.edit_button, "plain")
        self.edit_button.clicked.connect(self.edit)
        self.period = PeriodPart()
        layout.addSpacing(space(3))
        layout.addWidget(self.period)
        layout.addSpacing(space(3))
        layout.addWidget(label(_("Assessments"), "heading"))
        layout.addSpacing(space(1))
        self.assessments = AssessmentList()
        self.assessments.opened.connect(self.open_assessment)
        layout.addWidget(self.assessments)
        layout.addSpacing(space(2))
        self.again_button = QPushButton(_("Assess again"))
        self.again_button.setToolTip(_("Begin with all that the last one found (Ctrl+Shift+A)"))
        self.again_button.clicked.connect(self.again_asked)
        self.full_button = QPushButton(_("New full interview"))
        self.event_button = QPushButton(_("New event form"))
        name_key(self.edit_button, "Ctrl+E")
        name_key(self.full_button, "Ctrl+Shift+N")
        name_key(self.event_button, "Ctrl+Shift+E")
        self.full_button.clicked.connect(self._new_full)
        self.event_button.clicked.connect(self._new_event)
        layout.addWidget(self.again_button)
        layout.addSpacing(space(1))
        layout.addWidget(self.full_button)
        layout.addSpacing(space(1))
        layout.addWidget(self.event_button)
        layout.addSpacing(space(1))
        layout.addWidget(self.edit_button)
        self.referrals = ReferralsPart()
        layout.addSpacing(space(3))
        layout.addWidget(self.referrals)
        self.keeping = KeepingPart()
        layout.addSpacing(space(3))
        layout.addWidget(self.keeping)
        layout.addStretch(1)

    def show_prospect(
        self, line: ProspectLine, assessments: tuple[AssessmentLine, ...], show_totals: bool
    ) -> None:
        """Show this prospect with these assessments, newest first."""
        prospect = line.prospect
        self._name.setText(prospect.name)
        second = ", ".join(part for part in (prospect.role, prospect.organisation) if part)
        self._role.setText(second)
        self._role.setVisible(bool(second))
        for name, (title, fact) in self._facts.items():
            text = getattr(prospect, name)
            fact.setText(text)
            title.setVisible(bool(text))
            fact.setVisible(bool(text))
        self.tags.setText(", ".join(line.tags))
        self.tags.setVisible(bool(line.tags))
        self.assessments.show_lines(assessments, show_totals)
        self.again_button.setVisible(any(each.finished for each in assessments))

    @Slot()
    def _new_full(self) -> None:
        self.new_assessment.emit(Form.FULL)

    @Slot()
    def _new_event(self) -> None:
        self.new_assessment.emit(Form.EVENT)
