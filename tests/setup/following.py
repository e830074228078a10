"""Runs in a copy of the tree, as a program there, what the pages of ``docs/contributing`` run.

It reads a JSON object: ``run`` has commands of FitCheck, ``test`` the arguments of pytest.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import fitcheck
from fitcheck.cli import main


def _all_of(asked: dict[str, Any]) -> int:
    assert Path(fitcheck.__file__).is_relative_to(Path.cwd()), "it is the copy that is tried"
    for arguments in asked["run"]:
        if status := main(arguments):
            return status
    return int(pytest.main(asked["test"]))


if __name__ == "__main__":
    sys.exit(_all_of(json.load(sys.stdin)))
