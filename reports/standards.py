"""What a PDF conforms to and carries beside its pages: PDF/UA-1, PDF/A-3a, fields, a file inside.

WeasyPrint writes one standard at a time. PDF/A-3a and PDF/UA-1 don't contradict each other: what
the second asks of the first is one more property in the metadata, and since PDF/A allows no
property that it doesn't know, its description there as well. Both go in just before the bytes are
written. Why not afterwards: ``docs/decisions/0012-documents-to-standards.md``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from reports.fillable import finish_fields

if TYPE_CHECKING:
    from weasyprint import Attachment


@dataclass(frozen=True)
class Enclosure:
    """A file inside a PDF: the source of what its pages show. The day is its date, not today's."""

    name: str
    description: str
    data: bytes
    date: dt.date


@dataclass(frozen=True)
class Making:
    """How a document is made. Every one is tagged as PDF/UA-1 asks.

    ``archival``: PDF/A-3a as well, which a PDF whose fields can be filled cannot be. ``token`` is
    what a ``fillable`` one carries to tell whose it is; it may be empty.
    """

    archival: bool = False
    fillable: bool = False
    token: str = ""
    enclosure: Enclosure | None = None

    def options(self) -> dict[str, Any]:
        """The same as options of WeasyPrint's ``write_pdf``."""
        chosen: dict[str, Any] = {
            "pdf_variant": "pdf/a-3a" if self.archival else "pdf/ua-1",
            "pdf_forms": self.fillable,
        }
        if self.archival:
            chosen["finisher"] = _also_accessible
            chosen["output_intent"] = _SRGB
            chosen["color_profiles"] = {_SRGB: _srgb()}
        if self.fillable:
            chosen["finisher"] = self._with_fields
        if self.enclosure:
            chosen["attachments"] = [_attachment(self.enclosure)]
        return chosen

    def _with_fields(self, _document: object, pdf: Any) -> None:
        finish_fields(pdf, self.token)


def _attachment(enclosure: Enclosure) -> Attachment:
    from weasyprint import Attachment

    at = dt.datetime.combine(enclosure.date, dt.time(), dt.UTC)
    return Attachment(
        string=enclosure.data,
        name=enclosure.name,
        description=enclosure.description,
        created=at,
        modified=at,
        relationship="Source",
    )


_SRGB = "house-srgb"
"""Not ``srgb``, for which WeasyPrint opens a file with each document, and leaves it open."""


class _Srgb:
    """What the colours mean, as WeasyPrint asks a ``ColorProfile``: the file that it brings along.

    Its own class has the colour library write the profile anew, which comes out in two ways.
    """

    name = "sRGB IEC61966-2.1"
    components = ("r", "g", "b")

    def __init__(self) -> None:
        self.content = files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()
        self.pdf_reference = None


@cache
def _srgb() -> _Srgb:
    return _Srgb()


_RDF_ENDS = b"</rdf:RDF>"

_ACCESSIBLE = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def _also_accessible(_document: object, pdf: Any) -> None:
    """Says in the metadata of a PDF/A that it is PDF/UA-1, too; called before it is written."""
    if "AF" in pdf.catalog:  # WeasyPrint names what is attached twice
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])].stream
    head, ends, tail = stream[0].partition(_RDF_ENDS)
    assert ends, "WeasyPrint wrote its metadata in another form"
    stream[0] = head + _ACCESSIBLE + ends + tail
