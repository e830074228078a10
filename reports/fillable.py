"""The prospect's form as a PDF whose fields can be filled in, in any common viewer.

WeasyPrint makes one flat check box of each ``<input>``. This turns them, just before the bytes are
written, into what the viewers need: a field for each question with its five boxes inside, text
fields, a look for both states of a box, and the hidden token. docs/decisions/0016 says why.
"""

from __future__ import annotations

from typing import Any

from fitcheck.domain.form_fields import COMMENT, COMMENT_LIMIT, NAME, NAME_LIMIT, TOKEN

_PRINTED = 4
_HIDDEN = 2
"""Flags of what is seen of a field."""

_READ_ONLY = 1
_MULTILINE = 1 << 12
_NO_SCROLLING = 1 << 23
"""Flags of a field itself."""

_ON = "on"
_INK = "0.106 0.133 0.149"
"""The colour of what is filled in: that of the text around it."""

_LIMITS = {NAME: NAME_LIMIT, COMMENT: COMMENT_LIMIT}


class _Fields:
    """The fields of one document on their way."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.form = pdf.catalog["AcroForm"]
        objects: list[Any] = [each for each in pdf.objects if isinstance(each, dict)]
        self.by_reference = {each.reference: each for each in objects}
        self.questions: dict[str, Any] = {}

    def finish(self, token: str) -> None:
        import pydyf

        widgets = [self.by_reference[reference] for reference in self.form["Fields"]]
        self.form["Fields"] = pydyf.Array()
        self.form["DR"] = pydyf.Dictionary({"Font": self._fonts()})
        for widget in widgets:
            name = widget["T"].string
            question, _point, box = name.rpartition(".")
            if question:
                self._tick_box(widget, question, box)
            else:
                self._text_field(widget, name)
        if token:
            self._token(widgets[0]["P"], token)
        for each in list(self.by_reference.values()):
            if each.get("S") == "/Form":
                # What a screen reader says where it doesn't ask for the field's own name.
                widget = self.by_reference[self.by_reference[each["K"][0]]["Obj"]]
                each["Alt"] = widget["TU"]

    def _tick_box(self, widget: Any, question: str, box: str) -> None:
        import pydyf

        if question not in self.questions:
            self.questions[question] = self._added(
                pydyf.Dictionary({"T": pydyf.String(question), "Kids": pydyf.Array()})
            )
            self.form["Fields"].append(self.questions[question].reference)
        field = self.questions[question]
        field["Kids"].append(widget.reference)
        left, top, right, bottom = widget["Rect"]
        width, height = right - left, top - bottom
        tick = (
            f"q {_INK} RG {width * 0.13:.3f} w 1 J 1 j"
            f" {width * 0.14:.3f} {height * 0.52:.3f} m {width * 0.4:.3f} {height * 0.2:.3f} l"
            f" {width * 0.88:.3f} {height * 0.86:.3f} l S Q"
        )
        on, off = (self._look(look, width, height) for look in (tick, ""))
        widget["Parent"] = field.reference
        widget["T"] = pydyf.String(box)
        widget["V"] = widget["AS"] = "/Off"
        looks = pydyf.Dictionary({_ON: on.reference, "Off": off.reference})
        widget["AP"] = pydyf.Dictionary({"N": looks})
        # For viewers that draw the tick themselves: character 4 of their own signs.
        widget["MK"] = pydyf.Dictionary({"CA": pydyf.String("4")})
        widget["DA"] = pydyf.String(f"{_INK} rg /ZaDb 0 Tf")

    def _text_field(self, widget: Any, name: str) -> None:
        import pydyf

        left, top, right, bottom = widget["Rect"]
        for key in ("AS", "MK"):
            del widget[key]
        long = name == COMMENT
        widget["FT"] = "/Tx"
        widget["Ff"] = _MULTILINE if long else _NO_SCROLLING
        widget["MaxLen"] = _LIMITS[name]
        widget["V"] = pydyf.String("")
        widget["DA"] = pydyf.String(f"{_INK} rg /Helv {10 if long else 11} Tf")
        look = self._look("/Tx BMC EMC", right - left, top - bottom)
        widget["AP"] = pydyf.Dictionary({"N": look.reference})
        self.form["Fields"].append(widget.reference)

    def _token(self, page: Any, token: str) -> None:
        """It hangs on the first page: a field without a place is lost in some viewers."""
        import pydyf

        field = self._added(
            pydyf.Dictionary(
                {
                    "Type": "/Annot",
                    "Subtype": "/Widget",
                    "FT": "/Tx",
                    "T": pydyf.String(TOKEN),
                    "V": pydyf.String(token),
                    "Ff": _READ_ONLY,
                    "F": _HIDDEN,
                    "P": page,
                    "Rect": pydyf.Array([0, 0, 0, 0]),
                    "DA": pydyf.String(f"{_INK} rg /Helv 8 Tf"),
                }
            )
        )
        self.form["Fields"].append(field.reference)
        self.by_reference[page]["Annots"].append(field.reference)

    def _fonts(self) -> Any:
        """Two that every viewer has. The blank form itself shows no character of either."""
        import pydyf

        def font(name: str, **more: str) -> Any:
            return pydyf.Dictionary(
                {"Type": "/Font", "Subtype": "/Type1", "BaseFont": f"/{name}", **more}
            )

        helvetica = self._added(font("Helvetica", Encoding="/WinAnsiEncoding"))
        signs = self._added(font("ZapfDingbats"))
        return pydyf.Dictionary({"Helv": helvetica.reference, "ZaDb": signs.reference})

    def _look(self, content: str, width: float, height: float) -> Any:
        import pydyf

        box = pydyf.Array((0, 0, round(width, 3), round(height, 3)))
        return self._added(
            pydyf.Stream(
                [content],
                pydyf.Dictionary({"Type": "/XObject", "Subtype": "/Form", "BBox": box}),
            )
        )

    def _added(self, made: Any) -> Any:
        self.pdf.add_object(made)
        return made


def finish_fields(pdf: Any, token: str) -> None:
    """Make the document's fields fit to be filled in; called before it is written.

    Their names are those of :mod:`fitcheck.domain.form_fields`. ``token`` may be empty.
    """
    _Fields(pdf).finish(token)
