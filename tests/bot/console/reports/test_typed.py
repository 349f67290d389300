"""What an operator types is not lost without a word: by a lock, a restart, a form from before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.console.drafts import KEPT_FOR, MOST, Drafts, Kind
from storage.vault import make_pair
from tests.bot.console.reports.bureau import NOW, Browser, Bureau, sign_in

WORDS = "Domani alle nove <siamo> qui"


@pytest.fixture(autouse=True)
def filled(bureau: Bureau) -> None:
    """A report of Anna's."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna")])


async def again(bureau: Bureau, name: str) -> Browser:
    """The same operator signs in again, with the same key."""
    before = bureau[name]
    await before.session.close()
    bureau.browsers[name] = sign_in(bureau, before.operator, before.key)
    return bureau.browsers[name]


@pytest.mark.parametrize(("path", "field"), [("reply", "text"), ("notes", "note")])
async def test_words_that_come_after_the_lock_are_given_back(
    bureau: Bureau, path: str, field: str
) -> None:
    """The session ended meanwhile: nothing is sent or kept, and every word stands there."""
    bureau.clock.advance(timedelta(minutes=31))
    page = await bureau["Anna"].post(f"/reports/r1/{path}", step="send", **{field: WORDS})
    assert (page.status, "Domani alle nove &lt;siamo&gt; qui" in page.text) == (409, True)
    assert "Nothing was sent and nothing was kept." in page.words
    assert 'href="/reports/r1"' in page.text
    assert bureau.shelf.asked == []


async def test_words_from_before_another_sign_in_are_given_back(bureau: Bureau) -> None:
    """Signed in anew in another tab: the old form does nothing, and loses nothing."""
    old = bureau["Anna"].token
    await again(bureau, "Anna")
    bureau["Anna"].token = old
    page = await bureau["Anna"].post("/reports/r1/reply", step="send", text=WORDS)
    assert (page.status, "&lt;siamo&gt;" in page.text, bureau.shelf.asked) == (409, True, [])


async def test_a_form_from_elsewhere_is_not_shown_again(bureau: Bureau) -> None:
    """Only what came from our own page is given back: nobody puts words onto our pages."""
    url = bureau.server.make_url("/reports/r1/reply")
    headers = {"Origin": "https://evil.example"}
    async with bureau["Anna"].session.post(url, data={"text": WORDS}, headers=headers) as answer:
        assert (answer.status, "Domani" in await answer.text()) == (403, False)


async def test_what_was_being_typed_comes_back_after_the_lock(bureau: Bureau) -> None:
    """Signed in again, the report has the words still, and says that they were not sent."""
    await bureau["Anna"].post("/reports/r1/draft", kind="reply", text=WORDS)
    bureau.clock.advance(timedelta(minutes=31))
    anna = await again(bureau, "Anna")
    page = await anna.get("/reports/r1")
    assert "Domani alle nove &lt;siamo&gt; qui</textarea>" in page.text
    assert "What you were writing is still here. It was not sent." in page.words
    assert (bureau.shelf.replied, bureau.shelf.pushed) == ([], [])


async def test_a_draft_is_for_whoever_typed_it(bureau: Bureau) -> None:
    """A colleague who opens the same report sees nothing of it."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna"), bureau.id("Bruno")])
    await bureau["Anna"].post("/reports/r1/draft", kind="reply", text=WORDS)
    assert "Domani" not in (await bureau["Bruno"].get("/reports/r1")).text


async def test_a_draft_ends_when_it_is_sent(bureau: Bureau) -> None:
    """A note that was kept does not come back as one that was not."""
    await bureau["Anna"].post("/reports/r1/draft", kind="note", text=WORDS)
    page = await bureau["Anna"].post("/reports/r1/notes", note=WORDS)
    assert page.text.count("Domani alle nove") == 1


async def test_a_note_that_cannot_be_kept_is_still_there(bureau: Bureau) -> None:
    """The disk is full: the page says that something went wrong, and the words come back."""
    bureau.shelf.fails = True
    page = await bureau["Anna"].post("/reports/r1/notes", note=WORDS)
    assert (page.status, bureau.shelf.reports["r1"].notes) == (500, ())
    assert "&lt;siamo&gt;" in (await bureau["Anna"].get("/reports/r1")).text


def test_nobody_can_open_a_draft_while_it_waits() -> None:
    """In memory it is sealed to its writer: between two sign-ins there is no key here for it."""
    drafts, key, other = Drafts(), make_pair(), make_pair()
    drafts.keep(11, key, "r1", Kind.REPLY, WORDS, NOW)
    held = b"".join(draft.sealed for draft in drafts._drafts.values())
    assert WORDS.encode() not in held
    found = [drafts.find(11, one, "r1", Kind.REPLY, NOW) for one in (key, other)]
    assert found == [WORDS, ""]


def test_a_draft_is_let_go_after_half_a_day() -> None:
    """Nothing stays in memory for ever, and an empty draft stays not at all."""
    drafts, key = Drafts(), make_pair()
    drafts.keep(11, key, "r1", Kind.REPLY, WORDS, NOW)
    drafts.keep(11, key, "r2", Kind.REPLY, "  ", NOW)
    assert drafts.find(11, key, "r1", Kind.REPLY, NOW + KEPT_FOR) == ""
    drafts.sweep(NOW + KEPT_FOR)
    assert len(drafts._drafts) == 0


def test_drafts_have_an_end() -> None:
    """However many reports are typed into, the oldest drafts give way."""
    drafts, key = Drafts(), make_pair()
    for number in range(MOST + 3):
        drafts.keep(11, key, f"r{number}", Kind.NOTE, "x", NOW)
    assert len(drafts._drafts) == MOST
    assert drafts.find(11, key, "r2", Kind.NOTE, NOW) == ""
