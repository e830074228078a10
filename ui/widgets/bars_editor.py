"""The bars of a policy, each end of each by a slider and in figures, and the gap below them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSlider, QSpinBox, QVBoxLayout, QWidget

from fitcheck.domain.bank import Axis
from fitcheck.domain.policy import Policy
from fitcheck.i18n import N_, _
from reports.words import axis_name, whole_percent
from ui.theme import space
from ui.widgets.fault_line import fault_line, tell
from ui.widgets.labels import label, titled
from ui.widgets.text import paragraph
from ui.widgets.unwheeled import unwheeled

GAP = "bars.gap"
PLACES = {
    "bars.trust.preference": N_("Trust, where taste decides"),
    "bars.trust.measurable": N_("Trust, where it can be measured"),
    "bars.chemistry.preference": N_("Chemistry, where taste decides"),
    "bars.chemistry.measurable": N_("Chemistry, where it can be measured"),
    GAP: N_("Gap below a bar from which a match is poor"),
}
"""The fields by their places in a policy, with the whole of their names."""

_CAPTIONS = {"preference": N_("where taste decides"), "measurable": N_("where it can be measured")}
_PAGE_STEP = 5


class PercentField(QObject):
    """A share of one, moved by a slider or typed as a whole per cent; its parent lays both out.

    ``changed`` says that a person has changed it; :meth:`show_share` is not changing it.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.spin = QSpinBox()
        self._share = 0.0
        for part in (self.slider, self.spin):
            part.setRange(0, 100)
            part.setAccessibleName(name)
        self.slider.setPageStep(_PAGE_STEP)
        self.slider.setMinimumWidth(space(20))
        # One stop for the Tab key: the figure, whose arrows do what the slider does.
        self.spin.setSuffix(_("%"))
        # A style sheet's padding doesn't reach the text of a field with arrows.
        self.spin.lineEdit().setTextMargins(space(2), 0, 0, 0)
        self.spin.setMinimumWidth(space(22))
        unwheeled(self.slider, self.spin)
        self.slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.slider.valueChanged.connect(self._moved)
        self.spin.valueChanged.connect(self._moved)

    @property
    def share(self) -> float:
        """What stands; exactly what was shown until somebody changes it."""
        return self._share

    def show_share(self, share: float) -> None:
        self._share = share
        self._show(whole_percent(share))

    def _show(self, percent: int) -> None:
        for part in (self.slider, self.spin):
            with QSignalBlocker(part):
                if part.value() != percent:
                    part.setValue(percent)

    @Slot(int)
    def _moved(self, percent: int) -> None:
        self._share = percent / 100
        self._show(percent)
        self.changed.emit()


class BarsEditor(QWidget):
    """``changed`` says that a bar or the gap is another now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields = {place: PercentField(_(name), self) for place, name in PLACES.items()}
        self.faults = {place: fault_line() for place in PLACES}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        for axis in (Axis.TRUST, Axis.CHEMISTRY):
            title = _("{axis} has to reach").format(axis=axis_name(axis))
            rows = {f"bars.{axis}.{end}": _(caption) for end, caption in _CAPTIONS.items()}
            layout.addWidget(label(title, "heading"))
            layout.addLayout(self._rows(rows))
        layout.addWidget(label(_("The gap"), "heading"))
        layout.addLayout(self._rows({GAP: _("poor from so far below a bar")}))
        layout.addWidget(
            paragraph(
                _(
                    "Where a problem is partly taste and partly measurable, a bar stands between "
                    "its two ends. One axis never makes up for the other."
                ),
                "quiet",
            )
        )
        layout.addStretch(1)
        for field in self.fields.values():
            field.changed.connect(self.changed)

    def _rows(self, captions: Mapping[str, str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(3))
        grid.setVerticalSpacing(space(1))
        grid.setColumnStretch(1, 1)
        for row, (place, caption) in enumerate(captions.items()):
            field = self.fields[place]
            title = titled(caption, field.spin)
            title.setMinimumWidth(space(52))
            title.setWordWrap(True)
            grid.addWidget(title, 2 * row, 0)
            grid.addWidget(field.slider, 2 * row, 1)
            grid.addWidget(field.spin, 2 * row, 2)
            grid.addWidget(self.faults[place], 2 * row + 1, 0, 1, 3)
        return grid

    def show_policy(self, policy: Policy) -> None:
        """Show what stands in ``policy``."""
        for place, field in self.fields.items():
            if place == GAP:
                field.show_share(policy.gap)
            else:
                _bars, axis, end = place.split(".")
                field.show_share(getattr(policy.bars[Axis(axis)], end))

    def changed_in(self, policy: Policy) -> Policy:
        """``policy`` with the bars and the gap as they stand here."""
        bars = {
            axis: replace(
                bar, **{end: self.fields[f"bars.{axis}.{end}"].share for end in _CAPTIONS}
            )
            for axis, bar in policy.bars.items()
        }
        return replace(policy, bars=bars, gap=self.fields[GAP].share)

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say what is wrong right below the field that it is about."""
        for place, line in self.faults.items():
            said = faults.get(place, "")
            if line.text() != said:
                tell(line, said)
