"""Archives that are the same whenever the same is packed: sorted, owned by root, of one time."""

import hashlib
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

EFFORT = 6
"""Of xz: 9 takes ten times the memory, and a hundredth off."""


def add_tree(tar: tarfile.TarFile, folder: Path, place: str, when: int) -> None:
    """Add all of ``folder`` as ``place``: links as links, what can be run as such."""
    for path, name in _entries(folder, place):
        entry = tar.gettarinfo(str(path), name)
        # An archive of the same file twice would hold the second as a link to the first.
        if entry.islnk():
            entry.type, entry.linkname, entry.size = tarfile.REGTYPE, "", path.stat().st_size
        add(tar, entry, path.read_bytes() if entry.isreg() else None, when)


def add(tar: tarfile.TarFile, entry: tarfile.TarInfo, data: bytes | None, when: int) -> None:
    """Add one thing, owned by root."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = when
    runs = entry.isdir() or bool(entry.mode & stat.S_IXUSR)
    entry.mode = 0o777 if entry.issym() else 0o755 if runs else 0o644
    if data is None:
        tar.addfile(entry)
        return
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def write_tar(target: Path, folder: Path, when: int) -> None:
    """``folder`` as a ``.tar.xz``, with the folder's name at its top."""
    with (
        lzma.open(target, "wb", preset=EFFORT) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        add_tree(tar, folder, folder.name, when)


def write_zip(target: Path, folder: Path, when: int) -> None:
    """``folder`` as a ``.zip``. On macOS the links of an .app stay links."""
    day = (2026, 1, 1, 0, 0, 0) if when < 315532800 else _zip_time(when)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path, name in _entries(folder, folder.name):
            if path.is_dir() and not path.is_symlink():
                continue
            entry = zipfile.ZipInfo(name, day)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if path.is_symlink():
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
                packed.writestr(entry, str(path.readlink()))
            else:
                runs = path.stat().st_mode & stat.S_IXUSR
                entry.external_attr = (stat.S_IFREG | (0o755 if runs else 0o644)) << 16
                packed.writestr(entry, path.read_bytes())


def _zip_time(when: int) -> tuple[int, int, int, int, int, int]:
    import time

    year, month, day, hour, minute, second, *_ = time.gmtime(when)
    return year, month, day, hour, minute, second


def _entries(folder: Path, place: str) -> Iterator[tuple[Path, str]]:
    yield folder, place
    for path in sorted(folder.rglob("*"), key=lambda each: each.relative_to(folder).as_posix()):
        yield path, f"{place}/{path.relative_to(folder).as_posix()}"


def write_sums(target: Path, files: Iterable[Path]) -> None:
    """``SHA256SUMS``, as ``sha256sum --check`` reads it."""
    lines = [f"{sha256(file)}  {file.name}\n" for file in files]
    target.write_text("".join(lines), encoding="ascii", newline="\n")


def sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
