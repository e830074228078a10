"""Who it is: asked for a new prospect, with the form to begin with, and when one is edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Bank, Form
from fitcheck.domain.book import About
from fitcheck.domain.keeping import Kept
from fitcheck.i18n import _, ngettext
from fitcheck.library import load_bank
from ui.dialogs.button_row import button_row
from ui.dialogs.fitting import fit
from ui.dialogs.keeping import KeepingDialog
from ui.drafts import Draft
from ui.theme import space
from ui.widgets.about_fields import AboutFields, OriginFields
from ui.widgets.described_choice import DescribedChoice
from ui.widgets.keep_until import KeepUntil
from ui.widgets.labels import label, titled


@dataclass(frozen=True)
class NewProspect:
    """Who, which form the interview begins with, and what is known of them."""

    prospect: Prospect
    form: Form
    about: About = About()  # noqa: RUF009 - it is frozen


class ContactFields(QWidget):
    """The fields of a :class:`Prospect`; only the name is required."""

    def __init__(self, prospect: Prospect | None = None) -> None:
        super().__init__()
        self._kept = prospect or Prospect("")
        self.fields: dict[str, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(1))
        for name, caption, row, column, span in (
            ("name", _("&Name"), 0, 0, 2),
            ("organisation", _("&Organisation"), 1, 0, 1),
            ("role", _("&Role"), 1, 1, 1),
            ("email", _("E-&mail"), 2, 0, 1),
            ("phone", _("&Phone"), 2, 1, 1),
            ("met_at", _("&Where you met"), 3, 0, 2),
        ):
            field = QLineEdit(getattr(self._kept, name))
            field.setMaxLength(200)
            field.setAccessibleName(caption.replace("&", ""))
            title = titled(caption, field)
            grid.addWidget(title, row * 3, column, 1, span)
            grid.addWidget(field, row * 3 + 1, column, 1, span)
            grid.setRowMinimumHeight(row * 3 + 2, space(2))
            self.fields[name] = field
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def value(self) -> Prospect:
        """What stands in the fields, without blanks at either end."""
        return replace(self._kept, **{n: field.text().strip() for n, field in self.fields.items()})

    def texts(self) -> dict[str, str]:
        """What stands in the fields, by their names, as it was typed."""
        return {name: field.text() for name, field in self.fields.items()}

    def show_texts(self, texts: Draft) -> None:
        """Show ``texts`` in the fields that they are for."""
        for name in self.fields.keys() & texts.keys():
            self.fields[name].setText(texts[name])

    def check(self) -> bool:
        """Whether there is a name; if not, the field says so and takes the focus."""
        field = self.fields["name"]
        missing = not field.text().strip()
        field.setPlaceholderText(_("Please give a name") if missing else "")
        field.setProperty("invalid", missing)
        field.style().polish(field)
        if missing:
            field.setFocus()
        return not missing


class _ContactDialog(KeepingDialog):
    """A title, the contact's fields, what else is asked, and two buttons."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        action: str,
        prospect: Prospect | None = None,
        extra: QWidget | None = None,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.contact = ContactFields(prospect)
        self.accept_button = QPushButton(action)
        self.accept_button.clicked.connect(self._confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(label(title, "title"))
        left = QVBoxLayout()
        left.setSpacing(space(4))
        left.addWidget(self.contact)
        if extra is not None:
            left.addWidget(extra)
        if beside is None:
            layout.addLayout(left)
        else:
            left.addStretch(1)
            both = QHBoxLayout()
            both.setSpacing(space(7))
            both.addLayout(left, 1)
            both.addWidget(beside, 1)
            layout.addLayout(both, 1)
        layout.addSpacing(space(1))
        layout.addStretch(1)
        layout.addWidget(self.fault)
        layout.addLayout(button_row(self, self.accept_button, QPushButton(_("Cancel"))))
        fit(self, space(150 if beside is None else 250))
        self.contact.fields["name"].setFocus()

    def draft(self) -> dict[str, str]:
        """What is filled in, to be kept over a lock."""
        return self.contact.texts()

    def show_draft(self, draft: Draft) -> None:
        """Fill in what was kept."""
        self.contact.show_texts(draft)

    @Slot()
    def _confirm(self) -> None:
        if self.contact.check():
            self.accept()


class NewProspectDialog(_ContactDialog):
    """Asks who it is and which form to begin with; Enter begins the interview."""

    draft_name = "new-prospect"

    def __init__(
        self,
        parent: QWidget | None = None,
        bank: Bank | None = None,
        tags: Iterable[str] = (),
    ) -> None:
        bank = bank or load_bank()
        self.origin = OriginFields(tags)
        full, event = (len(bank.form(form)) for form in (Form.FULL, Form.EVENT))
        self.form = DescribedChoice(
            _("Form"),
            (
                (
                    Form.FULL,
                    _("&Full interview"),
                    _("{count} questions, for a first meeting.").format(count=full),
                ),
                (
                    Form.EVENT,
                    _("&Event form"),
                    ngettext(
                        "{count} question with short answers, for a talk in passing.",
                        "{count} questions with short answers, for a talk in passing.",
                        event,
                    ).format(count=event),
                ),
            ),
            Qt.Orientation.Horizontal,
        )
        extra = QWidget()
        layout = QVBoxLayout(extra)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(4))
        layout.addWidget(self.origin)
        layout.addWidget(self.form)
        super().__init__(parent, _("New prospect"), _("Start the interview"), extra=extra)

    def value(self) -> NewProspect:
        return NewProspect(self.contact.value(), self.form.value, self.origin.value())

    def draft(self) -> dict[str, str]:
        return {**super().draft(), **self.origin.texts(), "form": self.form.value.value}

    def show_draft(self, draft: Draft) -> None:
        super().show_draft(draft)
        self.origin.show_texts(draft)
        for form in Form:
            if form.value == draft.get("form"):
                self.form.show_value(form)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None = None,
        draft: Draft | None = None,
        keep: Callable[[NewProspect], object] = lambda _value: None,
        bank: Bank | None = None,
        tags: Iterable[str] = (),
    ) -> NewProspect | None:
        """Who and which form, once ``keep`` has; ``None`` if the person thought better of it.

        ``bank`` is the one whose questions will be asked, where it isn't the shipped one; ``tags``
        are those that there are.
        """
        dialog = cls(parent, bank, tags)
        return dialog.answer(dialog.value, draft, keep)


