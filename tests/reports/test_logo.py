"""Whatever a logo comes as, its pixels are printed, and nothing else of it goes along."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from fitcheck.domain.assessment import Assessment
from fitcheck.domain.profile import Paper
from reports.logo import printable_logo
from reports.render import render
from tests.reports import people
from tests.reports.conftest import everything_in, text_of
from tests.reports.verapdf import Standard, faults

BLUE = (0x33, 0x66, 0x99)


def saved(picture: Image.Image, media: str = "PNG", **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, media, **how)
    return out.getvalue()


def clear(mode: str) -> Image.Image:
    """A picture of which the left half is transparent."""
    picture = Image.new("RGBA", (80, 20), (*BLUE, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 40, 20))
    return picture.convert(mode)


def with_a_camera() -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "canary-camera"
    exif[0x0112] = 6  # lying on its side
    return saved(Image.new("RGB", (20, 80), BLUE), "JPEG", exif=exif.tobytes(), quality=95)


def with_words() -> bytes:
    words = PngInfo()
    words.add_text("Author", "canary-author")
    return saved(Image.new("RGB", (80, 20), BLUE), pnginfo=words)


def in_another_space() -> bytes:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(Image.new("RGB", (80, 20), BLUE), icc_profile=lab)


LOGOS = {
    "rgb": saved(Image.new("RGB", (80, 20), BLUE)),
    "rgba": saved(clear("RGBA")),
    "palette": saved(clear("RGBA").quantize(8)),
    "grey": saved(Image.new("L", (80, 20), 100)),
    "grey and clear": saved(clear("LA")),
    "sixteen bits": saved(Image.new("I;16", (80, 20), 100 * 256)),
    "black and white": saved(Image.new("1", (80, 20), 0)),
    "inks": saved(Image.new("CMYK", (80, 20), (170, 85, 0, 102)), "JPEG", quality=95),
    "profile": in_another_space(),
    "camera": with_a_camera(),
    "words": with_words(),
}


@pytest.mark.parametrize("kind", LOGOS)
def test_every_kind_of_logo_becomes_plain_and_the_document_conforms(
    kind: str, bare: Assessment
) -> None:
    with Image.open(io.BytesIO(printable_logo(LOGOS[kind]))) as plain:
        assert plain.mode in ("RGB", "RGBA")
        assert plain.size == (80, 20)
        assert plain.info == {}
        seen = plain.convert("RGBA").getpixel((70, 10))
        if plain.mode == "RGBA":
            assert plain.getpixel((10, 10))[3] == 0  # type: ignore[index]
    assert isinstance(seen, tuple)
    expected = {"grey": (100,) * 3, "sixteen bits": (100,) * 3, "black and white": (0,) * 3}
    if kind != "grey and clear":
        assert seen == pytest.approx((*expected.get(kind, BLUE), 255), abs=4)
    pdf = render(people.prospects(bare, replace(people.PROFILE, logo=LOGOS[kind])), Paper.A4)
    assert b"/Subtype /Image" in everything_in(pdf)
    assert b"canary" not in everything_in(pdf)
    assert faults(pdf, Standard.ARCHIVE) == faults(pdf, Standard.ACCESSIBLE) == []


def test_a_poster_is_printed_no_finer_than_it_can_be_seen() -> None:
    with Image.open(io.BytesIO(printable_logo(saved(Image.new("RGB", (6000, 900)))))) as plain:
        assert plain.size == (1600, 240)


@pytest.mark.parametrize(
    "logo",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\nnothing that follows",
        LOGOS["rgb"][:20],
        saved(Image.new("1", (10_000, 6_000))),
    ],
)
def test_what_cannot_be_read_leaves_the_name(logo: bytes, bare: Assessment) -> None:
    assert printable_logo(logo) == b""
    pdf = render(people.prospects(bare, replace(people.PROFILE, logo=logo)), Paper.A4)
    assert "Marlow Advisory" in text_of(pdf)
    assert b"/Subtype /Image" not in everything_in(pdf)
