"""What is left after cleaning is what was to be seen and heard: upright, complete, and readable."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image

from bot.evidence.kinds import Kind, kind_of
from bot.evidence.sandbox import Sandbox
from bot.evidence.verdict import Harmless, Refusal
from tests.bot.evidence import papers, pictures, sounds
from tests.bot.evidence.pictures import drawn, exif, saved

RED, WHITE = (250, 10, 10), (255, 255, 255)


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox()


def seen(made: Harmless) -> Image.Image:
    """A clean picture, opened."""
    image = Image.open(io.BytesIO(made.content))
    image.load()
    return image


def near(one: object, other: tuple[int, ...], most: int = 12) -> bool:
    """Whether two colours look the same."""
    assert isinstance(one, tuple)
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


def corner(image: Image.Image) -> Image.Image:
    """A picture with one red corner, at the left above."""
    image.paste(RED, (0, 0, 30, 20))
    return image


PLACES = {1: (2, 2), 2: (-3, 2), 3: (-3, -3), 4: (2, -3), 5: (2, 2), 6: (-3, 2), 7: (-3, -3)}
PLACES[8] = (2, -3)


@pytest.mark.parametrize(("turn", "place"), PLACES.items())
def test_a_photo_is_turned_upright(sandbox: Sandbox, turn: int, place: tuple[int, int]) -> None:
    """However the phone was held, the pixels stand as the person saw them."""
    image = corner(Image.new("RGB", (96, 64), WHITE))
    upright = seen(sandbox.clean(saved(image, "JPEG", quality=95, exif=exif(b"x", turn))))
    assert upright.size == ((64, 96) if turn > 4 else (96, 64))
    x, y = (one % size for one, size in zip(place, upright.size, strict=True))
    assert near(upright.getpixel((x, y)), RED, 40)


def test_a_screenshot_keeps_every_pixel(sandbox: Sandbox) -> None:
    """A PNG loses nothing that is seen."""
    made = sandbox.clean(saved(drawn(), "PNG"))
    assert (made.kind, made.type) == ("photo", "image/png")
    assert seen(made).tobytes() == drawn().tobytes()


def test_what_is_see_through_lies_on_white(sandbox: Sandbox) -> None:
    """Pixels that nobody sees are not there afterwards."""
    image = Image.new("RGBA", (40, 40), (10, 20, 30, 0))
    image.paste((*RED, 255), (0, 0, 20, 20))
    made = seen(sandbox.clean(saved(image, "PNG")))
    assert (made.mode, made.getpixel((5, 5)), made.getpixel((30, 30))) == ("RGB", RED, WHITE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_sort_of_screenshot_is_taken(sandbox: Sandbox, mode: str) -> None:
    """However a PNG counts its colours, light stays light and dark stays dark."""
    image = Image.new("L", (40, 40), 255)
    image.paste(0, (0, 0, 20, 20))
    whole = image.point(lambda value: value * 257, "I") if mode == "I;16" else image
    made = seen(sandbox.clean(saved(whole.convert(mode), "PNG")))
    assert near(made.getpixel((5, 5)), (0, 0, 0))
    assert near(made.getpixel((30, 30)), WHITE)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_of_what_moves_the_first_picture_stays(sandbox: Sandbox, form: str) -> None:
    """Of an animation the first picture is taken."""
    made = seen(sandbox.clean(pictures.moving(form, b"x")))
    assert getattr(made, "n_frames", 1) == 1
    assert near(made.resize((1, 1)).getpixel((0, 0)), drawn().resize((1, 1)).getpixel((0, 0)), 9)


def test_a_very_large_photo_is_halved(sandbox: Sandbox) -> None:
    """A phone's 108 megapixels are taken at half the width; a screenshot of that size is not."""
    image = Image.new("RGB", (12_000, 9_000), RED)
    half = seen(sandbox.clean(saved(image, "JPEG", quality=30)))
    assert (half.size, near(half.getpixel((5_999, 4_499)), RED)) == ((6_000, 4_500), True)
    with pytest.raises(Refusal) as refused:
        sandbox.clean(saved(image.convert("1"), "PNG"))
    assert refused.value.word == "big"


