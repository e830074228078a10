"""The words that a prospect may read: constructive, in the first person, and without a score.

Kept apart from :mod:`reports.words` on purpose. Nothing here takes a judgement, a posterior or an
answer, so no figure can be dressed up as a phrase; an outcome and a stance choose among fixed
texts that would be as true of anyone with the same outcome. "I" is the consultant, "you" the
prospect, "we" both.
"""

from __future__ import annotations

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


def disagreement_lead() -> str:
    """What opens the disagreement protocol where their words are on record (I7)."""
    return _("I asked how you would like me to proceed if we come to see the approach differently.")


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
