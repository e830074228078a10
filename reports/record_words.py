"""Every word of the track record: what is found, how sure that is, and what it can't say."""

from __future__ import annotations

from fitcheck.domain.calibration import Bin
from fitcheck.domain.forecast import Engagement, Forecast, NoForecast
from fitcheck.domain.outcome import Occasion, Outcome, Sign
from fitcheck.domain.policy import Action, Match
from fitcheck.domain.record import Record
from fitcheck.domain.track_record import (
    CLAIMS_FROM,
    TUNING_FROM,
    Adviser,
    Figures,
    Finding,
    Telling,
    TrackRecord,
)
from fitcheck.i18n import N_, _, decimal, ngettext
from reports import words

# Outcomes

_SIGNS = {
    Sign.PAID: N_("They paid on time"),
    Sign.SCOPE: N_("The scope held, or what was added was priced"),
    Sign.TARGET: N_("The agreed target or sign-off was met"),
    Sign.AGAIN: N_("You would work together again"),
}

_OCCASIONS = {
    Occasion.NINETY_DAYS: N_("After ninety days"),
    Occasion.END: N_("At the end"),
}

_OUTCOMES = {
    Match.GOOD: N_("It came out well"),
    Match.WORKABLE: N_("It came out workable"),
    Match.POOR: N_("It came out poorly"),
}


def sign_name(sign: Sign) -> str:
    return _(_SIGNS[sign])


def occasion_name(occasion: Occasion) -> str:
    return _(_OCCASIONS[occasion])


def outcome_name(match: Match) -> str:
    """As a sentence without its full stop: "It came out well"."""
    return _(_OUTCOMES[match])


def outcome_rule(signs: int, match: Match) -> str:
    """What a number of marks comes to: "3 of 4 marks: it came out workable."."""
    texts = {
        Match.GOOD: _("{count} of 4 marks: it came out well."),
        Match.WORKABLE: _("{count} of 4 marks: it came out workable."),
        Match.POOR: _("{count} of 4 marks: it came out poorly."),
    }
    return texts[match].format(count=signs)


def marked_sentence(outcome: Outcome) -> str:
    """What was marked, when, and what it comes to."""
    return _("{when}, marked on {date}: {outcome}").format(
        when=occasion_name(outcome.occasion),
        date=words.date_text(outcome.on),
        outcome=outcome_rule(len(outcome.signs), outcome.match),
    )


def decided_sentence(engagement: Engagement) -> str:
    texts = {
        Action.PROCEED: _("You decided on {date} to proceed."),
        Action.STAGE: _("You decided on {date} to stage the work."),
        Action.DECLINE: _("You decided on {date} to decline."),
    }
    return texts[engagement.final].format(date=words.date_text(engagement.decided_on))


def due_text(count: int, most: int) -> str:
    """How many outcomes are to be marked; more than ``most`` are not counted."""
    if count > most:
        return _("More than {count} outcomes to mark").format(count=most)
    return ngettext("{count} outcome to mark", "{count} outcomes to mark", count).format(
        count=count
    )


_NO_FORECAST = {
    NoForecast.NOT_ASSESSED: N_("Nothing had been assessed to the end when it was decided."),
    NoForecast.RULES_UNKNOWN: N_("The bank or the policy that judged it is not in this book."),
}


def no_odds_sentence(engagement: Engagement) -> str:
    """Why there are no odds that the outcome could be held against; empty where there are."""
    if isinstance(engagement.forecast, NoForecast):
        return _(_NO_FORECAST[engagement.forecast])
    return ""


# The record


def title() -> str:
    return _("Track record")


_FINDINGS = {
    Finding.ALIKE: N_("Every outcome was alike, so nothing can be told apart."),
    Finding.FITTING: N_("Nothing in these outcomes speaks against your odds."),
    Finding.TOO_SURE: N_("Your odds were surer than they ought to have been."),
    Finding.NOT_SURE_ENOUGH: N_("Your odds were less sure than they could have been."),
    Finding.TOO_HOPEFUL: N_("Fewer came out well than your odds had said."),
    Finding.TOO_GLOOMY: N_("More came out well than your odds had said."),
}

_MEANINGS = {
    Finding.ALIKE: N_(
        "As long as all of them come out well, or none of them, nobody can say whether odds of "
        "60% or of 90% were the better ones."
    ),
    Finding.FITTING: N_(
        "That is no proof that they are right: outcomes that are still to come may show a fault "
        "that these hide."
    ),
    Finding.TOO_SURE: N_(
        "Where they said that a good match was likely, it was less likely than that, and where "
        "they said unlikely, it was more likely. Take high and low odds for less than they say."
    ),
    Finding.NOT_SURE_ENOUGH: N_(
        "Where they said that a good match was likely, it was more likely still, and where they "
        "said unlikely, less. The answers carry more than the odds make of them."
    ),
    Finding.TOO_HOPEFUL: N_("Read odds of a good match as somewhat too high."),
    Finding.TOO_GLOOMY: N_("Read odds of a good match as somewhat too low."),
}


