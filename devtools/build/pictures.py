"""The program's icon as pictures of the sizes that systems ask for."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer


def write_png(drawing: Path, size: int, folder: Path) -> Path:
    """Draw an SVG file of a square into a PNG of ``size`` pixels, and say where it lies."""
    folder.mkdir(parents=True, exist_ok=True)
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    target = folder / f"{drawing.stem}-{size}.png"
    if not image.save(str(target)):
        raise OSError(f"{target} can't be written")
    return target
