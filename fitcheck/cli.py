"""The command line: the same engine as the window, for scripts and for checking.

Bad input ends with exit status 2, one line per fault on standard error, and nothing written.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fitcheck.cli_parsers import parser
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank, Reference
from fitcheck.domain.policy import Policy
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import (
    CardSheet,
    Edition,
    ErasureSheet,
    Report,
    make_report,
    pocket_card,
)
from fitcheck.domain.verdict import reach_verdict
from fitcheck.errors import Fault, FitCheckError, InvalidInput, reason, unreadable
from fitcheck.folders import data_folder
from fitcheck.i18n import _, current_language
from fitcheck.library import load_bank, load_policy, load_rules
from fitcheck.speaking import paper_here

BAD_INPUT = 2


def render_worker() -> int:
    """Be the window's render worker."""
    from reports.worker import main as serve

    return serve()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. Window commands are the entry point's."""
    arguments = parser().parse_args(argv)
    try:
        match arguments.command:
            case "bank":
                _bank(arguments)
            case "judge":
                _judge(arguments)
            case "report":
                _report(arguments)
            case "list":
                _list(arguments)
            case "person":
                _person(arguments)
            case "erase":
                _erase(arguments)
            case "quarter":
                _quarter(arguments)
            case "record":
                _record(arguments)
            case "outcome":
                _outcome(arguments)
            case "calendar":
                _calendar(arguments)
            case "backup":
                _back_up(arguments)
            case "check":
                _check(arguments)
            case "log":
                _log(arguments)
            case "card":
                _card(arguments)
            case "import":
                _import(arguments)
            case "export":
                _export(arguments)
            case _:
                raise FitCheckError(_("This command opens a window: start it with “fitcheck”."))
    except FitCheckError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    return 0


def _bank(arguments: argparse.Namespace) -> None:
    from fitcheck import cli_bank

    if arguments.name is not None and arguments.export is None:
        raise FitCheckError(_("--name says which bank --export writes."))
    if arguments.export is not None:
        _write(arguments.export, cli_bank.exported(data_folder(arguments.data), arguments.name))
    elif arguments.schema is not None:
        _write(arguments.schema, cli_bank.schema())
    elif arguments.lint is not None:
        print(cli_bank.lint(arguments.lint))
    elif arguments.bring_in is not None:
        from reports.bank_words import taken_lines

        taken = cli_bank.bring_in(data_folder(arguments.data), arguments.bring_in)
        print("\n".join(taken_lines(taken.bank.reference, taken.changes, there=taken.there)))
    else:
        _print_bank(as_json=arguments.json)


def _print_bank(*, as_json: bool) -> None:
    bank, policy = load_bank(), load_policy()
    if as_json:
        from fitcheck.exchange.judgement_json import bank_json

        _print_json(bank_json(bank, policy))
        return
    from reports.bank_words import side_name
    from reports.words import bank_text

    print(_("Bank {reference}").format(reference=bank.reference))
    for question in bank.questions:
        facet, side = bank_text(question.facet.name), side_name(question.side)
        print(f"\n{question.id} · {facet} · {side}\n  {bank_text(question.say)}")
        for number, text in enumerate(question.levels, start=1):
            print(f"  {number}  {bank_text(text)}")