def finding_sentence(track: TrackRecord) -> str:
    if track.finding is Finding.TOO_EARLY:
        return ngettext(
            "Too early to say anything: {count} more outcome is needed.",
            "Too early to say anything: {count} more outcomes are needed.",
            track.missing,
        ).format(count=track.missing)
    return _(_FINDINGS[track.finding])


def finding_meaning(track: TrackRecord) -> str:
    """What the finding means, and how far it can be relied on."""
    if track.finding is Finding.TOO_EARLY:
        return _(
            "Under {count} outcomes, chance alone makes good odds look bad and bad odds look good. "
            "Until then you see the list, and no figures."
        ).format(count=CLAIMS_FROM)
    meaning = _(_MEANINGS[track.finding])
    if track.finding in (Finding.ALIKE, Finding.FITTING):
        return meaning
    doubt = _(
        "Odds that are right would be told so by mere chance in one record of twenty at most; see "
        "whether it is still said after some more outcomes."
    )
    return f"{meaning} {doubt}"


def outcomes_text(track: TrackRecord) -> str:
    """How many outcomes the record rests on."""
    number = len(track.cases)
    return ngettext(
        "{count} outcome whose odds are known",
        "{count} outcomes whose odds are known",
        number,
    ).format(count=number)


def score_text(score: float) -> str:
    return decimal(score, 3).replace("-", "\N{MINUS SIGN}")


def brier_sentences(figures: Figures) -> tuple[str, ...]:
    """The score, and whether it is better than what is known without asking anything."""
    score = _(
        "Brier score: {score}. It is 0 for odds that are always sure and right, 2 for odds that "
        "are always sure and wrong."
    ).format(score=score_text(figures.brier))
    if figures.skill is None:
        return (score, _("Every outcome was alike, so there is nothing to compare it with."))
    share = words.whole_percent(abs(figures.skill))
    texts = (
        _(
            "Saying each time how often these came out well, workable and poorly would score "
            "{base}: your odds are {share}% better than that."
        ),
        _(
            "Saying each time how often these came out well, workable and poorly would score "
            "{base}: your odds are {share}% worse than that."
        ),
    )
    text = texts[figures.skill < 0].format(base=score_text(figures.base_brier), share=share)
    return (score, text)


def diagram_title() -> str:
    return _("When the odds said so, how often did it come out well?")


def diagram_headings() -> tuple[str, ...]:
    return (_("Said on average"), _("Came out well"), _("Of"), _("Share"), _("Likely between"))


def diagram_row(point: Bin) -> tuple[str, ...]:
    return (
        words.percent(point.mean),
        str(round(point.share * point.number)),
        str(point.number),
        words.percent(point.share),
        _("{low} and {high}").format(low=words.percent(point.low), high=words.percent(point.high)),
    )


def diagram_sentence(point: Bin) -> str:
    """A point of the diagram in words."""
    return _(
        "Said {said} on average: {hits} of {number} came out well, that is {share}, likely "
        "between {low} and {high}."
    ).format(
        said=words.percent(point.mean),
        hits=round(point.share * point.number),
        number=point.number,
        share=words.percent(point.share),
        low=words.percent(point.low),
        high=words.percent(point.high),
    )


def diagram_note() -> str:
    return _(
        "On the slanting line, odds and outcomes agree. Each upright bar is where the true share "
        "lies with 95% confidence (Wilson’s interval): as long as it touches the line, chance "
        "alone may explain where that point stands. The sentence at the top weighs all of them "
        "together."
    )


def murphy_rows(figures: Figures) -> tuple[tuple[str, float, str], ...]:
    """Each part of the score with its name and what it means."""
    parts = figures.murphy
    return (
        (
            _("Reliability"),
            parts.reliability,
            _("How far what came true lay from the odds. The less, the better."),
        ),
        (
            _("Resolution"),
            parts.resolution,
            _("How well the odds told apart what came out well. The more, the better."),
        ),
        (
            _("Uncertainty"),
            parts.uncertainty,
            _("How hard these were to foretell at all, by whatever means."),
        ),
    )


def murphy_sentence(figures: Figures) -> str:
    parts = figures.murphy
    return _(
        "Of a good match alone the score is {score}, where 0 is best: reliability, less "
        "resolution, plus uncertainty. What is left, {rest}, comes of unlike odds that stand in "
        "one point of the diagram."
    ).format(score=score_text(parts.score), rest=score_text(parts.spread))


# Who had advised what


def advisers(track: TrackRecord) -> tuple[tuple[str, Adviser], ...]:
    return (
        (_("The model"), track.model),
        (_("Your gut"), track.gut),
        (_("Your decision"), track.final),
        (_("Where you overruled the model"), track.overruled),
    )


