"""What a whole book's file would bring, or has brought, in sentences: on the screen, on the command
line, and in the list that can be saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fitcheck.domain.incoming_book import (
    Choices,
    Difference,
    IncomingBook,
    IncomingProspect,
    Standing,
    YearsSince,
)
from fitcheck.i18n import N_, _, ngettext
from reports.words import date_text

_FIELDS = {
    "name": N_("name"),
    "organisation": N_("organisation"),
    "role": N_("role"),
    "email": N_("email"),
    "phone": N_("phone"),
    "met_at": N_("where you met"),
    "source": N_("through whom they came"),
    "notes": N_("notes"),
    "business": N_("business"),
    "website": N_("website"),
    "address": N_("address"),
    "accent": N_("colour of your brand"),
    "logo": N_("logo"),
    "boundaries": N_("boundaries"),
    "paper": N_("paper"),
    "appetite": N_("appetite for risk"),
    "show_totals": N_("whether totals are shown while asking"),
    "keep_years": N_("years for which people are kept"),
    "own_policy": N_("policy of new assessments"),
    "own_bank": N_("questions of new assessments"),
}

_LONGEST = 80


@dataclass(frozen=True)
class Part:
    """A heading, and a line for each thing under it."""

    heading: str
    lines: tuple[str, ...] = field(repr=False)


def field_name(name: str) -> str:
    """A field of a contact, a profile or the preferences, within a sentence."""
    return _(_FIELDS[name])


def summary_sentence(incoming: IncomingBook) -> str:
    """What would come of it, in a sentence or two."""
    added = sum(each.added for each in incoming.prospects)
    changed = sum(each.changed for each in incoming.prospects)
    same = sum(each.together and not each.changed for each in incoming.prospects)
    told = [
        ngettext("{count} prospect is added.", "{count} prospects are added.", added).format(
            count=added
        )
    ]
    if changed:
        told.append(
            ngettext(
                "{count} who is here is brought up to date.",
                "{count} who are here are brought up to date.",
                changed,
            ).format(count=changed)
        )
    if same:
        told.append(
            ngettext(
                "{count} is the same here and there.",
                "{count} are the same here and there.",
                same,
            ).format(count=same)
        )
    if not incoming.changes:
        return _("There is nothing in it that you don’t have already.")
    return " ".join(told)


def heading_sentence(incoming: IncomingBook) -> str:
    """Whose state of things it is."""
    return _("The book as it was on {date}.").format(date=date_text(incoming.made_at.date()))


def parts(incoming: IncomingBook, choices: Choices) -> tuple[Part, ...]:
    """Everything, under headings; whatever has no line is left out."""
    people = incoming.prospects
    found = (
        (_("Added"), (added_line(each) for each in people if each.added)),
        (_("Brought up to date"), (changed_line(each) for each in people if each.changed)),
        (
            _("Changed in both books"),
            (both_line(each) for each in people if went_apart(each)),
        ),
        (
            _("Different here and in the file"),
            (difference_line(each, choices) for each in incoming.all_differences),
        ),
        (
            _("Here there is more"),
            (behind_line(each) for each in people if each.assessments.behind),
        ),
        (
            _("Probably the same as somebody here"),
            (probably_line(each) for each in people if each.standing is Standing.PROBABLY),
        ),
        (
            _("Erased here earlier"),
            (erased_line(each) for each in people if each.standing is Standing.ERASED),
        ),
        (
            _("Erased in the other book"),
            (_("{name}: stays here").format(name=name) for name in incoming.erased_there),
        ),
        (_("Your own"), own_lines(incoming)),
        (_("The same in both"), same_lines(incoming)),
    )
    made = (Part(heading, tuple(lines)) for heading, lines in found)
    return tuple(part for part in made if part.lines)


def text_of(incoming: IncomingBook, choices: Choices) -> str:
    """The whole list as text."""
    lines = [heading_sentence(incoming), summary_sentence(incoming)]
    for part in parts(incoming, choices):
        lines += ["", part.heading, *(f"  {_on_one_line(line)}" for line in part.lines)]
    return "\n".join(lines)


def added_line(each: IncomingProspect) -> str:
    """Who is added, with how much."""
    if not each.assessments.new:
        return who(each)
    return f"{who(each)} · {_assessments(each.assessments.new)}"


def changed_line(each: IncomingProspect) -> str:
    """Who is brought up to date, and in what."""
    said = []
    if each.assessments.new:
        said.append(
            ngettext(
                "{count} assessment is added", "{count} assessments are added", each.assessments.new
            ).format(count=each.assessments.new)
        )
    if each.assessments.ahead:
        said.append(
            ngettext(
                "{count} assessment went on there and goes on here",
                "{count} assessments went on there and go on here",
                each.assessments.ahead,
            ).format(count=each.assessments.ahead)
        )
    if each.filled:
        names = ", ".join(map(field_name, each.filled))
        said.append(_("empty here and filled in: {fields}").format(fields=names))
    if each.steps:
        said.append(
            ngettext("{count} step of the phase", "{count} steps of the phase", each.steps).format(
                count=each.steps
            )
        )
    if each.kept_differs:
        said.append(_("the day until which they are kept"))
    said += _years(each.years)
    if each.assessments.beside:
        said.append(_("an assessment is put beside yours"))
    return _("{name}: {changes}").format(name=who(each), changes="; ".join(said))


def _years(years: YearsSince) -> Iterable[str]:
    """What of the time after a first talk is added or goes on."""
    if count := years.links:
        yield ngettext("{count} link", "{count} links", count).format(count=count)
    if count := years.tags:
        yield ngettext("{count} tag", "{count} tags", count).format(count=count)
    if count := years.follow_ups:
        yield ngettext("{count} follow-up", "{count} follow-ups", count).format(count=count)
    if count := years.outcomes:
        yield ngettext("{count} outcome", "{count} outcomes", count).format(count=count)
    if count := years.referrals:
        yield ngettext("{count} referral", "{count} referrals", count).format(count=count)
    if count := years.forecasts:
        yield ngettext(
            "the odds of {count} decision", "the odds of {count} decisions", count
        ).format(count=count)


def went_apart(each: IncomingProspect) -> bool:
    """Whether something of them went on in both books, each in its own way."""
    return bool(each.assessments.beside or each.dates_differ or each.years.apart)


def both_line(each: IncomingProspect) -> str:
    """What went on in both books, each in its own way."""
    said = []
    if each.assessments.beside:
        said.append(
            ngettext(
                "{count} assessment differs: theirs is put beside yours, and both are there",
                "{count} assessments differ: theirs are put beside yours, and both are there",
                each.assessments.beside,
            ).format(count=each.assessments.beside)
        )
    if each.dates_differ:
        said.append(_("the dates of the phase differ: yours stay"))
    if each.years.apart:
        said.append(
            ngettext(
                "{count} follow-up or referral differs: yours stays",
                "{count} follow-ups or referrals differ: yours stay",
                each.years.apart,
            ).format(count=each.years.apart)
        )
    return _("{name}: {changes}").format(name=who(each), changes="; ".join(said))


def behind_line(each: IncomingProspect) -> str:
    """What is older in the file."""
    said = ngettext(
        "{count} assessment went on here and stays",
        "{count} assessments went on here and stay",
        each.assessments.behind,
    ).format(count=each.assessments.behind)
    return _("{name}: {changes}").format(name=who(each), changes=said)


def probably_line(each: IncomingProspect) -> str:
    """Who has the name or the address of somebody here, and what becomes of them."""
    if each.together:
        return _("{name}: put together with {here}").format(name=who(each), here=each.here)
    return _("{name}: added beside {here}").format(name=who(each), here=each.here)


def erased_line(each: IncomingProspect) -> str:
    """Who was erased, and whether they come back."""
    if each.taken:
        return _("{name}: taken all the same").format(name=who(each))
    return _("{name}: left out").format(name=who(each))


def difference_line(each: Difference, choices: Choices) -> str:
    """A field, what it says on both sides, and which of them it will be."""
    what = field_name(each.what)
    if each.what == "own_policy":
        told = _("Policy of new assessments: here the default one, in the file their own.")
    else:
        told = _("{whose}, {field}: here “{here}”, in the file “{there}”.").format(
            whose=each.whose or _("Your own"),
            field=what,
            here=shortened(each.here),
            there=shortened(each.there),
        )
    chosen = _("The file’s is taken.") if each.key in choices.theirs else _("Yours stays.")
    return f"{told} {chosen}"


def own_lines(incoming: IncomingBook) -> Iterable[str]:
    """What of it is nobody else's."""
    if count := incoming.banks:
        yield ngettext("{count} bank is added", "{count} banks are added", count).format(
            count=count
        )
    if count := incoming.policies:
        yield ngettext(
            "{count} policy of your own is added, for what was judged by it",
            "{count} policies of your own are added, for what was judged by them",
            count,
        ).format(count=count)
    if count := incoming.colleagues:
        yield ngettext("{count} colleague is added", "{count} colleagues are added", count).format(
            count=count
        )
    if incoming.filled:
        names = ", ".join(map(field_name, incoming.filled))
        yield _("Not set here and taken over: {fields}").format(fields=names)


def same_lines(incoming: IncomingBook) -> Iterable[str]:
    """How many are left alone."""
    same = sum(each.together and not each.changed for each in incoming.prospects)
    if same:
        yield ngettext("{count} prospect", "{count} prospects", same).format(count=same)


def shortened(text: str) -> str:
    """What a field says, on one line and not too much of it."""
    line = _on_one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _assessments(count: int) -> str:
    return ngettext("{count} assessment", "{count} assessments", count).format(count=count)


def who(each: IncomingProspect) -> str:
    """A prospect by name, and by organisation where they have one."""
    name = shortened(each.name)
    return f"{name}, {shortened(each.organisation)}" if each.organisation else name


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
