"""Reading a prospect's form back that was filled in, in whatever program they did that.

Only the fields are looked at: no script in it is run, nothing attached is opened, no page is drawn.
What can't be read is a fault at its field, and the rest is read all the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fitcheck.domain.bank import LEVELS, Question
from fitcheck.domain.form_fields import (
    COMMENT,
    COMMENT_LIMIT,
    NAME,
    NAME_LIMIT,
    TOKEN,
    TOKEN_ALPHABET,
    TOKEN_LENGTH,
    box_name,
)
from fitcheck.errors import Fault
from fitcheck.exchange.json_input import without
from fitcheck.exchange.pdf_input import opened_pdf, refused
from fitcheck.i18n import _, thousands

PAGE_LIMIT = 50
OBJECT_LIMIT = 50_000
FIELD_LIMIT = 1_000
DEPTH_LIMIT = 8
NAME_OF_FIELD_LIMIT = 200
STATE_LIMIT = 20
"""What a file may hold at most. The form has two pages, 75 fields and a depth of two."""

_LONGEST_PLACE = 60
_OFF = {"", "off"}
_ON = {"on", "yes"}
"""Values of a box in a file that doesn't say what it calls its states."""


@dataclass(frozen=True)
class FormFields:
    """What stands in the fields of a form, before anybody has asked whose it is.

    ``ticks`` holds for every box on it, by its name, whether it is ticked.
    """

    token: str
    ticks: Mapping[str, bool] = field(repr=False)
    name: str = field(default="", repr=False)
    comment: str = field(default="", repr=False)
    faults: tuple[Fault, ...] = ()


def read_form(data: bytes) -> FormFields:
    """The fields of a filled form.

    Raises :class:`fitcheck.errors.InvalidInput` where there is nothing to be had from the file: no
    PDF, damaged, encrypted, too large, without fields, or without a token.
    """
    with opened_pdf(data) as pdf:
        _check_size(pdf)
        return _read(list(_fields(pdf)))


def answers_in(
    fields: FormFields, questions: tuple[Question, ...]
) -> tuple[dict[str, int], tuple[Fault, ...]]:
    """The answers to these questions by id, each a level, and every fault of the form.

    A question that nothing is ticked for has no answer; one that two boxes are ticked for has a
    fault at its id. A form for other questions has faults for those.
    """
    answers: dict[str, int] = {}
    faults = list(fields.faults)
    at_fault = {fault.place for fault in faults}
    known = {NAME, COMMENT, TOKEN}
    for question in questions:
        boxes = [box_name(question.id, level) for level in range(LEVELS)]
        known.update(boxes)
        missing = [box for box in boxes if box not in fields.ticks and box not in at_fault]
        ticked = [level for level, box in enumerate(boxes) if fields.ticks.get(box)]
        if missing:
            faults.append(Fault(question.id, _("expected five boxes, found fewer")))
        elif at_fault.intersection(boxes):
            continue
        elif len(ticked) > 1:
            told = _("expected one box to be ticked, found {count}").format(count=len(ticked))
            faults.append(Fault(question.id, told))
        elif ticked:
            answers[question.id] = ticked[0]
    faults += [
        Fault(_place(name), _("expected a field of the form, found one that isn't asked for"))
        for name in fields.ticks
        if name not in known
    ]
    return answers, tuple(faults)


def _check_size(pdf: Any) -> None:
    """By what the file says of itself: nothing here goes through its pages or all its objects."""
    if int(pdf.trailer.get("/Size", 0)) > OBJECT_LIMIT:
        raise refused(_("expected at most {most} objects").format(most=thousands(OBJECT_LIMIT)))
    if int(pdf.Root.Pages.get("/Count", 0)) > PAGE_LIMIT:
        raise refused(_("expected at most {most} pages").format(most=thousands(PAGE_LIMIT)))


@dataclass(frozen=True)
class _Field:
    """A field that holds a value, with what it has from those that it lies in."""

    name: str
    kind: str
    value: Any
    shown: tuple[str, ...]
    """Which state of a box is drawn, wherever it is."""
    states: frozenset[str]
    """What its states are called."""


