"""Writes down, beside what SQLCipher does, what Python does to the files of a folder.

Python's writes aren't seen one by one: whenever a file is synced, renamed or removed, or SQLite
opens one, what has changed since is taken for one write. That is enough for files that are made
under another name, synced and moved (:mod:`fitcheck.store.files`).
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from unittest.mock import patch

from tests.store.recording import (
    Create,
    Image,
    Recorder,
    Rename,
    Sync,
    SyncFolder,
    Unlink,
    Write,
)


class WholeRecorder(Recorder):
    """Records SQLite's and Python's doings; SQLite must have been recorded from the beginning."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._seen: Image = dict(self.before)
        self._of_sqlite: set[str] = set()
        self._patches = ExitStack()

    def __enter__(self) -> WholeRecorder:
        super().__enter__()
        fsync, replace, unlink = os.fsync, Path.replace, Path.unlink

        def on_fsync(descriptor: int) -> None:
            self._look_around()
            fsync(descriptor)
            synced = os.fstat(descriptor)
            if os.path.samestat(synced, self._folder.stat()):
                self.steps.append(SyncFolder())
            for name, number in self._numbers.items():
                if os.path.samestat(synced, (self._folder / name).stat()):
                    self.steps.append(Sync(number))

        def on_replace(path: Path, target: Path) -> Path:
            self._look_around()
            moved = replace(path, target)
            if path.parent == self._folder:
                number = self._numbers[target.name] = self._numbers.pop(path.name)
                self.steps.append(Rename(path.name, target.name, number))
                if path.name in self._of_sqlite:
                    self._of_sqlite.remove(path.name)
                    self._of_sqlite.add(target.name)
                else:
                    self._seen[target.name] = self._seen.pop(path.name)
            return moved

        def on_unlink(path: Path, missing_ok: bool = False) -> None:
            self._look_around()
            there = path.parent == self._folder and path.exists()
            unlink(path, missing_ok=missing_ok)
            if there:
                self._numbers.pop(path.name)
                self._seen.pop(path.name, None)
                self.steps.append(Unlink(path.name))

        self._patches.enter_context(patch.object(os, "fsync", on_fsync))
        self._patches.enter_context(patch.object(Path, "replace", on_replace))
        self._patches.enter_context(patch.object(Path, "unlink", on_unlink))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._patches.close()
        super().__exit__(kind, error, trace)

    def _on_open(self, vfs: int, path: int, file: int, flags: int, out: int) -> int:
        self._look_around()
        result = super()._on_open(vfs, path, file, flags, out)
        if file in self._open_files:
            number = self._open_files[file]
            self._of_sqlite |= {name for name, of in self._numbers.items() if of == number}
        return result

    def _look_around(self) -> None:
        """Whatever Python has made or written since."""
        for file in self._folder.iterdir():
            if file.name in self._of_sqlite or not file.is_file():
                continue
            if file.name not in self._numbers:
                self._numbers[file.name] = self._next
                self._next += 1
                self._seen[file.name] = b""
                self.steps.append(Create(file.name, self._numbers[file.name]))
            data = file.read_bytes()
            if data != self._seen[file.name]:
                self._seen[file.name] = data
                self.steps.append(Write(self._numbers[file.name], 0, data))
