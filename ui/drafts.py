"""What is being typed in a dialog, kept over a lock in the book itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QDialog

Draft = Mapping[str, str]
"""What stands in a dialog or on a page, as texts by the names of their places."""

_DIALOG = "dialog"


@runtime_checkable
class Drafted(Protocol):
    """A dialog whose text outlives a lock: the page that opened it can open it with it again.

    Its ``ask`` takes the draft. A dialog for secrets is none of these: those are never kept.
    """

    draft_name: str
    """What :meth:`ui.pages.page.Page.resume` knows it by."""

    def draft(self) -> dict[str, str]:
        """What stands in it now."""
        ...


def drafts_of(dialogs: Iterable[QDialog]) -> dict[str, str]:
    """What the last of these dialogs holds that has a draft; one at most is open at a time."""
    kept: dict[str, str] = {}
    for dialog in dialogs:
        if isinstance(dialog, Drafted):
            kept = {_DIALOG: dialog.draft_name, **under(_DIALOG, dialog.draft())}
    return kept


def dialog_in(drafts: Draft) -> tuple[str, Draft] | None:
    """The dialog that was open by its name, and what stood in it; ``None`` if none was."""
    if _DIALOG not in drafts:
        return None
    return drafts[_DIALOG], part_of(drafts, _DIALOG)


def part_of(drafts: Draft, name: str) -> dict[str, str]:
    """The drafts under ``name``: what :func:`under` put there."""
    start = f"{name}."
    return {
        place.removeprefix(start): text for place, text in drafts.items() if place.startswith(start)
    }


def under(name: str, drafts: Draft) -> dict[str, str]:
    """``drafts``, each place with ``name`` before it."""
    return {f"{name}.{place}": text for place, text in drafts.items()}
