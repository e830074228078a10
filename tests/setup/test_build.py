"""What `dev.py build` packs and how: on small trees, for the real build takes minutes.

That the real one works is shown by built_in_bare_root.sh.
"""

import io
import json
import lzma
import os
import runpy
import sys
import tarfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import fitcheck
from devtools.build import bill, contents, deb, desktop, elf, licences, origins, packing, parts
from devtools.console import StopError
from fitcheck import i18n
from fitcheck.exchange import book_container
from fitcheck.whole_book import SUFFIX

ROOT = Path(__file__).resolve().parents[2]
WHEN = 1_700_000_000


def put(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"this is {name}", encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program such as PyInstaller makes, only smaller."""
    folder = tmp_path / "FitCheck"
    put(folder, "FitCheck", "_internal/libone.so.1.2", "_internal/docs/guide/README.md")
    (folder / "FitCheck").chmod(0o755)
    (folder / "_internal" / "libone.so.1").symlink_to("libone.so.1.2")
    return folder


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """One with all that the real one must hold."""
    folder = tmp_path / "FitCheck"
    inside = folder / contents.INSIDE
    put(inside, *(names[0] for names in contents._LIBRARIES.values()))
    for pattern, least in [*contents._FILES.values(), *contents._ON_LINUX.values()]:
        for number in range(least):
            put(inside, pattern.replace("**", "a").replace("*", f"x{number}"))
    return folder


# What is in it


def test_a_whole_program_has_no_faults(whole: Path) -> None:
    assert [*contents.faults(whole, "linux")] == []


def test_whatever_is_missing_is_named(whole: Path) -> None:
    inside = whole / contents.INSIDE
    for what, (pattern, least) in {**contents._FILES, **contents._ON_LINUX}.items():
        file = next(inside.glob(pattern))
        file.rename(whole / "aside")
        (told,) = contents.faults(whole, "linux")
        assert told == f"{what}: expected {least} of {pattern}, found {least - 1}"
        (whole / "aside").rename(file)
    for what, (name, *_) in contents._LIBRARIES.items():
        (inside / name).rename(whole / "aside")
        assert [*contents.faults(whole, "linux")] == [f"{what} is missing: {name}"]
        (whole / "aside").rename(inside / name)


def test_what_was_to_be_left_out_is_named(whole: Path) -> None:
    inside = whole / contents.INSIDE
    unwanted = [
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/lib/libQt6WebEngineCore.so.6",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "libgtk-3.so.0",
        "libstdc++.so.6",
        "python3.13/lib-dynload/_sqlite3.cpython-313-x86_64-linux-gnu.so",
    ]
    put(inside, *unwanted)
    assert [*contents.faults(whole, "linux")] == [
        f"this was to be left out: {name}" for name in sorted(unwanted)
    ]


def test_what_is_wanted_and_what_is_not() -> None:
    wanted = [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "pyphen/dictionaries/hyph_de_DE.dic",
        "sqlcipher3/_sqlite3.cpython-313-x86_64-linux-gnu.so",
        "libharfbuzz.so.0",
        "resources/i18n/de.mo",
    ]
    unwanted = [
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/plugins/platforms/qminimal.dll",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/translations/qt_de.qm",
        "PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
        "pyphen/dictionaries/hyph_fr.dic",
        "PIL/.dylibs/libharfbuzz.0.dylib",
        "pillow.libs/libharfbuzz-fb49c9fc.so.0",
        "etc/fonts/fonts.conf",
        "resources/__pycache__/__init__.cpython-313.pyc",
        "resources/i18n/de.po",
        "libcups.so.2",
        "libX11.so.6",
    ]
    assert [each for each in wanted if not contents.is_wanted(each)] == []
    assert [each for each in unwanted if contents.is_wanted(each)] == []
    for code in i18n.languages():
        assert contents.is_wanted(f"PySide6/Qt/translations/qtbase_{code}.qm"), "of a new one, too"
    assert set(i18n.languages()) <= contents.LANGUAGES


def test_what_only_something_left_out_needed_goes_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = {
        "PIL/_imaging.cpython-313-x86_64-linux-gnu.so": ["libtiff-1.so.6"],
        "pillow.libs/libtiff-1.so.6": ["libjpeg-1.so.62"],
        "pillow.libs/libjpeg-1.so.62": ["libc.so.6"],
        "libpango-1.0.so.0": ["libgio-2.0.so.0"],
        "libgio-2.0.so.0": ["libgio-2.0.so.0"],
        "libcairo.so.2": ["libpixman-1.so.0"],
        "libpixman-1.so.0": [],
    }
    monkeypatch.setattr(elf, "read", lambda file: elf.Elf(tuple(needs[str(file)]), 0, False))
    kept = contents.needed_of({name: Path(name) for name in needs})
    assert needs.keys() - kept == {"libcairo.so.2", "libpixman-1.so.0"}


@pytest.mark.skipif(sys.platform != "linux", reason="libraries of Linux are read")
def test_a_library_says_what_it_needs(tmp_path: Path) -> None:
    library = elf.read(_module_file())
    assert library is not None
    assert "libc.so.6" in library.needed
    assert 2 < library.glibc < 100
    put(tmp_path, "text")
    assert elf.read(tmp_path / "text") is None
    # What is asked of the system is all that isn't in the folder.
    copy = tmp_path / "bundle" / "_sqlite3.so"
    put(copy.parent, "libc.so.6")
    copy.write_bytes(_module_file().read_bytes())
    asked = contents.asked_of_the_system(copy.parent)
    assert asked == {name: {"_sqlite3.so"} for name in {*library.needed} - {"libc.so.6"}}
    assert contents.newest_glibc([copy]) == library.glibc


def _module_file() -> Path:
    from sqlcipher3 import _sqlite3

    return Path(str(_sqlite3.__file__))


def test_fontconfig_finds_the_fonts_beside_its_configuration(tmp_path: Path) -> None:
    for platform in ("linux", "win32", "darwin"):
        conf = contents.write_fonts_conf(tmp_path / "fontconfig", platform)
        tree = ET.parse(conf).getroot()
        first = tree.find("dir")
        assert first is not None
        assert first.get("prefix") == "relative"
        fonts = (conf.parent / str(first.text)).resolve()
        assert fonts == tmp_path / "resources" / "fonts"
        assert (len(tree.findall("include")) == 1) == (platform == "linux")


def test_a_program_that_is_started_by_it_gets_clean_surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hook = str(ROOT / "devtools" / "build" / "runtime.py")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    cases: list[tuple[Mapping[str, str], str | None]] = [
        ({"LD_LIBRARY_PATH": str(tmp_path)}, None),
        ({"LD_LIBRARY_PATH": f"{tmp_path}:/mine", "LD_LIBRARY_PATH_ORIG": "/mine"}, "/mine"),
        ({"LD_LIBRARY_PATH": "/mine"}, "/mine"),
    ]
    for before, after in cases:
        with monkeypatch.context() as surroundings:
            for name in [*os.environ]:
                if name.startswith(("LD_LIBRARY", "FONTCONFIG")):
                    surroundings.delenv(name)
            for name, value in {**before, "_PYI_PARENT_PROCESS_LEVEL": "1"}.items():
                surroundings.setenv(name, value)
            runpy.run_path(hook)
            assert os.environ.get("LD_LIBRARY_PATH") == after
            assert not [name for name in os.environ if name.startswith("_PYI_")]
            assert os.environ["FONTCONFIG_FILE"] == str(tmp_path / "fontconfig" / "fonts.conf")
            del os.environ["FONTCONFIG_FILE"]


# Whose it is


def test_the_tools_are_no_part_of_the_program() -> None:
    tools = parts.tool_modules()
    assert {"pytest", "mypy", "numpy", "PyInstaller"} <= {*tools}
    assert not {"fitcheck", "ui", "PySide6", "jinja2", "jaraco", "weasyprint", "PIL"} & {*tools}


def test_every_part_has_a_version_and_the_text_of_its_licence() -> None:
    module = _module_file()
    files = {"sqlcipher3/_sqlite3.so": str(module), "resources/fonts/a.ttf": str(ROOT / "a.ttf")}
    modules = ["json", "jinja2", "sqlcipher3", "fitcheck", "_pyi_rth_utils", "shiboken6"]
    found = {each.name: each for each in origins.components({"modules": modules, "files": files})}
    assert found.keys() == {
        "IBM Plex", "PyInstaller-bootloader", "Python", "SQLCipher", "jinja2", "shiboken6",
        "sqlcipher3",
    }  # fmt: skip
    assert found["sqlcipher3"].files == ("sqlcipher3/_sqlite3.so",)
    assert found["sqlcipher3"].purl.startswith("pkg:pypi/sqlcipher3@0.")
    assert found["SQLCipher"].version.startswith("4.")
    assert all(text.is_file() for each in found.values() for text in each.texts)
    assert {text.name for text in found["shiboken6"].texts} == {"LGPL-3.txt", "GPL-3.txt"}


def test_what_is_locked_for_nobody_and_what_is_nobodys_is_named(tmp_path: Path) -> None:
    put(tmp_path, "libnobodys.so.1")
    files = {"libnobodys.so.1": str(tmp_path / "libnobodys.so.1")}
    with pytest.raises(StopError) as stopped:
        origins.components({"modules": ["pytest"], "files": files})
    assert "pytest is in the program, but isn't locked for running" in str(stopped.value)
    if sys.platform == "linux":
        assert "nobody knows whose this is: libnobodys.so.1" in str(stopped.value)


@pytest.fixture
def components(tmp_path: Path) -> list[origins.Component]:
    put(tmp_path, "texts/LICENSE", "texts/more/LICENSE")
    texts = (tmp_path / "texts" / "LICENSE", tmp_path / "texts" / "more" / "LICENSE")
    one = origins.Component(
        "python", "one", "1.0", "MIT OR Apache-2.0", "pkg:pypi/one@1.0", ("libone.so.1.2",), texts
    )
    purl = "pkg:deb/debian/libtwo@2?arch=amd64"
    two = origins.Component("system", "libtwo", "2", "LGPL-2+ and Expat", purl, (), texts[:1])
    return [one, two, origins.Component("fonts", "IBM Plex", "", "OFL-1.1", "", (), texts[:1])]


def test_the_bill_of_materials_is_one(program: Path, components: list[origins.Component]) -> None:
    inside = program / contents.INSIDE
    text = bill.bill(origins.own(), components, inside, "2026-11-22T12:00:00Z")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    said = json.loads(text)
    assert said["metadata"]["component"]["version"] == fitcheck.__version__
    one, two, fonts = said["components"]
    assert one["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert two["licenses"] == [{"license": {"name": "LGPL-2+ and Expat"}}]
    assert fonts["type"] == "data"
    (file,) = one["components"]
    assert file["hashes"][0]["content"] == packing.sha256(inside / "libone.so.1.2")
    # The same is billed the same.
    assert text == bill.bill(origins.own(), components, inside, "2026-11-22T12:00:00Z")


def test_each_part_has_a_folder_of_licences(
    tmp_path: Path, components: list[origins.Component]
) -> None:
    folder = tmp_path / "licences"
    put(folder, "from-an-earlier-build")
    licences.write_licences(folder, "0.1.0", components)
    found = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    assert found == {
        "README.txt", "fonts/IBM Plex/LICENSE", "python/one_1.0/LICENSE",
        "python/one_1.0/more-1-LICENSE", "system/libtwo_2/LICENSE",
    }  # fmt: skip
    assert "python/one_1.0\n    MIT OR Apache-2.0\n" in (folder / "README.txt").read_text("utf-8")


# How it is packed


def test_an_archive_holds_the_folder_and_is_always_the_same(tmp_path: Path, program: Path) -> None:
    one, two, packed = tmp_path / "1.tar.xz", tmp_path / "2.tar.xz", tmp_path / "3.zip"
    packing.write_tar(one, program, WHEN)
    (program / "_internal" / "libone.so.1.2").touch()
    packing.write_tar(two, program, WHEN)
    assert one.read_bytes() == two.read_bytes()
    with tarfile.open(one) as tar:
        tar.extractall(tmp_path / "out", filter="data")
        assert {each.uname for each in tar} == {"root"}
    out = tmp_path / "out" / "FitCheck"
    assert os.access(out / "FitCheck", os.X_OK)
    assert (out / "_internal" / "libone.so.1").readlink() == Path("libone.so.1.2")
    packing.write_zip(packed, program, WHEN)
    with zipfile.ZipFile(packed) as zipped:
        assert zipped.testzip() is None
        assert "FitCheck/_internal/docs/guide/README.md" in zipped.namelist()
    packing.write_sums(tmp_path / "SHA256SUMS", [one, packed])
    sums = (tmp_path / "SHA256SUMS").read_text("ascii").splitlines()
    assert sums == [f"{packing.sha256(each)}  {each.name}" for each in (one, packed)]


def read_deb(file: Path) -> dict[str, bytes]:
    """The members of an `ar` archive, as any reader of one would find them."""
    data, members, at = file.read_bytes(), dict[str, bytes](), 8
    assert data[:8] == b"!<arch>\n"
    while at < len(data):
        head = data[at : at + 60]
        assert head[58:] == b"`\n"
        size = int(head[48:58])
        members[head[:16].decode().strip()] = data[at + 60 : at + 60 + size]
        at += 60 + size + size % 2
    return members


def test_a_package_can_be_read_back(tmp_path: Path, program: Path) -> None:
    papers = tmp_path / "papers"
    put(papers, "README.txt")
    depends, recommends = deb.relations(["libc.so.6", "libEGL.so.1", "libcups.so.2"], 36)
    fields = {
        "version": "0.1.0", "architecture": deb.architecture("x86_64"), "depends": depends,
        "recommends": recommends, "summary": "tries this out",
    }  # fmt: skip
    data = dict(desktop.files("2026-11-22", {48: b"picture"}))
    package, again = tmp_path / "one.deb", tmp_path / "two.deb"
    for file in (package, again):
        trees = {"usr/share/doc/fitcheck/licences": papers}
        deb.write_deb(file, program, data, trees, fields, WHEN)
    assert package.read_bytes() == again.read_bytes()

    members = read_deb(package)
    assert [*members] == ["debian-binary", "control.tar.xz", "data.tar.xz"]
    assert members["debian-binary"] == b"2.0\n"
    control = unpacked(members["control.tar.xz"])
    said = dict(
        line.split(": ", 1)
        for line in control["./control"].decode().splitlines()
        if not line.startswith(" ")
    )
    assert said["Depends"] == "libc6 (>= 2.36), libegl1"
    assert said["Recommends"] == "libcups2 | libcups2t64"
    assert said["Architecture"] == "amd64"
    assert int(said["Installed-Size"]) >= 1
    files = unpacked(members["data.tar.xz"])
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(members["data.tar.xz"]))) as tar:
        entries = {each.name: each for each in tar}
    assert entries["./usr/bin/fitcheck"].linkname == "../lib/fitcheck/FitCheck"
    assert entries["./usr/lib/fitcheck/FitCheck"].mode == 0o755
    assert entries["./usr/lib/fitcheck/_internal/libone.so.1"].linkname == "libone.so.1.2"
    assert {each.uid for each in entries.values()} == {0}
    # Every file's folder comes before it.
    seen = set[str]()
    for name in entries:
        assert name == "." or name.rpartition("/")[0] in seen, name
        seen.add(name)
    listed = dict(line.split("  ")[::-1] for line in control["./md5sums"].decode().splitlines())
    assert {f"./{name}" for name in listed} == files.keys()


def unpacked(packed: bytes) -> dict[str, bytes]:
    """The files of a packed archive."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(packed))) as tar:
        for each in tar:
            if (opened := tar.extractfile(each)) is not None and each.isreg():
                found[each.name] = opened.read()
    return found


def test_a_library_that_no_package_is_known_to_hold_is_a_fault() -> None:
    with pytest.raises(StopError, match=r"needs libnew\.so\.7, which isn't in it"):
        deb.relations(["libc.so.6", "libnew.so.7"], 36)


# What a desktop is told


def test_the_desktop_is_told_what_the_program_says_of_itself(tmp_path: Path) -> None:
    files = dict(desktop.files("2026-11-22", desktop.draw(tmp_path)))
    entry = files["usr/share/applications/fitcheck.desktop"].decode()
    assert "Exec=fitcheck open %f\n" in entry
    assert f"MimeType={desktop.MIME};\n" in entry
    # The window names itself so, and the desktop puts the two together by that.
    assert f'setDesktopFileName("{desktop.ID}")' in (ROOT / "ui" / "app.py").read_text("utf-8")
    kind = ET.fromstring(files["usr/share/mime/packages/fitcheck.xml"])
    space = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}
    glob, match = kind.find(".//mime:glob", space), kind.find(".//mime:match", space)
    assert glob is not None
    assert glob.get("pattern") == f"*{SUFFIX}"
    assert match is not None
    assert book_container.MAGIC.startswith(str(match.get("value")).encode())
    described = ET.fromstring(files[f"usr/share/metainfo/{desktop.WORLDWIDE}.metainfo.xml"])
    assert described.findtext("id") == desktop.WORLDWIDE
    assert f"usr/share/applications/{described.findtext('launchable')}" in files
    release = described.find("releases/release")
    assert release is not None
    assert (release.get("version"), release.get("date")) == (fitcheck.__version__, "2026-11-22")
    for size in desktop.SIZES:
        png = files[f"usr/share/icons/hicolor/{size}x{size}/apps/fitcheck.png"]
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20], "big") == size
