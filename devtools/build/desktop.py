"""What a Linux desktop reads about FitCheck: its entry, its description, its icons, its files."""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from devtools.build.parts import VERSION
from devtools.environment import ROOT

ID = "fitcheck"
"""The name that the window gives itself, too (``setDesktopFileName`` in ui/app.py)."""
WORLDWIDE = "arpa.home.fitcheck"
"""What catalogues of programs call it: a domain turned round, which nobody else may own. FitCheck
has none; home.arpa is set apart for networks at home (RFC 8375) and can't be registered."""
MIME = "application/x-fitcheck"
SIZES = (48, 128, 256)

_SUMMARY = "Find out, before saying yes, whether to work with a prospect"
_SUMMARY_DE = "Vor der Zusage herausfinden, ob eine Zusammenarbeit passt"

ENTRY = f"""\
[Desktop Entry]
Type=Application
Name=FitCheck
GenericName=Prospect assessment
GenericName[de]=Einschätzung von Interessenten
Comment={_SUMMARY}
Comment[de]={_SUMMARY_DE}
Exec=fitcheck open %f
TryExec=fitcheck
Icon={ID}
Terminal=false
Categories=Office;ContactManagement;
Keywords=consulting;prospect;client;interview;
Keywords[de]=Beratung;Interessent;Kunde;Gespräch;
MimeType={MIME};
StartupNotify=true
StartupWMClass=FitCheck
"""

DESCRIPTION = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{WORLDWIDE}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>LicenseRef-proprietary</project_license>
  <name>FitCheck</name>
  <summary>{_SUMMARY}</summary>
  <summary xml:lang="de">{_SUMMARY_DE}</summary>
  <description>
    <p>FitCheck is for consultants. It leads through a first conversation with a prospect, one
      question at a time, and says whether to proceed, to proceed in stages or to decline, how
      firm that is, and what would change it.</p>
    <p xml:lang="de">FitCheck ist für Berater. Es führt Frage für Frage durch ein erstes Gespräch
      mit einem Interessenten und sagt, ob Sie zusagen, in Stufen arbeiten oder absagen sollten, wie
      fest das steht und was es ändern würde.</p>
    <p>It makes a private file, an edition for the prospect, a letter that declines, and a form
      that the prospect fills in. Everything stays on your computer.</p>
    <p xml:lang="de">Es erstellt eine private Akte, eine Ausgabe für den Interessenten, einen
      Absagebrief und einen Bogen, den Ihr Gegenüber ausfüllt. Alles bleibt auf Ihrem Computer.</p>
  </description>
  <launchable type="desktop-id">{ID}.desktop</launchable>
  <provides>
    <binary>fitcheck</binary>
    <mediatype>{MIME}</mediatype>
  </provides>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="{escape(VERSION)}" date="{{day}}"/>
  </releases>
</component>
"""

FILE_TYPE = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{MIME}">
    <comment>FitCheck book</comment>
    <comment xml:lang="de">FitCheck-Buch</comment>
    <magic priority="60">
      <match type="string" offset="0" value="FitCheck book "/>
    </magic>
    <glob pattern="*.fitcheck"/>
  </mime-type>
</mime-info>
"""


def files(day: str, pictures: dict[int, bytes]) -> Iterator[tuple[str, bytes]]:
    """Each file by its path under ``/``; ``pictures`` are the icon's PNGs by their size."""
    drawing = (ROOT / "resources" / "icons" / "fitcheck.svg").read_bytes()
    yield f"usr/share/applications/{ID}.desktop", ENTRY.encode()
    yield f"usr/share/metainfo/{WORLDWIDE}.metainfo.xml", DESCRIPTION.format(day=day).encode()
    yield f"usr/share/mime/packages/{ID}.xml", FILE_TYPE.encode()
    icons = "usr/share/icons/hicolor"
    yield f"{icons}/scalable/apps/{ID}.svg", drawing
    yield f"{icons}/scalable/mimetypes/{MIME.replace('/', '-')}.svg", drawing
    for size, picture in pictures.items():
        yield f"{icons}/{size}x{size}/apps/{ID}.png", picture
        yield f"{icons}/{size}x{size}/mimetypes/{MIME.replace('/', '-')}.png", picture


def draw(folder: Path) -> dict[int, bytes]:
    """The icon in each size."""
    from devtools.build.pictures import write_png

    drawing = ROOT / "resources" / "icons" / "fitcheck.svg"
    return {size: write_png(drawing, size, folder).read_bytes() for size in SIZES}
