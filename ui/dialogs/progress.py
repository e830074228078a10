"""Something that takes a while, seen to go on, and called off while that still changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.dialogs.fitting import fit
from ui.jobs import Job, Jobs, Task
from ui.theme import space
from ui.widgets.labels import label
from ui.widgets.text import paragraph

T = TypeVar("T")


class ProgressDialog(QDialog, Generic[T]):
    """Runs an operation in a job; ``result_`` or ``error`` is there once it is over."""

    def __init__(
        self,
        parent: QWidget | None,
        jobs: Jobs,
        title: str,
        text: str,
        operation: Callable[[Callable[[float], None]], T],
    ) -> None:
        super().__init__(parent)
        self.result_: T | None = None
        self.error: BaseException | None = None
        self.setWindowTitle(_("FitCheck"))
        self.setAccessibleName(title)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.cancel_button = QPushButton(_("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(4))
        layout.addWidget(label(title, "heading"))
        layout.addWidget(paragraph(text))
        layout.addWidget(self.bar)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        layout.addLayout(row)
        fit(self, space(120))

        def run(task: Task) -> T:
            return operation(task.report)

        self._job: Job = jobs.run_job(run, self._succeeded, self._failed, self._show)

    @classmethod
    def run(
        cls,
        parent: QWidget | None,
        jobs: Jobs,
        title: str,
        text: str,
        operation: Callable[[Callable[[float], None]], Any],
    ) -> Any:
        """What the operation returned; ``None`` where it was called off. Raises what it raised."""
        dialog = cls(parent, jobs, title, text, operation)
        dialog.exec()
        result, error = dialog.result_, dialog.error
        dialog.result_ = dialog.error = None
        dialog.deleteLater()
        if error is not None:
            raise error
        return result

    @Slot(float)
    def _show(self, done: float) -> None:
        self.bar.setValue(round(done * 100))

    def _succeeded(self, result: T) -> None:
        self.result_ = result
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.error = error
        self.accept()

    def done(self, result: int) -> None:
        self._job.cancel()
        super().done(result)
