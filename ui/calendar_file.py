"""Follow-ups into a calendar's file: which, with what of them, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QStandardPaths, QTimeZone
from PySide6.QtWidgets import QFileDialog, QWidget

from fitcheck.domain.follow_up import Entry
from fitcheck.here import local_zone, zone_named
from fitcheck.i18n import _, ngettext
from ui import messages
from ui.context import Context
from ui.dialogs.calendar_file import CalendarDialog, Which
from ui.widgets.pdf_output import write_whole


def zone_here() -> ZoneInfo | None:
    """The zone of this computer's clock; ``None`` where it has no name that calendars know."""
    return local_zone() or zone_named(bytes(QTimeZone.systemTimeZoneId().data()).decode())


def export_calendar(
    window: QWidget, context: Context, every: Sequence[Entry], chosen: Sequence[Entry]
) -> None:
    """Ask which of these and where to, and write the file."""
    about = {each.prospect_id for each in chosen}
    choice = CalendarDialog.ask(window, len(every), len(chosen), len(about) == 1)
    if choice is None:
        return
    theirs = [each for each in every if each.prospect_id in about]
    entries = {Which.ALL: every, Which.CHOSEN: chosen, Which.OF_PROSPECT: theirs}[choice.which]
    fitcheck = context.fitcheck
    target = _where_to(window, f"FitCheck {fitcheck.today().isoformat()}.ics")
    if target is None:
        return
    data = fitcheck.follow_ups.calendar(
        entries, zone_here(), with_names=choice.names, with_reasons=choice.reasons
    )
    try:
        write_whole(target, data)
    except OSError as error:
        happened = _("The calendar file was not written.")
        kept = _("What was there before is as it was.")
        messages.tell(window, messages.of_error(error, happened, kept))
        return
    said = ngettext(
        "The calendar file was written: {count} follow-up.",
        "The calendar file was written: {count} follow-ups.",
        len(entries),
    ).format(count=len(entries))
    kept = _("It lies in {path}. Open it with your calendar.").format(path=target)
    if choice.names or choice.reasons:
        kept = _("It lies in {path}. Anybody can read it.").format(path=target)
    messages.tell(window, messages.Message(said, kept))


def _where_to(window: QWidget, name: str) -> Path | None:
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = QStandardPaths.writableLocation(documents) or str(Path.home())
    title, kinds = _("Export as a calendar file"), _("Calendar files (*.ics)")
    chosen, _filter = QFileDialog.getSaveFileName(window, title, str(Path(folder) / name), kinds)
    return Path(chosen) if chosen else None
