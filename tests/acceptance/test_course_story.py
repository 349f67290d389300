"""A course and a desk from the first form to the certificate: two workers, a teacher, an operator.

All of it goes by one clock. What people read in the chat is compared with what the office reads
at the console and in the group; every reminder comes at its minute, and not a minute before.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.local.state import Message
from bot.local.transcript import words
from bot.showing import NEUTRAL
from tests.acceptance.bureau import signed_in
from tests.acceptance.square import Square, Talk, open_square

PLACE, HOW = "Via Cusani 10, Carate Brianza", "Bus z250"
COURSE = {
    "kind": "italian",
    "level": "A1",
    "title": "Italiano la sera",
    "first": "2026-12-03",
    "starts": "18:00",
    "minutes": "120",
    "every": "weeks",
    "on.thu": "1",
    "step": "1",
    "ends": "times",
    "times": "2",
    "desk": "desio",
    "place": PLACE,
    "how": HOW,
    "seats": "1",
    "offer_hours": "24",
    "cost": "0",
    "waits": "1",
    "bring": "Un quaderno",
    "steps": "usual",
}
TIMES = {
    "desk": "desio",
    "hours": "lun-ven 09:00-11:00",
    "first": "2026-11-23",
    "minutes": "30",
    "at_once": "1",
    "lead_hours": "12",
    "ahead_days": "30",
    "online": "1",
}
NAME = "Amina Diallo"
ROME = ZoneInfo("Europe/Rome")

TOPICS = "SELECT count(*) FROM handoff WHERE topic IS NOT NULL"


async def test_a_course_from_the_form_to_the_certificate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is forgotten, nobody is told twice, and nobody learns who anybody is."""
    async with open_square(tmp_path / "data", capsys) as square:
        course = await a_course_is_made(square)
        await times_are_given(square)
        amina, rosa = await they_arrive(square)
        case = await a_case_is_made(square, amina)
        await the_seat_goes_round(square, course, amina, rosa)
        await an_appointment_is_made(square, rosa)
        await a_date_of_her_own(square, amina)
        await they_are_reminded(square, amina, rosa)
        await the_day_itself(square, course, amina, rosa)
        await a_lesson_is_moved(square, course, amina)
        await it_ends_with_a_certificate(square, course, case)
        await the_date_comes(square, amina)
        nothing_was_shown(square, rosa)
        nobody_was_named(square, amina, rosa)


# -- by one clock


async def goes_to(square: Square, when: str) -> None:
    """It is that moment on the clocks in Rome; the house looks at what is due."""
    moment = datetime.fromisoformat(when).replace(tzinfo=ROME)
    clock = square.town.clock
    square.town.expected.add("intake_gap")  # nobody writes for days
    assert moment > clock.now(), f"{when} is over"
    clock.advance(moment - clock.now())
    for work in ("notices", "messages to many", "group"):
        await square.town.antenna.scheduler.do(work)
        await square.town.settles()


def told(talk: Talk) -> list[Message]:
    """What came to a chat by itself and has buttons: reminders and offers."""
    return [one for one in talk.person.messages if one.mine and "push:" in repr(one.body)]


def buttons(message: Message) -> dict[str, str]:
    """The buttons of a message: what each says, and leads to."""
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    return {one["text"]: one["callback_data"] for row in rows for one in row}


async def answers(square: Square, talk: Talk, ending: str) -> None:
    """Tap the button of the last reminder whose way ends so."""
    last = told(talk)[-1]
    data = next(one for one in buttons(last).values() if one.endswith(ending))
    await talk.person.taps(data=data, message_id=last.id)
    await square.rests()


async def comes_at(square: Square, talk: Talk, when: str) -> str:
    """One reminder comes in that very minute, not in the one before; its words."""
    before = len(told(talk))
    at = datetime.fromisoformat(when)
    await goes_to(square, (at - timedelta(minutes=1)).isoformat())
    early = len(told(talk)) - before
    await goes_to(square, (at + timedelta(seconds=20)).isoformat())
    assert (early, len(told(talk)) - before) == (0, 1), (when, talk.person.said[-3:])
    return words(told(talk)[-1].body)


