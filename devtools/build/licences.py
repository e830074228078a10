"""The folder of licence texts that goes with the program, and its table of contents."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from devtools.build.origins import Component

_HEAD = """\
FitCheck {version}: licences of what comes with it
{line}

Each part below lies in a folder of its own, with the texts that it was published under.
Qt (in pyside6-essentials and shiboken6) and the libraries in system/ that are under the LGPL are
files of their own in the program, and may be exchanged for other builds of the same version.
FitCheck-{version}.cdx.json says which file of the program belongs to which part.

"""


def write_licences(folder: Path, version: str, parts: Iterable[Component]) -> None:
    """Write every part's texts into ``folder``, which is made anew."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    title = _HEAD.splitlines()[0].format(version=version)
    rows = []
    for part in parts:
        # The about page takes both apart again (fitcheck/about.py).
        name = f"{part.name}_{part.version}" if part.version else part.name
        place = folder / part.group / name
        place.mkdir(parents=True)
        for text in part.texts:
            shutil.copyfile(text, place / _free(place, text))
        said = part.licence if len(part.licence) <= 100 else "see there"
        rows.append(f"{place.relative_to(folder).as_posix()}\n    {said}\n")
    head = _HEAD.format(version=version, line="=" * len(title))
    (folder / "README.txt").write_text(head + "".join(rows), encoding="utf-8", newline="\n")


def _free(folder: Path, text: Path) -> str:
    """A name for it there; two parts of a package may both have a LICENSE."""
    names = [text.name, *(f"{text.parent.name}-{number}-{text.name}" for number in range(1, 100))]
    return next(name for name in names if not (folder / name).exists())
