"""The words for a policy: its name, what another one would change, what is wrong with a draft."""

from __future__ import annotations

import re

from fitcheck.domain.bank import Axis, Reference
from fitcheck.domain.book import PolicyChange
from fitcheck.domain.judgement import Recommendation
from fitcheck.domain.policy import OWN, Appetite, Policy
from fitcheck.domain.toml_checks import ASKED_LENGTH, SAID_LENGTH
from fitcheck.errors import Fault
from fitcheck.i18n import _, ngettext
from reports import words


def policy_name(reference: Reference) -> str:
    """The policy in a sentence: "your own policy, version 2.0.0"."""
    if reference.id == OWN:
        return _("your own policy, version {version}").format(version=reference.version)
    return _("the default policy, version {version}").format(version=reference.version)


def judged_by(reference: Reference, appetite: Appetite) -> str:
    """By which rules an assessment was judged."""
    return _("Judged by {policy}, with this appetite for risk: {appetite}.").format(
        policy=policy_name(reference), appetite=words.appetite_name(appetite)
    )


def today_otherwise(
    today: Recommendation, then: Recommendation, policy: Reference, appetite: Appetite
) -> str:
    """What today's rules would make of an assessment that others judged."""
    rules = _("By today’s rules ({policy}; appetite for risk: {appetite})").format(
        policy=policy_name(policy), appetite=words.appetite_name(appetite)
    )
    if today is then:
        return _("{rules} it would come to the same.").format(rules=rules)
    return _("{rules} it would come to: {recommendation}. This judgement stays as it was.").format(
        rules=rules, recommendation=words.recommendation_name(today)
    )


def changes_sentence(changed: int, of: int) -> str:
    """How many recommendations would be others."""
    if not of:
        return _("There is no assessment yet, so nothing would change.")
    if not changed:
        return ngettext(
            "The recommendation of your one assessment would not change.",
            "None of {of} recommendations would change.",
            of,
        ).format(of=of)
    return ngettext(
        "{changed} of {of} recommendations would change.",
        "{changed} of {of} recommendations would change.",
        changed,
    ).format(changed=changed, of=of)


def change_line(change: PolicyChange) -> str:
    """Whose recommendation would change, from what to what."""
    line = _("{name}, {date}: {then} → {now}").format(
        name=" ".join(change.name.split()),
        date=words.date_text(change.date),
        then=words.recommendation_name(change.then),
        now=words.recommendation_name(change.now),
    )
    return _("{line} (you decided for yourself)").format(line=line) if change.decided else line


def place_of(fault: Fault) -> str:
    """Where in a policy the fault is: ``bars.trust.preference``, ``deal_breakers[own-1].text``."""
    return fault.place.partition(": ")[2]


_DEAL_BREAKER = re.compile(r"deal_breakers\[(?P<id>[^]]*)\]\.(?P<field>text|ask)")


def deal_breaker_at(fault: Fault) -> tuple[str, str] | None:
    """The deal-breaker that a fault is about, by its id, and which of its texts."""
    match = _DEAL_BREAKER.fullmatch(place_of(fault))
    return (match["id"], match["field"]) if match else None


def fault_sentence(fault: Fault, draft: Policy) -> str:
    """What is wrong with a draft, and what would mend it."""
    if about := deal_breaker_at(fault):
        id_, field = about
        text = next((getattr(d, field) for d in draft.deal_breakers or () if d.id == id_), "")
        if text:
            most = SAID_LENGTH if field == "text" else ASKED_LENGTH
            return _("This is too long: at most {count} characters.").format(count=most)
        if field == "text":
            return _("Say what rules the work out.")
        return _("Add the question that clears or confirms it.")
    for axis in Axis:
        if place_of(fault).startswith(f"bars.{axis}."):
            return _(
                "A bar can’t be lower than the gap ({gap}): raise the bar or lower the gap."
            ).format(gap=words.percent(draft.gap))
    return _("Expected {expected}.").format(expected=fault.expected)
