"""The words of a drafted plan, in English; translate them where they are shown.

All but the risks are written for the prospect's eyes: constructive, as true of anybody for whom the
same section is drafted, and without a score. "I" is the consultant, "you" the prospect, "we" both.
The risks are for the consultant ("you") about the prospect ("they").
"""

from __future__ import annotations

from dataclasses import dataclass

from fitcheck.domain.judgement import Stance
from fitcheck.domain.plan import Cases, Measure, RiskKind, Roles, Stage
from fitcheck.i18n import N_

ROLES = {
    Stance.LEAD: Roles(
        (N_("The goal, and whether to act on what I advise"), N_("Money, people and priorities")),
        (N_("The method, and how findings are checked"), N_("What I put my name to")),
        (N_("Targets and dates"), N_("Any change of scope, before it is begun")),
    ),
    Stance.SPLIT: Roles(
        (N_("Everything that is a matter of taste"), N_("Money, people and priorities")),
        (N_("How we measure, and what I advise on it"), N_("What I put my name to")),
        (
            N_("Which parts are measured and which are chosen"),
            N_("Targets, dates, and any change of scope, before it is begun"),
        ),
    ),
    Stance.CATER: Roles(
        (N_("Which option is right, and when it is finished"), N_("Money, people and priorities")),
        (N_("Which options I put before you"), N_("How they are made, and how well")),
        (
            N_("The number of rounds, and the dates"),
            N_("Any change of scope, before it is begun"),
        ),
    ),
}
"""I2, I26."""

PROMISES = (
    N_("On time. I deliver on the day that I named."),
    N_("Accurate. I check what I hand over, and I correct my mistakes at my own cost."),
    N_("No surprises. I tell you early what you can expect, and what you can’t."),
    N_("No hidden extras. I begin no extra work before you know its price and agree."),
    N_("As promised. I do everything that I said I would do, the small things too."),
    N_("Clear and open. I answer plainly, and I tell you bad news first and myself."),
)
"""I19: six, each with its name before the first full stop."""

SCOPE = N_(
    "Either of us may propose a change. It becomes work once both of us have agreed in writing "
    "what it is, what it costs and when it is done."
)
"""I16."""

DISAGREEMENT = N_(
    "Each of us says what they see and why, once and plainly. If we still differ, you decide on "
    "what is yours to decide; I note what I advised, and I stand by you in what follows."
)
"""I7, I9: what is proposed beside their own words."""

CASES = {
    Stance.LEAD: Cases(
        N_(
            "The figures that we agree on are reached by the day that we name, and your own "
            "people can keep them there."
        ),
        N_(
            "The figures don’t move. You have then spent the price and the time of the first "
            "stages, and you know what it isn’t."
        ),
    ),
    Stance.SPLIT: Cases(
        N_(
            "The figure that we agree on is reached, and what you chose is something that you "
            "are glad to show."
        ),
        N_(
            "The figure doesn’t move, or none of the options feels right to you. You have then "
            "spent the price of the first stages, and you keep what was found and made."
        ),
    ),
    Stance.CATER: Cases(
        N_("You have something that is right in your eyes, and you are glad to show it."),
        N_(
            "None of the options feels right to you. You have then spent the price of the rounds "
            "that we agreed on, and you keep what was made."
        ),
    ),
}
"""I13."""

MEASURE = Measure(
    what=N_("The figure that has to move"),
    baseline=N_("Taken together before anything is changed"),
    target=N_("Agreed once today’s figure is known"),
    by=N_("Named together with the target"),
)
"""I2: what is measured, as long as nobody has put it into figures."""

SIGNS_OFF = {
    Stance.SPLIT: N_(
        "For what is chosen rather than measured: one person on your side, named before we begin."
    ),
    Stance.CATER: N_("One person on your side, named before we begin, who says when it is right."),
}
"""I2."""

FIRST_STAGES = {
    Stance.LEAD: Stage(
        goal=N_("See where you stand today, in figures, and what moves them"),
        deliverable=N_(
            "A short written finding: today’s figures and where they come from, the likely "
            "causes, and the target that I would advise."
        ),
        time_box=N_("Three weeks at most"),
        cap=N_("A fixed sum, agreed before we begin"),
        exit_test=N_(
            "You could check the figures yourself, and we agree on one target worth going on for."
        ),
    ),
    Stance.SPLIT: Stage(
        goal=N_("Separate what can be measured from what is yours to choose, and try one of each"),
        deliverable=N_(
            "One page with today’s figure for the part that can be measured, and two options, "
            "worked out far enough to be judged, for the part that you choose."
        ),
        time_box=N_("Three weeks at most"),
        cap=N_("A fixed sum, agreed before we begin"),
        exit_test=N_(
            "We agree on the figure, you have chosen an option or said what a better one needs, "
            "and both of us want to go on."
        ),
    ),
    Stance.CATER: Stage(
        goal=N_("Find out what is right in your eyes, on one small piece"),
        deliverable=N_(
            "Two or three options for that piece, each with what speaks for and against it, and "
            "one round of changes to the one that you choose."
        ),
        time_box=N_("Two weeks at most"),
        cap=N_("A fixed sum, agreed before we begin"),
        exit_test=N_("You would be glad to show the piece to the people it is meant for."),
    ),
}
"""I5: the stage that suits the stance, where no facet is known to be weak."""


@dataclass(frozen=True)
class FacetWords:
    """What is drafted where a facet is weak: a stage that tries it, a reason to part, a risk."""

    goal: str
    deliverable: str
    exit_test: str
    reason: str
    risk: str


