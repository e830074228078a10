"""A ``.deb`` of the built program, written without Debian's tools: an ``ar`` of two archives.

The same tree gives the same bytes, whoever packs it, and no file belongs to them.
"""

import hashlib
import io
import lzma
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from devtools.build.packing import EFFORT, add, add_tree
from devtools.console import StopError

HOME = "usr/lib/fitcheck"
"""Where the program is installed."""

# Each library that the program takes from the system, by the Debian package that holds it. Those
# of the second kind are for what one can do without: Wayland (there is X11) and printing.
_PACKAGE = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libxcb.so.1": "libxcb1",
}
_BETTER_WITH = {
    "libcups.so.2": "libcups2 | libcups2t64",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
_OF_LIBC = (
    "ld-linux", "libc.so", "libdl.so", "libm.so", "libpthread.so", "libresolv.so", "librt.so",
)  # fmt: skip

_CONTROL = """\
Package: fitcheck
Version: {version}
Architecture: {architecture}
Maintainer: The FitCheck project
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Section: misc
Priority: optional
Description: {summary}
 FitCheck is for consultants. It leads through a first conversation with a
 prospect, one question at a time, and says whether to proceed, to proceed in
 stages or to decline, how firm that is, and what would change it.
 .
 Everything stays on this computer.
"""

# Debian's own triggers for the three databases are there wherever a desktop is.
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def architecture(machine: str) -> str:
    """Debian's name of a machine."""
    return _ARCHITECTURES.get(machine, machine)


def relations(asked: Iterable[str], glibc: int) -> tuple[str, str]:
    """Depends and Recommends, from the libraries that the program doesn't bring along.

    Raises `StopError` for one that nobody thought of: the package would lack it.
    """
    depends = {f"libc6 (>= 2.{glibc})"} if glibc else {"libc6"}
    recommends = set()
    for name in sorted(asked):
        if name in _PACKAGE:
            depends.add(_PACKAGE[name])
        elif name in _BETTER_WITH:
            recommends.add(_BETTER_WITH[name])
        elif not name.startswith(_OF_LIBC):
            raise StopError(
                f"The program needs {name}, which isn't in it, and no package is known that holds "
                "it: bring it along (build.spec), or name the package in devtools/build/deb.py."
            )
    return ", ".join(sorted(depends)), ", ".join(sorted(recommends))


def write_deb(
    target: Path,
    program: Path,
    data: Mapping[str, bytes],
    trees: Mapping[str, Path],
    fields: Mapping[str, str],
    when: int,
) -> None:
    """Write the package.

    ``program`` goes to :data:`HOME`, with ``/usr/bin/fitcheck`` as a link to it; ``data`` are
    further files and ``trees`` further folders, by their paths under ``/``; ``fields`` are
    version, architecture, depends, recommends and summary.
    """
    everything = {HOME: program, **trees}
    sums = {place: hashlib.md5(each, usedforsecurity=False) for place, each in data.items()}
    size = sum(len(each) for each in data.values())
    for place, folder in everything.items():
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.is_symlink():
                with file.open("rb") as opened:
                    digest = hashlib.file_digest(opened, lambda: hashlib.md5(usedforsecurity=False))
                sums[f"{place}/{file.relative_to(folder).as_posix()}"] = digest
                size += file.stat().st_size
    control = _CONTROL.format(size=-(-size // 1024), **fields)
    listed = "".join(f"{digest.hexdigest()}  {place}\n" for place, digest in sorted(sums.items()))
    parts = {
        "debian-binary": b"2.0\n",
        "control.tar.xz": _packed({"control": control.encode(), "md5sums": listed.encode()}, when),
        "data.tar.xz": _data(everything, data, when),
    }
    with target.open("wb") as out:
        out.write(b"!<arch>\n")
        for name, content in parts.items():
            head = f"{name:<16}{when:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n"
            out.write(head.encode("ascii") + content + b"\n" * (len(content) % 2))


def _packed(files: Mapping[str, bytes], when: int) -> bytes:
    buffer = io.BytesIO()
    with lzma.open(buffer, "wb") as out, tarfile.open(fileobj=out, mode="w") as tar:
        add(tar, _folder("."), None, when)
        for name, content in files.items():
            add(tar, tarfile.TarInfo(f"./{name}"), content, when)
    return buffer.getvalue()


def _data(trees: Mapping[str, Path], files: Mapping[str, bytes], when: int) -> bytes:
    buffer = io.BytesIO()
    with (
        lzma.open(buffer, "wb", preset=EFFORT) as out,
        tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        links = {"usr/bin/fitcheck": f"../../{HOME}/FitCheck".replace("../../usr/", "../")}
        for place in _parents([*trees, *files, *links]):
            add(tar, _folder(place), None, when)
        for place, folder in sorted(trees.items()):
            add_tree(tar, folder, f"./{place}", when)
        for place, content in sorted(files.items()):
            add(tar, tarfile.TarInfo(f"./{place}"), content, when)
        for place, to in links.items():
            link = tarfile.TarInfo(f"./{place}")
            link.type, link.linkname = tarfile.SYMTYPE, to
            add(tar, link, None, when)
    return buffer.getvalue()


def _parents(places: Iterable[str]) -> list[str]:
    """Every folder above them, outermost first."""
    found = {"."}
    for place in places:
        names = place.split("/")[:-1]
        found |= {"./" + "/".join(names[: number + 1]) for number in range(len(names))}
    return sorted(found)


def _folder(name: str) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.mode = tarfile.DIRTYPE, 0o755
    return entry
