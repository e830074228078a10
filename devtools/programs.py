"""Starting what stands in `.venv`, so that it meets its own libraries and nobody's settings."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from devtools import environment, system
from devtools.environment import ROOT


def _environment(*, offscreen: bool = False) -> dict[str, str]:
    variables = {**environment.program_environment(), **system.library_environment()}
    if offscreen:
        variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    return variables


def hear(command: list[str]) -> tuple[int, list[str]]:
    """Run a tool as :func:`call` does, and keep what it says while it is shown."""
    variables = _environment(offscreen=True)
    said = []
    with subprocess.Popen(
        command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as tool:
        assert tool.stdout
        for line in tool.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            said.append(line.rstrip("\n"))
    return tool.returncode, said


def call(command: list[str], *, offscreen: bool = False) -> int:
    """Run a tool in the project's folder and return its exit status."""
    variables = _environment(offscreen=offscreen)
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode


def become(command: list[str], *, folder: Path | None = None, offscreen: bool = False) -> NoReturn:
    """Let the program take over: its exit status, signals and terminal are then its own."""
    variables = _environment(offscreen=offscreen)
    if folder:
        os.chdir(folder)
    sys.stdout.flush()
    if sys.platform == "win32":
        # Windows can't replace a process: stand aside, and leave Ctrl-C to the program.
        with subprocess.Popen(command, env=variables) as program:
            while True:
                try:
                    sys.exit(program.wait())
                except KeyboardInterrupt:
                    continue
    else:
        os.execve(command[0], command, variables)
