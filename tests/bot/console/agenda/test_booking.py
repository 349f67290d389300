"""A time is booked for somebody: from a case or a conversation, at a desk or elsewhere, once."""

from __future__ import annotations

from typing import Any

import pytest

from flows.calendar_model import NoticeState, Subject
from flows.handoff_model import Need
from storage.agenda import Message, messages_of
from storage.appointments.model import Opening
from storage.notices.model import BOOKED
from tests.bot.console.agenda.house import HALF, TEN, TUESDAY, Counter
from tests.bot.console.house import Browser


def slot(opening: Opening, at: str = "2026-11-24T09:30") -> str:
    """A free time as the form carries it."""
    return f"{opening.id}@{at}"


async def form_of(counter: Counter, whom: str) -> Browser:
    """A browser of Anna with the form open."""
    browser = await counter.at(counter.anna)
    assert (await browser.get(f"/appointments/new?{whom}")).status == 200
    return browser


async def test_a_time_is_booked_from_a_case(counter: Counter) -> None:
    """The free times stand in the form; the one chosen is theirs, with the words that were
    written, and nobody is reminded where there is no chat."""
    opening, sheet = counter.opens(at_once=2), counter.sheet(counter.anna)
    browser = await form_of(counter, f"case={sheet.id}")
    words = [
        "Tuesday 24 November",
        f'value="{slot(opening)}"',
        "2 places",
        "Nothing goes to a chat",
    ]
    assert [one for one in words if one not in browser.text] == []
    given = {"what": "Permesso", "note": "ha paura", "meets": counter.bruno.operator.id}
    given |= {"desk": "desio", "need": "papers", "slot": slot(opening)}
    answer = await browser.post("/appointments/new", case=sheet.id, **given)
    (made,) = counter.all()
    assert answer.headers["Location"] == f"/appointments/{made.id}?done=noted"
    assert (made.contact_id, made.person_id, made.opening_id) == (sheet.id, None, opening.id)
    assert (made.day, made.time, made.need, made.seat) == (TUESDAY, HALF, Need.PAPERS, 1)
    assert (made.operator_id, made.created_by) == (
        counter.bruno.operator.id,
        counter.anna.operator.id,
    )
    assert (made.words.what, made.words.note) == ("Permesso", "ha paura")
    assert made.words.bring == "Passaporto"
    assert counter.audit() == [("appointment changed", sheet.designation)]


async def test_a_time_is_booked_from_a_conversation(counter: Counter) -> None:
    """Their need and their desk stand in the form already; the person is told at once."""
    opening, person = counter.opens(), counter.person()
    talk = counter.asks(person, Need.LEGAL)
    browser = await form_of(counter, f"talk={talk.id}")
    assert 'value="legal" selected' in browser.text
    given = {"talk": talk.id, "desk": "desio", "need": "legal", "slot": slot(opening)}
    answer = await browser.post("/appointments/new", **given)
    (made,) = counter.all()
    assert answer.headers["Location"] == f"/appointments/{made.id}?done=booked"
    assert (made.person_id, made.designation) == (person, talk.designation)
    told = counter.look(lambda c: messages_of(c, Subject.APPOINTMENT, made.id))
    assert told[0] == Message(counter.clock.now(), BOOKED, NoticeState.WAITING)


async def test_a_time_elsewhere_has_a_place_of_its_own(counter: Counter) -> None:
    """The Questura is booked without a desk that gives times: day, hour, length, place, way."""
    sheet = counter.sheet(counter.anna)
    browser = await form_of(counter, f"case={sheet.id}")
    assert "gives no times yet" in browser.text
    given = {"where": "elsewhere", "day": "2026-11-24", "time": "10:00", "minutes": "45"}
    given |= {"place": "Questura di Milano", "how": "Metro Turati", "need": "papers"}
    assert (await browser.post("/appointments/new", case=sheet.id, **given)).status == 303
    (made,) = counter.all()
    assert (made.opening_id, made.day, made.time, made.minutes) == (None, TUESDAY, TEN, 45)
    assert (made.words.place, made.words.how) == ("Questura di Milano", "Metro Turati")


