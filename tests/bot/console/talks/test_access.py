"""Who may do what with a conversation: every address, for everybody who has no business with it."""

from __future__ import annotations

import pytest

from storage.operators import Role
from tests.bot.console.house import Browser
from tests.bot.console.talks.house import Bureau

FIELDS = {"text": "ciao", "note": "ciao", "why": "perché", "reason": "answered", "urgency": "2"}
MORE = {"word": "w", "seen": "9", "desk": "desio", "line": "1", "day": "2027-01-01"}


async def tried(bureau: Bureau, browser: Browser, talk: int) -> set[tuple[int, str]]:
    """What every address of a conversation says to a browser."""
    found = set()
    for page in bureau.pages:
        if not page.path.startswith("/talks/{talk}"):
            continue
        path = page.path.replace("{talk}", str(talk)).replace("{number}", "2")
        if page.method == "GET":
            answer = await browser.get(path)
        else:
            answer = await browser.post(path, **FIELDS, **MORE, time="10:30")
        where = answer.headers.get("Location", "").partition("?")[0]
        found.add((answer.status, where))
    return found


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ("nobody", {(303, "/sign-in"), (409, "")}),
        ("antenna", {(403, "")}),
        ("other office", {(404, "")}),
        ("administrator of another office", {(404, ""), (303, "/talks/others")}),
    ],
)
async def test_others_find_nothing_and_change_nothing(
    bureau: Bureau, who: str, wanted: set[tuple[int, str]]
) -> None:
    """Every page and every form: the door, refused, or not there; nothing is read or different.

    Where long words come without a session they are given back unsent. An administrator may hand
    it on, and is refused because it is at that desk already.
    """
    talk = bureau.asks(words="segreto")
    readers = {
        "antenna": lambda: bureau.reader("Ada", Role.ANTENNA, bureau.desio),
        "other office": lambda: bureau.carla,
        "administrator of another office": lambda: bureau.reader(
            "Dario", Role.ADMINISTRATOR, bureau.carate
        ),
    }
    if who == "nobody":
        browser = bureau.browser()
        await browser.get("/sign-in")
    else:
        browser = await bureau.at(readers[who]())
        await browser.get("/account")
    before = (bureau.kept(talk), bureau.lines(talk), bureau.notes(talk))
    assert await tried(bureau, browser, talk.id) == wanted
    assert (bureau.kept(talk), bureau.lines(talk), bureau.notes(talk)) == before
    assert bureau.outbox.rows == []
    assert "segreto" not in browser.text


@pytest.mark.parametrize("id_", ["0", "-1", "1", "x", "9" * 40, "%00", "²", "1%20or%201=1"])
async def test_a_conversation_that_is_not_there_is_not_there(bureau: Bureau, id_: str) -> None:
    """A made-up id is a page that says so, never an error."""
    browser = await bureau.at(bureau.anna)
    await browser.get("/account")
    found = [
        (await browser.get(f"/talks/{id_}")).status,
        (await browser.get(f"/talks/{id_}/now")).status,
        (await browser.post(f"/talks/{id_}/say", text="ciao")).status,
    ]
    assert set(found) == {404}


@pytest.mark.parametrize("number", ["0", "x", "²", "9" * 19, "9" * 40])
async def test_a_line_that_is_not_there_is_not_there(bureau: Bureau, number: str) -> None:
    """A made-up number of a line, a file, a colleague or a conversation is never an error."""
    talk, browser = bureau.asks(), await bureau.at(bureau.anna)
    one = f"/talks/{talk.id}"
    await browser.get(one)
    found = [
        (await browser.post(f"{one}/undo", line=number)).status,
        (await browser.post(f"{one}/edit", line=number, text="ciao")).status,
        (await browser.post(f"{one}/over", had=number, why="ciao")).status,
        (await browser.post(f"{one}/say", seen=number)).status,
        (await browser.get(f"{one}/files/{number}")).status,
        (await browser.get(f"/talks/live?talk={number}")).status,
        (await browser.get(f"/talks?owner={number}")).status,
        (await browser.get(f"/cases?owner={number}")).status,
    ]
    assert found == [303, 303, 303, 409, 404, 404, 200, 200]


async def test_what_people_write_is_shown_as_they_wrote_it(bureau: Bureau) -> None:
    """Words of the person, notes and reasons are words, whatever signs are in them."""
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}**b**"
    talk = bureau.asks(words=nasty)
    await bureau.handoffs.note(bureau.bruno.operator, talk.id, nasty)
    await bureau.handoffs.claim(bureau.bruno.operator, talk.id)
    await bureau.handoffs.take_over(bureau.anna.operator, talk.id, nasty)
    browser = await bureau.at(bureau.anna)
    answer = await browser.get(f"/talks/{talk.id}")
    source = await answer.text()
    assert ("<script>alert" in source, "<img src=x" in source) == (False, False)
    assert browser.text.count("{{7*7}}**b**") >= 3


async def test_nothing_says_which_account_it_is(bureau: Bureau) -> None:
    """No id of the person or of their chat, and no file's id, is in a page."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    hidden = (str(talk.person_id), str(bureau.chats))
    assert [one for one in hidden if one in browser.text] == []


async def test_what_was_typed_is_kept_for_whoever_typed_it(bureau: Bureau) -> None:
    """It stands in its own field after the page was left, never in the other, never for others."""
    talk = bureau.asks()
    anna, bruno = await bureau.at(bureau.anna), await bureau.at(bureau.bruno)
    await anna.get(f"/talks/{talk.id}")
    await anna.post(f"/talks/{talk.id}/draft", kind="reply", text="una risposta a metà")
    await anna.post(f"/talks/{talk.id}/draft", kind="note", text="una nota a metà")
    await anna.get(f"/talks/{talk.id}")
    fields = anna.text.partition('id="note-text"')
    assert ("una risposta a metà" in fields[0], "una nota a metà" in fields[2]) == (True, True)
    assert "It was not sent." in anna.text
    await bruno.get(f"/talks/{talk.id}")
    assert ("a metà" in bruno.text, "Anna is writing" in bruno.text) == (False, True)
    await anna.post(f"/talks/{talk.id}/notes", note="una nota intera")
    await anna.get(f"/talks/{talk.id}")
    assert ("una nota a metà" in anna.text, "una risposta a metà" in anna.text) == (False, True)
    await anna.post(f"/talks/{talk.id}/draft", kind="reply", text="")
    await bruno.get(f"/talks/{talk.id}")
    assert "Anna is writing" not in bruno.text


async def test_the_first_page_is_where_the_work_waits(bureau: Bureau) -> None:
    """Conversations for who talks with people; a sheet for an antenna; the account for whose office
    has no desk that talks, where there are no reports."""
    silent = bureau.office("CGIL")
    for reader, wanted in (
        (bureau.anna, "/talks"),
        (bureau.reader("Ada", Role.ANTENNA, bureau.desio), "/cases/new"),
        (bureau.reader("Sara", Role.OPERATOR, silent), "/account"),
    ):
        browser = await bureau.signed_in(reader)
        answer = await browser.get("/")
        assert (answer.status, answer.headers["Location"]) == (303, wanted)