def adviser_headings() -> tuple[str, ...]:
    return (
        _("Advice"),
        _("Cases"),
        *(words.action_name(action) for action in Action),
        _("Mean loss"),
    )


def adviser_row(name: str, adviser: Adviser) -> tuple[str, ...]:
    return (
        name,
        str(adviser.cases),
        *(_counts(adviser, action) for action in Action),
        decimal(adviser.loss, 2) if adviser.cases >= CLAIMS_FROM else _("too few"),
    )


def _counts(adviser: Adviser, action: Action) -> str:
    came = adviser.outcomes[action]
    return " · ".join(str(came[match]) for match in Match) if any(came.values()) else "–"


def advisers_note() -> str:
    return _(
        "The three figures are how many came out well, workable and poorly. The mean loss is that "
        "of the policy in force: the lower the better. Compare two of them only where they rest "
        "on the same cases."
    )


# What told good from others


def telling_headings(first: str) -> tuple[str, ...]:
    return (first, _("Came out well"), _("Others"), _("Told apart"))


def telling_row(name: str, telling: Telling) -> tuple[str, ...]:
    value = _("too few") if telling.value is None else words.percent(telling.value)
    return (name, str(telling.good), str(telling.others), value)


def telling_note() -> str:
    return _(
        "Of two engagements, one of which came out well: how often that one had scored higher. 50% "
        "is what a coin says, 100% is always. It shows what goes together, not what is the cause."
    )


# What it can't say


def cautions(record: Record) -> tuple[str, ...]:
    """What one must know before believing any of it."""
    found = [
        _(
            "A good fit is not the same as a good outcome: a poor fit may pay and a good one may "
            "fail, for reasons that no odds knew of."
        )
    ]
    if record.declined:
        found.append(
            ngettext(
                "{count} prospect was declined. Declined prospects have no outcome, so nothing "
                "here says whether it was right to decline.",
                "{count} prospects were declined. Declined prospects have no outcome, so nothing "
                "here says whether it was right to decline.",
                record.declined,
            ).format(count=record.declined)
        )
    else:
        found.append(
            _(
                "Declined prospects have no outcome: nothing here will say whether it was right "
                "to decline."
            )
        )
    if record.without_odds:
        found.append(
            ngettext(
                "{count} outcome is not counted, since nobody knows what its odds were on the day "
                "of the decision.",
                "{count} outcomes are not counted, since nobody knows what their odds were on the "
                "days of the decisions.",
                record.without_odds,
            ).format(count=record.without_odds)
        )
    if len(record.track.cases) >= CLAIMS_FROM:
        found.append(tuning_sentence(record.track))
    return tuple(found)


def tuning_sentence(track: TrackRecord) -> str:
    if track.may_tune:
        return _(
            "There are enough outcomes to think about other bars. Try them on the past in the "
            "settings; nothing changes by itself."
        )
    return _(
        "Under {count} outcomes, no change of the bars is worth thinking about: it would follow "
        "chance."
    ).format(count=TUNING_FROM)


# The list of cases


def case_headings() -> tuple[str, ...]:
    return (
        *(_("Name"), _("Decided on"), _("Decision")),
        *(_("Good match (%)"), _("Workable match (%)"), _("Poor match (%)")),
        *(_("Recommended"), _("Gut feeling"), _("Came out"), _("Marks"), _("Marked on")),
    )


def cases_note(record: Record) -> tuple[str, ...]:
    """What stands above the list: how its odds are read, and why some are missing."""
    found = [_("Odds: good, workable, poor, as they stood at the decision.")]
    found += dict.fromkeys(
        _("{name}: {reason}").format(name=each.name, reason=no_odds_sentence(each))
        for each in record.engagements
        if no_odds_sentence(each)
    )
    return tuple(found)


def came_out(match: Match) -> str:
    """An outcome as a cell of the list: "Well"."""
    return {
        Match.GOOD: _("Well"),
        Match.WORKABLE: _("Workable"),
        Match.POOR: _("Poorly"),
    }[match]


def odds_cells(engagement: Engagement) -> tuple[str, ...]:
    """The odds of the day in whole per cent; empty where they aren't known."""
    forecast = engagement.forecast
    if not isinstance(forecast, Forecast):
        return ("",) * len(Match)
    return tuple(map(str, words.percents([forecast.odds[match] for match in Match])))


def advice_cells(engagement: Engagement) -> tuple[str, str]:
    """What the model and the gut had advised; empty where that isn't known."""
    forecast = engagement.forecast
    if not isinstance(forecast, Forecast):
        return ("", "")
    model = words.action_name(forecast.model) if forecast.model else _("Too early")
    return (model, words.action_name(forecast.gut) if forecast.gut else "")
