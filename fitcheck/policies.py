"""The policies of a book, and what another one would make of the past.

The shipped ones come with the program. The consultant's own lie in the book, under the id
"own" with the versions 1.0.0, 2.0.0 and so on: a change is a new version, and every old one stays,
because past judgements rest on it (docs/decisions/0009-own-policies.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from fitcheck.banks import Banks
from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Bank, DealBreaker, Form, Reference
from fitcheck.domain.book import PolicyChange, StoredPolicy
from fitcheck.domain.judgement import Judgement, Recommendation, judge
from fitcheck.domain.policy import OWN, Appetite, Policy, parse_policy
from fitcheck.domain.policy_lint import lint_policy
from fitcheck.domain.policy_text import write_policy
from fitcheck.errors import Fault, InvalidInput
from fitcheck.library import load_policy, load_rules
from fitcheck.settings import Preferences
from fitcheck.store.book import Book


def faults_of(draft: Policy) -> list[Fault]:
    """What keeps a draft from being a policy; none for a good one."""
    return lint_policy(write_policy(draft), OWN)


def rules_alike(one: Policy, other: Policy) -> bool:
    """Whether two policies differ in nothing but their names."""
    return replace(one, id=other.id, version=other.version) == other


class Policies:
    """Every policy that this book knows, read when it is first asked for.

    Which one new assessments begin with is a preference.
    """

    def __init__(
        self,
        book: Book,
        banks: Banks,
        today: Callable[[], dt.date],
        preferences: Callable[[], Preferences],
        save_preferences: Callable[[Preferences], None],
    ) -> None:
        self._book = book
        self._banks = banks
        self._today = today
        self._preferences = preferences
        self._save_preferences = save_preferences
        self._read: list[StoredPolicy] | None = None
        self._parsed: dict[Reference, Policy] = {}

    def read_again(self) -> None:
        """Others may have been brought into the book."""
        self._read = None

    @property
    def _own(self) -> list[StoredPolicy]:
        if self._read is None:
            self._read = list(self._book.policies())
        return self._read

    def find(self, reference: Reference) -> Policy:
        """The policy of that id and version, shipped or own; raises ``KeyError`` for any other."""
        if reference not in self._parsed:
            texts = {stored.reference: stored.text for stored in self._own}
            if reference not in texts:
                return load_policy(reference)
            self._parsed[reference] = parse_policy(texts[reference])
        return self._parsed[reference]

    @property
    def default(self) -> Policy:
        """What FitCheck ships, whatever is in force."""
        return load_policy()

    @property
    def newest(self) -> Policy | None:
        """The consultant's own policy as it was saved last; ``None`` before there is one."""
        return self.find(self._own[-1].reference) if self._own else None

    def made_on(self, reference: Reference) -> dt.date | None:
        """The day on which an own policy was saved; ``None`` for a shipped one."""
        return next((s.made_on for s in self._own if s.reference == reference), None)

    # What new assessments begin with

    @property
    def in_force(self) -> Policy:
        """What new assessments begin with: the newest own policy, or the default."""
        own = self.newest if self._preferences().own_policy else None
        return own or self.default

    def saved_as(self, draft: Policy) -> Reference:
        """What :meth:`save` would make of ``draft``.

        A new version, unless the default or the newest own policy says the same.
        """
        for known in (self.default, self.newest):
            if known is not None and rules_alike(draft, known):
                return known.reference
        return self._next_reference()

    def save(self, draft: Policy) -> Policy:
        """Judge new assessments by ``draft`` from now on; the policy that it has become.

        It is safely written on return. No assessment that there is changes. Raises
        :class:`fitcheck.errors.InvalidInput` for a draft with faults, having kept nothing.
        """
        if faults := faults_of(draft):
            raise InvalidInput(faults)
        reference = self.saved_as(draft)
        if reference == self._next_reference():
            text = write_policy(replace(draft, id=reference.id, version=reference.version))
            self._book.add_policy(StoredPolicy(reference, text, self._today())).result()
            self._read = None
        self._use_own(reference != self.default.reference)
        return self.find(reference)

    def use_default(self) -> None:
        """Judge new assessments by the default policy; the own ones stay where they are."""
        self._use_own(False)

    def _use_own(self, wanted: bool) -> None:
        preferences = self._preferences()
        if preferences.own_policy is not wanted:
            self._save_preferences(replace(preferences, own_policy=wanted))

    def _next_reference(self) -> Reference:
        return Reference(OWN, f"{len(self._own) + 1}.0.0")

    def deal_breakers(self, draft: Policy) -> tuple[DealBreaker, ...]:
        """What new assessments would ask about under ``draft``."""
        return draft.over(self._banks.in_force).deal_breakers

    def new_deal_breaker(self, among: tuple[DealBreaker, ...]) -> DealBreaker:
        """An empty deal-breaker whose id none of this book ever had.

        Or the state that an old assessment holds against another one would be taken for its state.
        """
        policies = [self.find(stored.reference) for stored in self._own]
        asked = (bank.deal_breakers for bank in self._banks.all())
        lists = [among, *asked, *(p.deal_breakers or () for p in policies)]
        taken = {deal_breaker.id for each in lists for deal_breaker in each}
        number = 1
        while f"own-{number}" in taken:
            number += 1
        return DealBreaker(f"own-{number}", "", "")

    # The past by other policies

    def trial(self) -> PolicyTrial:
        """The past assessments as they are now, to be judged by other policies."""
        return PolicyTrial(self._book, self.find, self._banks)

    def judged_today(self, assessment: Assessment) -> Judgement | None:
        """What it would come to by today's policy and appetite; ``None`` if these judged it."""
        policy, appetite = self.in_force, self._preferences().appetite
        if (assessment.policy, assessment.appetite) == (policy.reference, appetite):
            return None
        bank = policy.over(self._banks.find(assessment.bank))
        return judge(replace(assessment, appetite=appetite), bank, policy)


