"""Fields for passphrases: masked, shown on demand, and emptied so that nothing stays behind."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fitcheck.i18n import _, ngettext
from fitcheck.store.vault import MINIMUM_LENGTH
from ui.icons import icon
from ui.theme import space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import label, titled
from ui.widgets.text import paragraph

_LONGEST = 1000
"""Characters; more than anybody types, and little enough to paste the wrong thing unharmed."""

_HIDDEN = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class _Line(QLineEdit):
    """``caps_lock`` says whether the letters come out as with Caps Lock on, once one was typed."""

    caps_lock = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt can't be asked for the state of Caps Lock, but a letter's case gives it away.
        typed = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        elif len(typed) == 1 and typed.lower() != typed.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(typed.isupper() != shift)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.caps_lock.emit(False)
        super().focusOutEvent(event)


class PassphraseField(QWidget):
    """A caption over a masked line, with an eye that shows what is typed.

    ``edited`` tells of every change by a person, ``returned`` of Return, ``shown`` of the eye.
    """

    edited = Signal()
    returned = Signal()
    shown = Signal(bool)

    def __init__(self, caption: str, eye: bool = True) -> None:
        super().__init__()
        self.line = _Line()
        self.line.setMaxLength(_LONGEST)
        self.line.setAccessibleName(caption.replace("&", ""))
        self.eye = QToolButton()
        self.eye.setCheckable(True)
        self.eye.setIconSize(QSize(space(5), space(5)))
        # With room for it throughout, so that fields under each other end alike.
        policy = self.eye.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.eye.setSizePolicy(policy)
        self.eye.setVisible(eye)
        self.caps_hint = label(_("Caps Lock is on"), "warning")
        self.caps_hint.hide()
        title = titled(caption, self.line)
        self.setFocusProxy(self.line)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.caps_hint)
        row = QHBoxLayout()
        row.setSpacing(space(1))
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addLayout(head)
        layout.addLayout(row)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self.returned)
        self.line.caps_lock.connect(self.caps_hint.setVisible)
        self.eye.toggled.connect(self.show_text)
        self.show_text(False)

    @property
    def text(self) -> str:
        """What is typed, blanks included: they are part of a passphrase."""
        return self.line.text()

    def wipe(self) -> None:
        """Forget what was typed, so that not even Undo brings it back, and mask the line again."""
        self.line.setText("")  # clear() could be undone
        self.show_text(False)
        self.mark(valid=True)

    def mark(self, *, valid: bool, why: str = "") -> None:
        """Outline the line as wrong, or not; ``why`` is what a screen reader adds."""
        self.line.setAccessibleDescription(why)
        if self.line.property("invalid") is not (not valid):
            self.line.setProperty("invalid", not valid)
            self.line.style().polish(self.line)

    def refuse(self, why: str = "") -> None:
        """What is typed is wrong: select it, so that the next key replaces it."""
        self.mark(valid=False, why=why)
        self.line.setFocus()
        self.line.selectAll()

    def set_busy(self, busy: bool) -> None:
        """While it is being tried, the text stays and can't be changed."""
        self.line.setReadOnly(busy)

    @Slot(bool)
    def show_text(self, shown: bool) -> None:
        """Show what is typed, or mask it."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.line.setInputMethodHints(_HIDDEN)
        self.eye.setChecked(shown)
        what = _("Hide what I type") if shown else _("Show what I type")
        self.eye.setAccessibleName(what)
        self.eye.setToolTip(what)
        self._draw_eye()
        self.shown.emit(shown)

    @Slot()
    def _edited(self) -> None:
        self.mark(valid=True)
        self.edited.emit()

    def _draw_eye(self) -> None:
        colour = QApplication.palette().text().color().name()
        self.eye.setIcon(icon("eye-off" if self.eye.isChecked() else "eye", colour))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_eye()
        super().changeEvent(event)


class NewPassphrase(QWidget):
    """A new passphrase, asked for twice; what is wrong with it is said below.

    ``edited`` tells of every change, ``returned`` of Return in the second field, ``checked`` that
    what is said below has changed, and with it the height.
    """

    edited = Signal()
    returned = Signal()
    checked = Signal()

    def __init__(self, first: str = "", second: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PassphraseField(first or _("&Passphrase"))
        self.second = PassphraseField(second or _("The same &once more"), eye=False)
        self.fault = fault_line()
        self.note = paragraph(
            ngettext(
                "At least {count} character. A few words that only you would put together are "
                "easy to remember and hard to guess.",
                "At least {count} characters. A few words that only you would put together are "
                "easy to remember and hard to guess.",
                MINIMUM_LENGTH,
            ).format(count=MINIMUM_LENGTH),
            "quiet",
        )
        self.setFocusProxy(self.first)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addWidget(self.first)
        layout.addWidget(self.second)
        layout.addWidget(self.note)
        layout.addWidget(self.fault)
        # The eye of the first field is for both: seeing one of two says nothing about the other.
        self.first.shown.connect(self.second.show_text)
        self.first.returned.connect(self.second.setFocus)
        self.second.returned.connect(self.returned)
        self.second.line.editingFinished.connect(self._compare)
        for field in (self.first, self.second):
            field.edited.connect(self._edited)

    @property
    def text(self) -> str:
        """The passphrase; only what :meth:`check` let pass is one."""
        return self.first.text

    def check(self) -> bool:
        """Whether it is long enough and the same twice; if not, that is said where it is wrong."""
        if len(self.first.text) < MINIMUM_LENGTH:
            self.tell(
                ngettext(
                    "A passphrase needs at least {count} character.",
                    "A passphrase needs at least {count} characters.",
                    MINIMUM_LENGTH,
                ).format(count=MINIMUM_LENGTH)
            )
            return False
        if self.first.text != self.second.text:
            self._tell_mismatch()
            self.second.refuse(self.fault.text())
            return False
        return True

    def tell(self, fault: str) -> None:
        """Say what is wrong with the passphrase."""
        tell(self.fault, fault)
        self.first.refuse(fault)
        self.checked.emit()

    def wipe(self) -> None:
        """Forget both, so that not even Undo brings them back."""
        self.first.wipe()
        self.second.wipe()
        tell(self.fault, "")

    def set_busy(self, busy: bool) -> None:
        self.first.set_busy(busy)
        self.second.set_busy(busy)

    @Slot()
    def _edited(self) -> None:
        tell(self.fault, "")
        self.first.mark(valid=True)
        self.second.mark(valid=True)
        self.edited.emit()

    @Slot()
    def _compare(self) -> None:
        """Told when the second field is left, before anything is pressed."""
        if self.second.text and self.first.text != self.second.text:
            self._tell_mismatch()

    def _tell_mismatch(self) -> None:
        tell(self.fault, _("The two aren’t the same. Type the second one again."))
        self.second.mark(valid=False, why=self.fault.text())
        self.checked.emit()
