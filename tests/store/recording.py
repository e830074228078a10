"""Writes down what SQLCipher does to the files of a folder, and when it waits for the disk.

SQLite reaches files through a table of functions, its VFS. The wheel exports what swaps that
table, so ctypes suffices: while a :class:`Recorder` records, the default VFS is a copy of the
system's in which opening, writing, cutting, syncing and deleting note what they do and then do it.
The one thing that the table doesn't show is that a sync of a new journal also syncs the folder;
SQLite's own hook for tests, ``xSetSystemCall``, tells of that (docs/decisions/0017).
"""

from __future__ import annotations

import ctypes
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlcipher3 import _sqlite3

_DEFAULT = 1
_OK = 0


@dataclass(frozen=True)
class Create:
    """``name`` now leads to the new, empty file number ``file``."""

    name: str
    file: int


@dataclass(frozen=True)
class Unlink:
    name: str


@dataclass(frozen=True)
class Rename:
    """The file number ``file``, so far ``name``, is now ``to``."""

    name: str
    to: str
    file: int


@dataclass(frozen=True)
class MakeFolder:
    """``name`` now leads to the new, empty folder number ``file``."""

    name: str
    file: int


@dataclass(frozen=True)
class SyncFolder:
    """What the names in the folder lead to is on the disk; no name: the one that is recorded."""

    name: str = ""


@dataclass(frozen=True, repr=False)
class Write:
    file: int
    offset: int
    data: bytes


@dataclass(frozen=True)
class Truncate:
    file: int
    size: int


@dataclass(frozen=True)
class Sync:
    """What the file holds is on the disk."""

    file: int


@dataclass(frozen=True)
class Asked:
    """The program was asked to save something more."""


@dataclass(frozen=True)
class Saved:
    """The program said that all it had been asked for is saved."""


Step = Create | MakeFolder | Unlink | Rename | SyncFolder | Write | Truncate | Sync | Asked | Saved

Image = dict[str, bytes]
"""What lies in a folder: each file's name and bytes. A name with a slash at its end is a folder in
it, and the names of what lies there begin with it."""

_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_SetSystemCall = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)
_GetSystemCall = CFUNCTYPE(c_void_p, c_void_p, c_char_p)
_OpenDirectory = CFUNCTYPE(c_int, c_char_p, c_void_p)
_WriteAt = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_CutAt = CFUNCTYPE(c_int, c_void_p, c_int64)
_SyncWith = CFUNCTYPE(c_int, c_void_p, c_int)


class _Vfs(Structure):
    """``sqlite3_vfs``, version 3."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _Open),
        ("delete", _Delete),
        ("others", c_void_p * 10),
        ("current_time", c_void_p),
        ("set_system_call", _SetSystemCall),
        ("get_system_call", _GetSystemCall),
        ("next_system_call", c_void_p),
    )


class _Methods(Structure):
    """``sqlite3_io_methods``, version 3."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", _WriteAt),
        ("truncate", _CutAt),
        ("sync", _SyncWith),
        ("others", c_void_p * 13),
    )


class _File(Structure):
    """``sqlite3_file``: what follows is the VFS's own."""

    _fields_ = (("methods", c_void_p),)


def contents(folder: Path) -> Image:
    return {
        name_in(folder, file): b"" if file.is_dir() else file.read_bytes()
        for file in sorted(folder.rglob("*"))
    }


def name_in(folder: Path, file: Path) -> str:
    """What ``file`` is called in an image of ``folder``."""
    return file.relative_to(folder).as_posix() + ("/" if file.is_dir() else "")


