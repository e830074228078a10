"""What goes over the pipes between the program and its render worker: frames, a length each.

A request is a pickle, which only ever goes down to the worker. What comes up is never unpickled:
the worker sets foreign text and is trusted no further than that. An answer is one letter and bytes.
"""

from __future__ import annotations

import struct
from typing import IO

FAULTS = "faults.txt"
"""Where the worker leaves what it can of a fault outside Python: in its folder for temporaries."""

MADE = b"P"
"""The rest of the frame is the PDF."""
FAILED = b"E"
"""The rest is JSON: whether the person can mend it (``mendable``), the ``message`` if so, and the
class and places of the error, reduced, as lines (``where``)."""


class WorkerDied(Exception):  # noqa: N818 - what happened to it, not what is wrong
    """The worker ended without an answer."""


_LENGTH = struct.Struct(">Q")


def write_frame(stream: IO[bytes], *parts: bytes) -> None:
    """Write one frame of these parts, and have it sent."""
    stream.write(_LENGTH.pack(sum(map(len, parts))))
    for part in parts:
        stream.write(part)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame; ``None`` where the other side has gone, be it in the middle of one."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None
