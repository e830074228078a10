"""Drawings as files, since neither Qt's icons nor its style sheets take them from anywhere else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTemporaryDir


class Drawings(QObject):
    """Drawings in a colour each, in a folder that goes with the application."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._folder = QTemporaryDir()

    @classmethod
    def of_application(cls) -> Drawings:
        """Those of the application, whose end takes the files away."""
        app = QCoreApplication.instance()
        assert app is not None
        return app.findChild(cls) or cls(app)

    def file(self, name: str, colour: str, svg: str) -> Path:
        """``svg``, which is what ``name`` looks like in that colour, as a file."""
        # The colour is part of the name because Qt remembers pictures by their names.
        path = Path(self._folder.filePath(f"{name}-{colour.lstrip('#')}.svg"))
        if not path.exists():
            path.write_text(svg, encoding="utf-8")
        return path
