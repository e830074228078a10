"""A whole book on its way in: what would come of it, with what only a person can decide; and what
came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sized

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.domain.incoming_book import Choices, Difference, IncomingBook, Standing
from fitcheck.i18n import _, ngettext
from reports import import_words
from ui.theme import set_role, space
from ui.widgets.column import Column, open_at, scrolling
from ui.widgets.labels import label
from ui.widgets.text import box_beside, paragraph

_SHOWN = 200
"""Lines under a heading at most: nobody reads more, and the saved list has all."""


class _Listing(QDialog):
    """Parts under headings, that scroll."""

    def __init__(self, parent: QWidget | None, title: str, incoming: IncomingBook) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("A whole book"))
        self.setAccessibleName(title)
        summary = import_words.summary_sentence(incoming)
        self.setAccessibleDescription(summary)
        self.list = Column(space(2.5))
        self.area = scrolling(self.list)
        # So that the keys scroll it.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(7), space(6), space(7), space(6))
        layout.setSpacing(space(3))
        layout.addWidget(paragraph(title, "title"))
        layout.addWidget(paragraph(f"{import_words.heading_sentence(incoming)} {summary}"))
        layout.addWidget(self.area, 1)
        self.row = QHBoxLayout()
        self.row.setSpacing(space(3))
        self.row.addStretch(1)
        layout.addLayout(self.row)
        open_at(self, space(175), space(150))

    def add_part(self, heading: str, lines: Iterable[str]) -> None:
        """A heading with lines under it."""
        if said := list(lines):
            self.list.column.addWidget(label(heading, "heading"))
            inside = self.add_card(said, 1)
            for line in said[:_SHOWN]:
                inside.addWidget(paragraph(line))

    def add_card(self, every: Sized, gap: float) -> QVBoxLayout:
        """A card for the first of ``every``, above how many more there are; where to put them."""
        card = QFrame()
        set_role(card, "card")
        whole = QVBoxLayout(card)
        whole.setContentsMargins(space(4), space(2.5), space(4), space(2.5))
        whole.setSpacing(space(gap))
        inside = QVBoxLayout()
        inside.setSpacing(space(gap))
        whole.addLayout(inside)
        if (more := len(every) - _SHOWN) > 0:
            whole.addWidget(paragraph(_and_more(more), "quiet"))
        self.list.column.addWidget(card)
        return inside


def _and_more(count: int) -> str:
    return ngettext("and {count} more", "and {count} more", count).format(count=count)


class IncomingBookDialog(_Listing):
    """What would come of a file, and what only a person can decide. Nothing is ticked at first:
    then nothing that is here is given up, and nobody comes back who was erased."""

    def __init__(self, parent: QWidget | None, incoming: IncomingBook) -> None:
        super().__init__(parent, _("Bring this book in?"), incoming)
        self.area.setAccessibleName(_("What would come of it"))
        self.incoming = incoming
        self.together: dict[str, QCheckBox] = {}
        self.back: dict[str, QCheckBox] = {}
        self.theirs: dict[str, QCheckBox] = {}
        worth_it = bool(
            incoming.changes
            or incoming.all_differences
            or any(each.standing is Standing.ERASED for each in incoming.prospects)
        )
        self.cancel_button = QPushButton(_("Leave it") if worth_it else _("Close"))
        self.take_button = QPushButton(_("&Bring it in"))
        self._fill()
        self.row.addWidget(self.cancel_button)
        self.row.addWidget(self.take_button)
        self.cancel_button.clicked.connect(self.reject)
        self.take_button.clicked.connect(self.accept)
        self.take_button.setVisible(worth_it)
        first = self.take_button if worth_it else self.cancel_button
        set_role(first, "primary")
        first.setDefault(True)
        first.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, incoming: IncomingBook) -> Choices | None:
        """What was chosen; ``None`` where it is left."""
        dialog = cls(parent, incoming)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        choices = dialog.choices()
        dialog.deleteLater()
        return choices if accepted else None

    def choices(self) -> Choices:
        """What is ticked."""

        def ticked(boxes: dict[str, QCheckBox]) -> frozenset[str]:
            return frozenset(key for key, box in boxes.items() if box.isChecked())

        return Choices(ticked(self.together), ticked(self.back), ticked(self.theirs))

    def _fill(self) -> None:
        people = self.incoming.prospects
        probably = [each for each in people if each.standing is Standing.PROBABLY]
        erased = [each for each in people if each.standing is Standing.ERASED]
        self._ask(
            _("Probably the same as somebody here"),
            _("Tick who is the same person. Everybody else is added beside them."),
            [
                (
                    each.key,
                    _("{name} is the same person as {here}").format(
                        name=import_words.who(each), here=each.here
                    ),
                )
                for each in probably
            ],
            self.together,
        )
        self._ask(
            _("Erased here earlier"),
            _("They stay out unless you tick them. Did they ask to be forgotten?"),
            [
                (each.key, _("Take {name} all the same").format(name=import_words.who(each)))
                for each in erased
            ],
            self.back,
        )
        self._ask(
            _("Different here and in the file"),
            _("Yours stays unless you tick it."),
            [(each.key, _choice(each)) for each in self.incoming.all_differences],
            self.theirs,
        )
        chosen = {
            _("Probably the same as somebody here"),
            _("Erased here earlier"),
            _("Different here and in the file"),
        }
        for part in import_words.parts(self.incoming, Choices()):
            if part.heading not in chosen:
                self.add_part(part.heading, part.lines)
        self.list.column.addStretch(1)

    def _ask(
        self,
        heading: str,
        meaning: str,
        entries: list[tuple[str, str]],
        boxes: dict[str, QCheckBox],
    ) -> None:
        if not entries:
            return
        self.list.column.addWidget(label(heading, "heading"))
        self.list.column.addWidget(paragraph(meaning, "quiet"))
        inside = self.add_card(entries, 2)
        for key, text in entries[:_SHOWN]:
            boxes[key], row = box_beside(text)
            inside.addLayout(row)


def _choice(each: Difference) -> str:
    if each.what == "own_policy":
        return _("Judge new assessments by the policy of the file, instead of the default one")
    return _("{whose}, {field}: “{there}” instead of “{here}”").format(
        whose=each.whose or _("Your own"),
        field=import_words.field_name(each.what),
        here=import_words.shortened(each.here),
        there=import_words.shortened(each.there),
    )


class TakenBookDialog(_Listing):
    """What came of a file, to be read and saved."""

    def __init__(
        self,
        parent: QWidget | None,
        incoming: IncomingBook,
        choices: Choices,
        save: Callable[[str], object],
    ) -> None:
        super().__init__(parent, _("The book was brought in"), incoming)
        self.area.setAccessibleName(_("What came of it"))
        self._text = import_words.text_of(incoming, choices)
        self._save = save
        for part in import_words.parts(incoming, choices):
            self.add_part(part.heading, part.lines)
        self.list.column.addStretch(1)
        self.save_button = QPushButton(_("&Save this list…"))
        self.close_button = QPushButton(_("Close"))
        self.save_button.setAutoDefault(False)
        set_role(self.close_button, "primary")
        self.close_button.setDefault(True)
        self.row.addWidget(self.save_button)
        self.row.addWidget(self.close_button)
        self.save_button.clicked.connect(self._save_list)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()

    @Slot()
    def _save_list(self) -> None:
        self._save(self._text + "\n")
