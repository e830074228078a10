"""What a user can mend. Anything that isn't one of these is a bug of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fitcheck.i18n import N_, _


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with an input.

    ``place`` names where (a JSON path such as ``$.answers[3].evidence``, or a file, line and
    table); ``expected`` says what was expected there and, where it helps, what was found.
    """

    place: str
    expected: str

    def __str__(self) -> str:
        return f"{self.place}: {self.expected}"


_SYSTEM = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Device or resource busy"),
    N_("Too many open files"),
)
"""What systems say in English whatever the language: those that people meet."""


def reason(error: OSError) -> str:
    """The system's words for what it refused, as far as they are known in the language in force."""
    return _(error.strerror) if error.strerror else str(error)


def unreadable(error: OSError) -> str:
    """What a fault says of a file that the system doesn't give."""
    return _("expected a readable file: {reason}").format(reason=reason(error))


class FitCheckError(Exception):
    """Something that the person at the keyboard can mend; its text says what, where and how."""


class InvalidInput(FitCheckError):  # noqa: N818 - it is the input that is invalid
    """An input that was refused whole. ``faults`` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
