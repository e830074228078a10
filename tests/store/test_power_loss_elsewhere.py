"""A power cut at every moment of what isn't an interview: the book before it, or after it, whole.

``python3 dev.py soak power_loss`` does the same with many more images.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import chain

import pytest

from fitcheck.store import files
from tests.store.disk import ALL_ARRIVED, Disk
from tests.store.doings import DIFFERENT, DOINGS, Doing, record, survey, survey_of, told
from tests.store.power_loss import SOUND, cut, last_moment

IMAGES = {"migration": 400, "erasure": 600, "whole book": 400}
"""The others are opened quicker."""


@pytest.mark.parametrize("doing", DOINGS, ids=lambda doing: doing.name)
def test_whatever_is_done_it_is_done_whole_or_not_at_all(
    doing: Doing, record_property: Callable[[str, object], None]
) -> None:
    done = record(doing)
    found = survey(done, IMAGES.get(doing.name, 1_000), seed=23)
    record_property("counted", told(found))
    assert set(found) == {SOUND, DIFFERENT}
    assert found[DIFFERENT] > 20


@pytest.mark.parametrize(
    "doing",
    [doing for doing in DOINGS if doing.name not in ("erasure", "import")],
    ids=lambda doing: doing.name,
)
def test_what_does_not_wait_for_the_disk_is_caught(
    doing: Doing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: Python's files and folders are not synced, SQLite's are."""
    monkeypatch.setattr(files, "sync_file", lambda _descriptor: None)
    for module in ("live_copy", "migrating"):
        monkeypatch.setattr(f"fitcheck.store.{module}.sync_file", lambda _descriptor: None)
    done = record(doing)
    cuts = chain(cut(done.recording, 200, seed=23), last_moment(done.recording, 200, seed=23))
    found = survey_of(done, cuts, control=True)
    print(f"{doing.name} without syncs: {told(found)}")
    assert set(found) > {SOUND, DIFFERENT}


@pytest.mark.parametrize("doing", DOINGS, ids=lambda doing: doing.name)
def test_played_back_without_a_cut_the_recording_is_what_was_done(doing: Doing) -> None:
    """The recorder misses nothing: with everything arrived the files are the very same."""
    done = record(doing)
    disk = Disk(done.recording.before)
    for taken in done.recording.steps:
        disk.take(taken)
    assert disk.image(random.Random(0), ALL_ARRIVED) == done.recording.after