def _judge(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_bank import finder

    find_bank = finder(arguments.bank)
    assessment = _assessment(arguments.file, find_bank)
    bank, policy = load_rules(assessment, find_bank=find_bank)
    verdict = reach_verdict(assessment, bank, policy)
    if arguments.json:
        from fitcheck.exchange.judgement_json import judgement_json

        _print_json(judgement_json(assessment, bank, verdict))
        return
    from reports.lines import verdict_lines

    print("\n".join(verdict_lines(assessment, bank, policy, verdict)))


def _list(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_book import assessment_lines, prospect_list
    from fitcheck.cli_person import people_lines

    if arguments.csv is not None:
        from reports.list_csv import list_csv

        found = prospect_list(data_folder(arguments.data))
        _write(arguments.csv, list_csv(found.lines, found.today, show_totals=found.show_totals))
        return

    lines_of = people_lines if arguments.people else assessment_lines
    for line in lines_of(data_folder(arguments.data)):
        print(line)


def _person(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_person import person_file
    from fitcheck.exchange.person_json import person_bytes

    if arguments.json is None and arguments.pdf is None:
        raise FitCheckError(_("Say where to: --json OUT.json, --pdf OUT.pdf, or both."))
    report, paper = person_file(data_folder(arguments.data), arguments.number)
    if arguments.json is not None:
        _write(arguments.json, person_bytes(report.person))
    if arguments.pdf is not None:
        from reports.render import render

        _write(arguments.pdf, render(report, paper, current_language()))


def _erase(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_person import erase
    from reports.erasure_view import lines

    erasure, paper = erase(data_folder(arguments.data), arguments.number, arguments.name)
    print("\n".join(lines(erasure)))
    if arguments.proof is not None:
        from reports.render import render

        _write(arguments.proof, render(ErasureSheet(erasure), paper, current_language()))


def _quarter(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_quarter import quarter_sheet
    from reports.quarter_view import lines, quarter_csv

    sheet, paper = quarter_sheet(data_folder(arguments.data), arguments.quarter)
    if arguments.csv is not None:
        _write(arguments.csv, quarter_csv(sheet))
    if arguments.output is not None:
        from reports.render import render

        _write(arguments.output, render(sheet, paper, current_language()))
    if arguments.json:
        from fitcheck.exchange.quarter_json import quarter_json

        _print_json(quarter_json(sheet))
    elif arguments.csv is None and arguments.output is None:
        print("\n".join(lines(sheet)))


def _record(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_record import record_sheet

    sheet, paper = record_sheet(data_folder(arguments.data))
    if arguments.csv is not None:
        from reports.record_csv import record_csv

        _write(arguments.csv, record_csv(sheet.record.engagements))
    if arguments.pdf is not None:
        from reports.render import render

        _write(arguments.pdf, render(sheet, paper, current_language()))
    if arguments.json:
        from fitcheck.exchange.record_json import record_json

        _print_json(record_json(sheet.record, sheet.on))
    elif arguments.csv is None and arguments.pdf is None:
        from reports.record_view import lines

        print("\n".join(lines(sheet)))


def _outcome(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_record import due_lines, mark
    from fitcheck.domain.outcome import Occasion

    folder = data_folder(arguments.data)
    if arguments.number is None:
        for line in due_lines(folder):
            print(line)
        return
    if bool(arguments.signs) is arguments.none:
        raise FitCheckError(_("Say which marks there are, or --none."))
    occasion = Occasion(arguments.occasion) if arguments.occasion else None
    signs = frozenset(arguments.signs or ())
    marked = mark(folder, arguments.number, signs, arguments.words, occasion)

    from reports.record_words import marked_sentence

    print(marked_sentence(marked))


def _calendar(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_calendar import calendar_file, follow_up_lines

    folder = data_folder(arguments.data)
    if arguments.output is not None:
        names, reasons = arguments.names, arguments.reasons
        _write(arguments.output, calendar_file(folder, with_names=names, with_reasons=reasons))
        return
    if arguments.names or arguments.reasons:
        raise FitCheckError(_("--names and --reasons say what the file of -o holds."))
    for line in follow_up_lines(folder):
        print(line)


def _back_up(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_backup import back_up, backup_lines, restore

    folder = data_folder(arguments.data)
    if arguments.restore is not None:
        print(restore(folder, arguments.restore))
        return
    for line in backup_lines(folder) if arguments.list else [str(back_up(folder))]:
        print(line)


def _check(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_backup import check

    print(check(data_folder(arguments.data)))


def _log(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_log import log_lines

    print("\n".join(log_lines(data_folder(arguments.data))))


def fault_words(report: Path) -> str:
    """What is said of a fault of ours whose report was saved."""
    return _(
        "This is a fault of FitCheck. A report without anything that was typed was saved as "
        "{file}; it is never sent."
    ).format(file=report)


def _report(arguments: argparse.Namespace) -> None:
    if (arguments.file is None) is (arguments.assessment is None):
        raise FitCheckError(_("Name a file or, with --assessment, an assessment in the book."))
    if arguments.assessment is not None:
        _report_from_book(arguments)
    else:
        _report_from_file(arguments)


def _report_from_book(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_book import report_from_book

    if arguments.profile is not None:
        raise FitCheckError(_("The book has its own name and brand: leave --profile out."))
    if arguments.bank is not None:
        raise FitCheckError(_("The book has its own questions: leave --bank out."))
    edition = Edition(arguments.edition)
    made = report_from_book(data_folder(arguments.data), arguments.assessment, edition)

    from reports.render import render

    paper = Paper(arguments.paper) if arguments.paper else made.paper
    pdf = render(made.report, paper, arguments.lang or made.language)
    _write(arguments.output, pdf)
    _warn_of_repeats(made.assessment, made.bank, edition, pdf)


def _report_from_file(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_bank import finder

    faults: list[Fault] = []
    profile = Profile()
    find_bank = finder(arguments.bank)
    if arguments.profile is not None:
        try:
            profile = _profile(arguments.profile)
        except InvalidInput as refused:
            faults += [Fault(f"{arguments.profile}: {f.place}", f.expected) for f in refused.faults]
    try:
        assessment = _assessment(arguments.file, find_bank)
    except InvalidInput as refused:
        raise InvalidInput([*refused.faults, *faults]) from None
    if faults:
        raise InvalidInput(faults)

    from reports.render import render

    edition = Edition(arguments.edition)
    paper = Paper(arguments.paper) if arguments.paper else paper_here()
    bank, policy = load_rules(assessment, find_bank=find_bank)
    made = _made(assessment, bank, policy, edition, profile)
    pdf = render(made, paper, arguments.lang or current_language())
    _write(arguments.output, pdf)
    _warn_of_repeats(assessment, bank, edition, pdf)


def _warn_of_repeats(assessment: Assessment, bank: Bank, edition: Edition, pdf: bytes) -> None:
    """Name each private text that a document for the prospect repeats.

    The window holds such a document back until somebody has looked; a script can't be asked, and
    any edition can be made of any assessment.
    """
    from fitcheck.domain.gate import HELD, held_back
    from reports.gate_words import place_name
    from reports.pages import page_texts

    if edition not in HELD:
        return
    for repeat in held_back(assessment, bank, edition, page_texts(pdf)):
        warning = _("page {page} repeats a private text, “{place}”: {words}").format(
            page=repeat.page, place=place_name(repeat.place, bank), words=repeat.words
        )
        print(_("warning: {warning}").format(warning=warning), file=sys.stderr)


def _card(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_bank import bank_beside
    from reports.render import render

    card = pocket_card(bank_beside(arguments.bank), CardSheet(arguments.sheet))
    language = arguments.lang or current_language()
    paper = Paper(arguments.paper) if arguments.paper else paper_here()
    _write(arguments.output, render(card, paper, language))


def _export(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_exchange import export_book

    export_book(data_folder(arguments.data), arguments.output, plain=arguments.plain)
    if arguments.plain:
        warning = _("anybody can read this file; notes about people are in it")
        print(_("warning: {warning}").format(warning=warning), file=sys.stderr)


def _import(arguments: argparse.Namespace) -> None:
    from fitcheck.cli_exchange import import_book, is_whole_book
    from fitcheck.cli_import import import_file
    from fitcheck.contacts import Said, is_contacts

    if arguments.file != "-" and is_whole_book(Path(arguments.file)):
        from reports.import_words import text_of

        taken = import_book(
            data_folder(arguments.data),
            Path(arguments.file),
            dry=arguments.dry_run,
            together=arguments.together,
        )
        print(text_of(taken.incoming, taken.choices))
        return
    data = _read(arguments.file)
    if is_contacts(data, arguments.file):
        from fitcheck.cli_contacts import Wishes, import_contacts

        source = arguments.source
        if source is None:
            source = "" if arguments.file == "-" else Path(arguments.file).stem
        wishes = Wishes(
            dry=arguments.dry_run,
            together=arguments.together,
            mapped=tuple(arguments.map),
            said=Said(source, tuple(arguments.tag)),
        )
        print(import_contacts(data_folder(arguments.data), data, arguments.file, wishes))
        return
    if arguments.dry_run or arguments.together:
        raise FitCheckError(_("--dry-run and --together are for a whole book, or for contacts."))
    if arguments.map or arguments.tag or arguments.source is not None:
        raise FitCheckError(_("--map, --source and --tag are for contacts."))
    print(import_file(data_folder(arguments.data), data, replace=arguments.replace))


def _made(
    assessment: Assessment, bank: Bank, policy: Policy, edition: Edition, profile: Profile
) -> Report:
    verdict = reach_verdict(assessment, bank, policy)
    return make_report(edition, assessment, bank, policy, verdict, profile)


def _assessment(file: str, find_bank: Callable[[Reference], Bank]) -> Assessment:
    """The assessment in a file of JSON, or inside a private file."""
    from fitcheck.exchange.assessment_json import read_assessment
    from fitcheck.exchange.pdf_attachment import read_private_file

    data = _read(file)
    read = read_private_file if data.startswith(b"%PDF-") else read_assessment
    return read(data, find_bank=find_bank)


def _profile(file: Path) -> Profile:
    from fitcheck.exchange.profile_json import read_profile

    return read_profile(_read(str(file)), file.parent)


def _read(file: str) -> bytes:
    """The bytes of ``file`` (``-``: standard input), one more than the limit at most."""
    from fitcheck.exchange.json_input import SIZE_LIMIT

    if file == "-":
        return sys.stdin.buffer.read(SIZE_LIMIT + 1)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise InvalidInput([Fault(file, unreadable(error))]) from None


def _write(file: Path, data: bytes) -> None:
    """Write ``data`` whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as stream:
            temporary = Path(stream.name)
            try:
                stream.write(data)
                stream.close()
                temporary.replace(file)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise FitCheckError(
            _("{file} was not written: {problem}").format(file=file, problem=reason(error))
        ) from None


def _print_json(value: Any) -> None:
    """Print ``value`` as UTF-8 whatever the terminal's own encoding."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + os.linesep
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
