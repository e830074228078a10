"""What the program is made of: the versions that matter, and every part that ships, licensed how.

From its sources each package says it of itself. The built program has a folder of licence texts
beside it, which ``devtools/build/licences.py`` writes, and its table of contents is read.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from itertools import pairwise
from pathlib import Path

from fitcheck import __version__, packaged

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_UNSAID = {"sqlcipher3": "Zlib AND BSD-3-Clause"}
"""What a package's own description leaves out; `[tool.fitcheck.audit]` has the same."""
_TEXTS = ("LICEN", "COPYING", "NOTICE", "AUTHORS", "OFL")


@dataclass(frozen=True)
class Part:
    """Something that ships. ``licence`` is an expression, or words where there is none."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...] = field(default=(), repr=False)

    def text(self) -> str:
        """The text of its licence, all of them where there are several; "" where it brings none."""
        found = [file.read_text(encoding="utf-8", errors="replace") for file in self.texts]
        return "\n\n".join(text.strip() for text in found)


def parts() -> tuple[Part, ...]:
    """Every part that ships, by name."""
    folder = licence_folder()
    found = _in_folder(folder) if folder is not None else _installed()
    return tuple(sorted(found, key=lambda part: part.name.casefold()))


def versions(shipped: tuple[Part, ...]) -> Iterator[tuple[str, str]]:
    """What whoever reports a fault is asked for, besides Qt's."""
    from fitcheck.store.connection import cipher_version  # not needed by whoever only reads parts

    yield "FitCheck", __version__
    yield "Python", platform.python_version()
    yield "SQLCipher", cipher_version()
    for part in shipped:
        if part.name.casefold() == "weasyprint":
            yield "WeasyPrint", part.version


def licence_folder() -> Path | None:
    """Where the built program has its licence texts; ``None`` when run from the sources."""
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).resolve().parent
    places = (program, program.parent, program.parents[-1] / "usr" / "share" / "doc" / "fitcheck")
    return next((each / "licences" for each in places if (each / "licences").is_dir()), None)


# Of the built program


def _in_folder(folder: Path) -> Iterator[Part]:
    """What its table of contents names: a folder in each line, and below it the licence."""
    lines = (folder / "README.txt").read_text(encoding="utf-8").splitlines()
    for line, below in pairwise(lines):
        place = folder / line
        if line and not line.startswith(" ") and below.startswith("    ") and place.is_dir():
            name, _mark, version = place.name.rpartition("_")
            texts = tuple(sorted(file for file in place.iterdir() if file.is_file()))
            yield Part(name or version, version if name else "", below.strip(), texts)


# From the sources


def _installed() -> Iterator[Part]:
    yield Part("IBM Plex", "", "OFL-1.1", (packaged.path("fonts", "OFL.txt"),))
    known: set[str] = set()
    waiting = ["fitcheck"]
    while waiting:
        try:
            found = distribution(waiting.pop())
        except PackageNotFoundError:
            continue  # for another system, or this is a folder that nothing was installed from
        name = found.metadata["Name"]
        if name in known:
            continue
        known.add(name)
        waiting += _asked_for(found)
        if name != "fitcheck":
            yield Part(name, found.version, _licence(found), _texts(found))


def _asked_for(found: Distribution) -> Iterator[str]:
    for asked in found.requires or ():
        name = _NAME.match(asked)
        # What is asked for by an extra isn't shipped for that.
        if name is not None and "extra ==" not in asked.replace("'", '"'):
            yield name[0]


def _licence(found: Distribution) -> str:
    said = found.metadata.get_all("License-Expression") or found.metadata.get_all("License") or [""]
    first = str(said[0]).strip().partition("\n")[0]
    if first and len(first) <= 100:
        return first
    classified = found.metadata.get_all("Classifier") or ()
    named = [str(each).rpartition(" :: ")[2] for each in classified if "License ::" in str(each)]
    return ", ".join(named) or _UNSAID.get(found.metadata["Name"], "")


def _texts(found: Distribution) -> tuple[Path, ...]:
    files = (file for file in found.files or () if ".dist-info" in str(file))
    texts = [
        Path(str(file.locate()))
        for file in files
        if file.name.upper().startswith(_TEXTS) or "licenses" in file.parts
    ]
    return tuple(sorted(text for text in texts if text.is_file()))
