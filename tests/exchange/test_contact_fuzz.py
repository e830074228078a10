"""Two thousand files each that hold contacts or nearly do: read, or refused in words."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.exchange.contact_fuzz import KINDS, POSSIBLE, inputs, outcome
from tests.exchange.test_form_fuzz import most_memory

EACH = 400


@pytest.mark.parametrize("form", ["vcard", "csv"])
def test_a_broken_file_of_contacts_is_read_or_refused(
    form: str, record_property: Callable[[str, object], None]
) -> None:
    before, outcomes = most_memory(), Counter[str]()
    began = time.process_time()
    for kind in KINDS:
        outcomes.update(outcome(form, data) for data in inputs(form, kind, EACH))
    took = time.process_time() - began
    found = ", ".join(f"{outcome}: {count}" for outcome, count in outcomes.most_common())
    record_property("counted", f"{outcomes.total():,} files in {took:.1f} s ({found})")
    assert {"read", "read, with leavings", "refused"} <= set(outcomes) <= POSSIBLE
    assert most_memory() - before < 256_000_000
