"""The pages over the real reports: sealed on the disk, opened by key, nobody's name anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.console.reports.sent import Fate
from bot.console.reports.ways import report_pages
from flows.report_effects import SendReport
from flows.report_model import Box, Ending, Level
from storage.reports import Offered, Push, Reader, Reports
from storage.reports.database import default_reports_url
from storage.reports_schema import report
from storage.vault import LIGHT_EFFORT, PublicKey, Recipient, make_pair
from tests.bot.console.reports.bureau import NOW, Bureau, open_bureau
from tests.bot.console.reports.shelf import ANSWERS, STORY
from tests.storage.reports.makers import a_box, a_photo, kept

SEEDED = (777_123_456_789, "amina_desio_88", "Amina", "+39 333 987 6543", "333987")
"""Chat id, username, first name and phone of whoever sent it, as Telegram knows them."""


@dataclass(eq=False)
class House:
    """The bureau, the real reports, and what was pushed."""

    bureau: Bureau
    reports: Reports
    pushed: list[Push]
    id: str = ""
    number: str = ""
    box: Box = field(default_factory=a_box)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A report in Arabic with a photo and a reply line, sealed to Anna and Bruno."""
    reports = Reports.open(default_reports_url(tmp_path), data=tmp_path, effort=LIGHT_EFFORT)
    async with open_bureau(tmp_path, reports=reports) as bureau:
        made = House(bureau, reports, [])

        async def send(push: Push) -> Fate:
            made.pushed.append(push)
            return Fate.SENT

        bureau.desk.send = send
        box = made.box
        photo = kept(reports, box, a_photo(b"a photo of the place"))
        readers = [
            Recipient(bureau.id(name), PublicKey(bureau[name].key.public.bytes))
            for name in ("Anna", "Bruno")
        ]
        made.number = reports.submit(
            SendReport(
                box=box,
                answers=json.dumps(ANSWERS),
                files=(photo.id,),
                level=Level.SERIOUS,
                sector="restaurant",
                province="MB",
                ending=Ending.LINE,
                language="ar",
            ),
            [*readers, Recipient(0, make_pair().public)],
            NOW,
            Offered(SEEDED[0], "ar"),
        )
        made.id = box.id
        yield made
        reports.database.close()


async def test_it_is_read_answered_and_closed(house: House) -> None:
    """From the list to the end, on the real storage: read, photo, note, reply, given, closed."""
    anna, path = house.bureau["Anna"], f"/reports/{house.id}"
    assert house.number in (await anna.get("/reports")).words
    page = await anna.get(path)
    assert (STORY.split("\n")[0] in page.text, "1 file" in page.words) == (True, False)
    picture = re.search(r'src="([^"]*)"', page.text[page.text.index("file-picture") :])
    assert picture is not None
    assert (await anna.get(picture[1])).body == b"a photo of the place"
    await anna.post(f"{path}/notes", note="called the shelter")
    replied = await anna.post(f"{path}/reply", step="send", canned="thanks", said="0", word="w1")
    assert "the person's chat was told" in replied.words
    assert [push.chat_id for push in house.pushed] == [SEEDED[0]]
    await anna.post(f"{path}/assign", operator=str(house.bureau.id("Bruno")))
    closed = await anna.post(f"{path}/status", status="closed", reason="done")
    for words in ("with Bruno", "called the shelter", "It is done.", "We have read your report"):
        assert words in closed.words
    assert "Nothing is open" in (await anna.get("/reports")).words


async def test_by_handing_on_one_more_can_read_and_answer(house: House) -> None:
    """Sealed again to Carla, she opens it by her own key, and her reply reaches the chat too."""
    path = f"/reports/{house.id}"
    assert (await house.bureau["Carla"].get(path)).status == 404
    carla = str(house.bureau.id("Carla"))
    await house.bureau["Anna"].post(f"{path}/hand", operator=carla, sure="1")
    assert STORY.split("\n")[0] in (await house.bureau["Carla"].get(path)).text
    await house.bureau["Carla"].post(
        f"{path}/reply", step="send", canned="safe", said="0", word="w2"
    )
    assert len(house.pushed) == 1


async def test_a_cut_line_tells_nobody_any_more(house: House) -> None:
    """After it is cut a reply is kept for the code, and no chat hears of it."""
    path = f"/reports/{house.id}"
    house.reports.mailboxes.prepare()
    house.reports.give_code(house.box, NOW)
    house.reports.keep_code(house.box)
    await house.bureau["Anna"].post(f"{path}/line", sure="1")
    page = await house.bureau["Anna"].post(
        f"{path}/reply", step="send", canned="thanks", said="0", word="w"
    )
    assert "Kept. The person reads it when they come back with the code." in page.words
    assert house.pushed == []


async def test_without_code_and_line_nobody_is_answered(house: House) -> None:
    """The page says it before the line is cut, and afterwards takes no reply that nobody reads."""
    path = f"/reports/{house.id}"
    before = await house.bureau["Anna"].get(path)
    assert "After that nobody can answer any more" in before.words
    after = await house.bureau["Anna"].post(f"{path}/line", sure="1")
    assert ("Nobody can be answered" in after.words, "/reply" in after.text) == (True, False)


async def test_nobody_who_wrote_is_named_anywhere(house: House) -> None:
    """T-A4: chat id, username, first name and phone are in no page, header or audit row: 0."""
    bureau = house.bureau
    path = f"/reports/{house.id}"
    await bureau["Anna"].post(f"{path}/leaving", step="ask", reason="for the union")
    await bureau["Bruno"].post(f"{path}/leaving", step="agree", asked_by=str(bureau.id("Anna")))
    seen = []
    for name in ("Anna", "Bruno", "Carla", "Dario"):
        for page in report_pages(bureau.desk):
            evidence = house.reports.read(_reader(bureau), house.id).evidence[0].id
            where = page.path.format(report=house.id, evidence=evidence)
            browser = bureau[name]
            if page.method == "GET":
                seen.append(await browser.get(where))
            else:
                fields = {"step": "preview", "canned": "thanks", "note": "x", "reason": "done"}
                seen.append(await browser.post(where, **fields))
    seen.append(
        await bureau["Anna"].post(f"{path}/reply", step="send", canned="help", said="0", word="w")
    )
    seen.append(await bureau["Anna"].post(f"{path}/leaving", step="zip"))
    payloads = [page.text + str(page.headers) + page.path for page in seen]
    payloads += [str(entry) for entry in bureau.audit()]
    payloads += [repr(push) for push in house.pushed]
    hits = [one for one in SEEDED for payload in payloads if str(one) in payload]
    assert (hits, len(seen), len(house.pushed)) == ([], 58, 1)


async def test_an_open_page_and_a_report_that_is_gone(house: House) -> None:
    """Withdrawn while somebody reads it: every deed finds nothing, and nothing breaks."""
    anna, path = house.bureau["Anna"], f"/reports/{house.id}"
    await anna.get(path)
    with house.reports.database.writing() as connection:
        connection.execute(report.delete())
        connection.commit()
    statuses = [(await anna.get(path)).status]
    for deed in ("reply", "notes", "status", "assign", "hand", "line", "doubt", "leaving"):
        page = await anna.post(f"{path}/{deed}", step="send", canned="thanks", note="x", word="w")
        statuses.append(page.status)
    assert statuses == [404] * 9


def _reader(bureau: Bureau) -> Reader:
    return Reader(bureau.id("Anna"), bureau["Anna"].key)
