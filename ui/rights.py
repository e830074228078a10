"""What a person can ask for, all that is kept of them and that it goes; until when it stays."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from fitcheck.domain.listed import ProspectLine
from fitcheck.i18n import _
from reports.keeping_words import kept_sentence, reminder
from ui.chosen_action import chosen_action
from ui.context import Context
from ui.giving import choose_folder, give
from ui.theme import set_role
from ui.widgets.keeping_part import KeepingPart

LOOK_AFTER = 400
"""Milliseconds after the list is shown until it is looked whether anybody is to be asked about."""


class PersonActions(QObject):
    """``actions`` are for the menu. ``let_go_of`` names a prospect who is about to be erased,
    ``changed`` says that something was decided; ``reminder`` leads to those to be asked about.
    """

    let_go_of = Signal(int)
    changed = Signal()

    def __init__(self, context: Context, page: QWidget, part: KeepingPart) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._part = part
        self._line: ProspectLine | None = None
        self.give_action = chosen_action(
            self, _("&Give them their data…"), "Ctrl+Shift+G", self.ask_give
        )
        self.erase_action = chosen_action(self, _("E&rase…"), "Ctrl+Shift+Del", self.ask_erase)
        self.actions = (self.give_action, self.erase_action)
        part.give_asked.connect(self.ask_give)
        part.erase_asked.connect(self.ask_erase)
        self.reminder = QPushButton()
        set_role(self.reminder, "plain")
        self.reminder.hide()
        self.reminder.clicked.connect(self.show_kept)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(LOOK_AFTER)
        self.timer.timeout.connect(self.look)

    def show_prospect(self, line: ProspectLine | None) -> None:
        """Show until when this prospect is kept."""
        self._line = line
        if line is not None:
            rights = self._context.fitcheck.rights
            self._part.show_sentence(kept_sentence(rights.kept(line.id), rights.years))

    # Giving

    @Slot()
    def ask_give(self) -> None:
        """Ask for a folder, and write all that is kept about the chosen prospect into it."""
        line = self._line
        if line is None:
            return
        folder = choose_folder(self._page.window())
        if folder is not None:
            self._part.set_busy(True)
            give(self._page.window(), self._context, line.id, folder, self._given)

    def _given(self) -> None:
        self._part.set_busy(False)

    # Erasing

    @Slot()
    def ask_erase(self) -> None:
        """Ask whether to erase the chosen prospect, do it, and show the proof."""
        if self._line is not None:
            self.erase(self._line.id)

    def erase(self, prospect_id: int) -> bool:
        """The same for any prospect; whether they are gone."""
        from ui.dialogs.erase import EraseDialog  # few starts need them
        from ui.dialogs.erased import ErasedDialog

        window = QApplication.activeModalWidget() or self._page.window()
        erasure = EraseDialog.ask(
            window, self._context, prospect_id, lambda: self.let_go_of.emit(prospect_id)
        )
        # In any case: it may have failed half-way, or the lock may have struck.
        self.changed.emit()
        if erasure is None:
            return False
        self.look()
        ErasedDialog.offer(window, self._context, erasure)
        return True

    # Whoever has been kept for long

    def look_soon(self) -> None:
        """Look, once the list is on the screen, whether anybody is to be asked about."""
        self.timer.start()

    @Slot()
    def look(self) -> None:
        self.timer.stop()
        text = reminder(self._context.fitcheck.rights.to_be_asked())
        self.reminder.setText(text)
        self.reminder.setVisible(bool(text))

    @Slot()
    def show_kept(self) -> None:
        """Show them, to be kept on or erased."""
        from ui.dialogs.kept import KeptDialog  # once a year

        asked = self._context.fitcheck.rights.to_be_asked()
        if asked:
            KeptDialog.offer(self._page.window(), self._context, asked, self.erase)
            self.changed.emit()
            self.look()
