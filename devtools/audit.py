"""What is locked, looked over: pinned and hashed, licensed, used, and without known weaknesses.

All but the last needs no network. The last asks a public database (pip-audit, by OSV): where that
can't be reached it says so and the check passes, since a machine without a network isn't weak.
"""

import ast
import datetime as dt
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from devtools.console import StopError, say
from devtools.environment import ROOT, program_environment, script
from devtools.locking import FOLDER, check

PATIENCE = 180
"""Seconds that the database may take for all of it."""

_PINNED = re.compile(
    r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!_-]+)( ; [^\\]+?)? \\\n"
    r"((?:\s+--hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)"
)
_SHIPPED = ("fitcheck", "reports", "resources", "ui")
_TOOLS = ("devtools", "tests")

# What is asked of .venv's own Python: its packages, with what their descriptions say.
_DESCRIBE = """
import importlib.metadata as m, json
found = []
for each in m.distributions():
    said = each.metadata
    top = {f.parts[0].removesuffix(".py") for f in each.files or () if f.suffix == ".py"}
    found.append(dict(name=said["Name"], expression=said.get("License-Expression") or "",
        license=said.get("License") or "", requires=each.requires or [], imports=sorted(top),
        classifiers=[c for c in said.get_all("Classifier") or [] if c.startswith("License")]))
print(json.dumps(found))
"""

_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
}


@dataclass(frozen=True)
class Ignored:
    """A weakness that doesn't concern us, why, and until when that may be believed."""

    id: str
    reason: str
    until: dt.date


@dataclass(frozen=True)
class Rules:
    """What `[tool.fitcheck.audit]` in pyproject.toml says."""

    run: tuple[str, ...] = ()
    dev: tuple[str, ...] = ()
    licences: frozenset[str] = frozenset()
    licence_of: Mapping[str, str] = field(default_factory=dict)
    used_otherwise: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()


@dataclass(frozen=True)
class Locked:
    """An entry of a lock file."""

    name: str
    version: str
    hashes: str


