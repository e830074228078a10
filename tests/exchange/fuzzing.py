"""Inputs that nobody wrote, for every format that is read from a file: out of good ones, spoilt.

Half of them are spoilt in their parts (a value of another kind, a key too many, a list a thousand
times), half in their bytes. What is found is decided by :func:`outcome`.
"""

from __future__ import annotations

import copy
import io
import json
import random
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

from fitcheck import packaged
from fitcheck.domain.policy import parse_policy
from fitcheck.errors import FitCheckError, InvalidInput
from fitcheck.exchange.assessment_json import read_assessment
from fitcheck.exchange.bank_input import SIZE_LIMIT as BANK_LIMIT
from fitcheck.exchange.bank_input import read_bank
from fitcheck.exchange.book_container import open_container, read_container, write_container
from fitcheck.exchange.book_lines import read_lines
from fitcheck.exchange.book_text import split_lines
from fitcheck.exchange.form_pdf import answers_in, read_form
from fitcheck.exchange.pdf_attachment import NAME, read_private_file
from fitcheck.exchange.person_json import read_person
from fitcheck.exchange.policy_input import policy_faults
from fitcheck.exchange.profile_json import read_profile
from fitcheck.handing_over import answers_of
from fitcheck.store.key_file import FromNewer, KeyFile, Unreadable, _check_sum
from tests.banks import small
from tests.exchange.books import CHEAP, PASSPHRASE, exported, fill, opened
from tests.exchange.forms import QUESTIONS, bare

Chance = random.Random
Make = Callable[[Chance], bytes]

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 5, 2**40, 1.5, -0.0, 1e308, "", " ", "x", "\0", "é" * 300),
    *("\ud800", "\u202e", "2026-02-30", "2026-11-22T09:00:00+00:00", "0" * 32, "../../x"),
    *([], {}, [[]], [None], {"": None}, {"x": {}}, ["x"] * 200, [[[[[[[[]]]]]]]]),
)
TOKENS = (
    *(b"NaN", b"-Infinity", b"1e999", b"9" * 5_000, b'"\\ud800"', b'"\\u0000"', b"\xff\xfe"),
    *(b"\xef\xbb\xbf", b"[" * 2_000, b"{" * 50, b",,", b"null", b"\n", b"\0", b'"', b"\\"),
)


# Good ones, spoilt


