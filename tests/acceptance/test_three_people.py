"""Three people and two operators, at once: a story from the first question to the last outcome."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.local.transcript import words
from flows.ready import READY
from tests.acceptance.square import NUMBER, Square, Talk, open_square

ARABIC, BENGALI = "لم يدفعوا لي منذ شهرين", "মালিকের বাড়িতে থাকি"
PHONE = "+393331234567"


async def test_three_people_and_two_operators(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is done at a phone, in the group or at the console shows where it should, and
    nowhere else; at the end the group was never told who anybody is."""
    async with open_square(tmp_path / "data", capsys) as square:
        amina, rahim, rosa = await they_ask(square)
        await they_are_answered(square, amina, rahim)
        await files_go_both_ways(square, amina, rahim)
        await words_are_changed(square, amina, rahim)
        await work_is_shared(square, amina, rahim)
        case = await a_case_is_made(square, rahim)
        await a_plan_is_made(square, rahim, case)
        await codes_lead_both_ways(square, amina, rosa)
        await a_case_ends(square, case)
        await it_waits_for_the_evening(square, rosa)
        await it_is_closed(square, rosa)
        nobody_was_named(square)


async def they_ask(square: Square) -> tuple[Talk, Talk, Talk]:
    """Each with their own need, who and safe hours, at the same time; each gets a topic."""
    await asyncio.gather(
        square.asks("Amina", "ar", "pay", "morning", "yes", careful=True),
        square.asks("Rahim", "bn", "house", "no", "who", "man", "yes"),
        square.asks("Rosa", "it", "papers", "no", "who", "woman", "no", "safe", "evening", "yes"),
    )
    await square.rests()
    amina = square.finds("Amina", "arabo")
    rahim = square.finds("Rahim", "bengalese")
    rosa = square.finds("Rosa", "italiano")
    cards = [words(square.topic(one)[0].body) for one in (amina, rahim, rosa)]
    told = [("Paga", "arabo", "la mattina"), ("Casa", "uomo", "sempre"), ("donna", "la sera")]
    missing = [
        one for card, said in zip(cards, told, strict=True) for one in said if one not in card
    ]
    assert missing == []
    inbox = await square.page("/talks")
    assert [one.path in inbox for one in (amina, rahim, rosa)] == [True] * 3
    return amina, rahim, rosa


async def they_are_answered(square: Square, amina: Talk, rahim: Talk) -> None:
    """Anna in the group, Bruno at the console: claim, note, answer; each is refused the other's."""
    await asyncio.gather(amina.person.sends(ARABIC), rahim.person.sends(BENGALI))
    await square.rests()
    assert (ARABIC in "".join(amina.person.wrote), BENGALI in rahim.person.wrote) == (False, True)
    await square.taps(amina, "h:claim", "la mattina")
    await square.writes(amina, "La conosco dallo sportello")
    await square.writes(amina, "Buongiorno, sono Anna", reply_to=square.shown(amina, ARABIC).id)
    await square.writes(amina, "/r Quando finisce di lavorare?")
    page = await square.page(amina.path)
    seen = (ARABIC, "La conosco dallo sportello", "Buongiorno, sono Anna", "Quando finisce")
    assert [one for one in seen if one not in page] == []
    assert [one in amina.read for one in seen[1:]] == [False, True, True]
    assert await square.posts(f"{amina.path}/say", {"text": "Rispondo anch'io"}) == 409

    assert await square.posts(f"{rahim.path}/claim") == 303
    assert "Bruno" in words(square.topic(rahim)[0].body)
    assert await square.posts(f"{rahim.path}/notes", {"note": "Chiamo la mediatrice"}) == 303
    assert await square.posts(f"{rahim.path}/say", {"canned": READY[0].key}) == 303
    assert await square.posts(f"{rahim.path}/say", {"text": "Buongiorno da Bruno"}) == 303
    await square.writes(rahim, "/r Rispondo anch'io")
    assert [square.shown(rahim, one).mine for one in ("Chiamo la mediatrice", "da Bruno")] == [
        True,
        True,
    ]
    bengali = square.in_language("bn", READY[0].text)
    assert [one in rahim.read for one in (bengali, "da Bruno", "mediatrice")] == [True, True, False]
    assert ["anch'io" in one.read for one in (amina, rahim)] == [False, False]