async def test_who_was_slower_chooses_again(counter: Counter) -> None:
    """A time that a colleague booked meanwhile is refused; the words typed are still there, and
    the time is offered no more."""
    opening, sheet = counter.opens(), counter.sheet(counter.anna)
    browser = await form_of(counter, f"case={sheet.id}")
    taken = counter.booked(opening=opening, day=TUESDAY, at=HALF)
    given = {"case": sheet.id, "desk": "desio", "need": "papers", "slot": slot(opening)}
    answer = await browser.post("/appointments/new", **given, what="Permesso")
    assert (answer.status, counter.all()) == (409, [taken])
    words = ("Somebody just took that time", 'value="Permesso"', f'value="{slot(opening)}"')
    assert [one in browser.text for one in words] == [True, True, False]
    assert counter.audit() == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose a time."),
        ({"slot": "x@2026-11-24T09:30"}, "Choose a time."),
        ({"slot": "77@2026-11-24T09:30"}, "Choose a time."),
        ({"where": "elsewhere", "day": "2026-11-24"}, "Choose day and time."),
        ({"where": "elsewhere", "day": "2026-11-24", "time": "10:00"}, "how many minutes"),
        (
            {"where": "elsewhere", "day": "2026-11-22", "time": "10:00", "minutes": "30"},
            "That is past",
        ),
    ],
)
async def test_what_cannot_be_booked_is_said(
    counter: Counter, fields: dict[str, Any], words: str
) -> None:
    """Nothing is written, the page says what is missing, and keeps what was typed."""
    counter.opens()
    sheet = counter.sheet(counter.anna)
    browser = await form_of(counter, f"case={sheet.id}")
    given = {"case": sheet.id, "bring": "Ricevuta"} | fields
    answer = await browser.post("/appointments/new", **given)
    assert (answer.status, counter.all(), counter.audit()) == (422, [], [])
    assert (words in browser.text, "Ricevuta" in browser.text) == (True, True)


async def test_nobody_books_for_another_offices_people(counter: Counter) -> None:
    """Without a person, for a made-up one, or for another office's, there is no such page."""
    sheet = counter.sheet(counter.anna)
    talk = counter.asks(counter.person())
    browser = await counter.at(counter.carla)
    await browser.get("/day")
    whom = ("", "case=1", f"case={sheet.id}", f"talk={talk.id}", "talk=x", "case=%00")
    found = {one: (await browser.get(f"/appointments/new?{one}")).status for one in whom}
    assert found == dict.fromkeys(whom, 404)
    given = {"where": "elsewhere", "day": "2026-11-24", "time": "10:00", "minutes": "30"}
    answers = [
        (await browser.post("/appointments/new", **given, case=sheet.id)).status,
        (await browser.post("/appointments/new", **given, talk=talk.id)).status,
    ]
    assert (answers, counter.all()) == ([404, 404], [])


async def test_a_time_of_another_office_is_not_taken(counter: Counter) -> None:
    """A form that names another office's opening books nothing there."""
    theirs = counter.opens(counter.carate, desk="carate")
    sheet = counter.sheet(counter.anna)
    browser = await form_of(counter, f"case={sheet.id}")
    answer = await browser.post("/appointments/new", case=sheet.id, slot=slot(theirs))
    assert (answer.status, counter.all()) == (422, [])


async def test_somebody_of_another_office_does_not_meet_them(counter: Counter) -> None:
    """Whoever is chosen to meet somebody is of the office; anybody else is nobody."""
    sheet, opening = counter.sheet(counter.anna), counter.opens()
    browser = await form_of(counter, f"case={sheet.id}")
    given = {"slot": slot(opening), "meets": counter.carla.operator.id}
    await browser.post("/appointments/new", case=sheet.id, **given)
    assert [one.operator_id for one in counter.all()] == [None]
