"""Writes down, beside what SQLCipher does, what Python does to the files of a folder.

Python's writes aren't seen one by one: whenever a file is synced, renamed or removed, a folder is
made, or SQLite opens a file, what has changed since is taken for one write. That is enough for
files that are made under another name, synced and moved (:mod:`fitcheck.store.files`).
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest.mock import patch

from tests.store.recording import (
    Create,
    Image,
    MakeFolder,
    Recorder,
    Rename,
    Sync,
    SyncFolder,
    Unlink,
    Write,
    contents,
)


class WholeRecorder(Recorder):
    """Records SQLite's and Python's doings; SQLite must have been recorded from the beginning.

    Folders and what lies in them are recorded, too, however deep.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        # Without the slash at the end of a folder: so SQLite names files, and so they are renamed.
        self._numbers = {name.removesuffix("/"): n for name, n in self._numbers.items()}
        self._seen: Image = dict(self.before)
        self._of_sqlite: set[str] = set()
        self._patches = ExitStack()

    def __enter__(self) -> WholeRecorder:
        super().__enter__()
        fsync, mkdir, replace, unlink = os.fsync, os.mkdir, Path.replace, Path.unlink

        def on_fsync(descriptor: int) -> None:
            self._look_around()
            fsync(descriptor)
            self._on_synced(os.fstat(descriptor))

        def on_mkdir(*arguments: Any, **options: Any) -> None:
            self._look_around()
            mkdir(*arguments, **options)
            self._look_around()

        def on_replace(path: Path, target: Path) -> Path:
            self._look_around()
            moved = replace(path, target)
            if path.is_relative_to(self._folder):
                self._on_moved(self._in_folder(path), self._in_folder(target))
            return moved

        def on_unlink(path: Path, missing_ok: bool = False) -> None:
            self._look_around()
            unlink(path, missing_ok=missing_ok)
            self._look_around()

        self._patches.enter_context(patch.object(os, "fsync", on_fsync))
        self._patches.enter_context(patch.object(os, "mkdir", on_mkdir))
        self._patches.enter_context(patch.object(Path, "replace", on_replace))
        self._patches.enter_context(patch.object(Path, "unlink", on_unlink))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._look_around()
        self._patches.close()
        super().__exit__(kind, error, trace)

    def _name(self, path: bytes | None) -> str | None:
        file = Path(path.decode()) if path else None
        return self._in_folder(file) if file and file.is_relative_to(self._folder) else None

    def _in_folder(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _on_synced(self, synced: os.stat_result) -> None:
        if os.path.samestat(synced, self._folder.stat()):
            self.steps.append(SyncFolder())
        for name, number in self._numbers.items():
            path = self._folder / name
            if os.path.samestat(synced, path.stat()):
                self.steps.append(SyncFolder(name) if path.is_dir() else Sync(number))

    def _on_moved(self, name: str, to: str) -> None:
        """A file, or a folder with all that is in it."""
        self.steps.append(Rename(name, to, self._numbers[name]))
        for kept in (self._numbers, self._seen):
            for old in [each for each in kept if _is_in(each, name)]:
                kept[to + old.removeprefix(name)] = kept.pop(old)  # type: ignore[assignment]
        self._of_sqlite = {
            to + each.removeprefix(name) if _is_in(each, name) else each for each in self._of_sqlite
        }

    def _on_open(self, vfs: int, path: int, file: int, flags: int, out: int) -> int:
        self._look_around()
        result = super()._on_open(vfs, path, file, flags, out)
        if file in self._open_files:
            number = self._open_files[file]
            self._of_sqlite |= {name for name, of in self._numbers.items() if of == number}
        return result

    def _on_delete(self, vfs: int, path: bytes, sync: int) -> int:
        name = self._name(path)
        result = super()._on_delete(vfs, path, sync)
        if name is not None:
            self._of_sqlite.discard(name)
        return result

    def _look_around(self) -> None:
        """Whatever Python has made, written or removed since."""
        there = contents(self._folder)
        names = {name.removesuffix("/") for name in there}
        for name in sorted(self._numbers.keys() - names, reverse=True):  # the deepest first
            self.steps.append(Unlink(name))
            del self._numbers[name]
            self._seen.pop(name, None)
            self._of_sqlite.discard(name)
        for entry, data in there.items():
            name, is_folder = entry.removesuffix("/"), entry.endswith("/")
            if name in self._of_sqlite:
                continue
            if name not in self._numbers:
                number = self._numbers[name] = self._next
                self._next += 1
                self._seen[name] = b""
                self.steps.append((MakeFolder if is_folder else Create)(name, number))
            if data != self._seen.get(name, b""):
                self._seen[name] = data
                self.steps.append(Write(self._numbers[name], 0, data))


def _is_in(name: str, folder: str) -> bool:
    return name == folder or name.startswith(folder + "/")
