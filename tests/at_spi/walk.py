"""The event form by keyboard, and what AT-SPI tells a screen reader at each step.

Linux only, and run by hand (`docs/accessibility.md` says how and what it heard). It starts FitCheck
over an empty book on whatever display there is, with a bus of its own around it::

    xvfb-run -a -s "-screen 0 1280x720x24" dbus-run-session -- python -m tests.at_spi.walk

Keys go in through the X server, as a keyboard's do; what is heard comes back over the bus, as it
comes to Orca. Nothing of the program's own is used.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_SAID = "Announcement"
_ROOT = "/org/a11y/atspi/accessible/root"
_FOCUSED, _CHECKED, _SHOWING = 12, 4, 25
"""Bits of AT-SPI's set of states."""

_TOLD = ("label", "radio button", "push button", "button", "check box", "text", "list item")


@dataclass(frozen=True)
class Heard:
    """One object as a screen reader has it."""

    path: str
    role: str
    name: str
    description: str
    state: int

    def has(self, bit: int) -> bool:
        return bool(self.state >> bit & 1)

    def __str__(self) -> str:
        checked = ", chosen" if self.has(_CHECKED) else ""
        more = f" ({self.description})" if self.description else ""
        return f"{self.role} “{self.name}”{checked}{more}"


class Bus:
    """The accessibility bus, asked through ``busctl``, which knows its compound values."""

    def __init__(self, address: str) -> None:
        self._address = address

    def call(self, owner: str, path: str, interface: str, member: str, *arguments: str) -> Any:
        return self._ask("call", owner, path, interface, member, *arguments)

    def get(self, owner: str, path: str, name: str) -> Any:
        return self._ask("get-property", owner, path, _ACCESSIBLE, name)

    def _ask(self, *words: str) -> Any:
        command = ["busctl", f"--address={self._address}", "--json=short", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)["data"] if done.stdout.strip() else None


