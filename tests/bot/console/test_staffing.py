"""Operators who change, who are away, and who leave: nothing of theirs stays stuck."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage import operators
from storage.access import find_contacts
from storage.desks import Desk, all_desks, save_desk
from storage.operators import Role
from tests.bot.console.casework import a_case
from tests.bot.console.house import Console, Reader


def now(console: Console, reader: Reader) -> operators.Operator:
    """An operator as they are today."""
    found = console.look(lambda c: operators.find_operator(c, reader.operator.id))
    assert isinstance(found, operators.Operator)
    return found


async def test_a_colleague_leaves_and_nothing_is_stuck(console: Console) -> None:
    """One button: signed out, removed, and cases and things to do are with whoever was named."""
    office = console.office("Carate")
    head = await console.signed_in(console.reader("Head", Role.ADMINISTRATOR))
    bea, carla = console.reader("Bea", office=office), console.reader("Carla", office=office)
    case, open_one = a_case(console, bea.operator), await console.signed_in(bea)
    await head.get(f"/operators/{bea.operator.id}/leave")
    assert "Carla" in head.text
    await head.post(f"/operators/{bea.operator.id}/remove", to=carla.operator.id)
    assert "1 case is with Carla now." in head.text
    assert (now(console, bea).active, (await open_one.get("/cases")).status) == (False, 303)
    held = console.look(lambda c: find_contacts(c, carla.operator))
    assert [(one.id, one.owner) for one in held] == [(case, carla.operator.id)]


async def test_work_goes_to_nobody_who_may_not_read_it(console: Console) -> None:
    """A colleague of another office takes nothing over, and then nobody leaves either."""
    head = await console.signed_in(console.reader("Head", Role.ADMINISTRATOR))
    bea, far = console.reader("Bea"), console.reader("Dario", office=console.office("Monza"))
    a_case(console, bea.operator)
    await head.get("/operators")
    answer = await head.post(f"/operators/{bea.operator.id}/remove", to=far.operator.id)
    assert (answer.status, now(console, bea).active) == (422, True)


async def test_who_becomes_an_antenna_reads_nothing_more(console: Console) -> None:
    """The role counts at once: the open console closes, and what they had goes to the office."""
    head = await console.signed_in(console.reader("Head", Role.ADMINISTRATOR))
    bea = console.reader("Bea", office=console.office("Carate"))
    case, browser = a_case(console, bea.operator), await console.signed_in(bea)
    await head.get("/operators")
    await head.post(f"/operators/{bea.operator.id}/role", role="antenna", territory="")
    assert (await browser.get(f"/cases/{case}")).status == 303
    again = await console.signed_in(Reader(now(console, bea), bea.key, bea.totp))
    assert (await again.get(f"/cases/{case}")).status == 403


async def test_somebody_always_looks_after_the_others(console: Console) -> None:
    """The last administrator stays one, whatever the form says."""
    reader = console.reader("Head", Role.ADMINISTRATOR)
    head = await console.signed_in(reader)
    await head.get("/operators")
    answer = await head.post(f"/operators/{reader.operator.id}/role", role="operator")
    assert (answer.status, now(console, reader).role) == (422, Role.ADMINISTRATOR)


async def test_days_away_are_seen_by_whoever_gives_work(console: Console) -> None:
    """One says it of oneself; colleagues read it beside the name."""
    office = console.office("Carate")
    anna, bea = console.reader("Anna", office=office), console.reader("Bea", office=office)
    first = await console.signed_in(bea)
    await first.get("/account")
    await first.post("/account/away", since="2026-11-20", until="2026-12-01")
    found = now(console, bea)
    assert (found.away_from, found.away_until) == (date(2026, 11, 20), date(2026, 12, 1))
    other = await console.signed_in(anna)
    await other.get(f"/cases/{a_case(console, anna.operator)}")
    assert "Bea – away" in other.text
    for since, until in (("2026-12-02", "2026-12-01"), ("", "2026-12-01"), ("x", "")):
        assert (await first.post("/account/away", since=since, until=until)).status == 422
    assert now(console, bea) == found


async def test_a_coordinator_sees_the_territory_alone(console: Console) -> None:
    """Of other offices' people a coordinator reads nothing, and says nothing of their days."""
    near, far = console.office("Carate"), console.office("Monza")
    bea, dario = console.reader("Bea", office=near), console.reader("Dario", office=far)
    carla = console.reader("Carla", Role.COORDINATOR, near)
    browser = await console.signed_in(carla)
    await browser.get("/operators")
    assert ("Bea" in browser.text, "Dario" in browser.text) == (True, False)
    found = [
        (await browser.post(f"/operators/{one.operator.id}/away", since="2026-11-20")).status
        for one in (bea, dario)
    ]
    assert found == [303, 404]
    assert (await browser.post(f"/operators/{bea.operator.id}/role", role="antenna")).status == 403


# -- desks


