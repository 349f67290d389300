"""Files of a report: shown from memory to whoever is entitled, kept by no browser, run by none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from storage.reports import Shown
from tests.bot.console.reports.bureau import Bureau

PHOTO, SOUND, PAPER = b"\xff\xd8\xff photo", b"OggS sound", b"%PDF-1.7 paper"


@pytest.fixture(autouse=True)
def filled(bureau: Bureau) -> None:
    """A report with a photo, a voice and a paper; another one of Carla's with a photo."""
    shelf = bureau.shelf
    shelf.add("r1", "7F3K", [bureau.id("Anna"), bureau.id("Bruno")])
    shelf.add("r2", "M2QX", [bureau.id("Carla")])
    shelf.add_file("r1", "e1", "photo", "image/jpeg", PHOTO)
    shelf.add_file("r1", "e2", "voice", "audio/ogg", SOUND)
    shelf.add_file("r1", "e3", "document", "application/pdf", PAPER)
    shelf.add_file("r2", "e9", "photo", "image/jpeg", b"another")


async def test_files_come_with_headers_that_let_nothing_happen(bureau: Bureau) -> None:
    """Never cached, never guessed, never run; a paper is a download under a name of ours."""
    found = {}
    for name in ("e1", "e2", "e3"):
        page = await bureau["Anna"].get(f"/reports/r1/evidence/{name}")
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        found[name] = (
            page.body,
            page.headers["Content-Type"],
            page.headers["Content-Disposition"],
        )
    assert found == {
        "e1": (PHOTO, "image/jpeg", 'inline; filename="7F3K-1.jpg"'),
        "e2": (SOUND, "audio/ogg", 'inline; filename="7F3K-2.ogg"'),
        "e3": (PAPER, "application/pdf", 'attachment; filename="7F3K-3.pdf"'),
    }


async def test_a_type_that_could_run_is_only_bytes(bureau: Bureau) -> None:
    """A drawing with a script in it, were it ever sealed, comes as bytes to download."""
    bureau.shelf.add_file("r1", "e4", "photo", "image/svg+xml", b"<svg onload=x>")
    page = await bureau["Anna"].get("/reports/r1/evidence/e4")
    assert page.headers["Content-Type"] == "application/octet-stream"
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert '<img class="file-picture"' in (await bureau["Anna"].get("/reports/r1")).text


async def test_each_file_is_written_down_before_it_is_opened(bureau: Bureau) -> None:
    """The audit knows who looked at which file; the row stands before the file is read."""
    await bureau["Anna"].get("/reports/r1/evidence/e2")
    assert bureau.deeds() == [("Anna", "evidence read", "7F3K 2")]

    async def fail(*_args: object) -> None:
        raise OSError("the audit cannot be written")

    bureau.room.note = fail  # type: ignore[method-assign]
    bureau.shelf.asked.clear()
    page = await bureau["Anna"].get("/reports/r1/evidence/e2")
    assert (page.status, SOUND in page.body, "evidence" in bureau.shelf.asked) == (
        500,
        False,
        False,
    )


async def test_a_file_that_is_looked_at_makes_nothing_read(bureau: Bureau) -> None:
    """What the person said meanwhile is still new to the list: only the page shows it."""
    await bureau["Anna"].get("/reports/r1/evidence/e2")
    assert "read" not in bureau.shelf.asked
    await bureau["Anna"].get("/reports/r1")
    assert "read" in bureau.shelf.asked


async def test_nothing_is_shown_before_it_is_asked_for(bureau: Bureau) -> None:
    """Pictures and sounds are behind a line to open, with words of warning before them."""
    page = await bureau["Anna"].get("/reports/r1")
    files = re.findall(r"<details class=\"file-open\"( open)?>", page.text)
    assert files == ["", "", ""]
    assert page.words.index("It can show injuries") < page.words.index("Photo 1")
    picture = re.search(r"<img [^>]*>", page.text)
    sound = re.search(r"<audio [^>]*>", page.text)
    assert picture is not None
    assert 'loading="lazy"' in picture[0]
    assert sound is not None
    assert 'preload="none"' in sound[0]
    assert "autoplay" not in page.text


async def test_a_voice_can_be_recognised_and_the_page_says_so(bureau: Bureau) -> None:
    """Also a voice that was changed: nobody may think that it hides somebody."""
    assert "The voice can be recognised." in (await bureau["Anna"].get("/reports/r1")).words
    report = bureau.shelf.reports["r1"]
    changed = tuple(replace(one, shifted=True) for one in report.evidence)
    bureau.shelf.reports["r1"] = replace(report, evidence=changed)
    words = (await bureau["Anna"].get("/reports/r1")).words
    assert "The voice was changed, but it can still be recognised." in words


async def test_the_hash_stands_beside_each_file(bureau: Bureau) -> None:
    """Whoever must prove later what was seen finds the fingerprint on the page."""
    assert (await bureau["Anna"].get("/reports/r1")).text.count("ab" * 32) == 3


async def test_an_original_is_only_a_download_with_a_warning(bureau: Bureau) -> None:
    """What came from a stranger's phone as it was is never shown in a page."""
    report = bureau.shelf.reports["r1"]
    first = replace(report.evidence[0], original=True, original_type="image/webp")
    bureau.shelf.reports["r1"] = replace(report, evidence=(first, *report.evidence[1:]))
    bureau.shelf.files["r1", "e1 original"] = Shown("photo", "image/webp", b"RIFF original")
    page = await bureau["Anna"].get("/reports/r1")
    assert "it can be harmful" in page.words
    file = await bureau["Anna"].get("/reports/r1/evidence/e1?original=1")
    assert file.headers["Content-Disposition"] == 'attachment; filename="7F3K-1.webp"'
    assert bureau.deeds()[-1] == ("Anna", "evidence read", "7F3K 1 original")
    missing = await bureau["Anna"].get("/reports/r1/evidence/e2?original=1")
    assert missing.status == 404


async def test_a_file_is_found_only_in_its_own_report(bureau: Bureau) -> None:
    """An id of another report, of nobody's, or a path is not there, for anybody."""
    tried = [
        ("Anna", "/reports/r1/evidence/e9"),
        ("Anna", "/reports/r2/evidence/e9"),
        ("Anna", "/reports/r1/evidence/nothing"),
        ("Anna", "/reports/r1/evidence/..%2f..%2fkeys"),
        ("Carla", "/reports/r1/evidence/e1"),
        ("Carla", "/reports/r2/evidence/e1"),
        ("Dario", "/reports/r1/evidence/e1"),
    ]
    found = [(await bureau[name].get(path)).status for name, path in tried]
    assert found == [404] * len(tried)
    assert "evidence" not in bureau.shelf.asked


async def test_a_lost_file_is_said_to_be_lost(bureau: Bureau) -> None:
    """No broken picture: the page says that the bytes are gone and who must know."""
    report = bureau.shelf.reports["r1"]
    first = replace(report.evidence[0], lost=True)
    bureau.shelf.reports["r1"] = replace(report, evidence=(first,), missing=2)
    page = await bureau["Anna"].get("/reports/r1")
    assert ("<img class" in page.text, "Its bytes are gone" in page.words) == (False, True)
    assert "2 files were chosen and never came." in page.words
