"""The render worker: a process that waits with everything loaded and turns reports into PDFs.

Laying out in a thread would hold up the window, since Python's threads take turns. The worker is
started by :mod:`reports.worker_process` with its two ends of a pipe as standard input and output.
It knows no store and no Qt, says and logs nothing, and ends as soon as its input ends: with the
program that started it, however that ended, even in the middle of a document.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
import shutil
import signal
import tempfile
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import BinaryIO

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import CardSheet, pocket_card
from fitcheck.errors import FitCheckError
from fitcheck.library import load_bank
from fitcheck.reduced import reduced
from reports.frames import FAILED, MADE, read_frame, write_frame
from reports.render import render


def main() -> int:
    """Serve standard input until it ends; the exit status."""
    # Ctrl+C in the terminal goes to all of its processes; it is the window that answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()  # a library's warning may quote the text that it is about
    requests, answers = _take_the_pipes()
    waiting: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    _warm_up()
    while True:
        parts = _answer(waiting.get())
        try:
            write_frame(answers, *parts)
        except OSError:  # nobody reads it any more; _listen ends the process
            return 0


def _take_the_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Both pipes. What anything prints from now on goes nowhere, not into an answer."""
    # By their numbers: a windowed program on Windows has no sys.stdin and sys.stdout.
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)
    return requests, answers


def _listen(requests: BinaryIO, waiting: SimpleQueue[bytes]) -> None:
    while (request := read_frame(requests)) is not None:
        waiting.put(request)
    # The folder for temporary files was made for this process alone.
    shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
    os._exit(0)


def _warm_up() -> None:
    """Load the libraries, the fonts and the style by setting a page that says nothing."""
    with suppress(Exception):  # it is told with the first document, which meets the same fault
        render(pocket_card(load_bank(), CardSheet.A6), Paper.A4)


def _answer(request: bytes) -> tuple[bytes, bytes]:
    try:
        report, paper, language = pickle.loads(request)
        return MADE, render(report, paper, language)
    except BaseException as error:  # noqa: BLE001, RUF100 - whatever it is, it is told
        mendable = isinstance(error, FitCheckError)
        told = {
            # The words of any other error may be a person's, and help nobody to mend it.
            "message": str(error) if mendable else "",
            "mendable": mendable,
            "where": list(reduced(error).lines()),
        }
        return FAILED, json.dumps(told).encode()
