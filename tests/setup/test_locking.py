"""The lock files say what pyproject.toml asks for, with hashes, and name no registry."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from devtools import locking
from devtools.console import StopError

ROOT = Path(__file__).resolve().parents[2]
HASH = "    --hash=sha256:" + "0" * 64


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_a_committed_lock_file_is_clean(name: str) -> None:
    locking.check(name, (ROOT / "requirements" / name).read_text(encoding="utf-8"))


def test_the_lock_files_satisfy_pyproject() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev = locked("run.txt"), locked("dev.txt")
    asked = {
        "run.txt": (pyproject["project"]["dependencies"], run),
        "dev.txt": (pyproject["dependency-groups"]["dev"], dev),
    }
    for file, (wishes, lock) in asked.items():
        for wish in map(Requirement, wishes):
            version = lock[canonicalize_name(wish.name)]
            assert wish.specifier.contains(version), f"{file}: {wish} is locked to {version}"
    assert run.items() <= dev.items(), "what ships must be what is tested"


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://registry.example/simple",
        "--extra-index-url file:///srv/simple",
        "-i somewhere",
        "--find-links /srv/wheels",
        f"one @ https://files.example/one.whl \\\n{HASH}",
    ],
)
def test_an_address_is_refused(line: str) -> None:
    with pytest.raises(StopError, match="would name an address"):
        locking.check("run.txt", f"{line}\none==1 \\\n{HASH}\n")


def test_a_package_without_a_hash_is_refused() -> None:
    locking.check("run.txt", f"one==1 \\\n{HASH}\ntwo==2 \\\n{HASH}\n")
    with pytest.raises(StopError, match="no hash for `two==2`"):
        locking.check("run.txt", f"one==1 \\\n{HASH}\ntwo==2\n")
