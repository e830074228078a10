"""Each import contract of pyproject.toml holds for a clean house and fails for a broken one.

A contract that can't fail protects nothing. So the contracts are tried on a house of empty modules
that has the real one's layout: each forbidden import is put in, alone, and must be found.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MODULES = """
    fitcheck/__init__ fitcheck/__main__ fitcheck/cli fitcheck/errors fitcheck/i18n
    fitcheck/packaged fitcheck/services fitcheck/settings
    fitcheck/domain/__init__ fitcheck/domain/bank fitcheck/domain/report
    fitcheck/exchange/__init__ fitcheck/exchange/assessment_json
    fitcheck/store/__init__ fitcheck/store/repository fitcheck/store/tables
    reports/__init__ reports/charts reports/render
    resources/__init__
    ui/__init__ ui/app ui/main_window ui/pages/__init__ ui/pages/interview
""".split()

# The real product's way of hanging together, with both permitted steps up.
PERMITTED = {
    "fitcheck/__main__": ["import fitcheck.cli", "def window():\n    import ui.app"],
    "fitcheck/cli": ["import fitcheck.services", "def report():\n    import reports.render"],
    "fitcheck/domain/bank": ["import fitcheck.packaged", "import fitcheck.errors"],
    "fitcheck/exchange/assessment_json": ["import jsonschema", "import fitcheck.domain.bank"],
    "fitcheck/packaged": ["import resources"],
    "fitcheck/services": ["import fitcheck.store.repository", "import fitcheck.exchange"],
    "fitcheck/store/repository": ["import sqlalchemy", "import fitcheck.domain.report"],
    "fitcheck/store/tables": ["import sqlcipher3", "import alembic"],
    "reports/render": ["import jinja2, weasyprint", "import fitcheck.domain.report"],
    "ui/app": ["import PySide6.QtWidgets", "import fitcheck.services", "import ui.main_window"],
    "ui/main_window": ["import reports.render", "import pypdfium2"],
}

LAYERS = "ui, reports, fitcheck, resources: imports point down"
CORE = "fitcheck knows neither windows nor paper"
DOMAIN = "fitcheck.domain is free of databases, files and use-cases"
REPORTS = "reports renders report objects and never sees the store"
UI = "ui leaves rows, templates and paper to the layers below"
READER = "fitcheck.packaged alone reads resources"

# By contract: what breaks it, as importing module and imported one.
FORBIDDEN = {
    LAYERS: [
        ("fitcheck.services", "ui.app"),
        ("fitcheck.cli", "ui.app"),
        ("fitcheck.__main__", "ui.main_window"),
        ("fitcheck.services", "reports.render"),
        ("reports.charts", "ui.app"),
        ("resources", "fitcheck.errors"),
    ],
    CORE: [
        ("fitcheck.settings", "PySide6"),
        ("fitcheck.i18n", "jinja2"),
        ("fitcheck.domain.report", "weasyprint"),
        ("fitcheck.exchange", "pypdfium2"),
    ],
    DOMAIN: [
        ("fitcheck.domain.bank", "sqlalchemy"),
        ("fitcheck.domain.bank", "alembic"),
        ("fitcheck.domain.bank", "sqlcipher3"),
        ("fitcheck.domain.bank", "jsonschema"),
        ("fitcheck.domain.report", "fitcheck.store.tables"),
        ("fitcheck.domain.report", "fitcheck.exchange"),
        ("fitcheck.domain.report", "fitcheck.services"),
        ("fitcheck.domain.report", "fitcheck.cli"),
    ],
    REPORTS: [
        ("reports.charts", "PySide6"),
        ("reports.charts", "sqlalchemy"),
        ("reports.charts", "fitcheck.store.repository"),
        ("reports.charts", "fitcheck.services"),
    ],
    UI: [
        ("ui.pages.interview", "sqlalchemy"),
        ("ui.pages.interview", "jinja2"),
        ("ui.pages.interview", "weasyprint"),
    ],
    READER: [("fitcheck.domain.bank", "resources"), ("ui.pages.interview", "resources")],
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module in MODULES:
        file = tmp_path / f"{module}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(PERMITTED.get(module, [])) + "\n", encoding="utf-8")
    return tmp_path


def lint(house: Path) -> tuple[int, str]:
    """The exit status of lint-imports in that house, and what it printed."""
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"),
            *("--no-cache", "--no-logo", "--config", "pyproject.toml"),
        ],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(house), "PYTHONUTF8": "1"},
    )
    return done.returncode, done.stdout + done.stderr


def test_a_clean_house_keeps_every_contract(house: Path) -> None:
    status, output = lint(house)
    assert status == 0, output
    assert f"Contracts: {len(FORBIDDEN)} kept, 0 broken." in output


def test_no_contract_goes_untried() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == set(FORBIDDEN)


@pytest.mark.parametrize("later", [False, True], ids=["at the top", "inside a function"])
@pytest.mark.parametrize("contract", FORBIDDEN)
def test_every_forbidden_import_is_found(house: Path, contract: str, later: bool) -> None:
    for importer, imported in FORBIDDEN[contract]:
        file = house / importer.replace(".", "/")
        file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
        with file.open("a", encoding="utf-8") as module:
            if later:
                module.write("def later():\n    ")
            module.write(f"import {imported}\n")
    status, output = lint(house)
    assert status == 1, output
    assert f"{contract} BROKEN" in output
    for importer, imported in FORBIDDEN[contract]:
        assert f"{importer} -> {imported} " in output, output
