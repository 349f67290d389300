"""Pictures as people and attackers make them."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

SIZE = (96, 64)


def drawn(size: tuple[int, int] = SIZE, seed: int = 0, mode: str = "RGB") -> Image.Image:
    """A picture of coloured boxes."""
    dice = random.Random(seed)
    image = Image.new("RGB", size, (240, 240, 230))
    for _at in range(12):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        image.paste(tuple(dice.randrange(256) for _band in range(3)), (x, y, x + 20, y + 12))
    return image.convert(mode)


def saved(image: Image.Image, form: str, **ways: object) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    image.save(out, form, **ways)
    return out.getvalue()


def exif(secret: bytes, turn: int = 1) -> Image.Exif:
    """What a phone writes: where it was, whose it is, how it was held."""
    found = Image.Exif()
    found[0x0112] = turn
    found[0x010F], found[0x9286] = secret.decode(), b"ASCII\0\0\0" + secret
    found[0x013B] = found[0xA430] = found[0xA431] = secret.decode()
    found.get_ifd(0x8825).update({1: "N", 2: (45.0, 37.0, 1.5), 3: "E", 4: (9.0, 12.0, 2.5)})
    found.get_ifd(0x8825)[29] = secret.decode()
    return found


def xmp(secret: bytes) -> bytes:
    """The same as XML."""
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>%b</a></x:xmpmeta>" % secret


def icc(secret: bytes) -> bytes:
    """A colour profile with somebody's words in it."""
    return struct.pack(">I", 128 + 64) + bytes(32) + b"acsp" + bytes(88) + secret.ljust(64, b"\0")


def segment(marker: int, content: bytes) -> bytes:
    """A piece of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg_with(piece: bytes, seed: int = 0) -> bytes:
    """A JPEG with a piece put in at its beginning."""
    plain = saved(drawn(seed=seed), "JPEG")
    return plain[:2] + piece + plain[2:]


def iptc(secret: bytes) -> bytes:
    """What press agencies write."""
    record = b"\x1c\x02\x78" + struct.pack(">H", len(secret)) + secret
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    return segment(0xED, b"Photoshop 3.0\0" + block)


def png_with_words(secret: bytes) -> bytes:
    """A PNG with words of all three kinds."""
    words, text = PngImagePlugin.PngInfo(), secret.decode()
    words.add_text("Author", text)
    words.add_text("Comment", text, zip=True)
    words.add_itxt("XML:com.adobe.xmp", text)
    return saved(drawn(), "PNG", pnginfo=words, exif=exif(secret), icc_profile=icc(secret))


def see_through(secret: bytes) -> bytes:
    """A PNG whose unseen pixels spell something."""
    image = drawn(mode="RGBA")
    for at, sign in enumerate(secret):
        image.putpixel((at % SIZE[0], at // SIZE[0]), (sign, sign, sign, 0))
    return saved(image, "PNG")


def moving(form: str, secret: bytes) -> bytes:
    """A picture that moves; what is told is in the second one."""
    frames = [drawn(seed=one) for one in range(3)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], exif=exif(secret))


def archive(secret: bytes, name: str = "a.txt") -> bytes:
    """A ZIP; as a DOCX it only has other names in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(zipfile.ZipInfo(name), secret)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    """A piece of a PNG."""
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def png_bomb(width: int, height: int) -> bytes:
    """A few bytes that say they are a very large picture, and are."""
    packer = zlib.compressobj(9)
    row = bytes(1 + width // 8)
    rows = min(height, 2_000)  # enough of it to hurt whoever begins
    packed = b"".join(packer.compress(row) for _row in range(rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def png_word_bomb(megabytes: int) -> bytes:
    """A small picture with a word that swells."""
    plain = saved(drawn(), "PNG")
    swollen = b"Comment\0\0" + zlib.compress(bytes(megabytes << 20), 9)
    return plain[:33] + chunk(b"zTXt", swollen) + plain[33:]


def jpeg_bomb(width: int, height: int) -> bytes:
    """A JPEG whose head tells a size that its bytes do not have."""
    plain = bytearray(saved(drawn(), "JPEG"))
    at = plain.index(b"\xff\xc0") + 5
    plain[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(plain)
