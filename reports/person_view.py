"""What the template of a person's file gets: all of it in plain words, said to that person.

Nothing is left out but what is only typed on: of a text that grew letter by letter, the list of
changes shows where it ended. All of it lies inside the PDF as JSON, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fitcheck.codec import encode
from fitcheck.domain.assessment import Answer, Assessment
from fitcheck.domain.bank import Axis, Bank, Side
from fitcheck.domain.book_years import BookForecast
from fitcheck.domain.history import EventKind
from fitcheck.domain.judgement import judge
from fitcheck.domain.listed import Summary
from fitcheck.domain.period import Decision, Extension, Opening, Reopening, Step
from fitcheck.domain.person import Logged, PersonAssessment
from fitcheck.domain.policy import Match, Policy
from fitcheck.domain.report import PersonFile
from fitcheck.i18n import _, language_name, languages, ngettext
from fitcheck.place import parse_language, parse_place
from reports import person_years, words
from reports.leaves import Moved, Path, leaves, moved_by, name_of, place_text
from reports.private_view import AnswerLine, answer_line

MOST_CHANGES = 400_000
"""Characters of changes beyond which paper is no place for them."""

Terms = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A heading, and under it names with what is kept under each."""

    heading: str
    terms: Terms


@dataclass(frozen=True)
class ChangeLine:
    """One text that was changed; ``how`` is empty unless something was taken back."""

    when: str
    how: str
    moved: Moved


@dataclass(frozen=True)
class Assessed:
    """One assessment; what there is none of is empty."""

    heading: str
    facts: Terms
    conclusion: tuple[str, ...]
    parts: tuple[Part, ...]
    deal_breakers: Terms
    answers: tuple[AnswerLine, ...]
    theirs: tuple[AnswerLine, ...]
    changes: tuple[ChangeLine, ...]


def title() -> str:
    """The heading of the document, and its title in the file."""
    return _("What I keep about you")


def context(report: PersonFile) -> dict[str, Any]:
    """The context of ``person.html``, all words in the language in force."""
    person = report.person
    pairs = zip(person.assessments, report.rules, strict=True)
    assessed = [_assessed(each, bank, policy) for each, (bank, policy) in pairs]
    long = sum(_length(line) for each in assessed for line in each.changes)
    return {
        "title": title(),
        "person": person.prospect,
        "date": person.made_on,
        "lead": _(
            "You asked what I keep about you. This is all of it as it stood on {date}: what you "
            "told me, what I noted, what I made of it, and what I changed since."
        ).format(date=words.date_text(person.made_on)),
        "about": (
            _(
                "I keep it to find out with you whether and how we should work together. It lies "
                "in an encrypted file on my own computer, and in copies of that file in case it "
                "is lost. The program that I write it with, FitCheck, sends it to nobody."
            ),
            _(
                "Where there are figures, they are a rule of thumb for my own decision, about how "
                "the two of us may fit. They are no mark for you as a person."
            ),
            _(
                "Tell me where something is wrong, and I will put it right; tell me if you want "
                "it erased. The same is inside this PDF as person.json, for a computer to read."
            ),
        ),
        "who": _who(report),
        "kept": _kept(report),
        "noted": person_years.noted(person.about),
        "steps": [
            _step(step, person.forecasts.get(place))
            for place, step in enumerate(person.period.steps)
        ],
        "follow_ups": person_years.follow_up_terms(person.follow_ups),
        "outcomes": person_years.outcome_terms(person.outcomes),
        "referrals": person_years.referral_terms(person.referrals),
        "assessed": assessed,
        "changes_shown": long <= MOST_CHANGES,
    }


def _who(report: PersonFile) -> Terms:
    prospect = report.person.prospect
    named = (
        (_("Name"), prospect.name),
        (_("Organisation"), prospect.organisation),
        (_("Role"), prospect.role),
        (_("E-mail"), prospect.email),
        (_("Phone"), prospect.phone),
        (_("Where we met"), prospect.met_at),
    )
    return tuple((name, text) for name, text in named if text)