async def signs_in(square: Square) -> None:
    """Bruno, hours later: his session has ended."""
    now, bruno = square.town.clock.now(), square.bureau.colleagues[1]
    assert (await square.bruno.browser.sign_in(bruno, now)).status == 303


def lessons(square: Square) -> list[str]:
    """The pages of both lessons, in order."""
    found = square.town.query("SELECT id FROM lesson ORDER BY starts")
    return [f"/courses/lessons/{one}" for (one,) in found]


async def standing(square: Square, course: str) -> dict[str, int]:
    """How many stand how to the course."""
    asked = "SELECT state, count(*) FROM enrolment WHERE course_id = ? GROUP BY state"
    return dict(square.town.query(asked, int(course.rpartition("/")[2])))


# -- the story


async def a_course_is_made(square: Square) -> str:
    """Two Thursdays with one seat, as a form; then it is opened."""
    once = re.findall(r'name="once" value="([^"]+)"', await square.page("/courses/new"))[0]
    assert await square.posts("/courses/new", COURSE | {"once": once}, on="/courses/new") == 303
    course = square.where
    assert await square.posts(f"{course}/open") == 303
    return course


async def times_are_given(square: Square) -> None:
    """Half hours in the morning, that people book by themselves."""
    assert await square.posts("/openings/new", TIMES, on="/openings/new") == 303, (
        square.bruno.browser.text
    )


async def they_arrive(square: Square) -> tuple[Talk, Talk]:
    """Amina alone with her phone; Rosa's is looked at by others."""
    await square.asks("Amina", "en", "papers", "yes")
    await square.asks("Rosa", "ar", "pay", "morning", "yes", careful=True)
    topics = square.town.telegram.state.chats[square.anna.chat_id].topics
    await square.town.until(lambda: any("arabo" in one.name for one in topics.values()))
    await square.town.until(lambda: square.town.query(TOPICS) == [(2,)])
    await square.rests()
    [hers] = [one.name for one in topics.values() if "arabo" not in one.name]
    return square.finds("Amina", hers), square.finds("Rosa", "arabo")


async def a_case_is_made(square: Square, amina: Talk) -> str:
    """From what she asked a sheet, from the sheet a case: what she reaches can be written there."""
    assert await square.posts(f"{amina.path}/claim") == 303
    assert await square.posts(f"{amina.path}/sheet") == 303
    sheet = square.where
    case = sheet.removesuffix("/sheet")
    version = re.findall(r'name="version" value="(\d+)"', await square.page(sheet))[0]
    written = {"version": version, "f.story": "Vuole imparare", "f.language": "Inglese"}
    assert await square.posts(sheet, written, on=sheet) == 303
    moved = {"to": "identified_potential", "why": "turni"}
    assert await square.posts(f"{case}/move", moved) == 303
    taken = {"goals": "L'italiano", "why": "lo chiede", "review": "2027-01-10", "keep": "spoken"}
    assert await square.posts(f"{case}/take", taken) == 303
    return case


async def the_seat_goes_round(square: Square, course: str, amina: Talk, rosa: Talk) -> None:
    """Rosa has the only seat, Amina waits; Rosa goes, and Amina is asked, takes it, is named."""
    number = course.rpartition("/")[2]
    for talk in (rosa, amina):
        await talk.person.sends("/menu")
        await talk.row("courses", number, "enrol")
    assert [PLACE in "".join(one.person.said[:-1]) for one in (rosa, amina)] == [False, False]
    assert "Your number: 1" in amina.person.screen.text
    assert await standing(square, course) == {"enrolled": 1, "waiting": 1}
    await rosa.row("leave", "yes")
    await square.town.antenna.scheduler.do("notices")
    await square.rests()
    (offered,) = told(amina)
    until = "Answer before Tuesday 24 November"
    assert [one in words(offered.body) for one in ("There is a seat", until)] == [True, True]
    await answers(square, amina, ".yes")
    assert await standing(square, course) == {"enrolled": 1, "left": 1}
    await amina.row("name")
    await amina.teller.writes(NAME)
    page = await square.page(course)
    assert [one in page for one in (NAME, "Di nuovo libero", square.called(rosa))] == [
        True,
        False,
        True,
    ]


