"""What the built program must hold, and what it must not: trimmed while building, checked after.

A build that lacks Pango still starts, on a machine that has Pango. So the result is looked at
before anything is packed, and a fault is an end.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from devtools.build import elf
from devtools.environment import ROOT

INSIDE = "_internal"
"""The folder beside the program that PyInstaller puts everything else into."""

# What isn't FitCheck's to bring along: it belongs together with the drivers of the graphics card
# (libstdc++, X11, Wayland's; an older one in its place keeps Mesa from loading) or with a service
# of the system (CUPS, with its TLS and Kerberos: whoever has no CUPS has no printer either).
_THE_SYSTEMS = re.compile(
    r"lib(stdc\+\+|gcc_s|X11|X11-xcb|xcb|wayland-[a-z]+|cups)\.so(\.\d+)*", re.ASCII
)

_PLUGINS = re.compile(
    r"PySide6/(Qt/)?plugins/(?!("
    r"iconengines/|printsupport/|styles/|xcbglintegrations/|wayland-"
    r"|imageformats/(lib)?q(gif|ico|jpeg|svg|webp)\."
    r"|platforminputcontexts/lib(compose|ibus)"
    r"|platforms/(lib)?q(xcb|wayland|offscreen|windows|cocoa)\."
    r"|platformthemes/libqxdgdesktopportal))"
)

_UNWANTED = re.compile(
    r"(^|/)((lib)?Qt6?(Qml|Quick|WebEngine|VirtualKeyboard|Pdf|EglF)"
    r"|lib(gtk|gdk)-|libqgtk3|etc/fonts/|_?tkinter|lib(tcl|tk)\d"
    # Pillow's own, for what FitCheck doesn't do with it: on macOS one would be taken for Pango's.
    r"|(pillow\.libs|PIL/\.dylibs)/lib(harfbuzz|freetype|avif)"
    # Stored by SQLCipher alone: nothing else in it can write a book that isn't encrypted.
    r"|libsqlite3|python[^/]*/lib-dynload/_sqlite3)"
)

_CODES = {"en", *(file.stem for file in (ROOT / "resources" / "i18n").glob("*.mo"))}
LANGUAGES = _CODES | {code.partition("_")[0] for code in _CODES}
"""What FitCheck speaks: of Qt's words and of the hyphens of others, nothing else comes along."""
_FOR_DEVELOPERS = (".pyi", ".h", ".lib", ".a", ".po", ".pot")

# The name of each library that is asked for by name, on Linux, Windows and macOS.
_LIBRARIES = {
    "Pango": ("libpango-1.0.so.0", "pango-1.0-0.dll", "libpango-1.0.0.dylib"),
    "Pango for FreeType": ("libpangoft2-1.0.so.0", "pangoft2-1.0-0.dll", "libpangoft2-1.0.0.dylib"),
    "HarfBuzz": ("libharfbuzz.so.0", "harfbuzz.dll", "libharfbuzz.0.dylib"),
    "HarfBuzz's subset library": (
        "libharfbuzz-subset.so.0", "harfbuzz-subset.dll", "libharfbuzz-subset.0.dylib",
    ),
    "fontconfig": ("libfontconfig.so.1", "fontconfig-1.dll", "libfontconfig.1.dylib"),
    "GObject": ("libgobject-2.0.so.0", "gobject-2.0-0.dll", "libgobject-2.0.0.dylib"),
}  # fmt: skip

# Each a pattern of which at least that many files are there.
_FILES = {
    "SQLCipher": ("sqlcipher3/_sqlite3*", 1),
    "libsodium": ("nacl/_sodium*", 1),
    "PDFium": ("pypdfium2_raw/*pdfium*", 1),
    "fontconfig's configuration": ("fontconfig/fonts.conf", 1),
    "the fonts": ("resources/fonts/*.ttf", 8),
    "the fonts' licence": ("resources/fonts/OFL.txt", 1),
    "a bank": ("resources/banks/core-*.toml", 1),
    "the words that a bank is held to": ("resources/banks/words.toml", 1),
    "a policy": ("resources/policies/default-*.toml", 1),
    "the schemas": ("resources/schema/*.json", 8),
    "the icons": ("resources/icons/*.svg", 15),
    "the demonstration": ("resources/demo/*.json", 8),
    "the templates": ("reports/templates/*.html", 10),
    "the style of the documents": ("reports/templates/house.css", 1),
    "the charts": ("reports/templates/charts/*.svg", 7),
    "the migrations": ("fitcheck/store/migrations/versions/0*.py", 7),
    "the migrations' environment": ("fitcheck/store/migrations/env.py", 1),
    "the guide": ("docs/guide/*.md", 20),
    "the guide's pictures": ("docs/guide/pictures/*.png", 5),
    "the German guide": ("docs/guide/de/*.md", 20),
    "the German guide's pictures": ("docs/guide/de/pictures/*.png", 5),
    "the German words": ("resources/i18n/de.mo", 1),
    "Qt's German words": ("PySide6/**/qtbase_de.qm", 1),
    "WeasyPrint's style": ("weasyprint/css/html5_ua.css", 1),
}
_ON_LINUX = {
    "Qt for X11": ("PySide6/Qt/plugins/platforms/libqxcb.so", 1),
    "Qt for Wayland": ("PySide6/Qt/plugins/platforms/libqwayland.so", 1),
}


