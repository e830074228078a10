"""--no-skips, and CI=true, turn every kind of skip into a failure, and nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TESTS = """
import pytest

def test_passes(): pass

@pytest.mark.skip(reason="marked")
def test_marked(): pass

def test_called(): pytest.skip("called")

@pytest.fixture
def lacking(): pytest.skip("in a fixture")

def test_fixture(lacking): pass

@pytest.mark.parametrize("nothing", [])
def test_no_parameters(nothing): pass

@pytest.mark.xfail
def test_expected(): assert False
"""


@pytest.mark.parametrize(
    ("option", "ci", "status", "summary"),
    [
        ([], "", 0, "1 passed, 5 skipped, 1 xfailed"),
        (["--no-skips"], "", 1, "1 xfailed"),
        ([], "true", 1, "1 xfailed"),
        (["-n", "2", "--dist", "worksteal"], "", 0, "1 passed, 5 skipped, 1 xfailed"),
        (["-n", "2", "--dist", "worksteal", "--no-skips"], "", 1, "1 xfailed"),
        (["-n", "2", "--dist", "worksteal"], "true", 1, "1 xfailed"),
    ],
    ids=[
        *("plainly", "by option", "in CI"),
        *("side by side", "side by side by option", "side by side in CI"),
    ],
)
def test_skips(tmp_path: Path, option: list[str], ci: str, status: int, summary: str) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_some.py").write_text(TESTS)
    (tmp_path / "test_module.py").write_text("import pytest\npytest.importorskip('not_there')\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--color=no", "-p", "no:cacheprovider", *option],
        cwd=tmp_path,
        env={**os.environ, "CI": ci, "PYTEST_ADDOPTS": "--continue-on-collection-errors"},
        capture_output=True,
        text=True,
        check=False,
    )
    last = done.stdout.splitlines()[-1]
    assert done.returncode == status, done.stdout
    assert summary in last
    if status:
        assert "skipped" not in last
        for reason in ("marked", "called", "in a fixture", "'not_there'"):
            assert f"{reason}\n(with --no-skips" in done.stdout.replace("E   ", "")