class PolicyTrial:
    """The past under other policies: reads each assessment once, however many are tried.

    What it has read stays as it was: to see later answers, make another.
    """

    def __init__(self, book: Book, find: Callable[[Reference], Policy], banks: Banks) -> None:
        self._book = book
        self._find = find
        self._banks = banks
        self._ids: tuple[int, ...] | None = None
        self._past: dict[int, tuple[Assessment, Recommendation]] = {}

    @property
    def ids(self) -> tuple[int, ...]:
        """Every assessment, newest first."""
        if self._ids is None:
            self._ids = self._book.all_assessments()
        return self._ids

    def past(self, assessment_id: int) -> tuple[Assessment, Recommendation]:
        """An assessment, and what it came to by the rules that judged it."""
        if assessment_id not in self._past:
            assessment = self._book.assessment(assessment_id)
            then = judge(
                assessment, *load_rules(assessment, self._find, self._banks.find)
            ).recommendation
            self._past[assessment_id] = assessment, then
        return self._past[assessment_id]

    def judgement(self, assessment_id: int | None, draft: Policy, appetite: Appetite) -> Judgement:
        """What an assessment comes to under ``draft``; without one, what stands before any answer.

        It is judged as it was answered: an override is a decision, which no policy undoes.
        """
        if assessment_id is None:
            bank = self._banks.in_force.reference
            assessment = Assessment(
                dt.date.min, bank, draft.reference, Form.FULL, appetite, Prospect("")
            )
        else:
            assessment, _then = self.past(assessment_id)
        assessment = replace(assessment, appetite=appetite, override=None)
        return judge(assessment, draft.over(self._banks.find(assessment.bank)), draft)

    def changes(self, draft: Policy, appetite: Appetite) -> Iterator[PolicyChange]:
        """What each assessment would come to under ``draft``, one at a time, newest first.

        Each step takes a few milliseconds; whoever stops asking has stopped it.
        """
        banks: dict[Reference, Bank] = {}
        for id_ in self.ids:
            assessment, then = self.past(id_)
            reference = assessment.bank
            bank = banks.setdefault(reference, draft.over(self._banks.find(reference)))
            now = judge(replace(assessment, appetite=appetite), bank, draft).recommendation
            yield PolicyChange(
                id_,
                assessment.prospect.name,
                assessment.date,
                assessment.override is not None,
                then,
                now,
            )
