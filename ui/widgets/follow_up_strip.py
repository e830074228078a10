"""Above the list: who is due, and what is worth planning after a decision. Hidden otherwise.

Whoever looks over the shoulder sees names, days and what is to be done: no reason, no figure.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.theme import set_role, space
from ui.widgets.banner import WrappingText
from ui.widgets.fault_line import announce
from ui.widgets.labels import ElidedLabel, label


class FollowUpStrip(QWidget):
    """``agenda_asked`` leads to all of them, ``agreed`` plans what is offered, ``refused`` doesn't,
    ``undo_asked`` takes back what was planned.
    """

    agenda_asked = Signal()
    agreed = Signal()
    refused = Signal()
    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.due, due_row = _card("banner")
        self.due_heading = label("", "asked-title")
        self.due_text = ElidedLabel("")
        self.agenda_button = _button(_("Show them"), _("Follow-ups (Ctrl+6)"))
        due_row.addWidget(self.due_heading)
        due_row.addWidget(self.due_text, 1)
        due_row.addWidget(self.agenda_button)
        self.offer, offer_row = _card("card")
        self.offer_text = WrappingText("body")
        self.agree_button = _button(_("&Plan it"), _("Alt+P"))
        self.refuse_button = _button(_("Not &now"), _("Alt+N"), "plain")
        offer_row.addWidget(self.offer_text, 1)
        offer_row.addWidget(self.agree_button)
        offer_row.addWidget(self.refuse_button)
        self.done, done_row = _card("card")
        self.done_text = ElidedLabel("")
        self.undo_button = _button(_("&Undo"), _("Alt+U"))
        self.keep_button = _button(_("&Good"), _("Alt+G"), "plain")
        done_row.addWidget(self.done_text, 1)
        done_row.addWidget(self.undo_button)
        done_row.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        for part in (self.due, self.offer, self.done):
            layout.addWidget(part)
            part.hide()
        self.hide()
        self.agenda_button.clicked.connect(self.agenda_asked)
        self.agree_button.clicked.connect(self.agreed)
        self.refuse_button.clicked.connect(self.refused)
        self.undo_button.clicked.connect(self.undo_asked)
        self.keep_button.clicked.connect(lambda: self.show_done(""))

    def show_due(self, heading: str, text: str) -> None:
        """Show who is due; nothing where nobody is."""
        self.due_heading.setText(heading)
        self.due_text.setText(text)
        self._show(self.due, heading)

    def show_offer(self, text: str) -> None:
        """Offer what is worth planning; nothing takes the offer away."""
        new = text != self.offer_text.text()
        self.offer_text.setText(text)
        self._show(self.offer, text, announced=new)

    def show_done(self, text: str) -> None:
        """Say what was planned, which can be taken back."""
        self.done_text.setText(text)
        self._show(self.done, text, announced=True)

    def _show(self, part: QWidget, text: str, announced: bool = False) -> None:
        part.setVisible(bool(text))
        shown = (self.due, self.offer, self.done)
        self.setVisible(any(not each.isHidden() for each in shown))
        if announced and text:
            announce(self, text)


def _card(role: str) -> tuple[QFrame, QHBoxLayout]:
    card = QFrame()
    set_role(card, role)
    row = QHBoxLayout(card)
    row.setContentsMargins(space(4), space(1.5), space(2), space(1.5))
    row.setSpacing(space(3))
    return card, row


def _button(caption: str, tip: str, role: str = "") -> QPushButton:
    button = QPushButton(caption)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    if role:
        set_role(button, role)
    return button
