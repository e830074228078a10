"""What came of a person after the first talk, for their own file: said to that person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fitcheck.domain.book import About
from fitcheck.domain.book_years import BookFollowUp, BookForecast, BookOutcome, BookReferral
from fitcheck.domain.outcome import Occasion, Sign
from fitcheck.domain.policy import Match
from fitcheck.domain.referral import Result
from fitcheck.follow_up_words import purpose_name
from fitcheck.i18n import N_, _
from reports import words

Terms = tuple[tuple[str, str], ...]

_SIGNS = {
    Sign.PAID: N_("You paid on time"),
    Sign.SCOPE: N_("What we had agreed to do held, or what was added was paid for"),
    Sign.TARGET: N_("What we had agreed to reach was reached or signed off"),
    Sign.AGAIN: N_("I would work with you again"),
}

_OCCASIONS = {
    Occasion.NINETY_DAYS: N_("After ninety days"),
    Occasion.END: N_("At the end, or after a year"),
}

_RESULTS = {
    Result.MET: N_("On {date} I heard that you had met."),
    Result.WORKING: N_("On {date} I heard that you work together."),
    Result.NOTHING: N_("On {date} I heard that nothing came of it."),
}


def noted(about: About) -> Terms:
    """What is known of them beside all assessments."""
    return (
        (_("How you came to me"), about.source),
        (_("Links"), "\n".join(about.links)),
        (_("Words that I file you under"), "\n".join(about.tags)),
        (_("What I noted"), about.notes),
    )


def follow_up_terms(them: Iterable[BookFollowUp]) -> Terms:
    """What each is for, and how its day came to be what it is."""
    return tuple((purpose_name(each.purpose), "\n".join(_days(each))) for each in them)


def _days(each: BookFollowUp) -> Iterator[str]:
    when = words.when_text(each.planned_on, each.planned_at)
    yield " ".join((_("Planned for {when}.").format(when=when), each.reason)).strip()
    for move in each.moves:
        said = _("Put on another day on {date}: {when}.").format(
            date=words.date_text(move.moved_on), when=words.when_text(move.to, move.at)
        )
        yield f"{said} {move.reason}".strip()
    if each.suggested_for is not None:
        yield _("The program had suggested {date}.").format(
            date=words.date_text(each.suggested_for)
        )
    if each.done_on is not None:
        yield _("Done on {date}.").format(date=words.date_text(each.done_on))


def forecast_sentences(each: BookForecast) -> str:
    """How the odds stood at a decision, and what spoke for them."""
    odds = {Match.GOOD: each.good, Match.WORKABLE: each.workable, Match.POOR: each.poor}
    said = [
        _("How well we might fit, as it stood on {date}: {odds}").format(
            date=words.date_text(each.assessment_date), odds=words.odds_sentence(odds)
        ),
        _("My rules recommended: {name}. In the end I recommended: {final}.").format(
            name=words.recommendation_name(each.model), final=words.action_name(each.final)
        ),
    ]
    if each.gut is not None:
        said.append(_("My gut feeling: {name}.").format(name=words.action_name(each.gut)))
    scores = [
        *((words.axis_name(axis), score) for axis, score in each.axes.items()),
        *((words.evidence_name(tag), score) for tag, score in each.evidence.items()),
    ]
    said += [
        _("{name}: {share}%.").format(name=name, share=round(100 * score)) for name, score in scores
    ]
    return " ".join(said)


def outcome_terms(them: Iterable[BookOutcome]) -> Terms:
    """The day, and what was marked on it."""
    return tuple((words.date_text(each.on), _marked(each)) for each in them)


def _marked(each: BookOutcome) -> str:
    signs = [_(_SIGNS[sign]) for sign in Sign if sign in each.signs]
    said = "; ".join(signs) or _("none of the four signs that I look for")
    told = _("{occasion}: {signs}.").format(occasion=_(_OCCASIONS[each.occasion]), signs=said)
    return f"{told} {each.words}".strip()


def referral_terms(them: Iterable[BookReferral]) -> Terms:
    """The day, to whom they were sent on it, and what came of it."""
    return tuple((words.date_text(each.on), _sent(each)) for each in them)


def _sent(each: BookReferral) -> str:
    said = [_("I sent you to {name}.").format(name=each.name)]
    if each.result_on is not None and each.result in _RESULTS:
        heard = _(_RESULTS[each.result])
        said.append(heard.format(date=words.date_text(each.result_on)))
    else:
        said.append(_("I have not heard what came of it."))
    return " ".join((*said, each.words)).strip()