async def an_appointment_is_made(square: Square, rosa: Talk) -> None:
    """Booked by herself, then moved: the first time is free for others again."""
    await rosa.person.sends("/menu")
    await rosa.row("courses", "appointment")
    await rosa.row("pay", "2026-12-01", "0930", "yes")
    await rosa.row("move", "2026-12-01", "1000", "yes")
    kept = "SELECT day, time, state FROM appointment"
    assert square.town.query(kept) == [("2026-12-01", "10:00", "booked")]
    page = await square.page("/day?on=2026-12-01")
    assert [one in page for one in (square.called(rosa), "10:00")] == [True, True]
    assert "1 dicembre" not in "".join(rosa.person.said[:-1])


async def a_date_of_her_own(square: Square, amina: Talk) -> None:
    """Her health card: a day that is none is asked again, then it is written in other digits."""
    await amina.person.sends("/menu")
    await amina.row("things", "dates", "health_card")
    await amina.teller.writes("31/2/2027")
    assert "no such day" in amina.person.screen.text
    await amina.teller.writes("١٢/١/٢٠٢٧")
    assert "Tuesday 12 January 2027" in amina.person.screen.text
    await amina.row("yes")


async def they_are_reminded(square: Square, amina: Talk, rosa: Talk) -> None:
    """A week and a day before: to Amina what, when and where; to Rosa a page of Italian."""
    await comes_at(square, rosa, "2026-11-24T10:00")
    assert [one.endswith(".open") for one in buttons(told(rosa)[-1]).values()] == [True]
    full = ("Italiano la sera", "Thursday 3 December, 18:00", PLACE, "Un quaderno")
    week = await comes_at(square, amina, "2026-11-26T18:00")
    assert [one for one in full if one not in week] == []
    await answers(square, amina, ".yes")
    assert "You said: I come" in amina.person.screen.text
    await comes_at(square, rosa, "2026-11-30T10:00")
    await answers(square, rosa, ".open")
    assert "10:00" in rosa.person.screen.text
    await comes_at(square, rosa, "2026-12-01T08:00")


async def the_day_itself(square: Square, course: str, amina: Talk, rosa: Talk) -> None:
    """Late, for the group and the day; who comes, for the day; who was there, for the roll."""
    await goes_to(square, "2026-12-01T09:50")
    await answers(square, rosa, ".open")
    await rosa.row("late", "20")
    await goes_to(square, "2026-12-01T09:51")
    await signs_in(square)
    late = f"{square.called(rosa)} ha 20 minuti di ritardo"
    assert late in await square.reads("/day?on=2026-12-01")
    posted = words(square.anna.messages[-1].body)
    assert f"{square.called(rosa)} è in ritardo di 20 minuti: martedì 1 dicembre" in posted
    await comes_at(square, amina, "2026-12-02T18:00")
    await comes_at(square, amina, "2026-12-03T16:00")
    await signs_in(square)
    assert f"Italiano la sera 1 iscrizione {PLACE} 1 viene" in await square.reads(
        "/day?on=2026-12-03"
    )
    await goes_to(square, "2026-12-03T18:10")
    async with signed_in(square.town, square.bureau.colleagues[0]) as teacher:
        lesson = lessons(square)[0]
        assert lesson in await teacher.opens(course)
        page = await teacher.opens(lesson)
        marks = dict(re.findall(r'name="(p\.\d+)" value="(present)"', page))
        assert (NAME in page, len(marks)) == (True, 1)
        assert (await teacher.browser.post(lesson, **marks)).status == 303
    kept = "SELECT presence FROM attendance WHERE lesson_id = ?"
    assert square.town.query(kept, int(lesson.rpartition("/")[2])) == [("present",)]


