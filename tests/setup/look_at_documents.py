"""Look at what built_in_bare_root.sh brought out: the documents, and pictures of the screen.

Run with the folder. A document that was made without Pango's fonts still is a PDF: so its fonts are
looked at, its words, and whether the window and the command line made the same.
"""

import struct
import sys
from pathlib import Path
from typing import Any

import pypdf
from PIL import Image

DOCUMENTS = ("private", "prospect", "decline", "form")


def look(file: Path) -> tuple[set[str], str]:
    """The fonts and the text of a document; an end in words where a font isn't its own."""
    reader = pypdf.PdfReader(file)
    fonts, text = set[str](), ""
    for page in reader.pages:
        text += page.extract_text()
        resources: Any = page["/Resources"]
        for each in resources.get("/Font", {}).values():
            font = each.get_object()
            base = str(font["/BaseFont"])
            fonts.add(base)
            below = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            holds = below["/FontDescriptor"].get_object()
            embedded = [key for key in ("/FontFile2", "/FontFile3") if key in holds]
            if not embedded:
                sys.exit(f"{file.name}: {base} is not embedded")
            # A subset's name begins with six letters and a plus.
            if base[7:8] != "+" or not base[1:7].isupper():
                sys.exit(
                    f"{file.name}: {base} is embedded whole: HarfBuzz's subset library is missing"
                )
    return fonts, text


def picture(file: Path) -> Image.Image:
    """What Xvfb holds of its screen, in the format of `xwd`."""
    data = file.read_bytes()
    head = struct.unpack_from(">25I", data)
    size, width, height, stride, colours = head[0], head[4], head[5], head[12], head[19]
    pixels = data[size + colours * 12 :]
    return Image.frombytes("RGB", (width, height), pixels, "raw", "BGRX", stride)


def main(folder: Path) -> None:
    for name in DOCUMENTS:
        file, again = folder / f"{name}.pdf", folder / f"by-command-{name}.pdf"
        fonts, text = look(file)
        if not all("Plex" in font for font in fonts) or not fonts:
            sys.exit(f"{file.name}: other fonts than FitCheck's own: {sorted(fonts)}")
        # The form is theirs to fill in, and names nobody.
        if name == "form" and len(pypdf.PdfReader(file).get_fields() or ()) < 20:
            sys.exit(f"{file.name}: there is nothing to fill in")
        if name != "form" and "Ada Bell" not in text:
            sys.exit(f"{file.name}: the prospect isn't named in it")
        if look(again)[1] != text:
            sys.exit(f"{again.name}: says something else than {file.name}")
        pages = len(pypdf.PdfReader(file).pages)
        print(
            f"   {name:9} {pages} pages, {file.stat().st_size:7} bytes, {len(fonts)} fonts, subsets"
        )
    for file in sorted(folder.glob("*.xwd")):
        seen = picture(file)
        colours = seen.getcolors(1 << 24)
        if not colours or len(colours) < 100:
            sys.exit(f"{file.name}: there is nothing on the screen")
        seen.save(file.with_suffix(".png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
