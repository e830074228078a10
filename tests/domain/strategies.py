"""Valid assessment files, as hypothesis strategies over the shipped bank."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from fitcheck.library import load_bank

BANK = load_bank()

_values = st.sampled_from([0, 1, 2, 3, 4, "unknown", "not_applicable"])
_tags = st.sampled_from(["observed", "reported", "hunch"])


def _file(draw: st.DrawFn, answers: list[dict[str, Any]]) -> dict[str, Any]:
    """A file around these answers, with any form and appetite and often with deal-breakers."""
    states = st.sampled_from(["open", "cleared", "cleared", "suspected", "confirmed"])
    suspects = draw(st.lists(st.sampled_from(BANK.deal_breakers), unique_by=lambda d: d.id))
    return {
        "format": "fitcheck/assessment",
        "format_version": 1,
        "date": "2026-11-21",
        "bank": {"id": "core", "version": "1.0.0"},
        "form": draw(st.sampled_from(["full", "event"])),
        "appetite": draw(st.sampled_from(["balanced", "choosy", "hungry"])),
        "prospect": {"name": "Ada"},
        "answers": answers,
        "deal_breakers": [
            {"id": d.id, "state": draw(states)} for d in (suspects if draw(st.booleans()) else [])
        ],
        "override": None,
    }


_MOODS = ([0, 1, 2], [1, 2, 3], [2, 3], [2, 3, 4], [3, 4])


@st.composite
def nearly_done_files(draw: st.DrawFn, *moods: list[int]) -> dict[str, Any]:
    """A file with few open questions, of a talk that went one way: often settled, often not."""
    chance = draw(st.randoms(use_true_random=False))
    levels = draw(st.sampled_from(moods or _MOODS))
    tags = draw(st.sampled_from([["observed"], ["observed", "reported", "hunch"]]))
    left = draw(st.integers(0, 9))
    order = chance.sample(BANK.questions, len(BANK.questions))
    answers = [
        {
            "question": question.id,
            "answer": chance.choice([*levels, *levels, "not_applicable"]),
            "evidence": chance.choice(tags),
        }
        for question in order[left:]
    ]
    return _file(draw, answers)


@st.composite
def assessment_files(draw: st.DrawFn) -> dict[str, Any]:
    """A file with any form, appetite, answers and deal-breakers; often good enough to proceed."""
    # A common mood makes whole interviews good or bad; without it nearly all would be lukewarm.
    mood = draw(st.sampled_from([_values, st.sampled_from([3, 4]), st.sampled_from([0, 1, 2])]))
    their_mood = draw(st.sampled_from([_values, st.sampled_from([0, 1]), st.sampled_from([3, 4])]))
    asked = draw(st.lists(st.sampled_from(BANK.questions), unique_by=lambda q: q.id, max_size=48))
    if draw(st.booleans()):
        asked = list(BANK.questions)
    answers = [
        {
            "question": question.id,
            "answer": draw(mood if question.side == "consultant" else their_mood),
            "evidence": draw(_tags),
        }
        for question in asked
    ]
    return _file(draw, answers)