def audit() -> bool:
    """Look over both lock files and say what is amiss; whether nothing is."""
    rules = read_rules(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    files = {name: (FOLDER / name).read_text(encoding="utf-8") for name in ("run.txt", "dev.txt")}
    described = describe()
    faults = [*pinned_faults(files)]
    if not faults:
        shipped = [each.name for each in locked(files["run.txt"])]
        faults += licence_faults(shipped, described, rules)
        faults += unused_faults(rules, described, _imported(_SHIPPED), _imported(_TOOLS))
        faults += unreached_faults(shipped, rules.run, described)
        # What ships is in there too, at the same versions.
        known, note = weaknesses([*locked(files["dev.txt"])])
        faults += known_faults(known, rules.ignored, dt.date.today())
        say(note)
    for fault in faults:
        say(fault)
    return not faults


def read_rules(project: Mapping[str, Any]) -> Rules:
    """The rules; raises `StopError` where an exception is not justified."""
    table = project.get("tool", {}).get("fitcheck", {}).get("audit", {})
    ignored = []
    for entry in table.get("ignored", ()):
        dated = isinstance(entry.get("until"), dt.date)
        if not (entry.get("id") and entry.get("reason") and dated):
            raise StopError(
                f"pyproject.toml, [[tool.fitcheck.audit.ignored]]: {entry} needs an id, a reason "
                "and a date, until = 2027-01-31."
            )
        ignored.append(Ignored(entry["id"], entry["reason"], entry["until"]))
    return Rules(
        run=tuple(map(_name_in, project["project"]["dependencies"])),
        dev=tuple(map(_name_in, project["dependency-groups"]["dev"])),
        licences=frozenset(table.get("licences", ())),
        licence_of={normal(name): said for name, said in table.get("licence-of", {}).items()},
        used_otherwise={normal(name): why for name, why in table.get("used-otherwise", {}).items()},
        ignored=tuple(ignored),
    )


# Without a network


def locked(text: str) -> Iterator[Locked]:
    """Every entry of a lock file, for whatever system."""
    for match in _PINNED.finditer(text):
        yield Locked(normal(match[1]), match[2], " ".join(match[4].replace("\\", " ").split()))


def pinned_faults(files: Mapping[str, str]) -> Iterator[str]:
    """What isn't pinned to one version and to the hashes of its files, or names an address."""
    for name, text in files.items():
        try:
            check(name, text)
        except StopError as stop:
            yield str(stop)
            continue
        entries = re.split(r"\n(?=\S)", text.strip())
        for entry in entries:
            if not _PINNED.fullmatch(entry + "\n"):
                yield f"{name}: not pinned to one version and its hashes: {entry.splitlines()[0]}"


def licence_faults(
    shipped: Iterable[str], described: Mapping[str, Mapping[str, Any]], rules: Rules
) -> Iterator[str]:
    """What ships under a licence that isn't allowed, or that nobody knows."""
    for name in shipped:
        said = rules.licence_of.get(name) or licence(described.get(name, {}))
        if not said:
            yield f"{name}: its licence isn't known; say it in [tool.fitcheck.audit.licence-of]"
        elif not allowed(said, rules.licences):
            yield f"{name}: its licence isn't allowed: {said}"


def licence(about: Mapping[str, Any]) -> str:
    """What a package's description says, as far as it is to be relied on."""
    if about.get("expression"):
        return str(about["expression"])
    if re.fullmatch(r"[A-Za-z0-9.-]+( (OR|AND) [A-Za-z0-9.-]+)*", about.get("license", "")):
        return str(about["license"])
    named = [each.rpartition(" :: ")[2] for each in about.get("classifiers", ())]
    return " OR ".join(_CLASSIFIERS.get(each, each) for each in named)


def allowed(expression: str, licences: Iterable[str]) -> bool:
    """Whether one of the licences that it offers may be taken, with all that it asks for."""
    may = set(licences)
    return any(
        all(part in may for part in offer.split(" AND "))
        for offer in expression.replace("(", "").replace(")", "").split(" OR ")
    )


def unused_faults(
    rules: Rules,
    described: Mapping[str, Mapping[str, Any]],
    shipped: set[str],
    tools: set[str],
) -> Iterator[str]:
    """What is asked for in pyproject.toml and imported by nobody."""
    for names, imported in ((rules.run, shipped), (rules.dev, shipped | tools)):
        for name in names:
            # One that isn't for this system has no description here, and can't be judged.
            imports = set(described.get(name, {}).get("imports", ()))
            used = not imports or imports & imported or name in rules.used_otherwise
            if not used:
                yield f"{name}: nothing imports it; leave it out, or say in used-otherwise what for"


def unreached_faults(
    shipped: Iterable[str], asked: Iterable[str], described: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    """What is locked, though neither asked for nor needed by what is."""
    needed, ahead = set(asked), list(asked)
    while ahead:
        for requirement in described.get(ahead.pop(), {}).get("requires", ()):
            name = _name_in(requirement)
            if name not in needed:
                needed.add(name)
                ahead.append(name)
    for name in shipped:
        # One that isn't for this system may be needed by another of its kind.
        if name not in needed and name in described:
            yield f"{name}: locked, though nothing needs it; run `python3 dev.py lock`"


def describe() -> dict[str, Mapping[str, Any]]:
    """What the packages in `.venv` say of themselves, by name."""
    done = subprocess.run(
        [script("python"), "-I", "-c", _DESCRIBE],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
    )
    return {normal(each["name"]): each for each in json.loads(done.stdout)}


def _imported(packages: Iterable[str]) -> set[str]:
    """The first name of every import, wherever in the code it stands."""
    names: set[str] = set()
    for package in packages:
        for file in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_bytes())):
                if isinstance(node, ast.Import):
                    names |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names.add(node.module.partition(".")[0])
    return names


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _name_in(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return normal(match[0])


# With one


@dataclass(frozen=True)
class Weakness:
    """One that the database knows of something locked."""

    name: str
    version: str
    ids: tuple[str, ...]
    fixed: tuple[str, ...]

    def __str__(self) -> str:
        others = f" ({', '.join(self.ids[1:])})" if len(self.ids) > 1 else ""
        fixed = f"fixed in {', '.join(self.fixed)}" if self.fixed else "not fixed yet"
        return f"{self.name} {self.version}: {self.ids[0]}{others}; {fixed}"


def weaknesses(entries: list[Locked]) -> tuple[list[Weakness], str]:
    """What the database knows, and a sentence on how far it was asked.

    Raises `StopError` where it isn't the network that failed.
    """
    found: list[Weakness] = []
    asked = 0
    for batch in _apart(entries):
        answer = _ask(batch)
        if answer is None:
            return found, "not audited: the database of known weaknesses couldn't be reached"
        for each in answer["dependencies"]:
            asked += "skip_reason" not in each
            found += [
                Weakness(
                    each["name"],
                    each["version"],
                    (said["id"], *said.get("aliases", ())),
                    tuple(said.get("fix_versions", ())),
                )
                for said in each.get("vulns", ())
            ]
    return (
        found,
        f"{asked} of {len(entries)} locked packages looked up; known weaknesses: {len(found)}",
    )


def known_faults(
    known: Iterable[Weakness], ignored: Iterable[Ignored], today: dt.date
) -> Iterator[str]:
    """Those that nobody has decided to live with, and decisions that are over."""
    left = {each.id: each for each in ignored}
    for entry in left.values():
        if entry.until < today:
            yield f"{entry.id} was to be ignored until {entry.until} ({entry.reason}): look again"
    for weakness in known:
        if not any(name in left for name in weakness.ids):
            yield str(weakness)


def _apart(entries: list[Locked]) -> Iterator[list[Locked]]:
    """The entries such that none names a package twice, as those for two Pythons do."""
    while entries:
        batch: dict[str, Locked] = {}
        later = []
        for entry in entries:
            if batch.setdefault(entry.name, entry) is not entry:
                later.append(entry)
        yield list(batch.values())
        entries = later


# requests' and pip-audit's own names for a database that doesn't answer.
_UNREACHED = re.compile(
    r"ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|NameResolutionError"
    r"|Could not connect|HTTPError|ServiceError|ChunkedEncodingError"
)


def _ask(entries: list[Locked]) -> dict[str, Any] | None:
    """pip-audit's answer; `None` where the database couldn't be reached."""
    with tempfile.TemporaryDirectory(prefix="fitcheck-audit-") as folder:
        # Without their conditions: what is locked for another system is shipped there.
        file = Path(folder, "locked.txt")
        lines = [f"{each.name}=={each.version} {each.hashes}\n" for each in entries]
        file.write_text("".join(lines), encoding="utf-8")
        command = [script("pip-audit"), "--requirement", str(file), "--require-hashes"]
        command += ["--disable-pip", "--vulnerability-service", "osv", "--format", "json"]
        command += ["--progress-spinner", "off", "--timeout", "15"]
        try:
            done = subprocess.run(
                command,
                env=program_environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        except OSError as error:
            raise StopError(
                f"Auditing: {error}.\nRun `python3 dev.py setup`, which installs pip-audit."
            ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        if _UNREACHED.search(done.stderr):
            return None
        words = "\n".join(done.stderr.splitlines()[-5:])
        raise StopError(
            f"Auditing: pip-audit ended with status {done.returncode} and said:\n{words}"
        ) from None
    return answer if isinstance(answer, dict) else None


if __name__ == "__main__":
    sys.exit(0 if audit() else 1)
