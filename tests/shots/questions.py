"""The pictures of own questions: the settings' section, the preview, and a file's faults."""

from __future__ import annotations

from collections.abc import Callable

from fitcheck.errors import InvalidInput
from tests.banks import own
from tests.shots.camera import Camera, settle
from ui import messages
from ui.dialogs.bank import IncomingBankDialog
from ui.main_window import MainWindow

_CHANGED = (
    ("What have you already tried yourselves", "So far, what have you tried yourselves"),
    ("weight = 3", "weight = 2"),
    ('id = "options"', 'id = "ways-open"'),
    ("They have no budget for even", "They have put aside no sum for even"),
)
_SPOILT = (
    ("weight = 3", "weight = 9"),
    ("What is keeping you busiest", "At your age, what is keeping you busiest"),
    ('part = "valued"', 'part = "loved"'),
    ("minutes = 2", "minutes = 5"),
    ("They name a sum or an upper limit that", "They often name a sum or an upper limit that"),
)


def questions_screens(camera: Camera, window: MainWindow, named: Callable[[str], str]) -> None:
    """All of them in the look in force; the book is left with own questions, unused."""
    banks = window.context.fitcheck.banks
    shipped = banks.in_force.reference
    incoming = banks.look_at(own("1.0.0", *_CHANGED).encode(), "mine.toml")
    dialog = IncomingBankDialog(window, incoming)
    dialog.show()
    settle()
    camera.take(dialog, named("questions-preview"))
    dialog.close()
    banks.use(banks.take(incoming).reference)
    window.show_page("settings")
    settings = window.settings
    settings.populate()
    settings.scroll_area.ensureWidgetVisible(settings.questions.told, 0, 300)
    settle()
    camera.take(window, named("questions"))
    try:
        banks.look_at(own("2.0.0", *_SPOILT).encode(), "mine.toml")
    except InvalidInput as refused:
        settings.questions.exchange._failed(refused)
    settle()
    told = next(each for each in window.findChildren(messages.MessageWindow) if each.isVisible())
    camera.take(told, named("questions-faults"))
    told.close()
    banks.use(shipped)