FACETS = {
    "ease": FacetWords(
        N_("Do one small thing together, and see how we talk when there is work on the table"),
        N_("One question of yours, worked on side by side for half a day, with a page of results."),
        N_("Both of us said what was on our minds, and both would gladly do another half day."),
        N_("I think that you will get further with somebody with whom talking comes more easily."),
        N_("Talk stays stiff, so that what is wrong comes out late or not at all."),
    ),
    "listening": FacetWords(
        N_("Write down what each of us has understood, and put it right until both agree"),
        N_("One page in your words and mine: what is wrong, what it costs you, what has to stay."),
        N_("Each of us can say the other’s view so that the other would sign it."),
        N_(
            "I have not found the way to show you that I understand what you need, and you "
            "deserve somebody who does."
        ),
        N_("You work on what you believe that they said, or they on what they believe you said."),
    ),
    "handling-disagreement": FacetWords(
        N_("Decide one open point on which we see things differently, in the way that we agree on"),
        N_("Both views with their reasons on one page, and the decision with its date."),
        N_("The point was decided as we had agreed, and both of us stand by it."),
        N_(
            "Where we see things differently we haven’t found a way of settling it that suits us "
            "both."
        ),
        N_("The first real difference of opinion stops the work."),
    ),
    "way-of-working": FacetWords(
        N_("Try our way of working on one small piece, with fixed days and a fixed rhythm"),
        N_("One small piece, delivered in two steps, each on the day that was named."),
        N_("Both of us kept the days that we had named, and neither wants another rhythm."),
        N_("The way in which you like to work and the way in which I do are too far apart."),
        N_("Days slip and meetings move, because each side works to another rhythm."),
    ),
    "respect-and-boundaries": FacetWords(
        N_("Carry out one piece of work with its edges written down beforehand"),
        N_("The piece as described, and a list of everything that came up beside it, untouched."),
        N_("What was added was agreed in writing first, and hours that were agreed were kept."),
        N_("What you need from an adviser goes beyond the hours and the scope that I can offer."),
        N_("Extra work and odd hours are taken for granted."),
    ),
    "partnership": FacetWords(
        N_("Settle who leads in what, on one real decision"),
        N_("One decision prepared by me and made by you, with the reasons written down."),
        N_("Each of us left to the other what was the other’s to decide."),
        N_("What you are looking for is another part than the one that I can play well."),
        N_("You are hired as an expert, and used as a pair of hands, or the other way round."),
    ),
    "ability": FacetWords(
        N_("Show you on a small piece what my work is worth to you"),
        N_("One finding or one piece of work that you can check for yourself."),
        N_("You, or somebody whom you choose, have checked it, and it held."),
        N_("For this you should have somebody whose experience convinces you."),
        N_("Your advice is not followed, because they doubt that you know the trade."),
    ),
    "openness": FacetWords(
        N_("Look at the real papers together, and speak with the people who know the work"),
        N_("A short picture of how things are, drawn from your own papers and people."),
        N_("The papers that we listed were there, and the people that we listed could speak."),
        N_("I would need to see more than you can show at present to be of use to you."),
        N_("You are asked to judge without the papers, the people or the budget that it takes."),
    ),
    "integrity": FacetWords(
        N_("Begin with terms that are simple to keep on both sides"),
        N_("One piece of work with its price, its day and its payment named in three sentences."),
        N_("What was to be delivered was delivered, and what was to be paid was paid, on the day."),
        N_("We would need other terms than the two of us could agree on."),
        N_("What was agreed is not kept, or others are not treated as fairly as you would want."),
    ),
    "goodwill": FacetWords(
        N_("Bring those whom it affects to the table, and hear what they need"),
        N_("A list of who is affected, what each of them needs, and who tells them what."),
        N_("Those whom it affects have heard of it from you and know whom they can ask."),
        N_("I don’t see how I could do this well for you and for the others whom it affects."),
        N_("Somebody who isn’t at the table pays for the result."),
    ),
    "follow-through": FacetWords(
        N_("Each of us does one thing by a day that we name, and we see where we stand"),
        N_("Two short lists, yours and mine, each item with its day."),
        N_("Both lists were done by their days, or a change was announced beforehand."),
        N_("The time that this takes on your side doesn’t seem to be there at present."),
        N_("Your work waits for theirs, and the dates that you gave can’t be kept."),
    ),
    "unwelcome-facts": FacetWords(
        N_("Find one uncomfortable fact together, and agree on what it means"),
        N_("One finding with its source, as it is, and what I would do about it."),
        N_("The finding was looked at with those whom it concerns, and something came of it."),
        N_("What I would have to tell you is better heard from somebody else."),
        N_("Findings that they don’t like are argued away, or held against you."),
    ),
    "readiness": FacetWords(
        N_("Change one small thing, and see whether it lasts"),
        N_("One change that is in use for a month, and what it took to keep it so."),
        N_("The change is still in use at the end of the month, without me."),
        N_("I have the impression that this isn’t the moment for the change that it would take."),
        N_("Everything is agreed on, and nothing is changed."),
    ),
}
"""By the id of the facet; a bank of one's own may have others, for which nothing is drafted."""

RISKS = {
    "stakeholders": (
        RiskKind.THIRD_PARTY,
        N_("People whose work is affected hear of it late, or from somebody else."),
    ),
    "confidences": (
        RiskKind.CONFIDENTIALITY,
        N_("What you are told in confidence, or what you tell them, doesn’t stay where it was."),
    ),
}
"""I15: questions whose low answer is a risk to others, by id; their facet says another thing."""

RULED_OUT = N_("There is a point on which I don’t take on work, whoever asks.")
"""The reason that a confirmed deal-breaker gives."""