def drawings(made: Harmless) -> list[Image.Image]:
    """The pages of a clean PDF."""
    document = pypdfium2.PdfDocument(made.content)
    pages = [page.render(scale=1).to_pil().convert("RGB") for page in document]
    document.close()
    return pages


def test_a_paper_looks_as_it_did(sandbox: Sandbox) -> None:
    """Each page has its size, its ink, and what somebody filled in."""
    made = sandbox.clean(papers.pdf())
    assert (made.kind, made.type) == ("document", "application/pdf")
    (page,) = drawings(made)
    assert near((*page.size, 0), (300, 200, 0), 1)
    assert near(page.getpixel((100, 130)), (51, 102, 102))
    assert near(page.getpixel((290, 10)), WHITE)


def test_what_was_filled_in_is_seen(sandbox: Sandbox) -> None:
    """The words in a form's field are drawn: a contract is often a form."""
    blank = drawings(sandbox.clean(papers.with_form(b"")))[0].crop((12, 165, 98, 188))
    filled = drawings(sandbox.clean(papers.with_form(b"Eight hours")))[0].crop((12, 165, 98, 188))
    assert blank.tobytes() != filled.tobytes()


@pytest.mark.parametrize(("pages", "expected"), [(1, 1), (20, 20), (21, "big")])
def test_twenty_pages_are_taken(sandbox: Sandbox, pages: int, expected: object) -> None:
    """Twenty pages are kept, all of them; with one more, none is, and the person is told."""
    try:
        found: object = len(drawings(sandbox.clean(papers.of_many_pages(pages))))
    except Refusal as refusal:
        found = refusal.word
    assert found == expected


@pytest.mark.parametrize("make", [sounds.opus, sounds.mp3, sounds.m4a, sounds.aac])
def test_a_recording_sounds_as_it_did(sandbox: Sandbox, make: Callable[[bytes], bytes]) -> None:
    """Whatever it came as, it is as long and as high as it was."""
    content = make(b"x")
    made = sandbox.clean(content)
    assert (made.kind, made.type) == ("voice", "audio/ogg")
    assert sounds.seconds_of(made.content) == pytest.approx(sounds.seconds_of(content), abs=0.05)
    assert sounds.pitch_of(made.content) == pytest.approx(220, rel=0.05)


@pytest.mark.parametrize("shift", [0.84, 1.16])
def test_a_shifted_voice_is_higher_or_lower_and_no_faster(sandbox: Sandbox, shift: float) -> None:
    """The pitch is moved by the factor; the length stays."""
    content = sounds.wav(sounds.tone(2.0))
    made = sandbox.clean(content, shift)
    assert sounds.pitch_of(made.content) == pytest.approx(220 * shift, rel=0.03)
    assert sounds.seconds_of(made.content) == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize(("seconds", "expected"), [(300, "audio/ogg"), (300.1, "big")])
def test_five_minutes_are_taken(sandbox: Sandbox, seconds: float, expected: str) -> None:
    """Five minutes are kept; of more, nothing is, and the person is told."""
    content = sounds.wav(bytes(2 * int(seconds * sounds.RATE)))
    try:
        found: str = sandbox.clean(content).type
    except Refusal as refusal:
        found = refusal.word
    assert found == expected


def test_a_cover_is_no_film(sandbox: Sandbox) -> None:
    """A song with the picture of its album is a recording; only its sound is kept."""
    cover = saved(drawn(), "JPEG")
    body = b"\0image/jpeg\0\3\0" + cover
    frame = b"APIC" + len(body).to_bytes(4, "big") + b"\0\0" + body
    size = bytes(len(frame) >> by & 127 for by in (21, 14, 7, 0))
    song = b"ID3\x03\0\0" + size + frame + sounds.encoded("libmp3lame", "mp3", b"x")
    assert kind_of(song) is Kind.MP3
    assert sandbox.clean(song).type == "audio/ogg"
