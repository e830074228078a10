"""What one bank has that another hasn't, so that a person sees it before choosing the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from fitcheck.domain.bank import Bank, DealBreaker, Facet, InquiryPrompt, Question

Part = Question | InquiryPrompt | DealBreaker | Facet
P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Changed(Generic[P]):
    """Something with the same id in both; ``what`` names the keys that differ."""

    before: P
    after: P
    what: tuple[str, ...]


@dataclass(frozen=True)
class Changes(Generic[P]):
    """``moved``: those that are in both come in another order."""

    added: tuple[P, ...] = ()
    removed: tuple[P, ...] = ()
    changed: tuple[Changed[P], ...] = ()
    moved: bool = False

    @property
    def any(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.moved)


@dataclass(frozen=True)
class BankChanges:
    questions: Changes[Question]
    facets: Changes[Facet]
    inquiry: Changes[InquiryPrompt]
    deal_breakers: Changes[DealBreaker]

    @property
    def any(self) -> bool:
        return any(
            part.any for part in (self.questions, self.facets, self.inquiry, self.deal_breakers)
        )


def bank_changes(before: Bank, after: Bank) -> BankChanges:
    """What ``after`` asks otherwise than ``before``, whatever the two are called."""
    return BankChanges(
        _changes(before.questions, after.questions),
        _changes(before.facets, after.facets),
        _changes(before.inquiry, after.inquiry),
        _changes(before.deal_breakers, after.deal_breakers),
    )


def _changes(before: Sequence[P], after: Sequence[P]) -> Changes[P]:
    was, now = ({each.id: each for each in side} for side in (before, after))
    both = [id_ for id_ in was if id_ in now]
    return Changes(
        added=tuple(each for id_, each in now.items() if id_ not in was),
        removed=tuple(each for id_, each in was.items() if id_ not in now),
        changed=tuple(
            Changed(was[id_], now[id_], what) for id_ in both if (what := _what(was[id_], now[id_]))
        ),
        moved=both != [id_ for id_ in now if id_ in was],
    )


def _what(before: Part, after: Part) -> tuple[str, ...]:
    """The keys that differ. A question belongs to its facet by its id: what the facet is called is
    the facet's affair, but on which axis it lies is the question's, too."""
    return tuple(
        each.name for each in fields(before) if _said(before, each.name) != _said(after, each.name)
    )


def _said(part: Part, name: str) -> object:
    value = getattr(part, name)
    return (value.id, value.axis) if isinstance(value, Facet) else value
