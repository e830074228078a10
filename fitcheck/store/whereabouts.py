"""What kind of place the book lies in: a disk of this computer, or one where others write too.

Told by what the system says of the file system, by the names that synchronising programs give to
their folders, and by the marks that they leave in them. A guess that is wrong stops nothing.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from fitcheck.store.files import KEY_FILE, STORE_FILE

_MOUNTS = Path("/proc/mounts")

_NETWORK = re.compile(
    r"nfs4?|cifs|smb\w*|9p|afs|ceph|glusterfs|lustre|davfs|ncpfs|webdav"
    r"|fuse\.(sshfs|rclone|davfs2?|glusterfs|ceph|s3fs|gvfsd-fuse|curlftpfs|smbnetfs)"
)
"""The file systems, by their names in /proc/mounts, whose files another computer can write."""

_BY_NAME = (
    ("Dropbox", re.compile(r"dropbox( \(.*\)|-.+)?")),
    ("OneDrive", re.compile(r"onedrive([ -].*)?")),
    ("iCloud Drive", re.compile(r"com~apple~clouddocs|iclouddrive|icloud drive")),
    ("Google Drive", re.compile(r"google ?drive([ -].*)?")),
    ("Nextcloud", re.compile(r"nextcloud([ -].*|\d+)?")),
    ("ownCloud", re.compile(r"owncloud([ -].*|\d+)?")),
    ("Proton Drive", re.compile(r"proton ?drive([ -].*)?")),
)
"""Programs, and what they call their folders, in lower case."""

_BY_MARK = (
    ("Syncthing", ".stfolder"),
    ("Dropbox", ".dropbox.cache"),
    ("Nextcloud", ".nextcloudsync.log"),
    ("Nextcloud", ".sync_*.db"),
    ("ownCloud", ".owncloudsync.log"),
    ("Resilio Sync", ".sync/ID"),
)
"""Programs, and what lies in a folder that they look after."""

_OURS = frozenset({STORE_FILE, KEY_FILE})
_COPY = re.compile(r"book[^a-z].*\.(db|key)|book\.(db|key)\W.*conflict.*", re.IGNORECASE)
"""Whatever begins and ends like one of the book's two files; FitCheck itself makes no such name."""


@dataclass(frozen=True)
class Whereabouts:
    """``network``: the file system, if it is a network's. ``program``: what synchronises it.

    ``copies`` are files beside the book that look as if such a program couldn't decide.
    """

    network: str = ""
    program: str = ""
    copies: tuple[str, ...] = ()


def whereabouts(folder: Path) -> Whereabouts:
    """What can be told of ``folder``; raises nothing."""
    try:
        whole = folder.resolve()
        return Whereabouts(network(whole), program(whole), copies(whole))
    except OSError:
        return Whereabouts()


def network(folder: Path, mounts: Path = _MOUNTS) -> str:
    """What the file system of ``folder`` is called, if it is a network's; else nothing."""
    if sys.platform == "win32":  # pragma: no cover
        import ctypes

        remote = 4
        root = folder.anchor
        unc = root.startswith("\\\\")
        return "SMB" if unc or ctypes.windll.kernel32.GetDriveTypeW(root) == remote else ""
    try:
        lines = mounts.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return ""  # macOS has no such file
    kind, depth = "", -1
    for line in lines:
        _device, point, found, *_rest = [*line.split(" "), "", "", ""]
        place = Path(_plain(point))
        # Of two that are mounted at the same place, the later one lies on top.
        if folder.is_relative_to(place) and len(place.parts) >= depth:
            kind, depth = found, len(place.parts)
    return kind if _NETWORK.fullmatch(kind) else ""


def _plain(point: str) -> str:
    r"""A mount point as it is; the system writes a blank as ``\040``."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point)


def program(folder: Path) -> str:
    """Which program seems to synchronise ``folder``, or one that it lies in; else nothing."""
    for place in (folder, *folder.parents):
        for name, pattern in _BY_NAME:
            if pattern.fullmatch(place.name.lower()):
                return name
        for name, mark in _BY_MARK:
            if next(place.glob(mark), None) is not None:
                return name
    return ""


def copies(folder: Path) -> tuple[str, ...]:
    """The names of files beside the book that look like copies of it or of its key."""
    names = (file.name for file in folder.iterdir())
    return tuple(sorted(n for n in names if n not in _OURS and _COPY.fullmatch(n)))
