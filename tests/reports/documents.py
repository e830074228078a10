"""Every document that FitCheck prints, one of each recommendation, with all that each can hold."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise

from PIL import Image, ImageDraw

from fitcheck.domain.assessment import Assessment, Gut, Release
from fitcheck.domain.bank import Form
from fitcheck.domain.erasure import Erasure, Searched
from fitcheck.domain.history import Change, Event, EventKind, Subject
from fitcheck.domain.judgement import Recommendation, Stance
from fitcheck.domain.keeping import KEEP_YEARS, Keeping, kept_until
from fitcheck.domain.listed import Summary
from fitcheck.domain.moved import Judged, Moved, moved
from fitcheck.domain.period import Decision, Extension, Opening, Period, Reopening
from fitcheck.domain.person import Logged, Person, PersonAssessment
from fitcheck.domain.plan import Letter, Plan, Referral
from fitcheck.domain.policy import Action
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.quarter import Course, Quarter, quarter_page
from fitcheck.domain.record import Record
from fitcheck.domain.report import (
    BlankForm,
    CardSheet,
    Edition,
    ErasureSheet,
    PersonFile,
    QuarterSheet,
    RecordSheet,
    RecoverySheet,
    Report,
    make_report,
    pocket_card,
)
from fitcheck.domain.verdict import reach_verdict
from fitcheck.place import InquiryPlace, place_text
from fitcheck.store.key_file import recovery_text
from reports.render import render
from tests.domain.records import TODAY, early, fitting
from tests.reports import people
from tests.store.later import later

STANCES = {
    Recommendation.PROCEED: Stance.LEAD,
    Recommendation.STAGE: Stance.SPLIT,
    Recommendation.DECLINE: Stance.CATER,
    Recommendation.UNDECIDED: Stance.SPLIT,
}
LETTER = Letter(
    reason="My calendar is full until May, and your gate can’t wait that long.",
    referral=Referral(
        "Jo Winter", "jo@winter.example", "Knows warehouses by heart, and has time from January."
    ),
    revisit_on=dt.date(2027, 5, 3),
)


@cache
def logo() -> bytes:
    """A broad logo in the brand's colour, with a transparent ground as logos have it."""
    picture = Image.new("RGBA", (600, 160), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((8, 16, 136, 144), fill="#1f5c8b")
    draw.polygon([(40, 110), (72, 40), (104, 110)], fill="#ffffff")
    for x, width in ((170, 240), (425, 160)):
        draw.rectangle((x, 66, x + width, 94), fill="#1f5c8b")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


FORM_TOKEN = "7KQ4M2XW9PHTRD3B"
BRANDED = replace(people.PROFILE, logo=logo(), accent="#1f5c8b")


@cache
def prospect(outcome: Recommendation) -> Assessment:
    """A prospect with that outcome about whom everything is written down."""
    of = people.assessment(outcome, STANCES[outcome])
    if outcome is Recommendation.PROCEED:  # nothing may hold it back
        of = replace(of, deal_breakers={})
    if outcome is Recommendation.DECLINE:
        of = replace(of, gut=Gut(Action.STAGE, "I liked her. I always like the direct ones."))
    of = replace(of, plan=replace(of.plan, letter=LETTER))
    # Where the two views lie far apart, FitCheck advises a first stage.
    of = people.seen_by_both(of, 1 if outcome is Recommendation.PROCEED else 12)
    assert people.judged(of).final is outcome
    return of


def since_last_time(of: Assessment) -> Moved:
    """What moved since an assessment that ended in a small first stage."""
    then = replace(prospect(Recommendation.STAGE), date=dt.date(2026, 10, 1))
    return moved(*(Judged(each, people.BANK, people.judged(each)) for each in (then, of)))


@cache
def document(
    edition: Edition, outcome: Recommendation, profile: Profile = people.PROFILE
) -> Report:
    """An edition of the prospect with that outcome; the letter and the form are always the same."""
    of = prospect(outcome)
    again = since_last_time(of) if outcome is Recommendation.PROCEED else None
    verdict = reach_verdict(of, people.BANK, people.POLICY)
    return make_report(edition, of, people.BANK, people.POLICY, verdict, profile, again)


def _plain_letter() -> Report:
    """What remains where nothing was written, not even a name of one's own."""
    of = people.assessment(Recommendation.DECLINE, Stance.LEAD, full=False)
    verdict = reach_verdict(of, people.BANK, people.POLICY)
    return make_report(Edition.DECLINE, of, people.BANK, people.POLICY, verdict, Profile())


def numbered_form() -> BlankForm:
    """A blank form as the book makes it: with the token that tells whose it is."""
    return BlankForm(people.PROFILE, people.BANK.form(Form.PROSPECT), FORM_TOKEN)


def person() -> Person:
    """Somebody with a declined first attempt and a second one, and with all that can be kept."""
    noon = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
    declined = prospect(Recommendation.DECLINE)
    few = dict(list(declined.answers.items())[:6])
    first = replace(declined, date=dt.date(2025, 3, 4), answers=few, plan=Plan(letter=LETTER))
    second = replace(
        people.overridden(prospect(Recommendation.STAGE)),
        gut=Gut(Action.PROCEED, "She said what she didn’t know before I asked."),
        releases=(Release(people.DATE, "prospect", ("forty minutes at the gate",)),),
    )
    typed = ("Came with", "Came with her own figures", "Came late")
    changes = [
        Change(Subject.ANSWER, "opener", {"value": 1}, {"value": 3, "evidence": "reported"}),
        *(
            Change(Subject.ANSWER, "effort", {"note": before}, {"note": after})
            for before, after in pairwise(("", *typed))
        ),
        Change(Subject.DEAL_BREAKER, "no-budget", None, "suspected"),
        Change(Subject.FIELD, "keep", [], ["The short calls on Friday"]),
    ]
    history = [Logged(noon, Event(EventKind.SET, change)) for change in changes]
    history.append(Logged(noon, Event(EventKind.UNDO, changes[-1].inverse)))
    place = InquiryPlace("opening", {"bad": 312.0}, "They never asked the")
    steps = (
        Opening(dt.date(2025, 3, 1)),
        Decision(dt.date(2025, 3, 4), Action.DECLINE, "Not before the new hall is built."),
        Reopening(dt.date(2026, 11, 2)),
        Extension(dt.date(2026, 11, 2), dt.date(2026, 12, 20), "her budget round"),
    )
    summary = Summary(Recommendation.STAGE, False, 0.07, 0.87, 0.06, 36, 36)
    what = later("by the hall in Malmö")
    return Person(
        made_on=dt.date(2026, 11, 22),
        prospect=replace(second.prospect, in_their_words=""),
        changed=noon,
        keeping=Keeping(kept_on=dt.date(2026, 6, 1)),
        period=Period(steps),
        assessments=(
            PersonAssessment(
                second, noon, False, place_text("effort", place, 1900), summary, "", tuple(history)
            ),
            PersonAssessment(first, noon, True, "", None, FORM_TOKEN, ()),
        ),
        about=what.about,
        follow_ups=what.follow_ups,
        outcomes=what.outcomes,
        referrals=what.referrals,
        forecasts={1: what.forecast},
    )


def person_file(of: Person, profile: Profile = people.PROFILE) -> PersonFile:
    """What is given to a person, judged by the shipped rules."""
    rules = ((people.BANK, people.POLICY),) * len(of.assessments)
    until = kept_until(of.keeping, of.changed.date(), KEEP_YEARS)
    return PersonFile(profile, of, rules, until, KEEP_YEARS)


def erasure() -> Erasure:
    """Somebody who was erased, but for a backup that can't be read."""
    return Erasure(
        dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC),
        "8e6276719ecf60058e99f99fc0ef7f3e",
        223,
        (
            Searched("backups/2026-11-22T093000Z-erasure/book.db", 29),
            Searched("backups/2026-11-22T093000Z-erasure/book.key", 0),
            Searched("backups/2026-02-01T120000Z-daily/book.db", 0, readable=False),
            Searched("book.db", 29, ("answer", "colleague")),
            Searched("book.key", 0),
            Searched("logs/fitcheck.log", 0),
        ),
    )


