"""A frozen report object in, the bytes of a PDF out.

The same input gives the same bytes: dates come from the assessment, and nothing in the file names
a path, a user or a host. Text from a person is shown as text. Nothing is fetched but the fonts and
the logo, which lie in memory.
"""

from __future__ import annotations

import atexit
import re
import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any, assert_never

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import JUDGED_AXES
from fitcheck.domain.person import Person
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.report import (
    BlankForm,
    DeclineLetter,
    Edition,
    ErasureSheet,
    PersonFile,
    PocketCard,
    PrivateFile,
    ProspectEdition,
    QuarterSheet,
    RecordSheet,
    RecoverySheet,
    Report,
)
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from fitcheck.i18n import language as speaking
from reports import (
    card_view,
    charts,
    erasure_view,
    gap_chart,
    letter_view,
    moved_chart,
    person_view,
    prospect_view,
    prospect_words,
    quarter_view,
    record_chart,
    record_view,
    record_words,
    recovery_view,
    words,
)
from reports.colours import WHITE, legible, mix
from reports.logo import printable_logo
from reports.standards import Enclosure, Making

if TYPE_CHECKING:
    from markupsafe import Markup
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

_PAGES = {
    Paper.A4: "size: A4",
    # Letter is 18 mm shorter: it gives up some of its margins rather than begin another page.
    Paper.LETTER: "size: letter; margin-top: 19mm; margin-bottom: 19mm",
}

_QUARTERS = {Paper.A4: "148.5mm", Paper.LETTER: "139.7mm"}
"""How high half a sheet is: a card where there are four to a sheet."""

_ONE_AT_A_TIME = threading.Lock()
"""Pango's font map is shared between documents and must not be used by two threads at once."""

_LONGEST_NAME = 48
"""Characters of a person's name in a file name; four bytes each still fit every file system."""


MOST_CHARACTERS = 1_000_000
MOST_LINES = 20_000
"""What a document may hold: some four hundred pages, and half a minute's work."""


class TooLong(FitCheckError):  # noqa: N818 - it is the document that is too long
    """A document that would take minutes to set, and that nobody would print."""


def render(report: Report, paper: Paper, language: str = "en") -> bytes:
    """The report as a tagged PDF on that paper, in one of ``i18n.languages()``.

    To what it conforms: :mod:`reports.standards`. Safe to call from any thread; documents are set
    one after the other. Raises :class:`TooLong` for what would run to hundreds of pages.
    """
    with _ONE_AT_A_TIME, speaking(language):
        html = _html(report, language)
        if len(html) > MOST_CHARACTERS or html.count("\n") > MOST_LINES:
            raise TooLong(
                _(
                    "The document was not made: it would run to hundreds of pages. Nothing is "
                    "lost. Look for a very long text in the notes, the quotes or the plan, and "
                    "shorten it."
                )
            )
        return _pdf(html, report.profile, paper, _making(report))


def suggested_file_name(report: Report, language: str = "en") -> str:
    """A file name for the report, such as ``petra-lindqvist-2026-11-21.pdf``.

    It holds letters, digits and hyphens only, never a part of a path. The prospect's edition
    is named by what its title says and by the prospect's own name.
    """
    with speaking(language):
        match report:
            case PrivateFile(assessment=assessment):
                kind, name = words.edition_name(Edition.PRIVATE), assessment.prospect.name
                date = assessment.date.isoformat()
            case ProspectEdition():
                kind, name = prospect_words.title(report.outcome), report.name
                date = report.date.isoformat()
            case DeclineLetter():
                kind, name = letter_view.letter_title(), report.name
                date = report.date.isoformat()
            case BlankForm():
                kind, name, date = letter_view.form_title(), "", ""
            case RecoverySheet():
                kind, name = recovery_view.file_title(), ""
                date = report.date.isoformat()
            case PocketCard():
                kind, name, date = card_view.file_title(report.sheet), "", ""
            case PersonFile(person=person):
                kind, name = person_view.title(), report.name
                date = person.made_on.isoformat()
            case ErasureSheet(erasure=erasure):
                kind, name = erasure_view.file_title(erasure), ""
                date = erasure.at.date().isoformat()
            case QuarterSheet(now=page):
                kind, name, date = quarter_view.file_title(page.quarter), "", ""
            case RecordSheet():
                kind, name, date = record_words.title(), "", report.on.isoformat()
            case _:
                assert_never(report)
    return "-".join(part for part in (_slug(name), _slug(kind), date) if part) + ".pdf"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]+", "-", plain)[:_LONGEST_NAME].strip("-")


