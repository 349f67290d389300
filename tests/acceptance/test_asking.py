"""Somebody asks for a person over a phone: what the desk gets, and what stays in the chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from flows.handoff_model import LineKind, Need, Safe, State
from storage.database import Database
from storage.desks import Desk, save_desk
from storage.handoffs import Handoff
from storage.handoffs.finding import Sieve, find_many
from storage.handoffs.lines import find_lines
from storage.handoffs.model import Line
from tests.acceptance.bureau import opens_office
from tests.acceptance.teller import Teller
from tests.acceptance.town import Person, Town, open_town

HOURS = "mon-fri 09:00-12:30 14:00-18:00"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town with a desk whose people talk, open since an hour."""
    async with open_town(tmp_path / "data") as running:
        office = (await opens_office(running, "PUA Desio", duty=True)).office.key
        database = Database.open(running.settings.database_url, data=running.data)
        day = running.clock.now().date()
        desk = Desk("desio", "PUA Desio", "Desio", True, day, office, HOURS, talks=True)
        try:
            with database.writing() as connection:
                save_desk(connection, desk)
                connection.commit()
        finally:
            database.close()
        await running.antenna.scheduler.do("offices")
        yield running


def kept(town: Town) -> list[tuple[Handoff, list[Line]]]:
    """Every conversation that is kept, with what was said in it."""
    database = Database.open(town.settings.database_url, data=town.data)
    try:
        with database.reading() as connection:
            found = find_many(connection, Sieve(states=tuple(State)))
            return [(one, find_lines(connection, database.vault, one.id)) for one in found]
    finally:
        database.close()


async def at_the_door(town: Town, *, careful: bool = False) -> tuple[Person, Teller]:
    """Somebody at home who has tapped that they want to talk."""
    amina = await town.resident(careful=careful)
    teller = Teller(amina)
    await teller.chooses("talk")
    return amina, teller


async def test_three_taps_and_the_desk_has_it(town: Town) -> None:
    """What it is about, one look, yes; the page says who reads it and who may have to tell."""
    amina, teller = await at_the_door(town)
    await teller.chooses("pay")
    told = amina.screen.text
    assert [
        line in told for line in ("PUA Desio", "not anonymous", "judge", "at the desk now")
    ] == [True] * 4
    await teller.chooses("yes")
    ((handoff, lines),) = kept(town)
    assert (handoff.state, handoff.need, handoff.desk, lines) == (
        State.WAITING,
        Need.PAY,
        "desio",
        [],
    )
    assert handoff.designation in amina.screen.text


async def test_words_and_hours_go_along_and_leave_the_chat(town: Town) -> None:
    """In careful mode what was typed is not in the chat; the desk has it as the first line."""
    amina, teller = await at_the_door(town, careful=True)
    await amina.sends("They keep my passport")
    await teller.chooses("evening", "yes")
    ((handoff, lines),) = kept(town)
    said = [(one.kind, one.text, one.outward) for one in lines]
    assert (handoff.safe, said) == (
        Safe.EVENING,
        [(LineKind.TEXT, "They keep my passport", False)],
    )
    assert [one for one in (*amina.said, *amina.wrote) if "passport" in str(one)] == []


async def test_at_night_it_says_when_people_are_there(town: Town) -> None:
    """The next morning by name, and only numbers that answer at night."""
    await town.passes(timedelta(hours=12), step=timedelta(hours=2))
    amina, teller = await at_the_door(town)
    await teller.chooses("pay")
    told = amina.screen.text
    assert "People read it from Tuesday 24 November, 09:00." in told
    assert [phone in told for phone in ("112", "800 290 290", "116117")] == [True, True, False]


async def test_the_person_ends_it_and_says_how_it_was(town: Town) -> None:
    """Closed by the person, rated once; asked again it is the same conversation, open."""
    amina, teller = await at_the_door(town)
    await teller.chooses("pay", "yes", "end", "yes", "3")
    ((closed, _lines),) = kept(town)
    assert (closed.state, closed.rating) == (State.CLOSED, 3)
    await teller.chooses("^", "talk", "health", "yes")
    ((again, _lines),) = kept(town)
    assert (again.id, again.state, again.need, again.rating) == (
        closed.id,
        State.WAITING,
        Need.HEALTH,
        None,
    )
    assert again.designation == closed.designation
    assert again.designation in amina.screen.text


async def test_a_code_for_the_desk_is_never_in_the_chat(town: Town) -> None:
    """Eight digits over the chat, and nothing of them in any message or in the database."""
    amina, teller = await at_the_door(town)
    await teller.chooses("pay", "yes", "code", "show")
    digits = "".join(sign for sign in amina.popups[-1].splitlines()[0] if sign.isdecimal())
    assert len(digits) == 8
    await teller.chooses("have")
    assert [one for one in (*amina.said, *amina.wrote) if digits[:4] in str(one)] == []
    assert digits.encode() not in town.database.read_bytes()
