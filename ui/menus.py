"""The menu bar: every action of the window, with its key."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from fitcheck.i18n import N_, _
from fitcheck.settings import Look
from ui.dialogs.keys import Group, keys_of
from ui.widgets.sidebar import NEED_ASSESSMENT, PAGES

LOOKS = {
    Look.SYSTEM: N_("As the s&ystem"),
    Look.LIGHT: N_("&Light"),
    Look.DARK: N_("&Dark"),
    Look.CONTRAST: N_("&High contrast, light"),
    Look.CONTRAST_DARK: N_("High contrast, dar&k"),
}


class Menus(QMenuBar):
    """The menus and their actions; who makes it connects the actions.

    ``go`` are the pages' actions by page, ``looks`` the looks' by look.
    """

    def __init__(self, of_prospect: tuple[QAction, ...], of_list: tuple[QAction, ...] = ()) -> None:
        super().__init__()
        self.setAccessibleName(_("Menu bar"))
        self.new_prospect = self._action(_("&New prospect…"), "Ctrl+N")
        self.search = self._action(_("&Search"), "Ctrl+F")
        self.import_form = self._action(_("&Import a file…"), "Ctrl+I")
        self.import_contacts = self._action(_("I&mport contacts…"), "Ctrl+Shift+V")
        self.paste_contacts = self._action(_("&Paste contacts"), "Ctrl+V")
        self.undo_contacts = self._action(_("&Undo the last import of contacts…"), "Ctrl+Shift+J")
        self.export_book = self._action(_("E&xport the whole book…"))
        self.export_list = self._action(_("Export the list as CS&V…"))
        self.card = self._action(_("Pocket &card…"))
        self.backups = self._action(_("&Backups…"), "Ctrl+B")
        self.settings = self._action(_("&Settings"), "Ctrl+,")
        self.lock = self._action(_("&Lock now"), "Ctrl+L")
        self.quit = self._action(_("&Quit"), "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.anything = self._action(_("Find or do an&ything…"), "Ctrl+K")
        self.guide = self._action(_("&Guide"), "F1")
        self.tour = self._action(_("&First steps…"))
        self.keys = self._action(_("&Keyboard overview"), "Ctrl+/", "?")
        self.log = self._action(_("Show the folder of the &log"))
        self.about = self._action(_("&About FitCheck"))
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.go = {
            page: self._action(_(caption), f"Ctrl+{number}")
            for number, (page, caption) in enumerate(PAGES.items(), start=1)
        }
        self.go["quarter"] = self._action(_("The &quarter in figures"), "Ctrl+Shift+Q")
        self.looks = self._looks()
        self._fill(
            _("&File"),
            *(self.new_prospect, None, self.import_form, self.import_contacts),
            *(self.paste_contacts, self.undo_contacts, None, self.export_book, self.export_list),
            *(None, self.card, None, self.backups, None),
            *(self.settings, None, self.lock, self.quit),
        )
        self._fill(_("&Prospect"), self.search, None, *of_prospect)
        self._fill(_("&Go"), self.anything, None, *self.go.values())
        self._fill(_("&View"), *of_list, None, *self.looks.values())
        self._fill(_("&Help"), self.guide, self.keys, self.tour, self.log, None, self.about)
        self.set_in_hand(False)

    def set_in_hand(self, in_hand: bool) -> None:
        """Allow the pages that need an assessment, or don't."""
        for page in NEED_ASSESSMENT:
            self.go[page].setEnabled(in_hand)

    def show_look(self, look: Look) -> None:
        """Mark the look that is in force."""
        self.looks[look].setChecked(True)

    def overview(self) -> list[Group]:
        """Every menu with its actions and their keys, for the overview of the keys."""
        return [
            keys_of(menu.title().replace("&", ""), menu.actions())
            for menu in self.findChildren(QMenu)
        ]

    def _looks(self) -> dict[Look, QAction]:
        group = QActionGroup(self)
        made = {}
        for look, caption in LOOKS.items():
            action = self._action(_(caption))
            action.setCheckable(True)
            group.addAction(action)
            made[look] = action
        return made

    def _action(self, text: str, *keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        return action

    def _fill(self, title: str, *actions: QAction | None) -> None:
        menu = self.addMenu(title)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
