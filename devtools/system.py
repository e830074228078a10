"""What Qt and Pango take from the operating system: found by trying to load it, and mended.

A package manager knows what it installed, not what works; and it is another one on every system.
The dynamic linker has the last word anyway, so it is asked.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from devtools.console import StopError, say

if TYPE_CHECKING:
    from devtools.pythons import Python


class Packages(NamedTuple):
    """The package that holds a library, by package manager."""

    apt: str
    dnf: str
    pacman: str


# What the wheel's libQt6Core, Gui, Widgets, DBus, XcbQpa and its platform plug-ins xcb and
# offscreen name as NEEDED and don't bring along (readelf -d), less what every Linux has (libc,
# libstdc++, libz). Wayland's two libraries are left out: without them Qt takes xcb.
_QT = {
    "libEGL.so.1": Packages("libegl1", "libglvnd-egl", "libglvnd"),
    "libGL.so.1": Packages("libgl1", "libglvnd-glx", "libglvnd"),
    "libX11-xcb.so.1": Packages("libx11-xcb1", "libX11-xcb", "libx11"),
    "libX11.so.6": Packages("libx11-6", "libX11", "libx11"),
    "libdbus-1.so.3": Packages("libdbus-1-3", "dbus-libs", "dbus"),
    "libfreetype.so.6": Packages("libfreetype6", "freetype", "freetype2"),
    "libglib-2.0.so.0": Packages("libglib2.0-0", "glib2", "glib2"),
    "libgthread-2.0.so.0": Packages("libglib2.0-0", "glib2", "glib2"),
    "libxcb-cursor.so.0": Packages("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-icccm.so.4": Packages("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image.so.0": Packages("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms.so.1": Packages("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr.so.0": Packages("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render-util.so.0": Packages(
        "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"
    ),
    "libxcb-render.so.0": Packages("libxcb-render0", "libxcb", "libxcb"),
    "libxcb-shape.so.0": Packages("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-shm.so.0": Packages("libxcb-shm0", "libxcb", "libxcb"),
    "libxcb-sync.so.1": Packages("libxcb-sync1", "libxcb", "libxcb"),
    "libxcb-util.so.1": Packages("libxcb-util1", "xcb-util", "xcb-util"),
    "libxcb-xfixes.so.0": Packages("libxcb-xfixes0", "libxcb", "libxcb"),
    "libxcb-xkb.so.1": Packages("libxcb-xkb1", "libxcb", "libxcb"),
    "libxcb.so.1": Packages("libxcb1", "libxcb", "libxcb"),
    "libxkbcommon-x11.so.0": Packages("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    "libxkbcommon.so.0": Packages("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
}

# What WeasyPrint opens by name (weasyprint/text/ffi.py). It only warns when the subset library is
# absent, but then embeds whole fonts; here it is required.
_PANGO = {
    "libfontconfig.so.1": Packages("libfontconfig1", "fontconfig", "fontconfig"),
    "libgobject-2.0.so.0": Packages("libglib2.0-0", "glib2", "glib2"),
    "libharfbuzz-subset.so.0": Packages("libharfbuzz-subset0", "harfbuzz", "harfbuzz"),
    "libharfbuzz.so.0": Packages("libharfbuzz0b", "harfbuzz", "harfbuzz"),
    "libpango-1.0.so.0": Packages("libpango-1.0-0", "pango", "pango"),
    "libpangoft2-1.0.so.0": Packages("libpangoft2-1.0-0", "pango", "pango"),
}
_BINUTILS = ("objcopy", "objdump", "strip")
_FONTS_CONF = "fontconfig's configuration"
_JAVA = "a Java runtime"
_OTHER = {
    _FONTS_CONF: Packages("fontconfig-config", "fontconfig", "fontconfig"),
    # The tests open one real window on a screen that isn't there.
    "Xvfb": Packages("xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    # They have veraPDF, which is written in Java, look at every document.
    _JAVA: Packages("default-jre-headless", "java-latest-openjdk-headless", "jre-openjdk-headless"),
    # PyInstaller asks these what a library needs, and the build makes libraries smaller.
    **dict.fromkeys(_BINUTILS, Packages("binutils", "binutils", "binutils")),
}
_PACKAGES = {**_QT, **_PANGO, **_OTHER}

# Qt's wheels need nothing more on these two; the names are those that WeasyPrint tries.
_MACOS = (
    "libfontconfig.1.dylib",
    "libgobject-2.0.0.dylib",
    "libharfbuzz-subset.0.dylib",
    "libharfbuzz.0.dylib",
    "libpango-1.0.dylib",
    "libpangoft2-1.0.dylib",
)
_WINDOWS = (
    "libfontconfig-1.dll",
    "libgobject-2.0-0.dll",
    "libharfbuzz-0.dll",
    "libharfbuzz-subset-0.dll",
    "libpango-1.0-0.dll",
    "libpangoft2-1.0-0.dll",
)
_MSYS2 = "C:\\msys64"

# Where the linker on macOS, and WeasyPrint on Windows, look for those files.
_DYLD = "DYLD_FALLBACK_LIBRARY_PATH"
_DLLS = "WEASYPRINT_DLL_DIRECTORIES"

# Run in a process of its own: with the interpreter and the environment that the program will
# have, and free of libraries that this process happens to have loaded.
_PROBE = f"""
import ctypes, os, sys
if sys.platform == "win32":
    for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", "").split(os.pathsep):
        if os.path.isdir(folder):
            os.add_dll_directory(folder)
