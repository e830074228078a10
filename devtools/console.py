"""How `dev.py` speaks to a person."""

import sys


class StopError(Exception):
    """An expected fault. Its text says what was being done, what happened, and what to do."""


def say(text: str) -> None:
    """Print a line of progress.

    It goes to stderr: `python3 dev.py run bank --json > bank.json` must write JSON alone.
    """
    print(text, file=sys.stderr, flush=True)