def _track_record(make: Callable[[], Record]) -> RecordSheet:
    return RecordSheet(people.PROFILE, TODAY, make())


def quarter_sheet(number: int, profile: Profile = people.PROFILE) -> QuarterSheet:
    """A quarter in which so many were met, each at an event of its own with a very long name."""
    quarter = Quarter(2026, 4)
    courses = [_course(quarter if at % 3 else quarter.before, at) for at in range(number)]
    now, before = (quarter_page(courses, each) for each in (quarter, quarter.before))
    return QuarterSheet(profile, people.DATE, now, before)


def _course(quarter: Quarter, at: int) -> Course:
    steps = Opening(quarter.first), Decision(quarter.last, list(Action)[at % 3])
    event = f"{at}. Annual meeting of those who make things that hold other things together, Bath"
    source = f"{at}. Somebody whose name takes more room than there is in a line of a table"
    days = (quarter.last,) if at % 5 == 1 else ()
    return Course(Period(steps), event if at else "", source if at % 4 else "", days)


def _makers() -> dict[str, Callable[[], Report]]:
    made: dict[str, Callable[[], Report]] = {}
    for edition in (Edition.PRIVATE, Edition.PROSPECT):
        for outcome in Recommendation:
            profile = BRANDED if outcome is Recommendation.STAGE else people.PROFILE
            made[f"{edition.value}-{outcome.value}"] = partial(document, edition, outcome, profile)
    declined = Recommendation.DECLINE
    made["decline"] = partial(document, Edition.DECLINE, declined)
    made["decline-branded"] = partial(document, Edition.DECLINE, declined, BRANDED)
    made["decline-plain"] = _plain_letter
    made["form"] = partial(document, Edition.FORM, declined, BRANDED)
    made["form-numbered"] = numbered_form
    for sheet in CardSheet:
        made[f"card-{sheet.value}"] = partial(pocket_card, people.BANK, sheet)
    made["person"] = lambda: person_file(person())
    for name, make in (("early", early), ("fitting", fitting)):
        made[f"record-{name}"] = partial(_track_record, make)
    for name, number in (("small", 2), ("full", 60)):
        made[f"quarter-{name}"] = partial(quarter_sheet, number)
    made["erasure"] = lambda: ErasureSheet(erasure())
    made["recovery"] = partial(RecoverySheet, recovery_text(bytes(range(100, 120))), people.DATE)
    return made


MAKERS = _makers()
"""All of them by a name that tells them apart; each is made when it is asked for."""


@cache
def pdf(name: str, paper: Paper) -> bytes:
    """One of :data:`MAKERS`, set once for all tests that read it."""
    return render(MAKERS[name](), paper)
