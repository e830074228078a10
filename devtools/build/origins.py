"""Where everything in the built program came from: the components, with versions and licences."""

import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from devtools.audit import normal
from devtools.build.parts import PROJECT, VERSION, owners, packages, shipped_names
from devtools.console import StopError
from devtools.environment import ROOT

_OWN = ("fitcheck", "reports", "resources", "ui")
_FONTS = "resources/fonts/"

# What `License:` says in a machine-readable copyright file, at the start of a line.
_SAID = re.compile(r"^License: *(\S.*)$", re.MULTILINE)
_COMMON = Path("/usr/share/common-licenses")

# The Qt Company's wheels bring no text, and the licence's own is long: a copy of it is kept.
_LGPL = ROOT / "devtools" / "build" / "licences"


@dataclass(frozen=True)
class Component:
    """Something in the program that somebody else, or we, made.

    ``group`` is the folder of its licence texts; ``files``: where its native files and data lie in
    the program. ``licence`` is an SPDX expression, or words where there is none.
    """

    group: str
    name: str
    version: str
    licence: str
    purl: str = ""
    files: tuple[str, ...] = ()
    texts: tuple[Path, ...] = ()


def own() -> Component:
    """FitCheck itself."""
    return Component("", "FitCheck", VERSION, "", f"pkg:generic/fitcheck@{VERSION}")


def components(contents: Mapping[str, object]) -> list[Component]:
    """What the program consists of, by what ``build.spec`` wrote of it.

    Raises `StopError` where nobody knows whose something is, or its licence has no text.
    """
    files, modules = contents["files"], contents["modules"]
    assert isinstance(files, dict)
    assert isinstance(modules, list)
    owned, faults = _python_packages(files, modules)
    found = [*owned, _python(files), _bootloader(), *_fonts(files), *_sqlcipher(files)]
    claimed = {file for each in found for file in each.files}
    left = {
        to: Path(source)
        for to, source in files.items()
        if to not in claimed and not Path(source).is_relative_to(ROOT / "build")
    }
    ours = {to for to, source in left.items() if _is_ours(source)}
    system, unknown = _system({to: left[to] for to in left.keys() - ours})
    found += system
    faults += [f"nobody knows whose this is: {to} ({left[to]})" for to in sorted(unknown)]
    faults += [f"{each.name}: no text of its licence was found" for each in found if not each.texts]
    if faults:
        raise StopError("\n".join(["The bill of materials is incomplete:", *faults]))
    return sorted(found, key=lambda each: (each.group, each.name))


def _is_ours(source: Path) -> bool:
    return source.is_relative_to(ROOT) and not source.is_relative_to(ROOT / ".venv")


def _python_packages(
    files: Mapping[str, str], modules: Iterable[str]
) -> tuple[list[Component], list[str]]:
    """The packages from ``.venv``, and what is in the program without being locked for it."""
    known = packages()
    by_file = {file: name for name, package in known.items() for file in package.files}
    mine: dict[str, list[str]] = {}
    for to, source in files.items():
        if (name := by_file.get(Path(source))) is not None:
            mine.setdefault(name, []).append(to)
    faults = []
    for module in modules:
        names = {normal(each) for each in owners().get(module, ())}
        shipped = sorted(names & shipped_names())
        for name in shipped:
            mine.setdefault(name, [])
        foreign = module not in (*sys.stdlib_module_names, *_OWN)
        # What the build makes itself begins so.
        if foreign and not shipped and not module.startswith(("_pyi_", "_sysconfigdata")):
            faults.append(f"{module} is in the program, but isn't locked for running")
    return [
        Component(
            "python",
            name,
            known[name].version,
            known[name].licence,
            f"pkg:pypi/{name}@{known[name].version}",
            tuple(sorted(to)),
            known[name].texts or tuple(sorted(_LGPL.glob("LGPL-3.0/*"))),
        )
        for name, to in mine.items()
    ], faults


def _python(files: Mapping[str, str]) -> Component:
    version = ".".join(map(str, sys.version_info[:3]))
    base = Path(sys.base_prefix).resolve()
    # A Python of the system's packages is found with these; the libraries beside it, too.
    mine = [
        to
        for to, source in files.items()
        if (base != Path("/usr") and Path(source).resolve().is_relative_to(base))
        or to.startswith(("python3", "libpython"))
        or to == "base_library.zip"
    ]
    places = [base, Path(metadata.__file__).resolve().parents[2], Path("/usr/share/doc/python3")]
    names = ("LICENSE.txt", "LICENSE", "copyright")
    texts = [place / name for place in places for name in names if (place / name).is_file()]
    return Component(
        "python",
        "Python",
        version,
        "PSF-2.0",
        f"pkg:generic/python@{version}",
        tuple(sorted(mine)),
        tuple(texts[:1]),
    )


