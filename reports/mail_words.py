"""What stands in the mail that a document is sent with: the tone of the document itself."""

from __future__ import annotations

from fitcheck.domain.report import BlankForm, DeclineLetter, ProspectEdition
from fitcheck.i18n import _
from reports import letter_view, prospect_words

Mailed = ProspectEdition | DeclineLetter | BlankForm
"""What may be mailed at all: the private file isn't among it."""


def mail_text(report: Mailed, name: str) -> tuple[str, str]:
    """The subject, and the body with greeting and signature, of a mail to ``name``."""
    match report:
        case ProspectEdition():
            subject = prospect_words.title(report.outcome)
            said = _(
                "Thank you for our conversation. Attached is what I took from it and what I "
                "suggest as the next step. Please tell me where I misheard you; nothing in it is "
                "settled until we both say so."
            )
        case DeclineLetter():
            subject = letter_view.letter_title()
            said = _(
                "Thank you for your time and for speaking so plainly. Attached is a short letter "
                "with my answer. If anything in it is unclear, I am glad to talk about it."
            )
        case BlankForm():
            subject = letter_view.form_title()
            said = _(
                "Attached is a page of short questions on how you see our working together. They "
                "take a few minutes, and there are no right answers. Bring it along to our next "
                "talk, or send it back."
            )
    sender = report.profile.name or report.profile.business
    parts = [_("Dear {name},").format(name=name), said, _("Kind regards"), sender]
    greeting, text, *end = parts
    return subject, "\n\n".join([greeting, text, "\n".join(part for part in end if part)])