def parts_of(value: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a value."""
    yield steps
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from parts_of(value[key], (*steps, key))


def odd(chance: Chance) -> Any:
    """Something that belongs nowhere."""
    return copy.deepcopy(chance.choice(ODD))


def spoilt_value(value: Any, chance: Chance) -> Any:
    """The value with one to three of its parts spoilt; ``value`` itself stays."""
    value = json.loads(json.dumps(value))
    for _ in range(chance.choice((1, 1, 2, 3))):
        steps = chance.choice(list(parts_of(value)))
        if not steps:
            return odd(chance)
        holder = value
        for step in steps[:-1]:
            holder = holder[step]
        _spoil(holder, steps[-1], chance)
    return value


def _spoil(holder: Any, key: Any, chance: Chance) -> None:
    here = holder[key]
    kind = chance.randrange(6)
    if kind == 0:
        del holder[key]
    elif kind == 1 and isinstance(holder, dict):
        holder[chance.choice(("x", "", "format", "id", "\ud800"))] = odd(chance)
    elif kind == 2 and isinstance(here, list):
        holder[key] = here * chance.choice((2, 50))
    elif kind == 3 and isinstance(here, str):
        holder[key] = here + chance.choice(("\0", "\ud800", "x" * 20_000, " ", "é"))
    elif kind == 4 and isinstance(holder, list):
        holder.insert(chance.randrange(len(holder) + 1), odd(chance))
    else:
        holder[key] = odd(chance)


def spoilt_bytes(data: bytes, chance: Chance) -> bytes:
    """The bytes flipped, cut, doubled, or with something in them that belongs elsewhere."""
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    match chance.randrange(6):
        case 0:
            made = bytearray(data)
            for _ in range(chance.choice((1, 3, 10, 100))):
                made[chance.randrange(len(made))] = chance.randrange(256)
            return bytes(made)
        case 1:
            return data[:start]
        case 2:
            return data[:start] + data[end:]
        case 3:
            return data[:end] + data[start:]
        case 4:
            return data[:start] + chance.choice(TOKENS) + data[start:]
        case _:
            return chance.choice((b"", data[:20])) + chance.randbytes(chance.randrange(2_000))


def json_maker(seed: Callable[[], Any]) -> Make:
    """Spoils a JSON value, or the bytes of its text."""

    def make(chance: Chance) -> bytes:
        if chance.random() < 0.6:
            text = json.dumps(spoilt_value(seed(), chance), ensure_ascii=chance.random() < 0.9)
            return text.encode("utf-8", "surrogatepass")
        return spoilt_bytes(json.dumps(seed()).encode(), chance)

    return make


def bytes_maker(seed: Callable[[], bytes]) -> Make:
    return lambda chance: spoilt_bytes(seed(), chance)


# The seeds


@cache
def assessment() -> Any:
    """A short one, so that a change hits what counts, and many are tried in good time."""
    whole = json.loads(packaged.read_bytes("demo", "01-northbeam.json"))
    return {**whole, "answers": whole["answers"][:4]}


@cache
def book() -> bytes:
    """The lines of a small book."""
    with tempfile.TemporaryDirectory() as name:
        fitcheck = opened(Path(name) / "data")
        try:
            fill(fitcheck, demo=0)
            found = exported(fitcheck, Path(name) / "x").path.read_bytes()
        finally:
            fitcheck.close()
    return found


@cache
def book_lines() -> list[Any]:
    return [json.loads(line) for line in book().splitlines()]


@cache
def person() -> Any:
    from fitcheck.exchange.person_json import write_person
    from tests.exchange.test_person_json import someone

    found = write_person(someone())
    found["assessments"][0]["assessment"] = assessment()
    return found


def book_maker(chance: Chance) -> bytes:
    """Spoils the parts of a line, or the lines among each other, or the bytes."""
    if chance.random() < 0.25:
        return spoilt_bytes(book(), chance)
    lines = list(book_lines())
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(lines))
        match chance.randrange(9):
            case 0:
                del lines[at]
            case 1:
                lines.insert(chance.randrange(len(lines)), lines[at])
            case 2:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                lines[at] = spoilt_value(lines[at], chance)
    return b"\n".join(json.dumps(line).encode() for line in lines) + b"\n"


def private_maker(chance: Chance) -> bytes:
    """A PDF whose attachment is spoilt, or the whole of it."""
    if chance.random() < 0.5:
        return spoilt_bytes(private_pdf(json.dumps(assessment()).encode()), chance)
    return private_pdf(json_maker(assessment)(chance))


def private_pdf(data: bytes) -> bytes:
    """A small PDF that carries these bytes as a private file does."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments[NAME] = data
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


@cache
def container() -> bytes:
    out = io.BytesIO()
    write_container(out, [book()[:3_000]], PASSPHRASE, CHEAP)
    return out.getvalue()


@cache
def key_file() -> Any:
    key = bytes(32)
    made = KeyFile.unprotected(key).protect(key, PASSPHRASE, CHEAP)
    return json.loads(made.with_recovery_key(key)[0].to_bytes())


def key_maker(chance: Chance) -> bytes:
    """Half of them with a check sum that is right, as somebody makes it who means no good."""
    value = spoilt_value(key_file(), chance)
    if chance.random() < 0.5 and isinstance(value, dict):
        value.pop("check", None)
        value["check"] = _check_sum(value)
    if chance.random() < 0.3:
        return spoilt_bytes(json.dumps(value).encode(), chance)
    return json.dumps(value).encode()


def container_maker(chance: Chance) -> bytes:
    """The bytes spoilt, or the key in it, or the lines under a key that is right."""
    match chance.randrange(3):
        case 0:
            return spoilt_bytes(container(), chance)
        case 1:
            data, key = container(), key_maker(chance)
            length = int.from_bytes(data[16:20], "big")
            return data[:16] + len(key).to_bytes(4, "big") + key + data[20 + length :]
        case _:
            out = io.BytesIO()
            write_container(out, [book_maker(chance)], PASSPHRASE, CHEAP)
            return out.getvalue()


def bank_text() -> bytes:
    return small().encode()


def bank_maker(chance: Chance) -> bytes:
    """Spoils the bytes of a bank's text, or a value in it."""
    if chance.random() < 0.4:
        return spoilt_bytes(bank_text(), chance)
    value = spoilt_value(tomllib.loads(small()), chance)
    entries = value.items() if isinstance(value, dict) else [("x", value)]
    lines = [f"{json.dumps(key)} = {_toml(each)}" for key, each in entries]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        inside = (f"{json.dumps(key)} = {_toml(each)}" for key, each in value.items())
        return f"{{ {', '.join(inside)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return "nan" if value is None else json.dumps(value)


def policy_text() -> bytes:
    return packaged.read_bytes("policies", packaged.names("policies")[0])


def profile() -> Any:
    return {"name": "Ines", "accent": "#112233", "boundaries": ["No."], "website": "x.example"}


def sealed() -> Any:
    return {"assessment": 1, "answers": {"my-ease": 3, "my-week": "unknown"}}


# The readers


def _read_book(data: bytes) -> None:
    for _record in read_lines(split_lines([data])):
        pass


def _read_container(data: bytes) -> None:
    file = io.BytesIO(data)
    key = open_container(file, PASSPHRASE)
    for _record in read_lines(read_container(file, key)):
        pass


def _read_policy(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    if faults := policy_faults(text, "own"):
        raise InvalidInput(faults)
    parse_policy(text)


def _read_key(data: bytes) -> None:
    try:
        KeyFile.from_bytes(data).unlock_by_passphrase(PASSPHRASE)
    except (Unreadable, FromNewer):
        raise FitCheckError("told by who reads it, with the file's name") from None


def _read_sealed(data: bytes) -> None:
    try:
        answers_of(data)
    except ValueError:
        raise FitCheckError("told by who reads it, with the file's name") from None


def _read_form(data: bytes) -> None:
    answers_in(read_form(data), QUESTIONS)


@dataclass(frozen=True)
class Importer:
    """``reads`` are the functions of the program by whose names a test knows it."""

    make: Make
    read: Callable[[bytes], object]
    good: Callable[[], bytes]
    reads: tuple[str, ...]


IMPORTERS: dict[str, Importer] = {
    "assessment": Importer(
        json_maker(assessment),
        read_assessment,
        lambda: json.dumps(assessment()).encode(),
        ("assessment_json.read_assessment",),
    ),
    "private file": Importer(
        private_maker,
        read_private_file,
        lambda: private_pdf(json.dumps(assessment()).encode()),
        ("pdf_attachment.read_private_file",),
    ),
    "form": Importer(bytes_maker(bare), _read_form, bare, ("form_pdf.read_form",)),
    "person": Importer(
        json_maker(person),
        read_person,
        lambda: json.dumps(person()).encode(),
        ("person_json.read_person",),
    ),
    "profile": Importer(
        json_maker(profile),
        lambda data: read_profile(data, Path(__file__).parent),
        lambda: json.dumps(profile()).encode(),
        ("profile_json.read_profile", "profile_json.read_logo"),
    ),
    "policy": Importer(
        bytes_maker(policy_text),
        _read_policy,
        lambda: policy_text().replace(b'"default"', b'"own"', 1),
        ("policy_input.policy_faults",),
    ),
    "bank": Importer(
        bank_maker,
        lambda data: read_bank(data, "mine.toml"),
        bank_text,
        ("bank_input.read_bank",),
    ),
    "whole book": Importer(
        book_maker, _read_book, book, ("book_lines.read_lines", "book_text.split_lines")
    ),
    "locked book": Importer(
        container_maker,
        _read_container,
        lambda: locked(book()),
        ("book_container.open_container", "book_container.read_container"),
    ),
    "key file": Importer(key_maker, _read_key, lambda: json.dumps(key_file()).encode(), ()),
    "sealed answers": Importer(
        json_maker(sealed), _read_sealed, lambda: json.dumps(sealed()).encode(), ()
    ),
}


def locked(lines: bytes) -> bytes:
    out = io.BytesIO()
    write_container(out, [lines], PASSPHRASE, CHEAP)
    return out.getvalue()


def inputs(name: str, count: int) -> Iterator[bytes]:
    """So many inputs for an importer, always the same."""
    chance = Chance(name)
    for _ in range(count):
        yield IMPORTERS[name].make(chance)


def outcome(name: str, data: bytes) -> str:
    """Whether it was read or refused, in words that name a place; anything else is raised."""
    try:
        IMPORTERS[name].read(data)
    except InvalidInput as refused:
        if not refused.faults or not all(fault.place for fault in refused.faults):
            return "refused without a place"
        return "refused" if len(refused.faults) <= 500 else "refused at length"
    except FitCheckError:
        return "refused"
    return "read"


POSSIBLE = {"read", "refused"}


def long_history(good: bytes, size: int) -> bytes:
    """A book without a fault, whose one assessment was changed for years."""
    lines = [json.loads(line) for line in good.splitlines()]
    at = next(index for index, line in enumerate(lines) if "history" in line)
    times = size // len(json.dumps(lines[at]))
    times = min(times, 100_000 // len(lines[at]["history"]["events"]))
    assessment = next(line for line in reversed(lines[:at]) if "assessment" in line)["assessment"]
    assessment["events"] *= times
    lines[at : at + 1] = [lines[at]] * times
    lines[-1]["end"]["lines"] = len(lines) - 1
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def large(name: str) -> Iterator[bytes]:
    """Inputs that are as large as is taken, and want to take memory and time."""
    size = 9_999_000
    yield from (
        b"[" * size,
        b'{"a":' * (size // 5),
        b"[" + b"[]," * (size // 3) + b"1]",
        b"[" + b'"a",' * (size // 4) + b"1]",
        b"{" + b'"a":1,' * (size // 6) + b'"b":1}',
        b"{" + b"".join(b'"%d":1,' % n for n in range(700_000)) + b'"b":1}',
        b"9" * size,
        b'"' + b"\\u0041" * (size // 6) + b'"',
        b'"' + b'\\"' * (size // 2),
        b'"' + "é".encode() * (size // 2) + b'"',
        b"\xff" * size,
        b" " * size,
        b"\n" * size,
        b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * (size // 20),
        b"%PDF-1.7\n" + b"[" * size,
    )
    good = IMPORTERS[name].good()
    yield good + b" " * (size - len(good))
    if name in ("private file", "form"):
        yield private_pdf(b" " * 500_000_00)
    if name == "bank":
        yield from large_banks()
    if name == "whole book":
        head, *rest = good.splitlines()
        yield head + b"\n" + b'{"end":{"lines":1}}\n' * 400_000
        yield long_history(good, size)
        wide = next(line for line in rest if line.startswith(b'{"history"'))
        yield b"\n".join([head, *rest[:-1], *[wide] * (size // len(wide))])
    if name == "locked book":
        yield locked(b"x" * 300_000_000)
        yield locked(b"\n" * 50_000_000)
        yield locked(good.splitlines()[0] + b"\n" + b"[]\n" * 5_000_000)


def large_banks() -> Iterator[bytes]:
    """As many characters as are taken, which want to take memory and time."""
    size = BANK_LIMIT - 100
    yield from (
        text.encode()
        for text in (
            "a" + ".a" * (size // 2) + "=1",
            "[a" + ".a" * (size // 2) + "]",
            "a=" + "[" * size,
            "a=" + "{a=" * (size // 3),
            "a=" + "9" * size,
            "a=[ # " + '\\"' * (size // 2) + "\n]",
            'a = """' + '\\"' * (size // 2),
            "[[questions]]\nlevels = [" + '"a b c d",' * (size // 10) + "]",
            "[[questions]]\n" * (size // 14),
            "[[facets]]\nid = 'x'\n" * (size // 20),
            "x = [" + "1," * (size // 2) + "]",
            "".join(f"k{n} = 1\n" for n in range(size // 12)),
            "id = '''\n" + "x\n" * (size // 2) + "'''",
        )
    )