# Where each system's own fonts are, in fontconfig's words.
_SYSTEM_FONTS = {
    "win32": "<dir>WINDOWSFONTDIR</dir>",
    "darwin": "<dir>/System/Library/Fonts</dir><dir>/Library/Fonts</dir><dir>~/Library/Fonts</dir>",
}
_ELSEWHERE = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'


def write_fonts_conf(folder: Path, platform: str = sys.platform) -> Path:
    """fontconfig's configuration for the built program: its own fonts, and the system's."""
    text = Path(__file__).with_name("fonts.conf").read_text(encoding="utf-8")
    mark = "<!-- What this system has: build.spec writes it here. -->"
    assert mark in text
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "fonts.conf"
    whole = text.replace(mark, _SYSTEM_FONTS.get(platform, _ELSEWHERE))
    target.write_text(whole, encoding="utf-8")
    return target


def is_wanted(destination: str) -> bool:
    """Whether a file that PyInstaller found goes into the program; ``/`` between its folders."""
    name = PurePosixPath(destination).name
    if _PLUGINS.match(destination) or _UNWANTED.search(destination):
        return False
    if _THE_SYSTEMS.fullmatch(name):
        return False
    if name.endswith(".qm"):
        return name in {f"qtbase_{language}.qm" for language in LANGUAGES}
    if name.startswith("hyph_") and name.endswith(".dic"):
        return name.split("_")[1].split(".")[0] in LANGUAGES
    return "__pycache__" not in destination and not name.endswith(_FOR_DEVELOPERS)


def needed_of(binaries: Mapping[str, Path]) -> set[str]:
    """What of ``binaries`` (destination: source) is needed, on Linux.

    What lies at the top came along because something needed it. If that something was left out,
    it goes too; a package's own modules, Qt's plug-ins and what is asked for by name stay.
    """
    named = {PurePosixPath(library).name for library, *_ in _LIBRARIES.values()}
    by_name: dict[str, list[str]] = {}
    for destination in binaries:
        by_name.setdefault(PurePosixPath(destination).name, []).append(destination)

    def is_root(destination: str) -> bool:
        path = PurePosixPath(destination)
        if path.parent.name.endswith(".libs") or "Qt/lib" in destination:
            return False
        return path.name in named or ".so." not in path.name or path.name.startswith("libpython")

    kept = set[str]()
    waiting = [each for each in binaries if is_root(each)]
    while waiting:
        destination = waiting.pop()
        if destination in kept:
            continue
        kept.add(destination)
        library = elf.read(binaries[destination])
        for name in library.needed if library else ():
            waiting += by_name.get(name, ())
    return kept


def faults(folder: Path, platform: str = sys.platform) -> Iterator[str]:
    """What is missing from the built program in ``folder``, and what shouldn't be there."""
    within = inside(folder, platform)
    index = {"win32": 1, "darwin": 2}.get(platform, 0)
    for what, names in _LIBRARIES.items():
        if not (within / names[index]).is_file():
            yield f"{what} is missing: {names[index]}"
    files = _FILES if index else {**_FILES, **_ON_LINUX}
    for what, (pattern, least) in files.items():
        found = sum(each.is_file() for each in within.glob(pattern))
        if found < least:
            yield f"{what}: expected {least} of {pattern}, found {found}"
    for file in sorted(within.rglob("*")):
        destination = file.relative_to(within).as_posix()
        if file.is_file() and not is_wanted(destination):
            yield f"this was to be left out: {destination}"


def asked_of_the_system(folder: Path) -> dict[str, set[str]]:
    """The libraries that something in ``folder`` needs and that aren't in it, each with by whom."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    there = {each.name for each in files}
    asked: dict[str, set[str]] = {}
    for file in files:
        library = elf.read(file)
        for name in library.needed if library else ():
            if name not in there:
                asked.setdefault(name, set()).add(file.relative_to(folder).as_posix())
    return asked


def newest_glibc(files: Iterable[Path]) -> int:
    """The minor version of the C library that the files need."""
    return max((library.glibc for each in files if (library := elf.read(each))), default=0)


def inside(folder: Path, platform: str = sys.platform) -> Path:
    """The folder of the built program in which all but the program itself lies."""
    if platform == "darwin" and (folder / "Contents").is_dir():
        return folder / "Contents" / "Frameworks"
    return folder / INSIDE