async def test_a_desk_is_added_changed_and_closed(console: Console) -> None:
    """What people read of a desk is what the form says; its key and its day stay."""
    office = console.office("Carate")
    console.reader("Anna", office=office)
    head = await console.signed_in(console.reader("Head", Role.ADMINISTRATOR))
    await head.get("/desks")
    fields = {"name": "Maggiolino", "territory": "Carate", "office": office, "talks": "1"}
    fields |= {"hours": "lun-ven 09:00-12:30 14:00-18:00", "closed": "12-07", "place": "Via Roma"}
    assert (await head.post("/desks", **fields)).status == 303
    made = console.look(all_desks)[0]
    assert (made.name, made.office, made.talks, made.active) == ("Maggiolino", office, True, True)
    await head.get(f"/desks/{made.key}")
    assert "Monday to Friday" in head.text
    await head.post(f"/desks/{made.key}", **fields | {"name": "Spazio Maggiolino"})
    await head.post(f"/desks/{made.key}/close")
    kept = console.look(all_desks)[0]
    assert (kept.key, kept.name, kept.active) == (made.key, "Spazio Maggiolino", False)


@pytest.mark.parametrize(
    ("field", "written"),
    [("hours", "lun-ven 9-13"), ("hours", "funedì 09:00-13:00"), ("closed", "Natale")],
)
async def test_hours_that_cannot_be_read_come_back(
    console: Console, field: str, written: str
) -> None:
    """Nothing is kept, the page says where it stopped reading, and all that was typed is there."""
    head = await console.signed_in(console.reader("Head", Role.ADMINISTRATOR))
    await head.get("/desks")
    fields = {"name": "Maggiolino", "place": "Via Roma 1", field: written}
    answer = await head.post("/desks", **fields)
    assert (answer.status, "This cannot be read" in head.text) == (422, True)
    assert ("Via Roma 1" in head.text, f'value="{written}"' in head.text) == (True, True)
    assert console.look(all_desks) == []


async def test_a_desk_says_how_to_come_and_when_it_reminds(console: Console) -> None:
    """What people need who come is kept; the form shows it again and keeping it changes nothing."""
    head = await console.signed_in(console.reader("Head", Role.ADMINISTRATOR))
    await head.get("/desks")
    fields = {"name": "Maggiolino", "how": "Bus z250,\r\nporta verde", "phone": "0362 123 456"}
    fields |= {"position": "https://www.openstreetmap.org/#map=17/45.61893/9.21041"}
    fields |= {"steps": "own", "steps.2h": "1", "steps.7d": "1"}
    assert (await head.post("/desks", **fields)).status == 303
    made = console.look(all_desks)[0]
    assert (made.how, made.phone, made.steps) == ("Bus z250,\nporta verde", "0362 123 456", "7d,2h")
    assert (made.latitude, made.longitude) == (45.61893, 9.21041)
    await head.get(f"/desks/{made.key}")
    assert 'value="45.61893, 9.21041"' in head.text
    again = fields | {"position": "45.61893, 9.21041", "steps": "usual"}
    assert (await head.post(f"/desks/{made.key}", **again)).status == 303
    assert console.look(all_desks) == [replace(made, steps=None)]


async def test_unusual_reminders_of_a_desk_stay(console: Console) -> None:
    """What was said at the terminal can be ticked, too: keeping the form does not lose it."""
    desk = Desk("abcd2345", "Uno", "", True, date(2026, 11, 22), steps="20d,5d,3h")
    console.do(lambda connection: save_desk(connection, desk))
    head = await console.signed_in(console.reader("Head", Role.ADMINISTRATOR))
    await head.get("/desks/abcd2345")
    ticked = ("20 days before", "5 days before", "3 hours before")
    assert [one for one in ticked if one not in head.text] == []
    fields = {"name": "Uno", "steps": "own"}
    fields |= {f"steps.{one}": "1" for one in ("3h", "20d", "5d", "x")}
    await head.post("/desks/abcd2345", **fields)
    assert console.look(all_desks) == [desk]


@pytest.mark.parametrize(
    ("field", "written", "words"),
    [("phone", "chiedere di Sara", "no phone number"), ("position", "Via Roma", "on the map")],
)
async def test_where_a_desk_is_comes_back_where_it_cannot_be_read(
    console: Console, field: str, written: str, words: str
) -> None:
    """Nobody is led to a place or a number that is none: it stands in its field, with what is
    wrong."""
    head = await console.signed_in(console.reader("Head", Role.ADMINISTRATOR))
    await head.get("/desks")
    answer = await head.post("/desks", **{"name": "Maggiolino", field: written})
    assert (answer.status, words in head.text) == (422, True)
    assert f'value="{written}"' in head.text
    assert console.look(all_desks) == []


async def test_an_answer_needs_hours_and_an_office_that_is_there(console: Console) -> None:
    """Nobody is told that somebody answers where nobody knows when, or who."""
    head = await console.signed_in(console.reader("Head", Role.ADMINISTRATOR))
    await head.get("/desks")
    assert (await head.post("/desks", name="Maggiolino", talks="1")).status == 422
    assert (await head.post("/desks", name="Maggiolino", office="x")).status == 422
    assert (await head.post("/desks/nowhere", name="x")).status == 404
    assert console.look(all_desks) == []
