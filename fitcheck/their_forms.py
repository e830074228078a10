"""The prospect's own form (I22), however they fill it in: on the screen while the book is closed,
on paper, or as a PDF; and what of it gets into the book.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from fitcheck.domain.profile import Profile
from fitcheck.exchange.form_pdf import FormFields
from fitcheck.filled_form import FilledForm, UnknownForm, compare, take
from fitcheck.handing_over import HandOver, OpenInterview, Received, hand_over, receive
from fitcheck.interview import Interview
from fitcheck.store.book import Book


class TheirForms:
    """Hung on :class:`fitcheck.services.FitCheck`. Where an interview is open already, it is to be
    given as ``in_hand``, and stays in step.
    """

    def __init__(
        self,
        book: Book,
        today: Callable[[], dt.date],
        open_interview: OpenInterview,
        profile: Callable[[], Profile],
    ) -> None:
        self._book = book
        self._today = today
        self._open_interview = open_interview
        self._profile = profile

    # On the screen, while the book is closed

    def hand_over(self, assessment_id: int) -> HandOver:
        """The form to be handed over; then the FitCheck is to be closed.

        What an earlier one brought, and couldn't be written then, is taken over first.
        """
        self.take_answers()
        return hand_over(self._book, self._open_interview(assessment_id), self._profile())

    def take_answers(self, form: HandOver | None = None) -> Received | None:
        """Take over what was answered since the book was closed; ``None`` if nothing was.

        ``form`` is the one that was handed over, while the program is still the same. Raises a
        :class:`fitcheck.store.errors.StoreError`; answers that can be read are kept even then.
        """
        return receive(self._book, self._open_interview, form)

    # On paper or as a PDF

    def token(self, assessment_id: int) -> str:
        """What the blank form of an assessment carries to tell whose it is; always the same."""
        return self._book.form_sheets.token(assessment_id)

    def match(self, fields: FormFields, in_hand: Interview | None = None) -> FilledForm:
        """What a filled form would bring into its assessment; nothing is taken.

        Raises :class:`fitcheck.filled_form.UnknownForm`.
        """
        assessment_id = self._book.form_sheets.assessment(fields.token)
        if assessment_id is None:
            raise UnknownForm
        if in_hand is None or in_hand.id != assessment_id:
            in_hand = self._open_interview(assessment_id)
        return compare(fields, in_hand)

    def take(self, form: FilledForm, in_hand: Interview | None = None) -> Received:
        """Take what was read of a form into its assessment, to be undone like any other answer.

        Raises a :class:`fitcheck.store.errors.StoreError`.
        """
        interview = in_hand or self._open_interview(form.assessment_id)
        return take(interview, form, self._today())
