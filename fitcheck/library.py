"""The banks and policies that are shipped, by id and version; old versions stay loadable."""

from __future__ import annotations

from functools import cache

from fitcheck import packaged
from fitcheck.domain.bank import Bank, Reference, parse_bank
from fitcheck.domain.policy import Policy, parse_policy

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


def _read(folder: str, reference: Reference) -> str:
    name = f"{reference.id}-{reference.version}.toml"
    if name not in packaged.names(folder):
        raise KeyError(str(reference))
    return packaged.read_text(folder, name)
