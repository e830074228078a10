"""The quiet word at the lower right: whether everything is safe."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel

from fitcheck.i18n import N_, _
from fitcheck.saving import SaveState
from ui.theme import set_role

_WORDS = {
    SaveState.SAVED: N_("saved"),
    SaveState.SAVING: N_("saving…"),
    SaveState.FAILED: N_("not saved"),
}


class SaveRelay(QObject):
    """Hears an interview, on whichever thread it speaks, and tells the window on the window's.

    It belongs to whoever holds it, not to the window: the store's thread may still speak while
    the window is being taken down.
    """

    heard = Signal(object, object)

    def listen(self, state: SaveState, error: BaseException | None) -> None:
        """The listener that an interview is given."""
        self.heard.emit(state, error)


class SaveMark(QLabel):
    """Shows a save state in a word.

    ``saved`` says that everything so far is on the disk; ``failed`` gives the error each time
    that it was tried in vain.
    """

    saved = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleDescription(_("Whether everything is saved"))
        self.state: SaveState | None = None
        self._relay: SaveRelay | None = None
        set_role(self, "quiet")

    def follow(self, relay: SaveRelay) -> None:
        """Show from now on what this relay hears, and no more what another one does."""
        if self._relay is not None:
            self._relay.heard.disconnect(self._show)
        self.state = None
        self.setText("")
        self._relay = relay
        relay.heard.connect(self._show)

    @Slot(object, object)
    def _show(self, state: SaveState, error: BaseException | None) -> None:
        self.state = state
        self.setText(_(_WORDS[state]))
        set_role(self, "warning" if state is SaveState.FAILED else "quiet")
        if state is SaveState.FAILED:
            self.failed.emit(error)
        elif state is SaveState.SAVED:
            self.saved.emit()
