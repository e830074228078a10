"""What this program is: its versions, where the data lies, and every part with its licence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck import __version__, about
from fitcheck.i18n import _
from fitcheck.services import FitCheck
from ui.icons import program_icon
from ui.pages.welcome import shown_folder
from ui.theme import set_role, space
from ui.widgets.column import open_at
from ui.widgets.labels import label
from ui.widgets.picture import Picture
from ui.widgets.text import paragraph

_PART = Qt.ItemDataRole.UserRole


class AboutDialog(QDialog):
    """The licence of whichever part is chosen stands at the right."""

    def __init__(self, parent: QWidget | None, fitcheck: FitCheck) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About FitCheck"))
        self.parts = about.parts()
        self.versions = [*about.versions(self.parts)]
        self.versions.insert(2, ("Qt", qVersion()))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Parts of the program"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.licence = QPlainTextEdit()
        self.licence.setReadOnly(True)
        self.licence.setTabChangesFocus(True)
        self.licence.setAccessibleName(_("Licence of the chosen part"))
        self.copied = label("", "quiet")
        self.copy_button = QPushButton(_("&Copy the versions"))
        self.copy_button.setAutoDefault(False)
        self.close_button = QPushButton(_("Close"))
        set_role(self.close_button, "primary")
        self.close_button.setDefault(True)
        self._lay_out(fitcheck)
        for part in self.parts:
            beside = " ".join(each for each in (part.name, part.version) if each)
            item = QListWidgetItem(f"{beside}\n{part.licence}")
            item.setData(_PART, part)
            self.list.addItem(item)
        self.list.currentItemChanged.connect(self._show_licence)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
        self.list.setCurrentRow(0)
        open_at(self, space(200), space(140))
        self.close_button.setFocus()

    @classmethod
    def offer(cls, parent: QWidget | None, fitcheck: FitCheck) -> None:
        """Show it until it is closed."""
        dialog = cls(parent, fitcheck)
        dialog.exec()
        dialog.deleteLater()

    def _lay_out(self, fitcheck: FitCheck) -> None:
        layout = QVBoxLayout(self)
        # Qt's own least height is the one of text wrapped at its narrowest.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(space(120), space(100))
        layout.setContentsMargins(space(8), space(7), space(8), space(6))
        layout.setSpacing(space(3))
        head = QHBoxLayout()
        head.setSpacing(space(4))
        head.addWidget(Picture(space(11), program_icon()))
        head.addWidget(label(f"FitCheck {__version__}", "title"), 1)
        layout.addLayout(head)
        layout.addWidget(
            paragraph(
                _(
                    "Find out, before saying yes, whether to work with a prospect. Everything "
                    "stays on this computer: FitCheck never opens a network connection."
                )
            )
        )
        layout.addLayout(self._facts(fitcheck))
        layout.addSpacing(space(1))
        layout.addWidget(label(_("Made with"), "heading"))
        columns = QHBoxLayout()
        columns.setSpacing(space(3))
        columns.addWidget(self.list, 2)
        columns.addWidget(self.licence, 3)
        layout.addLayout(columns, 1)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.copy_button)
        row.addWidget(self.copied, 1)
        row.addWidget(self.close_button)
        layout.addLayout(row)

    def _facts(self, fitcheck: FitCheck) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(1))
        grid.setColumnStretch(1, 1)
        made_of = " · ".join(f"{name} {version}" for name, version in self.versions[1:])
        for row, (name, said) in enumerate(
            ((_("Versions"), made_of), (_("Your book"), shown_folder(fitcheck.folder)))
        ):
            grid.addWidget(label(name, "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            text = paragraph(said)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(text, row, 1)
        return grid

    @Slot()
    def _show_licence(self) -> None:
        part: about.Part = self.list.currentItem().data(_PART)
        self.licence.setPlainText(
            part.text()
            or _("{name} brings no text of its licence, which is: {licence}.").format(
                name=part.name, licence=part.licence
            )
        )

    @Slot()
    def _copy(self) -> None:
        # Without the folder: whom the versions are sent to needn't know somebody's name.
        lines = [f"{name} {version}" for name, version in self.versions]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.copied.setText(_("Copied."))
