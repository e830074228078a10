"""Of which packages the program consists: what is locked for running, and what is only a tool."""

import importlib.metadata as metadata
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from devtools.audit import licence, locked, normal, read_rules
from devtools.environment import ROOT
from devtools.locking import FOLDER

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VERSION = str(PROJECT["project"]["version"])
_OWN = "fitcheck"


@dataclass(frozen=True)
class Package:
    """A Python package that is installed: what it says of itself, and the files it brought."""

    name: str
    version: str
    licence: str
    files: frozenset[Path]
    texts: tuple[Path, ...]
    """Those that its licence is read in."""


@cache
def shipped_names() -> frozenset[str]:
    """What is locked for running, for whatever system."""
    text = (FOLDER / "run.txt").read_text(encoding="utf-8")
    return frozenset(each.name for each in locked(text))


@cache
def owners() -> Mapping[str, list[str]]:
    """The packages that each importable name belongs to; those of several parts have several."""
    return metadata.packages_distributions()


def tool_modules() -> list[str]:
    """What can be imported in ``.venv`` and is only a tool; none of it goes into the program."""
    shipped = shipped_names() | {_OWN}
    return sorted(
        module
        for module, names in owners().items()
        if module.isidentifier() and not {normal(name) for name in names} & shipped
    )


@cache
def packages() -> dict[str, Package]:
    """Every package that ships and is installed here, by its name."""
    licence_of = read_rules(PROJECT).licence_of
    found = {}
    for each in metadata.distributions():
        name = normal(each.metadata["Name"])
        if name not in shipped_names():
            continue
        said = each.metadata
        about = {
            "expression": _first(said, "License-Expression"),
            "license": _first(said, "License"),
            "classifiers": [
                text for text in said.get_all("Classifier") or () if text.startswith("License")
            ],
        }
        files = frozenset(Path(str(each.locate_file(file))) for file in each.files or ())
        texts = tuple(sorted(file for file in files if _is_licence(file)))
        found[name] = Package(
            name, each.version, licence_of.get(name) or licence(about), files, texts
        )
    return found


def _first(said: metadata.PackageMetadata, field: str) -> str:
    return next(iter(said.get_all(field) or ()), "")


def _is_licence(file: Path) -> bool:
    if not any(part.endswith(".dist-info") for part in file.parts) or not file.is_file():
        return False
    if "licenses" in file.parts:
        return True
    return file.name.upper().startswith(("LICEN", "COPYING", "NOTICE", "AUTHORS"))
