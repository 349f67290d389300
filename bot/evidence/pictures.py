"""Makes a picture out of nothing but the pixels of another one; runs in the cage only."""

from __future__ import annotations

import io

from PIL import Image, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from bot.evidence.kinds import Kind
from bot.evidence.verdict import Harmless, Refusal

PIXELS = 40_000_000
SIDE = 12_000
LARGEST_BYTES = 20_000_000
_QUALITIES = (90, 75, 60)
_READERS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)  # none comes later
_NAMES = {Kind.JPEG: ("JPEG", "MPO"), Kind.PNG: ("PNG",), Kind.WEBP: ("WEBP",)}
_ORIENTATION = 0x0112
_TURNS = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}

Image.MAX_IMAGE_PIXELS = None  # our own limits are looked at first, and are the stricter ones


def clean_picture(content: bytes, kind: Kind) -> Harmless:
    """Read the first picture of a file, turn it upright and write its pixels anew.

    Raises:
        Refusal: it is too large, or no whole picture.
    """
    image = Image.open(io.BytesIO(content), formats=_NAMES[kind])
    _fit(image)
    turns = _turns(image)
    pixels = _opaque(image)
    image.close()  # two copies are in memory at a time, never three
    for turn in turns:
        pixels = pixels.transpose(turn)
    fresh = Image.new("RGB", pixels.size)
    fresh.paste(pixels)
    pixels.close()
    if kind is Kind.PNG:
        drawn = _written(fresh, "PNG", compress_level=6)
        if len(drawn) <= LARGEST_BYTES:
            return Harmless("photo", "image/png", drawn)
    return Harmless("photo", "image/jpeg", as_jpeg(fresh, LARGEST_BYTES))


def rehearse(kind: Kind) -> None:
    """Clean a dot of this kind, so that all that is needed has been loaded."""
    clean_picture(_written(Image.new("RGB", (1, 1)), _NAMES[kind][0]), kind)


def as_jpeg(image: Image.Image, largest_bytes: int) -> bytes:
    """Write a picture as JPEG with the tables of ours and no word beside the pixels.

    Raises:
        Refusal: it would be too large at any quality.
    """
    for quality in _QUALITIES:
        written = _written(image, "JPEG", quality=quality, optimize=False, progressive=False)
        if len(written) <= largest_bytes:
            return written
    raise Refusal("big")


def _written(image: Image.Image, name: str, **ways: int) -> bytes:
    out = io.BytesIO()
    image.save(out, name, **ways)
    return out.getvalue()


def _fit(image: Image.Image) -> None:
    """See that the picture fits, before any of it is decoded; a large JPEG is read at a half."""
    width, height = image.size
    if min(width, height) < 1:
        raise Refusal("broken")
    if max(width, height) > SIDE:
        raise Refusal("big")
    if width * height > PIXELS and image.format in ("JPEG", "MPO"):
        image.draft(None, (width // 2, height // 2))
        width, height = image.size
    if width * height > PIXELS:
        raise Refusal("big")


def _turns(image: Image.Image) -> tuple[Image.Transpose, ...]:
    """How to hold it upright; what cannot be understood is left as it lies."""
    try:
        return _TURNS.get(int(image.getexif().get(_ORIENTATION, 1)), ())
    except Exception:
        return ()


def _opaque(image: Image.Image) -> Image.Image:
    """The colours a person sees: what is see-through lies on white, so that nothing hides there."""
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        seen = image if image.mode == "RGBA" else image.convert("RGBA")
        white = Image.new("RGB", seen.size, (255, 255, 255))
        white.paste(seen, mask=seen.getchannel("A"))
        return white
    return image.convert("RGB")
