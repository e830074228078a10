"""Whether the person of an assessment that comes from a file is in the book already."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.listed import ProspectLine
from fitcheck.exchange.assessment_json import write_assessment
from fitcheck.store.book import Book
from fitcheck.store.rows import fold


@dataclass(frozen=True)
class Recognised:
    """Somebody of the book who has the same name or e-mail.

    ``assessment_id`` is one of theirs that says what the file says, if there is one.
    """

    prospect_id: int
    name: str = field(repr=False)
    assessment_id: int | None


def recognise(book: Book, assessment: Assessment) -> Recognised | None:
    """Who of the book probably is the same person; one who has this assessment before others."""
    email, name = _folded(assessment.prospect)
    lines = [
        line
        for line in book.prospects()
        if name == _folded(line.prospect)[1] or (email and email == _folded(line.prospect)[0])
    ]
    said = _said(assessment)
    for line in lines:
        for each in book.assessments(line.id):
            if each.date == assessment.date and _said(book.assessment(each.id)) == said:
                return _recognised(line, each.id)
    return _recognised(lines[0], None) if lines else None


def _recognised(line: ProspectLine, assessment_id: int | None) -> Recognised:
    return Recognised(line.id, line.prospect.name, assessment_id)


def _folded(prospect: Prospect) -> tuple[str, str]:
    return fold(prospect.email.strip()), fold(prospect.name.strip())


def _said(assessment: Assessment) -> dict[str, object]:
    """What an assessment says, whoever it is about and however its parts are ordered."""
    words = assessment.prospect.in_their_words
    said = write_assessment(replace(assessment, prospect=Prospect("", in_their_words=words)))
    said["answers"] = {each["question"]: each for each in said["answers"]}
    said["deal_breakers"] = {each["id"]: each["state"] for each in said["deal_breakers"]}
    return said
