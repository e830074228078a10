"""A policy that came from elsewhere, which may be anything."""

from __future__ import annotations

from fitcheck.domain.policy_lint import lint_policy
from fitcheck.errors import Fault
from fitcheck.exchange.toml_input import faults_within

SIZE_LIMIT = 50_000
"""Characters; the shipped policy has six thousand."""


def policy_faults(text: str, file: str) -> list[Fault]:
    """What is wrong with a policy's text; none for a good one."""
    return faults_within(text, file, SIZE_LIMIT, lint_policy)
