"""Which page of the window a text of an assessment is written on."""

from __future__ import annotations

from fitcheck.domain.private_texts import Kind, Place
from fitcheck.interview import Interview
from ui.widgets.sidebar import PAGES

_ON_THE_INQUIRY = {Kind.KEEP, Kind.STOP, Kind.START}
_ON_THE_VERDICT = {Kind.OVERRIDE, Kind.DISSENT, Kind.GUT}
_ON_THE_PLAN = {Kind.RISK, Kind.REASON}
_BESIDE = {Kind.SOURCE, Kind.NOTED, Kind.FOLLOW_UP, Kind.OUTCOME, Kind.REFERRAL}
_WITH_THE_PROSPECT = {Kind.IN_THEIR_WORDS, Kind.MET_AT, *_BESIDE}


def page_of_plan() -> str:
    """Where what is written for the prospect is edited."""
    return "plan" if "plan" in PAGES else "interview"


def show_place(interview: Interview, place: Place) -> str:
    """Stand at the question of that place, if it is on one; the page that shows it."""
    if place.key in {question.id for question in interview.questions}:
        interview.go_to(place.key)
        return "interview"
    if place.kind in _ON_THE_PLAN:
        return page_of_plan()
    if place.kind in _ON_THE_INQUIRY:
        return "inquiry"
    if place.kind in _ON_THE_VERDICT:
        return "verdict"
    if place.kind in _WITH_THE_PROSPECT:
        return "prospects"
    return "settings" if place.kind is Kind.DEAL_BREAKER else "interview"