async def a_lesson_is_moved(square: Square, course: str, amina: Talk) -> None:
    """Who has a seat is told at once, after somebody looked at it; the old reminder is gone."""
    await goes_to(square, "2026-12-04T11:00")
    await signs_in(square)
    lesson = lessons(square)[1]
    moved = {"day": "2026-12-11", "at": "18:30", "minutes": "120", "place": ""}
    assert await square.posts(f"{lesson}/move", moved, on=lesson) == 303
    drafted = {"lesson": lesson.rpartition("/")[2], "kind": "moved"}
    assert await square.posts("/messages/about", drafted, on=lesson) == 303
    draft = square.where
    old, new = "Not Thursday 10 December, 18:00.", "New: Friday 11 December, 18:30."
    page = await square.page(draft)
    assert [one in page for one in (old, new)] == [True, True]
    before, said = len(told(amina)), len(amina.person.said)
    assert await square.posts(f"{draft}/agree", on=draft) == 303
    await goes_to(square, "2026-12-04T11:05")
    came = [one for one in amina.person.said[said:] if "Your lesson has moved" in one]
    assert [(old in one, new in one) for one in came] == [(True, True)]
    await goes_to(square, "2026-12-09T18:05")
    assert len(told(amina)) - before == 1, "the message alone: the lesson is no more on Thursday"
    await comes_at(square, amina, "2026-12-10T18:30")
    await answers(square, amina, ".no")
    await goes_to(square, "2026-12-10T18:32")
    await signs_in(square)
    today, day = await square.reads("/day"), await square.reads("/day?on=2026-12-11")
    assert (f"{square.called(amina)} non può venire" in today, "spostata" in day) == (True, True)


async def it_ends_with_a_certificate(square: Square, course: str, case: str) -> None:
    """What she reached stands in her case: the certificate, and the level of Italian."""
    await goes_to(square, "2026-12-12T10:00")
    await signs_in(square)
    page = await square.page(course)
    [person] = re.findall(rf"({course}/people/\d+)/certify", page)
    assert await square.posts(f"{person}/certify", {"day": "2026-12-11"}, on=course) == 303
    reached = ("attestato: Italiano la sera", "livello di italiano raggiunto: Italiano la sera")
    page = await square.reads(case)
    assert [one for one in reached if one not in page] == []


async def the_date_comes(square: Square, amina: Talk) -> None:
    """A month before: the day, and the card that explains the step; nobody else reads of it."""
    said = await comes_at(square, amina, "2026-12-13T10:00")
    assert "Tuesday 12 January 2027" in said
    await answers(square, amina, ".open")
    assert "Tuesday 12 January 2027" in amina.person.screen.text
    assert "card" in amina.teller.options
    await signs_in(square)
    assert "Niente in questo giorno." in await square.reads("/day?on=2027-01-12")
    pages = [await square.page(one) for one in ("/day?on=2026-12-13", amina.path)]
    assert [one for one in pages if "12 gennaio" in one or "2027-01-12" in one] == []


def nothing_was_shown(square: Square, rosa: Talk) -> None:
    """What came to Rosa by itself was a page of Italian and one button, without a sound."""
    chat = rosa.person.chat_id
    sent = [one.params for one in square.town.judge.of("sendMessage")]
    hers = [one for one in sent if one.get("chat_id") == chat and "push:" in repr(one)]
    assert len(hers) == 3
    italian = [square.in_language("ar", one) for one in NEUTRAL]
    assert [one["text"] for one in hers if one["text"] not in italian] == []
    assert [one for one in hers if repr(one).count("push:") > 1] == []
    assert [one for one in hers if not one.get("disable_notification")] == []


def nobody_was_named(square: Square, *talks: Talk) -> None:
    """No number, name, account or word of a person in the group, none in what a button carries."""
    people = [str(one.person.phone.person_id) for one in talks]
    hidden = [*people, "-surname", "_account", "Amina", "Rosa", NAME, "12 January", "12 gennaio"]
    posts = square.told()
    assert len(posts) > 8
    assert [one for one in hidden for call in posts if one in call] == []
    carried = [data for one in talks for m in one.person.messages for data in buttons(m).values()]
    assert all(len(data) <= 64 and data.isascii() for data in carried)
    assert [one for one in hidden for data in carried if one in data] == []
