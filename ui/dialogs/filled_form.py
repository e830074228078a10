"""A form that came back: whose it is, what was read, what wasn't; and whether to take it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.assessment import Mark
from fitcheck.domain.form_fields import COMMENT, NAME
from fitcheck.filled_form import FilledForm, ReadAnswer, Unread
from fitcheck.i18n import _, ngettext
from reports.words import bank_text
from ui.dialogs.fitting import fit_scrolling
from ui.theme import set_role, space
from ui.widgets.column import Column, open_at, scrolling
from ui.widgets.labels import label
from ui.widgets.text import paragraph


class FilledFormDialog(QDialog):
    """Nothing is taken before somebody has seen this."""

    def __init__(self, parent: QWidget | None, form: FilledForm) -> None:
        super().__init__(parent)
        self.form = form
        title = _("The form of {name}").format(name=form.prospect)
        self.setWindowTitle(_("A filled form"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(_summary(form)))
        self.list = Column(space(2.5))
        self.area = scrolling(self.list)
        # So that the keys scroll it.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("What stands on the form"))
        self.cancel_button = QPushButton(_("Leave it") if form.changes else _("Close"))
        self.take_button = QPushButton(
            _("Take what could be read") if form.unread else _("Take these answers")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(7), space(6), space(7), space(6))
        layout.setSpacing(space(3))
        layout.addWidget(paragraph(title, "title"))
        layout.addWidget(paragraph(" ".join(_summary(form))))
        layout.addWidget(self.area, 1)
        layout.addLayout(self._buttons())
        self._fill()
        fit_scrolling(self)
        open_at(self, space(165), space(150))
        (self.take_button if form.changes else self.cancel_button).setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, form: FilledForm) -> bool:
        """Whether to take what was read."""
        dialog = cls(parent, form)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.take_button)
        self.cancel_button.clicked.connect(self.reject)
        self.take_button.clicked.connect(self.accept)
        self.take_button.setVisible(self.form.changes)
        first = self.take_button if self.form.changes else self.cancel_button
        set_role(first, "primary")
        first.setDefault(True)
        return row

    def _fill(self) -> None:
        form = self.form
        if form.unread:
            self._heading(_("Could not be read"))
            for unread in form.unread:
                expected = unread.fault.expected
                self._card(_place(unread), f"{expected[:1].upper()}{expected[1:]}.", "warning")
        if form.comment:
            self._heading(_("What they wrote"))
            self._card("", form.comment)
        if form.answers:
            self._heading(_("Their answers"))
            for answer in form.answers:
                self._card(
                    f"{answer.number}. {bank_text(answer.question.say)}",
                    bank_text(answer.question.levels[answer.level]),
                    note=_before(answer),
                )
        self.list.column.addStretch(1)

    def _heading(self, text: str) -> None:
        self.list.column.addWidget(label(text, "heading"))

    def _card(self, asked: str, said: str, role: str = "body", note: str = "") -> None:
        card = QFrame()
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(space(4), space(2.5), space(4), space(2.5))
        inside.setSpacing(space(1))
        for text, kind in ((asked, "quiet"), (said, role), (note, "warning")):
            if text:
                inside.addWidget(paragraph(text, kind))
        self.list.column.addWidget(card)


def _summary(form: FilledForm) -> list[str]:
    """Who filled it in and what would come of it, in a sentence each."""
    told = []
    if form.name:
        told.append(_("It is signed “{name}”.").format(name=form.name))
    counts = ngettext(
        "{count} of {asked} questions is answered on it.",
        "{count} of {asked} questions are answered on it.",
        len(form.answers),
    ).format(count=len(form.answers), asked=form.asked)
    told.append(counts)
    if replaced := len(form.replaced):
        told.append(
            ngettext(
                "{count} of them takes the place of an answer that you have already.",
                "{count} of them take the place of answers that you have already.",
                replaced,
            ).format(count=replaced)
        )
    if unread := len(form.unread):
        told.append(
            ngettext(
                "{count} thing on it could not be read.",
                "{count} things on it could not be read.",
                unread,
            ).format(count=unread)
        )
    if not form.changes:
        told.append(_("There is nothing on it that you don’t have already."))
    return told


def _place(unread: Unread) -> str:
    if unread.question is not None:
        return f"{unread.number}. {bank_text(unread.question.say)}"
    return {NAME: _("Their name"), COMMENT: _("What they wrote")}.get(
        unread.fault.place, unread.fault.place
    )


def _before(answer: ReadAnswer) -> str:
    """What this answer would take the place of, if it would."""
    if not answer.replaces:
        return ""
    if isinstance(answer.before, Mark):
        return _("Until now: they would rather not say.")
    assert answer.before is not None
    return _("Until now: {answer}").format(answer=bank_text(answer.question.levels[answer.before]))