def _kept(report: PersonFile) -> tuple[str, ...]:
    """For how long, and why so long."""
    keeping, until = report.person.keeping, words.date_text(report.kept_until)
    changed = words.date_text(report.person.changed.date())
    if keeping.until is None:
        said = ngettext(
            "I keep this until {until}: {count} year after the last change, which was on "
            "{changed}.",
            "I keep this until {until}: {count} years after the last change, which was on "
            "{changed}.",
            report.years,
        ).format(until=until, count=report.years, changed=changed)
    else:
        said = _(
            "I keep this until {until}, a day that I chose for you. The last change was on "
            "{changed}."
        ).format(until=until, changed=changed)
    sentences = [
        said,
        _(
            "Nothing goes by itself: from that day on the program asks me every year whether I "
            "still need it."
        ),
    ]
    if keeping.kept_on is not None:
        sentences.append(
            _("When it last asked, on {date}, I still did.").format(
                date=words.date_text(keeping.kept_on)
            )
        )
    return tuple(sentences)


def _step(step: Step, forecast: BookForecast | None) -> tuple[str, str]:
    """A day, and what happened on it."""
    match step:
        case Opening(until=None):
            said = _("We began.")
        case Opening(until=dt.date() as until):
            said = _("We began, and meant to decide by {until}.").format(
                until=words.date_text(until)
            )
        case Extension(_on, until, reason):
            said = _("We took more time, until {until}: {reason}").format(
                until=words.date_text(until), reason=reason
            )
        case Decision(_on, action, text):
            said = _("I decided: {action}.").format(action=words.action_name(action))
            said = f"{said} {text}".strip()
            if forecast is not None:
                said = f"{said}\n{person_years.forecast_sentences(forecast)}"
        case Reopening():
            said = _("I took that decision back.")
    return words.date_text(step.on), said


# One assessment


def _assessed(each: PersonAssessment, bank: Bank, policy: Policy) -> Assessed:
    of = each.assessment
    return Assessed(
        heading=_("My assessment of {date}").format(date=words.date_text(of.date)),
        facts=_facts(each, bank),
        conclusion=_conclusion(of, each.summary, bank, policy),
        parts=tuple(_parts(of, bank)),
        deal_breakers=tuple(
            (words.deal_breaker_text(id_, bank), words.deal_breaker_state_name(state))
            for id_, state in of.deal_breakers.items()
        ),
        answers=_answers(of, bank, Side.CONSULTANT),
        theirs=_answers(of, bank, Side.PROSPECT),
        changes=_changes(each.history, bank),
    )


def _facts(each: PersonAssessment, bank: Bank) -> Terms:
    of = each.assessment
    question, inquiry, spent = parse_place(each.position)
    language = parse_language(each.position)
    stands = bank.by_id.get(question)
    minutes = round((spent + sum(inquiry.seconds.values())) / 60)
    facts = (
        (_("Begun"), _moment(each.started_at)),
        (_("Form"), words.form_name(of.form)),
        (_("Finished"), _("Yes") if each.finished else _("Not yet")),
        (_("Last question"), words.bank_text(stands.say) if stands else ""),
        (
            _("Time taken"),
            ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
            if minutes
            else "",
        ),
        (_("Typed, not yet kept"), inquiry.words),
        (
            _("Language of the documents"),
            language_name(language) if language in languages() else language,
        ),
        (
            _("Rules"),
            _("Questions {bank}, policy {policy}, my appetite for risk: {appetite}").format(
                bank=of.bank, policy=of.policy, appetite=words.appetite_name(of.appetite)
            ),
        ),
        (_("Number on your form"), each.form_token),
    )
    return tuple((name, text) for name, text in facts if text)


