"""Makes a PDF out of pictures of the pages of another one; runs in the cage only."""

from __future__ import annotations

import math

import pypdfium2
from PIL import Image

from bot.evidence.pictures import as_jpeg
from bot.evidence.verdict import Harmless, Refusal

PAGES = 20
POINTS_AN_INCH = 72
DOTS_AN_INCH = 150
PAGE_PIXELS = 6_000_000
PAGE_SIDE = 6_000
LARGEST_BYTES = 20_000_000
PAGE_BYTES = LARGEST_BYTES // PAGES


def clean_paper(content: bytes) -> Harmless:
    """Draw every page and bind the drawings: no script, link, form, note or attachment is left.

    Raises:
        Refusal: it has too many pages, or cannot be read.
    """
    document = pypdfium2.PdfDocument(content)
    count = len(document)
    if count > PAGES:
        raise Refusal("big")
    if count < 1:
        raise Refusal("broken")
    document.init_forms()  # what somebody filled in is to be seen; scripts are not built in
    pages = [_drawn(document, at) for at in range(count)]
    return Harmless("document", "application/pdf", bound(pages))


def rehearse() -> None:
    """Clean a blank page, so that all that is needed has been loaded."""
    clean_paper(bound([(as_jpeg(Image.new("RGB", (8, 8)), PAGE_BYTES), 8, 8)]))


def _drawn(document: pypdfium2.PdfDocument, at: int) -> tuple[bytes, int, int]:
    page = document[at]
    width, height = page.get_size()
    if not (width > 0 and height > 0 and math.isfinite(width * height)):
        raise Refusal("broken")
    scale = min(
        DOTS_AN_INCH / POINTS_AN_INCH,
        math.sqrt(PAGE_PIXELS / (width * height)),
        PAGE_SIDE / max(width, height),
    )
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return as_jpeg(picture, PAGE_BYTES), picture.width, picture.height


def bound(pages: list[tuple[bytes, int, int]]) -> bytes:
    """A PDF of JPEG pictures, one a page, each with its width and height in dots."""
    first = 3
    kids = " ".join(f"{first + 3 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
    ]
    for at, page in enumerate(pages):
        objects += _page(first + 3 * at, *page)
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _page(number: int, jpeg: bytes, width: int, height: int) -> tuple[bytes, bytes, bytes]:
    wide, high = (side * POINTS_AN_INCH / DOTS_AN_INCH for side in (width, height))
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:.2f} {high:.2f}] "
        f"/Contents {number + 1} 0 R /Resources << /XObject << /P {number + 2} 0 R >> >> >>"
    )
    drawing = f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /P Do Q"
    picture = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} "
        f"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>"
    )
    return (
        page.encode(),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawing), drawing.encode()),
        picture.encode() + b"\nstream\n" + jpeg + b"\nendstream",
    )
