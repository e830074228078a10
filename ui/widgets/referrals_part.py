"""To whom the chosen prospect was referred, and what came of it: a part of the details."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.referral import ReferralLine
from fitcheck.i18n import _
from ui.theme import space
from ui.widgets.labels import label
from ui.widgets.referral_list import ReferralList


class ReferralsPart(QWidget):
    """``refer_asked``: one is to be noted; those of ``list`` can be opened and removed."""

    refer_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.list = ReferralList(by_colleague=True)
        self.refer_button = QPushButton(_("Refer to a colleague…"))
        self.refer_button.setToolTip(_("Note to whom you sent them (Ctrl+Shift+R)"))
        self.refer_button.clicked.connect(self.refer_asked)
        self._heading = label(_("Referred to"), "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(self._heading)
        layout.addWidget(self.list)
        layout.addWidget(self.refer_button)

    def show_lines(self, lines: tuple[ReferralLine, ...]) -> None:
        self._heading.setVisible(bool(lines))
        self.list.show_lines(lines)
