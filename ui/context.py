"""What the composition root hands to every page; tests inject their own parts here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Report
from fitcheck.services import FitCheck
from ui.jobs import Jobs
from ui.theme import Theme

Render = Callable[[Report, Paper], bytes]
"""Makes the bytes of a PDF; slow, so it runs in a job."""


@dataclass
class Context:
    """The use-cases, the look in force, the jobs, and how a document is rendered."""

    fitcheck: FitCheck
    theme: Theme
    jobs: Jobs
    render: Render
