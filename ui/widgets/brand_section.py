"""The accent colour and the logo of every document, with how they look at the head of one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fitcheck.domain.profile import LOGO_LIMIT, Profile
from fitcheck.errors import FitCheckError
from fitcheck.i18n import _
from ui.logo_file import read_logo
from ui.theme import set_role, space
from ui.widgets.colour_button import ColourButton
from ui.widgets.labels import label
from ui.widgets.letterhead import Letterhead
from ui.widgets.text import paragraph


class BrandSection(QWidget):
    """``changed`` says that another colour or logo was chosen, or none.

    ``letterhead`` shows them with the name of the profile that it is given.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.accent = ColourButton(_("Accent colour"))
        self.choose_logo = QPushButton(_("Choose a &logo…"))
        self.remove_logo = QPushButton(_("Remove"))
        self.logo_name = label("", "quiet")
        self.logo_fault = paragraph("", "warning")
        self.letterhead = Letterhead()
        self._logo = b""
        self._lay_out()
        self.accent.changed.connect(self.changed)
        self.choose_logo.clicked.connect(self._pick_logo)
        self.remove_logo.clicked.connect(self._drop_logo)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(6))
        left = QVBoxLayout()
        left.setSpacing(space(1.5))
        left.addWidget(label(_("Accent colour"), "quiet"))
        left.addWidget(self.accent)
        left.addSpacing(space(3))
        left.addWidget(label(_("Logo"), "quiet"))
        buttons = QHBoxLayout()
        buttons.setSpacing(space(2))
        buttons.addWidget(self.choose_logo)
        set_role(self.remove_logo, "plain")
        self.remove_logo.setAccessibleName(_("Remove the logo"))
        buttons.addWidget(self.remove_logo)
        buttons.addStretch(1)
        left.addLayout(buttons)
        left.addWidget(self.logo_name)
        left.addWidget(self.logo_fault)
        left.addStretch(1)
        row.addLayout(left, 2)
        row.addWidget(self.letterhead, 3)

    def restyle(self) -> None:
        self.accent.show_colour(self.accent.colour)

    def show_profile(self, profile: Profile) -> None:
        """Show what is kept; that is not editing it."""
        self.accent.show_colour(profile.accent)
        self.logo_fault.hide()
        self._show_logo(profile.logo)
        self.letterhead.show_profile(profile)

    def value(self, kept: Profile) -> Profile:
        """``kept`` with what is chosen here."""
        return replace(kept, accent=self.accent.colour, logo=self._logo)

    @Slot()
    def _pick_logo(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self,
            _("Choose a logo"),
            "",
            _("Pictures ({patterns})").format(patterns="*.png *.jpg *.jpeg"),
        )
        if name:
            self.take_logo(Path(name))

    def take_logo(self, path: Path) -> None:
        """Use the picture at ``path``, or say what is wrong with it and leave all as it was."""
        try:
            logo = read_logo(path)
        except FitCheckError as error:
            self.logo_fault.setText(str(error))
            self.logo_fault.show()
            return
        self.logo_fault.hide()
        self._show_logo(logo)
        self.changed.emit()

    @Slot()
    def _drop_logo(self) -> None:
        self.logo_fault.hide()
        self._show_logo(b"")
        self.changed.emit()
        self.choose_logo.setFocus()

    def _show_logo(self, logo: bytes) -> None:
        self._logo = logo
        self.remove_logo.setVisible(bool(logo))
        self.logo_name.setText(
            _("{size} KB").format(size=max(1, len(logo) // 1000))
            if logo
            else _("PNG or JPEG, {limit} MB at most").format(limit=LOGO_LIMIT // 1_000_000)
        )
