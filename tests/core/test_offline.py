"""FitCheck never opens a network connection: not by its own code, nor through what it uses."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

NETWORK = {
    *("asyncio", "ftplib", "http", "imaplib", "poplib", "smtplib", "socket", "socketserver"),
    *("ssl", "telnetlib", "urllib", "urllib3", "requests", "xmlrpc"),
}
NETWORK_OF_QT = {"QtNetwork", "QtNetworkAuth", "QtWebSockets", "QtWebEngineCore"}
# What a second start says to the first goes through a local socket, which never leaves the machine.
HARMLESS = {
    *("urllib.parse", "http.HTTPStatus"),
    *("PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"),
}

EVERYTHING = """
import sys

def listen(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        print(event, arguments, file=sys.stderr)

sys.addaudithook(listen)
from fitcheck import cli
status = cli.main(["judge", sys.argv[1]])
for edition in ("private", "prospect"):
    status |= cli.main(["report", sys.argv[1], "--edition", edition, "-o", sys.argv[2]])
sys.exit(status)
"""


def imported(source: str) -> set[str]:
    """Every module that a source imports, with the names taken from it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def reaches_out(module: str) -> bool:
    if any(module == name or module.startswith(f"{name}.") for name in HARMLESS):
        return False
    parts = module.split(".")
    return parts[0] in NETWORK or (parts[0] == "PySide6" and not NETWORK_OF_QT.isdisjoint(parts))


@pytest.mark.parametrize("package", ["fitcheck", "reports", "resources", "ui"])
def test_no_module_imports_what_could_reach_a_network(package: str) -> None:
    found = {
        f"{file.relative_to(ROOT)}: {module}"
        for file in (ROOT / package).rglob("*.py")
        for module in imported(file.read_text(encoding="utf-8"))
        if reaches_out(module)
    }
    assert found == set()


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import urllib.request as u",
        "from http.client import HTTPSConnection",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QTcpSocket",
        "from PySide6.QtNetwork import QLocalSocket, QTcpSocket",
    ],
)
def test_the_search_finds_such_imports(source: str) -> None:
    assert any(map(reaches_out, imported(source)))


def test_judging_and_rendering_open_no_socket(tmp_path: Path) -> None:
    demo = ROOT / "resources" / "demo" / "01-northbeam.json"
    done = subprocess.run(
        [sys.executable, "-c", EVERYTHING, str(demo), str(tmp_path / "out.pdf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_tests_can_not_reach_out_either() -> None:
    with socket.socket() as reaching, pytest.raises(RuntimeError, match="out of bounds"):
        reaching.connect(("127.0.0.1", 9))
