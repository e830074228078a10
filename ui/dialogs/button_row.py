"""The foot of a dialog that asks one thing."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from ui.theme import set_role, space


def button_row(dialog: QDialog, accept: QPushButton, cancel: QPushButton) -> QHBoxLayout:
    """The two ways on, at the right: ``cancel`` leaves the dialog; ``accept``, which the dialog
    connects itself, is what Return stands for.
    """
    cancel.setAutoDefault(False)
    cancel.clicked.connect(dialog.reject)
    set_role(accept, "primary")
    accept.setDefault(True)
    row = QHBoxLayout()
    row.setSpacing(space(3))
    row.addStretch(1)
    row.addWidget(cancel)
    row.addWidget(accept)
    return row
