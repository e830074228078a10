"""A new follow-up, asked for and kept; and who of the book it may be of."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fitcheck.domain.listed import ProspectLine, Query
from fitcheck.following_up import Done
from ui.context import Context
from ui.dialogs.follow_up import FollowUpDialog
from ui.drafts import Draft

_FEW = 20


def few_who_match(context: Context, text: str) -> tuple[ProspectLine, ...]:
    """The first few prospects that match ``text``, the ones last changed first."""
    return context.fitcheck.listing.page(Query(search=text)).lines[:_FEW]


def ask_follow_up(
    window: QWidget, context: Context, of: tuple[int, str] | None, draft: Draft
) -> Done | None:
    """Ask for a follow-up of a prospect, or of anybody, and plan it; ``None`` if called off."""
    planned: list[Done] = []
    fitcheck = context.fitcheck
    FollowUpDialog.ask(
        window,
        fitcheck.today(),
        lambda text: few_who_match(context, text),
        of,
        draft,
        lambda asked: planned.append(
            fitcheck.follow_ups.add(
                asked.prospect_id, asked.on, asked.purpose, asked.reason, asked.at
            )
        ),
    )
    return planned[0] if planned else None
