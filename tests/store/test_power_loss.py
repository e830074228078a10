"""A power cut at every moment of an interview: nothing that was said to be saved is lost.

``python -m tests.soak.power_loss`` does the same with ten times as many images.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Set
from threading import Event

import pytest

from fitcheck.access import Access, State
from fitcheck.domain.bank import Form
from fitcheck.interview import SaveState
from fitcheck.services import FitCheck
from fitcheck.store import files
from fitcheck.store.errors import StoreError
from fitcheck.store.files import STORE_FILE
from tests.store.conducting import DAY, step
from tests.store.conftest import CHEAP, PASSPHRASE, FakeKeyring, names
from tests.store.disk import ALL_DROPPED, BATTERED, KINDS, Disk
from tests.store.power_loss import (
    CONTROLS,
    CORRUPT,
    HALF,
    LOST,
    SOUND,
    Recording,
    cut,
    lay_out,
    memory_folder,
    record,
    record_recovery,
    reopened,
    survey,
)
from tests.store.recording import Create, Saved, Sync, SyncFolder, Truncate, Unlink, Write
from tests.store.recording_python import WholeRecorder

IMAGES = 15_000
"""For each form; together they are what CI has to look at."""


@pytest.fixture(scope="module")
def recording() -> Recording:
    return record(Form.FULL)


@pytest.mark.parametrize(("form", "seed"), [(Form.FULL, 7), (Form.EVENT, 8)])
def test_no_power_cut_loses_or_tears_what_was_saved(
    form: Form, seed: int, record_property: Callable[[str, object], None]
) -> None:
    found = survey(record(form), IMAGES, seed)
    record_property("counted", str(found))
    assert found.verdicts == {SOUND: IMAGES}
    assert found.different > IMAGES / 3


@pytest.mark.parametrize(
    ("journal", "faults"),
    [("WAL/NORMAL", {LOST}), ("DELETE/FULL", {LOST}), ("DELETE/OFF", {CORRUPT, HALF, LOST})],
)
def test_what_is_less_careful_is_caught(journal: str, faults: set[str]) -> None:
    """The negative control: the same interview, the same cuts, other pragmas."""
    found = survey(record(Form.FULL, CONTROLS[journal]), 1_500, seed=7, until=faults)
    print(f"{journal}: {found}")
    assert set(found.verdicts) >= faults


def test_the_interview_goes_on_where_it_was(recording: Recording) -> None:
    """The whole program opens some of the images, and saves one step more."""
    rng = random.Random(11)
    cuts = rng.sample(list(cut(recording, 3_000, seed=11)), 40)
    assert len({one.saved for one in cuts}) > 15
    for one in cuts:
        with memory_folder() as folder:
            for name, data in one.image.items():
                (folder / name).write_bytes(data)
            saved = Event()

            def listen(
                state: SaveState, _error: BaseException | None, saved: Event = saved
            ) -> None:
                if state is SaveState.SAVED:
                    saved.set()

            fitcheck = FitCheck.open(folder, lambda: DAY)
            interview = fitcheck.interview(1, listen)
            reached = round(interview.spent) // 3
            assert one.saved <= reached <= one.asked
            step(interview, reached)
            assert saved.wait(60)
            fitcheck.close()
            fitcheck = FitCheck.open(folder, lambda: DAY)
            assert round(fitcheck.interview(1).spent) // 3 == reached + 1
            fitcheck.close()


def test_the_salt_comes_back_with_its_page(recording: Recording) -> None:
    """The first 16 bytes of the file, without which no page can be read, are written over by every
    step; a journal is played back before SQLCipher looks at them."""
    salt = recording.before[STORE_FILE][:16]
    images = [one.image for one in cut(recording, 6_000, seed=17)]
    saltless = [image for image in images if image[STORE_FILE][:16] != salt]
    assert len(saltless) > 50
    assert all("book.db-journal" in image for image in saltless)
    with memory_folder() as place:
        states = {reopened(place / "book", image, recording.key) for image in saltless[:100]}
    assert states <= set(recording.states)


def test_the_power_may_fail_again_while_the_book_recovers(recording: Recording) -> None:
    images, recoveries = 0, 0
    for one in cut(recording, 3_000, seed=13):
        if recoveries == 20:
            break
        again = record_recovery(one, recording)
        if any(isinstance(taken, Write) for taken in again.steps):
            found = survey(again, 100, seed=recoveries)
            assert found.verdicts == {SOUND: 100}
            images, recoveries = images + 100, recoveries + 1
    print(f"{images} images of {recoveries} recoveries")
    assert recoveries == 20


def test_the_recorder_sees_every_sync_and_all_that_is_written(recording: Recording) -> None:
    """The order that SQLite documents, and played back without a cut the very same files."""
    kinds = [type(taken) for taken in recording.steps]
    first = kinds.index(Create)
    until = kinds.index(SyncFolder, kinds.index(Unlink, first))
    assert [kind for kind in kinds[first : until + 1] if kind is not Write] == [
        Create, Sync, SyncFolder, Sync, Sync, Unlink, SyncFolder,
    ]  # fmt: skip
    disk = Disk(recording.before)
    for taken in recording.steps:
        disk.take(taken)
    assert disk.share == 0
    assert disk.image(random.Random(0), ALL_DROPPED) == recording.after


def test_a_disk_keeps_what_was_synced_and_nothing_else_for_certain() -> None:
    rng = random.Random(3)
    disk = Disk({"a": b"x" * 1024})
    disk.take(Write(0, 512, b"y" * 1024))
    disk.take(Create("b", 1))
    disk.take(Write(1, 0, b"z"))
    images = [disk.image(rng, BATTERED) for _ in range(500)]
    assert {image["a"][:512] for image in images} == {b"x" * 512}
    ends = {image["a"][512:] for image in images}
    assert {b"x" * 512, b"y" * 1024, b"y" * 512, b"x" * 512 + b"y" * 512} < ends
    assert any(set(end) - set(b"xy\0") for end in ends)
    assert {image.get("b", b"none") for image in images} >= {b"none", b"", b"z"}
    disk.take(Sync(0))
    disk.take(Sync(1))
    images = [disk.image(rng, BATTERED) for _ in range(50)]
    assert {image["a"] for image in images} == {b"x" * 512 + b"y" * 1024}
    assert {image.get("b") for image in images} == {None, b"z"}
    disk.take(SyncFolder())
    disk.take(Truncate(0, 100))
    disk.take(Unlink("b"))
    images = [disk.image(rng, BATTERED) for _ in range(50)]
    assert {len(image["a"]) for image in images} == {100, 1536}
    assert {image.get("b") for image in images} == {None, b"z"}


def first_starts(until: Set[str] = frozenset()) -> Counter[str]:
    """Start for the first time and set a passphrase; cut, and look how each image can be opened.

    Of a control no more than it takes ``until`` all these have been found.
    """
    rng = random.Random(19)
    found = Counter[str]()
    with memory_folder() as place:
        folder = place / "first"
        folder.mkdir()
        with WholeRecorder(folder) as recorder:
            fitcheck = Access(folder, FakeKeyring(), cost=CHEAP).open()
            fitcheck.protect(PASSPHRASE)
            recorder.steps.append(Saved())
            fitcheck.close()
        disk, saved, images = Disk(recorder.before), False, {}
        for moment, taken in enumerate(recorder.steps):
            disk.take(taken)
            saved = saved or isinstance(taken, Saved)
            for number in range(12):
                image = disk.image(rng, KINDS[(moment + number) % len(KINDS)])
                images[tuple(sorted(image.items())), saved] = image
        # From anywhere in the day, so that a control is found out soon.
        every = rng.sample(list(images.items()), len(images))
        for number, ((_, saved), image) in enumerate(every):
            folder = place / str(number)
            lay_out(folder, image)
            found[_opened(Access(folder, FakeKeyring(), cost=CHEAP), saved)] += 1
            shutil.rmtree(folder)
            if until and until <= set(found):
                break
    return found


def _opened(access: Access, saved: bool) -> str:
    protected = access.state is State.PROTECTED
    if saved and not protected:
        return LOST
    try:
        there = names(access.unlock(PASSPHRASE) if protected else access.open())
    except StoreError:
        return CORRUPT
    assert there == []
    return "protected" if protected else "open"


def test_the_first_start_and_the_first_passphrase_may_be_cut_at_any_moment() -> None:
    """There is a book that opens, without a passphrase or by it; by it alone once it was set."""
    found = first_starts()
    print(f"{found.total()} different images: {dict(found)}")
    assert set(found) == {"open", "protected"}
    assert found.total() > 150


def test_a_first_start_that_does_not_wait_for_the_disk_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: Python's files are not synced, SQLite's are."""
    monkeypatch.setattr(files, "sync_file", lambda _descriptor: None)
    found = first_starts(until={CORRUPT, LOST})
    print(f"without syncs, {found.total()} different images: {dict(found)}")
    assert found[CORRUPT] > 0
    assert found[LOST] > 0
