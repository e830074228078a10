"""What the templates of the decline letter and the blank form get: fixed words, no judgement."""

from __future__ import annotations

from typing import Any

from fitcheck.domain.bank import Question
from fitcheck.domain.form_fields import COMMENT, NAME, box_name, in_groups
from fitcheck.domain.report import BlankForm, DeclineLetter
from fitcheck.i18n import _
from reports import words
from reports.their_form_words import lead


def letter_title() -> str:
    """The heading of the decline letter, and its title in the file."""
    return _("After our conversation")


def form_title() -> str:
    """The heading of the blank form, and its title in the file."""
    return _("How do you see it?")


def letter_context(letter: DeclineLetter) -> dict[str, Any]:
    """The context of ``letter.html``; it can hold nothing that ``letter`` doesn't."""
    revisit = letter.revisit_on
    if revisit:
        door = _(
            "Circumstances change, and so do the things that one of us can offer. I would like to "
            "ask how you are getting on around {date}, unless you would rather I didn’t."
        ).format(date=words.date_text(revisit))
    else:
        door = _(
            "Circumstances change, and so do the things that one of us can offer. Should you want "
            "to talk again, I will be glad to hear from you."
        )
    return {
        "edition": letter,
        "reason": words.bank_text(letter.reason),
        "title": letter_title(),
        "opening": [
            _(
                "Thank you for the time that you took for our conversation, and for speaking so "
                "plainly about what is on your mind."
            )
        ],
        "answer": [
            _(
                "I have thought about whether I am the right person for this, and I don’t think "
                "that I am at present. I would rather say so now than take up time that you could "
                "use elsewhere."
            ),
            _("This is no verdict on you or on what you have in mind."),
        ],
        "open_door": door,
    }


def form_context(form: BlankForm) -> dict[str, Any]:
    """The context of ``form.html``: the questions in the language in force."""
    questions = [
        _question(number, question) for number, question in enumerate(form.questions, start=1)
    ]
    return {
        "title": form_title(),
        "lead": lead(len(questions)),
        "how": _(
            "Tick one answer to each, the one that comes closest, on the screen or by pen; leave "
            "out what you can’t say yet. There are no right answers. I compare your view with "
            "mine, so that we can talk about where they differ."
        ),
        "token": in_groups(form.token),
        "name_field": NAME,
        "comment_field": COMMENT,
        "pairs": [questions[start : start + 2] for start in range(0, len(questions), 2)],
    }


def _question(number: int, question: Question) -> dict[str, Any]:
    say = words.bank_text(question.say)
    levels = [words.bank_text(level) for level in question.levels]
    return {
        "number": number,
        "say": say,
        "boxes": [
            {
                "field": box_name(question.id, level),
                "text": text,
                "aloud": _("{number}. {question} {answer}").format(
                    number=number, question=say, answer=text
                ),
            }
            for level, text in enumerate(levels)
        ],
    }
