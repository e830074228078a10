"""The banks and policies that are shipped, by id and version; old versions stay loadable.

The consultant's own lie in the book: :mod:`fitcheck.policies` and :mod:`fitcheck.banks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from fitcheck import packaged
from fitcheck.domain.assessment import Assessment
from fitcheck.domain.bank import Bank, Reference, parse_bank
from fitcheck.domain.policy import Policy, parse_policy

NAME = re.compile(r"(.+)-(\d+\.\d+\.\d+)\.toml")
"""The file of a bank or a policy: its id and its version."""

CURRENT_BANK = Reference("core", "1.0.0")
CURRENT_POLICY = Reference("default", "1.0.0")


@cache
def load_bank(reference: Reference = CURRENT_BANK) -> Bank:
    """The bank of that id and version; raises ``KeyError`` where it isn't shipped."""
    return parse_bank(_read("banks", reference))


@cache
def load_policy(reference: Reference = CURRENT_POLICY) -> Policy:
    """The policy of that id and version; raises ``KeyError`` where it isn't shipped."""
    return parse_policy(_read("policies", reference))


def load_rules(
    assessment: Assessment,
    find: Callable[[Reference], Policy] = load_policy,
    find_bank: Callable[[Reference], Bank] = load_bank,
) -> tuple[Bank, Policy]:
    """The bank and the policy that judge ``assessment``: the one place where the two meet.

    A policy may bring deal-breakers of its own, which are then the bank's. ``find`` looks a policy
    up and ``find_bank`` a bank; raises ``KeyError`` where either can't be had.
    """
    policy = find(assessment.policy)
    return policy.over(find_bank(assessment.bank)), policy


def bank_text(reference: Reference) -> str:
    """The file of a shipped bank, comments and all; raises ``KeyError`` where it isn't shipped."""
    return _read("banks", reference)


def shipped_banks() -> tuple[Reference, ...]:
    """Every bank that is shipped, newest version last."""
    named = (NAME.fullmatch(name) for name in packaged.names("banks"))
    found = [Reference(match[1], match[2]) for match in named if match]
    return tuple(sorted(found, key=lambda each: (each.id, *map(int, each.version.split(".")))))


def _read(folder: str, reference: Reference) -> str:
    name = f"{reference.id}-{reference.version}.toml"
    if name not in packaged.names(folder):
        raise KeyError(str(reference))
    return packaged.read_text(folder, name)