@dataclass(frozen=True)
class EditedProspect:
    """Who, until when they are kept (``None`` as usual), and what is known of them."""

    prospect: Prospect
    until: dt.date | None
    about: About = About()  # noqa: RUF009 - it is frozen


class EditProspectDialog(_ContactDialog):
    """Asks for what has changed about a prospect, and until when they are kept."""

    draft_name = "edit-prospect"

    def __init__(
        self,
        parent: QWidget | None,
        prospect: Prospect,
        kept: Kept,
        about: About = About(),  # noqa: B008 - it is frozen
    ) -> None:
        self.keep = KeepUntil(kept)
        self.about = AboutFields(about)
        super().__init__(
            parent, _("Edit prospect"), _("Save"), prospect, self.keep, beside=self.about
        )

    def value(self) -> EditedProspect:
        return EditedProspect(self.contact.value(), self.keep.until, self.about.value())

    def draft(self) -> dict[str, str]:
        return {**super().draft(), **self.keep.draft(), **self.about.texts()}

    def show_draft(self, draft: Draft) -> None:
        super().show_draft(draft)
        self.about.show_texts(draft)
        self.keep.show_draft(draft)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        prospect: Prospect,
        kept: Kept,
        draft: Draft | None = None,
        keep: Callable[[EditedProspect], object] = lambda _value: None,
        about: About = About(),  # noqa: B008 - it is frozen
    ) -> EditedProspect | None:
        """The prospect as edited, once ``keep`` has; ``None`` if that was called off."""
        dialog = cls(parent, prospect, kept, about)
        return dialog.answer(dialog.value, draft, keep)