def _html(report: Report, language: str) -> str:
    from reports.templating import fill

    context: dict[str, Any] = {
        "language": language,
        "profile": report.profile,
        "has_logo": bool(printable_logo(report.profile.logo)),
        "words": words,
    }
    match report:
        case PrivateFile():
            from reports import private_view

            context |= private_view.context(report) | _charts(report)
            return fill("private.html", context)
        case ProspectEdition():
            return fill("prospect.html", context | prospect_view.context(report))
        case DeclineLetter():
            return fill("letter.html", context | letter_view.letter_context(report))
        case BlankForm():
            return fill("form.html", context | letter_view.form_context(report))
        case RecoverySheet():
            return fill("recovery.html", context | recovery_view.context(report))
        case PocketCard():
            return fill("card.html", context | card_view.context(report))
        case PersonFile():
            return fill("person.html", context | person_view.context(report))
        case ErasureSheet():
            return fill("erasure.html", context | erasure_view.context(report.erasure))
        case QuarterSheet():
            return fill("quarter.html", context | quarter_view.context(report))
        case RecordSheet():
            return fill("record.html", context | record_view.context(report) | _diagrams(report))
        case _:
            assert_never(report)


def _charts(report: PrivateFile) -> dict[str, Markup]:
    """The charts, which alone enter a page as markup: our own templates escaped what is in them."""
    from markupsafe import Markup

    colours = charts.ChartColours.paper(report.profile.accent)
    judgement = report.judgement
    return {
        "fit_map": Markup(charts.fit_map(judgement, report.policy, colours, 400)),
        "odds_bar": Markup(charts.odds_bar(judgement.odds, colours, 400)),
        "gaps": Markup(gap_chart.gap_chart(judgement.gaps, colours, 400)),
        "moved_chart": Markup(
            moved_chart.moved_chart(report.moved, colours, 400) if report.moved else ""
        ),
        "axis_ranges": Markup(charts.axis_ranges(judgement, colours, 400, JUDGED_AXES)),
    }


def _diagrams(report: RecordSheet) -> dict[str, Markup]:
    """Those of the track record, where there is something to be drawn."""
    from markupsafe import Markup

    figures, colours = report.record.track.figures, charts.ChartColours.paper(report.profile.accent)
    if figures is None:
        return {}
    return {
        "reliability": Markup(record_chart.reliability_chart(figures, colours, 400)),
        "murphy": Markup(record_chart.murphy_chart(figures, colours, 400)),
    }


def _making(report: Report) -> Making:
    """To what the document conforms, and what it carries beside its pages."""
    match report:
        case PrivateFile():
            return Making(archival=True, enclosure=_enclosure(report.assessment))
        case PersonFile(person=person):
            return Making(archival=True, enclosure=_person_enclosure(person))
        case ProspectEdition() | DeclineLetter() | ErasureSheet() | RecordSheet() | QuarterSheet():
            return Making(archival=True)
        case BlankForm(token=token):
            return Making(fillable=True, token=token)
        case RecoverySheet() | PocketCard():
            return Making()
        case _:
            assert_never(report)


def _enclosure(assessment: Assessment) -> Enclosure:
    """The assessment itself, so that a private file restores it."""
    from fitcheck.exchange import pdf_attachment

    return Enclosure(
        name=pdf_attachment.NAME,
        description=_("The assessment of which this file was made, for FitCheck to read back"),
        data=pdf_attachment.assessment_bytes(assessment),
        date=assessment.date,
    )


def _person_enclosure(person: Person) -> Enclosure:
    """The person as JSON, whole, for whatever else they may want to read it with."""
    from fitcheck.exchange import person_json

    return Enclosure(
        name=person_json.NAME,
        description=_("All that this document says, for a computer to read"),
        data=person_json.person_bytes(person),
        date=person.made_on,
    )


def _pdf(html: str, profile: Profile, paper: Paper, making: Making) -> bytes:
    from weasyprint import HTML

    from reports.embedded import EmbeddedOnly

    fetcher = EmbeddedOnly(printable_logo(profile.logo))
    document = HTML(string=html, base_url=None, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(
        stylesheets=[_house_style(), _brand_style(profile.accent, paper)],
        font_config=_fonts(),
        **making.options(),
    )
    return pdf


@cache
def _fonts() -> FontConfiguration:
    """The one font configuration: the bundled fonts are read and registered once.

    WeasyPrint keeps them in a temporary folder, which goes when the program ends.
    """
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_fonts.cache_clear)
    return FontConfiguration()


@cache
def _house_style() -> CSS:
    from weasyprint import CSS

    from reports.embedded import EmbeddedOnly
    from reports.templating import source

    return CSS(string=source("house.css"), url_fetcher=EmbeddedOnly(), font_config=_fonts())


@cache
def _brand_style(accent: str, paper: Paper) -> CSS:
    """The brand's colour, dark enough to be read on white, and the size of the paper."""
    from weasyprint import CSS

    from reports.embedded import EmbeddedOnly

    strong = legible(accent, WHITE)
    return CSS(
        string=(
            f"@page {{ {_PAGES[paper]} }}"
            f":root {{ --accent: {strong}; --tint: {mix(strong, WHITE, 0.92)};"
            f" --rule: {mix(strong, WHITE, 0.6)};"
            f" --quarter: {_QUARTERS[paper]} }}"
        ),
        url_fetcher=EmbeddedOnly(),
    )