class Announcements:
    """What the program says by itself, as a monitor of the bus writes it down."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known = 0

    def new(self) -> list[str]:
        """What was said since the last time."""
        lines = self._file.read_text(encoding="utf-8").splitlines()
        fresh, self._known = lines[self._known :], len(lines)
        told = [json.loads(line) for line in fresh]
        return [one["payload"]["data"][3]["data"] for one in told if one["member"] == _SAID]


class Listener:
    """Hears one program, and types."""

    def __init__(self, bus: Bus, owner: str, announced: Announcements) -> None:
        self._bus = bus
        self._owner = owner
        self._announced = announced

    def heard(self, path: str) -> Heard:
        bus, owner = self._bus, self._owner
        (role,) = bus.call(owner, path, _ACCESSIBLE, "GetRoleName")
        ((low, high),) = bus.call(owner, path, _ACCESSIBLE, "GetState")
        name, told = bus.get(owner, path, "Name"), bus.get(owner, path, "Description")
        return Heard(path, role, name, told, low | high << 32)

    def children(self, path: str) -> list[str]:
        (found,) = self._bus.call(self._owner, path, _ACCESSIBLE, "GetChildren")
        return [child for _owner, child in found]

    def shown(self, path: str = _ROOT) -> list[Heard]:
        """All that is showing, in the order of the tree."""
        found = []
        for child in self.children(path):
            here = self.heard(child)
            if here.has(_SHOWING):
                found.append(here)
                found += self.shown(child)
        return found

    def settled(self) -> list[Heard]:
        """The same once nothing of it goes away while one looks."""
        for _try in range(20):
            with suppress(subprocess.CalledProcessError):
                return self.shown()
        raise SystemExit("the screen never comes to rest")

    def focus(self) -> Heard | None:
        return next((each for each in reversed(self.settled()) if each.has(_FOCUSED)), None)

    def press(self, *keys: str) -> None:
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
            time.sleep(0.15)

    def type(self, text: str) -> None:
        subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)
        time.sleep(0.3)

    def tell(self, step: str, *wanted: str) -> None:
        """Print what is heard at a step, once all of ``wanted`` is among it."""
        limit = time.monotonic() + PATIENCE
        while True:
            parts = self.settled()
            words = "\n".join(f"{each.name}\n{each.description}" for each in parts)
            missing = [each for each in wanted if each not in words]
            if not missing or time.monotonic() > limit:
                break
        focused = [each for each in parts if each.has(_FOCUSED)]
        print(f"\n## {step}")
        print(f"focus: {focused[-1] if focused else 'nowhere'}")
        for text in self._announced.new():
            print(f"said: {text}")
        for each in parts:
            if each.role in _TOLD and each not in focused:
                print(f"  {each}" if each.name else f"  NAMELESS {each.role}")
        if missing:
            raise SystemExit(f"never heard at “{step}”: {missing}")
        if not focused:
            raise SystemExit(f"nothing has the focus at “{step}”")


def wait(found: Any, what: str) -> Any:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if (value := found()) is not None:
            return value
        time.sleep(0.2)
    raise SystemExit(f"waited in vain for {what}")


def accessibility_bus() -> str:
    """The address of the accessibility bus, which the session bus starts when it is asked."""
    done = subprocess.run(
        "busctl --user --json=short call "
        "org.a11y.Bus /org/a11y/bus org.a11y.Bus GetAddress".split(),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"]},
    )
    (address,) = json.loads(done.stdout)["data"]
    return str(address)


def main() -> int:
    QCoreApplication(sys.argv)
    address = accessibility_bus()
    bus = Bus(address)
    # As long as this connection lives, programs tell of what gets the focus.
    listening = QDBusConnection.connectToBus(address, "listening")
    for event in ("object:state-changed:focused", "focus:", "object:announcement"):
        call = QDBusMessage.createMethodCall(
            "org.a11y.atspi.Registry",
            "/org/a11y/atspi/registry",
            "org.a11y.atspi.Registry",
            "RegisterEvent",
        )
        call.setArguments([event])
        listening.call(call)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
        }
        program = [sys.executable, "-m", "fitcheck", "--data", str(Path(folder) / "book")]
        told = Path(folder) / "said.json"
        watch = ["busctl", f"--address={address}", "--json=short", f"--match=member='{_SAID}'"]
        with (
            told.open("wb") as file,
            subprocess.Popen([*watch, "monitor"], stdout=file) as watching,
            subprocess.Popen(program, env=environment) as running,
        ):
            try:
                walk(bus, Announcements(told))
            finally:
                running.terminate()
                watching.terminate()
    return 0


def the_program(bus: Bus) -> str | None:
    (programs,) = bus.call("org.a11y.atspi.Registry", _ROOT, _ACCESSIBLE, "GetChildren")
    for owner, path in programs:
        (children,) = bus.call(owner, path, _ACCESSIBLE, "GetChildren")
        if children:
            return str(owner)
    return None


def walk(bus: Bus, announced: Announcements) -> None:
    owner = wait(lambda: the_program(bus), "the program on the bus")
    listener = Listener(bus, owner, announced)
    listener.tell("The program has started", "Welcome to FitCheck", "Not now")
    listener.press("Tab", "Tab", "Tab", "Tab")
    listener.tell("Tab, to “Not now”", "Not now")
    listener.press("Return")
    listener.tell("Return: the empty book", "Your book is empty")
    listener.press("ctrl+n")
    listener.tell("Ctrl+N: somebody new", "Name")
    listener.type("Ada Bell")
    for _stop in range(12):
        focus = listener.focus()
        print(f"  {focus}")
        if focus and focus.role == "radio button":
            break
        listener.press("Tab")
    listener.press("Down")
    listener.tell("Tab to the form, Down: the event form")
    listener.press("Return")
    listener.tell("Return: what to agree on", "agree on how you talk")
    listener.press("Return")
    for number in range(1, 13):
        listener.tell(f"Question {number}", f"{number} of 12")
        listener.press("4")
        listener.tell(f"4: question {number} answered")
        listener.press("Right")
    listener.press("ctrl+Return")
    listener.tell("Ctrl+Enter: the end, quiet", "Thank you for your time.")
    listener.press("F8")
    listener.tell("F8: the gut", "what does your gut say?")
    listener.press("Return")
    listener.tell("Return: skipped", "Leaning to")
    listener.press("1")
    listener.tell("1: book a meeting", "Next: A meeting")
    listener.press("Return")
    listener.tell("Return: the verdict", "Back to the questions")


if __name__ == "__main__":
    sys.exit(main())
