"""Where the data lies: ``--data DIR``, else ``FITCHECK_DATA``, else the system's own place."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder(given: Path | None = None) -> Path:
    """The folder of the book; it need not exist yet."""
    if given is not None:
        return given
    named = os.environ.get("FITCHECK_DATA")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("FitCheck", appauthor=False)