def library() -> ctypes.CDLL:
    """The very library that the driver uses, not another copy of it."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    library.sqlite3_vfs_find.argtypes = [c_char_p]
    library.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
    library.sqlite3_vfs_unregister.argtypes = [c_void_p]
    return library


class Recorder:
    """Records ``steps`` in ``folder`` for as long as it is entered.

    ``before``: the files that lay there, number by number; all of them count as synced. Only
    connections that are opened meanwhile are recorded, and they must be closed before it is left.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.steps: list[Step] = []
        self.before = contents(folder)
        self._numbers = {name: number for number, name in enumerate(self.before)}
        self._next = len(self.before)
        self._open_files: dict[int, int] = {}
        self._tables: dict[int, _Methods] = {}
        self._syncing: int | None = None
        self._library = library()
        self._system = self._library.sqlite3_vfs_find(None)
        self._vfs = self._copy_of_the_system()
        get = self._system.contents.get_system_call
        self._open_directory = _OpenDirectory(get(self._system, b"openDirectory"))
        self._watching_directories = _OpenDirectory(self._on_open_directory)

    def __enter__(self) -> Recorder:
        set_call = self._system.contents.set_system_call
        watching = ctypes.cast(self._watching_directories, c_void_p)
        assert set_call(self._system, b"openDirectory", watching) == _OK
        assert self._library.sqlite3_vfs_register(byref(self._vfs), _DEFAULT) == _OK
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._library.sqlite3_vfs_unregister(byref(self._vfs))
        self._library.sqlite3_vfs_register(self._system, _DEFAULT)
        self._system.contents.set_system_call(self._system, b"openDirectory", None)

    def _copy_of_the_system(self) -> _Vfs:
        system = self._system.contents
        assert system.version >= 3
        vfs = _Vfs.from_buffer_copy(system)
        vfs.name = b"recording"
        vfs.open = _Open(self._on_open)
        vfs.delete = _Delete(self._on_delete)
        return vfs

    def _name(self, path: bytes | None) -> str | None:
        """The name of a file in the folder; ``None`` for what lies elsewhere or is temporary."""
        file = Path(path.decode()) if path else None
        return file.name if file and file.parent == self._folder else None

    def _on_open(self, vfs: int, path: int, file: int, flags: int, out: int) -> int:
        name = self._name(ctypes.string_at(path) if path else None)
        if name is None:
            return int(self._system.contents.open(vfs, path, file, flags, out))
        there = (self._folder / name).exists()
        result = int(self._system.contents.open(vfs, path, file, flags, out))
        if result == _OK:
            if not there:
                self._numbers[name] = self._next
                self._next += 1
                self.steps.append(Create(name, self._numbers[name]))
            self._open_files[file] = self._numbers[name]
            opened = _File.from_address(file)
            opened.methods = ctypes.addressof(self._methods_for(opened.methods))
        return result

    def _methods_for(self, system: int) -> _Methods:
        """The file's own functions, of which three also note what they do."""
        if system not in self._tables:
            original = _Methods.from_address(system)
            write, truncate, sync = original.write, original.truncate, original.sync

            def on_write(file: int, data: int, size: int, offset: int) -> int:
                number = self._open_files[file]
                self.steps.append(Write(number, offset, ctypes.string_at(data, size)))
                return int(write(file, data, size, offset))

            def on_truncate(file: int, size: int) -> int:
                self.steps.append(Truncate(self._open_files[file], size))
                return int(truncate(file, size))

            def on_sync(file: int, flags: int) -> int:
                self._syncing = self._open_files[file]
                result = int(sync(file, flags))
                self._synced()
                return result

            table = _Methods.from_buffer_copy(original)
            table.write = _WriteAt(on_write)
            table.truncate = _CutAt(on_truncate)
            table.sync = _SyncWith(on_sync)
            self._tables[system] = table
        return self._tables[system]

    def _synced(self) -> None:
        if self._syncing is not None:
            self.steps.append(Sync(self._syncing))
            self._syncing = None

    def _on_delete(self, vfs: int, path: bytes, sync: int) -> int:
        name = self._name(path)
        if name is not None and (self._folder / name).exists():
            self.steps.append(Unlink(name))
            self._numbers.pop(name)
        return int(self._system.contents.delete(vfs, path, sync))

    def _on_open_directory(self, path: bytes, descriptor: Any) -> int:
        # SQLite opens a folder for nothing but to sync it; where it does so while it syncs a
        # file, the file has been synced already.
        result = int(self._open_directory(path, descriptor))
        name = self._name(path)
        if name is not None:
            self._synced()
            self.steps.append(SyncFolder(name.rpartition("/")[0]))
        return result
