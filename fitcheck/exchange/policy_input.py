"""A policy that came from elsewhere: bounded before it is parsed, which in TOML can take long."""

from __future__ import annotations

import re

from fitcheck.domain.policy_lint import lint_policy
from fitcheck.errors import Fault

SIZE_LIMIT = 50_000
"""Characters; the shipped policy has six thousand."""

NAMES_LIMIT = 50
"""Names in one key, with dots between them."""

_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\'')


def policy_faults(text: str, file: str) -> list[Fault]:
    """What is wrong with a policy's text; none for a good one."""
    if len(text) > SIZE_LIMIT:
        return [Fault(file, f"expected at most {SIZE_LIMIT:,} characters")]
    for number, line in enumerate(_QUOTED.sub('""', text).splitlines(), start=1):
        if line.partition("#")[0].count(".") > NAMES_LIMIT:
            return [Fault(f"{file}:{number}", f"expected at most {NAMES_LIMIT} names in a key")]
    try:
        return lint_policy(text, file)
    except (RecursionError, ValueError):
        # Nested too deeply, or a number with thousands of digits.
        return [Fault(f"{file}:1", "TOML that can be read")]
