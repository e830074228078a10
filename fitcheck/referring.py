"""Colleagues to refer to (I6): who was sent to them, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from fitcheck.domain.book import Colleague
from fitcheck.domain.referral import ReferralLine, Referred, same_name
from fitcheck.store.book import Book


@dataclass(frozen=True)
class RemovedColleague:
    """What it takes to put a colleague back."""

    colleague: Colleague = field(repr=False)
    referral_ids: tuple[int, ...]


class Referring:
    """An id that names nothing raises ``KeyError``; what is written is safe on return."""

    def __init__(self, book: Book) -> None:
        self._book = book

    # Referrals

    def to_colleague(self, colleague_id: int) -> tuple[ReferralLine, ...]:
        """Everybody who was sent to a colleague, newest first."""
        return self._book.referrals.of_colleague(colleague_id)

    def to_others(self) -> tuple[ReferralLine, ...]:
        """Everybody who was sent to somebody who isn't in the book, or is no longer."""
        return self._book.referrals.of_colleague(None)

    def of_prospect(self, prospect_id: int) -> tuple[ReferralLine, ...]:
        """To whom a prospect was sent, newest first."""
        return self._book.referrals.of_prospect(prospect_id)

    def counts(self) -> dict[int | None, int]:
        """How many were sent to each colleague; ``None``: to people outside of the book."""
        return self._book.referrals.counts()

    def colleague_called(self, name: str) -> int | None:
        """The colleague of this name, whatever its case; the first where several have it."""
        everyone = self.colleagues()
        return next((id_ for id_, each in everyone.items() if same_name(each.name, name)), None)

    def is_noted(self, prospect_id: int, name: str) -> bool:
        """Whether it is noted already that a prospect was sent to somebody of this name."""
        return any(same_name(each.referred.name, name) for each in self.of_prospect(prospect_id))

    def refer(self, prospect_id: int, colleague_id: int | None, referred: Referred) -> int:
        """Note a referral; its id."""
        return self._book.referrals.add(prospect_id, colleague_id, referred).result()

    def change(self, referral_id: int, colleague_id: int | None, referred: Referred) -> None:
        """Note what came of it, or mend what was noted."""
        self._book.referrals.edit(referral_id, colleague_id, referred).result()

    def remove(self, referral_id: int) -> None:
        self._book.referrals.remove(referral_id).result()

    def put_back(self, line: ReferralLine) -> int:
        """Note again what was removed; to whom it was stays where the colleague has gone since."""
        there = line.colleague_id in self.colleagues()
        return self.refer(line.prospect_id, line.colleague_id if there else None, line.referred)

    # Colleagues

    def colleagues(self) -> dict[int, Colleague]:
        """Every colleague by id, in the order of their names."""
        return self._book.colleagues.all()

    def add_colleague(self, colleague: Colleague) -> int:
        return self._book.colleagues.add(colleague).result()

    def edit_colleague(self, colleague_id: int, colleague: Colleague) -> None:
        self._book.colleagues.edit(colleague_id, colleague).result()

    def remove_colleague(self, colleague_id: int) -> RemovedColleague:
        """Remove a colleague; referrals, plans and letters that name them go on naming them."""
        colleague = self.colleagues()[colleague_id]
        ids = self._book.referrals.remove_colleague(colleague_id).result()
        return RemovedColleague(colleague, ids)

    def put_colleague_back(self, removed: RemovedColleague) -> int:
        """Take a removal back; the id that they have now."""
        putting = self._book.referrals.put_colleague_back(removed.colleague, removed.referral_ids)
        return putting.result()
