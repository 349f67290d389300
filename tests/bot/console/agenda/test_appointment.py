"""One appointment: opened with a row in the audit, moved, cancelled, held; by its office only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flows.calendar_model import AppointmentState, NoticeState, Reply, Subject
from storage.agenda import Message, messages_of
from storage.appointments.model import Body
from storage.notices.model import MOVED
from tests.bot.console.agenda.house import HALF, TEN, TUESDAY, Counter

QUESTURA = Body("Permesso", "Questura di Milano", "Metro Turati", "Ricevuta", "ha paura")


async def test_an_appointment_is_read_and_that_is_written_down(counter: Counter) -> None:
    """Its words, who meets them, what the person said and the ways to them stand on its page."""
    person = counter.person()
    talk = counter.asks(person)
    meets = counter.bruno.operator.id
    one = counter.booked(person_id=person, body=QUESTURA, day=TUESDAY, meets=meets)
    counter.says(one, Reply.COMES)
    browser = await counter.at(counter.anna)
    assert (await browser.get(f"/appointments/{one.id}")).status == 200
    words = [*(getattr(QUESTURA, name) for name in QUESTURA.__slots__), "comes"]
    words += [
        "Told of the appointment: planned",
        "Reminder: planned",
        "Bruno Riva",
        "by Anna Colombo",
        f'href="/talks/{talk.id}#now"',
    ]
    assert [word for word in words if word not in browser.text] == []
    assert counter.audit() == [("appointment read", one.designation)]


async def test_an_appointment_of_another_office_is_not_there(counter: Counter) -> None:
    """Whoever knows its number reads nothing, changes nothing, and leaves no row that says so."""
    one = counter.booked()
    browser = await counter.at(counter.carla)
    await browser.get("/day")
    path = f"/appointments/{one.id}"
    found = [
        (await browser.get(path)).status,
        (await browser.post(f"{path}/move", where="elsewhere")).status,
        (await browser.post(f"{path}/cancel")).status,
        (await browser.post(f"{path}/close", state="done")).status,
        (await browser.post(f"{path}/words", what="x")).status,
        (await browser.get("/appointments/1")).status,
    ]
    assert (found, counter.kept(one.id), counter.audit()) == ([404] * 6, one, [])


async def test_it_is_moved_to_a_free_time_of_the_desk(counter: Counter) -> None:
    """The new time is theirs, what they said to the old one counts no more, they are told."""
    opening = counter.opens()
    one = counter.booked(opening=opening, day=TUESDAY)
    counter.says(one, Reply.COMES)
    browser = await counter.at(counter.anna)
    await browser.get(f"/appointments/{one.id}")
    assert f'value="{opening.id}@2026-11-24T09:30"' in browser.text
    slot = f"{opening.id}@2026-11-25T10:00"
    answer = await browser.post(f"/appointments/{one.id}/move", slot=slot)
    assert answer.headers["Location"] == f"/appointments/{one.id}?done=moved"
    now = counter.kept(one.id)
    assert (now.day, now.time, now.reply) == (TUESDAY + timedelta(days=1), TEN, Reply.NOTHING)
    told = counter.look(lambda c: messages_of(c, Subject.APPOINTMENT, one.id))
    assert Message(counter.clock.now(), MOVED, NoticeState.WAITING) in told


async def test_a_time_that_is_taken_or_past_moves_nothing(counter: Counter) -> None:
    """The page says why, keeps what was typed, and the appointment is as it was."""
    opening = counter.opens()
    one = counter.booked(opening=opening, day=TUESDAY)
    counter.booked(opening=opening, day=TUESDAY, at=HALF)
    browser = await counter.at(counter.anna)
    await browser.get(f"/appointments/{one.id}")
    path, found = f"/appointments/{one.id}/move", []
    past = {"where": "elsewhere", "day": "2026-11-20", "time": "10:00", "minutes": "30"}
    for fields, words in (
        ({"slot": f"{opening.id}@2026-11-24T09:30"}, "Somebody just took that time"),
        ({"slot": "x"}, "Choose a time."),
        (past, "That is past"),
    ):
        answer = await browser.post(path, **fields)
        found.append((answer.status, words in browser.text))
    assert (found, counter.kept(one.id)) == ([(409, True), (422, True), (422, True)], one)
    assert 'value="2026-11-20"' in browser.text
    assert [deed for deed, _about in counter.audit() if deed == "appointment changed"] == []


async def test_a_cancelled_time_is_free_again(counter: Counter) -> None:
    """Cancelled, it stands in no list, its seat is given anew, and it is not cancelled twice."""
    opening = counter.opens()
    one = counter.booked(opening=opening, day=TUESDAY)
    browser = await counter.at(counter.anna)
    await browser.get(f"/appointments/{one.id}")
    answer = await browser.post(f"/appointments/{one.id}/cancel")
    assert answer.headers["Location"] == f"/appointments/{one.id}?done=cancelled"
    now = counter.kept(one.id)
    assert (now.state, now.seat) == (AppointmentState.CANCELLED, None)
    assert (await browser.post(f"/appointments/{one.id}/cancel")).status == 422
    assert "Nothing was changed" in browser.text
    assert "Told that it is cancelled: planned" in browser.text
    await browser.get("/day?on=2026-11-24")
    assert one.designation not in browser.text
    assert counter.booked(opening=opening, day=TUESDAY).seat == 1


async def test_what_came_of_it_is_noted_and_a_slip_taken_back(counter: Counter) -> None:
    """They came, they did not, nobody knows yet: each is one tap, and stands in the day."""
    one = counter.booked()
    browser = await counter.at(counter.anna)
    found = []
    for state, words in (("done", "came"), ("no_show", "did not come"), ("booked", "answered")):
        await browser.get(f"/appointments/{one.id}")
        answer = await browser.post(f"/appointments/{one.id}/close", state=state)
        assert answer.headers["Location"] == f"/appointments/{one.id}?done={state}"
        await browser.get("/day")
        found.append((counter.kept(one.id).state.value, words in browser.text))
    assert found == [("done", True), ("no_show", True), ("booked", True)]
    refused = [
        (await browser.post(f"/appointments/{one.id}/close", state=state)).status
        for state in ("cancelled", "x", "booked")
    ]
    assert refused == [404, 404, 422]


async def test_its_words_and_who_meets_them_can_be_changed(counter: Counter) -> None:
    """What was written anew is kept, and nothing else of the appointment changes."""
    one = counter.booked(day=TUESDAY)
    browser = await counter.at(counter.anna)
    await browser.get(f"/appointments/{one.id}")
    fields = {name: getattr(QUESTURA, name) for name in QUESTURA.__slots__}
    fields["meets"] = str(counter.anna.operator.id)
    answer = await browser.post(f"/appointments/{one.id}/words", **fields)
    assert answer.headers["Location"] == f"/appointments/{one.id}?done=rewritten"
    expected = replace(one, body=QUESTURA, operator_id=counter.anna.operator.id)
    assert counter.kept(one.id) == expected
