"""An answer to the person: seen once more, kept, told once, and never said to be sent falsely."""

from __future__ import annotations

import re

import pytest

from bot.console.reports.sent import Fate
from flows.replies import REPLIES
from flows.report_model import Ending, Status, Words
from tests.bot.console.reports.bureau import Browser, Bureau, Page

WORDS = "Domani alle nove siamo qui. Non devi portare documenti."
NAMED = "Ciao Ahmed, il tuo codice è 1234 5678 9012 3456, tel. 333 1234567."


@pytest.fixture(autouse=True)
def filled(bureau: Bureau) -> None:
    """A report of somebody who reads Arabic and left a reply line."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna")])


def preview_of(page: Page) -> dict[str, str]:
    """The fields a preview carries to the last step."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))


async def sent(browser: Browser, report: str = "r1", **fields: str) -> Page:
    """Look at a reply, then send it as its preview has it."""
    preview = await browser.post(f"/reports/{report}/reply", step="preview", **fields)
    kept = {k: v for k, v in preview_of(preview).items() if k != "token"}
    more = {"checked": "1"} if "checked" in preview.text else {}
    return await browser.post(f"/reports/{report}/reply", step="send", **kept, **more)


async def test_a_ready_reply_is_seen_in_the_persons_language_first(bureau: Bureau) -> None:
    """The preview shows what the person will read, and beside it what it means."""
    theirs = bureau.room.languages.words("ar")
    page = await bureau["Anna"].post("/reports/r1/reply", step="preview", canned="thanks")
    thanks = REPLIES[0].text
    assert theirs.plain(thanks) in page.text
    assert ("That is: " in page.words) == theirs.has(thanks)
    assert "✅ We have read your report. Thank you." in page.words
    assert (bureau.shelf.replied, bureau.shelf.pushed) == ([], [])


async def test_a_ready_reply_is_kept_by_its_key(bureau: Bureau) -> None:
    """What is kept is the key: the person reads it in their language of that day."""
    await sent(bureau["Anna"], canned="thanks")
    assert bureau.shelf.replied == [Words(True, "", "thanks", "")]


async def test_own_words_are_kept_with_their_language(bureau: Bureau) -> None:
    """Nobody translates, so the language is named, and the page asks whether it can be read."""
    preview = await bureau["Anna"].post(
        "/reports/r1/reply", step="preview", text=WORDS, language="it"
    )
    assert "The person uses the bot in Arabic. Can they read this?" in preview.words
    await sent(bureau["Anna"], text=WORDS, language="it")
    assert bureau.shelf.replied == [Words(True, WORDS, "", "it")]


@pytest.mark.parametrize(
    ("fate", "said"),
    [
        (Fate.SENT, "Kept, and the person's chat was told that there is an answer."),
        (Fate.FAILED, "Kept, but the chat was NOT told"),
        (Fate.UNKNOWN, "Nobody knows whether the chat was told."),
    ],
)
async def test_the_page_says_what_became_of_it(bureau: Bureau, fate: Fate, said: str) -> None:
    """Sent, not sent, unknown: each in its words, and 'told' only when it was."""
    bureau.shelf.fate = fate
    page = await sent(bureau["Anna"], canned="thanks")
    assert said in page.words
    assert ("chat was told that" in page.words) == (fate is Fate.SENT)
    assert len(bureau.shelf.pushed) == 1


async def test_without_a_line_nobody_is_told(bureau: Bureau) -> None:
    """Under the code alone it is kept, and the page says how the person will find it."""
    bureau.shelf.add("r2", "M2QX", [bureau.id("Anna")], ending=Ending.CODE)
    page = await sent(bureau["Anna"], "r2", canned="thanks")
    assert "Kept. The person reads it when they come back with the code." in page.words
    assert (len(bureau.shelf.replied), bureau.shelf.pushed) == (1, [])


async def test_it_is_kept_before_it_is_told(bureau: Bureau) -> None:
    """No chat hears of an answer that is not on the disk."""
    await sent(bureau["Anna"], canned="thanks")
    deeds = [asked for asked in bureau.shelf.asked if asked in ("reply", "send")]
    assert deeds == ["reply", "send"]


async def test_a_wire_that_breaks_is_unknown(bureau: Bureau) -> None:
    """Whatever goes wrong while the chat is told, the reply is kept and nothing false is said."""

    async def breaks(_push: object) -> str:
        raise ConnectionError

    bureau.desk.send = breaks
    page = await sent(bureau["Anna"], canned="thanks")
    assert "Nobody knows whether the chat was told." in page.words
    assert len(bureau.shelf.replied) == 1


async def test_a_button_pressed_twice_sends_once(bureau: Bureau) -> None:
    """The second press is answered with what the first one did."""
    preview = await bureau["Anna"].post("/reports/r1/reply", step="preview", canned="thanks")
    fields = {k: v for k, v in preview_of(preview).items() if k != "token"}
    pages = [await bureau["Anna"].post("/reports/r1/reply", step="send", **fields) for _ in "123"]
    assert (len(bureau.shelf.replied), len(bureau.shelf.pushed)) == (1, 1)
    assert ["chat was told that" in page.words for page in pages] == [True, True, True]