def _bootloader() -> Component:
    """The program that starts Python: the only part of PyInstaller that is passed on."""
    found = metadata.distribution("pyinstaller")
    texts = tuple(
        Path(str(found.locate_file(file)))
        for file in found.files or ()
        if file.name.upper().startswith(("COPYING", "LICEN"))
    )
    return Component(
        "python",
        "PyInstaller-bootloader",
        found.version,
        "GPL-2.0-or-later WITH Bootloader-exception",
        f"pkg:pypi/pyinstaller@{found.version}",
        (),
        texts,
    )


def _fonts(files: Mapping[str, str]) -> list[Component]:
    mine = tuple(sorted(to for to in files if to.startswith(_FONTS)))
    texts = (ROOT / _FONTS / "OFL.txt",)
    return [Component("fonts", "IBM Plex", "", "OFL-1.1", "", mine, texts)] if mine else []


def _sqlcipher(files: Mapping[str, str]) -> list[Component]:
    """What sqlcipher3's module is compiled from, which its description doesn't name."""
    if not any(to.startswith("sqlcipher3/") for to in files):
        return []
    from sqlcipher3 import dbapi2

    with dbapi2.connect(":memory:") as connection:
        ((version,),) = connection.execute("PRAGMA cipher_version").fetchall()
    number = str(version).split()[0]
    texts = packages()["sqlcipher3"].texts
    purl = f"pkg:github/sqlcipher/sqlcipher@v{number}"
    return [Component("python", "SQLCipher", number, "BSD-3-Clause", purl, (), texts)]


# The libraries of the system


def _system(files: Mapping[str, Path]) -> tuple[list[Component], set[str]]:
    """A component for each package of the system, and what belongs to none."""
    if sys.platform != "linux":
        return _gstreamer(files)
    holders = _debian_packages(files.values())
    mine: dict[str, list[str]] = {}
    for to, source in files.items():
        if source in holders:
            mine.setdefault(holders[source], []).append(to)
    unknown = {to for to, source in files.items() if source not in holders}
    return [_debian(name, tuple(sorted(to))) for name, to in mine.items()], unknown


def _debian_packages(files: Iterable[Path]) -> dict[Path, str]:
    names = dict[str, Path]()
    for file in files:
        real = str(file.resolve())
        # dpkg knows a file by the name that it was given before /lib became a link to /usr/lib.
        names |= dict.fromkeys((real, real.removeprefix("/usr"), str(file)), file)
    found = {}
    # It ends with status 1 if one of them is nobody's.
    for line in _ask("dpkg-query", "--search", *names).splitlines():
        package, _, name = line.partition(": ")
        if name in names:
            found[names[name]] = package.split(",")[0].split(":")[0]
    return found


def _debian(name: str, files: tuple[str, ...]) -> Component:
    said = _ask("dpkg-query", "--show", "--showformat=${Version} ${Architecture}\n", name)
    version, _, architecture = said.splitlines()[0].partition(" ")
    copyright_ = Path("/usr/share/doc") / name / "copyright"
    texts = [copyright_.resolve()] if copyright_.is_file() else []
    named = copyright_.read_text(encoding="utf-8", errors="replace") if texts else ""
    licences = sorted({each.strip() for each in _SAID.findall(named)})
    # It refers to those that every Debian has.
    texts += sorted(
        text
        for text in _COMMON.glob("*")
        if re.search(rf"common-licenses/{re.escape(text.name)}(?![-\w]|\.\d)", named)
    )
    return Component(
        "system",
        name,
        version,
        " and ".join(licences) or "see its copyright file",
        f"pkg:deb/debian/{name}@{version}?arch={architecture}",
        files,
        tuple(texts),
    )


def _gstreamer(files: Mapping[str, Path]) -> tuple[list[Component], set[str]]:
    """Pango's libraries on Windows and macOS, which come in one package. (Not run.)"""
    found = metadata.distribution("gstreamer-libs")
    theirs = {Path(str(found.locate_file(file))) for file in found.files or ()}
    mine = sorted(to for to, source in files.items() if source in theirs)
    texts = tuple(file for file in theirs if "licen" in file.name.lower())
    purl = f"pkg:pypi/gstreamer-libs@{found.version}"
    name = "gstreamer-libs"
    component = Component(
        "system", name, found.version, "LGPL-2.1-or-later", purl, tuple(mine), texts
    )
    # The runtime of the compiler belongs to Windows.
    left = {to for to in files.keys() - set(mine) if not re.match(r"(ms|vc|ucrt|api-ms)", to)}
    return [component], left


def _ask(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        raise StopError(
            "The libraries that the build takes from the system are named and licensed by "
            f"Debian's package manager, and there is no {command[0]} here.\nBuild on Debian or "
            "Ubuntu; the result runs on other Linuxes, too."
        ) from None


def project_description() -> str:
    """The sentence of pyproject.toml."""
    return str(PROJECT["project"]["description"])
