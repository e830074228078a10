"""A recovery key, typed from paper: it falls into its groups by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fitcheck.i18n import _
from ui.theme import set_role, space
from ui.widgets.labels import label, titled

GROUPS, IN_A_GROUP = 9, 4
CHARACTERS = GROUPS * IN_A_GROUP
_MISREAD = str.maketrans("OIL", "011")
_LONGEST = 200
"""Characters that may be pasted, hyphens and blanks included."""


def grouped(typed: str) -> str:
    """``typed`` as it stands on paper: capitals in groups; what looks like O, I or L never is."""
    plain = _characters(typed)
    return "-".join(plain[i : i + IN_A_GROUP] for i in range(0, len(plain), IN_A_GROUP))


def _characters(typed: str) -> str:
    return "".join(c for c in typed.upper() if c.isalnum()).translate(_MISREAD)


class RecoveryKeyField(QWidget):
    """A line for nine groups of four, in whatever case and grouping they are typed or pasted.

    ``edited`` tells of every change by a person, ``returned`` of Return.
    """

    edited = Signal()
    returned = Signal()

    def __init__(self, caption: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setMaxLength(_LONGEST)
        self.line.setAccessibleName(caption.replace("&", ""))
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhPreferUppercase
        )
        set_role(self.line, "key")
        self.count = label("", "quiet")
        title = titled(caption, self.line)
        self.setFocusProxy(self.line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(title)
        layout.addWidget(self.line)
        layout.addWidget(self.count)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self.returned)
        self._count()

    @property
    def text(self) -> str:
        return self.line.text()

    def wipe(self) -> None:
        """Forget what was typed, so that not even Undo brings it back."""
        self.line.setText("")
        self.mark(valid=True)
        self._count()

    def mark(self, *, valid: bool, why: str = "") -> None:
        """Outline the line as wrong, or not; ``why`` is what a screen reader adds."""
        self.line.setAccessibleDescription(why)
        self.line.setProperty("invalid", not valid)
        self.line.style().polish(self.line)

    def refuse(self, why: str = "") -> None:
        """What is typed is wrong. It stays as it is: a slip is mended, not typed anew."""
        self.mark(valid=False, why=why)
        self.line.setFocus()

    def set_busy(self, busy: bool) -> None:
        self.line.setReadOnly(busy)

    @Slot(str)
    def _edited(self, text: str) -> None:
        before = len(_characters(text[: self.line.cursorPosition()]))
        tidy = grouped(text)
        if tidy != text:
            self.line.setText(tidy)
            # Behind the same character as before; a group's hyphen is stepped over.
            self.line.setCursorPosition(before + max(0, before - 1) // IN_A_GROUP)
        self.mark(valid=True)
        self._count()
        self.edited.emit()

    def _count(self) -> None:
        self.count.setText(
            _("{count} of {all} characters").format(
                count=len(_characters(self.line.text())), all=CHARACTERS
            )
        )
