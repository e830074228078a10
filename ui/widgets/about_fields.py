"""What is known of a prospect beyond the contact, as fields: source, notes, links, tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from fitcheck.domain.book import About
from fitcheck.i18n import _
from ui.drafts import Draft
from ui.theme import space
from ui.widgets.labels import titled


class AboutFields(QWidget):
    """Source, notes and links of somebody who is there; their tags have a place of their own."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self._kept = about
        self.source = source_field(about.source)
        self.notes = QPlainTextEdit(about.notes)
        self.notes.setAccessibleName(_("Notes"))
        self.links = QPlainTextEdit("\n".join(about.links))
        self.links.setAccessibleName(_("Links, one a line"))
        grid = _grid(self)
        for row, (caption, field) in enumerate(
            (
                (_("So&urce"), self.source),
                (_("No&tes"), self.notes),
                (_("&Links, one a line"), self.links),
            )
        ):
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
                field.setMinimumHeight(3 * field.fontMetrics().lineSpacing() + space(3))
            grid.addWidget(titled(caption, field), row * 3, 0)
            grid.addWidget(field, row * 3 + 1, 0)
            grid.setRowMinimumHeight(row * 3 + 2, space(2))
        self.links.setMaximumHeight(5 * self.links.fontMetrics().lineSpacing() + space(3))
        grid.setRowStretch(4, 1)

    def value(self) -> About:
        """What stands in the fields; the tags are as they were."""
        links = (" ".join(line.split()) for line in self.links.toPlainText().splitlines())
        return replace(
            self._kept,
            source=self.source.text().strip(),
            notes=self.notes.toPlainText().strip(),
            links=tuple(dict.fromkeys(filter(None, links))),
        )

    def texts(self) -> dict[str, str]:
        """What stands in the fields, as it was typed."""
        return {
            "source": self.source.text(),
            "notes": self.notes.toPlainText(),
            "links": self.links.toPlainText(),
        }

    def show_texts(self, texts: Draft) -> None:
        """Show ``texts`` in the fields that they are for."""
        self.source.setText(texts.get("source", self.source.text()))
        for field, name in ((self.notes, "notes"), (self.links, "links")):
            field.setPlainText(texts.get(name, field.toPlainText()))


class OriginFields(QWidget):
    """What is asked of somebody new beside the contact: through whom they came, and tags."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        super().__init__()
        self.source = source_field()
        self.tags = QLineEdit()
        self.tags.setAccessibleName(_("Tags, with commas between them"))
        self.tags.setMaxLength(200)
        self.tags.setCompleter(TagCompleter(known, self.tags))
        grid = _grid(self)
        for column, (caption, field) in enumerate(
            ((_("So&urce"), self.source), (_("&Tags, with commas"), self.tags))
        ):
            grid.addWidget(titled(caption, field), 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)

    def value(self) -> About:
        tags = (" ".join(tag.split()) for tag in self.tags.text().split(","))
        return About(self.source.text().strip(), tags=tuple(filter(None, tags)))

    def texts(self) -> dict[str, str]:
        """What stands in the fields, as it was typed."""
        return {"source": self.source.text(), "tags": self.tags.text()}

    def show_texts(self, texts: Draft) -> None:
        """Show ``texts`` in the fields that they are for."""
        self.source.setText(texts.get("source", self.source.text()))
        self.tags.setText(texts.get("tags", self.tags.text()))


class TagCompleter(QCompleter):
    """Completes the last of several tags with commas between them."""

    def __init__(self, known: Iterable[str], parent: QWidget) -> None:
        super().__init__(sorted(known, key=str.casefold), parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: object) -> str:
        chosen: str = super().pathFromIndex(index)  # type: ignore[arg-type]
        field = self.widget()
        typed = field.text() if isinstance(field, QLineEdit) else ""
        before = typed.rpartition(",")[0]
        return f"{before}, {chosen}" if before else chosen


def source_field(text: str = "") -> QLineEdit:
    """A field for through whom or what somebody came."""
    made = QLineEdit(text)
    made.setMaxLength(200)
    made.setAccessibleName(_("Source"))
    made.setPlaceholderText(_("Through whom they came"))
    return made


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(space(4))
    grid.setVerticalSpacing(space(1))
    return grid
