"""The words that a prospect may read: constructive, in the first person, and without a score.

Kept apart from :mod:`reports.words` on purpose. Nothing here takes a judgement, a posterior or an
answer, so no figure can be dressed up as a phrase; an outcome and a stance choose among fixed
texts that would be as true of anyone with the same outcome. "I" is the consultant, "you" the
prospect, "we" both.
"""

from __future__ import annotations

from fitcheck.domain.assessment import Stage
from fitcheck.domain.judgement import Recommendation, Stance
from fitcheck.i18n import N_, _

_TITLES = {
    Recommendation.PROCEED: N_("How we could work together"),
    Recommendation.STAGE: N_("A first step together"),
    Recommendation.DECLINE: N_("After our conversation"),
    Recommendation.UNDECIDED: N_("Where our conversation stands"),
}


def title(outcome: Recommendation) -> str:
    """The heading of the document, and its title in the file."""
    return _(_TITLES[outcome])


_RECOMMENDATIONS = {
    Recommendation.PROCEED: (
        N_("I recommend that we begin."),
        N_(
            "What you have in mind is something I can help with. These pages say how I would go "
            "about it, so that you can agree, change it or say no."
        ),
    ),
    Recommendation.STAGE: (
        N_("I recommend a small first stage."),
        N_(
            "It has a result of its own, a fixed end and a fixed price. When it is done we both "
            "decide, with something in our hands, whether to go on and how. You owe me no more "
            "than that, nor I you."
        ),
    ),
    Recommendation.DECLINE: (
        N_("I recommend that we don’t start this work together."),
        N_(
            "I would rather say so early than take up time that you could use elsewhere. It is "
            "no verdict on you or on what you have in mind, and it need not be for ever: should "
            "things change, I will gladly talk with you again."
        ),
    ),
    Recommendation.UNDECIDED: (
        N_("I recommend one more conversation before either of us decides."),
        N_(
            "There are points that I want to understand first, so that what I propose fits you. "
            "After that you will have a clear answer from me."
        ),
    ),
}

_HOW = {
    Stance.LEAD: N_(
        "What you want to reach can be measured. So I will tell you plainly what I advise, even "
        "where it is unwelcome, and you can hold me to the figures that we agree on."
    ),
    Stance.SPLIT: N_(
        "Part of this can be measured, and part is yours to choose. On the first I will tell you "
        "plainly what I advise; on the second I will put options before you, and your choice "
        "stands."
    ),
    Stance.CATER: N_(
        "What counts here is what is right in your eyes. I will put well-made options before "
        "you and say what speaks for and against each; your choice stands."
    ),
}


def recommendation(outcome: Recommendation) -> tuple[str, str]:
    """The recommendation in one sentence, and what it means."""
    headline, meaning = _RECOMMENDATIONS[outcome]
    return _(headline), _(meaning)


def how_i_work(stance: Stance) -> str:
    """What the consultant does where figures decide, where taste decides, or both (I2)."""
    return _(_HOW[stance])


# ------------------------------------------------------------------------------ the first stage

_FIRST_STAGES = {
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


def default_first_stage(stance: Stance) -> Stage:
    """The stage that is offered where the consultant wrote none (I5)."""
    stage = _FIRST_STAGES[stance]
    return Stage(
        goal=_(stage.goal),
        deliverable=_(stage.deliverable),
        time_box=_(stage.time_box),
        cap=_(stage.cap),
        exit_test=_(stage.exit_test),
    )


_WORKED = {
    Stance.LEAD: N_(
        "Before we begin we write down what is counted, where it stands today, where it should "
        "stand, and by when."
    ),
    Stance.SPLIT: N_(
        "For the part that can be measured we write down what is counted, where it stands today, "
        "where it should stand, and by when. For the rest we name the person who says that it "
        "is right."
    ),
    Stance.CATER: N_(
        "No figure will decide this. We name the person who says that it is right, and what that "
        "person will look at."
    ),
}


def how_we_know(stance: Stance) -> str:
    """How success is agreed on: measures, a person who judges, or both (I2)."""
    return _(_WORKED[stance])


# ------------------------------------------------------------------------------ who decides what

_DECIDES: dict[Stance, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    Stance.LEAD: (
        (N_("The goal, and whether to act on what I advise"), N_("Money, people and priorities")),
        (N_("The method, and how findings are checked"), N_("What I put my name to")),
        (N_("Targets and dates"), N_("Any change of scope, before it is begun")),
    ),
    Stance.SPLIT: (
        (N_("Everything that is a matter of taste"), N_("Money, people and priorities")),
        (N_("How we measure, and what I advise on it"), N_("What I put my name to")),
        (
            N_("Which parts are measured and which are chosen"),
            N_("Targets, dates, and any change of scope, before it is begun"),
        ),
    ),
    Stance.CATER: (
        (N_("Which option is right, and when it is finished"), N_("Money, people and priorities")),
        (N_("Which options I put before you"), N_("How they are made, and how well")),
        (
            N_("The number of rounds, and the dates"),
            N_("Any change of scope, before it is begun"),
        ),
    ),
}


def who_decides(stance: Stance) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who decides what (I2, I26): three headings, each with its items."""
    headings = (_("You decide"), _("I decide"), _("We decide together"))
    return tuple(
        (heading, tuple(_(item) for item in items))
        for heading, items in zip(headings, _DECIDES[stance], strict=True)
    )


# ------------------------------------------------------------------------------ promises

_PROMISES = (
    (N_("On time."), N_("I deliver on the day that I named.")),
    (N_("Accurate."), N_("I check what I hand over, and I correct my mistakes at my own cost.")),
    (N_("No surprises."), N_("I tell you early what you can expect, and what you can’t.")),
    (N_("No hidden extras."), N_("I begin no extra work before you know its price and agree.")),
    (N_("As promised."), N_("I do everything that I said I would do, the small things too.")),
    (N_("Clear and open."), N_("I answer plainly, and I tell you bad news first and myself.")),
)


def promises() -> tuple[tuple[str, str], ...]:
    """The six promises of the working agreement (I19), each a name and a sentence."""
    return tuple((_(name), _(sentence)) for name, sentence in _PROMISES)


def scope_terms() -> str:
    """How extra work comes about (I16)."""
    return _(
        "Either of us may propose a change. It becomes work once both of us have agreed in "
        "writing what it is, what it costs and when it is done."
    )


def disagreement_lead() -> str:
    """What opens the disagreement protocol where their words are on record (I7)."""
    return _("I asked how you would like me to proceed if we come to see the approach differently.")


def disagreement_default() -> str:
    """The protocol that is proposed where they haven't said."""
    return _(
        "Each of us says what they see and why, once and plainly. If we still differ, you decide "
        "on what is yours to decide; I note what I advised, and I stand by you in what follows."
    )


_TO_BRING = {
    Stance.LEAD: N_("The figures that you look at today, however rough"),
    Stance.SPLIT: N_("One figure you would like to move, and one example that you like"),
    Stance.CATER: N_("Two or three examples: what you like, and what you don’t"),
}


def to_bring(stance: Stance) -> tuple[str, ...]:
    """What helps a further conversation along, whoever it is with."""
    return (
        _(_TO_BRING[stance]),
        _("What has been tried so far, and what came of it"),
        _("Who else will have a say, and whom it affects"),
    )


def blanks() -> tuple[str, ...]:
    """What is left to be filled in by hand while nothing has been confirmed (I10)."""
    return (
        _("What should be different"),
        _("What it costs you as things are"),
        _("What has to stay as it is"),
    )
