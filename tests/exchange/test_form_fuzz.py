"""Two thousand forms that nobody filled in: read, or refused in words, and nothing else."""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest

from fitcheck.domain.bank import LEVELS
from fitcheck.errors import InvalidInput
from fitcheck.exchange.form_pdf import answers_in, read_form
from tests.exchange.forms import IDS, QUESTIONS, TOKEN, bare, field, saved

Chance = random.Random

ODD: tuple[Callable[[], Any], ...] = (
    lambda: 0,
    lambda: -(2**40),
    lambda: True,
    lambda: None,
    lambda: pikepdf.Name("/on"),
    lambda: pikepdf.Name("/Off"),
    lambda: pikepdf.Name("/#00#ff"),
    lambda: pikepdf.String("on"),
    lambda: pikepdf.String(b"\xfe\xff\xd8\x00\x00"),
    lambda: pikepdf.String("x" * 5_000),
    lambda: pikepdf.Array([]),
    lambda: pikepdf.Array([pikepdf.Array([1, None]), "a"]),
    lambda: pikepdf.Dictionary(),
    lambda: pikepdf.Dictionary(T="a", FT=pikepdf.Name.Btn, V=pikepdf.Name("/on")),
)
KEYS = ("/T", "/FT", "/V", "/AS", "/AP", "/Kids", "/Parent", "/Ff", "/Subtype", "/N", "/Fields")


POSSIBLE = {"read", "read with faults", "refused"}


def most_memory() -> int:
    """The most that this process has ever held, in bytes, where the system says so."""
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def outcome(data: bytes) -> str:
    """Whether a form is read or refused; whatever else it does fails the test."""
    try:
        fields = read_form(data)
    except InvalidInput as refused:
        return "refused" if 0 < len(str(refused)) < 1_000 else "refused at length"
    answers, faults = answers_in(fields, QUESTIONS)
    assert set(answers) <= set(IDS)
    assert set(answers.values()) <= set(range(LEVELS))
    assert len(fields.token) == len(TOKEN)
    assert all(len(str(fault)) < 300 for fault in faults)
    return "read with faults" if faults else "read"


def flipped(chance: Chance) -> bytes:
    data = bytearray(bare())
    for _ in range(chance.choice((1, 3, 10, 100))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def cut_and_pasted(chance: Chance) -> bytes:
    data = bare()
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    kind = chance.randrange(4)
    if kind == 0:
        return data[:start]
    if kind == 1:
        return data[:start] + data[end:]
    if kind == 2:
        return data[:end] + data[start:]
    return data[:start] + chance.randbytes(chance.randrange(200)) + data[start:]


def swapped(chance: Chance) -> bytes:
    """Words of the file in each other's place: still a PDF, mostly, and none that makes sense."""
    words = bare().split(b" ")
    for _ in range(chance.choice((1, 2, 5, 20))):
        one, other = chance.randrange(len(words)), chance.randrange(len(words))
        words[one], words[other] = words[other], words[one]
    return b" ".join(words)


def noise(chance: Chance) -> bytes:
    return chance.choice((b"", b"%PDF-1.7\n")) + chance.randbytes(chance.randrange(3_000))


def tampered(pdf: pikepdf.Pdf, chance: Chance) -> bytes:
    """The fields as somebody leaves them who knows how forms are made, and means no good."""
    boxes = [f"{chance.choice(IDS)}.{chance.randint(1, LEVELS)}" for _ in range(3)]
    names = [*boxes, chance.choice(IDS), "name", "comment", "form"]
    undo: list[tuple[Any, str, Any]] = []
    for name in chance.sample(names, chance.randint(1, 4)):
        target, key = field(pdf, name), chance.choice(KEYS)
        undo.append((target, key, target.get(key)))
    if chance.random() < 0.1:
        undo.append((pdf.Root.AcroForm, "/Fields", pdf.Root.AcroForm.Fields))
    if chance.random() < 0.05:
        undo.append((pdf.Root, "/AcroForm", pdf.Root.AcroForm))
    for target, key, _before in undo:
        value = chance.choice(ODD)() if chance.random() < 0.95 else pdf.Root.Pages
        if value is None:
            if key in target:
                del target[key]
        else:
            target[key] = value
    made = saved(pdf)
    for target, key, before in reversed(undo):
        if before is not None:
            target[key] = before
        elif key in target:
            del target[key]
    return made


MAKERS: dict[str, Callable[[Chance], bytes]] = {
    "flipped": flipped,
    "cut": cut_and_pasted,
    "swapped": swapped,
    "noise": noise,
}
KINDS = (*MAKERS, "tampered")


def inputs(kind: str, count: int) -> Iterator[bytes]:
    chance = Chance(kind)
    if kind == "tampered":
        with pikepdf.open(io.BytesIO(bare())) as pdf:
            for _ in range(count):
                yield tampered(pdf, chance)
        return
    for _ in range(count):
        yield MAKERS[kind](chance)


@pytest.mark.parametrize(
    ("kind", "count", "seen"),
    [
        ("flipped", 600, {"read", "refused"}),
        ("cut", 400, {"refused"}),
        ("swapped", 300, {"read", "refused"}),
        ("noise", 200, {"refused"}),
        ("tampered", 500, {"read", "read with faults", "refused"}),
    ],
)
@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
def test_a_broken_form_is_read_or_refused(kind: str, count: int, seen: set[str]) -> None:
    before = most_memory()
    outcomes = {outcome(data) for data in inputs(kind, count)}
    assert seen <= outcomes <= POSSIBLE, "the inputs reach what they are made for"
    assert most_memory() - before < 256_000_000
