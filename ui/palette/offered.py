"""The actions of a page of headings and buttons, which has none by itself: the settings.

A heading leads to what stands below it, from wherever one is; a button is pressed, once it is in
sight. Both are named by what one reads there, so that nobody writes them down twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QRadioButton, QScrollArea, QWidget

_FOCUS = Qt.FocusPolicy.TabFocus


class Offered(QObject):
    """``sections`` are headings with what stands below each, in ``scroll_area``.

    ``come`` shows their page, unless something stands in the way.
    """

    def __init__(
        self,
        scroll_area: QScrollArea,
        sections: Sequence[tuple[str, QWidget]],
        come: Callable[[], None],
    ) -> None:
        super().__init__(scroll_area)
        self._area = scroll_area
        self._come = come
        self._sections = {QAction(title, self): part for title, part in sections}
        self._buttons: dict[QPushButton, QAction] = {}
        for action, part in self._sections.items():
            action.triggered.connect(lambda _checked=False, part=part: self._show(part))

    @property
    def headings(self) -> list[QAction]:
        """One that leads to each section, from any page."""
        return list(self._sections)

    def buttons(self) -> list[QAction]:
        """One for each button that is there now and says in words what it does."""
        return [
            self._pressing(button)
            for part in self._sections.values()
            for button in part.findChildren(QPushButton)
            if button.isVisibleTo(part) and _name(button)
        ]

    def _pressing(self, button: QPushButton) -> QAction:
        action = self._buttons.get(button)
        if action is None:
            action = self._buttons[button] = QAction(button)
            action.triggered.connect(lambda _checked=False: self._press(button))
        action.setText(_name(button))
        action.setEnabled(button.isEnabledTo(self._area))
        return action

    def _press(self, button: QPushButton) -> None:
        self._area.ensureWidgetVisible(button)
        button.setFocus()
        button.click()

    def _show(self, part: QWidget) -> None:
        if not self._area.isVisible():
            self._come()
            if not self._area.isVisible():
                return
        first = next(_fields(part), None)
        if isinstance(first, QRadioButton):
            choices = part.findChildren(QRadioButton)
            first = next((each for each in choices if each.isChecked()), first)
        if first is not None:
            first.setFocus()
        # A page that comes for the first time is as high as it will be only after this.
        QTimer.singleShot(0, part, lambda: self._bring(part))

    def _bring(self, part: QWidget) -> None:
        # To the end first, so that the heading comes to stand above what belongs to it.
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._area.ensureVisible(0, part.y(), 0, 0)


def _name(button: QPushButton) -> str:
    """What a screen reader says of it where that is more; nothing for a mere sign."""
    name = button.accessibleName() or button.text()
    return name if any(each.isalpha() for each in button.text()) else ""


def _fields(part: QWidget) -> Iterator[QWidget]:
    return (
        each
        for each in part.findChildren(QWidget)
        if each.focusPolicy() & _FOCUS and each.isVisibleTo(part) and each.isEnabledTo(part)
    )