def _fields(pdf: Any) -> Iterator[_Field]:
    form = pdf.Root.get("/AcroForm")
    roots = form.get("/Fields") if form is not None else None
    if roots is None or len(roots) == 0:
        if form is not None and "/XFA" in form:
            raise refused(
                _(
                    "expected fields that can be read, found a form that only its own program "
                    "knows (XFA); please have the form filled in as FitCheck made it"
                )
            )
        raise refused(
            _(
                "expected the form's fields, found none. Was it printed and scanned, or saved as "
                "mere pages? Then please enter the answers by hand, in their own form"
            )
        )
    waiting: list[tuple[Any, str, dict[str, Any], int]] = [
        (node, "", {}, 1) for node in _some(roots)
    ]
    seen = len(waiting)
    while waiting:
        node, above, inherited, depth = waiting.pop(0)
        name = ".".join(each for each in (above, _text(node.get("/T"))) if each)
        held = {**inherited, **{key: node[key] for key in ("/FT", "/V") if key in node}}
        kids = _some(node.get("/Kids", ()))
        seen += len(kids)
        if seen > FIELD_LIMIT or depth > DEPTH_LIMIT or len(name) > NAME_OF_FIELD_LIMIT:
            raise refused(
                _(
                    "expected at most {most} fields, {deep} deep in each other, with short names"
                ).format(most=thousands(FIELD_LIMIT), deep=DEPTH_LIMIT)
            )
        if any("/T" in kid for kid in kids):
            waiting += [(kid, name, held, depth + 1) for kid in kids]
            continue
        places = [node, *kids]
        yield _Field(
            name,
            str(held.get("/FT", "")),
            held.get("/V"),
            tuple(str(place["/AS"]) for place in places if "/AS" in place),
            frozenset(state for place in places for state in _states(place)),
        )


def _some(nodes: Any) -> list[Any]:
    """The entries that can be fields, up to the limit and one more."""
    import pikepdf

    found = []
    for index in range(min(len(nodes), FIELD_LIMIT + 1)):
        if isinstance(nodes[index], pikepdf.Dictionary):
            found.append(nodes[index])
    return found


def _states(place: Any) -> Iterable[str]:
    import pikepdf

    looks = place.get("/AP", {}).get("/N")
    if not isinstance(looks, pikepdf.Dictionary):
        return ()
    if len(looks) > STATE_LIMIT:
        raise refused(_("expected at most {most} looks of a box").format(most=STATE_LIMIT))
    return [_state(key) for key in looks.keys()]  # noqa: SIM118 - its own kind of mapping


def _state(value: Any) -> str:
    return str(value).removeprefix("/").lower()


def _read(found: list[_Field]) -> FormFields:
    """Everything in the fields; a field that is there twice is none that can be trusted."""
    names = [each.name for each in found]
    faults = [
        Fault(_place(name), _("expected once, found repeatedly"))
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    single = [each for each in found if names.count(each.name) == 1]
    ticks: dict[str, bool] = {}
    texts = {NAME: "", COMMENT: "", TOKEN: ""}
    for each in single:
        try:
            if each.name in texts:
                texts[each.name] = _words(each)
            else:
                ticks[each.name] = _ticked(each)
        except ValueError as unreadable:
            faults.append(Fault(_place(each.name), str(unreadable)))
    token = "".join(texts[TOKEN].split())
    if len(token) != TOKEN_LENGTH or not set(token) <= set(TOKEN_ALPHABET):
        raise refused(
            _(
                "expected the mark by which FitCheck knows whose form it is, found none. It is in "
                "every blank form that is made of an assessment in the book"
            )
        )
    return FormFields(token, ticks, texts[NAME], texts[COMMENT], tuple(faults))


def _ticked(box: _Field) -> bool:
    """Whether a box is ticked. Raises ``ValueError`` where it isn't one, or says neither."""
    if box.kind != "/Btn":
        raise ValueError(_("expected a box to tick, found another kind of field"))
    states = (box.states or _ON) - _OFF
    # Some programs note the value alone, some only what is drawn; the blank form has neither.
    said = {_state(value) for value in (box.value, *box.shown) if value is not None} - _OFF
    if said - states:
        raise ValueError(_("expected a box that is ticked or not, found something else"))
    return bool(said)


_TEXT_LIMITS = {NAME: NAME_LIMIT, COMMENT: COMMENT_LIMIT, TOKEN: NAME_LIMIT}


def _words(text: _Field) -> str:
    """What was typed into a field. Raises ``ValueError`` where that can't be kept as it is."""
    if text.kind != "/Tx":
        raise ValueError(_("expected a field for words, found another kind of field"))
    words = _text(text.value).replace("\r\n", "\n").replace("\r", "\n").strip()
    limit = _TEXT_LIMITS[text.name]
    if len(words) > limit:
        raise ValueError(
            _("expected at most {most} characters, found {found}").format(
                most=thousands(limit), found=thousands(len(words))
            )
        )
    for character in words:
        if unicodedata.category(character) in ("Cc", "Cs", "Cn") and character not in "\n\t":
            raise ValueError(without(character))
    return words


def _text(value: Any) -> str:
    """A PDF's text, which may lie in a stream. Raises ``ValueError`` where it is none."""
    import pikepdf

    if value is None:
        return ""
    if isinstance(value, pikepdf.Stream):
        return str(pikepdf.String(value.read_bytes()))
    if isinstance(value, pikepdf.String):
        return str(value)
    raise ValueError(_("expected words, found something else"))


def _place(name: str) -> str:
    """A field's name as a fault shows it: on one line, and short."""
    plain = "".join(each if each.isprintable() else "\ufffd" for each in name) or "(no name)"
    return plain if len(plain) <= _LONGEST_PLACE else plain[: _LONGEST_PLACE - 1] + "…"
