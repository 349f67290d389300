"""What a file is, is told by its bytes, and whatever they are, without falling over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence.kinds import Kind, kind_of
from bot.evidence.serve import headers_for, is_shown, name_of, safe_type
from tests.bot.evidence import papers, pictures, sounds
from tests.bot.evidence.pictures import drawn, saved

HEADS = [
    kind_of.__name__.encode(),
    b"\xff\xfb",
    b"ID3",
    b"OggS",
    b"RIFF",
    b"%PDF-",
    b"\xff\xd8\xff",
]
FILES = {
    Kind.JPEG: saved(drawn(), "JPEG"),
    Kind.PNG: saved(drawn(), "PNG"),
    Kind.WEBP: saved(drawn(), "WEBP"),
    Kind.OPUS: sounds.opus(b"x"),
    Kind.MP3: sounds.encoded("libmp3lame", "mp3", b""),
    Kind.AAC: sounds.aac(b"x"),
    Kind.M4A: sounds.m4a(b"x"),
    Kind.WAV: sounds.wav(sounds.tone(0.1)),
    Kind.PDF: papers.pdf(),
}


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_known_by_its_bytes(kind: Kind) -> None:
    """A real file of each kind is that kind, and has a word for people."""
    assert kind_of(FILES[kind]) is kind
    assert kind.word in ("photo", "voice", "document")


@pytest.mark.parametrize("kind", Kind)
def test_what_comes_before_or_with_it_makes_it_another(kind: Kind) -> None:
    """The same file behind some bytes, or with an archive at its end, is not taken."""
    assert kind_of(b"\n" + FILES[kind]) is None
    assert kind_of(FILES[kind] + pictures.archive(b"x")) is None


@given(st.sampled_from([b"", *HEADS]), st.binary(max_size=200))
def test_any_bytes_are_something_or_nothing(head: bytes, tail: bytes) -> None:
    """No bytes make the question fail."""
    assert kind_of(head + tail) in (*Kind, None)


@pytest.mark.parametrize(
    "head",
    [b"\xff\xfb\x90\x00" * 40, b"\xff\xfe<\x00h\x00t\x00m\x00l\x00", b"\xff\xf1" + bytes(20)],
)
def test_a_beginning_alone_is_no_sound(head: bytes) -> None:
    """Bytes that look like the start of an MP3 or AAC must be followed by a second frame."""
    assert kind_of(head) is None


@given(st.text(max_size=40), st.booleans())
def test_a_browser_is_never_told_a_type_that_runs(sealed: str, original: bool) -> None:
    """Whatever was sealed, the browser gets a download without meaning, and may not guess."""
    headers = headers_for(sealed, "7F3K-1.bin", original=original)
    assert headers["Content-Type"] == safe_type(sealed)
    assert safe_type(sealed) in ("application/octet-stream", *(kind.value for kind in Kind))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "no-store"


def test_only_our_own_copies_are_shown_in_place() -> None:
    """Pictures and sounds that we made are shown; papers and originals are downloads."""
    made = ["image/jpeg", "image/png", "audio/ogg"]
    everything = [kind.value for kind in Kind]
    assert [one for one in everything if is_shown(one)] == made
    assert [one for one in everything if is_shown(one, original=True)] == []
    for one in everything:
        way = "inline" if one in made else "attachment"
        assert headers_for(one, "a")["Content-Disposition"] == f'{way}; filename="a"'


@pytest.mark.parametrize(
    ("number", "sealed", "expected"),
    [
        ("7F3K", "application/pdf", "7F3K-2.pdf"),
        ("7F3K", "text/html", "7F3K-2.bin"),
        ('../"\r\nX: y', "image/png", "Xy-2.png"),
        ("", "audio/ogg", "file-2.ogg"),
    ],
)
def test_a_download_has_a_name_of_ours(number: str, sealed: str, expected: str) -> None:
    """The name is the report's number and a place; nothing can break out of the header."""
    assert name_of(number, 2, sealed) == expected
