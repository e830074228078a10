"""The eight fictional prospects of the demonstration, files like any other assessment."""

from __future__ import annotations

from fitcheck import packaged
from fitcheck.domain.assessment import Assessment
from fitcheck.exchange.assessment_json import read_assessment


def load_demo() -> tuple[Assessment, ...]:
    """Eight assessments that show every recommendation and every stance."""
    names = [name for name in packaged.names("demo") if name.endswith(".json")]
    return tuple(read_assessment(packaged.read_bytes("demo", name)) for name in names)