async def files_go_both_ways(square: Square, amina: Talk, rahim: Talk) -> None:
    """Voice, photo, album, document and place; a telephone number of hers goes nowhere."""
    said = len(square.topic(rahim))
    phone = rahim.person
    await phone.sends(voice={"duration": 3})
    await phone.sends(photo={}, caption="চুক্তি")
    await phone.sends(album=[{"photo": {}}, {"photo": {}}])
    await phone.sends(document={"name": "busta.pdf", "mime_type": "application/pdf"})
    await phone.sends(location={"latitude": 45.6, "longitude": 9.2})
    await phone.sends(contact={"phone_number": PHONE, "first_name": "Rahim"})
    await square.town.passes(timedelta(seconds=10))
    await square.rests()
    kinds = [kind_of(one.body) for one in square.topic(rahim)[said:]]
    assert kinds == ["voice", "photo", "photo", "photo", "document", "location", "text"]
    assert square.shown(rahim, "non può portare").mine
    page = await square.page(rahim.path)
    assert page.count("<audio") == 1
    assert len(re.findall(rf"{rahim.path}/files/\d+", page)) >= 5

    hers = square.shown(amina, ARABIC).id
    await square.taps(amina, "h:reply", "la mattina")
    prompt = square.topic(amina)[-1].id
    await square.writes(amina, "Ecco dove siamo", reply_to=prompt)
    await square.writes(amina, location={"latitude": 45.6, "longitude": 9.2}, reply_to=hers)
    await square.writes(amina, voice={"duration": 2}, reply_to=hers)
    await square.writes(amina, photo={}, caption="/r Questo foglio")
    await square.writes(amina, photo={}, caption="Solo per noi")
    got = [kind_of(one.body) for one in amina.person.messages if one.mine]
    assert [got.count(one) for one in ("location", "voice", "photo")] == [1, 1, 1]
    assert ["Ecco dove siamo" in amina.read, "Solo per noi" in amina.read] == [True, False]
    await square.writes(amina, "/pronte")
    await square.taps(amina, f"h:ready:{READY[1].key}", "Risposte pronte")
    await square.taps(amina, f"h:say:{READY[1].key}", "In italiano")
    arabic = square.in_language("ar", READY[1].text)
    assert arabic in amina.read


def kind_of(body: dict[str, object]) -> str:
    """What a message is."""
    kinds = ("voice", "photo", "document", "location")
    return next((one for one in kinds if one in body), "text")


async def words_are_changed(square: Square, amina: Talk, rahim: Talk) -> None:
    """An edit goes over in both directions; an undo takes the words back."""
    sent = await rahim.person.sends("alle nove")
    await square.rests()
    await rahim.person.phone.edit(sent["message_id"], "alle dieci")
    await square.rests()
    assert square.shown(rahim, "alle dieci").mine
    assert "alle dieci" in await square.page(rahim.path)
    said = await square.writes(amina, "/r Venga martedì")
    await square.anna.phone.edit(said, "/r Venga giovedì")
    await square.rests()
    assert [one in amina.read for one in ("martedì", "giovedì")] == [False, True]
    await square.writes(amina, "/r Uno sbaglio")
    await square.taps(amina, "h:undo", "✉️")
    assert "sbaglio" not in amina.read


async def work_is_shared(square: Square, amina: Talk, rahim: Talk) -> None:
    """A mediator, an appointment, and a conversation that changes hands, with a reason."""
    await square.writes(amina, "/mediatore")
    assert "mediat" in (await square.page(amina.path)).partition('id="facts"')[2][:900]
    fields = {"day": "2026-12-03", "time": "10:30", "place": "Via Roma 1", "words": ""}
    assert await square.posts(f"{rahim.path}/appointment", fields) == 303
    assert ["Via Roma 1" in rahim.read, square.shown(rahim, "Via Roma 1").mine] == [True, True]
    await square.writes(rahim, "/subentra Bruno va in ferie")
    assert "Bruno va in ferie" in await square.page(rahim.path)
    assert await square.posts(f"{rahim.path}/say", {"text": "Sono ancora qui"}) == 409
    await square.writes(rahim, "/r Adesso ci sono io")
    assert ["ancora qui" in rahim.read, "ci sono io" in rahim.read] == [False, True]
    assert await square.posts(f"{rahim.path}/over", {"why": "Sono tornato"}) == 303
    assert square.shown(rahim, "Sono tornato").mine


async def a_case_is_made(square: Square, rahim: Talk) -> str:
    """From the conversation a sheet, from the sheet a case, with the choices of the person."""
    assert await square.posts(f"{rahim.path}/sheet") == 303
    sheet = square.where
    case = sheet.removesuffix("/sheet")
    page = await square.page(sheet)
    assert re.search(r'name="f.needs.house"[^>]* checked', page)
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    told = {"version": version, "f.story": "Dorme dal capo", "f.needs.house": "1"}
    told |= {"f.housing_tied": "yes", "f.language": "Bengalese"}
    assert await square.posts(sheet, told, on=sheet) == 303
    moved = {"to": "identified_potential", "why": "turni, passaporto"}
    assert await square.posts(f"{case}/move", moved) == 303
    taken = {"goals": "Una stanza", "why": "lo chiede", "review": "2027-01-10"}
    assert await square.posts(f"{case}/take", taken) == 422
    assert await square.posts(f"{case}/take", taken | {"keep": "spoken"}) == 303
    chat = {"purpose": "contact", "given": "1", "how": "spoken"}
    assert await square.posts(f"{case}/choices", chat) == 303
    return case


