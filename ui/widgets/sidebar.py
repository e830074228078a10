"""The way about: nine pages, four of which need an assessment in hand."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
)

from fitcheck.i18n import N_, _
from ui.icons import nav_icon, program_icon
from ui.page_names import AFTER_THE_PERSON
from ui.page_names import NEED_ASSESSMENT as NEED_ASSESSMENT
from ui.page_names import PAGES as PAGES
from ui.theme import Theme, set_role, space
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.picture import Picture
from ui.widgets.text import key_text

WITH_ASSESSMENT = (*NEED_ASSESSMENT, "inquiry")
"""Those, and the page without a button that needs one, too."""

UNDER = {"inquiry": "interview", "line": "prospects", "beside": "prospects", "quarter": "record"}
"""Pages without a button of their own, by the page whose button is marked meanwhile."""

UNDER_NAMES = {
    "inquiry": N_("Twelve-minute inquiry"),
    "line": N_("Over the years"),
    "beside": N_("Side by side"),
    "quarter": N_("The quarter"),
}


class NavButton(QPushButton):
    """A page's icon and name, with its key at the right."""

    def __init__(self, name: str, caption: str, key: str) -> None:
        super().__init__(caption)
        self.name = name
        self._caption = caption
        self._key = key
        self.setCheckable(True)
        self.setAccessibleName(caption)
        self.setAccessibleDescription(_("Key: {key}").format(key=key))
        self.setToolTip(f"{caption} ({key})")
        set_role(self, "nav")
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, space(2.5), 0)
        hint = label(key, "quiet")
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addStretch(1)
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(hint)
        self._hint = hint

    def show_count(self, count: str, said: str) -> None:
        """Show how much waits on the page in place of its key; empty where nothing does."""
        # Or the sidebar would be narrower for a while.
        self._hint.setMinimumWidth(max(self._hint.minimumWidth(), self._hint.sizeHint().width()))
        self._hint.setText(count or self._key)
        set_role(self._hint, "badge" if count else "quiet")
        described = _("Key: {key}").format(key=self._key)
        self.setAccessibleDescription(f"{said}. {described}" if said else described)
        self.setToolTip(f"{self._caption} ({self._key})" + (f": {said}" if said else ""))

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone, or the words and the key as well."""
        self.setText("" if compact else self._caption)
        self._hint.setVisible(not compact)

    def minimumSizeHint(self) -> QSize:
        # Where the text is large and the screen low, what gives way is the room around the words.
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), self.fontMetrics().height() + space(1)))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._hint.isHidden():
            return hint
        hint.setWidth(hint.width() + self._hint.sizeHint().width() + space(5))
        return hint


def _room(units: float) -> QSpacerItem:
    """A gap that closes where there is no room for it."""
    policy = QSizePolicy.Policy
    return QSpacerItem(0, space(units), policy.Minimum, policy.Maximum)


class Sidebar(QFrame):
    """``chosen`` says which page is wanted; only :meth:`show_page` marks one."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "sidebar")
        self.setAccessibleName(_("Pages"))
        self.buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        self._mark = Picture(space(7), program_icon())
        self._brand_name = label("FitCheck", "heading")
        self._in_hand = label(_("In hand"), "quiet")
        self._name = ElidedLabel("", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(3), space(5), space(3), space(4))
        layout.setSpacing(space(1))
        layout.addLayout(self._brand())
        layout.addSpacerItem(_room(6))
        for number, (name, caption) in enumerate(PAGES.items(), start=1):
            button = NavButton(name, _(caption), key_text(f"Ctrl+{number}"))
            self._group.addButton(button)
            self.buttons[name] = button
            if name == NEED_ASSESSMENT[0]:
                layout.addSpacerItem(_room(6))
                layout.addLayout(self._person())
            if name == AFTER_THE_PERSON:
                layout.addSpacerItem(_room(6))
            if name == "settings":
                layout.addStretch(1)
            layout.addWidget(button)
        self._group.buttonClicked.connect(self._clicked)
        self.set_person("")
        self.restyle(theme)

    def _brand(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(space(3), 0, 0, 0)
        row.setSpacing(space(2.5))
        row.addWidget(self._mark)
        row.addWidget(self._brand_name)
        row.addStretch(1)
        return row

    def _person(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(space(3), 0, space(2.5), space(1.5))
        column.setSpacing(0)
        column.addWidget(self._in_hand)
        column.addWidget(self._name)
        return column

    def set_compact(self, compact: bool) -> None:
        """Show icons alone, which name themselves in their tool tips, or words as well."""
        if compact is self._name.isHidden():
            return
        for part in (self._brand_name, self._in_hand, self._name):
            part.setVisible(not compact)
        for button in self.buttons.values():
            button.set_compact(compact)

    def set_person(self, name: str) -> None:
        """Show whose assessment is in hand; "" disables the pages that need one."""
        self._name.setText(name or _("Nobody yet"))
        self._name.setEnabled(bool(name))
        for page in NEED_ASSESSMENT:
            self.buttons[page].setEnabled(bool(name))

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self.buttons[UNDER.get(name, name)].setChecked(True)

    def restyle(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        size = space(5.5)
        for name, button in self.buttons.items():
            button.setIcon(nav_icon(name, theme))
            button.setIconSize(QSize(size, size))

    @Slot("QAbstractButton*")
    def _clicked(self, button: NavButton) -> None:
        # The window decides; if a page won't be left, it marks that one again.
        self.chosen.emit(button.name)
