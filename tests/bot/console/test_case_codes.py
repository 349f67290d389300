"""Codes between desk and chat: they lead to one story, once, and whoever guesses finds nothing."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import insert

from storage.cases.finding import find_contact
from storage.handover import Whose, make_handover, take_in_chat
from storage.schema import person as table
from storage.vault import random_id
from tests.bot.console.casework import STORY, sheet
from tests.bot.console.house import START, Console


def person(console: Console, chat: int) -> int:
    """The id of somebody who writes to Antenna."""
    vault, id_ = console.database.vault, random_id()
    lookup, sealed = vault.lookup(chat), vault.seal_chat(chat, id_)
    values = {"id": id_, "lookup": lookup, "chat": sealed, "since": START.date()}
    console.do(lambda c: c.execute(insert(table).values(seen=START.date(), **values)))
    return id_


def code_of(console: Console, person_id: int) -> str:
    """The code that a person shows at the desk."""
    vault, now = console.database.vault, console.clock.now()
    return str(console.do(lambda c: make_handover(c, vault, Whose(person_id=person_id), 0, now)))


async def test_a_code_from_the_chat_opens_the_story_once(console: Console) -> None:
    """The digits, however they are spaced, open one sheet; used again they open nothing."""
    anna = await console.signed_in(console.reader("Anna"))
    code = code_of(console, person(console, 4711))
    await anna.get("/code")
    answer = await anna.post("/code", code=f"{code[:4]} {code[4:]}")
    assert re.fullmatch(r"/cases/\d+\?done=joined", answer.headers["Location"])
    await anna.get(answer.headers["Location"])
    assert "chat is joined to this sheet" in anna.text
    await anna.get("/code")
    assert (await anna.post("/code", code=code)).status == 422


async def test_a_wrong_code_opens_nothing(console: Console) -> None:
    """Whatever is typed in its place, the page asks again and says nothing of who there is."""
    anna = await console.signed_in(console.reader("Anna"))
    code = code_of(console, person(console, 4711))
    wrong = ["", "1", "x" * 40, "²" * 8, f"{(int(code) + 1) % 10**8:08}"]
    await anna.get("/code")
    assert {(await anna.post("/code", code=one)).status for one in wrong} == {422}
    assert "does not work" in anna.text


async def test_another_offices_case_is_shown_in_part(console: Console) -> None:
    """Who brings their code to a second office shows it what it needs, and no more."""
    anna = console.reader("Anna", office=console.office("Carate"))
    carla = await console.signed_in(console.reader("Carla", office=console.office("Monza")))
    whose = person(console, 4711)
    case = sheet(console, anna.operator, person_id=whose)
    await carla.get("/code")
    answer = await carla.post("/code", code=code_of(console, whose))
    assert answer.headers["Location"] == f"/cases/{case}?done=joined"
    await carla.get(answer.headers["Location"])
    assert ("You see only what the person agreed" in carla.text, STORY in carla.text) == (
        True,
        False,
    )


async def test_a_code_from_the_desk_joins_the_chat(console: Console) -> None:
    """It is shown once, on no other page, and the chat that gives it is joined to the sheet."""
    reader = console.reader("Anna")
    anna = await console.signed_in(reader)
    case = sheet(console, reader.operator)
    await anna.get(f"/cases/{case}")
    assert (await anna.post(f"/cases/{case}/code")).status == 200
    found = re.findall(r'class="code-digits">(\d{4} \d{4})<', anna.text)
    code = found[0].replace(" ", "")
    whose, vault, now = person(console, 815), console.database.vault, console.clock.now()
    joined = console.do(lambda c: take_in_chat(c, vault, code, whose, now))
    assert joined is not None
    contact = console.look(lambda c: find_contact(c, case))
    assert (joined.id, contact.person_id) == (case, whose)
    await anna.get(f"/cases/{case}")
    assert found[0] not in anna.text
    assert (await anna.post(f"/cases/{case}/code")).status == 404


async def test_a_code_lasts_a_day(console: Console) -> None:
    """A day later the digits are nobody's."""
    code = code_of(console, person(console, 4711))
    console.clock.go(timedelta(hours=24))
    anna = await console.signed_in(console.reader("Anna"))
    await anna.get("/code")
    assert (await anna.post("/code", code=code)).status == 422


async def test_no_page_of_a_case_tells_whose_chat_it_is(console: Console) -> None:
    """Neither the number of the chat nor the person's own id is on any page, nor on paper."""
    reader = console.reader("Anna")
    anna = await console.signed_in(reader)
    whose = person(console, 990_815_4711)
    case = sheet(console, reader.operator, person_id=whose)
    for path in ("", "/sheet", "/paper", "/plan-paper"):
        assert (await anna.get(f"/cases/{case}{path}")).status == 200
        assert [one for one in ("9908154711", str(whose)) if one in anna.text] == []
