"""All that is kept about a person into a folder, as PDF and as JSON, to be given to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from fitcheck.errors import FitCheckError
from fitcheck.exchange.person_json import person_bytes
from fitcheck.i18n import _
from fitcheck.i18n import language as speaking
from fitcheck.place import parse_language
from fitcheck.speaking import for_documents
from ui import messages
from ui.context import Context
from ui.widgets.pdf_output import write_whole


@dataclass(frozen=True)
class Given:
    """What was written; ``trouble`` says why the PDF is missing, where it is."""

    files: tuple[Path, ...]
    trouble: FitCheckError | None = None


def choose_folder(parent: QWidget) -> Path | None:
    """Ask in which folder to write, beginning with the documents'."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    start = QStandardPaths.writableLocation(documents) or str(Path.home())
    chosen = QFileDialog.getExistingDirectory(parent, _("Where to write it"), start)
    return Path(chosen) if chosen else None


def give(
    parent: QWidget, context: Context, prospect_id: int, folder: Path, done: Callable[[], None]
) -> None:
    """Write both files into ``folder`` in a job, tell where they lie, and show them.

    The PDF is in the language of the documents of their newest assessment.
    No file that is there already is written over. ``done`` is called in any case.
    """
    paper = context.fitcheck.preferences.paper

    def write() -> Given:
        from reports.render import suggested_file_name  # loads what makes documents

        report = context.fitcheck.rights.person_file(prospect_id)
        newest = report.person.assessments[:1]
        language = for_documents(parse_language(newest[0].position) if newest else "")
        stem = _free_stem(folder, suggested_file_name(report, language).removesuffix(".pdf"))
        json, pdf = folder / f"{stem}.json", folder / f"{stem}.pdf"
        write_whole(json, person_bytes(report.person))
        try:
            with speaking(language):
                made = context.press.render(report, paper)
        except FitCheckError as error:  # the JSON says all of it in any case
            return Given((json,), error)
        write_whole(pdf, made)
        return Given((pdf, json))

    def success(given: Given) -> None:
        done()
        messages.tell(parent, _told(given, folder))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def failure(error: BaseException) -> None:
        done()
        happened = _("Their data was not written to {folder}.").format(folder=folder)
        to_do = _("Choose another folder, or free some space.")
        messages.tell(parent, messages.of_error(error, happened, _("Nothing was changed."), to_do))

    context.jobs.run_job(write, success, failure)


def _told(given: Given, folder: Path) -> messages.Message:
    names = "\n".join(file.name for file in given.files)
    where = _("In {folder}:").format(folder=folder)
    if given.trouble is not None:
        return messages.Message(
            _("Their data is written, but not as a PDF."), f"{where}\n{names}", str(given.trouble)
        )
    return messages.Message(
        _("Their data is written."),
        f"{where}\n{names}",
        _(
            "The PDF is for them to read, the other file for their computer. Both are readable by "
            "whoever gets them: hand them over in person, or protect them on their way."
        ),
    )


def _free_stem(folder: Path, stem: str) -> str:
    """``stem``, or with a number behind it where one of the two files is there already."""
    number, free = 1, stem
    while any((folder / f"{free}{ending}").exists() for ending in (".pdf", ".json")):
        number += 1
        free = f"{stem}-{number}"
    return free
