"""Killed while a backup is made or thinned: the book is whole, and so is all that has a name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from fitcheck.domain.assessment import Prospect
from fitcheck.store.backup import Reason, copies
from fitcheck.store.book import Book
from tests.store.conftest import contents
from tests.store.test_backups import names

# Each time in a child of its own, killed one step later than the one before.
KILLER = """
    import os, shutil, signal, sys, datetime as dt
    from itertools import count
    from pathlib import Path
    from fitcheck.store.backup import Reason
    from fitcheck.store.book import Book
    CALLS = {
        "backup", "close", "execute", "fsync", "mkdir", "open", "replace", "rmdir", "unlink",
        "write",
    }
    now = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    place = Path(sys.argv[1])
    for number in count(1):
        folder = place / str(number)
        shutil.copytree(place / "old", folder)
        child = os.fork()
        if child == 0:
            book = Book.open(folder, lambda: now)
            left = number
            def step(frame, event, call):
                global left
                if event == "c_call" and call.__name__ in CALLS:
                    left -= 1
                    if left == 0:
                        os.kill(os.getpid(), signal.SIGKILL)
            sys.setprofile(step)
            book.backups.make(Reason.DAILY)
            sys.setprofile(None)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no forking here")
def test_killed_at_any_step_of_a_backup(place: Path, empty: Path) -> None:
    old = place / "old"
    shutil.copytree(empty, old)
    book = Book.open(old)
    book.add_prospect(Prospect("Canary")).result()
    made = book.backups.make(Reason.DAILY)
    book.close()
    # Two of one day, of which the older one is to be thinned away.
    for name in ("2026-11-01T100000Z-daily", "2026-11-01T110000Z-daily"):
        shutil.copytree(made.folder, old / "backups" / name)
    made.folder.rename(old / "backups" / "2026-11-22T100000Z-daily")
    command = [sys.executable, "-c", textwrap.dedent(KILLER), str(place)]
    subprocess.run(command, check=True, timeout=300)
    images = sorted((p for p in place.iterdir() if p.name.isdigit()), key=lambda p: int(p.name))
    assert len(images) > 40
    seen = set()
    numbers = []
    for image in images:
        state = frozenset((name, len(data)) for name, (data, _) in contents(image).items())
        if state in seen:
            continue
        seen.add(state)
        assert names(image) == ["Canary"]
        found = {copy.name for copy in copies(image)}
        assert {"2026-11-01T110000Z-daily", "2026-11-22T100000Z-daily"} <= found
        if "2026-11-01T100000Z-daily" not in found:
            assert "2026-11-22T120000Z-daily" in found, "not before the new one is whole"
        numbers.append(len(found))
        for copy in copies(image):
            assert names(copy.folder) == ["Canary"]
        # The next one clears away what this one left.
        book = Book.open(image)
        book.backups.make(Reason.BY_HAND)
        book.close()
        left = {entry.name for entry in (image / "backups").iterdir()}
        assert left == {copy.name for copy in copies(image)}
    assert {3, 4} <= set(numbers)
    assert len(seen) > 5
