"""Looks into files that were made harmless: everything in them that is not a pixel or a sound."""

from __future__ import annotations

import io
import re
from typing import Any

import av
import pypdfium2
from PIL import Image

_SAID_OF_PIXELS = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
_PDF_NAMES = {
    *b"Catalog Contents Count DCTDecode DeviceRGB BitsPerComponent ColorSpace Filter".split(),
    *b"Height Image Kids Length MediaBox P Page Pages Parent Resources Root Size".split(),
    *b"Subtype Type Width XObject".split(),
}


def words_in(content: bytes, media: str) -> list[Any]:
    """Every tag, note, name or profile that a file still holds; of a clean one, none."""
    if media.startswith("image/"):
        return _words_in_picture(content)
    if media == "audio/ogg":
        return _words_in_sound(content)
    return _words_in_paper(content)


def _words_in_picture(content: bytes) -> list[Any]:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        found: list[Any] = [name for name in image.info if name not in _SAID_OF_PIXELS]
        found += list(image.getexif())
        if getattr(image, "n_frames", 1) != 1:
            found.append("a second picture")
    return found


def _words_in_sound(content: bytes) -> list[Any]:
    with av.open(io.BytesIO(content), "r") as source:
        found: list[Any] = [source.metadata, *(stream.metadata for stream in source.streams)]
        found += [stream.type for stream in source.streams if stream.type != "audio"]
    return [one for one in found if one]


def _words_in_paper(content: bytes) -> list[Any]:
    document = pypdfium2.PdfDocument(content)
    found: list[Any] = [one for one in document.get_metadata_dict().values() if one]
    found += [document.count_attachments()] if document.count_attachments() else []
    for page in document:
        kinds = [one.type for one in page.get_objects()]
        found += [kind for kind in kinds if kind != 3]  # 3: an image
        text = page.get_textpage()
        found += [text.get_text_bounded()] if text.count_chars() else []
        text.close()
        page.close()
    document.close()
    drawn = re.sub(rb"stream\n.*?\nendstream", b"", content, flags=re.DOTALL)
    return found + sorted(set(re.findall(rb"/([A-Za-z]+)", drawn)) - _PDF_NAMES)
