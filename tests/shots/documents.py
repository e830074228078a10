"""Pictures of every page of every document, for each recommendation and paper."""

from __future__ import annotations

from fitcheck.domain.profile import Paper
from tests.reports.documents import MAKERS
from tests.shots.camera import Camera, render_document


def document_pages(camera: Camera) -> None:
    """A strip of pages for each document and paper, in the order in which they are turned."""
    for name in MAKERS:
        for paper in Paper:
            camera.take_pages(
                render_document(MAKERS[name](), paper), f"document-{name}-{paper.value}"
            )
