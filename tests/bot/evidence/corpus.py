"""Two hundred files as people send them, and as those send them who mean harm."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.bot.evidence import papers, pictures, sounds
from tests.bot.evidence.pictures import drawn, exif, jpeg_with, saved, segment

VARIANTS = 4
JPEG, PNG, OGG, PDF = "image/jpeg", "image/png", "audio/ogg", "application/pdf"
Make = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Sample:
    """A file, what is to become of it (a type, or a word of refusal), and what must not stay."""

    name: str
    content: bytes = field(repr=False)
    becomes: str
    secret: bytes


def _turned(secret: bytes) -> bytes:
    return saved(drawn(), "JPEG", exif=exif(secret, turn=6))


def _cut(make: Make) -> Make:
    return lambda secret: make(secret)[: len(make(secret)) * 2 // 3]


def _jpeg(secret: bytes) -> bytes:
    return jpeg_with(segment(0xFE, secret))


def _webp(secret: bytes) -> bytes:
    return saved(drawn(), "WEBP", exif=exif(secret), xmp=pictures.xmp(secret))


def _noise(secret: bytes) -> bytes:
    return random.Random(secret).randbytes(5_000)


def _heif(brand: bytes) -> Make:
    return lambda secret: struct.pack(">I", 24) + b"ftyp" + brand + bytes(12) + secret


TAKEN: dict[str, tuple[str, Make]] = {
    "a phone's photo": (JPEG, _turned),
    "a photo with XMP": (
        JPEG,
        lambda s: jpeg_with(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + pictures.xmp(s))),
    ),
    "a photo with a comment": (JPEG, _jpeg),
    "a photo with IPTC": (JPEG, lambda s: jpeg_with(pictures.iptc(s))),
    "a photo with a profile": (JPEG, lambda s: saved(drawn(), "JPEG", icc_profile=pictures.icc(s))),
    "a photo with a tail": (JPEG, lambda s: saved(drawn(), "JPEG") + b"\0" + s),
    "a photo in print colours": (JPEG, lambda s: saved(drawn(mode="CMYK"), "JPEG", exif=exif(s))),
    "a photo of several": (JPEG, lambda s: pictures.moving("MPO", s)),
    "a large photo": (JPEG, lambda s: saved(drawn((4000, 3000)), "JPEG", exif=exif(s))),
    "a grey photo": (JPEG, lambda s: saved(drawn(mode="L"), "JPEG", exif=exif(s))),
    "a screenshot": (PNG, pictures.png_with_words),
    "a screenshot with unseen pixels": (PNG, pictures.see_through),
    "a screenshot of few colours": (PNG, lambda s: saved(drawn(mode="P"), "PNG", exif=exif(s))),
    "a moving PNG": (PNG, lambda s: pictures.moving("PNG", s)),
    "a WebP": (JPEG, _webp),
    "a moving WebP": (JPEG, lambda s: pictures.moving("WEBP", s)),
    "a voice": (OGG, sounds.opus),
    "an M4A": (OGG, sounds.m4a),
    "an AAC": (OGG, sounds.aac),
    "an MP3": (OGG, sounds.mp3),
    "a WAV": (OGG, sounds.wav_with_words),
    "a PDF with an author": (PDF, papers.with_info),
    "a PDF with XMP": (PDF, papers.with_xmp),
    "a PDF with a script": (PDF, papers.with_script),
    "a PDF with an attachment": (PDF, papers.with_attachment),
    "a PDF with links": (PDF, papers.with_link),
    "a PDF with a form": (PDF, papers.with_form),
    "a PDF with covered words": (PDF, papers.with_layers_under),
    "a PDF with its history": (PDF, papers.with_history),
    "a PDF that swells": (PDF, lambda s: papers.that_swells(40) + b"\n%" + s),
    "a PDF as large as a house": (PDF, lambda s: papers.of_great_size() + b"\n%" + s),
}
REFUSED: dict[str, tuple[str, Make]] = {
    "nothing": ("broken", lambda s: b""),
    "half a photo": ("broken", _cut(_turned)),
    "half a screenshot": ("broken", _cut(pictures.png_with_words)),
    "half a WebP": ("broken", _cut(_webp)),
    "the head of a voice": ("broken", lambda s: sounds.opus(s)[:60]),
    "the head of a PDF": ("broken", lambda s: papers.with_info(s)[:40]),
    "a PDF that holds itself": ("broken", lambda s: papers.that_holds_itself() + b"\n%" + s),
    "a picture of 60,000 x 60,000": ("big", lambda s: pictures.png_bomb(60_000, 60_000) + s),
    "a picture of 12,000 x 12,000": ("big", lambda s: pictures.png_bomb(12_000, 12_000) + s),
    "a JPEG of 60,000 x 60,000": ("big", lambda s: pictures.jpeg_bomb(60_000, 60_000) + s),
    "a word that swells": ("broken", lambda s: pictures.png_word_bomb(300) + s),
    "a PDF of 10,000 pages": ("big", lambda s: papers.of_many_pages(10_000) + b"\n%" + s),
    "noise": ("kind", _noise),
    "a ZIP": ("kind", pictures.archive),
    "a DOCX": ("kind", lambda s: pictures.archive(s, "word/document.xml")),
    "an SVG": ("kind", lambda s: b"<svg xmlns='http://www.w3.org/2000/svg'>" + s + b"</svg>"),
    "a HEIC": ("kind", _heif(b"heic")),
    "an AVIF": ("kind", _heif(b"avif")),
    "a web page": ("kind", lambda s: b"<!DOCTYPE html><script>" + s + b"</script>"),
    "a program": ("kind", lambda s: b"MZ\x90\0" + s),
    "a program for Linux": ("kind", lambda s: b"\x7fELF\x02\x01" + s),
    "a GIF": ("kind", lambda s: saved(drawn(), "GIF", comment=s)),
    "a film": ("kind", lambda s: sounds.film() + s),
    "a film for the web": ("kind", lambda s: sounds.film("matroska") + s),
    "words": ("kind", lambda s: s),
    "a photo that is a ZIP too": ("kind", lambda s: _jpeg(s) + pictures.archive(s)),
    "a PDF that is a ZIP too": ("kind", lambda s: papers.with_info(s) + pictures.archive(s)),
    "a voice that is a ZIP too": ("kind", lambda s: sounds.opus(s) + pictures.archive(s)),
    "a photo that is a PDF too": ("kind", lambda s: jpeg_with(segment(0xFE, papers.with_info(s)))),
    "a photo that is a page too": (
        "kind",
        lambda s: jpeg_with(segment(0xFE, b"<html><script>" + s + b"</script>")),
    ),
}
ALL = {**TAKEN, **REFUSED}


def samples(variants: int = VARIANTS) -> Iterator[Sample]:
    """Every file of the corpus, each with a secret of its own."""
    for name, (becomes, make) in ALL.items():
        for number in range(variants):
            secret = b"SECRET%04d-%s" % (number, name.encode().hex()[:12].encode())
            yield Sample(f"{name} {number}", make(secret), becomes, secret)
