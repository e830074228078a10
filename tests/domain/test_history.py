"""Undo and redo come from nothing but the log, so replaying it gives them back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fitcheck.domain.history import Change, Event, EventKind, History, Subject

moves = st.lists(st.integers(0, 9) | st.sampled_from(["undo", "redo"]), max_size=40)


@given(moves)
def test_undo_and_redo_follow_a_plain_model_and_survive_a_replay(steps: list[int | str]) -> None:
    value: int | None = None
    past: list[int | None] = []
    future: list[int | None] = []
    history, log = History(), []
    for step in steps:
        if step == "undo":
            event = history.undo()
            assert (event is None) == (not past)
            if event is None:
                continue
            future.append(value)
            value = past.pop()
        elif step == "redo":
            event = history.redo()
            assert (event is None) == (not future)
            if event is None:
                continue
            past.append(value)
            value = future.pop()
        else:
            assert isinstance(step, int)
            event = Event(EventKind.SET, Change(Subject.ANSWER, "q", value, step))
            past.append(value)
            future.clear()
            value = step
        history.record(event)
        log.append(event)
        assert event.change.after == value
        assert History.replay(log) == history


def test_what_is_undone_is_redone_until_something_new_is_set() -> None:
    first = Change(Subject.ANSWER, "q", None, 1)
    history = History.replay([Event(EventKind.SET, first)])
    assert history.redo() is None
    undo = history.undo()
    assert undo == Event(EventKind.UNDO, Change(Subject.ANSWER, "q", 1, None))
    history.record(undo)
    assert history.undo() is None
    redo = history.redo()
    assert redo == Event(EventKind.REDO, first)
    history.record(redo)
    assert history == History.replay([Event(EventKind.SET, first)])
    history.record(undo)
    history.record(Event(EventKind.SET, Change(Subject.ANSWER, "q", None, 2)))
    assert history.redo() is None