for name in sys.argv[1:]:
    try:
        library = ctypes.CDLL(name)
    except OSError:
        print(name)
        continue
    if name == "libfontconfig.so.1":
        library.FcConfigFilename.restype = ctypes.c_char_p
        if library.FcConfigFilename(None) is None:
            print({_FONTS_CONF!r})
"""


def library_environment() -> dict[str, str]:
    """The variables by which WeasyPrint finds Pango where the linker wouldn't look by itself.

    What the user has set is kept, in front or instead.
    """
    if sys.platform == "darwin":
        # The linker's own default is /usr/local/lib and /usr/lib: Homebrew on Intel, but not on
        # Apple silicon. Setting the variable replaces that default, so it is repeated.
        prefix = os.environ.get("HOMEBREW_PREFIX", "/opt/homebrew")
        wanted = [f"{prefix}/lib", "/opt/homebrew/lib", "/usr/local/lib", "/usr/lib"]
        had = [part for part in os.environ.get(_DYLD, "").split(":") if part]
        return {_DYLD: ":".join(dict.fromkeys([*had, *wanted]))}
    if sys.platform == "win32":
        folders = f"{_MSYS2}\\ucrt64\\bin;{_MSYS2}\\mingw64\\bin"
        return {_DLLS: os.environ.get(_DLLS) or folders}
    return {}


def missing(python: str, *, for_tests: bool, for_build: bool = False) -> list[str]:
    """What can't be loaded by `python`.

    `for_tests` adds Xvfb and Java where they are missing, `for_build` the tools for libraries.
    """
    if sys.platform == "win32":
        names: tuple[str, ...] = _WINDOWS
    elif sys.platform == "darwin":
        names = _MACOS
    else:
        names = (*_QT, *_PANGO)
    answer = subprocess.run(
        [python, "-I", "-S", "-c", _PROBE, *names],
        env={**os.environ, **library_environment()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        # fontconfig complains here about what is then reported properly.
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise StopError(
            f"Trying to load the system's libraries with {python} ended with status "
            f"{answer.returncode}.\nRun `python3 dev.py setup --rebuild`; if it stays, one of "
            f"these libraries is broken: {', '.join(names)}."
        )
    lacking = answer.stdout.splitlines()
    if for_tests:
        if sys.platform not in ("win32", "darwin") and shutil.which("Xvfb") is None:
            lacking.append("Xvfb")
        if not _java_is_there():
            lacking.append(_JAVA)
    if for_build and sys.platform not in ("win32", "darwin"):
        lacking += [tool for tool in _BINUTILS if shutil.which(tool) is None]
    return lacking


_JVMS = (Path("/usr/lib/jvm"), Path("/usr/java"))
"""Where Linux keeps Java, and where JPype, by which the tests start it, looks."""


def _java_is_there() -> bool:
    """Whether JPype will find a Java virtual machine."""
    if home := os.environ.get("JAVA_HOME"):
        return Path(home).is_dir()
    if sys.platform == "win32":
        return shutil.which("java") is not None
    if sys.platform == "darwin":
        home_of = shutil.which("/usr/libexec/java_home")
        if home_of is None:
            return False
        return subprocess.run([home_of], capture_output=True, check=False).returncode == 0
    return any(next(folder.glob("*/lib/server/libjvm.so"), None) for folder in _JVMS)


def venv_package(python: "Python") -> tuple[str, ...]:
    """The Debian package that completes a Python of the system; `StopError` where there is none.

    Debian packs `ensurepip`, without which no virtual environment can be made, apart.
    """
    if shutil.which("apt-get") and python.path.startswith("/usr/bin/"):
        return (f"python{python.version[0]}.{python.version[1]}-venv",)
    raise StopError(
        f"{python} lacks {', '.join(python.missing)}, and there is no complete Python here.\n"
        "Install Python 3.13 (python.org, or your package manager) and run this again."
    )


def mend(lacking: list[str], debian: tuple[str, ...] = ()) -> None:
    """Install the packages that hold what is lacking, or raise `StopError` with the one command.

    `debian` names Debian packages to install along with them.
    """
    what = ", ".join([*lacking, *debian])
    if sys.platform not in ("win32", "darwin") and shutil.which("apt-get"):
        packages = sorted({_PACKAGES[name].apt for name in lacking} | set(debian))
        rights = _rights()
        if rights is not None:
            _apt_install(rights, packages)
            return
    raise StopError(f"These parts of the system are missing: {what}.\n{advice(lacking, debian)}")


def advice(lacking: list[str], debian: tuple[str, ...] = ()) -> str:
    """A sentence with the one command that installs what is lacking, for this system."""
    libraries, java = [name for name in lacking if name != _JAVA], _JAVA in lacking
    if sys.platform == "win32":
        steps = [f"{_MSYS2}\\usr\\bin\\pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango"]
        if not Path(_MSYS2).is_dir():
            steps.insert(0, "winget install --exact --id MSYS2.MSYS2")
        steps = steps if libraries else []
        steps += ["winget install --exact --id EclipseAdoptium.Temurin.21.JRE"] if java else []
        return (
            f"Install {_named(libraries, java)} with this command in PowerShell, then try again:\n"
            f"\n    {'; '.join(steps)}\n"
        )
    if sys.platform == "darwin":
        first = "" if shutil.which("brew") else "Homebrew (https://brew.sh) first, and "
        steps = ["brew install pango"] if libraries else []
        steps += ["brew install --cask temurin"] if java else []
        return (
            f"Install {first}{_named(libraries, java)} with this command, then try again:\n\n"
            f"    {' && '.join(steps)}\n"
        )
    commands = {
        "apt-get": "apt-get install --yes",
        "dnf": "dnf install -y",
        "pacman": "pacman -S --needed --noconfirm",
    }
    for program, command in commands.items():
        if shutil.which(program):
            index = list(commands).index(program)
            extra = debian if program == "apt-get" else ()
            packages = sorted({_PACKAGES[name][index] for name in lacking} | set(extra))
            sudo = "" if _is_root() else "sudo "
            update = (
                f"{sudo}apt-get update && " if program == "apt-get" and not _apt_has_lists() else ""
            )
            return (
                "Install them with this command, then try again:\n\n"
                f"    {update}{sudo}{command} {' '.join(packages)}\n"
            )
    return "Install the packages that hold them with your system's package manager, then try again."


def _named(libraries: list[str], java: bool) -> str:
    return " and ".join(["Pango"] * bool(libraries) + ["Java"] * java)


def _rights() -> list[str] | None:
    """How to start apt-get with the rights to install, or None where a password would be asked."""
    if _is_root():
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(
            ["sudo", "--non-interactive", "true"], capture_output=True, check=False
        )
        if asked.returncode == 0:
            return ["sudo", "--non-interactive"]
    return None


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _apt_has_lists() -> bool:
    return any(Path("/var/lib/apt/lists").glob("*_Packages*"))


def _apt_install(rights: list[str], packages: list[str]) -> None:
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    # Another program may be installing at this moment: wait for it instead of failing.
    apt += ["--option", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "--no-install-recommends", *packages]
    say(f"Installing from the system's packages: {' '.join(packages)}")
    if not _apt_has_lists():
        _quietly([*apt, "update"])
    status, output = _quietly(install)
    if status != 0:
        # The lists may be older than the archive: once more with fresh ones.
        say("That failed; fetching newer package lists and trying again")
        _quietly([*apt, "update"])
        status, output = _quietly(install)
    if status != 0:
        tail = "\n".join(output.splitlines()[-12:])
        raise StopError(
            f"Installing from the system's packages ended with status {status}. apt-get said:\n\n"
            f"{tail}\n\nMend that, then try again; the command was:\n\n    {' '.join(install)}\n"
        )


def _quietly(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout
