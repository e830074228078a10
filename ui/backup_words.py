"""What is said of a backup: when and why it was made, what is in it, and what isn't."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from fitcheck.i18n import N_, _, decimal, ngettext
from fitcheck.store.backup import Reason
from fitcheck.store.checking import Contents
from fitcheck.store.comparing import Missing
from fitcheck.store.previewing import OpenedBy, Preview
from reports.words import date_text, time_text

_REASONS = {
    Reason.DAILY: N_("The day’s backup"),
    Reason.BY_HAND: N_("Made by hand"),
    Reason.IMPORT: N_("Before an import"),
    Reason.ERASURE: N_("Before somebody was erased"),
    Reason.MIGRATION: N_("Before a new version of FitCheck"),
    Reason.REPLACED: N_("The book that a backup replaced"),
    Reason.DAMAGED: N_("The damaged book, as it was found"),
}

_OPENED_BY = {
    OpenedBy.ANYBODY: N_("It isn’t protected: whoever gets at it can read it."),
    OpenedBy.PRESENT: N_("Your present passphrase opens it."),
    OpenedBy.EARLIER: N_("A passphrase that you had earlier opens it where it lies."),
    OpenedBy.UNKNOWN: N_(
        "Its own key file is missing or damaged. Here it can be opened all the same."
    ),
}


def reason_text(reason: Reason) -> str:
    return _(_REASONS[reason])


def moment_text(moment: dt.datetime, today: dt.date) -> str:
    """A moment as one would say it here today: "Yesterday, 14:05"."""
    here = moment.astimezone()
    days = {today: _("Today"), today - dt.timedelta(days=1): _("Yesterday")}
    day = days.get(here.date()) or date_text(here.date())
    return _("{date}, {time}").format(date=day, time=time_text(here.time()))


def size_text(size: int) -> str:
    if size < 1_000_000:
        return _("{size} KB").format(size=max(1, size // 1000))
    return _("{size} MB").format(size=decimal(size / 1_000_000, 1))


def contents_lines(found: Preview, today: dt.date) -> list[str]:
    """Whether it is whole, what is in it and what opens it, a sentence each."""
    contents = found.contents
    if contents is None:
        return [_("It can’t be used: it is damaged, or belongs to another book.")]
    said = [_("It is whole: every page of it was read just now."), _holds(contents)]
    if contents.newest_change is not None:
        moment = moment_text(contents.newest_change, today)
        said.append(_("The last change in it: {moment}.").format(moment=_inside(moment)))
    if contents.names:
        said.append(_("Changed last: {names}.").format(names=", ".join(contents.names)))
    return [*said, _(_OPENED_BY[found.opened_by])]


def _holds(contents: Contents) -> str:
    people = ngettext("{count} prospect", "{count} prospects", contents.prospects).format(
        count=contents.prospects
    )
    talks = ngettext("{count} assessment", "{count} assessments", contents.assessments).format(
        count=contents.assessments
    )
    return _("{prospects} and {assessments} are in it.").format(prospects=people, assessments=talks)


def missing_lines(missing: Missing) -> list[str]:
    """What the book has and the backup hasn't, a sentence each."""
    if missing.nothing:
        return [_("Nobody and no assessment of your present book would be missing.")]
    said = []
    if missing.prospects:
        said.append(
            ngettext(
                "{count} prospect who is in your book now is not in it.",
                "{count} prospects who are in your book now are not in it.",
                missing.prospects,
            ).format(count=missing.prospects)
        )
    if missing.assessments:
        said.append(
            ngettext(
                "{count} assessment that is in your book now is not in it.",
                "{count} assessments that are in your book now are not in it.",
                missing.assessments,
            ).format(count=missing.assessments)
        )
    if missing.changed:
        said.append(
            ngettext(
                "{count} prospect has been changed since; that change is not in it.",
                "{count} prospects have been changed since; those changes are not in it.",
                missing.changed,
            ).format(count=missing.changed)
        )
    if any(missing.beside):
        beside = ", ".join(_beside(missing))
        said.append(_("Also not in it: {what}.").format(what=beside))
    if missing.names:
        said.append(_("It concerns: {names}.").format(names=_named(missing)))
    return said


def _beside(missing: Missing) -> Iterator[str]:
    if count := missing.follow_ups:
        yield ngettext("{count} follow-up", "{count} follow-ups", count).format(count=count)
    if count := missing.outcomes:
        yield ngettext("{count} outcome", "{count} outcomes", count).format(count=count)
    if count := missing.referrals:
        yield ngettext("{count} referral", "{count} referrals", count).format(count=count)
    if count := missing.banks:
        yield ngettext("{count} bank of your own", "{count} banks of your own", count).format(
            count=count
        )


def _named(missing: Missing) -> str:
    more = missing.prospects + missing.changed - len(missing.names)
    names = ", ".join(missing.names)
    if more <= 0:
        return names
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(
        names=names, count=more
    )


def would_be_missing(found: Preview, today: dt.date) -> list[str]:
    """The same of a preview; where the book couldn't be read, just from when on."""
    if found.missing is not None:
        return missing_lines(found.missing)
    return [
        _("Whatever was saved after {moment} is not in it.").format(moment=inside(found, today))
    ]


def inside(found: Preview, today: dt.date) -> str:
    """When a backup was made, in the midst of a sentence."""
    return _inside(moment_text(found.copy.made, today))


def _inside(text: str) -> str:
    """A moment in the midst of a sentence."""
    return text[:1].lower() + text[1:]
