"""The lock files: every version and the hash of every file, and no address of a registry."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from devtools.console import StopError, say
from devtools.environment import ROOT, program_environment, script

FOLDER = ROOT / "requirements"

# How uv reaches a registry; its other settings would change what it chooses.
_UV_REACHES = {
    "UV_CACHE_DIR",
    "UV_DEFAULT_INDEX",
    "UV_EXTRA_INDEX_URL",
    "UV_HTTP_TIMEOUT",
    "UV_INDEX",
    "UV_INDEX_URL",
    "UV_INSECURE_HOST",
    "UV_NATIVE_TLS",
    "UV_OFFLINE",
    "UV_SYSTEM_CERTS",
}
_OPTIONS = (
    "--universal",
    "--python-version=3.11",
    # One version for every Python, so that all of us test the same thing.
    "--fork-strategy=fewest",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-config",
    "--quiet",
)
_ADDRESS = re.compile(r"://|file:|--(?:extra-)?index-url|--find-links|-[if] | @ ")


def lock(*, upgrade: bool) -> None:
    """Write both files anew from pyproject.toml; neither is touched if anything goes wrong."""
    with tempfile.TemporaryDirectory() as name:
        run, dev = Path(name, "run.txt"), Path(name, "dev.txt")
        for file in (run, dev):
            # uv keeps the versions that it finds in its output.
            if (FOLDER / file.name).exists() and not upgrade:
                shutil.copyfile(FOLDER / file.name, file)
        _compile(run)
        # What ships is tested: the tools fit themselves around it.
        _compile(dev, "--group=dev", f"--constraints={run}")
        for file in (run, dev):
            check(file.name, file.read_text(encoding="utf-8"))
        for file in (run, dev):
            changed = _differ(file, FOLDER / file.name)
            shutil.copyfile(file, FOLDER / file.name)
            say(f"requirements/{file.name}: {'written' if changed else 'unchanged'}")


def check(name: str, text: str) -> None:
    """Raise `StopError` if a lock file names an address, or a package without a hash."""
    for number, line in enumerate(text.splitlines(), 1):
        if _ADDRESS.search(line):
            raise StopError(
                f"Locking: line {number} of {name} would name an address, which must not be "
                f"committed:\n    {line}\nThe lock files are as they were. Look at what "
                "pyproject.toml and the variables UV_* ask for."
            )
    for entry in re.split(r"\n(?=\S)", text.strip()):
        if "--hash=sha256:" not in entry:
            raise StopError(
                f"Locking: {name} has no hash for `{entry}`.\nThe lock files are as they were."
            )


def _compile(output: Path, *options: str) -> None:
    variables = {
        name: value
        for name, value in program_environment().items()
        if not name.startswith("UV_") or name in _UV_REACHES
    }
    say(f"Resolving requirements/{output.name}")
    done = subprocess.run(
        [
            script("uv"),
            "pip",
            "compile",
            "pyproject.toml",
            *options,
            *_OPTIONS,
            f"--output-file={output}",
        ],
        cwd=ROOT,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        raise StopError(
            f"Locking: uv ended with status {done.returncode}; its words are above.\n"
            "The lock files are as they were."
        )


def _differ(one: Path, other: Path) -> bool:
    return not other.exists() or one.read_bytes() != other.read_bytes()
