"""The core runs where no window and no paper can be had."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6", "jinja2", "weasyprint", "pypdfium2"}:
            raise ImportError(f"{name} is not to be had here")

sys.meta_path.insert(0, Absent())
import fitcheck
names = ["fitcheck"]
for module in pkgutil.walk_packages(fitcheck.__path__, "fitcheck."):
    if ".migrations" not in module.name:  # Alembic runs those; they aren't for importing
        importlib.import_module(module.name)
        names.append(module.name)
print("\\n".join(names))
"""


def test_every_module_imports_without_qt_jinja_and_weasyprint() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    imported = done.stdout.split()
    assert {"fitcheck.cli", "fitcheck.services", "fitcheck.store.book"} <= set(imported)
