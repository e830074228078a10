"""Every command of the command line with what it takes."""

from __future__ import annotations

import argparse
from pathlib import Path

from fitcheck import __version__, i18n
from fitcheck.cli_words import speak_plainly
from fitcheck.domain.outcome import Occasion, Sign
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import CardSheet, Edition
from fitcheck.i18n import _


def parser() -> argparse.ArgumentParser:
    """Every command and option. Without a command the window opens."""
    speak_plainly()
    top = argparse.ArgumentParser(
        prog="fitcheck",
        description=_("Find out, before saying yes, whether to work with a prospect."),
    )
    top.add_argument("--version", action="version", version=f"FitCheck {__version__}")
    top.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help=_("the folder of the book (also: FITCHECK_DATA)"),
    )
    commands = top.add_subparsers(dest="command", metavar=_("COMMAND"))

    commands.add_parser(
        "demo",
        help=_("open a throw-away book with eight fictional prospects"),
        description=_("Open a throw-away book with eight fictional prospects. Nothing is kept."),
    )

    open_ = commands.add_parser(
        "open",
        help=_("open the window, and bring a file in"),
        description=_(
            "Open the window. If a file is named, what is in it is shown as soon as the book is "
            "open, and taken if you agree. “fitcheck FILE.fitcheck” does the same."
        ),
    )
    open_.add_argument("file", metavar="FILE", nargs="?", type=Path)

    _add_bank_parser(commands)

    asked_with = _("the bank of your own that the assessment in the file was asked with")
    judge_ = commands.add_parser("judge", help=_("judge an assessment file"))
    judge_.add_argument(
        "file", metavar="FILE", help=_("the assessment (JSON or a private file); - for stdin")
    )
    judge_.add_argument("--json", action="store_true", help=_("as JSON"))
    _add_bank_file(judge_, asked_with)

    list_ = commands.add_parser(
        "list",
        help=_("list the assessments in the book"),
        description=_("Print number, date, form and prospect of each assessment in the book."),
    )
    instead_ = list_.add_mutually_exclusive_group()
    instead_.add_argument(
        "--csv",
        type=Path,
        metavar="OUT.csv",
        help=_("write the list of prospects as a table instead, a line for each"),
    )
    instead_.add_argument(
        "--people",
        action="store_true",
        help=_("instead: number, day until which they are kept, and name of each prospect"),
    )

    _add_person_parsers(commands)
    _add_record_parsers(commands)
    _add_quarter_parser(commands)
    _add_calendar_parser(commands)
    backup = commands.add_parser(
        "backup",
        help=_("make a backup of the book"),
        description=_(
            "Make a backup of the book, verify it, and print where it lies. Older ones are thinned "
            "to all of two days, then one a day, a week and a month."
        ),
    )
    instead = backup.add_mutually_exclusive_group()
    instead.add_argument(
        "--list", action="store_true", help=_("make none, but look into each that there is")
    )
    instead.add_argument(
        "--restore",
        metavar="NAME",
        help=_("put this one in the book’s place; the present book is kept among the backups"),
    )
    commands.add_parser(
        "check",
        help=_("check that the book is whole"),
        description=_(
            "Read the whole book and check that it is sound. If it isn’t, name the newest backup "
            "that is, and end with status 2. Nothing is changed."
        ),
    )

    commands.add_parser(
        "log",
        help=_("show what FitCheck has noted of its own doings"),
        description=_(
            "Print where the log and the crash reports lie, and the newest events of the log. "
            "Neither holds anything that was typed, and nothing is ever sent."
        ),
    )

    report = commands.add_parser(
        "report", help=_("make a document of an assessment in a file or in the book")
    )
    report.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help=_("the assessment (JSON or a private file); - for stdin"),
    )
    report.add_argument(
        "--assessment",
        type=int,
        metavar="NUMBER",
        help=_("in place of a file: an assessment in the book, see “fitcheck list”"),
    )
    which = _("which document it is")
    report.add_argument("--edition", required=True, choices=[e.value for e in Edition], help=which)
    on_paper = _("the paper; without it, that of your book or your region")
    report.add_argument("--paper", choices=[p.value for p in Paper], help=on_paper)
    in_language = _("the language of the document; without it, yours")
    report.add_argument("--lang", choices=i18n.languages(), help=in_language)
    report.add_argument(
        "--profile", type=Path, metavar="FILE", help=_("your name and brand (JSON)")
    )
    _add_bank_file(report, asked_with)
    out = _("where to write it")
    report.add_argument("-o", "--output", required=True, type=Path, metavar="OUT.pdf", help=out)

    card = commands.add_parser("card", help=_("make the pocket card of the core questions"))
    sheet = _("one card a page, or four to be cut apart")
    card.add_argument("--sheet", required=True, choices=[s.value for s in CardSheet], help=sheet)
    card.add_argument("--paper", choices=[p.value for p in Paper], help=on_paper)
    card.add_argument("--lang", choices=i18n.languages(), help=in_language)
    _add_bank_file(card, _("the bank of your own whose questions it shows"))
    card.add_argument("-o", "--output", required=True, type=Path, metavar="OUT.pdf", help=out)

    import_ = commands.add_parser(
        "import",
        help=_("take a form, an assessment, contacts or a whole book into the book"),
        description=_(
            "Take a prospect's filled form (PDF) into its assessment, add an assessment from a "
            "private file (PDF) or JSON, bring in contacts (vCard or CSV) or a whole book "
            "(.fitcheck). Nothing is taken from a file with a fault, and nothing that is here is "
            "given up. Contacts end with a list of all that was taken, merged and left."
        ),
    )
    import_.add_argument("file", metavar="FILE", help=_("the file; - for stdin"))
    import_.add_argument(
        "--replace",
        action="store_true",
        help=_("let the form's answers take the place of those that are there"),
    )
    import_.add_argument(
        "--dry-run",
        action="store_true",
        help=_("only say what would come of a whole book, or of contacts"),
    )
    import_.add_argument(
        "--together",
        action="store_true",
        help=_("take who has the name or email of somebody in the book for them"),
    )
    _add_contact_arguments(import_)

    export = commands.add_parser(
        "export",
        help=_("write the whole book into one file"),
        description=_(
            "Write everything that is in the book into one file, locked by a passphrase of its "
            "own, to be brought into another book by “fitcheck import”."
        ),
    )
    export.add_argument("output", type=Path, metavar="OUT.fitcheck")
    export.add_argument(
        "--plain",
        action="store_true",
        help=_("without a passphrase, as JSON that anybody can read"),
    )
    return top