async def a_plan_is_made(square: Square, rahim: Talk, case: str) -> None:
    """Three lanes; the bed before the boss; the person sees it and asks for another day."""
    lanes = {
        "work": ("S11", "Il corso"),
        "social": ("S13", "Un letto"),
        "personal": ("S04", "Da me"),
    }
    for lane, (service, what) in lanes.items():
        step = {"lane": lane, "service": service, "what": what, "due": "2026-12-01"}
        assert await square.posts(f"{case}/plan", step) == 303, square.bruno.browser.text
    boss = {"lane": "work", "service": "S06", "what": "Lettera al capo", "due": "2026-12-02"}
    boss["to_employer"] = "1"
    assert await square.posts(f"{case}/plan", boss) == 422
    assert await square.posts(f"{case}/bed", {"bed": "found", "why": "Caritas"}) == 303
    agreed = {"purpose": "employer", "given": "1", "how": "spoken"}
    assert await square.posts(f"{case}/choices", agreed) == 303
    assert await square.posts(f"{case}/plan", boss) == 303
    await rahim.person.sends("/menu")
    await rahim.row("things")
    await rahim.row("plan")
    shown = rahim.person.screen.text
    step = next(one for one in rahim.teller.options if one.isdecimal())
    await rahim.row(step)
    assert ["Una stanza" in shown, "Dorme" in shown] == [True, False]
    await rahim.row("move")
    await square.rests()
    page = await square.page(case)
    assert "un altro giorno" in page


async def codes_lead_both_ways(square: Square, amina: Talk, rosa: Talk) -> None:
    """From the chat to the desk by eight digits, from the desk to the chat by a link."""
    await amina.person.sends("/menu")
    await amina.row("talk", "code", "show")
    [code] = NUMBER.findall(amina.person.popups[-1])
    assert code not in amina.read
    assert await square.posts("/code", {"code": code}, on="/code") == 303
    hers = square.where
    assert await square.posts("/code", {"code": code}, on="/code") == 422
    assert hers.startswith("/cases/")

    once = re.findall(r'name="once" value="([^"]+)"', await square.page("/cases/new"))[0]
    walked_in = {"once": once, "source": "desk", "f.story": "Ha perso il permesso"}
    assert await square.posts("/cases/new", walked_in, on="/cases/new") == 303
    case = square.where
    assert await square.posts(f"{case}/code") == 200
    [digits] = re.findall(r'code-digits">(\d{4} \d{4})<', square.bruno.browser.text)
    await rosa.person.sends(f"/start go_{digits.replace(' ', '')}")
    await rosa.row("yes")
    assert digits not in rosa.read
    assert await square.posts(f"{case}/code") == 404


async def a_case_ends(square: Square, case: str) -> None:
    """No end without an outcome; then with a reason."""
    ended = {"reason": "goal_reached", "why": "ha il letto"}
    assert await square.posts(f"{case}/conclude", ended) == 422
    outcome = {"code": "O16", "day": "2026-11-23", "words": "una stanza"}
    assert await square.posts(f"{case}/outcomes", outcome) == 303
    assert await square.posts(f"{case}/conclude", ended) == 303
    assert "ha il letto" in await square.page(case)


async def it_waits_for_the_evening(square: Square, rosa: Talk) -> None:
    """Outside her safe hours the words wait, and the topic says until when."""
    await square.anna.phone.send("/r La aspettiamo", thread=rosa.thread)
    await square.town.until(lambda: "18:00" in words(square.topic(rosa)[-1].body))
    assert "aspettiamo" not in rosa.read
    square.town.clock.advance(timedelta(hours=9))
    await square.town.ticks()
    await square.rests()
    assert "La aspettiamo" in rosa.read


async def it_is_closed(square: Square, rosa: Talk) -> None:
    """Closed with a reason, rated in two taps; what she writes next opens the same one again."""
    await square.writes(rosa, "/chiudi")
    await square.taps(rosa, "h:close:answered", "Perché")
    await rosa.row("rate", "3")
    await square.rests()
    assert square.town.query("SELECT state, rating FROM handoff WHERE id = ?", rosa.id) == [
        ("closed", 3)
    ]
    await rosa.person.sends("Ancora una cosa")
    await square.rests()
    assert square.shown(rosa, "Ancora una cosa").mine
    assert square.town.query("SELECT state FROM handoff WHERE id = ?", rosa.id) == [("waiting",)]


def nobody_was_named(square: Square) -> None:
    """No payload to the group holds a number, a name, an account or a telephone of a person."""
    people = [one.person.phone.person_id for one in square.talks.values()]
    hidden = [*(str(one) for one in people), *square.talks, "-surname", "_account", PHONE]
    told = square.told()
    assert len(told) > 40
    assert [one for one in hidden for call in told if one in call] == []
