"""Make everything that is handed out: ``dev.py build`` runs this in ``.venv``.

Nothing is packed until the program is found to be complete and lean.
"""

import datetime as dt
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from devtools.build import bill, contents, deb, desktop, elf, licences, origins, packing
from devtools.build.parts import VERSION
from devtools.console import StopError, say
from devtools.environment import ROOT

DIST, WORK = ROOT / "dist", ROOT / "build"

LIMIT = 75_000_000
"""Bytes that the archive for Linux may have."""

# Libraries that were joined to others by patchelf are broken by `strip`; Qt's are stripped.
_AS_THEY_ARE = ("PIL/", "PySide6/", "pikepdf/", "shiboken6/")


def main() -> int:
    begun = time.monotonic()
    try:
        made = build()
    except StopError as stop:
        say(f"\n{stop}")
        return 1
    for file in made:
        say(f"{file.stat().st_size / 1e6:8.1f} MB  {file.relative_to(ROOT)}")
    say(f"build: all there, after {time.monotonic() - begun:.0f} s")
    return 0


def build() -> list[Path]:
    """Build, look at what came of it, and pack it; the files that were made."""
    when = _when()
    _clear()
    _freeze(when)
    program = DIST / ("FitCheck.app" if sys.platform == "darwin" else "FitCheck")
    if sys.platform == "linux":
        _strip(program)
    _check(program)
    say(f"{_size(program) / 1e6:8.1f} MB  {program.relative_to(ROOT)}, complete and lean")

    written = json.loads((WORK / "build" / "contents.json").read_text(encoding="utf-8"))
    parts = origins.components(written)
    stem = f"FitCheck-{VERSION}"
    outer = DIST / f"{stem}-{_platform()}"
    _gather(outer, program)
    papers = outer / "licences"
    licences.write_licences(papers, VERSION, parts)
    bom = DIST / f"{stem}.cdx.json"
    inside = contents.inside(program)
    stamp = dt.datetime.fromtimestamp(when, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = bill.bill(origins.own(), parts, inside, stamp)
    for place in (bom, outer / bom.name):
        place.write_text(text, encoding="utf-8", newline="\n")
    made = [*_pack(outer, program, papers, when), bom]
    sums = DIST / "SHA256SUMS"
    packing.write_sums(sums, made)
    return [*made, sums]


def _when() -> int:
    """The time that everything in the archives has: that of the commit, where git knows it."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    git = shutil.which("git")
    if git is not None:
        command = [git, "log", "-1", "--format=%ct"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == 0 and done.stdout.strip():
            return int(done.stdout)
    return int(time.time())


def _clear() -> None:
    """Take away what earlier builds made: what lies in ``dist`` afterwards belongs together."""
    for pattern in ("FitCheck*", "fitcheck_*.deb", "SHA256SUMS"):
        for old in DIST.glob(pattern):
            if old.is_dir() and not old.is_symlink():
                shutil.rmtree(old)
            else:
                old.unlink()


def _freeze(when: int) -> None:
    folders = ["--distpath", str(DIST), "--workpath", str(WORK)]
    options = ["--noconfirm", "--clean", "--log-level", "ERROR"]
    say("Building the program with PyInstaller")
    done = subprocess.run(
        [sys.executable, "-m", "PyInstaller", *options, *folders, "build.spec"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(when)},
        check=False,
    )
    if done.returncode != 0:
        raise StopError(f"PyInstaller ended with status {done.returncode}; it has said why above.")


def _strip(program: Path) -> None:
    """Take out what only a debugger reads; a Python that was built from source is full of it."""
    inside = contents.inside(program)
    for file in sorted(inside.rglob("*.so*")):
        place = file.relative_to(inside).as_posix()
        if file.is_symlink() or place.startswith(_AS_THEY_ARE) or ".libs/" in place:
            continue
        library = elf.read(file)
        if library is not None and library.symbols:
            subprocess.run(["strip", "--strip-unneeded", str(file)], check=True)


def _check(program: Path) -> None:
    faults = [*contents.faults(program)]
    if faults:
        raise StopError(
            "\n".join(["The program that was built is not what it should be:", *faults])
        )


def _gather(outer: Path, program: Path) -> None:
    """The folder that is packed: the program, and beside it what it comes with."""
    if outer.exists():
        shutil.rmtree(outer)
    if sys.platform == "darwin":
        outer.mkdir()
        shutil.copytree(program, outer / program.name, symlinks=True)
    else:
        shutil.copytree(program, outer, symlinks=True)


def _pack(outer: Path, program: Path, papers: Path, when: int) -> Iterator[Path]:
    if sys.platform != "linux":
        target = DIST / f"{outer.name}.zip"
        packing.write_zip(target, outer, when)
        yield target
        return
    archive = DIST / f"{outer.name}.tar.xz"
    package = DIST / f"fitcheck_{VERSION}_{deb.architecture(platform.machine())}.deb"
    asked = contents.asked_of_the_system(program)
    files = (each for each in program.rglob("*") if each.is_file())
    depends, recommends = deb.relations(asked, contents.newest_glibc(files))
    fields = {
        "version": VERSION,
        "architecture": deb.architecture(platform.machine()),
        "depends": depends,
        "recommends": recommends,
        "summary": origins.project_description()[:1].lower() + origins.project_description()[1:],
    }
    day = dt.datetime.fromtimestamp(when, dt.UTC).date().isoformat()
    data = dict(desktop.files(day, desktop.draw(WORK / "icons")))
    doc = "usr/share/doc/fitcheck"
    # Where Debian looks for it.
    data[f"{doc}/copyright"] = (papers / "README.txt").read_bytes()
    data[f"{doc}/{outer.name}.cdx.json"] = (DIST / f"FitCheck-{VERSION}.cdx.json").read_bytes()
    trees = {f"{doc}/licences": papers}
    say("Packing")
    # xz takes one core each.
    with ThreadPoolExecutor(2) as pool:
        both = [
            pool.submit(packing.write_tar, archive, outer, when),
            pool.submit(deb.write_deb, package, program, data, trees, fields, when),
        ]
        for each in both:
            each.result()
    if archive.stat().st_size > LIMIT:
        raise StopError(
            f"{archive.name} has {archive.stat().st_size / 1e6:.1f} MB, and may have "
            f"{LIMIT / 1e6:.0f}: see what has come in (du -a {outer.name} | sort -n), and leave "
            "it out in devtools/build/contents.py."
        )
    yield archive
    yield package


def _platform() -> str:
    system = {"linux": "linux", "win32": "windows", "darwin": "macos"}[sys.platform]
    return f"{system}-{platform.machine().lower()}"


def _size(folder: Path) -> int:
    return sum(
        each.stat().st_size
        for each in folder.rglob("*")
        if each.is_file() and not each.is_symlink()
    )


if __name__ == "__main__":
    sys.exit(main())
