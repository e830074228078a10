"""A logo as documents print it: a plain PNG in sRGB, of its pixels alone.

A logo comes from anywhere: in printers' inks, with a colour profile of its own, with a camera's
notes and a place on earth in it, lying on its side, or as large as a poster. PDF/A-3a bears no
second meaning of colour, and a document says nothing of the machine that it comes from.
"""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from fitcheck.domain.profile import logo_media_type

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 50_000_000
"""A picture of more is none that anybody took for a logo; it would take a gigabyte to unpack."""

_LARGEST = (1600, 600)
"""Pixels: 600 to the inch at the largest size in which a logo is printed."""


@lru_cache(maxsize=2)
def printable_logo(logo: bytes) -> bytes:
    """The logo as a PNG to print, or nothing where there is none that can be read."""
    if logo_media_type(logo) is None:
        return b""
    # WeasyPrint brings Pillow along.
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it is large: it is bounded here
            with Image.open(io.BytesIO(logo), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return b""
                upright = ImageOps.exif_transpose(picture)
                plain = _in_srgb(upright, picture.info.get("icc_profile", b""))
    except Exception:  # a picture is whatever somebody's program wrote
        return b""
    plain.thumbnail(_LARGEST, Image.Resampling.LANCZOS)
    plain.info.clear()
    out = io.BytesIO()
    plain.save(out, "PNG")
    return out.getvalue()


def _in_srgb(picture: Image, profile: bytes) -> Image:
    """The picture in eight bits of red, green and blue, with its transparency."""
    from PIL import ImageCms

    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.point(lambda level: level * (1 / 256)).convert("L")
    clear = picture.has_transparency_data
    alpha = picture.convert("RGBA").getchannel("A") if clear else None
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        base = picture.convert("RGB") if picture.mode == "RGBA" else picture
        made = ImageCms.profileToProfile(
            base, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
        assert made is not None  # which it is only where it was asked to change the picture
    else:
        made = picture.convert("RGB")
    if alpha:
        made.putalpha(alpha)
    return made
