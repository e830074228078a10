"""Writing a plan: what becomes of it when a section is written, given back, or drafted anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fitcheck.codec import encode
from fitcheck.domain.plan import NO_PLAN, Plan, Section


def written(plan: Plan, section: Section, value: Any, drafted: Plan) -> Plan:
    """``plan`` with ``value`` written in a section, beside the draft that it was written from.

    That is the draft as it stood when the section was first written, or last :func:`kept`: writing
    on is not having looked at what the draft says by now. A value equal to the draft as it stands
    gives the section back to it.
    """
    now = getattr(drafted, section)
    if value == now:
        return given_back(plan, section)
    seen = plan.drafted.get(section.value, encode(now))
    return replace(plan, **{section: value}, drafted={**plan.drafted, section.value: seen})


def given_back(plan: Plan, section: Section) -> Plan:
    """``plan`` with the draft in force in that section, whatever the answers make of it."""
    rest: Mapping[str, Any] = {k: v for k, v in plan.drafted.items() if k != section}
    return replace(plan, **{section: getattr(NO_PLAN, section)}, drafted=rest)


def kept(plan: Plan, section: Section, drafted: Plan) -> Plan:
    """``plan`` with its section as written, now that the draft as it stands has been seen."""
    seen = encode(getattr(drafted, section))
    return replace(plan, drafted={**plan.drafted, section.value: seen})


def drafted_otherwise(plan: Plan, drafted: Plan) -> tuple[Section, ...]:
    """The written sections of which the draft says something else than when it was last seen.

    Of a section that came without its draft (from a file), nothing can be said.
    """
    return tuple(
        section
        for section in Section
        if section in plan.drafted and plan.drafted[section] != encode(getattr(drafted, section))
    )
