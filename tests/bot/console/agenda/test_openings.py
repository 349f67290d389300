"""When a desk gives times: kept as the form says it, looked at before, refused with the field."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from flows.handoff_model import Need
from storage.appointments.model import Opening
from storage.appointments.openings import find_openings
from tests.bot.console.agenda.house import MONDAY, TUESDAY, Counter

FIELDS: dict[str, Any] = {
    "desk": "desio",
    "title": "Primo incontro",
    "hours": "lun-ven 09:00-11:00",
    "closed": "2026-11-25",
    "first": "2026-11-23",
    "last": "",
    "minutes": "30",
    "at_once": "2",
    "lead_hours": "12",
    "ahead_days": "30",
    "online": "1",
    "need.papers": "1",
    "bring": "Passaporto",
}


def kept(counter: Counter) -> list[Opening]:
    """Every opening there is."""
    found: list[Opening] = counter.look(lambda c: find_openings(c, active=None))
    return found


async def test_an_opening_is_kept_as_the_form_says(counter: Counter) -> None:
    """Everything in the form is kept, the deed is written down, and its times stand there."""
    browser = await counter.at(counter.anna)
    await browser.get("/openings/new")
    assert 'value="mon-fri 09:00-12:30"' in browser.text  # the hours of the desk to begin with
    assert "<code>mon-fri 09:00-12:30 14:00-18:00; sat 09:00-12:00</code>" in browser.text
    answer = await browser.post("/openings/new", **FIELDS)
    (made,) = kept(counter)
    assert answer.headers["Location"] == f"/openings/{made.id}?done=opening#given"
    assert (made.office, made.desk, made.title) == (counter.desio, "desio", "Primo incontro")
    assert (made.needs, made.at_once, made.online) == ((Need.PAPERS,), 2, True)
    assert (made.first, made.last, made.bring) == (MONDAY, None, "Passaporto")
    assert counter.audit() == [("opening changed", "PUA Desio")]
    await browser.get(f"/openings/{made.id}")
    assert [one for one in ("09:30", "Tuesday 24 November") if one not in browser.text] == []


async def test_what_it_gives_is_seen_before_it_is_kept(counter: Counter) -> None:
    """Looking keeps nothing; closed days and holidays stand there as closed, in their week."""
    browser = await counter.at(counter.anna)
    await browser.get("/openings/new")
    answer = await browser.post("/openings/new", **FIELDS, do="look")
    assert (answer.status, kept(counter)) == (200, [])
    words = ["nothing is kept yet", "144 times in four weeks", "Primo incontro"]
    assert [one for one in words if one not in browser.text] == []
    for day in ("Wednesday 25 November", "Tuesday 8 December"):
        after = browser.text.split(day)[1][:250]
        assert (day, "closed" in after, "09:30" in after.split("</li>")[0]) == (day, True, False)


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("hours", "funedì 09:00-11:00"),
        ("hours", ""),
        ("closed", "Natale"),
        ("first", ""),
        ("last", "2026-11-01"),
        ("minutes", "2"),
        ("minutes", "mezz'ora"),
        ("at_once", "0"),
        ("lead_hours", "-1"),
        ("ahead_days", "4000"),
        ("desk", "carate"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    counter: Counter, field: str, written: str
) -> None:
    """Nothing is kept, the field is marked and says why, and all that was typed is there."""
    browser = await counter.at(counter.anna)
    await browser.get("/openings/new")
    answer = await browser.post("/openings/new", **FIELDS | {field: written})
    assert (answer.status, kept(counter), counter.audit()) == (422, [], [])
    tag = browser.text.split(f'id="{field}" name="{field}"')[1].split(">")[0]
    assert 'aria-invalid="true"' in tag
    assert ("Primo incontro" in browser.text, "Passaporto" in browser.text) == (True, True)


async def test_an_opening_is_changed_and_ended_and_begun_again(counter: Counter) -> None:
    """What was kept follows the form; ended it gives no times, and stands in the list as such."""
    made = counter.opens()
    browser = await counter.at(counter.anna)
    await browser.get(f"/openings/{made.id}")
    fields = FIELDS | {"minutes": "60", "last": str(TUESDAY), "online": ""}
    assert (await browser.post(f"/openings/{made.id}", **fields)).status == 303
    (now,) = kept(counter)
    assert (now.id, now.minutes, now.last, now.online) == (made.id, 60, TUESDAY, False)
    found = []
    for _time in range(2):
        await browser.post(f"/openings/{made.id}/close")
        await browser.get("/openings")
        found.append((kept(counter)[0].active, "gives no times" in browser.text))
    assert found == [(False, True), (True, False)]


async def test_an_opening_of_another_office_is_not_there(counter: Counter) -> None:
    """Whoever knows its number changes nothing: it looks as if it were not there."""
    made = counter.opens(title="Primo incontro")
    browser = await counter.at(counter.carla)
    await browser.get("/openings/new")
    found = [
        (await browser.get(f"/openings/{made.id}")).status,
        (await browser.post(f"/openings/{made.id}", **FIELDS)).status,
        (await browser.post(f"/openings/{made.id}/close")).status,
        (await browser.get("/openings/1")).status,
    ]
    assert (found, kept(counter)) == ([404] * 4, [made])


async def test_a_desk_that_is_closed_does_not_lock_its_opening(counter: Counter) -> None:
    """What a desk gave can still be ended after the desk was closed."""
    made = counter.opens()
    counter.do(lambda c: c.exec_driver_sql("UPDATE desk SET active = 0 WHERE key = 'desio'"))
    browser = await counter.at(counter.anna)
    assert (await browser.get(f"/openings/{made.id}")).status == 200
    assert 'value="desio" selected' in browser.text
    fields = FIELDS | {"last": str(date(2026, 11, 23) + timedelta(days=9))}
    assert (await browser.post(f"/openings/{made.id}", **fields)).status == 303
    assert (await browser.post(f"/openings/{made.id}/close")).status == 303
    assert [one.active for one in kept(counter)] == [False]
