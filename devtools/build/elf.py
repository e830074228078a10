"""What a Linux library needs of others, read from the file itself.

`ldd` would load it, and answers with what this machine has. Here it matters what any machine must
have.
"""

import re
import struct
from dataclasses import dataclass
from pathlib import Path

_PT_LOAD, _PT_DYNAMIC = 1, 2
_DT_NULL, _DT_NEEDED, _DT_STRTAB = 0, 1, 5
_SHT_SYMTAB = 2
_GLIBC = re.compile(rb"GLIBC_2\.(\d{1,3})\0")


@dataclass(frozen=True)
class Elf:
    """A library or program: the names of the libraries it needs; and what it is compiled against.

    ``glibc`` is the minor version of the C library that its newest symbol came with, or 0.
    ``symbols``: whether it still holds what only a debugger reads.
    """

    needed: tuple[str, ...]
    glibc: int
    symbols: bool


def read(path: Path) -> Elf | None:
    """What the file is, or None for one that is no 64-bit little-endian ELF file."""
    with path.open("rb") as file:
        if file.read(6) != b"\x7fELF\x02\x01":
            return None
    data = path.read_bytes()
    programs, sections = struct.unpack_from("<QQ", data, 32)
    size, count, section_size, section_count = struct.unpack_from("<HHHH", data, 54)
    loaded = []
    dynamic: list[tuple[int, int]] = []
    for number in range(count):
        kind, _flags, offset, address, _, in_file = struct.unpack_from(
            "<IIQQQQ", data, programs + number * size
        )
        if kind == _PT_LOAD:
            loaded.append((address, offset, in_file))
        elif kind == _PT_DYNAMIC:
            entries = struct.iter_unpack("<qQ", data[offset : offset + in_file // 16 * 16])
            for tag, value in entries:
                if tag == _DT_NULL:
                    break
                dynamic.append((tag, value))
    strings = next((_offset(value, loaded) for tag, value in dynamic if tag == _DT_STRTAB), 0)
    needed = tuple(_text(data, strings + value) for tag, value in dynamic if tag == _DT_NEEDED)
    kinds = {
        struct.unpack_from("<I", data, sections + number * section_size + 4)[0]
        for number in range(section_count)
    }
    versions = [int(match[1]) for match in _GLIBC.finditer(data)]
    return Elf(needed, max(versions, default=0), _SHT_SYMTAB in kinds)


def _offset(address: int, loaded: list[tuple[int, int, int]]) -> int:
    for start, offset, size in loaded:
        if start <= address < start + size:
            return address - start + offset
    return address


def _text(data: bytes, start: int) -> str:
    return data[start : data.index(b"\0", start)].decode()
