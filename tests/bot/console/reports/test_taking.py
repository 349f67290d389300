"""One report leaves with two people; with one it stays, whatever is sent (T-A5)."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest

from tests.bot.console.reports.bureau import Bureau
from tests.bot.console.reports.shelf import STORY

FIRST_LINE = STORY.split("\n")[0]


@pytest.fixture(autouse=True)
def filled(bureau: Bureau) -> None:
    """A report of Anna's and Bruno's with a photo and a paper."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna"), bureau.id("Bruno")])
    bureau.shelf.add_file("r1", "e1", "photo", "image/jpeg", b"the photo")
    bureau.shelf.add_file("r1", "e2", "document", "application/pdf", b"the paper")


async def ask(bureau: Bureau) -> None:
    """Anna wishes to take it out."""
    await bureau["Anna"].post("/reports/r1/leaving", step="ask", reason="for the union's lawyer")


async def agree(bureau: Bureau, name: str) -> int:
    """Somebody agrees to Anna's wish; the status of the answer."""
    page = await bureau[name].post(
        "/reports/r1/leaving", step="agree", asked_by=str(bureau.id("Anna"))
    )
    return page.status


@pytest.mark.parametrize("step", ["print", "zip"])
async def test_one_alone_takes_nothing_out(bureau: Bureau, step: str) -> None:
    """Not asked, asked, agreed to by oneself: refused each time, and never read for it."""
    found = []
    for prepare in (None, ask, None):
        if prepare is not None:
            await prepare(bureau)
        elif found:
            found.append(await agree(bureau, "Anna"))
        page = await bureau["Anna"].post("/reports/r1/leaving", step=step)
        found += [page.status, FIRST_LINE in page.text]
    assert found == [409, False, 409, False, 409, 409, False]
    assert [deed for _, deed, _ in bureau.deeds() if deed == "exported"] == []


async def test_with_two_it_leaves_once_and_is_written_down(bureau: Bureau) -> None:
    """Asked by one, agreed by another: printed once, with both names and the reason on it."""
    await ask(bureau)
    shown = await bureau["Bruno"].get("/reports/r1")
    assert "Anna asks to take it out: for the union's lawyer" in shown.words
    assert await agree(bureau, "Bruno") == 200
    paper = await bureau["Anna"].post("/reports/r1/leaving", step="print")
    assert FIRST_LINE in paper.text
    assert "Taken out by Anna, agreed by Bruno, 23 Nov 2026, 10:00:00." in paper.words
    again = await bureau["Anna"].post("/reports/r1/leaving", step="print")
    assert again.status == 409
    wanted = [
        ("Anna", "export asked", "7F3K"),
        ("Bruno", "export agreed", "7F3K"),
        ("Anna", "exported", f"7F3K {bureau.id('Bruno')}"),
    ]
    assert [deed for deed in bureau.deeds() if deed[1].startswith("export")] == wanted


async def test_whoever_agrees_must_be_able_to_read_it(bureau: Bureau) -> None:
    """An administrator or an operator of another office has no say: it is not there for them."""
    await ask(bureau)
    assert [await agree(bureau, name) for name in ("Carla", "Dario")] == [404, 404]
    page = await bureau["Anna"].post("/reports/r1/leaving", step="print")
    assert page.status == 409


async def test_an_agreement_is_not_good_for_whoever_gave_it(bureau: Bureau) -> None:
    """Bruno, who agreed, takes nothing out by it."""
    await ask(bureau)
    await agree(bureau, "Bruno")
    page = await bureau["Bruno"].post("/reports/r1/leaving", step="zip")
    assert page.status == 409


async def test_an_agreement_ends_after_an_hour(bureau: Bureau) -> None:
    """What was not taken in time is asked for again."""
    await ask(bureau)
    await agree(bureau, "Bruno")
    for _ in range(3):
        bureau.clock.advance(timedelta(minutes=21))
        await bureau["Anna"].get("/reports")
    page = await bureau["Anna"].post("/reports/r1/leaving", step="print")
    assert page.status == 409


async def test_a_wish_can_be_refused(bureau: Bureau) -> None:
    """A colleague says no, or whoever asked takes it back; that is written down too."""
    await ask(bureau)
    anna = str(bureau.id("Anna"))
    page = await bureau["Bruno"].post("/reports/r1/leaving", step="refuse", asked_by=anna)
    assert "asks to take it out" not in page.words
    assert ("Bruno", "export refused", "7F3K") in bureau.deeds()
    assert await agree(bureau, "Bruno") == 409


async def test_the_archive_names_nobody_and_tells_no_time(bureau: Bureau) -> None:
    """The paper and the files, in memory, without the time of a machine or a person's file name."""
    await ask(bureau)
    await agree(bureau, "Bruno")
    file = await bureau["Anna"].post("/reports/r1/leaving", step="zip")
    with zipfile.ZipFile(io.BytesIO(file.body)) as archive:
        found = {one.filename: (archive.read(one), one.date_time) for one in archive.infolist()}
    long_ago = (1980, 1, 1, 0, 0, 0)
    assert found["7F3K-1.jpg"] == (b"the photo", long_ago)
    assert found["7F3K-2.pdf"] == (b"the paper", long_ago)
    assert FIRST_LINE in found["report.html"][0].decode()
    assert set(found) == {"7F3K-1.jpg", "7F3K-2.pdf", "report.html"}
    assert file.headers["Cache-Control"] == "no-store"


async def test_the_paper_shows_no_notes_and_no_way_to_the_person(bureau: Bureau) -> None:
    """What colleagues wrote among themselves does not leave with the report."""
    await bureau["Anna"].post("/reports/r1/notes", note="only among us")
    await ask(bureau)
    await agree(bureau, "Bruno")
    paper = await bureau["Anna"].post("/reports/r1/leaving", step="print")
    assert ("only among us" in paper.text, "<form" in paper.text) == (False, False)


async def test_there_is_no_way_to_take_out_many(bureau: Bureau) -> None:
    """No page and no form names more than one report."""
    page = await bureau["Anna"].get("/reports")
    assert re.findall(r'action="([^"]*)"', page.text.split("<main")[1]) == ["/reports"]
    for path in ("/reports/export", "/reports.csv", "/reports/all/leaving", "/export"):
        assert (await bureau["Anna"].get(path)).status in (404, 405)


@pytest.mark.parametrize("step", ["", "everything", "PRINT"])
async def test_a_step_that_is_none_takes_none(bureau: Bureau, step: str) -> None:
    """Whatever a form says, only the steps there are lead out."""
    page = await bureau["Anna"].post("/reports/r1/leaving", step=step, asked_by="٣")
    assert page.path.startswith("/reports/r1")
    assert [deed for deed in bureau.deeds() if deed[1].startswith("export")] == []