def _add_bank_file(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("--bank", metavar="FILE.toml", help=what)


def _add_bank_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``fitcheck bank``."""
    bank = commands.add_parser(
        "bank",
        help=_("print the question bank and the policy, or bring in one of your own"),
        description=_(
            "Print FitCheck’s own question bank; or write a bank as a file to be edited, hold "
            "such a file to its rules, and bring it into the book."
        ),
    )
    one = bank.add_mutually_exclusive_group()
    one.add_argument("--json", action="store_true", help=_("as JSON, with the policy"))
    one.add_argument(
        "--export",
        type=Path,
        metavar="OUT.toml",
        help=_("write the bank that new assessments begin with"),
    )
    one.add_argument(
        "--schema", type=Path, metavar="OUT.json", help=_("write the schema of such a file")
    )
    one.add_argument(
        "--lint",
        metavar="FILE.toml",
        help=_("name every fault of a file with its line, and end with status 2 if there is one"),
    )
    one.add_argument(
        "--import",
        dest="bring_in",
        metavar="FILE.toml",
        help=_("bring a file into the book, and begin new assessments with it"),
    )
    bank.add_argument(
        "--name",
        metavar="NAME",
        help=_("with --export: another bank, by its id and version, such as “core 1.0.0”"),
    )


def _add_quarter_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    quarter = commands.add_parser(
        "quarter",
        help=_("show a quarter in figures: met, staged, declined, won, referred"),
        description=_(
            "Print how many prospects were met, staged, declined, won and referred in a quarter, "
            "by event and by source, with the quarter before in brackets."
        ),
    )
    quarter.add_argument(
        "quarter",
        nargs="?",
        metavar="YEAR-Q",
        help=_("such as 2026-4; by default the one that today is in"),
    )
    quarter.add_argument("--json", action="store_true", help=_("as JSON"))
    quarter.add_argument("--csv", type=Path, metavar="OUT.csv", help=_("write it as a table"))
    quarter.add_argument(
        "-o", "--output", type=Path, metavar="OUT.pdf", help=_("write it as a document")
    )


def _add_calendar_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``fitcheck calendar``."""
    calendar = commands.add_parser(
        "calendar",
        help=_("list the follow-ups, or write them as a calendar file"),
        description=_(
            "Print day, time, purpose and prospect of each follow-up that is to be done, or write "
            "them as a file that calendars take. The file names nobody unless asked to: calendars "
            "are shared and shown on phones."
        ),
    )
    calendar.add_argument(
        "-o", "--output", type=Path, metavar="OUT.ics", help=_("write the calendar file")
    )
    calendar.add_argument("--names", action="store_true", help=_("with the names of the prospects"))
    calendar.add_argument("--reasons", action="store_true", help=_("with the reasons"))


def _add_record_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``fitcheck record`` and ``fitcheck outcome``."""
    record = commands.add_parser(
        "record",
        help=_("show how well the odds came true"),
        description=_(
            "Show the track record: how well the odds of each decision came true, and how sure "
            "that is. Under twenty outcomes there is only the list."
        ),
    )
    record.add_argument("--json", action="store_true", help=_("as JSON"))
    record.add_argument("--csv", type=Path, metavar="OUT.csv", help=_("write the list as a table"))
    record.add_argument("--pdf", type=Path, metavar="OUT.pdf", help=_("write it as a document"))
    outcome = commands.add_parser(
        "outcome",
        help=_("list whose outcome is to be marked, or mark one"),
        description=_(
            "Without a number, print whose outcome is to be marked: number, day and kind of the "
            "decision, occasion and name. With one, mark what came of it."
        ),
    )
    outcome.add_argument("number", type=int, nargs="?", metavar="NUMBER", help=_("of the prospect"))
    for sign, meaning in (
        (Sign.PAID, _("they paid on time")),
        (Sign.SCOPE, _("the scope held, or what was added was priced")),
        (Sign.TARGET, _("the agreed target or sign-off was met")),
        (Sign.AGAIN, _("you would work together again")),
    ):
        option = f"--{sign.name.lower()}"
        outcome.add_argument(
            option, dest="signs", action="append_const", const=sign, default=None, help=meaning
        )
    outcome.add_argument("--none", action="store_true", help=_("none of these"))
    outcome.add_argument("--words", default="", help=_("in your own words"))
    outcome.add_argument(
        "--occasion",
        choices=[each.value for each in Occasion],
        help=_("when it is marked; without it, what is due"),
    )


def _add_contact_arguments(import_: argparse.ArgumentParser) -> None:
    """What ``fitcheck import`` may be told of contacts."""
    import_.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help=_("what a column of a table is taken for; COLUMN is its heading or number"),
    )
    import_.add_argument(
        "--source",
        metavar="WORDS",
        help=_("through whom or what these contacts come, in place of the file’s name"),
    )
    import_.add_argument(
        "--tag", action="append", default=[], metavar="TAG", help=_("give each contact this tag")
    )


def _add_person_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``fitcheck person`` and ``fitcheck erase``."""
    person = commands.add_parser(
        "person",
        help=_("write all that the book holds about a prospect, to be given to them"),
    )
    erase = commands.add_parser(
        "erase",
        help=_("erase a prospect from the book and from every backup"),
        description=_(
            "Erase a prospect from the book and from every backup, search everything for what is "
            "left of them, and print what was found. There is no way back."
        ),
    )
    for each in (person, erase):
        each.add_argument(
            "number", type=int, metavar="NUMBER", help=_("see “fitcheck list --people”")
        )
    person.add_argument("--json", type=Path, metavar="OUT.json")
    person.add_argument("--pdf", type=Path, metavar="OUT.pdf")
    erase.add_argument("--name", help=_("their name, in place of being asked for it"))
    erase.add_argument(
        "--proof", type=Path, metavar="OUT.pdf", help=_("write what was found as a document, too")
    )