async def test_what_a_colleague_said_meanwhile_is_read_first(bureau: Bureau) -> None:
    """Two at once: whoever is second sees that something was said, and sends nothing over it."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna"), bureau.id("Bruno")])
    preview = await bureau["Anna"].post("/reports/r1/reply", step="preview", canned="still")
    await sent(bureau["Bruno"], canned="thanks")
    fields = {k: v for k, v in preview_of(preview).items() if k != "token"}
    page = await bureau["Anna"].post("/reports/r1/reply", step="send", **fields)
    assert (page.status, "meanwhile something else was said" in page.words) == (409, True)
    assert [one.canned for one in bureau.shelf.replied] == ["thanks"]
    fields = {k: v for k, v in preview_of(page).items() if k != "token"}
    await bureau["Anna"].post("/reports/r1/reply", step="send", **fields)
    assert [one.canned for one in bureau.shelf.replied] == ["thanks", "still"]


async def test_what_could_not_be_kept_is_not_sent_and_not_lost(bureau: Bureau) -> None:
    """A full disk: the words stand there still, nothing was told, and it can be tried again."""
    bureau.shelf.fails = True
    page = await sent(bureau["Anna"], text=WORDS, language="it")
    assert (page.status, WORDS in page.words) == (409, True)
    assert "Nothing was sent and nothing was kept" in page.words
    assert (bureau.shelf.replied, bureau.shelf.pushed) == ([], [])
    bureau.shelf.fails = False
    fields = {k: v for k, v in preview_of(page).items() if k != "token"}
    await bureau["Anna"].post("/reports/r1/reply", step="send", **fields)
    assert bureau.shelf.replied == [Words(True, WORDS, "", "it")]


async def test_what_may_name_somebody_is_pointed_out_first(bureau: Bureau) -> None:
    """A code, a number or a name pasted in stops the reply until somebody has looked: row 47."""
    preview = await bureau["Anna"].post("/reports/r1/reply", step="preview", text=NAMED)
    for words in ("sixteen digits", "a telephone number", "like a name"):
        assert words in preview.words
    fields = {k: v for k, v in preview_of(preview).items() if k != "token"}
    refused = await bureau["Anna"].post("/reports/r1/reply", step="send", **fields)
    assert (refused.status, bureau.shelf.replied) == (409, [])
    assert "Nothing was sent. Tick the line above first" in refused.words
    await bureau["Anna"].post("/reports/r1/reply", step="send", checked="1", **fields)
    assert [one.text for one in bureau.shelf.replied] == [NAMED]


async def test_it_can_be_corrected(bureau: Bureau) -> None:
    """From the preview back to the form, with every word still there."""
    page = await bureau["Anna"].post(
        "/reports/r1/reply", step="edit", text="Domani <alle> nove", language="en"
    )
    assert "Domani &lt;alle&gt; nove</textarea>" in page.text
    assert '<option value="en" lang="en" selected>' in page.text


async def test_what_nobody_could_read_is_not_taken(bureau: Bureau) -> None:
    """No form, no reply: a withdrawn report and one that wants no answer take none."""
    bureau.shelf.add("r2", "M2QX", [bureau.id("Anna")], ending=Ending.NOTHING)
    bureau.shelf.add("r3", "4HTA", [bureau.id("Anna")], status=Status.WITHDRAWN)
    for report in ("r2", "r3"):
        await sent(bureau["Anna"], report, canned="thanks")
    assert bureau.shelf.replied == []


@pytest.mark.parametrize(
    "fields",
    [
        {"canned": "nothing like this"},
        {"text": "   "},
        {"text": ""},
        {},
        {"canned": "thanks' OR 1=1"},
    ],
)
async def test_an_empty_reply_is_none(bureau: Bureau, fields: dict[str, str]) -> None:
    """A key that is none, or no words, sends nothing and leads back to the report."""
    for step in ("preview", "send"):
        page = await bureau["Anna"].post("/reports/r1/reply", step=step, word="w", **fields)
        assert page.path.startswith("/reports/r1")
    assert bureau.shelf.replied == []


async def test_long_words_end_where_they_may_be_long(bureau: Bureau) -> None:
    """What no browser of ours would send is cut, and a language nobody knows is the operator's."""
    await sent(bureau["Anna"], text="a" * 9_000, language="tlh")
    assert [(len(one.text), one.language) for one in bureau.shelf.replied] == [(2_000, "en")]


async def test_every_ready_reply_can_be_chosen(bureau: Bureau) -> None:
    """Each of them is on the page, as a button with its key."""
    page = await bureau["Anna"].get("/reports/r1")
    keys = re.findall(r'name="canned" value="(\w+)"', page.text)
    assert keys == [reply.key for reply in REPLIES]


async def test_the_reply_is_written_down(bureau: Bureau) -> None:
    """The audit has who answered which report, and not a word of the answer."""
    await sent(bureau["Anna"], text=WORDS, language="it")
    assert ("Anna", "replied", "7F3K") in bureau.deeds()
    assert [one for one in bureau.audit() if WORDS[:6] in one.object] == []
