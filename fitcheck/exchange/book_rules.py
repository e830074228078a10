"""The banks and policies of a whole book's file, and that its assessments were judged by those."""

from __future__ import annotations

import json
from collections.abc import Callable

from fitcheck.domain.bank import Bank, Reference, parse_bank
from fitcheck.domain.policy import OWN
from fitcheck.domain.whole_book import BookAssessment, BookBank, BookPolicy
from fitcheck.exchange.bank_input import bank_faults
from fitcheck.exchange.json_input import FAULT_LIMIT
from fitcheck.exchange.policy_input import policy_faults
from fitcheck.library import load_bank, load_policy

Report = Callable[..., None]
"""Told what was expected, and at which steps of the path."""


class Rules:
    """``report`` hears of each fault. ``own``: the file is of this book, whose banks passed the
    linter when they came in; it may have become stricter since, and what is here can go out."""

    def __init__(self, report: Report, *, own: bool) -> None:
        self._report = report
        self._own = own
        self._policies: set[tuple[str, str]] = set()
        self._banks: dict[tuple[str, str], Bank | None] = {}

    def bank(self, record: BookBank) -> None:
        """A bank that passes the linter under a name of its own."""
        key = (record.id, record.version)
        if _there(load_bank, Reference(*key)):
            self._report("expected a bank that FitCheck doesn’t bring itself", "bank", "id")
        if key in self._banks:
            self._report("expected each once", "bank", "version")
        faults = [] if self._own else bank_faults(record.text, record.id)[:FAULT_LIMIT]
        for fault in faults:
            self._report(f"{fault.place}: {fault.expected}", "bank", "text")
        bank = None if faults else parse_bank(record.text)
        if bank is not None and bank.reference != Reference(*key):
            self._report(f"expected {json.dumps(bank.id)}, as its text says", "bank", "id")
        self._banks[key] = bank

    def policy(self, record: BookPolicy) -> None:
        key = (record.id, record.version)
        if record.id != OWN:
            self._report(f"expected {json.dumps(OWN)}", "policy", "id")
        if key in self._policies:
            self._report("expected each once", "policy", "version")
        self._policies.add(key)
        for fault in policy_faults(record.text, record.id)[:FAULT_LIMIT]:
            self._report(f"{fault.place}: {fault.expected}", "policy", "text")

    def judged(self, record: BookAssessment) -> None:
        """The bank and the policy that it was judged by are known, and so are its questions."""
        known = (record.policy.id, record.policy.version) in self._policies
        if not known and not _there(load_policy, record.policy):
            found = json.dumps(f"{record.policy.id} {record.policy.version}")
            self._report(f"expected a policy of this file, found {found}", "assessment", "policy")
        key = (record.bank.id, record.bank.version)
        if key not in self._banks and not _there(load_bank, record.bank):
            found = json.dumps(f"{record.bank.id} {record.bank.version}")
            expected = "expected a bank of this file or of this FitCheck"
            self._report(f"{expected}, found {found}", "assessment", "bank")
            return
        bank = self._banks[key] if key in self._banks else load_bank(record.bank)
        if bank is not None:  # or its own line has been told already
            self._questions(record, bank)

    def _questions(self, record: BookAssessment, bank: Bank) -> None:
        for name, ids in (
            ("answers", [answer.question for answer in record.answers]),
            ("deal_breakers", [each.id for each in record.deal_breakers]),
        ):
            seen: set[str] = set()
            for index, id_ in enumerate(ids):
                if id_ in seen:
                    self._report("expected each once", "assessment", name, index)
                elif name == "answers" and id_ not in bank.by_id:
                    self._report("expected a question of the bank", "assessment", name, index)
                seen.add(id_)


def _there(load: Callable[[Reference], object], reference: Reference) -> bool:
    try:
        load(reference)
    except KeyError:
        return False
    return True
