"""What the list is filtered by besides the phase: a chip for each, which a click takes away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.listed import Query
from fitcheck.i18n import _
from fitcheck.listing import Listing
from reports import words
from ui.theme import set_role, space
from ui.widgets.flow import FlowLayout

_LONGEST = 40
"""Characters of a place or a tag on a chip and in a menu."""

_TAGS = 40
"""Tags that the menu offers; who has more of them finds the rest by the search."""


class ListFilters(QWidget):
    """The filters that are in force; ``changed`` says that there are others. Hidden without any."""

    changed = Signal()

    def __init__(self, listing: Callable[[], Listing]) -> None:
        super().__init__()
        self._listing = listing
        self.recommendation: Recommendation | None = None
        self.met_at: str | None = None
        self.tag: str | None = None
        self.chips: list[QPushButton] = []
        self._row = FlowLayout(self, space(2))
        self.hide()

    def of(self, query: Query) -> Query:
        """``query`` with these filters."""
        return replace(query, recommendation=self.recommendation, met_at=self.met_at, tag=self.tag)

    @property
    def any(self) -> bool:
        return any(each is not None for each in (self.recommendation, self.met_at, self.tag))

    def clear(self) -> None:
        """Let there be none, and say nothing of it."""
        self.recommendation = self.met_at = self.tag = None
        self._show()

    def values(self) -> dict[str, str]:
        """The filters by their names, to be kept."""
        found = {
            "recommendation": self.recommendation and self.recommendation.value,
            "met_at": self.met_at,
            "tag": self.tag,
        }
        return {name: value for name, value in found.items() if value is not None}

    def restore(self, values: Mapping[str, str]) -> None:
        """Let there be those that :meth:`values` gave, as far as they mean something."""
        given = values.get("recommendation")
        self.recommendation = next((r for r in Recommendation if r.value == given), None)
        self.met_at = values.get("met_at")
        self.tag = values.get("tag")
        self._show()

    def fill(self, menu: QMenu, met_at: str = "") -> None:
        """Offer every filter; ``met_at`` is where the chosen prospect was met."""
        menu.clear()
        listing = self._listing()
        kinds = menu.addMenu(_("&Recommendation"))
        for each in Recommendation:
            caption = words.recommendation_name(each)
            self._offer(kinds, caption, self.recommendation is each, recommendation=each)
        places = menu.addMenu(_("Where you &met"))
        known = listing.met_at()
        if met_at and met_at not in known:
            known = {met_at: 0, **known}
        for place, number in known.items():
            caption = _with_number(place, number) if number else _short(place)
            self._offer(places, caption, self.met_at == place, met_at=place)
        places.setEnabled(bool(known))
        tags = menu.addMenu(_("&Tag"))
        named = listing.tags()
        for tag in sorted(named, key=lambda name: -named[name])[:_TAGS]:
            self._offer(tags, _with_number(tag, named[tag]), self.tag == tag, tag=tag)
        tags.setEnabled(bool(named))
        menu.addSeparator()
        none = menu.addAction(_("&No filter"))
        none.setEnabled(self.any)
        none.triggered.connect(self.take_all_away)

    def _offer(
        self,
        menu: QMenu,
        caption: str,
        checked: bool,
        **values: Recommendation | str,
    ) -> QAction:
        action = menu.addAction(caption.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(checked)
        # Chosen once more, it is taken away.
        (name,) = values
        wanted = None if checked else values[name]
        action.triggered.connect(lambda: self.choose(name, wanted))
        return action

    def choose(self, name: str, value: Recommendation | str | None) -> None:
        """Filter by this, or with ``None`` no longer by what has this name."""
        setattr(self, name, value)
        self._show()
        self.changed.emit()

    def take_all_away(self) -> None:
        """Filter by none of them any more."""
        if self.any:
            self.clear()
            self.changed.emit()

    def _show(self) -> None:
        had_focus = self.window().focusWidget() in self.chips
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for name, text in self._texts().items():
            chip = QPushButton(f"{text}  ✕".replace("&", "&&"))
            set_role(chip, "chip")
            chip.setCheckable(True)
            chip.setChecked(True)
            chip.setAccessibleName(_("Take away the filter: {filter}").format(filter=text))
            chip.clicked.connect(partial(self.choose, name, None))
            self._row.addWidget(chip)
            self.chips.append(chip)
            chip.show()
        self.setVisible(bool(self.chips))
        if had_focus and self.chips:
            self.chips[0].setFocus()

    def _texts(self) -> dict[str, str]:
        texts = {}
        if self.recommendation is not None:
            name = words.recommendation_name(self.recommendation)
            texts["recommendation"] = _("Recommendation: {which}").format(which=name)
        if self.met_at is not None:
            texts["met_at"] = _("Met at: {place}").format(place=_short(self.met_at))
        if self.tag is not None:
            texts["tag"] = _("Tag: {tag}").format(tag=_short(self.tag))
        return texts


def _with_number(text: str, number: int) -> str:
    return _("{name} ({number})").format(name=_short(text), number=number)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
