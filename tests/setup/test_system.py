"""Missing system libraries are found by loading, and the one command that helps is named."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import system
from devtools.console import StopError
from devtools.pythons import Python

LINUX = sys.platform not in ("win32", "darwin")


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The programs that this Linux pretends to have; it is nobody's, and sudo asks a password."""
    have: set[str] = set()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: name if name in have else None)
    monkeypatch.setattr(system, "_is_root", lambda: False)
    monkeypatch.setattr(system, "_apt_has_lists", lambda: True)
    return have


def test_nothing_is_missing_where_the_tests_run() -> None:
    assert system.missing(sys.executable, for_tests=True) == []


@pytest.mark.skipif(not LINUX, reason="the names of Linux")
def test_what_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(system._QT, "libnot-there.so.9", system.Packages("a", "b", "c"))
    monkeypatch.setenv("PATH", "")
    assert system.missing(sys.executable, for_tests=False) == ["libnot-there.so.9"]
    monkeypatch.setattr(system, "_java_is_there", lambda: False)
    assert system.missing(sys.executable, for_tests=True) == [
        "libnot-there.so.9",
        "Xvfb",
        "a Java runtime",
    ]


@pytest.mark.skipif(not LINUX, reason="fontconfig's file has a fixed place only there")
def test_fontconfig_without_its_configuration_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "none.conf"))
    monkeypatch.setenv("FONTCONFIG_PATH", str(tmp_path))
    assert system.missing(sys.executable, for_tests=False) == ["fontconfig's configuration"]


def test_java_is_where_the_tests_will_look_for_it(
    programs: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(system, "_JVMS", (tmp_path,))
    assert not system._java_is_there()
    library = tmp_path / "java-21" / "lib" / "server" / "libjvm.so"
    library.parent.mkdir(parents=True)
    assert not system._java_is_there()
    library.touch()
    assert system._java_is_there()
    monkeypatch.setattr(system, "_JVMS", ())
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "java-21"))
    assert system._java_is_there()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "gone"))
    assert not system._java_is_there()
    for platform in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.delenv("JAVA_HOME", raising=False)
        assert not system._java_is_there()
    assert not programs


def test_a_python_that_breaks_while_loading_is_reported() -> None:
    with pytest.raises(StopError, match="ended with status 1"):
        system.missing("/bin/false", for_tests=False)


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "sudo apt-get install --yes libharfbuzz-subset0 libxcb-util1"),
        ("dnf", "sudo dnf install -y harfbuzz xcb-util"),
        ("pacman", "sudo pacman -S --needed --noconfirm harfbuzz xcb-util"),
    ],
)
def test_without_rights_the_one_command_is_named(
    programs: set[str], manager: str, command: str
) -> None:
    programs.add(manager)
    with pytest.raises(StopError) as stop:
        system.mend(["libxcb-util.so.1", "libharfbuzz-subset.so.0"])
    assert f"\n    {command}\n" in str(stop.value)
    assert "libharfbuzz-subset.so.0" in str(stop.value)


def test_the_command_for_apt_fetches_lists_where_there_are_none(
    programs: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.add("apt-get")
    monkeypatch.setattr(system, "_apt_has_lists", lambda: False)
    advice = system.advice(["Xvfb", "a Java runtime"], ("python3.11-venv",))
    assert (
        "\n    sudo apt-get update && sudo apt-get install --yes default-jre-headless "
        "python3.11-venv xvfb\n" in advice
    )


def test_other_systems_get_their_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "\n    brew install pango\n" in system.advice(["libpango-1.0.dylib"])
    assert "Homebrew" in system.advice(["libpango-1.0.dylib"])
    monkeypatch.setattr(sys, "platform", "win32")
    assert "pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango" in system.advice(["libpango"])
    java = system.advice(["a Java runtime"])
    assert "winget install --exact --id EclipseAdoptium.Temurin.21.JRE" in java
    assert "pango" not in java
    monkeypatch.setattr(sys, "platform", "darwin")
    both = system.advice(["libpango-1.0.dylib", "a Java runtime"])
    assert "\n    brew install pango && brew install --cask temurin\n" in both


def test_no_package_manager_still_says_what_is_missing(programs: set[str]) -> None:
    with pytest.raises(StopError, match=r"missing: libEGL\.so\.1"):
        system.mend(["libEGL.so.1"])
    assert not programs


def test_apt_installs_with_rights_and_tries_once_more_with_fresh_lists(
    programs: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.update({"apt-get", "sudo"})
    calls: list[str] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        calls.append(" ".join(command))
        failed = sum("install" in call for call in calls) == 1 and "install" in command
        return subprocess.CompletedProcess(command, 100 if failed else 0, "output")

    monkeypatch.setattr(subprocess, "run", run)
    system.mend(["Xvfb"])
    assert calls[0] == "sudo --non-interactive true"
    assert [call.split()[-1] for call in calls[1:]] == ["xvfb", "update", "xvfb"]
    for call in calls[1:]:
        assert call.startswith("sudo --non-interactive env DEBIAN_FRONTEND=noninteractive apt-get")


def test_apt_that_keeps_failing_shows_its_words(
    programs: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.add("apt-get")
    monkeypatch.setattr(system, "_rights", lambda: [])
    monkeypatch.setattr(system, "_quietly", lambda _: (100, "E: no space left"))
    with pytest.raises(StopError, match=r"(?s)status 100.*E: no space left.*Mend that"):
        system.mend(["Xvfb"])


def test_a_debian_python_is_completed_by_its_venv_package(programs: set[str]) -> None:
    programs.add("apt-get")
    python = Python("/usr/bin/python3", (3, 11, 2), ("ensurepip",))
    assert system.venv_package(python) == ("python3.11-venv",)
    with pytest.raises(StopError, match="lacks ensurepip"):
        system.venv_package(python._replace(path="/opt/python/bin/python3"))


def test_macos_looks_where_homebrew_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("HOMEBREW_PREFIX", "/opt/homebrew")
    monkeypatch.setenv("DYLD_FALLBACK_LIBRARY_PATH", "/mine")
    assert system.library_environment() == {
        "DYLD_FALLBACK_LIBRARY_PATH": "/mine:/opt/homebrew/lib:/usr/local/lib:/usr/lib"
    }


def test_windows_looks_where_msys2_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("WEASYPRINT_DLL_DIRECTORIES", raising=False)
    folders = system.library_environment()["WEASYPRINT_DLL_DIRECTORIES"]
    assert folders.split(";")[0] == r"C:\msys64\ucrt64\bin"


def test_a_build_names_the_tools_that_it_lacks(programs: set[str]) -> None:
    assert system.missing(sys.executable, for_tests=False, for_build=True) == [
        "objcopy",
        "objdump",
        "strip",
    ]
    programs |= {"objcopy", "objdump", "strip", "apt-get"}
    assert system.missing(sys.executable, for_tests=False, for_build=True) == []
    assert "apt-get install --yes binutils" in system.advice(["strip", "objdump"])