def _conclusion(
    of: Assessment, summary: Summary | None, bank: Bank, policy: Policy
) -> tuple[str, ...]:
    if summary is None:
        return ()
    name = words.recommendation_name(summary.recommendation)
    said = _("Leaning to: {name}.") if summary.leaning else _("My recommendation: {name}.")
    odds = {
        Match.GOOD: summary.good,
        Match.WORKABLE: summary.workable,
        Match.POOR: summary.poor,
    }
    axes = judge(of, bank, policy).axes
    return (
        said.format(name=name),
        _("How well we may fit: {odds} {answered} of {asked} questions are answered.").format(
            odds=words.odds_sentence(odds), answered=summary.answered, asked=summary.asked
        ),
        " ".join(
            _("{axis}: {range}.").format(
                axis=words.axis_name(axis), range=words.range_text(axes[axis])
            )
            for axis in Axis
        ),
    )


def _parts(of: Assessment, bank: Bank) -> Iterable[Part]:
    """What stands beside the answers, part by part."""
    said = {"in_their_words": of.prospect.in_their_words, **encode(of.conversation)}
    if terms := _terms(said, bank):
        yield Part(_("Our conversation"), terms)
    for name in ("gut", "override", "dissent", "releases"):
        if terms := _terms(encode(getattr(of, name)), bank):
            yield Part(name_of(name), terms)
    for section, value in encode(of.plan).items():
        if terms := _terms(value, bank):
            yield Part(_("Plan: {section}").format(section=name_of(section)), terms)


def _terms(value: Any, bank: Bank) -> Terms:
    """The leaves of a value; bare texts of one list stand under one name, records are counted."""
    terms: list[tuple[str, str]] = []
    record: str | int | None = None
    for path, group in groupby(leaves(value, bank), key=lambda leaf: _named(leaf.path)):
        place = place_text(path)
        if path and isinstance(path[0], int):
            name = place_text(path[1:])
            place = name if path[0] == record else f"{path[0] + 1}. {name}"
            record = path[0]
        terms.append((place, "\n".join(leaf.text for leaf in group)))
    return tuple(terms)


def _named(path: Path) -> Path:
    """A path without the number of a bare text in its list."""
    return path[:-1] if path and isinstance(path[-1], int) else path


def _answers(of: Assessment, bank: Bank, side: Side) -> tuple[AnswerLine, ...]:
    """The answers of one side in form order, and last those to what the bank doesn't ask."""
    asked = [q for q in bank.questions if q.side is side and q.id in of.answers]
    lines = [answer_line(question, of.answers[question.id]) for question in asked]
    if side is Side.CONSULTANT:
        others = [answer for id_, answer in of.answers.items() if id_ not in bank.by_id]
        lines += [_unknown(answer) for answer in others]
    return tuple(lines)


def _unknown(answer: Answer) -> AnswerLine:
    value = "" if answer.value is None else str(answer.value)
    evidence = words.evidence_name(answer.evidence) if answer.evidence else ""
    return AnswerLine(answer.question, "", "", value, "", evidence, answer.note, answer.quote)


# Changes


def _changes(history: tuple[Logged, ...], bank: Bank) -> tuple[ChangeLine, ...]:
    lines: list[ChangeLine] = []
    for entry in history:
        for moved in moved_by(entry.event.change, bank):
            line = ChangeLine(_moment(entry.at), _how(entry.event.kind), moved)
            if lines and _typed_on(lines[-1], line):
                moved = Moved(moved.place, lines[-1].moved.before, moved.after)
                lines[-1] = ChangeLine(line.when, "", moved)
            else:
                lines.append(line)
    return tuple(lines)


def _typed_on(line: ChangeLine, following: ChangeLine) -> bool:
    """Whether the text only grew, so that nothing of what it was is missing in what it became."""
    then, now = line.moved, following.moved
    return (
        not (line.how or following.how)
        and then.place == now.place
        and bool(then.after)
        and then.after == now.before
        and now.after.startswith(then.after)
    )


def _how(kind: EventKind) -> str:
    return {
        EventKind.SET: "",
        EventKind.UNDO: _("taken back"),
        EventKind.REDO: _("made again"),
    }[kind]


def _moment(at: dt.datetime) -> str:
    utc = at.astimezone(dt.UTC)
    return _("{moment} UTC").format(moment=words.when_text(utc.date(), utc.time()))


def _length(line: ChangeLine) -> int:
    return len(line.moved.place) + len(line.moved.before) + len(line.moved.after)
